"""Tills and their sessions, and who may owe us money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.line.cashier.rules import CashMove, CreditState, SessionState
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit


class Till(models.Model):
    """A drawer with money in it, at an outlet."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="a_till_code_is_used_once_in_an_outlet")]

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        """How the money book knows this till."""
        return f"TILL-{self.pk}"


class TillSession(models.Model):
    """A cashier's day at a till, from the counted float to the counted drawer (FIN-1).

    float_minor         what was counted into the drawer; `float_added_minor` is what came to it or left it since
    counted, expected   of the cash, as it was counted last
    to_recount          the difference is so large that somebody else has to count again
    z_number            the number of the report of the closed session, without gaps in an outlet and a year
    forced_because      why somebody else closed it
    """

    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="+")
    cashier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    business_on = models.DateField()
    state = models.CharField(max_length=8, default=SessionState.OPEN)
    currency = models.CharField(max_length=3)
    float_minor = models.BigIntegerField()
    float_added_minor = models.BigIntegerField(default=0)
    float_pieces = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_minor = models.BigIntegerField(null=True)
    expected_minor = models.BigIntegerField(null=True)
    variance_reason = models.CharField(max_length=300, blank=True)
    to_recount = models.BooleanField(default=False)
    z_number = models.CharField(max_length=40, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    forced_because = models.CharField(max_length=300, blank=True)
    countersigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state"], condition=Q(state__in=["OPEN", "COUNTED"]), name="till_under_way")]
        constraints = [
            models.UniqueConstraint(
                fields=["till"], condition=Q(state__in=["OPEN", "COUNTED"]), name="a_till_has_one_open_session"
            ),
            models.UniqueConstraint(
                fields=["cashier"], condition=Q(state__in=["OPEN", "COUNTED"]), name="a_cashier_has_one_open_session"
            ),
            models.UniqueConstraint(fields=["z_number"], condition=~Q(z_number=""), name="a_closing_has_its_own_number"),
            models.CheckConstraint(condition=Q(float_minor__gte=0), name="a_float_is_not_negative"),
            models.CheckConstraint(
                condition=Q(float_added_minor__gte=-F("float_minor")), name="no_more_float_leaves_than_came"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", counted_minor__isnull=True, z_number="")
                | Q(state="COUNTED", counted_minor__isnull=False, expected_minor__isnull=False, closed_at__isnull=True, z_number="")
                | Q(state="CLOSED", counted_minor__isnull=False, expected_minor__isnull=False, closed_at__isnull=False),
                name="a_closed_session_was_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN") | Q(counted_minor=F("expected_minor")) | ~Q(variance_reason=""),
                name="a_variance_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(to_recount=False), name="a_large_variance_is_counted_again"
            ),
            # Whoever closes for a cashier who is not there says why.
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_by=F("cashier")) | ~Q(forced_because=""),
                name="who_closes_for_another_says_why",
            ),
            # FIN-6
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True)
                | (~Q(countersigned_by=F("cashier")) & ~Q(countersigned_by=F("closed_by"))),
                name="a_closing_is_countersigned_by_another",
            ),
            Never(
                name="a_till_is_counted_before_it_is_closed",
                when="NEW.state <> OLD.state AND NOT (OLD.state = 'OPEN' AND NEW.state = 'COUNTED'"
                " OR OLD.state = 'COUNTED' AND NEW.state = 'CLOSED' AND NEW.z_number <> '' AND NEW.closed_by_id IS NOT NULL)",
                events=("UPDATE",),
            ),
            Never(
                # But for the second signature, once.
                name="a_closed_session_is_never_reopened",
                when="OLD.state = 'CLOSED' AND (OLD.countersigned_by_id IS NOT NULL OR NEW.countersigned_by_id IS NULL"
                " OR NEW.counted_minor <> OLD.counted_minor OR NEW.expected_minor <> OLD.expected_minor"
                " OR NEW.float_minor <> OLD.float_minor OR NEW.float_added_minor <> OLD.float_added_minor"
                " OR NEW.cashier_id <> OLD.cashier_id OR NEW.till_id <> OLD.till_id OR NEW.z_number <> OLD.z_number"
                " OR NEW.business_on <> OLD.business_on OR NEW.closed_at <> OLD.closed_at)",
                events=("UPDATE",),
            ),
            Never(name="a_session_is_never_erased", when="OLD.state <> ''", events=("DELETE",)),
        ]  # fmt: skip

    @property
    def unit_id(self) -> int:
        """The outlet of the till."""
        return self.till.unit_id

    @property
    def float_now_minor(self) -> int:
        """The float that lies in the drawer now, and stays when takings leave."""
        return self.float_minor + self.float_added_minor

    @property
    def variance_minor(self) -> int | None:
        """What was counted less what the book expected; None while nothing is counted."""
        if self.counted_minor is None or self.expected_minor is None:
            return None
        return self.counted_minor - self.expected_minor

    def belongs_to(self, by: Actor) -> bool:
        """A session belongs to its cashier."""
        return by.person_id == self.cashier_id


