"""A payment that counts no more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.cashier.models.bills import Payment
from guiju.standing.people.models import Person


class Void(models.Model):
    """A payment that was taken wrongly and counts no more; its receipt keeps its number (FIN-4)."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="void")
    reason = models.CharField(max_length=300)
    voided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_payment_is_void_for_a_reason"),
            Never(
                name="a_payment_is_void_before_its_till_is_counted",
                when="NOT EXISTS (SELECT 1 FROM cashier_payment p JOIN cashier_tillsession s ON s.id = p.session_id"
                " WHERE p.id = NEW.payment_id AND s.state = 'OPEN' AND p.method IN ('CASH', 'CARD', 'WALLET', 'TRANSFER'))",
                events=("INSERT",),
            ),
            Never(
                name="what_went_back_cannot_be_void",
                when="EXISTS (SELECT 1 FROM cashier_refund r WHERE r.payment_id = NEW.payment_id)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_void_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.payment.receipt_number
