"""The checklists of the bench, and what was ticked off and measured with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly
from guiju.line.workorder.models import CheckItem, OfOrder, in_versions
from guiju.line.workshop.rules import WorkKind
from guiju.standing.people.models import Person


class WorkCheckItem(CheckItem):
    """One thing to tick off or to measure at the bench.

    work         at which work it is due
    is_required  the work is not finished without it
    """

    work = models.CharField(max_length=12)
    is_required = models.BooleanField(default=True)

    class Meta:
        constraints = [
            *in_versions("a_work_check", "a_measured_work_check"),
            models.CheckConstraint(
                condition=Q(work__in=[str(work) for work in WorkKind]), name="a_work_check_is_due_at_a_known_work"
            ),
        ]


class WorkCheck(OfOrder):
    """What was found for one item on one job, in one attempt; the last word counts."""

    item = models.ForeignKey(WorkCheckItem, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    passed = models.BooleanField()
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_work_check_says_something"),
            AppendOnly(name="a_work_check_stays_as_it_was_found"),
        ]
        indexes = [models.Index(fields=["order", "item"], name="work_check_of_order")]
