"""The second screen of a till, which the customer looks at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import Never
from guiju.line.cashier.models.bills import Bill
from guiju.line.cashier.models.tills import Till


class Display(models.Model):
    """A till that has a screen for the customer, and what stands on it: one row a till, because a screen shows one bill.

    tendered_minor   what the customer has laid on the counter so far, in minor units
    """

    till = models.OneToOneField(Till, on_delete=models.PROTECT, related_name="display")
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, null=True, related_name="+")
    tendered_minor = models.BigIntegerField(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tendered_minor__isnull=True) | Q(tendered_minor__gte=0, bill__isnull=False),
                name="what_is_shown_as_given_is_for_a_bill",
            ),
            models.CheckConstraint(
                condition=Q(bill__isnull=True, shown_at__isnull=True) | Q(bill__isnull=False, shown_at__isnull=False),
                name="what_is_shown_has_its_moment",
            ),
            Never(
                name="a_till_shows_the_bills_of_its_own_outlet",
                when="NEW.bill_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cashier_bill b"
                " JOIN workorder_workorder o ON o.id = b.order_id JOIN cashier_till t ON t.unit_id = o.unit_id"
                " WHERE b.id = NEW.bill_id AND t.id = NEW.till_id)",
            ),
        ]

    def __str__(self) -> str:
        return str(self.till)

    @property
    def unit_id(self) -> int:
        """The outlet of the till."""
        return self.till.unit_id

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False
