"""Requisitions: parts that no job needs, asked for, signed by another, handed out by a third."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router, Schema
from pydantic import Field

from guiju.api.fields import Because, Found, Input, Key, Line, Moment, Name, Nothing, Short
from guiju.api.finding import BinKey, PartCode, one
from guiju.api.lists import Filter, Listing, show
from guiju.api.stock import Serials
from guiju.api.transfers import PickIn, Pieces, WishIn
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.readiness.requisitions import actions, queries
from guiju.readiness.requisitions.actions import LINES_MAX
from guiju.readiness.requisitions.models import Requisition
from guiju.readiness.requisitions.rules import State


def visible_requisitions(by: Actor) -> QuerySet[Requisition]:
    """The requisitions of the asker's units, and the asker's own."""
    return Requisition.objects.visible_to(by).with_names()


def askable(key: int, by: Actor) -> Store:
    """A store that the asker may ask."""
    return one(queries.stores_for(by), pk=key)


class AskParts(Input):
    """Which parts, out of which store, and what for."""

    store: Annotated[Key, Found(askable)]
    lines: Annotated[list[WishIn], Field(min_length=1, max_length=LINES_MAX)]
    purpose: Line

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The lines as wishes."""
        told = super().resolved(by)
        told.pop("lines")
        return told | {"wishes": [each.resolved(by) for each in self.lines]}


class HandOut(Input):
    """What is handed out of which bin."""

    picks: Annotated[list[PickIn], Field(max_length=LINES_MAX)]


class BringBack(Input):
    """What came back unused, into which bin."""

    part: PartCode
    bin: BinKey
    quantity: Pieces
    serials: Serials = []


class RequisitionLineOut(Schema):
    """So many of a part: asked for, handed out, brought back."""

    part: str
    wanted: int
    issued: int
    returned: int


class RequisitionOut(Output):
    """A requisition with its lines."""

    number: str
    state: str
    unit: str
    store: str
    purpose: str
    asked_at: datetime
    signed_at: datetime | None
    issued_at: datetime | None
    end_reason: str
    lines: list[RequisitionLineOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> RequisitionOut:
        """As it is now."""
        lines = [
            RequisitionLineOut(part=line.part.code, wanted=line.wanted, issued=line.issued, returned=line.returned)
            for line in queries.lines_of(result)
        ]
        return cls(
            number=result.number, state=str(result.state), unit=result.unit.code, store=result.store.code,
            purpose=result.purpose, asked_at=result.asked_at, signed_at=result.signed_at, issued_at=result.issued_at,
            end_reason=result.end_reason, lines=lines,
        )  # fmt: skip


class RequisitionRow(Mirror):
    """A requisition in a list."""

    paths: ClassVar[dict[str, str]] = {"unit": "unit.code", "store": "store.code", "asked_by": "asked_by.number"}

    number: str
    state: str
    unit: str
    store: str
    purpose: str
    asked_by: str
    asked_at: datetime
    signed_at: datetime | None
    issued_at: datetime | None


router = Router(tags=["requisitions"])
REQUISITION = Target("number", Name, lambda number, by: one(visible_requisitions(by), number=number.strip().upper()))
speak(
    router,
    [
        Verb("/requisitions", actions.ask, AskParts, RequisitionOut),
        Verb("/requisitions/{number}/sign", actions.sign, Nothing, RequisitionOut, REQUISITION),
        Verb("/requisitions/{number}/refuse", actions.refuse, Because, RequisitionOut, REQUISITION),
        Verb("/requisitions/{number}/withdraw", actions.withdraw, Because, RequisitionOut, REQUISITION),
        Verb("/requisitions/{number}/issue", actions.issue, HandOut, RequisitionOut, REQUISITION),
        Verb("/requisitions/{number}/take-back", actions.take_back, BringBack, RequisitionOut, REQUISITION),
    ],
)
show(
    router,
    [
        Listing(
            "/requisitions", "requisitions", "requisitions.see", RequisitionRow, visible_requisitions,
            filters={
                "state": Filter(list[State], "state"), "unit": Filter(Short, "unit__code"),
                "asked_from": Filter(Moment, "asked_at__gte"), "asked_before": Filter(Moment, "asked_at__lt"),
            },
            sorts={"id": "pk"},
        )
    ],
)  # fmt: skip
