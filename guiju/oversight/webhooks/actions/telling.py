"""What is to be sent: written when the news is heard, and again when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.oversight.webhooks import queries
from guiju.oversight.webhooks.actions.endpoints import Revoked
from guiju.oversight.webhooks.models import Delivery, Endpoint
from guiju.oversight.webhooks.rules import PUBLISHED, TEST, DeliveryState, EndpointState, body_of, content_of
from guiju.standing.people.models import Unit


class NotOver(Refusal):
    """What is still being tried needs no second sending."""

    sentence = N_("This message is still being tried.")


def tell(news: Any, *, by: Actor, at: datetime) -> list[Delivery]:
    """Write down for each endpoint that hears this what it will be sent; nothing leaves the house yet.

    source   2.20, M06, F16
    """
    published = PUBLISHED[type(news)]
    told = queries.told(by.because, news)
    unit = Unit.objects.filter(pk=told.unit_id).first() if told is not None and told.unit_id is not None else None
    hearing = Endpoint.objects.hearing(published.type, unit)
    if not hearing:
        return []
    told_at = told.told_at if told is not None else at
    content = content_of(news, unit=unit.code if unit else "")
    with doing("webhooks.tell", unit_id=unit.pk if unit else None, by=by, at=at, type=published.type):
        written = [_written(each, published.type, content, told_at=told_at, at=at) for each in hearing]
        return Delivery.objects.bulk_create(written)


def send_test(endpoint: Endpoint, *, by: Actor, at: datetime) -> Delivery:
    """Send something that means nothing, to see whether messages arrive.

    raises   Revoked
    """
    with doing("webhooks.send_test", on=endpoint, by=by, at=at):
        _still_there(endpoint)
        made = _written(endpoint, TEST, {"unit": endpoint.unit.code, "endpoint": endpoint.name}, told_at=at, at=at)
        made.save()
    return made


def resend(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Send it again, whether it had arrived or not: the same bytes under the same id.

    raises   NotOver, Revoked
    """
    with doing("webhooks.resend", on=delivery, by=by, at=at):
        _still_there(delivery.endpoint)
        over = Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.PENDING)
        if not over.update(**_anew(at)):
            raise NotOver
        delivery.refresh_from_db()
    return delivery


def resend_failed(endpoint: Endpoint, *, by: Actor, at: datetime) -> int:
    """Send everything again that was given up; how many that are.

    raises   Revoked
    """
    with doing("webhooks.resend", on=endpoint, by=by, at=at) as deed:
        _still_there(endpoint)
        count = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.FAILED).update(**_anew(at))
        deed.note(count=count)
    return count


def _written(
    endpoint: Endpoint, type_: str, content: Mapping[str, Any], *, told_at: datetime, at: datetime
) -> Delivery:
    return Delivery(
        key=f"msg_{uuid4().hex}",
        endpoint=endpoint,
        type=type_,
        subject=str(content.get("order_number") or content.get("number") or ""),
        body=body_of(type_, at=told_at, content=content),
        told_at=told_at,
        since_at=at,
        next_at=at,
    )


def _anew(at: datetime) -> dict[str, Any]:
    return {"state": DeliveryState.PENDING, "tries": 0, "since_at": at, "next_at": at, "done_at": None}


def _still_there(endpoint: Endpoint) -> None:
    if Endpoint.objects.filter(pk=endpoint.pk, state=EndpointState.REVOKED).exists():
        raise Revoked
