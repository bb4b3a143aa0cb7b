"""Petty cash: boxes with a float of their own, what was spent out of them, and what was put in and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import AppendOnly, Never
from guiju.kernel.models import Evidence
from guiju.line.banking.models.common import changes, words
from guiju.line.banking.rules import petty
from guiju.line.banking.rules.petty import BoxState, Entry, Expense, SpendState
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class PettyBoxes(models.QuerySet["PettyBox"]):
    """Questions about boxes."""

    def visible_to(self, by: Actor) -> PettyBoxes:
        """Those of the units whose takings this person may see, and the own ones."""
        scope = by.scope("banking.see")
        if scope.unit_ids is None or by.person_id is None:
            return self.filter(scope.q())
        return self.filter(Q(unit_id__in=scope.unit_ids) | Q(keeper=by.person_id))


class PettyBox(models.Model):
    """A box of cash for small expenses, for which one person answers; it is topped up to its float and never out of takings (FIN-3).

    float_minor   what lies in it when nothing is spent; its receipts and its cash together make that
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    float_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, default=BoxState.OPEN.value)
    opened_at = models.DateTimeField()

    objects = PettyBoxes.as_manager()

    class Meta:
        ordering = ("unit", "code")
        verbose_name_plural = "petty boxes"
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="a_petty_box_code_is_used_once_in_an_outlet"),
            models.CheckConstraint(condition=Q(float_minor__gt=0), name="a_petty_box_has_a_float"),
            models.CheckConstraint(condition=Q(state__in=words(BoxState)), name="petty_box_state_is_known"),
            Never(
                name="a_petty_box_stays_the_same_box",
                when=changes("unit_id", "code", "currency", "opened_at") + " OR (OLD.state = 'CLOSED' AND NEW.state <> 'CLOSED')",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        """How the money book knows this box."""
        return f"PETTY-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it is in use."""
        return self.state == BoxState.OPEN

    def belongs_to(self, by: Actor) -> bool:
        """A box is its keeper's."""
        return by.person_id is not None and by.person_id == self.keeper_id


class PettyExpense(models.Model):
    """Something small that was paid out of a box, with its reason and its paper.

    voucher      the number of the bill or of the slip that was signed for it; `photo` shows it
    limit_minor  above this another approves: the figure by which it was judged
    """

    number = models.CharField(max_length=40, unique=True)
    box = models.ForeignKey(PettyBox, models.PROTECT, related_name="expenses")
    kind = models.CharField(max_length=12, choices=[(each.value, petty.EXPENSE_LABELS[each]) for each in Expense])
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    voucher = models.CharField(max_length=60)
    photo = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    limit_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=[(each.value, petty.SPEND_LABELS[each]) for each in SpendState])
    spent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["box"], condition=Q(state="ASKED"), name="pettyexpense_to_approve")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_petty_expense_is_of_something"),
            models.CheckConstraint(condition=Q(kind__in=words(Expense)), name="a_petty_expense_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=words(SpendState)), name="petty_expense_state_is_known"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(voucher=""), name="a_petty_expense_has_its_reason_and_its_paper"
            ),
            models.UniqueConstraint(fields=["box", "voucher"], name="a_paper_is_paid_once_out_of_a_box"),
            models.CheckConstraint(
                condition=~Q(state="PAID") | Q(amount_minor__lte=F("limit_minor")) | Q(answered_by__isnull=False),
                name="a_large_petty_expense_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("spent_by")),
                name="nobody_approves_their_own_petty_expense",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | (Q(answered_by__isnull=False) & ~Q(answer="")),
                name="why_a_petty_expense_was_not_approved_is_said",
            ),
            Never(
                name="what_was_spent_stays_as_it_was_spent",
                when=changes("number", "box_id", "kind", "amount_minor", "reason", "voucher", "photo_id", "limit_minor", "spent_by_id")
                + " OR (OLD.state <> 'ASKED' AND NEW.state <> OLD.state)",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The outlet of the box."""
        return self.box.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """An expense is of whoever answers for its box."""
        return self.box.belongs_to(by)


class PettyEntry(models.Model):
    """What was put into a box or given back, and what was counted in it, by somebody who does not spend out of it.

    amount_minor   what came or went; of a count, what was counted
    expected_minor of a count, what the book said
    keeper         who answered for the box then
    """

    number = models.CharField(max_length=40, unique=True)
    box = models.ForeignKey(PettyBox, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=[(each.value, petty.ENTRY_LABELS[each]) for each in Entry])
    amount_minor = models.BigIntegerField()
    expected_minor = models.BigIntegerField(null=True)
    pieces = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=words(set(Entry) - {Entry.EXPENSE})), name="petty_entry_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0) | Q(kind="COUNT", amount_minor=0), name="a_petty_entry_is_of_something"
            ),
            models.CheckConstraint(
                condition=~Q(kind="COUNT") | Q(expected_minor=F("amount_minor")) | ~Q(reason=""),
                name="a_petty_count_that_differs_has_its_reason",
            ),
            # FIN-6
            models.CheckConstraint(condition=~Q(by=F("keeper")), name="nobody_fills_or_counts_their_own_petty_box"),
            AppendOnly(name="a_petty_entry_is_never_edited"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The outlet of the box."""
        return self.box.unit_id