class TillCount(models.Model):
    """One tender as it was counted: cash by notes and coins, cards by the sum of the terminal.

    round   1 is the cashier's; the second is somebody else's, where the first differed by much
    """

    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, related_name="counts")
    round = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10)
    counted_minor = models.BigIntegerField()
    expected_minor = models.BigIntegerField()
    pieces = models.JSONField(default=dict)
    counted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ("session", "round", "pk")
        constraints = [
            models.UniqueConstraint(fields=["session", "round", "method"], name="a_tender_is_counted_once_a_round"),
            models.CheckConstraint(condition=Q(counted_minor__gte=0), name="a_tender_is_not_less_than_nothing"),
            Never(
                name="somebody_else_counts_again",
                when="NEW.round > 1 AND EXISTS (SELECT 1 FROM cashier_tillcount c WHERE c.session_id = NEW.session_id"
                " AND c.round < NEW.round AND c.counted_by_id = NEW.counted_by_id)",
                events=("INSERT",),
            ),
            AppendOnly(name="a_count_is_never_edited"),
        ]

    @property
    def variance_minor(self) -> int:
        """What was counted less what was expected."""
        return self.counted_minor - self.expected_minor


class CashMovement(models.Model):
    """Cash that went into a drawer or out of it and is nobody's payment, with its reason and its paper (S6-36)."""

    number = models.CharField(max_length=40, unique=True)
    session = models.ForeignKey(TillSession, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12)
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    paper = models.CharField(max_length=60)
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_cash_movement_is_of_something"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(each.value for each in CashMove)), name="a_cash_movement_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(paper=""), name="a_cash_movement_has_its_reason_and_its_paper"
            ),
            Never(
                name="cash_moves_in_an_open_till",
                when="NOT EXISTS (SELECT 1 FROM cashier_tillsession s WHERE s.id = NEW.session_id AND s.state = 'OPEN')",
                events=("INSERT",),
            ),
            AppendOnly(name="a_cash_movement_is_never_edited"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The outlet of the till."""
        return self.session.unit_id


class CreditAccount(models.Model):
    """How much a customer may owe, for how long, and who allowed it (S6-29, FIN-9)."""

    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    limit_minor = models.BigIntegerField()
    days = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, default=CreditState.ASKED)
    used_minor = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit_minor__gt=0), name="a_credit_limit_is_something"),
            models.CheckConstraint(
                condition=Q(used_minor__gte=0, used_minor__lte=F("limit_minor")), name="credit_stays_within_its_limit"
            ),
            models.CheckConstraint(
                condition=Q(used_minor=0) | ~Q(state__in=["ASKED", "CLOSED"]), name="credit_is_approved_before_use"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in CreditState]),
                name="a_credit_account_is_in_a_known_state",
            ),
        ]

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False
