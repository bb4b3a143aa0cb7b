"""Certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.readiness.academy.rules import LABELS, WITHOUT_LINE, Task
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from datetime import date

    from guiju.kernel.actor import Actor


class Certificates(models.QuerySet["Certificate"]):
    """Questions about many certificates."""

    def visible_to(self, by: Actor) -> Certificates:
        """Those of the people whose certificates this person may see, and their own."""
        return self.filter(by.scope("academy.see").q(own=Q(person_id=by.person_id), unit="person__unit"))

    def holding(self, on: date) -> Certificates:
        """Those that hold on a day; on the day of its end a certificate no longer does."""
        return self.filter(starts_on__lte=on, ends_on__gt=on, is_suspended=False)


class Certificate(models.Model):
    """A person may do a task on appliances of a line, for a time.

    line     empty for what is the same whatever the appliance
    basis    the exam that was passed, or the document that was seen (PPL-2)
    ends_on  the first day on which it no longer holds
    """

    number = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    line = models.ForeignKey(ProductLine, models.PROTECT, null=True, related_name="+")
    task = models.CharField(max_length=20, choices=[(task.value, LABELS[task]) for task in Task])
    basis = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_suspended = models.BooleanField(default=False)
    certified_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = Certificates.as_manager()

    class Meta:
        ordering = ("person", "line", "task", "starts_on")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "line", "task", "starts_on"], name="a_person_is_certified_once_from_a_day_on"
            ),
            # Two, because an empty line is not equal to an empty line in SQL.
            models.UniqueConstraint(
                fields=["person", "task", "starts_on"],
                condition=Q(line__isnull=True),
                name="a_person_is_certified_once_for_what_has_no_line",
            ),
            models.CheckConstraint(
                condition=Q(task__in=[task.value for task in WITHOUT_LINE], line__isnull=True)
                | (~Q(task__in=[task.value for task in WITHOUT_LINE]) & Q(line__isnull=False)),
                name="a_certificate_names_a_line_where_its_task_has_one",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_certificate_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_certificate_has_its_basis"),
            models.CheckConstraint(
                condition=Q(task__in=[task.value for task in Task]), name="a_certificate_is_for_a_known_task"
            ),
            models.CheckConstraint(
                condition=Q(certified_by__isnull=True) | ~Q(certified_by=F("person")), name="nobody_certifies_themself"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The unit of the person."""
        return self.person.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """A certificate is of the person who holds it."""
        return by.person_id is not None and by.person_id == self.person_id
