"""Sending: a message is claimed, carried and its outcome written, in three steps of which only the middle one touches the network.

No deed of the trail: what a machine tries every few seconds has a book of its own, the attempts. Pausing an endpoint is a deed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from guiju.kernel.actor import Actor
from guiju.oversight.webhooks import queries
from guiju.oversight.webhooks.actions.endpoints import pause
from guiju.oversight.webhooks.actions.wire import Answer, post
from guiju.oversight.webhooks.models import Attempt, Delivery, Endpoint
from guiju.oversight.webhooks.rules import DeliveryState, EndpointState, Pause, asked_for, headers, rest, wait
from guiju.standing.policy import queries as policy

# Longer than any attempt takes, slow name servers included. Whoever is killed in it leaves the endpoint to others after this.
LEASE = timedelta(minutes=2)
GONE = 410
# Of old messages, in one transaction: no clerk waits for the sweeping.
FORGOTTEN_AT_ONCE = 500
FIGURES = ("webhooks.retry_hours", "webhooks.pause_after_days", "webhooks.retry_after_minutes_max")


@dataclass(frozen=True, slots=True)
class Errand:
    """One message on its way."""

    delivery: Delivery
    attempt: Attempt
    at: datetime


def claim(at: datetime) -> Errand | None:
    """Take the next message that may be sent; None when there is none.

    At most one is on its way to an endpoint at any time, whoever else sends: a slow receiver takes one lane, and nothing overtakes.
    The attempt is counted before it is made, so that one that kills its worker is waited for like any other that fails.
    """
    if not Delivery.objects.due(at).exists():
        # Looked for twice a second by each lane: on SQLite a transaction would keep every writer waiting for nothing.
        return None
    with transaction.atomic():
        due = Delivery.objects.due(at).select_related("endpoint__unit")
        delivery = due.select_for_update(skip_locked=True, of=("self", "endpoint")).first()
        if delivery is None:
            return None
        free = Endpoint.objects.filter(pk=delivery.endpoint_id, state=EndpointState.ON, rests_until__lte=at)
        if not free.update(rests_until=at + LEASE):
            return None
        delivery.tries += 1
        delivery.next_at = at + wait(delivery.tries, key=delivery.key)
        delivery.save(update_fields=["tries", "next_at"])
        return Errand(delivery, Attempt.objects.create(delivery=delivery, began_at=at), at)


def carry(errand: Errand) -> Answer:
    """Bring it there. No transaction is open meanwhile: the counter never waits for somebody else's server."""
    delivery, body = errand.delivery, errand.delivery.body.encode()
    keys = queries.secrets_of(delivery.endpoint, at=errand.at)
    if not keys:
        return Answer(None, "The secret of this endpoint cannot be made any more: give it a new one.")
    said = headers(keys, key=delivery.key, seconds=int(errand.at.timestamp()), body=body)
    return post(delivery.endpoint.url, headers=said, body=body, allow=settings.GUIJU_WEBHOOKS_ALLOW)


def record(errand: Errand, answer: Answer, *, at: datetime) -> Delivery:
    """Write down what became of it, give the endpoint free, and pause one that has failed for days.

    source   webhooks.retry_hours, webhooks.pause_after_days; the receiver's Retry-After within webhooks.retry_after_minutes_max
    """
    delivery, endpoint = errand.delivery, errand.delivery.endpoint
    with transaction.atomic():
        Attempt.objects.filter(pk=errand.attempt.pk, ended_at=None).update(
            ended_at=at, status=answer.status, address=answer.address, took_ms=answer.took_ms, says=answer.says
        )
        pending = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING)
        figures = policy.figures(FIGURES, unit=endpoint.unit, on=endpoint.unit.day(at))
        most = timedelta(minutes=figures["webhooks.retry_after_minutes_max"].value)
        asked = at + asked_for(answer.retry_after, at=at, most=most)
        if answer.is_taken:
            pending.update(state=DeliveryState.DELIVERED, done_at=at)
        elif delivery.next_at > delivery.since_at + timedelta(hours=figures["webhooks.retry_hours"].value):
            pending.update(state=DeliveryState.FAILED, done_at=at)
        elif asked > delivery.next_at:
            pending.update(next_at=asked)
        _settle(endpoint, answer, until=asked, at=at)
        _pause_if_hopeless(endpoint, answer, days=figures["webhooks.pause_after_days"].value, at=at)
    delivery.refresh_from_db()
    return delivery


def forget(*, at: datetime) -> int:
    """Forget what arrived or was given up long ago, with its attempts; how many messages that were.

    source   webhooks.keep_days of the endpoint's unit; what still waits is never forgotten
    """
    count = 0
    for endpoint in Endpoint.objects.select_related("unit"):
        days = int(policy.figure("webhooks.keep_days", unit=endpoint.unit, on=endpoint.unit.day(at)).value)
        while old := _over(endpoint, before=at - timedelta(days=days)):
            with transaction.atomic():
                Attempt.objects.filter(delivery__in=old).delete()
                count += Delivery.objects.filter(pk__in=old).exclude(state=DeliveryState.PENDING).delete()[0]
    return count


def _over(endpoint: Endpoint, *, before: datetime) -> list[int]:
    over = Delivery.objects.filter(endpoint=endpoint, done_at__lt=before).exclude(state=DeliveryState.PENDING)
    return list(over.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])


def _settle(endpoint: Endpoint, answer: Answer, *, until: datetime, at: datetime) -> None:
    """Give the endpoint free for the next message, at once or after a rest.

    until   as long as the receiver asked us to wait
    """
    here = Endpoint.objects.filter(pk=endpoint.pk).exclude(state=EndpointState.REVOKED)
    if answer.is_taken:
        here.update(rests_until=at, failures=0, troubled_at=None)
        return
    here.filter(troubled_at=None).update(troubled_at=at)
    if answer.is_trouble:
        rested = max(until, at + rest(endpoint.failures + 1))
        here.update(rests_until=rested, failures=F("failures") + 1)
    else:
        here.update(rests_until=at)


def _pause_if_hopeless(endpoint: Endpoint, answer: Answer, *, days: int, at: datetime) -> None:
    now = Endpoint.objects.select_related("unit").get(pk=endpoint.pk)
    if now.state != EndpointState.ON or now.troubled_at is None:
        return
    if answer.status == GONE:
        pause(now, because=Pause.GONE, by=Actor.system("webhooks"), at=at)
    elif now.troubled_at <= at - timedelta(days=days):
        pause(now, because=Pause.FAILING, by=Actor.system("webhooks"), at=at)
