"""Tills and their sessions, and who may owe us money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import Never
from guiju.line.cashier.rules import CreditState, SessionState
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
    """A cashier's day at a till, from the counted float to the counted drawer (FIN-1)."""

    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="+")
    cashier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    business_on = models.DateField()
    state = models.CharField(max_length=8, default=SessionState.OPEN)
    currency = models.CharField(max_length=3)
    float_minor = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    counted_minor = models.BigIntegerField(null=True)
    expected_minor = models.BigIntegerField(null=True)
    variance_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["till"], condition=Q(state="OPEN"), name="a_till_has_one_open_session"),
            models.UniqueConstraint(
                fields=["cashier"], condition=Q(state="OPEN"), name="a_cashier_has_one_open_session"
            ),
            models.CheckConstraint(condition=Q(float_minor__gte=0), name="a_float_is_not_negative"),
            models.CheckConstraint(
                condition=Q(state="OPEN", counted_minor__isnull=True)
                | Q(state="CLOSED", counted_minor__isnull=False, expected_minor__isnull=False, closed_at__isnull=False),
                name="a_closed_session_was_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN") | Q(counted_minor=F("expected_minor")) | ~Q(variance_reason=""),
                name="a_variance_has_its_reason",
            ),
            Never(
                name="a_closed_session_is_never_reopened",
                when="OLD.state = 'CLOSED'",
                events=("UPDATE", "DELETE"),
            ),
        ]

    @property
    def unit_id(self) -> int:
        """The outlet of the till."""
        return self.till.unit_id

    @property
    def variance_minor(self) -> int | None:
        """What was counted less what the book expected; None while the till is open."""
        if self.counted_minor is None or self.expected_minor is None:
            return None
        return self.counted_minor - self.expected_minor

    def belongs_to(self, by: Actor) -> bool:
        """A session belongs to its cashier."""
        return by.person_id == self.cashier_id


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
            models.CheckConstraint(condition=Q(used_minor=0) | ~Q(state="ASKED"), name="credit_is_approved_before_use"),
        ]

    def belongs_to(self, _by: Actor) -> bool:
        """Nobody's own."""
        return False
