"""The stores: where parts lie, how they moved, and the corrections that a second look makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db.models import QuerySet
from ninja import Router, Schema
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Input, Key, Line, Moment, Name, Names, Quantity, Short
from guiju.api.finding import BinKey, PartCode, UnitCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Output, Target, Verb, speak
from guiju.books.stock import actions
from guiju.books.stock.models import Bin, StockAccount, StockMove, Store
from guiju.books.stock.rules import Condition, Direction, Movement, Owner, Place, StoreKind, Which
from guiju.kernel.actor import Actor
from guiju.readiness.counting import queries as counting

# A pallet of pieces that each have a number.
Serials = Annotated[list[Name], Field(max_length=500)]
STORE = Target("key", Key, finding.store)
UNIT = Target("code", Short, finding.unit)


class StoreIn(Input):
    """A store of a unit."""

    unit: UnitCode
    code: Short
    names: Names
    kind: StoreKind


class BinIn(Input):
    """A bin of a store."""

    code: Short


class PiecesIn(Input):
    """So many of a part in a bin, and which ones: how good, whose, of which lot, with which serials; one document is booked once."""

    part: PartCode
    bin: BinKey
    quantity: Quantity
    condition: Condition = Condition.GOOD
    owner: Owner = Owner.OWN
    lot: Short = ""
    serials: Serials = []
    document: Name

    def resolved(self, by: Actor) -> dict[str, Any]:
        """Which pieces, in one word, and the document as the book keeps it."""
        told = super().resolved(by) | {"document": f"api:{self.document}"}
        which = {name: told.pop(name) for name in ("condition", "owner", "lot")}
        return told | {"which": Which(**which, serials=tuple(told.pop("serials")))}


class MovingIn(PiecesIn):
    """Which pieces, and into which bin."""

    to_bin: BinKey


class JudgedIn(PiecesIn):
    """Which pieces, and why."""

    reason: Line


class SettingApart(JudgedIn):
    """Which pieces, in what condition they turned out to be, and why."""

    becomes: Condition

    def resolved(self, by: Actor) -> dict[str, Any]:
        """What they become is what the verb calls their condition."""
        told = super().resolved(by)
        return told | {"condition": told.pop("becomes")}


class Adjustment(JudgedIn):
    """How many more or fewer there are than the book says, and why; one document is booked once."""

    direction: Direction


class Undoing(Input):
    """Which moves, and why; one document undoes once."""

    moves: finding.StockMoveKeys
    reason: Line
    document: Name

    def resolved(self, by: Actor) -> dict[str, Any]:
        """The document as the book keeps it."""
        return super().resolved(by) | {"document": f"api:{self.document}"}


class Period(Input):
    """From when on and until when nothing is booked any more, half-open."""

    starts_at: Moment
    ends_at: Moment


class PeriodOut(Output):
    """A closed period."""

    unit: str
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, result: Any, target: Any = None) -> PeriodOut:
        """As it was closed."""
        return cls(unit=target.code, starts_at=result.starts_at, ends_at=result.ends_at)


class StoreOut(Mirror):
    """A store."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "unit": "unit.code"}

    id: int
    code: str
    name: str
    kind: str
    unit: str


