"""What the providers of cards and wallets have paid to the bank."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.banking.models.statements import BankLine
from guiju.line.banking.rules import SETTLED_TENDERS
from guiju.standing.people.models import Person, Unit


class TenderSettlement(models.Model):
    """A line of the bank's statement is what a provider paid for a tender, after the fee that it kept back.

    gross_minor   what the customers had paid by that tender: the line's amount and the fee
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.OneToOneField(BankLine, models.PROTECT, related_name="settlement")
    tender = models.CharField(max_length=10)
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    settled_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fee_minor__gte=0), name="a_provider_keeps_no_less_than_nothing"),
            models.CheckConstraint(
                condition=Q(tender__in=list(SETTLED_TENDERS)), name="a_settlement_is_of_a_known_tender"
            ),
            Never(
                name="a_settlement_is_what_the_bank_shows_and_the_fee",
                when="NOT EXISTS (SELECT 1 FROM banking_bankline b WHERE b.id = NEW.line_id AND b.unit_id = NEW.unit_id"
                " AND b.deposit_id IS NULL AND b.amount_minor + NEW.fee_minor = NEW.gross_minor)",
                events=["INSERT"],
            ),
            AppendOnly(name="a_settlement_is_never_changed"),
        ]

    def __str__(self) -> str:
        return str(self.line)
