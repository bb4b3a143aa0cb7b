"""The date for a missing part, and what it was before."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.workorder.models import OfOrder
from guiju.line.workshop.rules import (
    REVISIONS_WITHOUT_MANAGER,
    CommitmentState,
    DelayCause,
    Remedy,
)
from guiju.standing.people.models import Person


class PartsCommitment(OfOrder):
    """A new date for a missing part, which the customer signs (3.3, S6-44)."""

    state = models.CharField(max_length=10, default=CommitmentState.PROPOSED)
    cause = models.CharField(max_length=16)
    basis = models.CharField(max_length=300)
    remedy = models.CharField(max_length=12)
    revision = models.PositiveSmallIntegerField(default=1)
    promised_part_on = models.DateField()
    promised_ready_at = models.DateTimeField()
    cap_on = models.DateField(null=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    grace_until = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signature = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["PROPOSED", "SIGNED", "BREACHED"]),
                name="one_living_commitment_per_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SIGNED", "MET", "BREACHED", "RESOLVED"])
                | Q(signed_at__isnull=False, signature__isnull=False),
                name="a_signed_commitment_has_its_signature",
            ),
            models.CheckConstraint(
                condition=Q(cap_on__isnull=True) | Q(promised_part_on__lte=F("cap_on")),
                name="a_commitment_stays_under_its_cap",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=[str(cause) for cause in DelayCause])
                & Q(remedy__in=[str(remedy) for remedy in Remedy]),
                name="a_commitment_names_cause_and_remedy",
            ),
        ]

    @property
    def times_moved(self) -> int:
        """How often the customer was put off since the first date."""
        return self.revision - 1

    @property
    def needs_manager(self) -> bool:
        """Whether only the outlet manager may move it once more (3.3)."""
        return self.revision > REVISIONS_WITHOUT_MANAGER


class CommitmentRevision(models.Model):
    """What a commitment said before it was renegotiated: the history is kept."""

    commitment = models.ForeignKey(PartsCommitment, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveSmallIntegerField()
    promised_part_on = models.DateField()
    promised_ready_at = models.DateTimeField()
    signature = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "revision"], name="a_revision_is_signed_once"),
            AppendOnly(name="a_signed_revision_is_never_edited"),
        ]


class FreeCancellation(OfOrder):
    """The customer went free of charge, and because of which date (3.3)."""

    commitment = models.ForeignKey(PartsCommitment, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], name="a_job_is_cancelled_free_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_free_cancellation_has_its_reason"),
            Never(
                name="a_free_cancellation_follows_a_broken_or_refused_date",
                when="NOT EXISTS (SELECT 1 FROM workshop_partscommitment c WHERE c.id = NEW.commitment_id"
                " AND c.order_id = NEW.order_id AND c.state IN ('BREACHED', 'REFUSED', 'RESOLVED'))",
                events=("INSERT",),
            ),
            AppendOnly(name="a_free_cancellation_is_never_edited"),
        ]
