"""Who may do which work, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from guiju.kernel.prepared import Prepared
from guiju.readiness.academy.models import Certificate
from guiju.readiness.academy.rules import Skill
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people.models import Person, Unit
from guiju.standing.people.rules import Status


def certificates(person: Person, *, on: date) -> frozenset[Skill]:
    """What a person is certified for on that day."""
    held = Certificate.objects.filter(person=person).holding(on).values_list("line_id", "task")
    return frozenset(Skill(line_id, task) for line_id, task in held)


def may(person_id: int, task: str, *, on: date) -> bool:
    """Whether a person is certified on that day for what is the same whatever the appliance."""
    return Certificate.objects.filter(person=person_id, task=task, line=None).holding(on).exists()


def holders(line_id: int, task: str, *, on: date, unit: Unit) -> list[Person]:
    """The active people of a unit, and of the units under it, who are certified for the task on that day."""
    return _HOLDERS(unit.path, line=line_id, task=task, on=on)


def _holders(path: str, *, line: Any, task: Any, on: Any) -> QuerySet[Person]:
    held = Certificate.objects.filter(line_id=line, task=task).holding(on).order_by()
    people = Person.objects.filter(pk__in=held.values("person"), unit__path__startswith=path, status=Status.ACTIVE)
    return people.select_related("unit")


_HOLDERS: Prepared[Person] = Prepared(_holders)


def lines_of(people: Iterable[Person], task: str, *, on: date) -> dict[int, list[ProductLine]]:
    """The product lines that each of these people is certified for in this task on that day, by the person's key."""
    held = Certificate.objects.filter(
        person__in=[person.pk for person in people], task=task, line__isnull=False
    ).holding(on)
    lines: dict[int, list[ProductLine]] = {}
    for certificate in held.select_related("line").order_by("line__code"):
        known = lines.setdefault(certificate.person_id, [])
        if certificate.line is not None and certificate.line not in known:
            known.append(certificate.line)
    return lines


def expiring(unit: Unit, *, on: date, within_days: int) -> list[Certificate]:
    """Certificates of a unit's people that hold today and end within so many days, the first to end first."""
    held = Certificate.objects.filter(person__unit__path__startswith=unit.path).holding(on)
    soon = held.filter(ends_on__lte=on + timedelta(days=within_days))
    return list(soon.select_related("person", "line").order_by("ends_on"))
