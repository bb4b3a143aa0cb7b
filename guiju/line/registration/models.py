"""What a customer told of an appliance, and the proof that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.registration.rules import RegistrationState
from guiju.line.workorder.models import one_of
from guiju.line.workorder.rules import Channel
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class Registrations(models.QuerySet["Registration"]):
    """Questions about many registrations."""

    def visible_to(self, by: Actor) -> Registrations:
        """Only those of the units whose requests this person may see."""
        return self.filter(by.scope("registration.see").q())


class Registration(models.Model):
    """One appliance as its owner told of it (B11); what was typed stays as it was typed."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=RegistrationState.WAITING.value)
    channel = models.CharField(max_length=8)
    # --- As it was typed
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+")
    brand = models.CharField(max_length=120)
    model = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60)
    purchased_on = models.DateField()
    invoice_no = models.CharField(max_length=60, blank=True)
    contact_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    consent_at = models.DateTimeField()
    # The puzzle that was solved for it, so that one solution is worth one registration.
    challenge = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    # --- What became of it
    appliance = models.ForeignKey(Appliance, models.PROTECT, related_name="+", null=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    objects = Registrations.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["unit", "state", "id"], name="registration_by_state")]
        constraints = [
            AppendOnly(
                name="registration_words_are_never_rewritten",
                may_change=["state", "appliance", "customer", "reason", "decided_by", "decided_at"],
            ),
            models.UniqueConstraint(
                fields=["challenge"], condition=~Q(challenge=""), name="registration_puzzle_is_solved_once"
            ),
            models.CheckConstraint(condition=one_of("state", RegistrationState), name="registration_state_is_known"),
            models.CheckConstraint(condition=one_of("channel", Channel), name="registration_channel_is_known"),
            models.CheckConstraint(
                condition=~Q(serial="") & ~Q(brand="") & ~Q(contact_name=""), name="registration_names_unit_and_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.CONFIRMED.value)
                | Q(appliance__isnull=False, customer__isnull=False, decided_at__isnull=False),
                name="registration_confirmed_has_its_card",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.REFUSED.value) | ~Q(reason=""),
                name="registration_is_refused_for_a_reason",
            ),
            Never(
                name="registration_decided_never_changes",
                when="OLD.state <> 'WAITING'",
                events=("UPDATE", "DELETE"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RegistrationProof(models.Model):
    """One picture of the invoice or of the guarantee card, kept as it came."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="proofs")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["registration", "evidence"], name="registration_proof_is_kept_once"),
            AppendOnly(name="registration_proof_is_never_edited"),
        ]
