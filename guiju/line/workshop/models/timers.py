"""The technician's clock on a job: one at a time, ended once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.workorder.models import OfOrder
from guiju.line.workshop.models.bench import LabourEntry
from guiju.line.workshop.rules import TimerEnd
from guiju.standing.people.models import Person


class LabourTimer(OfOrder):
    """A technician is at a job since then; stopped, it has become labour of that job (S6-15)."""

    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, blank=True)
    entry = models.OneToOneField(LabourEntry, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["technician"], condition=Q(stopped_at__isnull=True), name="a_technician_is_at_one_job_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, ended="", entry__isnull=True)
                | Q(stopped_at__gte=F("started_at"), ended__in=[str(each) for each in TimerEnd], entry__isnull=False),
                name="a_stopped_timer_is_labour",
            ),
            AppendOnly(name="a_timer_is_never_rewritten", may_change=["stopped_at", "ended", "entry"]),
            Never(name="a_timer_stops_once", when="OLD.stopped_at IS NOT NULL", events=("UPDATE",)),
        ]
        indexes = [models.Index(fields=["order", "technician"], name="timer_of_order")]

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever's time it is."""
        return self.technician_id == by.person_id
