"""The case, and the units that are given in the place of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.exchange.rules import GONE_BACK, OPEN, WITHOUT_FAULT, CaseState, Choice, Disposition, Ground
from guiju.line.workorder.models import OfOrder
from guiju.line.workorder.rules import State
from guiju.standing.catalogue.models import Appliance, Brand, Model, ProductLine
from guiju.standing.catalogue.rules import SERIAL_LONGEST
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


def _words(words: object) -> list[str]:
    return sorted(str(word) for word in words)  # type: ignore[attr-defined]


class ExchangeUnit(models.Model):
    """One unit in stock to be given in the place of another (EXCHANGE_UNITS)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+")
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+")
    model = models.ForeignKey(Model, models.PROTECT, related_name="+", null=True)
    serial = models.CharField(max_length=SERIAL_LONGEST)
    folded_serial = models.CharField(max_length=120)
    # Never sold, never repaired (TG-16).
    is_new = models.BooleanField()
    # What it costs in the shop today, in minor units of the outlet's currency: the difference is reckoned from it.
    price_minor = models.BigIntegerField(null=True)
    # The case whose old unit this was, refurbished.
    came_of = models.ForeignKey("ExchangeCase", models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()
    # Taken off the list for another reason than an exchange.
    retired_at = models.DateTimeField(null=True)
    retired_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "brand", "folded_serial"],
                condition=Q(retired_at__isnull=True),
                name="exchange_unit_serial_stands_once_in_a_unit",
            ),
            models.CheckConstraint(condition=~Q(folded_serial=""), name="exchange_unit_has_a_serial"),
            models.CheckConstraint(
                condition=Q(price_minor__isnull=True) | Q(price_minor__gt=0), name="exchange_unit_costs_something"
            ),
            models.CheckConstraint(
                condition=Q(is_new=False) | Q(came_of__isnull=True), name="exchange_unit_refurbished_is_never_new"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
                name="exchange_unit_is_retired_for_a_reason",
            ),
            AppendOnly(name="exchange_unit_is_never_edited", may_change=["retired_at", "retired_because"]),
        ]

    def __str__(self) -> str:
        return f"{self.brand.name} {self.model.code if self.model else self.line.name} {self.serial}"


class ExchangeCases(models.QuerySet["ExchangeCase"]):
    """Questions about many cases."""

    def visible_to(self, by: Actor) -> ExchangeCases:
        """Only those of the units whose exchanges this person may see; who holds a link sees those of its order."""
        mine = Q(order_id=by.order_id, order_id__isnull=False)
        return self.filter(by.scope("exchange.see").q(unit="order__unit", own=mine))


