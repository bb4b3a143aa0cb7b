"""Webhooks: endpoints are kept by programs as by people; a secret is answered once, and not again to the same request."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Input, Key, Moment, Nothing, Short
from guiju.api.fields import Name as Naming
from guiju.api.finding import UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import KEY_PARAMETER, Mirror, Target, Verb, kept_once, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.webhooks import actions
from guiju.oversight.webhooks.models import Attempt, Delivery, Endpoint
from guiju.oversight.webhooks.rules import DeliveryState, EndpointState

Types = Annotated[list[Short], Field(max_length=100)]
WebhookUrl = Annotated[str, Field(max_length=500)]


def visible_endpoints(by: Actor) -> QuerySet[Endpoint]:
    """The endpoints of the units whose endpoints the asker may see."""
    return Endpoint.objects.visible_to(by).select_related("unit")


def visible_webhooks(by: Actor) -> QuerySet[Delivery]:
    """What was sent, or waits to be sent, to those endpoints."""
    return Delivery.objects.visible_to(by).select_related("endpoint__unit")


def visible_attempts(by: Actor) -> QuerySet[Attempt]:
    """Every attempt to send one of those messages."""
    return Attempt.objects.filter(delivery__in=Delivery.objects.visible_to(by)).select_related("delivery")


ENDPOINT = Target("key", Key, lambda key, by: finding.one(visible_endpoints(by), pk=key))
WEBHOOK = Target("key", Key, lambda key, by: finding.one(visible_webhooks(by), pk=key))


class EndpointIn(Input):
    """Where news goes, and which."""

    name: Naming
    url: WebhookUrl
    types: Types


class NewEndpointIn(EndpointIn):
    """The same, and of which unit and those below it."""

    unit: UnitCode


class EndpointOut(Mirror):
    """An endpoint; its secret is never shown again."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code"}

    id: int
    unit: str
    name: str
    url: str
    types: list[str]
    state: str
    paused_because: str
    failures: int
    troubled_at: datetime | None
    made_at: datetime


class EndpointWithSecretOut(EndpointOut):
    """The same with its secret: in the first answer alone. To the same request sent again the secret is null."""

    secret: str | None


class WebhookOut(Mirror):
    """One message to one endpoint; `key` is its webhook-id."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "endpoint": "endpoint_id"}

    id: int
    endpoint: int
    key: str
    type: str
    subject: str
    body: str
    state: str
    tries: int
    told_at: datetime
    next_at: datetime
    done_at: datetime | None


class WebhookAttemptOut(Mirror):
    """One attempt to send one message."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "message": "delivery_id"}

    id: int
    message: int
    began_at: datetime
    ended_at: datetime | None
    status: int | None
    address: str
    took_ms: int | None
    says: str


router = Router(tags=["webhooks"])
speak(
    router,
    [
        Verb("/webhook-endpoints/{key}/change", actions.change, EndpointIn, EndpointOut, ENDPOINT),
        Verb("/webhook-endpoints/{key}/pause", actions.pause, Nothing, EndpointOut, ENDPOINT),
        Verb("/webhook-endpoints/{key}/resume", actions.resume, Nothing, EndpointOut, ENDPOINT),
        Verb("/webhook-endpoints/{key}/revoke", actions.revoke, Nothing, EndpointOut, ENDPOINT),
        Verb("/webhook-endpoints/{key}/send-test", actions.send_test, Nothing, WebhookOut, ENDPOINT),
        Verb("/webhook-messages/{key}/resend", actions.resend, Nothing, WebhookOut, WEBHOOK),
    ],
)
show(
    router,
    [
        Listing(
            "/webhook-endpoints", "endpoints", "webhooks.see", EndpointOut, visible_endpoints,
            filters={"unit": Filter(Short, "unit__code"), "state": Filter(list[EndpointState], "state")},
        ),
        Listing(
            "/webhook-messages", "messages", "webhooks.see", WebhookOut, visible_webhooks,
            filters={
                "endpoint": Filter(Key, "endpoint"), "type": Filter(Short, "type"), "subject": Filter(Short, "subject"),
                "state": Filter(list[DeliveryState], "state"), "told_from": Filter(Moment, "told_at__gte"),
            },
            sorts={"id": "pk", "told_at": "told_at"},
        ),
        Listing(
            "/webhook-attempts", "attempts", "webhooks.see", WebhookAttemptOut, visible_attempts,
            filters={"message": Filter(Key, "delivery")},
        ),
    ],
)  # fmt: skip
_SPOKEN: dict[str, Any] = {
    "response": {200: EndpointWithSecretOut, **PROBLEMS}, "openapi_extra": {"parameters": [KEY_PARAMETER]},
}  # fmt: skip


@router.post("/webhook-endpoints", operation_id="webhooks.add", **_SPOKEN)
def add(request: HttpRequest, data: NewEndpointIn) -> Any:
    """Let an address of somebody else's program hear news of a unit and of those below it; the answer holds its secret, once."""
    return _with_secret(request, "webhooks.add", lambda by: actions.add(**data.resolved(by), by=by, at=now()))


@router.post("/webhook-endpoints/{key}/rotate", operation_id="webhooks.rotate", **_SPOKEN)
def rotate(request: HttpRequest, key: Key) -> Any:
    """Give the endpoint a new secret; for some hours messages are signed by the old one too. The answer holds it, once."""
    return _with_secret(request, "webhooks.rotate", lambda by: actions.rotate(ENDPOINT.look(key, by), by=by, at=now()))


def _with_secret(request: Any, right: str, act: Callable[[Actor], tuple[Endpoint, str]]) -> JsonResponse:
    """Do it once. What is kept for the same request sent again has no secret in it: the database must hold none."""
    if not request.actor.may(right):
        raise NotAllowed
    shown: list[str] = []

    def done() -> Any:
        endpoint, secret = act(request.actor)
        shown.append(secret)
        return EndpointOut.of(endpoint).model_dump(mode="json")

    answer = kept_once(request, done, body=request.body)
    answer.content = json.dumps(json.loads(answer.content) | {"secret": next(iter(shown), None)}, ensure_ascii=False)
    return answer
