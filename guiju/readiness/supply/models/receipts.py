"""What was delivered, what of it was good, and what the supplier asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.books.stock.models import Bin
from guiju.kernel.constraints import Never
from guiju.readiness.supply.models.orders import OrderLine, PurchaseOrder
from guiju.readiness.supply.models.suppliers import Supplier, SupplierBank
from guiju.readiness.supply.rules import InvoiceState, ReceiptState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor

# Everybody who had a hand in one order line before it came: who asked, who approved either paper, who bought.
_BEFORE_IT_CAME = (
    " FROM supply_orderline l JOIN supply_purchaseorder o ON o.id = l.order_id"
    " JOIN supply_requestline r ON r.id = l.line_id JOIN supply_purchaserequest p ON p.id = r.request_id"
)
_RECEIVED = (
    "SELECT 1 FROM supply_goodsreceipt g JOIN supply_purchaseorder o ON o.id = g.order_id"
    " WHERE g.order_id = NEW.order_id AND NEW.paid_by_id = g.received_by_id AND o.people_min = 5"
)
_HANDS = "(r.asked_by_id, p.requested_by_id, p.decided_by_id, o.buyer_id, o.approved_by_id)"
_BOUGHT = f"SELECT 1{_BEFORE_IT_CAME} WHERE o.id = NEW.order_id AND p.people_min = 5 AND NEW.paid_by_id IN {_HANDS}"


class GoodsReceipts(models.QuerySet["GoodsReceipt"]):
    """Questions about receipts."""

    def visible_to(self, by: Actor) -> GoodsReceipts:
        """Those of the units whose buying this person may see."""
        return self.filter(by.scope("supply.see").q())


class GoodsReceipt(models.Model):
    """One delivery to one unit, counted without a look at what was ordered, then inspected and put away.

    note         the supplier's delivery note; the same note of an order is received once
    signatures   how many people must have looked at it, by its worth
    """

    number = models.CharField(max_length=40, unique=True)
    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    note = models.CharField(max_length=60)
    state = models.CharField(max_length=14, default=ReceiptState.RECEIVED.value)
    signatures = models.PositiveSmallIntegerField(default=1)
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    inspected_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    inspected_at = models.DateTimeField(null=True)
    put_away_at = models.DateTimeField(null=True)

    objects = GoodsReceipts.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["unit", "state", "id"], name="goods_receipt_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["order", "unit", "note"], name="a_delivery_note_is_received_once"),
            models.CheckConstraint(condition=~Q(note=""), name="a_delivery_has_its_note"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ReceiptState]), name="a_receipt_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=ReceiptState.RECEIVED.value)
                | Q(inspected_by__isnull=False, inspected_at__isnull=False),
                name="what_is_put_away_was_inspected",
            ),
            models.CheckConstraint(
                condition=Q(signatures=1) | Q(inspected_by__isnull=True) | ~Q(inspected_by=F("received_by")),
                name="a_dear_delivery_is_seen_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReceiptLine(models.Model):
    """So many of one ordered line, as they were counted.

    part   what has come, where it is another part than was ordered
    why    what is wrong with the rejected ones, or why another part will do
    """

    receipt = models.ForeignKey(GoodsReceipt, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="receipts")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    delivered = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField(null=True)
    rejected = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True)
    bin = models.ForeignKey(Bin, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["receipt", "line"], name="a_receipt_counts_a_line_once"),
            models.CheckConstraint(condition=Q(delivered__gt=0), name="a_receipt_line_is_something"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, rejected__isnull=True)
                | Q(accepted__isnull=False, rejected__isnull=False, delivered=F("accepted") + F("rejected")),
                name="accepted_and_rejected_are_what_came",
            ),
            models.CheckConstraint(
                condition=Q(rejected__isnull=True) | Q(rejected=0) | ~Q(why=""), name="what_is_rejected_says_why"
            ),
            models.CheckConstraint(
                condition=Q(bin__isnull=True) | Q(accepted__gt=0), name="only_accepted_goods_are_put_away"
            ),
            Never(
                name="the_receiver_had_no_hand_in_the_order",
                when=f"EXISTS (SELECT 1{_BEFORE_IT_CAME} JOIN supply_goodsreceipt g ON g.id = NEW.receipt_id"
                f" WHERE l.id = NEW.line_id AND p.people_min = 5 AND g.received_by_id IN {_HANDS})",
                events=("INSERT",),
            ),
            Never(
                name="a_delivery_comes_to_its_own_unit",
                when="EXISTS (SELECT 1 FROM supply_orderline l JOIN supply_goodsreceipt g ON g.id = NEW.receipt_id"
                " WHERE l.id = NEW.line_id AND (l.unit_id <> g.unit_id OR l.order_id <> g.order_id))",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt.number} {self.line.name}"

    @property
    def come(self) -> Part | None:
        """The part that came: another one, or the one that was ordered; none for what is bought in words."""
        return self.part or self.line.part


class SupplierInvoices(models.QuerySet["SupplierInvoice"]):
    """Questions about suppliers' invoices."""

    def visible_to(self, by: Actor) -> SupplierInvoices:
        """Those of the units whose buying this person may see."""
        return self.filter(by.scope("supply.see").q())


class SupplierInvoice(models.Model):
    """What a supplier asks for an order, compared with it and with what was accepted (PUR-4).

    unit       the buyer's, which pays
    because    why it does not match, as codes and values; empty where it does
    paid_to    the account, in force on that day
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="invoices")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, default=InvoiceState.ENTERED.value)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    because = models.JSONField(default=list)
    matched_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    matched_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    paid_to = models.ForeignKey(SupplierBank, models.PROTECT, null=True, related_name="+")
    payment = models.CharField(max_length=80, blank=True)
    said = models.CharField(max_length=400, blank=True)

    objects = SupplierInvoices.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["state", "id"], name="supplier_invoice_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "reference"],
                condition=~Q(state=InvoiceState.REFUSED.value),
                name="an_invoice_of_a_supplier_is_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0) & ~Q(reference=""), name="an_invoice_has_a_number_and_a_sum"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in InvoiceState]), name="an_invoice_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["MATCHED", "PAID"])
                | Q(matched_by__isnull=False, matched_at__isnull=False, because=[]),
                name="what_is_paid_was_matched",
            ),
            models.CheckConstraint(
                condition=~Q(state="PAID")
                | (Q(paid_by__isnull=False, paid_at__isnull=False, paid_to__isnull=False) & ~Q(payment="")),
                name="a_payment_says_who_when_and_where_to",
            ),
            Never(
                name="the_payer_had_no_hand_in_the_purchase",
                when=f"NEW.paid_by_id IS NOT NULL AND (EXISTS ({_BOUGHT}) OR EXISTS ({_RECEIVED}))",
            ),
            Never(
                name="money_goes_to_a_verified_account",
                when="NEW.state = 'PAID' AND NOT EXISTS (SELECT 1 FROM supply_supplierbank b WHERE b.id = NEW.paid_to_id"
                " AND b.supplier_id = NEW.supplier_id AND b.state = 'IN_FORCE')",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """So many of one ordered line, at the price that the invoice asks."""

    invoice = models.ForeignKey(SupplierInvoice, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="bills")
    quantity = models.PositiveIntegerField()
    price_minor = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["invoice", "line"], name="an_invoice_bills_a_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="an_invoice_line_bills_something"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice.number} {self.line.name}"
