"""The store: what jobs ask for, what is answered, reserved, issued and brought back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router

from guiju.api.answers import ORDER, REQUEST, RequestOut, request_shown
from guiju.api.fields import Day, Input, Line, Moment, Name, Nothing, Quantity, Short
from guiju.api.finding import BinKey, PartCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Done, Output, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions, queries
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import OldPartOutcome, ProcurementKind, RequestState


class RequestPart(Input):
    """A part for a job."""

    part: PartCode
    quantity: Quantity
    need_by: Day | None = None


class InBin(Input):
    """Where it lies."""

    bin: BinKey


class NotHere(Input):
    """How it will be had, and by when."""

    kind: ProcurementKind = ProcurementKind.PURCHASE
    expected_on: Day | None = None
    basis: Line = ""
    is_emergency: bool = False


class Again(Input):
    """Whether it is bought in one step."""

    is_emergency: bool = False


class Expect(Input):
    """The supplier's date, and where it is from."""

    expected_on: Day
    basis: Line


class HowMany(Input):
    """How many."""

    quantity: Quantity


class OldPartIn(Input):
    """What came out, and what becomes of it."""

    quantity: Quantity
    condition: Line
    outcome: OldPartOutcome
    serial: Short = ""


class Delivery(Input):
    """What was delivered, against the supplier's note."""

    part: PartCode
    bin: BinKey
    quantity: Quantity
    document: Short


class OldPartOut(Output):
    """A tagged old part."""

    tag: str
    quantity: int
    outcome: str
    removed_at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> OldPartOut:
        """The tag."""
        return cls(tag=result.tag, quantity=result.quantity, outcome=str(result.outcome), removed_at=result.removed_at)


class WaitingOut(RequestOut):
    """A request in the store's queue."""

    is_late: bool


router = Router(tags=["storeroom"])
speak(
    router,
    [
        Verb("/orders/{number}/request-part", actions.request_part, RequestPart, RequestOut, ORDER),
        Verb("/part-requests/{number}/answer-available", actions.answer_available, InBin, RequestOut, REQUEST),
        Verb("/part-requests/{number}/answer-none", actions.answer_none, NotHere, RequestOut, REQUEST),
        Verb("/part-requests/{number}/expect-on", actions.expect_on, Expect, RequestOut, REQUEST),
        Verb("/part-requests/{number}/buy-again", actions.buy_again, Again, RequestOut, REQUEST),
        Verb("/part-requests/{number}/reserve-arrived", actions.reserve_arrived, InBin, RequestOut, REQUEST),
        Verb("/part-requests/{number}/issue", actions.issue, Nothing, RequestOut, REQUEST),
        Verb("/part-requests/{number}/take-back", actions.take_back, HowMany, RequestOut, REQUEST),
        Verb("/part-requests/{number}/cancel", actions.cancel_request, Nothing, RequestOut, REQUEST),
        Verb("/part-requests/{number}/record-old-part", actions.record_old_part, OldPartIn, OldPartOut, REQUEST),
        Verb("/stock/receive", actions.receive_stock, Delivery, Done),
    ],
)


@router.get("/part-requests/queue", response={200: list[WaitingOut], **PROBLEMS}, operation_id="storeroom.queue")
def waiting(request: HttpRequest) -> Any:
    """The requests that the store has to act on, the most urgent first."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("storeroom.see"):
        raise NotAllowed
    return [request_shown(each.request) | {"is_late": each.is_late} for each in queries.queue(by=actor, at=now())]


def visible_requests(by: Actor) -> QuerySet[PartRequest]:
    """What the jobs asked the stores for, as far as the asker may see it."""
    return PartRequest.objects.visible_to(by).select_related("order", "part")


show(
    router,
    [
        Listing(
            "/part-requests", "part_requests", "storeroom.see", RequestOut, visible_requests,
            lambda rows: [request_shown(row) for row in rows],
            filters={
                "state": Filter(list[RequestState], "state"), "order": Filter(Short, "order__number"),
                "part": Filter(Name, "part__code"), "unit": Filter(Short, "order__unit__code"),
                "answer_before": Filter(Moment, "answer_by__lt"), "requested_from": Filter(Moment, "requested_at__gte"),
            },
            sorts={"id": "pk", "answer_by": "answer_by", "requested_at": "requested_at"},
        ),
    ],
)  # fmt: skip