class ExchangeCase(OfOrder):
    """One matter of exchange or refund, from the request to what became of the old unit (3.5)."""

    number = models.CharField(max_length=40, unique=True)
    # Where the job stood, so that it goes on from there when nothing comes of it.
    came_from = models.CharField(max_length=20)
    state = models.CharField(max_length=16, default=CaseState.REQUESTED.value)
    ground = models.CharField(max_length=16)
    # The right by rule with its proof, and the version of law and terms that raised it (WTY-6).
    right = models.JSONField(default=dict)
    version = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    # What the customer paid for the unit.
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    requested_by_name = models.CharField(max_length=120)
    requested_at = models.DateTimeField()
    # --- The appraisal
    fault_confirmed = models.BooleanField(null=True)
    serial_verified = models.BooleanField(null=True)
    proof_verified = models.BooleanField(null=True)
    findings = models.TextField(blank=True)
    appraised_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    appraised_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    # --- The decision
    choice = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decided_note = models.CharField(max_length=400, blank=True)
    # --- The other unit
    other = models.ForeignKey(ExchangeUnit, models.PROTECT, related_name="+", null=True)
    is_new = models.BooleanField(null=True)
    is_same_model = models.BooleanField(null=True)
    # What the customer agreed to, where it is a used unit or one of another model, and the signature under it (WTY-4).
    offer = models.OneToOneField("UnitOffer", models.PROTECT, related_name="+", null=True)
    consent = models.ForeignKey(Evidence, models.PROTECT, related_name="+", null=True)
    # What the other unit costs more than the old one cost; less than nothing is what the customer gets back.
    difference_minor = models.BigIntegerField(default=0)
    difference_number = models.CharField(max_length=40, blank=True)
    difference_ref = models.CharField(max_length=60, blank=True)
    difference_paid_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    difference_paid_at = models.DateTimeField(null=True)
    # What the brand owes the outlet for the exchange, and the figure that said so; a statement will take it from here.
    outlet_fee_minor = models.BigIntegerField(null=True)
    outlet_fee_source = models.CharField(max_length=200, blank=True)
    replacement = models.OneToOneField(Appliance, models.PROTECT, related_name="+", null=True)
    # --- The money
    refund_minor = models.BigIntegerField(null=True)
    deduction_minor = models.BigIntegerField(null=True)
    days_used = models.IntegerField(null=True)
    deduction_source = models.CharField(max_length=200, blank=True)
    refund_number = models.CharField(max_length=40, blank=True)
    # Of the transfer: the price of a unit never comes out of a till (FIN-3).
    bank_ref = models.CharField(max_length=60, blank=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # --- The old unit
    settled_at = models.DateTimeField(null=True)
    disposition = models.CharField(max_length=10, blank=True)
    disposition_note = models.CharField(max_length=400, blank=True)
    disposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ExchangeCases.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["state", "id"], name="exchange_case_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=_words(OPEN)), name="exchange_case_is_open_once_for_an_order"
            ),
            models.UniqueConstraint(
                fields=["other"],
                condition=Q(other__isnull=False) & ~Q(state__in=_words(GONE_BACK)),
                name="exchange_unit_goes_to_one_customer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_words(CaseState)) & Q(ground__in=_words(Ground)) & Q(came_from__in=_words(State)),
                name="exchange_case_is_in_a_known_state_for_a_known_ground",
            ),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="exchange_case_names_what_was_paid"),
            models.CheckConstraint(
                condition=Q(appraised_at__isnull=True)
                | Q(appraised_by__isnull=False, fault_confirmed__isnull=False, serial_verified__isnull=False,
                    proof_verified__isnull=False) & ~Q(findings=""),
                name="exchange_appraisal_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, appraised_at__isnull=False) & ~Q(confirmed_by=F("appraised_by")),
                name="exchange_appraisal_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(ground__in=_words(WITHOUT_FAULT))
                | Q(fault_confirmed=True, serial_verified=True, proof_verified=True),
                name="exchange_appraisal_confirms_fault_serial_and_proof",
            ),
            models.CheckConstraint(
                condition=Q(choice="")
                | Q(choice__in=_words(Choice), confirmed_at__isnull=False, decided_by__isnull=False,
                    decided_at__isnull=False)
                & ~Q(decided_by=F("appraised_by")) & ~Q(decided_by=F("confirmed_by")) & ~Q(decided_by=F("requested_by")),
                name="exchange_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "OPTION_OFFERED", "ALLOCATED", "EXCHANGED", "REFUNDED", "CLOSED"])
                | ~Q(choice=""),
                name="exchange_granted_says_what_was_chosen",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True)
                | Q(is_new__isnull=False, is_same_model__isnull=False)
                & (Q(is_new=True, is_same_model=True) | Q(consent__isnull=False)),
                name="exchange_unit_used_or_other_was_agreed_in_writing",
            ),
            Never(
                name="exchange_unit_given_is_the_one_that_was_agreed_to",
                when="NEW.offer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM exchange_unitoffer o"
                " WHERE o.id = NEW.offer_id AND o.case_id = NEW.id AND o.other_id = NEW.other_id AND o.consent_id = NEW.consent_id"
                " AND o.difference_minor = NEW.difference_minor AND o.agreed_at IS NOT NULL)",
            ),
            models.CheckConstraint(
                condition=Q(difference_minor=0) | Q(offer__isnull=False), name="exchange_difference_was_agreed_to"
            ),
            # "Money out with dual approval", and out of no till.
            models.CheckConstraint(
                condition=Q(difference_number="", difference_ref="", difference_paid_by__isnull=True, difference_paid_at__isnull=True)
                | Q(difference_minor__lt=0, difference_paid_by__isnull=False, difference_paid_at__isnull=False)
                & ~Q(difference_number="") & ~Q(difference_ref="") & ~Q(difference_paid_by=F("decided_by")),
                name="exchange_difference_goes_back_by_another_than_granted_it",
            ),
            models.UniqueConstraint(
                fields=["difference_number"], condition=~Q(difference_number=""), name="exchange_difference_number_is_unique"
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(difference_minor__gte=0) | ~Q(difference_number=""),
                name="exchange_closed_owes_no_difference",
            ),
            models.CheckConstraint(
                condition=Q(outlet_fee_minor__isnull=True) | Q(outlet_fee_minor__gte=0) & ~Q(outlet_fee_source=""),
                name="exchange_outlet_fee_names_its_figure",
            ),
            models.CheckConstraint(
                condition=~Q(state="EXCHANGED")
                | Q(other__isnull=False, replacement__isnull=False, settled_at__isnull=False),
                name="exchange_done_knows_both_units",
            ),
            models.CheckConstraint(
                condition=Q(refund_minor__isnull=True)
                | Q(refund_minor__gte=0, deduction_minor__gte=0, days_used__gte=0, settled_at__isnull=False)
                & Q(price_minor=F("refund_minor") + F("deduction_minor")),
                name="exchange_refund_adds_up",
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUNDED") | Q(refund_minor__isnull=False), name="exchange_refunded_says_how_much"
            ),
            models.CheckConstraint(
                condition=Q(refund_minor__isnull=True) | Q(paid_by__isnull=False) & ~Q(refund_number="") & ~Q(bank_ref=""),
                name="exchange_refund_has_its_reference",
            ),
            # "Money out with dual approval".
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True) | ~Q(paid_by=F("decided_by")),
                name="exchange_refund_is_paid_by_another_than_granted_it",
            ),
            models.UniqueConstraint(
                fields=["refund_number"], condition=~Q(refund_number=""), name="exchange_refund_number_is_unique"
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED")
                | Q(disposition__in=_words(Disposition), disposed_by__isnull=False, ended_at__isnull=False),
                name="exchange_closed_says_what_became_of_the_old_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | ~Q(decided_note=""), name="exchange_is_rejected_for_a_reason"
            ),
            Never(
                name="exchange_case_over_never_changes",
                when="OLD.state IN ('CLOSED', 'REJECTED', 'WITHDRAWN')",
                events=("UPDATE", "DELETE"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class UnitOffer(models.Model):
    """One unit that is used or of another model, offered with its difference in price, and the customer's name under it (3.5, WTY-4)."""

    case = models.ForeignKey(ExchangeCase, models.PROTECT, related_name="offers")
    other = models.ForeignKey(ExchangeUnit, models.PROTECT, related_name="+")
    is_new = models.BooleanField()
    is_same_model = models.BooleanField()
    # What was paid for the old one, what the other costs, and what lies between them, in minor units of the case's currency.
    paid_minor = models.BigIntegerField()
    price_minor = models.BigIntegerField()
    difference_minor = models.BigIntegerField()
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    offered_at = models.DateTimeField()
    consent = models.ForeignKey(Evidence, models.PROTECT, related_name="+", null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by_name = models.CharField(max_length=120, blank=True)
    # Another one was offered, or the customer would rather have the money or the repair.
    ended_at = models.DateTimeField(null=True)
    # The customer said no, and perhaps why; it is over with that.
    declined_at = models.DateTimeField(null=True)
    declined_note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="exchange_offer_counts_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(paid_minor__gt=0, price_minor__gt=0, price_minor=F("paid_minor") + F("difference_minor")),
                name="exchange_offer_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, consent__isnull=True, agreed_by_name="")
                | Q(agreed_at__isnull=False, consent__isnull=False) & ~Q(agreed_by_name=""),
                name="exchange_offer_is_agreed_to_by_signature",
            ),
            AppendOnly(
                name="exchange_offer_is_never_rewritten",
                may_change=["consent", "agreed_at", "agreed_by_name", "ended_at", "declined_at", "declined_note"],
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_note="")
                | Q(declined_at__isnull=False, ended_at=F("declined_at"), agreed_at__isnull=True),
                name="exchange_offer_declined_is_over_and_was_never_agreed_to",
            ),
            Never(
                name="exchange_offer_over_stays_as_it_was_answered",
                when="OLD.ended_at IS NOT NULL OR (OLD.agreed_at IS NOT NULL AND (NEW.agreed_at IS NULL"
                " OR NEW.agreed_at <> OLD.agreed_at OR NEW.consent_id <> OLD.consent_id))",
                events=("UPDATE",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.other}"

    @property
    def goes_back_minor(self) -> int:
        """What the customer gets back; nothing where the other unit costs as much or more."""
        return max(0, -self.difference_minor)

    @property
    def sum_minor(self) -> int:
        """The difference, whoever pays it."""
        return abs(self.difference_minor)
