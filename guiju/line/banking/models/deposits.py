"""What is brought to the bank, and what somebody has to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import Never
from guiju.kernel.models import Evidence
from guiju.line.banking import rules
from guiju.line.banking.models.common import changes, pieces_add_up, words
from guiju.line.banking.rules import Alarm, Batch, DepositState
from guiju.line.cashier.models import TillSession
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor


class BankDeposits(models.QuerySet["BankDeposit"]):
    """Questions about deposits."""

    def visible_to(self, by: Actor) -> BankDeposits:
        """Those of the units whose takings this person may see."""
        return self.filter(by.scope("banking.see").q())

    def with_names(self) -> BankDeposits:
        """With the rows that a page names."""
        return self.select_related(
            "unit", "session__till__unit", "carried_by", "escort", "photo", "reconciled_by", "settled_by"
        )


class BankDeposit(models.Model):
    """Takings that somebody carries to the bank, with the slip that the bank gave for them (6.12).

    session       the till that it was taken out of; none where it is made of bags
    first_on, last_on   the business days that it is of
    pieces        how many of each note and coin: {denomination in minor units: how many}
    due_at        by when it must be there; `late_after` with the grace
    escort_limit_minor  above this nobody goes alone: the figure by which it was judged
    account_tail  the last digits of the account that it went to
    credited_minor  what the bank has of it in the end, where its statement differed and somebody has settled that
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    session = models.ForeignKey(TillSession, models.PROTECT, null=True, related_name="+")
    batch = models.CharField(max_length=8, choices=[(each.value, rules.BATCH_LABELS[each]) for each in Batch])
    first_on = models.DateField()
    last_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    pieces = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=[(each.value, rules.DEPOSIT_LABELS[each]) for each in DepositState],
        default=DepositState.PREPARED.value,
    )  # fmt: skip
    due_at = models.DateTimeField()
    late_after = models.DateTimeField()
    carried_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    escort = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    escort_limit_minor = models.BigIntegerField()
    slip_number = models.CharField(max_length=40, blank=True)
    account_tail = models.CharField(max_length=4, blank=True)
    photo = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    banked_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    reconciled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reconciled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_note = models.CharField(max_length=300, blank=True)
    credited_minor = models.BigIntegerField(null=True)

    objects = BankDeposits.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["unit", "-id"], name="bankdeposit_of_a_unit"),
            models.Index(fields=["state", "id"], name="bankdeposit_by_state"),
            models.Index(fields=["late_after"], condition=Q(state="PREPARED"), name="bankdeposit_on_the_way"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=words(DepositState)), name="deposit_state_is_known"),
            models.CheckConstraint(condition=Q(batch__in=["DAY", "MORNING"]), name="deposit_is_of_day_or_morning"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0) | Q(amount_minor=0, state="NIL"), name="a_deposit_is_something_or_said_to_be_nil"
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="a_deposits_days_are_in_order"),
            models.CheckConstraint(condition=Q(due_at__lte=F("late_after")), name="a_deposit_is_late_after_it_is_due"),
            pieces_add_up("what_is_deposited_is_worth_its_amount"),
            models.CheckConstraint(
                condition=Q(amount_minor__lte=F("escort_limit_minor")) | Q(escort__isnull=False),
                name="nobody_carries_much_alone",
            ),
            models.CheckConstraint(
                condition=Q(escort__isnull=True) | ~Q(escort=F("carried_by")), name="nobody_is_their_own_escort"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=words(rules.BANKED))
                | (~Q(slip_number="") & Q(photo__isnull=False, banked_at__isnull=False)),
                name="a_deposit_at_the_bank_has_its_slip",
            ),
            models.UniqueConstraint(
                fields=["unit", "slip_number"], condition=~Q(slip_number=""), name="a_slip_is_of_one_deposit"
            ),
            models.UniqueConstraint(fields=["photo"], name="a_picture_of_a_slip_is_of_one_deposit"),
            # FIN-6: whoever carries money does not say that it arrived.
            models.CheckConstraint(
                condition=Q(reconciled_by__isnull=True) | ~Q(reconciled_by=F("carried_by")),
                name="who_carried_a_deposit_does_not_confirm_it",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | (~Q(settled_by=F("carried_by")) & ~Q(settled_note="")),
                name="an_exception_is_settled_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, credited_minor__isnull=True)
                | Q(settled_by__isnull=False, credited_minor__isnull=False, credited_minor__gte=0),
                name="an_exception_is_settled_with_what_the_bank_has",
            ),
            models.CheckConstraint(
                condition=~Q(state="TAKEN_BACK") | ~Q(note=""), name="why_a_deposit_came_back_is_said"
            ),
            Never(
                name="what_was_prepared_stays_as_it_was_prepared",
                when=changes(
                    "number", "unit_id", "session_id", "batch", "amount_minor", "currency", "due_at",
                    "late_after", "escort_id", "banked_at", "photo_id",
                ),
                events=["UPDATE"],
            ),
            # FIN-2: who has it in hand has signed for it.
            Never(
                name="a_deposit_changes_hands_by_two_signatures",
                when="NEW.carried_by_id <> OLD.carried_by_id AND NOT EXISTS (SELECT 1 FROM banking_cashhandover h"
                " WHERE h.deposit_id = OLD.id AND h.state = 'OFFERED' AND h.giver_id = OLD.carried_by_id"
                " AND h.receiver_id = NEW.carried_by_id)",
                events=["UPDATE"],
            ),
            Never(
                name="a_deposit_that_changes_hands_goes_nowhere_else",
                when="NEW.state <> OLD.state AND EXISTS (SELECT 1 FROM banking_cashhandover h WHERE h.deposit_id = OLD.id"
                " AND h.state IN ('OFFERED', 'COUNTED'))",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_late(self) -> bool | None:
        """Whether the bank got it after its time; None while the bank has not got it."""
        return None if self.banked_at is None else self.banked_at > self.late_after

    def belongs_to(self, by: Actor) -> bool:
        """A deposit is of whoever carries it."""
        return by.person_id == self.carried_by_id


class CashAlarms(models.QuerySet["CashAlarm"]):
    """Questions about alarms."""

    def visible_to(self, by: Actor) -> CashAlarms:
        """Those of the units whose takings this person may see."""
        return self.filter(by.scope("banking.see").q())

    def open(self) -> CashAlarms:
        """What nobody has looked at."""
        return self.filter(seen_at__isnull=True)


class CashAlarm(models.Model):
    """Cash is not where it should be by now, and somebody has to look at it; each thing is said once.

    subject   the number of the bag or the deposit, or the till
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(each.value, rules.ALARM_LABELS[each]) for each in Alarm])
    on = models.DateField()
    subject = models.CharField(max_length=40)
    at = models.DateTimeField()
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    objects = CashAlarms.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["unit"], condition=Q(seen_at__isnull=True), name="cashalarm_unseen")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=words(Alarm)), name="cash_alarm_is_of_a_known_kind"),
            models.UniqueConstraint(fields=["unit", "kind", "on", "subject"], name="an_alarm_of_cash_is_raised_once"),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                name="who_saw_an_alarm_of_cash_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
