"""What was sent where, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.kernel.models import News
from guiju.kernel.news import kind_of
from guiju.kernel.verification import invariant
from guiju.oversight.webhooks.models import Attempt, Delivery, Endpoint
from guiju.oversight.webhooks.rules import DeliveryState, EndpointState, secret_text

_PURPOSE = "webhook"
# The first endpoint of an installation hears what is told so many seconds after it was added, by whatever process.
KNOWN_SECONDS = 5


def made_secret(endpoint_pk: int, salt: str) -> bytes:
    """A fresh secret by the installation's secret of today."""
    return secrets.derived(_PURPOSE, endpoint_pk, salt)[0]


def digest_of(secret: bytes) -> str:
    """What is kept of a secret, to know it again."""
    return secrets.hash_token(secret_text(secret))


def secrets_of(endpoint: Endpoint, *, at: datetime) -> list[bytes]:
    """By which a message is signed at that time: the endpoint's secret, and the one before while both hold.

    Empty when the installation's own secret was changed for good: then the endpoint needs a new one.
    """
    kept = [(endpoint.salt, endpoint.digest)]
    if endpoint.old_until is not None and at < endpoint.old_until:
        kept.append((endpoint.old_salt, endpoint.old_digest))
    return [
        made
        for salt, digest in kept
        for made in secrets.derived(_PURPOSE, endpoint.pk, salt)
        if secrets.matches(digest_of(made), digest)
    ]


class _Known:
    """What this process knows of there being endpoints, and since when (in seconds of its own clock)."""

    is_any = False
    since: float | None = None


def anybody_hears() -> bool:
    """Is there an endpoint at all? Known for some seconds, so that a deed does not pay for what nobody uses."""
    if _Known.since is None or time.monotonic() - _Known.since >= KNOWN_SECONDS:
        _Known.is_any = Endpoint.objects.exclude(state=EndpointState.REVOKED).exists()
        _Known.since = time.monotonic()
    return _Known.is_any


def somebody_hears() -> None:
    """An endpoint was added: this process asks again at once, the others within seconds."""
    _Known.since = None


def told(entry_key: UUID | None, news: Any) -> News | None:
    """The news as it stands in the outbox: where it happened, and when it was told."""
    if entry_key is None:
        return None
    return News.objects.filter(entry_key=entry_key, kind=kind_of(type(news))).order_by("pk").first()


def endpoints(by: Actor) -> Sequence[Endpoint]:
    """The endpoints that the person may see, each with how many messages wait and how many were given up."""
    rows = Endpoint.objects.visible_to(by).select_related("unit", "made_by").order_by("unit__path", "name", "pk")
    counted = Delivery.objects.filter(endpoint__in=rows).values("endpoint").annotate(
        waiting=Count("pk", filter=Q(state=DeliveryState.PENDING)), failed=Count("pk", filter=Q(state=DeliveryState.FAILED))
    )  # fmt: skip
    found = {each["endpoint"]: each for each in counted}
    listed = list(rows)
    for row in listed:
        row.waiting = found.get(row.pk, {}).get("waiting", 0)  # type: ignore[attr-defined]
        row.failed = found.get(row.pk, {}).get("failed", 0)  # type: ignore[attr-defined]
    return listed


def attempts_of(delivery: Delivery) -> Sequence[Attempt]:
    """Every attempt, the last first."""
    return list(Attempt.objects.filter(delivery=delivery).order_by("-pk"))


@invariant("F16")
def what_arrived_was_answered() -> Iterator[str]:
    """Whatever counts as arrived has an attempt that the receiver took."""
    taken = Attempt.objects.filter(status__gte=200, status__lt=300).values("delivery")
    for each in Delivery.objects.filter(state=DeliveryState.DELIVERED).exclude(pk__in=taken):
        yield f"The webhook {each.key} counts as arrived, and no attempt did."
