"""Receipts as they were printed: the first is the original, and each later one says on the paper that it is not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.cashier.models.bills import Bill, Payment, Refund
from guiju.standing.people.models import Person


class Printing(models.Model):
    """One print of a receipt, or of the receipt for what went back (FIN-4).

    ordinal   1 is the original; 2 is the first duplicate
    reason    why it was printed again
    """

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="printings")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, related_name="printings")
    ordinal = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["payment", "ordinal"], name="a_receipt_has_one_original"),
            models.UniqueConstraint(fields=["refund", "ordinal"], name="a_refunds_receipt_has_one_original"),
            models.CheckConstraint(
                condition=Q(payment__isnull=False, refund__isnull=True) | Q(payment__isnull=True, refund__isnull=False),
                name="what_is_printed_is_a_payment_or_a_refund",
            ),
            models.CheckConstraint(
                condition=Q(ordinal=1) | Q(ordinal__gt=1) & ~Q(reason=""), name="a_duplicate_is_printed_for_a_reason"
            ),
            Never(
                name="no_print_is_left_out",
                when="NEW.ordinal > 1 AND NOT EXISTS (SELECT 1 FROM cashier_printing p WHERE p.ordinal = NEW.ordinal - 1"
                " AND (p.payment_id = NEW.payment_id OR p.refund_id = NEW.refund_id))",
                events=("INSERT",),
            ),
            Never(
                name="what_is_void_is_not_printed",
                when="EXISTS (SELECT 1 FROM cashier_void v WHERE v.payment_id = NEW.payment_id)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_print_is_never_forgotten"),
        ]

    def __str__(self) -> str:
        return f"{self.number} #{self.ordinal}"

    @property
    def number(self) -> str:
        """Of the receipt that was printed."""
        return self.payment.receipt_number if self.payment is not None else self.refund.number  # type: ignore[union-attr]

    @property
    def receipt_number(self) -> str:
        """Of the payment, also where its refund was printed."""
        return (self.payment or self.refund.payment).receipt_number  # type: ignore[union-attr]

    @property
    def amount_minor(self) -> int:
        """What the receipt is for."""
        return (self.payment or self.refund).amount_minor  # type: ignore[union-attr]

    @property
    def duplicates(self) -> int:
        """Which duplicate it is; nothing for the original."""
        return self.ordinal - 1

    @property
    def unit_id(self) -> int:
        """The outlet whose receipt it is."""
        return self.bill.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """It belongs to whoever owns the job."""
        return self.bill.belongs_to(by)
