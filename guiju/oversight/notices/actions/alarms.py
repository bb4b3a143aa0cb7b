"""Our own people are told what is wrong at a store: at a door with two locks, and in the room itself; each thing once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import refusing
from guiju.line.banking.models import CashAlarm
from guiju.oversight.notices import queries
from guiju.oversight.notices.actions.warning import NobodyToWarn
from guiju.oversight.notices.models import StoreAlarm
from guiju.oversight.notices.rules import Alarm
from guiju.readiness.custody.models import AccessSession
from guiju.standing.people.models import Person, Unit


def warn_of_opening(session: AccessSession, *, kind: Alarm, by: Actor, at: datetime) -> list[StoreAlarm]:
    """Tell everybody whom it concerns what went wrong at a door with two locks; nobody hears the same twice.

    raises   NobodyToWarn
    source   3.19, EX-13, CTL-6
    """
    with doing("notices.warn_of_opening", on=session, by=by, at=at, kind=kind) as deed:
        # Who opened alone does not look into it.
        alone = session.first_by_id if kind in {Alarm.EMERGENCY, Alarm.UNREVIEWED} else None
        unit = session.store.unit
        told = StoreAlarm.objects.filter(session=session, kind=kind)
        people = queries.to_be_told(kind, unit, told, at=at, besides=alone)
        rows = tell_people(people, unit, kind, at, on=unit.day(session.requested_at), session=session)
        deed.note(warned=[person.number for person in people])
    return rows


def warn_of_room(store: Store, *, kind: Alarm, on: date, detail: str = "", by: Actor, at: datetime) -> list[StoreAlarm]:
    """Tell whoever keeps a store what its upkeep lacks; nobody hears the same twice.

    raises   NobodyToWarn
    source   S2-87, S2-88, S6-28
    """
    with doing("notices.warn_of_room", on=store, by=by, at=at, kind=kind) as deed:
        told = StoreAlarm.objects.filter(store=store, kind=kind, on=on, detail=detail)
        people = queries.to_be_told(kind, store.unit, told, at=at)
        rows = tell_people(people, store.unit, kind, at, on=on, store=store, detail=detail)
        deed.note(warned=[person.number for person in people])
    return rows


def acknowledge_alarm(alarm: StoreAlarm, *, by: Actor, at: datetime) -> StoreAlarm:
    """Whoever was told has seen it; again changes nothing."""
    with doing("notices.acknowledge_alarm", on=alarm, by=by, at=at):
        StoreAlarm.objects.filter(pk=alarm.pk, seen_at__isnull=True).update(seen_at=at)
        alarm.refresh_from_db(fields=["seen_at"])
    return alarm


def tell_people(
    people: Sequence[Person], unit: Unit, kind: Alarm, at: datetime, *, on: date, detail: str = "",
    session: AccessSession | None = None, store: Store | None = None, cash: CashAlarm | None = None,
) -> list[StoreAlarm]:  # fmt: skip
    """A row for each of them, within the deed that tells it.

    raises   NobodyToWarn
    """
    if not people:
        raise NobodyToWarn
    rows = [
        StoreAlarm(
            unit=unit, kind=kind, session=session, store=store, cash=cash, on=on, detail=detail[:40], person=person, at=at
        )
        for person in people
    ]  # fmt: skip
    with refusing(
        a_person_is_told_of_an_opening_once=NobodyToWarn,
        a_person_is_told_of_a_room_once=NobodyToWarn,
        a_person_is_told_of_cash_once=NobodyToWarn,
    ):
        StoreAlarm.objects.bulk_create(rows)
    return rows
