"""Cash from hand to hand, signed for by both, and the receipts that it goes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import Never
from guiju.line.banking.models.common import changes, pieces_add_up, words
from guiju.line.banking.models.deposits import BankDeposit
from guiju.line.banking.rules import handing
from guiju.line.banking.rules.handing import Cause, Hand, HandState, Stage
from guiju.line.cashier.models import Payment, TillSession
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor

_OPEN = Q(state__in=words(handing.UNDER_WAY))


class HandOvers(models.QuerySet["CashHandOver"]):
    """Questions about hand-overs."""

    def visible_to(self, by: Actor) -> HandOvers:
        """Those of the units whose takings this person may see, and the own ones."""
        scope = by.scope("banking.see")
        if scope.unit_ids is None or by.person_id is None:
            return self.filter(scope.q())
        return self.filter(Q(unit_id__in=scope.unit_ids) | Q(giver=by.person_id) | Q(receiver=by.person_id))

    def under_way(self) -> HandOvers:
        """Those that one has signed and the other has not."""
        return self.filter(_OPEN)

    def with_names(self) -> HandOvers:
        """With the rows that a page names."""
        return self.select_related("unit", "giver", "receiver", "session__till", "deposit")


class CashHandOver(models.Model):
    """One person gives cash to another: it stays the giver's until both have signed (FIN-2).

    receiver      nobody yet, of a pouch that is handed in: whoever has a till open counts it
    amount_minor  what the receipts or the deposit say
    pieces, counted_minor   what the cashier has counted, blind
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    hand = models.CharField(max_length=8, choices=[(each.value, handing.HAND_LABELS[each]) for each in Hand])
    state = models.CharField(
        max_length=10, choices=[(each.value, handing.HAND_STATE_LABELS[each]) for each in HandState],
        default=HandState.OFFERED.value,
    )  # fmt: skip
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    deposit = models.ForeignKey(BankDeposit, models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey(TillSession, models.PROTECT, null=True, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    pieces = models.JSONField(default=dict)
    counted_minor = models.BigIntegerField(null=True)
    cause = models.CharField(
        max_length=12, blank=True, choices=[(each.value, handing.CAUSE_LABELS[each]) for each in Cause]
    )
    note = models.CharField(max_length=300, blank=True)
    wrong_passwords = models.PositiveSmallIntegerField(default=0)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = HandOvers.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["unit", "-id"], name="handover_of_a_unit"),
            models.Index(fields=["unit", "hand"], condition=_OPEN, name="handover_under_way"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=words(HandState)), name="cash_hand_over_state_is_known"),
            models.CheckConstraint(condition=Q(hand__in=words(Hand)), name="cash_hand_over_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="something_is_handed_over"),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True) | ~Q(receiver=F("giver")), name="nobody_hands_cash_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(hand="TILL") | Q(receiver__isnull=False), name="cash_is_handed_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(hand="DEPOSIT", deposit__isnull=False) | ~Q(hand="DEPOSIT") & Q(deposit__isnull=True),
                name="a_deposit_is_handed_over_whole",
            ),
            models.UniqueConstraint(
                fields=["giver"], condition=_OPEN, name="nobody_gives_cash_while_something_is_on_the_way"
            ),
            models.UniqueConstraint(
                fields=["receiver"], condition=_OPEN & ~Q(hand="TILL"), name="nobody_takes_cash_while_something_is_on_the_way"
            ),
            Never(
                name="cash_does_not_cross_between_two",
                when="EXISTS (SELECT 1 FROM banking_cashhandover h WHERE h.state IN ('OFFERED', 'COUNTED') AND h.hand <> 'TILL'"
                " AND h.receiver_id = NEW.giver_id) OR (NEW.hand <> 'TILL' AND EXISTS (SELECT 1 FROM banking_cashhandover h"
                " WHERE h.state IN ('OFFERED', 'COUNTED') AND h.giver_id = NEW.receiver_id))",
                events=["INSERT"],
            ),
            models.CheckConstraint(
                condition=~Q(state="ACCEPTED") | Q(receiver__isnull=False, answered_at__isnull=False),
                name="a_hand_over_is_signed_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(hand="TILL", state__in=["COUNTED", "ACCEPTED"])
                | Q(session__isnull=False, counted_minor__isnull=False, receiver__isnull=False),
                name="a_pouch_is_counted_at_a_till",
            ),
            models.CheckConstraint(
                condition=~Q(hand="TILL", state="ACCEPTED") | Q(counted_minor=F("amount_minor")) | (~Q(cause="") & ~Q(note="")),
                name="a_pouch_that_differs_is_explained",
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(note=""), name="why_cash_was_not_taken_is_said"
            ),
            Never(
                name="cash_goes_into_an_open_drawer",
                when="NEW.session_id IS NOT NULL AND NEW.state IN ('COUNTED', 'ACCEPTED') AND NEW.state <> OLD.state"
                " AND NOT EXISTS (SELECT 1 FROM cashier_tillsession s WHERE s.id = NEW.session_id AND s.state = 'OPEN')",
                events=["UPDATE"],
            ),
            pieces_add_up("what_was_counted_of_a_pouch_adds_up", worth="coalesce(NEW.counted_minor, 0)"),
            Never(
                name="what_was_offered_stays_as_it_was_offered",
                when=changes(
                    "number", "unit_id", "hand", "giver_id", "receiver_id", "deposit_id", "session_id", "amount_minor", "currency",
                    "counted_minor", "offered_at", "answered_at",
                ),
                events=["UPDATE"],
            ),
            Never(
                name="an_answered_hand_over_is_over",
                when="OLD.state IN ('ACCEPTED', 'REFUSED', 'WITHDRAWN') AND NEW.state <> OLD.state",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_blind(self) -> bool:
        """Whether somebody may still have to count this cash, and so does not read here what must come out (G03)."""
        return self.hand != Hand.DEPOSIT and self.counted_minor is None

    @property
    def shown_minor(self) -> int | None:
        """The amount, where it may be read."""
        return None if self.is_blind else self.amount_minor

    @property
    def variance_minor(self) -> int | None:
        """What was counted less what the receipts say; None while nothing is counted."""
        return None if self.counted_minor is None else self.counted_minor - self.amount_minor

    def belongs_to(self, by: Actor) -> bool:
        """A hand-over is of the two who sign."""
        return by.person_id is not None and by.person_id in {self.giver_id, self.receiver_id}


class HandedReceipt(models.Model):
    """A receipt whose cash is handed over: the last that is held says who has it, or that it lies in a till."""

    hand_over = models.ForeignKey(CashHandOver, models.PROTECT, related_name="receipts")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=8, default=Stage.OFFERED.value)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=words(Stage)), name="handed_receipt_is_at_a_known_stage"),
            models.UniqueConstraint(fields=["hand_over", "payment"], name="a_receipt_is_handed_over_once_at_a_time"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(stage="OFFERED"), name="cash_of_a_receipt_goes_one_way_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(stage="HELD"), name="cash_of_a_receipt_has_one_holder"
            ),
            Never(
                name="cash_is_given_by_whoever_has_it",
                when="(SELECT coalesce((SELECT CASE WHEN h.hand = 'TILL' THEN 0 ELSE h.receiver_id END FROM banking_handedreceipt r"
                " JOIN banking_cashhandover h ON h.id = r.hand_over_id WHERE r.payment_id = NEW.payment_id AND r.stage = 'HELD'),"
                " (SELECT coalesce(p.pouch_id, 0) FROM cashier_payment p WHERE p.id = NEW.payment_id)))"
                " <> (SELECT h.giver_id FROM banking_cashhandover h WHERE h.id = NEW.hand_over_id)",
                events=["INSERT"],
            ),
            Never(
                name="a_handed_receipt_stays_what_it_is",
                when="OLD.payment_id <> NEW.payment_id OR OLD.hand_over_id <> NEW.hand_over_id",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.hand_over_id} {self.payment_id}"