class BinOut(Mirror):
    """A bin of a store."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "store": "store.code", "unit": "store.unit.code"}

    id: int
    code: str
    store: str
    unit: str


class LyingOut(Schema):
    """So many of a part in one place; `reference` says for what they are held."""

    id: int
    part: str
    kind: str
    owner: str
    lot: str
    unit: str
    store: str
    bin: str
    reference: str
    quantity: int


class MoveOut(Schema):
    """So many of a part from one place to another, because of a document."""

    id: int
    part: str
    movement: str
    quantity: int
    source: str
    target: str
    document: str
    reason: str
    at: datetime


class Moved(Output):
    """What was booked."""

    moves: list[MoveOut]

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> Moved:
        """The moves, which nobody changes any more."""
        rows = StockMove.objects.select_related(*PLACES).filter(pk__in=[each.pk for each in result]).order_by("pk")
        return cls(moves=[MoveOut(**_move(row)) for row in rows])


# What a list shows of a move's two places.
PLACES = ("source__part", "source__bin__store", "source__unit", "target__bin__store", "target__unit")


def visible_moves(by: Actor) -> QuerySet[StockMove]:
    """How parts moved in the stores that the asker may see, but for the bins that the asker counts (F10)."""
    rows = StockMove.objects.visible_to(by).select_related(*PLACES)
    if hidden := counting.hidden_from(by):
        rows = rows.exclude(source__bin__in=hidden).exclude(target__bin__in=hidden)
    return rows


def visible_stock(by: Actor) -> QuerySet[StockAccount]:
    """What lies where, as far as the asker may see it; places where nothing is left out, and bins that the asker counts (F10)."""
    rows = StockAccount.objects.visible_to(by).exclude(balance=0)
    if hidden := counting.hidden_from(by):
        rows = rows.exclude(bin__in=hidden)
    return rows.select_related("part", "unit", "bin__store")


def visible_bins(by: Actor) -> QuerySet[Bin]:
    """The bins of the stores that the asker may see."""
    return Bin.objects.visible_to(by).select_related("store__unit")


def visible_stores(by: Actor) -> QuerySet[Store]:
    """The stores that the asker may see."""
    return Store.objects.visible_to(by).select_related("unit")


def _lying(row: StockAccount) -> dict[str, Any]:
    return {
        "id": row.pk, "part": row.part.code, "kind": row.kind, "owner": row.owner, "lot": row.lot, "unit": row.unit.code,
        "reference": row.reference,
        "store": row.bin.store.code if row.bin else "", "bin": row.bin.code if row.bin else "", "quantity": row.balance,
    }  # fmt: skip


def _move(row: StockMove) -> dict[str, Any]:
    return {
        "id": row.pk, "part": row.source.part.code, "movement": row.kind, "quantity": row.amount,
        "source": _place(row.source), "target": _place(row.target), "document": row.document, "reason": row.reason,
        "at": row.at,
    }  # fmt: skip


def _place(account: StockAccount) -> str:
    """A place in few words: FS01/MAIN/A-1 for a bin, FS01:FITTED for what has none."""
    where = f"{account.unit.code}/{account.bin.store.code}/{account.bin.code}" if account.bin else account.unit.code
    return where if account.kind == Place.BIN else f"{where}:{account.kind}"


router = Router(tags=["stock"])
speak(
    router,
    [
        Verb("/stores", actions.open_store, StoreIn, StoreOut),
        Verb("/stores/{key}/add-bin", actions.add_bin, BinIn, BinOut, STORE),
        Verb("/stock/adjust", actions.adjust, Adjustment, Moved),
        Verb("/stock/move", actions.move, MovingIn, Moved),
        Verb("/stock/set-apart", actions.set_apart, SettingApart, Moved),
        Verb("/stock/clear", actions.clear, JudgedIn, Moved),
        Verb("/stock/scrap", actions.scrap, JudgedIn, Moved),
        Verb("/stock/send-back", actions.send_back, PiecesIn, Moved),
        Verb("/stock/undo", actions.undo, Undoing, Moved),
        Verb("/units/{code}/close-stock-period", actions.close_period, Period, PeriodOut, UNIT),
    ],
)
show(
    router,
    [
        Listing(
            "/stock", "on_hand", "stock.see", LyingOut, visible_stock, lambda rows: [_lying(row) for row in rows],
            filters={
                "part": Filter(Name, "part__code"), "kind": Filter(list[Place], "kind"), "owner": Filter(list[Owner], "owner"),
                "unit": Filter(Short, "unit__code"),
                "store": Filter(Short, "bin__store__code"), "bin": Filter(Key, "bin"), "reference": Filter(Name, "reference"),
            },
            sorts={"id": "pk", "part": "part__code", "quantity": "balance"},
        ),
        Listing(
            "/stock-moves", "moves", "stock.see", MoveOut, visible_moves, lambda rows: [_move(row) for row in rows],
            filters={
                "part": Filter(Name, "source__part__code"), "movement": Filter(list[Movement], "kind"),
                "document": Filter(Name, "document"), "at_from": Filter(Moment, "at__gte"),
                "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
        Listing(
            "/bins", "bins", "stock.see", BinOut, visible_bins,
            filters={"unit": Filter(Short, "store__unit__code"), "store": Filter(Short, "store__code"), "code": Filter(Short, "code")},
            sorts={"id": "pk", "code": "code"}, first="id",
        ),
        Listing(
            "/stores", "stores", "stock.see", StoreOut, visible_stores,
            filters={"unit": Filter(Short, "unit__code"), "kind": Filter(list[StoreKind], "kind")},
            sorts={"id": "pk", "code": "code"}, first="id",
        ),
    ],
)  # fmt: skip
