"""The first unit and the first person, whom nobody else can let in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_
from guiju.standing.people.actions.access import grant_role, make_login
from guiju.standing.people.actions.staff import hire
from guiju.standing.people.actions.units import establish
from guiju.standing.people.models import Login
from guiju.standing.people.rules import Role, UnitKind


class FoundedAlready(Refusal):
    """The house has a head office, and people in it who can let others in."""

    sentence = N_("This house is founded already: ask its administrator.")


def found(
    *,
    names: Mapping[str, str],
    administrator: str,
    username: str,
    password: str,
    number: str = "AD01",
    language: str = "en",
    code: str = "HQ",
    time_zone: str = "Asia/Shanghai",
    currency: str = "CNY",
    jurisdiction: str = "CN",
    by: Actor,
    at: datetime,
) -> Login:
    """Begin the house: its head office, and the administrator who lets everybody else in. It happens once.

    by       the house itself (Actor.system); nobody signs in before this is done
    raises   FoundedAlready, Invalid, WeakPassword
    """
    with doing("people.found", by=by, at=at) as deed:
        with refusing(there_is_one_head_office=FoundedAlready):
            place = {"time_zone": time_zone, "currency": currency, "jurisdiction": jurisdiction}
            office = establish(deed, code=code, names=names, kind=UnitKind.HQ, parent=None, **place)
        then = deed.consequence()
        person = hire(unit=office, number=number, name=administrator, by=then, at=at)
        grant_role(person, role=Role.ADMINISTRATOR, unit=office, starts_on=office.day(at), by=then, at=at)
        return make_login(person, username=username, password=password, language=language, by=then, at=at)
