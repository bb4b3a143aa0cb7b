"""Units come into being under their parent and keep their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people import events
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import UnitKind

# Codes stand in document numbers and in paths, so they hold neither hyphens nor slashes.
CODE = re.compile(r"[A-Z0-9]{2,8}")


class CodeTaken(Refusal):
    """Another unit has this code; numbers of documents would clash."""

    sentence = N_("Another unit has this code.")
    field = "code"


def create_unit(
    *,
    code: str,
    names: Mapping[str, str],
    kind: str,
    parent: Unit,
    time_zone: str = "",
    currency: str = "",
    jurisdiction: str = "",
    address: str = "",
    phone: str = "",
    licence_no: str = "",
    hours: str = "",
    by: Actor,
    at: datetime,
) -> Unit:
    """Set up a unit under its parent; what is not said is as at the parent.

    code      2 to 8 capital letters and digits
    raises    Invalid, CodeTaken
    """
    with doing("people.create_unit", on=parent, by=by, at=at) as deed:
        said = {"address": address, "phone": phone, "licence_no": licence_no, "hours": hours}
        place = {
            "time_zone": time_zone or parent.time_zone,
            "currency": currency or parent.currency,
            "jurisdiction": jurisdiction or parent.jurisdiction,
        }
        return establish(deed, code=code, names=names, kind=kind, parent=parent, **place, **said)


def establish(deed: Deed, *, code: str, names: Mapping[str, str], kind: str, parent: Unit | None, **said: str) -> Unit:
    """Write a new unit inside the deed that decided on it."""
    if not CODE.fullmatch(code):
        raise Invalid(Sentence(N_("A code is two to eight capital letters and digits.")), field="code")
    if kind not in list(UnitKind) or (kind == UnitKind.HQ) != (parent is None):
        raise Invalid(Sentence(N_("Only the head office stands at the root.")), field="kind")
    if not any(names.values()):
        raise Invalid(Sentence(N_("Give the unit a name.")), field="names")
    _check_zone(said["time_zone"])
    with refusing(people_unit_code=CodeTaken, people_unit_path=CodeTaken):
        unit = Unit.objects.create(code=code, names=dict(names), kind=UnitKind(kind), parent=parent, **said)
    deed.about(unit)
    deed.tell(events.UnitCreated(unit.pk, unit.code))
    return unit


def change_unit(
    unit: Unit,
    *,
    names: Mapping[str, str] | None = None,
    address: str | None = None,
    phone: str | None = None,
    licence_no: str | None = None,
    hours: str | None = None,
    is_active: bool | None = None,
    by: Actor,
    at: datetime,
) -> Unit:
    """Correct what the sign on the door says; what is not given stays. Place, money and law of a unit never change."""
    with doing("people.change_unit", on=unit, by=by, at=at) as deed:
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        given = {
            "names": dict(names) if names else None, "address": address, "phone": phone,
            "licence_no": licence_no, "hours": hours, "is_active": is_active,
        }  # fmt: skip
        changed = {
            field: value for field, value in given.items() if value is not None and value != getattr(unit, field)
        }
        deed.note(**{field: [getattr(unit, field), value] for field, value in changed.items()})
        for field, value in changed.items():
            setattr(unit, field, value)
        if changed:
            unit.save(update_fields=list(changed))
    return unit


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Invalid(Sentence(N_("This is not the name of a time zone.")), field="time_zone") from None
