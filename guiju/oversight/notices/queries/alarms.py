"""Who has to hear of an alarm, who has heard of it, and what each person was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.line.banking.models import CashAlarm
from guiju.oversight.notices import rules
from guiju.oversight.notices.models import StoreAlarm
from guiju.standing.people import queries as people
from guiju.standing.people.models import Person, Unit
from guiju.standing.people.rules import Status


def to_be_told(
    kind: rules.Alarm, unit: Unit, told: QuerySet[StoreAlarm], *, at: datetime, besides: int | None = None
) -> list[Person]:
    """Who hears of an alarm and has not heard of it yet; where nobody holds a role, its work is the manager's.

    told      what was said of the same thing
    besides   whom it is about
    """
    heard, on = {*told.values_list("person", flat=True), besides}, unit.day(at)
    whom = {
        person.pk: person
        for role in rules.ALARM_ROLES[kind]
        for person in people.people_with(role, unit, on=on) or people.people_with(rules.INSTEAD, unit, on=on)
    }
    return [person for pk, person in whom.items() if pk not in heard]


def holder_to_be_told(alarm: CashAlarm, *, besides: Sequence[Person]) -> list[Person]:
    """Whoever has the pouch of an alarm in hand, unless they are told anyhow."""
    heard = [*StoreAlarm.objects.filter(cash=alarm).values_list("person", flat=True), *(each.pk for each in besides)]
    return list(Person.objects.filter(number=alarm.subject, status=Status.ACTIVE).exclude(pk__in=heard))


def is_told(store: Store, kind: rules.Alarm, *, on: date, detail: str) -> bool:
    """Whether somebody was told of it already."""
    return StoreAlarm.objects.filter(store=store, kind=kind, on=on, detail=detail).exists()


def store_alarms(by: Actor) -> QuerySet[StoreAlarm]:
    """Every alarm of a store or of cash that this person may see, newest first."""
    return (
        StoreAlarm.objects.visible_to(by).select_related("unit", "session", "store", "cash", "person").order_by("-pk")
    )
