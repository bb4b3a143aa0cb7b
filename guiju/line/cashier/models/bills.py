"""Bills with their lines, what was paid for them, and what went back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Approval
from guiju.line.cashier.models.deposits import PartsDeposit
from guiju.line.cashier.models.tills import TillSession
from guiju.line.cashier.rules import PAID_BY, BillState, Method, Settled
from guiju.line.cashier.rules.wallets import Wallet
from guiju.line.exchange.models import UnitOffer
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import QuoteLine
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from guiju.line.cashier.models.voids import Void


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
    # By which decisions on the rates its tax was split; nothing on bills of before.
    tax_version = models.CharField(max_length=400, blank=True)
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
                when="NEW.total_minor > (SELECT o.test_fee_minor FROM workorder_workorder o WHERE o.id = NEW.order_id)"
                " AND NEW.total_minor > COALESCE("
                # What another unit costs more, by the customer's signature: of such a job nothing else is charged.
                "(SELECT MAX(f.difference_minor) FROM exchange_unitoffer f JOIN exchange_exchangecase c ON c.offer_id = f.id"
                " WHERE c.order_id = NEW.order_id AND f.agreed_at IS NOT NULL AND f.difference_minor > 0), "
                "(SELECT q.total_minor FROM workshop_quote q WHERE q.order_id = NEW.order_id AND q.state = 'APPROVED'), 0)",
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
    # The unit given in exchange that costs more than the old one did.
    offer = models.OneToOneField(UnitOffer, on_delete=models.PROTECT, null=True, related_name="+")
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    list_min_minor = models.BigIntegerField()
    list_max_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    # Its rate of tax in hundredths of a percent, its share of the discount, and the tax inside what is left (rules.taxes).
    rate_bp = models.PositiveIntegerField(null=True)
    off_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_bp__isnull=True, tax_minor__isnull=True, off_minor=0)
                | Q(
                    rate_bp__isnull=False,
                    tax_minor__gte=0,
                    off_minor__gte=0,
                    tax_minor__lte=F("amount_minor") - F("off_minor"),
                ),
                name="a_bill_line_is_net_and_tax_and_discount",
            ),
            Never(
                # Rounded once for all lines of a rate and shared out: no line is further from its own tax than that.
                name="the_tax_of_a_bill_line_is_of_its_rate",
                when="NEW.rate_bp IS NOT NULL AND ABS(NEW.tax_minor * (10000 + NEW.rate_bp)"
                " - (NEW.amount_minor - NEW.off_minor) * NEW.rate_bp) > 2 * (10000 + NEW.rate_bp)",
                events=("INSERT",),
            ),
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
                condition=Q(item__isnull=False, part__isnull=True, offer__isnull=True)
                | Q(item__isnull=True, part__isnull=False, offer__isnull=True)
                | Q(item__isnull=True, part__isnull=True, offer__isnull=False, quote_line__isnull=True, kind="UNIT"),
                name="a_bill_line_is_a_part_a_service_or_a_unit",
            ),
            Never(
                name="a_charge_for_a_unit_is_what_was_agreed_to",
                when="NEW.offer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM exchange_unitoffer o JOIN exchange_exchangecase c"
                " ON c.offer_id = o.id JOIN cashier_bill b ON b.order_id = c.order_id"
                " WHERE o.id = NEW.offer_id AND b.id = NEW.bill_id AND o.difference_minor = NEW.amount_minor)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_bill_line_is_never_edited"),
        ]

    @property
    def description(self) -> str:
        """The part's, the service's or the other unit's name, in the reader's language."""
        if self.offer is not None:
            return gettext("Difference in price: %(unit)s") % {"unit": self.offer.other}
        return (self.part or self.item).name  # type: ignore[union-attr]

    @property
    def code(self) -> str:
        """The part number, the service code, or the model of the other unit."""
        if self.offer is not None:
            return self.offer.other.model.code if self.offer.other.model else self.offer.other.line.code
        return (self.part or self.item).code  # type: ignore[union-attr]


class Payment(models.Model):
    """Money that came in for a bill, with its receipt; corrected only by a refund."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=10)
    amount_minor = models.BigIntegerField()
    # What cash was paid more or less than the amount, where the smallest coin is larger than a cent.
    rounded_minor = models.BigIntegerField(default=0)
    tendered_minor = models.BigIntegerField(null=True)
    receipt_number = models.CharField(max_length=40, unique=True)
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    terminal_ref = models.CharField(max_length=60, blank=True)
    # Of cash that was taken at the customer's home: in whose pouch it came to lie, and by when it is handed in at a till.
    pouch = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    pouch_due_at = models.DateTimeField(null=True)
    # By which wallet, and the request that it answered; a static code is paid without one.
    wallet = models.CharField(max_length=8, blank=True)
    wallet_request = models.OneToOneField(
        "cashier.WalletRequest", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # What was left before parts were ordered, where it is that which pays: nothing came in now.
    deposit = models.OneToOneField(PartsDeposit, on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["method", "id"], name="payment_by_method"),
            models.Index(fields=["at"], name="payment_by_time"),
            models.Index(fields=["pouch", "id"], condition=Q(pouch__isnull=False), name="payment_into_a_pouch"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(method__in=[str(method) for method in Method]), name="a_payment_is_by_a_known_method"
            ),
            models.CheckConstraint(
                condition=~Q(method="CASH") | Q(session__isnull=False) | Q(pouch__isnull=False),
                name="cash_goes_into_an_open_till",
            ),
            models.CheckConstraint(
                condition=Q(pouch__isnull=True, pouch_due_at__isnull=True)
                | Q(method="CASH", session__isnull=True, pouch=F("taken_by"), pouch_due_at__gt=F("at")),
                name="cash_taken_at_home_lies_in_the_pouch_of_whoever_took_it",
            ),
            models.CheckConstraint(
                condition=Q(tendered_minor__isnull=True)
                | Q(tendered_minor__gte=F("amount_minor") + F("rounded_minor")),
                name="what_is_tendered_covers_the_payment",
            ),
            models.CheckConstraint(
                condition=Q(rounded_minor=0) | Q(method="CASH", rounded_minor__gte=-F("amount_minor")),
                name="nothing_but_cash_is_rounded",
            ),
            models.CheckConstraint(
                condition=Q(method="WALLET", wallet__in=[str(each) for each in Wallet]) & ~Q(terminal_ref="")
                | ~Q(method="WALLET") & Q(wallet="", wallet_request__isnull=True),
                name="a_payment_by_wallet_names_it",
            ),
            Never(
                name="a_number_of_a_wallet_pays_once",
                when="NEW.method = 'WALLET' AND EXISTS (SELECT 1 FROM cashier_payment p WHERE p.method = 'WALLET'"
                " AND p.wallet = NEW.wallet AND p.terminal_ref = NEW.terminal_ref AND p.id <> NEW.id"
                " AND NOT EXISTS (SELECT 1 FROM cashier_void v WHERE v.payment_id = p.id))",
                events=("INSERT",),
            ),
            Never(
                name="a_wallet_pays_what_it_was_asked_for",
                when="NEW.wallet_request_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cashier_walletrequest w"
                " WHERE w.id = NEW.wallet_request_id AND w.bill_id = NEW.bill_id AND w.amount_minor = NEW.amount_minor"
                " AND w.wallet = NEW.wallet AND w.state = 'PAID')",
                events=("INSERT",),
            ),
            Never(
                name="one_tender_at_a_time_settles_a_bill",
                when="EXISTS (SELECT 1 FROM cashier_walletrequest w WHERE w.bill_id = NEW.bill_id AND w.state = 'PENDING')",
                events=("INSERT",),
            ),
            models.CheckConstraint(
                condition=~Q(method__in=["CARD", "TRANSFER"]) | ~Q(terminal_ref=""),
                name="a_card_or_transfer_has_its_reference",
            ),
            models.CheckConstraint(
                condition=Q(method="DEPOSIT", deposit__isnull=False) | ~Q(method="DEPOSIT") & Q(deposit__isnull=True),
                name="a_payment_out_of_a_deposit_names_it",
            ),
            Never(
                name="a_deposit_pays_the_bill_of_its_own_job",
                when="NEW.deposit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cashier_partsdeposit d"
                " JOIN cashier_bill b ON b.order_id = d.order_id"
                " WHERE d.id = NEW.deposit_id AND b.id = NEW.bill_id AND d.used_minor = NEW.amount_minor)",
                events=("INSERT",),
            ),
            Never(
                name="a_payment_goes_into_an_open_till",
                when="NEW.session_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cashier_tillsession s"
                " WHERE s.id = NEW.session_id AND s.state = 'OPEN')",
                events=("INSERT",),
            ),
            AppendOnly(name="a_payment_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def voided(self) -> Void | None:
        """Why it counts no more, if it does not."""
        return getattr(self, "void", None)

    @property
    def is_void(self) -> bool:
        """Whether it counts no more."""
        return self.voided is not None

    @property
    def came_by(self) -> Method:
        """How the money came into the house: for what a deposit paid, how that was left."""
        return Method(self.method if self.deposit is None else self.deposit.method)

    @property
    def came_minor(self) -> int:
        """What came in: of cash the amount as it was rounded."""
        return self.amount_minor + self.rounded_minor

    @property
    def change_minor(self) -> int:
        """What the customer got back at the till."""
        return (self.tendered_minor or self.came_minor) - self.came_minor


class Refund(models.Model):
    """Money that went back after somebody else approved it (FIN-8).

    method         by which tender, where the approval names another than it came by; else empty
    rounded_minor  what cash went back more or less than the amount
    """

    number = models.CharField(max_length=40, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    rounded_minor = models.BigIntegerField(default=0)
    method = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300)
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    paid_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_refund_is_of_something"),
            Never(
                name="a_refund_comes_out_of_an_open_till",
                when="NEW.session_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cashier_tillsession s"
                " WHERE s.id = NEW.session_id AND s.state = 'OPEN')",
                events=("INSERT",),
            ),
            AppendOnly(name="a_refund_is_never_edited"),
            models.CheckConstraint(
                condition=Q(method__in=["", *(str(each) for each in PAID_BY)]),
                name="a_refund_goes_back_by_a_known_tender",
            ),
            models.CheckConstraint(
                condition=Q(rounded_minor__gte=-F("amount_minor")), name="no_more_is_rounded_than_goes_back"
            ),
            # FIN-8: the way it came, or as whoever approved it has written.
            Never(
                name="a_refund_by_another_tender_was_approved_so",
                when_postgres="NEW.method <> COALESCE((SELECT a.content ->> 'method' FROM kernel_approval a"
                " WHERE a.id = NEW.approval_id), '')",
                when_sqlite="NEW.method <> COALESCE((SELECT json_extract(a.content, '$.method') FROM kernel_approval a"
                " WHERE a.id = NEW.approval_id), '')",
                events=("INSERT",),
            ),
            Never(
                name="a_void_payment_is_not_refunded",
                when="EXISTS (SELECT 1 FROM cashier_void v WHERE v.payment_id = NEW.payment_id)",
                events=("INSERT",),
            ),
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

    @property
    def went_by(self) -> Method:
        """The tender by which it went back."""
        return Method(self.method) if self.method else self.payment.came_by

    @property
    def went_minor(self) -> int:
        """What went back: of cash the amount as it was rounded."""
        return self.amount_minor + self.rounded_minor
