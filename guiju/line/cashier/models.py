"""Tills and their sessions, bills, payments, refunds, credit, and the hand-over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Approval, Evidence
from guiju.line.cashier.rules import CLAIM_TRIES_MAX, BillState, ClaimProof, CreditState, Method, SessionState, Settled
from guiju.line.intake.models import Loan
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import QuoteLine
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit


class Till(models.Model):
    """A drawer with money in it, at an outlet."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="a_till_code_is_used_once_in_an_outlet")]

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        """How the money book knows this till."""
        return f"TILL-{self.pk}"


class TillSession(models.Model):
    """A cashier's day at a till, from the counted float to the counted drawer (FIN-1)."""

    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="+")
    cashier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    business_on = models.DateField()
    state = models.CharField(max_length=8, default=SessionState.OPEN)
    currency = models.CharField(max_length=3)
    float_minor = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    counted_minor = models.BigIntegerField(null=True)
    expected_minor = models.BigIntegerField(null=True)
    variance_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["till"], condition=Q(state="OPEN"), name="a_till_has_one_open_session"),
            models.UniqueConstraint(
                fields=["cashier"], condition=Q(state="OPEN"), name="a_cashier_has_one_open_session"
            ),
            models.CheckConstraint(condition=Q(float_minor__gte=0), name="a_float_is_not_negative"),
            models.CheckConstraint(
                condition=Q(state="OPEN", counted_minor__isnull=True)
                | Q(state="CLOSED", counted_minor__isnull=False, expected_minor__isnull=False, closed_at__isnull=False),
                name="a_closed_session_was_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN") | Q(counted_minor=F("expected_minor")) | ~Q(variance_reason=""),
                name="a_variance_has_its_reason",
            ),
            Never(
                name="a_closed_session_is_never_reopened",
                when="OLD.state = 'CLOSED'",
                events=("UPDATE", "DELETE"),
            ),
        ]

    @property
    def unit_id(self) -> int:
        """The outlet of the till."""
        return self.till.unit_id

    @property
    def variance_minor(self) -> int | None:
        """What was counted less what the book expected; None while the till is open."""
        if self.counted_minor is None or self.expected_minor is None:
            return None
        return self.counted_minor - self.expected_minor

    def belongs_to(self, by: Actor) -> bool:
        """A session belongs to its cashier."""
        return by.person_id == self.cashier_id


