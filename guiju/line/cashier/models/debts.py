"""What customers on credit owe, a row for each payment that was put on credit."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import Never
from guiju.line.cashier.models.bills import Payment
from guiju.line.cashier.models.tills import CreditAccount
from guiju.standing.people.models import Unit


class Debts(models.QuerySet["Debt"]):
    """Questions about what is owed."""

    def visible_to(self, by: Actor) -> Debts:
        """What is owed to the outlets whose till this person may see."""
        return self.filter(by.scope("cashier.see").q())

    def open(self) -> Debts:
        """What is not paid to the end."""
        return self.filter(left_minor__gt=0)

    def overdue(self, on: date) -> Debts:
        """What should have been paid before that day."""
        return self.open().filter(due_on__lt=on)


class Debt(models.Model):
    """What one payment on credit left open: due on a day, lowered by what is paid or written off, and never raised (S6-29).

    unit      whose book it stands in: the outlet of the job
    taken_on  the day of the payment, in the zone of the customer's unit
    due_on    the last day to pay; kept as it was promised, whatever terms are agreed to later
    """

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    left_minor = models.BigIntegerField()
    taken_on = models.DateField()
    due_on = models.DateField()

    objects = Debts.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(left_minor__gt=0), name="debt_by_due_day")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_debt_is_of_something"),
            models.CheckConstraint(
                condition=Q(left_minor__gte=0, left_minor__lte=F("amount_minor")), name="no_more_of_a_debt_is_paid_than_it_was"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("taken_on")), name="a_debt_is_due_after_it_was_made"),
            Never(
                name="a_debt_is_what_was_put_on_credit",
                when="NEW.left_minor <> NEW.amount_minor OR NOT EXISTS (SELECT 1 FROM cashier_payment p"
                " JOIN cashier_bill b ON b.id = p.bill_id JOIN workorder_workorder o ON o.id = b.order_id"
                " JOIN cashier_creditaccount a ON a.id = NEW.account_id AND a.customer_id = o.customer_id"
                " WHERE p.id = NEW.payment_id AND p.method = 'CREDIT' AND p.amount_minor = NEW.amount_minor AND o.unit_id = NEW.unit_id)",
                events=("INSERT",),
            ),
            Never(
                name="a_debt_only_falls",
                when="NEW.left_minor > OLD.left_minor OR NEW.amount_minor <> OLD.amount_minor OR NEW.due_on <> OLD.due_on"
                " OR NEW.taken_on <> OLD.taken_on OR NEW.account_id <> OLD.account_id OR NEW.payment_id <> OLD.payment_id"
                " OR NEW.unit_id <> OLD.unit_id",
                events=("UPDATE",),
            ),
            Never(name="a_debt_is_never_forgotten", when="OLD.amount_minor > 0", events=("DELETE",)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.payment.receipt_number

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False

    def days_overdue(self, on: date) -> int:
        """How many days it is late; nothing or less while there is time."""
        return (on - self.due_on).days if self.left_minor else 0
