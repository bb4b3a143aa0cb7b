"""Assignments: who was asked to do which job, by when to answer, and how that ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.dispatch.rules import EndReason
from guiju.line.workorder.models import WorkOrder
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class Assignments(models.QuerySet["Assignment"]):
    """Questions about many assignments."""

    def visible_to(self, by: Actor) -> Assignments:
        """Only those of the units whose board this person may see; a technician's own."""
        mine = Q(technician_id=by.person_id, technician_id__isnull=False)
        return self.filter(by.scope("dispatch.see").q(own=mine, unit="order__unit"))

    def open(self) -> Assignments:
        return self.filter(ended_at=None)


class Assignment(models.Model):
    """One job given to one technician, who accepts it in time or has it taken away again."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="+")
    technician = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by_name = models.CharField(max_length=120)
    accept_by = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=12, blank=True)
    # In the technician's or the dispatcher's own words.
    end_note = models.CharField(max_length=300, blank=True)
    # A manager sent somebody whom the rules would not send: what stood against it, and why it was done.
    obstacles = models.JSONField(default=list)
    override_reason = models.CharField(max_length=300, blank=True)

    objects = Assignments.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["technician"], condition=Q(ended_at=None), name="assignment_open_by_technician")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at=None), name="assignment_is_the_only_open_one_of_its_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=[reason.value for reason in EndReason]),
                name="assignment_ends_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=~Q(end_reason=EndReason.REFUSED.value) | ~Q(end_note=""), name="assignment_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(obstacles=[]) | ~Q(override_reason=""), name="assignment_against_the_rules_says_why"
            ),
            models.CheckConstraint(
                condition=Q(accept_by__gte=F("assigned_at")), name="assignment_leaves_time_to_answer"
            ),
            AppendOnly(
                name="assignment_is_never_rewritten", may_change=["accepted_at", "ended_at", "end_reason", "end_note"]
            ),
            Never(
                name="assignment_once_ended_stays_ended",
                when='OLD."ended_at" IS NOT NULL',
                events=("UPDATE",),
            ),
            Never(
                name="assignment_is_accepted_once",
                when='OLD."accepted_at" IS NOT NULL AND (NEW."accepted_at" IS NULL OR NEW."accepted_at" <> OLD."accepted_at")',
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} → {self.technician_id}"
