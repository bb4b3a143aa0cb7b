"""The claim code that was wrong, and the hand-over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly
from guiju.kernel.models import Evidence
from guiju.line.cashier.rules import CLAIM_TRIES_MAX, ClaimProof
from guiju.line.workorder.models import WorkOrder
from guiju.standing.people.models import Person


class ClaimGuard(models.Model):
    """How often a wrong claim code was given for a job's appliance; the digits themselves are kept nowhere."""

    order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, related_name="+")
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    @property
    def is_locked(self) -> bool:
        """Whether no code counts any more, not even the right one."""
        return self.wrong_tries >= CLAIM_TRIES_MAX

    @property
    def tries_left(self) -> int:
        """How many wrong codes are still put up with."""
        return max(CLAIM_TRIES_MAX - self.wrong_tries, 0)


class HandOver(models.Model):
    """The proof that the appliance went to its owner (WO-8); `old_parts` is empty where the customer had none."""

    order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(max_length=12)
    proof_note = models.CharField(max_length=200, blank=True)
    demonstrated = models.BooleanField()
    old_parts_settled = models.BooleanField()
    old_parts = models.CharField(max_length=8, blank=True)
    signature = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proof=ClaimProof.CLAIM_CODE) | (Q(proof=ClaimProof.IDENTITY) & ~Q(proof_note="")),
                name="a_hand_over_has_its_proof",
            ),
            models.CheckConstraint(
                condition=Q(old_parts__in=["", "RETURNED"]) | Q(signature__isnull=False),
                name="old_parts_stay_here_by_signature_alone",
            ),
            AppendOnly(name="a_hand_over_is_never_edited"),
        ]
