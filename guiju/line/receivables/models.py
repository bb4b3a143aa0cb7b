"""What was paid on an account, what was given up, and how the customer was reminded."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Approval
from guiju.line.cashier.models import CreditAccount, Debt, TillSession
from guiju.standing.people.models import Person, Unit


class Collection(models.Model):
    """A payment on an account, with its receipt; its lines say which debts it paid.

    unit   the outlet in whose books the debts stand, and which took the money
    """

    number = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=10)
    amount_minor = models.BigIntegerField()
    tendered_minor = models.BigIntegerField(null=True)
    terminal_ref = models.CharField(max_length=60, blank=True)
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_collection_is_of_something"),
            models.CheckConstraint(
                # The slip of a card is counted with the till at which it was taken.
                condition=Q(method="CASH", session__isnull=False)
                | Q(method__in=["CARD", "TRANSFER"], tendered_minor__isnull=True) & ~Q(terminal_ref=""),
                name="what_is_collected_lies_in_a_till_or_has_its_reference",
            ),
            models.CheckConstraint(
                condition=Q(tendered_minor__isnull=True) | Q(tendered_minor__gte=F("amount_minor")),
                name="what_is_tendered_covers_what_is_collected",
            ),
            Never(
                name="cash_is_collected_in_an_open_till_of_the_outlet",
                when="NEW.session_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cashier_tillsession s"
                " JOIN cashier_till t ON t.id = s.till_id WHERE s.id = NEW.session_id AND s.state = 'OPEN' AND t.unit_id = NEW.unit_id)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_collection_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def change_minor(self) -> int:
        """What the customer got back at the till."""
        return (self.tendered_minor or self.amount_minor) - self.amount_minor


class CollectionLine(models.Model):
    """So much of a payment paid so much of a debt."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="lines")
    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_part_of_a_collection_is_something"),
            models.UniqueConstraint(fields=["collection", "debt"], name="a_collection_pays_a_debt_once"),
            Never(
                name="a_collection_pays_debts_of_its_own_account",
                when="NOT EXISTS (SELECT 1 FROM receivables_collection c JOIN cashier_debt d"
                " ON d.account_id = c.account_id AND d.unit_id = c.unit_id WHERE c.id = NEW.collection_id AND d.id = NEW.debt_id)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_part_of_a_collection_is_never_edited"),
        ]


class WriteOff(models.Model):
    """What was owed and is given up: asked by one, approved by another (5.4)."""

    number = models.CharField(max_length=40, unique=True)
    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0) & ~Q(reason=""), name="a_write_off_is_of_something_for_a_reason"
            ),
            AppendOnly(name="a_write_off_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.number


class Letter(models.Model):
    """A customer was written to because something is overdue; its lines say for which debts.

    level     1 for the friendly letter, 3 for the last
    """

    number = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    overdue_minor = models.BigIntegerField()
    written_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3, overdue_minor__gt=0), name="a_letter_says_what_is_overdue"
            ),
            models.UniqueConstraint(fields=["account", "written_on"], name="a_customer_is_written_to_once_a_day"),
            AppendOnly(name="a_letter_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.number


class LetterLine(models.Model):
    """A debt in a letter, as late as it was then."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="lines")
    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    left_minor = models.BigIntegerField()
    days_overdue = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["debt", "level"], name="a_debt_is_reminded_of_once_a_level"),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3, days_overdue__gt=0, left_minor__gt=0),
                name="only_what_is_late_is_reminded_of",
            ),
            AppendOnly(name="a_line_of_a_letter_is_never_edited"),
        ]


class Pause(models.Model):
    """For a time no letters are written: the customer has promised, or disputes it."""

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    until_on = models.DateField()
    paused_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="letters_are_paused_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="letters_are_paused_for_a_reason"),
            Never(
                name="a_pause_is_ended_once_and_else_stays",
                when="OLD.ended_at IS NOT NULL OR NEW.until_on <> OLD.until_on OR NEW.reason <> OLD.reason"
                " OR NEW.account_id <> OLD.account_id",
                events=("UPDATE",),
            ),
        ]

    def holds(self, on: date) -> bool:
        """Whether no letter is written on that day; the last day is one of them."""
        return self.ended_at is None and on <= self.until_on

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False
