"""What the bank says came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.banking.models.deposits import BankDeposit
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class BankLines(models.QuerySet["BankLine"]):
    """Questions about what the bank says."""

    def visible_to(self, by: Actor) -> BankLines:
        """Those of the units whose takings this person may see."""
        return self.filter(by.scope("banking.see").q())


class BankLine(models.Model):
    """One line of the bank's statement by which something came in.

    mark     of its content, and which of several alike it is: the same file again brings nothing new
    deposit  the one that it confirms
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=80)
    text = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=64)
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    deposit = models.ForeignKey(BankDeposit, models.PROTECT, null=True, related_name="+")

    objects = BankLines.as_manager()

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["unit"], condition=Q(deposit__isnull=True), name="bankline_unmatched")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_line_of_the_bank_brings_something"),
            models.UniqueConstraint(fields=["unit", "mark"], name="a_line_of_the_bank_is_kept_once"),
            models.UniqueConstraint(fields=["deposit"], name="a_deposit_is_confirmed_by_one_line"),
            # FIN-10
            Never(
                name="a_line_confirms_a_deposit_of_its_amount",
                when="NEW.deposit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM banking_bankdeposit d WHERE d.id = NEW.deposit_id"
                " AND COALESCE(d.credited_minor, d.amount_minor) = NEW.amount_minor AND d.currency = NEW.currency"
                " AND d.unit_id = NEW.unit_id)",
            ),
            Never(
                name="what_a_provider_paid_confirms_no_deposit",
                when="NEW.deposit_id IS NOT NULL AND EXISTS (SELECT 1 FROM banking_tendersettlement t WHERE t.line_id = NEW.id)",
                events=["UPDATE"],
            ),
            AppendOnly(name="a_line_of_the_bank_is_never_changed", may_change=["deposit"]),
            Never(
                name="what_a_line_confirms_stays_confirmed",
                when="OLD.deposit_id IS NOT NULL AND (NEW.deposit_id IS NULL OR NEW.deposit_id <> OLD.deposit_id)",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False
