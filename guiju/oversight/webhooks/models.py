"""Endpoints, what is sent to them, and every attempt."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from guiju.kernel.actor import Actor
from guiju.kernel.constraints import AppendOnly, Never
from guiju.oversight.webhooks.rules import DeliveryState, EndpointState, Pause
from guiju.standing.people.models import Person, Unit


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Questions about many endpoints."""

    def visible_to(self, by: Actor) -> EndpointQuerySet:
        """Only those of the units whose endpoints this person may see."""
        return self.filter(by.scope("webhooks.see").q())

    def hearing(self, type_: str, unit: Unit | None) -> list[Endpoint]:
        """Those that hear this of that unit: its own and those of the units above it; without a unit, the head office's."""
        here = Q(unit__parent=None) if unit is None else Q(unit__code__in=unit.lineage)
        # JSON lists cannot be searched alike on both databases, and a brand has a handful of endpoints.
        wanted = self.filter(here).exclude(state=EndpointState.REVOKED).order_by("pk")
        return [each for each in wanted if type_ in each.types]


class Endpoint(models.Model):
    """An address of somebody else's program, and what it hears: news of one unit and of those below it.

    salt, digest   of the secret, which is made again from them and the installation's own secret, and kept nowhere
    old_…          of the secret before, which signs beside the new one until `old_until`
    rests_until    nothing is sent before: one is on its way, or the receiver is in trouble
    failures       attempts in a row that the receiver did not take
    troubled_at    since when none has arrived
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    types = models.JSONField(default=list)
    state = models.CharField(max_length=8, default=EndpointState.ON.value)
    paused_because = models.CharField(max_length=8, blank=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    old_salt = models.CharField(max_length=32, blank=True)
    old_digest = models.CharField(max_length=64, blank=True)
    old_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    rests_until = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    troubled_at = models.DateTimeField(null=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in EndpointState]), name="an_endpoint_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state="PAUSED", paused_because__in=[each.value for each in Pause])
                | (~Q(state="PAUSED") & Q(paused_because="")),
                name="a_pause_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["unit", "name"], condition=~Q(state="REVOKED"), name="endpoint_has_a_name_of_its_own"
            ),
            Never(name="what_was_revoked_hears_nothing_more", when="OLD.state = 'REVOKED'", events=("UPDATE",)),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about many deliveries."""

    def visible_to(self, by: Actor) -> DeliveryQuerySet:
        """Only those to endpoints that this person may see."""
        return self.filter(by.scope("webhooks.see").q(unit="endpoint__unit"))

    def due(self, at: datetime) -> DeliveryQuerySet:
        """What may be sent now, the oldest first; of one order nothing overtakes what was told before it."""
        before = Delivery.objects.filter(
            endpoint=OuterRef("endpoint"),
            subject=OuterRef("subject"),
            pk__lt=OuterRef("pk"),
            state=DeliveryState.PENDING,
        )
        free = Q(endpoint__state=EndpointState.ON, endpoint__rests_until__lte=at)
        waiting = self.filter(free, state=DeliveryState.PENDING, next_at__lte=at)
        return waiting.filter(Q(subject="") | ~Exists(before)).order_by("next_at", "pk")


class Delivery(models.Model):
    """One message to one endpoint, as it was told; sent until it arrives or the time for it is over.

    key       the `webhook-id`, the same at every attempt, so that a receiver knows what it has already
    subject   the number of the order or request, if it is about one
    since_at  when trying began, or began again
    """

    key = models.CharField(max_length=40, unique=True)
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="+")
    type = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    body = models.TextField()
    told_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=DeliveryState.PENDING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    since_at = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            # However many have arrived, this holds only what is left to send.
            models.Index(fields=["next_at", "id"], condition=Q(state="PENDING"), name="webhook_still_to_send"),
            models.Index(fields=["endpoint", "subject", "id"], condition=Q(state="PENDING"), name="webhook_in_order"),
            models.Index(fields=["endpoint", "state", "-id"], name="webhook_of_endpoint"),
            models.Index(fields=["subject", "id"], name="webhook_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in DeliveryState]), name="a_webhook_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state="PENDING", done_at__isnull=True) | (~Q(state="PENDING") & Q(done_at__isnull=False)),
                name="a_webhook_that_is_over_has_its_time",
            ),
            AppendOnly(
                name="what_a_webhook_says_is_never_changed",
                may_change=["state", "tries", "since_at", "next_at", "done_at"],
                may_go_when="OLD.state <> 'PENDING'",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.subject}".strip()

    @property
    def unit_id(self) -> int:
        """A delivery belongs to its endpoint's unit."""
        return self.endpoint.unit_id


class Attempt(models.Model):
    """One attempt to bring one message there; written before it is made, so that one that killed its worker is seen too.

    status   what the receiver answered; none when it did not
    address  the one that was called
    says     the beginning of the answer, or what went wrong
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=60, blank=True)
    took_ms = models.PositiveIntegerField(null=True)
    says = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["delivery", "id"], name="attempts_of_webhook")]
        constraints = [
            AppendOnly(
                name="an_attempt_is_written_once",
                may_change=["ended_at", "status", "address", "took_ms", "says"],
                may_go_when="(SELECT d.state FROM webhooks_delivery d WHERE d.id = OLD.delivery_id) <> 'PENDING'",
            ),
            Never(name="an_attempt_ends_once", when="OLD.ended_at IS NOT NULL", events=("UPDATE",)),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.status or '-'}"
