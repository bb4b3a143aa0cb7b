"""The store: what jobs ask for, what is answered, reserved, issued and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router

from guiju.api import finding
from guiju.api.answers import ORDER, REQUEST, RequestOut, request_shown
from guiju.api.fields import Day, Found, Input, Line, Minor, Moment, Name, Nothing, Quantity, Short
from guiju.api.finding import BinKey, PartCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.stock import Serials
from guiju.api.verbs import Done, Mirror, Output, Target, Verb, speak
from guiju.books.stock.rules import Which
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions, queries
from guiju.line.storeroom.models import OldPart, PartRequest, ReturnBatch
from guiju.line.storeroom.rules import (
    AuditResult,
    BatchState,
    OldPartOutcome,
    OldPartState,
    ProcurementKind,
    RequestState,
)


def visible_old_parts(by: Actor) -> QuerySet[OldPart]:
    """The old parts that the asker may see."""
    return queries.old_parts(by=by).select_related("batch", "order__unit", "part")


def visible_batches(by: Actor) -> QuerySet[ReturnBatch]:
    """The parcels that the asker may see."""
    return ReturnBatch.objects.visible_to(by).select_related("unit", "to_unit")


def old_part(tag: str, by: Actor) -> OldPart:
    """The old part of that tag."""
    return finding.one(visible_old_parts(by), tag=tag)


def old_parts(tags: list[str], by: Actor) -> list[OldPart]:
    """The old parts of these tags."""
    return [old_part(tag, by) for tag in tags]


BAG = Target("tag", Short, old_part)
PARCEL = Target("number", Short, lambda number, by: finding.one(visible_batches(by), number=number))


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
    """What was delivered, against the supplier's note; of which lot and with which serials, for a part that is tracked by them."""

    part: PartCode
    bin: BinKey
    quantity: Quantity
    document: Short
    lot: Short = ""
    expires_on: Day | None = None
    serials: Serials = []

    def resolved(self, by: Actor) -> dict[str, Any]:
        """Which pieces, in one word."""
        told = super().resolved(by)
        which = Which(lot=told.pop("lot"), expires_on=told.pop("expires_on"), serials=tuple(told.pop("serials")))
        return told | {"which": which}


class SendOldParts(Input):
    """Which bags go back to head office in one parcel."""

    unit: UnitCode
    parts: Annotated[list[Short], Found(old_part, all=old_parts)]
    carrier: Short = ""
    waybill: Short


class OpenParcel(Input):
    """Which of its bags were in the parcel."""

    found: Annotated[list[Short], Found(old_part, all=old_parts)]


class Examined(Input):
    """What an old part turned out to be."""

    result: AuditResult
    note: Line = ""


class Credited(Input):
    """What the supplier gave for it."""

    credit_minor: Minor
    reference: Short


class ScrapReason(Input):
    """Why."""

    reason: Line


class Looked(Input):
    """Where it was looked for."""

    note: Line


class OldPartSeen(Mirror):
    """An old part and where it is."""

    paths: ClassVar[Mapping[str, str]] = {
        "order": "order.number", "unit": "order.unit.code", "part": "part.code", "batch": "batch.number",
    }  # fmt: skip

    tag: str
    order: str
    unit: str
    part: str
    quantity: int
    serial: str
    condition: str
    outcome: str
    state: str
    due_on: date | None
    batch: str | None
    is_sampled: bool
    result: str
    credit_minor: int | None
    is_chargeable: bool
    charge_minor: int | None
    removed_at: datetime


class BatchSeen(Mirror):
    """A parcel of old parts."""

    paths: ClassVar[Mapping[str, str]] = {"unit": "unit.code", "to_unit": "to_unit.code"}

    number: str
    unit: str
    to_unit: str
    state: str
    carrier: str
    waybill: str
    sent_at: datetime
    received_at: datetime | None
    closed_at: datetime | None


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
        Verb("/old-part-batches", actions.send_old_parts, SendOldParts, BatchSeen),
        Verb("/old-part-batches/{number}/receive", actions.receive_old_parts, OpenParcel, BatchSeen, PARCEL),
        Verb("/old-parts/{tag}/examine", actions.audit_old_part, Examined, OldPartSeen, BAG),
        Verb("/old-parts/{tag}/credit", actions.credit_old_part, Credited, OldPartSeen, BAG),
        Verb("/old-parts/{tag}/ask-scrap", actions.ask_scrap, ScrapReason, OldPartSeen, BAG),
        Verb("/old-parts/{tag}/scrap", actions.scrap_old_part, Nothing, OldPartSeen, BAG),
        Verb("/old-parts/{tag}/miss", actions.miss_old_part, Looked, OldPartSeen, BAG),
        Verb("/old-parts/{tag}/find", actions.find_old_part, Nothing, OldPartSeen, BAG),
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
        Listing(
            "/old-parts", "old_parts", "storeroom.see", OldPartSeen, visible_old_parts,
            filters={
                "state": Filter(list[OldPartState], "state"), "outcome": Filter(list[OldPartOutcome], "outcome"),
                "order": Filter(Short, "order__number"), "unit": Filter(Short, "order__unit__code"), "part": Filter(Name, "part__code"),
                "is_chargeable": Filter(bool, "is_chargeable"), "due_before": Filter(Day, "due_on__lt"),
            },
            sorts={"id": "pk"},
        ),
        Listing(
            "/old-part-batches", "old_part_batches", "storeroom.see", BatchSeen, visible_batches,
            filters={"state": Filter(list[BatchState], "state"), "unit": Filter(Short, "unit__code")},
            sorts={"id": "pk"},
        ),
    ],
)  # fmt: skip