class Bill(models.Model):
    """What the customer owes for a job: one bill per job, never above what was approved (WO-3)."""

    number = models.CharField(max_length=40, unique=True)
    order = models.OneToOneField(WorkOrder, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=BillState.DUE)
    currency = models.CharField(max_length=3)
    # The sum of the lines less the discount that the customer was quoted.
    total_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    discount_reason = models.CharField(max_length=300, blank=True)
    paid_minor = models.BigIntegerField(default=0)
    credit_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="bill_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(total_minor__gte=0), name="a_bill_is_not_negative"),
            models.CheckConstraint(
                condition=Q(discount_minor=0) | (Q(discount_minor__gt=0) & ~Q(discount_reason="")),
                name="a_discount_on_a_bill_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(total_minor__gte=F("paid_minor") + F("credit_minor")), name="a_bill_is_not_paid_twice"
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__lte=F("paid_minor")), name="a_refund_is_no_more_than_was_paid"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in BillState]), name="a_bill_is_in_a_known_state"
            ),
            Never(
                name="a_bill_stays_within_what_was_approved",
                when="NEW.total_minor > COALESCE("
                "(SELECT q.total_minor FROM workshop_quote q WHERE q.order_id = NEW.order_id AND q.state = 'APPROVED'), "
                "(SELECT o.test_fee_minor FROM workorder_workorder o WHERE o.id = NEW.order_id))",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The outlet whose job it is."""
        return self.order.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever owns the job."""
        return self.order.belongs_to(by)

    @property
    def settled(self) -> Settled:
        """The bill as plain facts for the rules."""
        return Settled(self.total_minor, self.paid_minor, self.credit_minor, self.refunded_minor)

    @property
    def owed_minor(self) -> int:
        """What is still to be paid."""
        return self.settled.owed_minor


class BillLine(models.Model):
    """One charge, with the published range beside it (S1-41)."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8)
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, null=True, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="+")
    quote_line = models.OneToOneField(QuoteLine, on_delete=models.PROTECT, null=True, related_name="+")
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    list_min_minor = models.BigIntegerField()
    list_max_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor=F("quantity") * F("unit_minor"), quantity__gt=0),
                name="a_bill_line_multiplies_out",
            ),
            # Outside it only by a line that the network manager granted and the customer signed (EX-10).
            Never(
                name="a_charged_price_is_in_the_published_range",
                when="(NEW.unit_minor < NEW.list_min_minor OR NEW.unit_minor > NEW.list_max_minor)"
                " AND NOT EXISTS (SELECT 1 FROM workshop_linesignature s JOIN workshop_quoteline l ON l.id = s.line_id"
                " WHERE l.id = NEW.quote_line_id AND l.exception_id IS NOT NULL AND l.unit_minor = NEW.unit_minor)",
                events=("INSERT",),
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True) ^ Q(part__isnull=True), name="a_bill_line_is_a_part_or_a_service"
            ),
            AppendOnly(name="a_bill_line_is_never_edited"),
        ]

    @property
    def description(self) -> str:
        """The part's or the service's name, in the reader's language."""
        return (self.part or self.item).name  # type: ignore[union-attr]

    @property
    def code(self) -> str:
        """The part number or the service code."""
        return (self.part or self.item).code  # type: ignore[union-attr]


class Payment(models.Model):
    """Money that came in for a bill, with its receipt; corrected only by a refund."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=10)
    amount_minor = models.BigIntegerField()
    tendered_minor = models.BigIntegerField(null=True)
    receipt_number = models.CharField(max_length=40, unique=True)
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    terminal_ref = models.CharField(max_length=60, blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["method", "id"], name="payment_by_method")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(method__in=[str(method) for method in Method]), name="a_payment_is_by_a_known_method"
            ),
            models.CheckConstraint(
                condition=~Q(method="CASH") | Q(session__isnull=False), name="cash_goes_into_an_open_till"
            ),
            models.CheckConstraint(
                condition=Q(tendered_minor__isnull=True) | Q(tendered_minor__gte=F("amount_minor")),
                name="what_is_tendered_covers_the_payment",
            ),
            models.CheckConstraint(
                condition=~Q(method__in=["CARD", "TRANSFER"]) | ~Q(terminal_ref=""),
                name="a_card_or_transfer_has_its_reference",
            ),
            AppendOnly(name="a_payment_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def change_minor(self) -> int:
        """What the customer got back at the till."""
        return (self.tendered_minor or self.amount_minor) - self.amount_minor


class Refund(models.Model):
    """Money that went back, the way it came, after somebody else approved it (FIN-8)."""

    number = models.CharField(max_length=40, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_refund_is_of_something"),
            AppendOnly(name="a_refund_is_never_edited"),
            Never(
                name="refunds_stay_within_their_payment",
                when="NEW.amount_minor + COALESCE((SELECT SUM(r.amount_minor) FROM cashier_refund r"
                " WHERE r.payment_id = NEW.payment_id), 0)"
                " > (SELECT p.amount_minor FROM cashier_payment p WHERE p.id = NEW.payment_id)",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LoanDeposit(models.Model):
    """What a customer left for a loaner: the customer's until it is back (A17); what `back_minor` lacks was kept, as the loan says."""

    loan = models.OneToOneField(Loan, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=10)
    receipt_number = models.CharField(max_length=40, unique=True)
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    terminal_ref = models.CharField(max_length=60, blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    back_minor = models.BigIntegerField(null=True)
    back_session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_deposit_is_of_something"),
            models.CheckConstraint(
                condition=Q(method__in=["CASH", "CARD", "TRANSFER"]), name="a_deposit_is_by_a_known_method"
            ),
            models.CheckConstraint(
                condition=~Q(method="CASH") | Q(session__isnull=False), name="a_cash_deposit_goes_into_an_open_till"
            ),
            models.CheckConstraint(
                condition=Q(method="CASH") | ~Q(terminal_ref=""), name="a_deposit_by_card_has_its_reference"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, back_minor__isnull=True)
                | Q(settled_at__isnull=False, back_minor__gte=0, back_minor__lte=F("amount_minor")),
                name="a_deposit_settled_says_what_went_back",
            ),
            Never(name="a_deposit_is_settled_once", when="OLD.settled_at IS NOT NULL", events=("UPDATE",)),
            AppendOnly(
                name="a_deposit_is_never_edited",
                may_change=["back_minor", "back_session", "settled_by", "settled_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def reference(self) -> str:
        """Its place in the money book."""
        return f"LOAN-{self.loan_id}"

    @property
    def kept_minor(self) -> int:
        """What did not go back; nothing as long as it is not settled."""
        return 0 if self.back_minor is None else self.amount_minor - self.back_minor


class CreditAccount(models.Model):
    """How much a customer may owe, for how long, and who allowed it (S6-29, FIN-9)."""

    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    limit_minor = models.BigIntegerField()
    days = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, default=CreditState.ASKED)
    used_minor = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit_minor__gt=0), name="a_credit_limit_is_something"),
            models.CheckConstraint(
                condition=Q(used_minor__gte=0, used_minor__lte=F("limit_minor")), name="credit_stays_within_its_limit"
            ),
            models.CheckConstraint(condition=Q(used_minor=0) | ~Q(state="ASKED"), name="credit_is_approved_before_use"),
        ]

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False


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
