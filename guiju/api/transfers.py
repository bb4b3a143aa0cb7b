"""Transfers between two stores: asked for, sent, received, declared lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router, Schema
from pydantic import Field

from guiju.api.fields import Because, Day, Input, Line, Moment, Name, Short
from guiju.api.finding import BinKey, PartCode, one
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import Unknown
from guiju.api.stock import Serials
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.models import Store
from guiju.books.stock.rules import Condition, Owner, Which
from guiju.kernel.actor import Actor
from guiju.readiness.transfers import actions, queries
from guiju.readiness.transfers.actions import LINES_MAX
from guiju.readiness.transfers.models import Transfer
from guiju.readiness.transfers.rules import Cause, State

# So many of a part as one box holds; what a transfer's line can keep.
Pieces = Annotated[int, Field(ge=1, lt=2**31)]


def visible_transfers(by: Actor) -> QuerySet[Transfer]:
    """The transfers from and to the units whose transfers the asker may see."""
    return Transfer.objects.visible_to(by).select_related("unit", "to_unit")


def transfer(number: str, by: Actor) -> Transfer:
    """A transfer by its number."""
    return one(visible_transfers(by), number=number.strip().upper())


class WishIn(Input):
    """So many of a part."""

    part: PartCode
    quantity: Pieces

    def resolved(self, by: Actor) -> Any:
        """As the transfer asks for it."""
        return Wish(**super().resolved(by))


class PickIn(Input):
    """So many of a part out of one bin, and which ones."""

    part: PartCode
    bin: BinKey
    quantity: Pieces
    owner: Owner = Owner.OWN
    lot: Short = ""
    serials: Serials = []

    def resolved(self, by: Actor) -> Any:
        """As it is sent."""
        told = super().resolved(by)
        which = Which(owner=told["owner"], lot=told["lot"], serials=tuple(told["serials"]))
        return Pick(told["part"], told["bin"], told["quantity"], which)


class Asking(Input):
    """From which store to which, named by the codes of their units and their own; one of the two is the asker's."""

    from_unit: Short
    from_store: Short
    to_unit: Short
    to_store: Short
    lines: Annotated[list[WishIn], Field(min_length=1, max_length=LINES_MAX)]
    reason: Line
    need_by: Day | None = None

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The two stores as rows."""
        return {
            "source": _store(self.from_unit, self.from_store, "from_store"),
            "target": _store(self.to_unit, self.to_store, "to_store"),
            "wishes": [each.resolved(by) for each in self.lines],
            "reason": self.reason,
            "need_by": self.need_by,
        }


def _store(unit: str, code: str, field: str) -> Store:
    found = queries.store_anywhere(unit, code)
    if found is None:
        raise Unknown(field=field)
    return found


class Sending(Input):
    """What is sent out of which bin, and who takes it."""

    picks: Annotated[list[PickIn], Field(max_length=LINES_MAX)]
    carrier: Name = ""


class Receiving(Input):
    """What came into which bin; in what condition."""

    part: PartCode
    bin: BinKey
    quantity: Pieces
    condition: Condition = Condition.GOOD
    serials: Serials = []


class Losing(Input):
    """What will not come any more, and what was found out about it."""

    part: PartCode
    quantity: Pieces
    cause: Cause
    reason: Line


class TransferLineOut(Schema):
    """So many of a part: asked for, sent, received, declared lost; the rest of what was sent is on the way."""

    part: str
    wanted: int
    sent: int
    received: int
    lost: int
    on_the_way: int


class TransferOut(Output):
    """A transfer with its lines."""

    number: str
    state: str
    from_unit: str
    from_store: str
    to_unit: str
    to_store: str
    reason: str
    need_by: date | None
    carrier: str
    sent_at: datetime | None
    ended_at: datetime | None
    lines: list[TransferLineOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> TransferOut:
        """As it is now."""
        lines = [
            TransferLineOut(
                part=line.part.code, wanted=line.wanted, sent=line.sent, received=line.received, lost=line.lost,
                on_the_way=line.on_the_way,
            ) for line in queries.lines_of(result)
        ]  # fmt: skip
        return cls(
            number=result.number, state=str(result.state), from_unit=result.unit.code, from_store=result.from_code,
            to_unit=result.to_unit.code, to_store=result.to_code, reason=result.reason, need_by=result.need_by,
            carrier=result.carrier, sent_at=result.sent_at, ended_at=result.ended_at, lines=lines,
        )  # fmt: skip


class TransferRow(Mirror):
    """A transfer in a list."""

    paths: ClassVar[dict[str, str]] = {
        "from_unit": "unit.code", "from_store": "from_code", "to_unit": "to_unit.code", "to_store": "to_code",
    }  # fmt: skip

    number: str
    state: str
    from_unit: str
    from_store: str
    to_unit: str
    to_store: str
    requested_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None


router = Router(tags=["transfers"])
TRANSFER = Target("number", Name, transfer)
speak(
    router,
    [
        Verb("/transfers", actions.request, Asking, TransferOut),
        Verb("/transfers/{number}/send", actions.send, Sending, TransferOut, TRANSFER),
        Verb("/transfers/{number}/receive", actions.receive, Receiving, TransferOut, TRANSFER),
        Verb("/transfers/{number}/declare-loss", actions.declare_loss, Losing, TransferOut, TRANSFER),
        Verb("/transfers/{number}/refuse", actions.refuse, Because, TransferOut, TRANSFER),
        Verb("/transfers/{number}/cancel", actions.cancel, Because, TransferOut, TRANSFER),
    ],
)
show(
    router,
    [
        Listing(
            "/transfers", "transfers", "transfers.see", TransferRow, visible_transfers,
            filters={
                "state": Filter(list[State], "state"), "from_unit": Filter(Short, "unit__code"),
                "to_unit": Filter(Short, "to_unit__code"), "sent_from": Filter(Moment, "sent_at__gte"),
                "sent_before": Filter(Moment, "sent_at__lt"),
            },
            sorts={"id": "pk"},
        )
    ],
)  # fmt: skip
