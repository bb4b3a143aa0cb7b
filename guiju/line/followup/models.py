"""The call after the repair, and the case of an uncollected appliance."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly
from guiju.kernel.models import Evidence
from guiju.line.followup.rules import CaseState, Disposal
from guiju.line.workorder.models import WorkOrder
from guiju.standing.people.models import Person


class FollowUpCall(models.Model):
    """A call after the hand-over: is it still working, and was the customer content?"""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="+")
    satisfaction = models.PositiveSmallIntegerField()
    works = models.BooleanField()
    note = models.CharField(max_length=400, blank=True)
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__gte=1, satisfaction__lte=5), name="satisfaction_is_one_to_five"
            ),
            AppendOnly(name="a_follow_up_call_is_never_edited"),
        ]


class UnclaimedCase(models.Model):
    """An appliance that is ready and that nobody collects (3.6)."""

    order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    ready_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    demand_at = models.DateTimeField(null=True)
    demanded_minor = models.BigIntegerField(default=0)
    perform_until = models.DateTimeField(null=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    valuation_minor = models.BigIntegerField(null=True)
    valued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    valued_also_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    photo = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    disposal = models.CharField(max_length=10, blank=True)
    proceeds_minor = models.BigIntegerField(null=True)
    surplus_minor = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in CaseState]), name="an_unclaimed_case_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["DEMAND_SENT", "DISPOSAL_REVIEW", "DISPOSED"])
                | Q(demand_at__isnull=False, perform_until__gt=F("demand_at"), demanded_minor__gt=0),
                name="a_demand_names_its_debt_and_its_period",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["DISPOSAL_REVIEW", "DISPOSED"])
                | (Q(valuation_minor__isnull=False) & ~Q(valued_by=F("valued_also_by")) & ~Q(legal_basis="")),
                name="a_disposal_is_valued_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="DISPOSED")
                | Q(disposal__in=[str(way) for way in Disposal], proceeds_minor__gte=0, surplus_minor__gte=0),
                name="a_disposal_says_what_it_brought",
            ),
        ]

    @property
    def unit_id(self) -> int:
        """The outlet whose job it is."""
        return self.order.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever owns the job."""
        return self.order.belongs_to(by)
