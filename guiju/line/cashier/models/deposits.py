"""What customers leave with us: for a loaner, and before a part is ordered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Approval, Evidence
from guiju.line.cashier.models.tills import TillSession
from guiju.line.intake.models import Loan
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import Quote
from guiju.standing.people.models import Person


class Deposit(models.Model):
    """What a customer leaves and gets back: how it came, and until it is settled nothing of how it went."""

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
        abstract = True

    def __str__(self) -> str:
        return self.receipt_number


class LoanDeposit(Deposit):
    """What a customer left for a loaner: the customer's until it is back (A17); what `back_minor` lacks was kept, as the loan says."""

    loan = models.OneToOneField(Loan, on_delete=models.PROTECT, related_name="+")

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

    @property
    def reference(self) -> str:
        """Its place in the money book."""
        return f"LOAN-{self.loan_id}"

    @property
    def kept_minor(self) -> int:
        """What did not go back; nothing as long as it is not settled."""
        return 0 if self.back_minor is None else self.amount_minor - self.back_minor


class PartsDeposit(Deposit):
    """What a customer left before parts were ordered: the customer's until the bill of the accepted quote takes it, else given back (C07).

    used_minor   what the bill took; what it did not take goes back, and nothing else becomes of it
    """

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="+")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    used_minor = models.BigIntegerField(default=0)
    back_method = models.CharField(max_length=10, blank=True)
    # The number of the slip or of the transfer by which it went back; `back_number` is ours.
    back_ref = models.CharField(max_length=60, blank=True)
    back_number = models.CharField(max_length=40, blank=True)
    back_reason = models.CharField(max_length=300, blank=True)
    back_signature = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    # Of another person, where it went back while the repair went on.
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["order"], name="parts_deposit_of_order", condition=Q(settled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_parts_deposit_is_of_something"),
            models.CheckConstraint(
                condition=Q(method__in=["CASH", "CARD", "TRANSFER"]), name="a_parts_deposit_is_by_a_known_method"
            ),
            models.CheckConstraint(
                condition=~Q(method="CASH") | Q(session__isnull=False),
                name="a_cash_parts_deposit_goes_into_an_open_till",
            ),
            models.CheckConstraint(
                condition=Q(method="CASH") | ~Q(terminal_ref=""), name="a_parts_deposit_by_card_has_its_reference"
            ),
            # Two tills at once: the second one finds it taken.
            models.UniqueConstraint(
                fields=["quote"], condition=Q(settled_at__isnull=True), name="a_quotes_deposit_is_held_once"
            ),
            models.UniqueConstraint(
                fields=["back_number"], condition=~Q(back_number=""), name="a_deposit_goes_back_under_its_own_number"
            ),
            Never(
                name="a_deposit_is_no_more_than_was_agreed",
                when="NEW.amount_minor + COALESCE((SELECT SUM(d.amount_minor - d.used_minor) FROM cashier_partsdeposit d"
                " WHERE d.order_id = NEW.order_id AND d.settled_at IS NULL), 0)"
                " > COALESCE((SELECT q.deposit_minor FROM workshop_quote q"
                " WHERE q.id = NEW.quote_id AND q.order_id = NEW.order_id AND q.state = 'APPROVED'), 0)",
                events=("INSERT",),
            ),
            # Whatever is not credited goes back, to the cent: nothing else can eat it.
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, back_minor__isnull=True, used_minor__gte=0)
                & Q(used_minor__lt=F("amount_minor"))
                | Q(settled_at__isnull=False, used_minor__gte=0, back_minor__gte=0)
                & Q(amount_minor=F("used_minor") + F("back_minor")),
                name="a_deposit_is_credited_or_given_back_to_the_cent",
            ),
            models.CheckConstraint(
                condition=Q(back_minor__isnull=True)
                | Q(back_minor=0)
                | (~Q(back_reason="") & ~Q(back_number="") & Q(back_method__in=["CASH", "CARD", "TRANSFER"])),
                name="a_deposit_goes_back_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(back_method="CASH") | Q(back_signature__isnull=False, back_session__isnull=False),
                name="cash_of_a_deposit_goes_back_against_a_signature",
            ),
            models.CheckConstraint(
                condition=~Q(back_method__in=["CARD", "TRANSFER"]) | ~Q(back_ref=""),
                name="a_deposit_goes_back_by_card_under_a_number",
            ),
            models.CheckConstraint(
                condition=Q(back_method__in=["", "TRANSFER"]) | Q(back_method=F("method")),
                name="a_deposit_goes_back_the_way_it_came_or_by_the_bank",
            ),
            Never(
                name="a_parts_deposit_is_settled_once",
                when="OLD.settled_at IS NOT NULL OR (OLD.used_minor > 0 AND NEW.used_minor <> OLD.used_minor)",
                events=("UPDATE",),
            ),
            AppendOnly(
                name="a_parts_deposit_is_never_edited",
                may_change=[
                    "used_minor", "back_minor", "back_method", "back_session", "back_ref", "back_number", "back_reason",
                    "back_signature", "approval", "settled_by", "settled_at",
                ],
            ),
        ]  # fmt: skip

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever owns the job."""
        return self.order.belongs_to(by)

    @property
    def unit_id(self) -> int:
        """The outlet whose till holds it."""
        return self.order.unit_id

    @property
    def reference(self) -> str:
        """Its place in the money book."""
        return f"PARTS-{self.pk}"

    @property
    def left_minor(self) -> int:
        """What lies here of the customer's."""
        return 0 if self.settled_at is not None else self.amount_minor - self.used_minor
