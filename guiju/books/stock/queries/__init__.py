"""What is where, and whether the book agrees with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Sum

from guiju.books.stock.models import LIES, Bin, Lot, Serial, SerialMove, StockAccount, StockAccounts, StockMove, Store
from guiju.books.stock.queries.valuing import Stored, Valued, valuation, valued_by_store
from guiju.books.stock.rules import IN_A_BIN, PROMISED, Place, distance
from guiju.kernel import ledger, reach
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.kernel.words import pick
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

__all__ = [
    "Free",
    "Held",
    "Lying",
    "Near",
    "OnHand",
    "Pieces",
    "Stored",
    "Valued",
    "a_move_names_no_more_serials_than_pieces",
    "available",
    "balances_are_the_sum_of_their_moves",
    "every_move_is_whole",
    "every_part_is_somewhere",
    "every_serial_is_a_piece_of_its_place",
    "first_lot_in",
    "fitted_for",
    "free_of",
    "held_for",
    "last_move_of",
    "lay_in",
    "lying_in",
    "lying_of",
    "moves_of",
    "nearest",
    "nearest_first",
    "no_place_holds_less_than_nothing",
    "on_hand",
    "on_the_way",
    "pieces_of",
    "place_named",
    "stock_of",
    "valuation",
    "valued_by_store",
    "where_is",
]

# What a job may have: good, and of an owner who lets it be used.
_FREE = Q(kind=Place.BIN.value, owner__in=[owner.value for owner in PROMISED])


@dataclass(frozen=True)
class Lying:
    """What lies of one part in one bin.

    available   good, on the shelf, and promised to nobody
    held        reserved for jobs
    apart       set apart, or a customer's own: there, and not to be used for a job
    """

    part: Part
    bin: Bin
    available: int
    held: int
    apart: int = 0

    @property
    def on_hand(self) -> int:
        """All that can be counted in the bin."""
        return self.available + self.held + self.apart


class OnHand(NamedTuple):
    """How many of a part lie in a bin, as in `Lying`, without their cards: of a whole store there are thousands."""

    part_id: int
    part_code: str
    bin_code: str
    available: int
    held: int
    on_hand: int


@dataclass(frozen=True)
class Pieces:
    """What lies in one place of a bin: of one condition, one owner and one lot.

    serials   the pieces by their numbers, where they are known
    """

    part: Part
    bin: Bin
    kind: str
    owner: str
    lot: str
    reference: str
    quantity: int
    expires_on: date | None = None
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """What is reserved for one job in one bin."""

    part: Part
    bin: Bin
    quantity: int


def on_hand(part: Part, store: Store) -> int:
    """How many of the part lie in the store, reserved ones included (INV-1)."""
    return _sum(StockAccount.objects.filter(part=part, bin__store=store, kind__in=sorted(IN_A_BIN)))


def place_named(text: str, unit: Unit) -> Store | Bin | None:
    """The store of a unit that is called so, such as MAIN, or its bin, such as MAIN/A-1; None for what it has not."""
    store, _, bin = text.strip().partition("/")
    if bin:
        return Bin.objects.filter(store__unit=unit, store__code=store, code=bin).select_related("store").first()
    return Store.objects.filter(unit=unit, code=store).first()


def available(part: Part, store: Store) -> int:
    """How many of the part lie in the store, good and promised to nobody (INV-2)."""
    return _sum(StockAccount.objects.filter(_FREE, part=part, bin__store=store))


def fitted_for(reference: str, part: Part) -> int:
    """How many of the part were issued to the job and not brought back."""
    return _sum(StockAccount.objects.filter(part=part, kind=Place.FITTED, reference=reference))


def held_for(reference: str) -> list[Held]:
    """What is reserved for the job, and in which bins."""
    rows = StockAccount.objects.filter(kind=Place.HELD, reference=reference, balance__gt=0)
    rows = rows.select_related("part", "bin__store").order_by("part__code", "bin_id")
    return [Held(row.part, row.bin, row.balance) for row in rows if row.bin is not None]


def lying_in(bins: Iterable[Bin]) -> dict[tuple[int, int], int]:
    """What can be counted in these bins, by bin and part, all of one moment; a part that once lay there and is gone counts nothing."""
    rows = StockAccount.objects.filter(bin__in=[bin.pk for bin in bins], kind__in=sorted(IN_A_BIN)).order_by()
    sums = rows.values_list("bin", "part").annotate(Sum("balance"))
    return {(bin_id, part_id): total for bin_id, part_id, total in sums}


def first_lot_in(bin: Bin, part: Part) -> str:
    """Of the lots of the part that lie good in the bin the one that may be used least long; empty where none lies there."""
    lying = StockAccount.objects.filter(LIES, part=part, bin=bin, kind=Place.BIN).exclude(lot="")
    lots = Lot.objects.filter(part=part, code__in=lying.values("lot")).values_list("code", "expires_on")
    return min(((expires or date.max, code) for code, expires in lots), default=(date.max, ""))[1]


def last_move_of(bin: Bin) -> int:
    """The newest move into or out of the bin, by its key; 0 where nothing has moved yet."""
    moves = StockMove.objects.filter(Q(source__bin=bin) | Q(target__bin=bin))
    return moves.aggregate(last=Max("pk"))["last"] or 0


def lay_in(bin: Bin, last_move_id: int) -> dict[int, int]:
    """What lay in the bin when that was its newest move, by part: computed from the moves alone."""
    moves = StockMove.objects.filter(pk__lte=last_move_id).order_by()
    lay: Counter[int] = Counter()
    for part_id, total in moves.filter(target__bin=bin).values_list("target__part").annotate(Sum("amount")):
        lay[part_id] += total
    for part_id, total in moves.filter(source__bin=bin).values_list("source__part").annotate(Sum("amount")):
        lay[part_id] -= total
    return dict(lay)


def stock_of(store: Store, *, by: Actor) -> list[OnHand]:
    """All that lies in the store, by part and bin; nothing for who may not see it. One statement; no row is made an object."""
    rows = StockAccount.objects.visible_to(by).filter(LIES, bin__store=store).order_by("part__code", "bin__code")
    found: dict[tuple[int, str], OnHand] = {}
    # Nearly every part is one row: to add up the few others here takes half of what a database takes to group them all.
    for part_id, code, bin_code, kind, owner, there in rows.values_list(
        "part_id", "part__code", "bin__code", "kind", "owner", "balance"
    ):
        free = there if kind == Place.BIN and owner in PROMISED else 0
        held = there if kind == Place.HELD else 0
        _, _, _, *so_far = found.get((part_id, bin_code), (part_id, code, bin_code, 0, 0, 0))
        found[part_id, bin_code] = OnHand(
            part_id, code, bin_code, so_far[0] + free, so_far[1] + held, so_far[2] + there
        )
    return list(found.values())


def lying_of(part_ids: Iterable[int], store_id: int, *, by: Actor) -> list[Lying]:
    """In which bins of a store these parts lie."""
    rows = StockAccount.objects.visible_to(by).filter(bin__store=store_id, part__in=list(part_ids))
    return _lying(rows)


def where_is(part: Part, *, by: Actor) -> list[Lying]:
    """In which bins the part lies, of the stores that this person may see."""
    return _lying(StockAccount.objects.visible_to(by).filter(part=part))


def moves_of(part: Part, *, by: Actor, limit: int = 50, before: int | None = None) -> list[StockMove]:
    """The card of a part: how it moved in the units that this person may see, the last move first.

    before   only moves older than that one, by its key: the next page begins behind the last row of the page before
    """
    rows = StockMove.objects.filter(part=part)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    scope = by.scope("stock.see")
    if scope.unit_ids is not None:
        # Asked of each move along the part's own index; by a join a database would sort all the moves of the unit.
        seen = StockAccount.objects.filter(scope.q())
        rows = rows.filter(
            Exists(seen.filter(pk=OuterRef("source_id"))) | Exists(seen.filter(pk=OuterRef("target_id")))
        )
    rows = rows.select_related("source__bin__store", "target__bin__store", "source__unit", "target__unit")
    return list(rows.order_by("-pk")[:limit])


@dataclass(frozen=True)
class Near:
    """A store that has the part, and how many are free there. What they cost there is told to nobody."""

    store_id: int
    unit_code: str
    unit_name: str
    store_code: str
    available: int
    distance: int


class Free(NamedTuple):
    """How many of a part are free in one store, wherever it is; `path` is its unit's way from the root down."""

    part_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    path: str
    store_id: int
    store_code: str
    available: int


@reach.as_house
def free_of(part_ids: Iterable[int]) -> list[Free]:
    """Where these parts are free, store by store, of the whole house; one statement."""
    rows = StockAccount.objects.filter(_FREE, LIES, part__in=list(part_ids)).values(
        "part_id", "unit_id", "bin__store_id", "bin__store__code", "unit__code", "unit__names", "unit__path"
    )
    return [
        Free(
            row["part_id"], row["unit_id"], row["unit__code"], pick(row["unit__names"]), row["unit__path"],
            row["bin__store_id"], row["bin__store__code"], row["free"],
        )
        for row in rows.annotate(free=Sum("balance")).order_by()
    ]  # fmt: skip


def nearest_first(free: Iterable[Free], unit: Unit) -> list[Free]:
    """The own unit, then those above it, then the others by their way in the tree."""
    return sorted(
        free, key=lambda each: (*distance(unit.path, each.path), -each.available, each.unit_code, each.store_code)
    )


def nearest(part: Part, unit: Unit, *, limit: int = 5) -> list[Near]:
    """Where the part is free, the nearest first."""
    return [
        Near(
            each.store_id, each.unit_code, each.unit_name, each.store_code, each.available,
            sum(distance(unit.path, each.path)),
        )
        for each in nearest_first(free_of([part.pk]), unit)[:limit]
    ]  # fmt: skip


def pieces_of(part: Part, *, by: Actor) -> list[Pieces]:
    """What lies of the part, place by place: whose, how good, of which lot, with which serials."""
    rows = StockAccount.objects.visible_to(by).filter(LIES, part=part)
    rows = rows.select_related("part", "bin__store__unit").prefetch_related("serials")
    found = list(rows.order_by("bin__store_id", "bin__code", "kind", "owner", "lot", "pk"))
    has_lots = any(row.lot for row in found)
    lots = dict(Lot.objects.filter(part=part).values_list("code", "expires_on")) if has_lots else {}
    return [
        Pieces(
            row.part, row.bin, row.kind, row.owner, row.lot, row.reference, row.balance, lots.get(row.lot),
            tuple(sorted(each.number for each in row.serials.all())),
        )
        for row in found if row.bin is not None
    ]  # fmt: skip


def on_the_way(reference: str) -> dict[int, int]:
    """How many of each part are on the way with a transfer, by the part's key; asked by whoever may see the transfer."""
    rows = StockAccount.objects.filter(kind=Place.TRANSIT, reference=reference)
    return dict(rows.values_list("part_id").annotate(Sum("balance")).order_by())


def _sum(places: StockAccounts) -> int:
    return places.aggregate(sum=Sum("balance"))["sum"] or 0


def _lying(places: StockAccounts) -> list[Lying]:
    rows = places.filter(LIES).select_related("part", "bin__store__unit")
    found: dict[tuple[int, int], Lying] = {}
    for row in rows.order_by("part__code", "bin__store_id", "bin__code"):
        if row.bin is None:
            continue  # never so: what is on a shelf or reserved has a bin, by constraint
        key = (row.part_id, row.bin.pk)
        so_far = found.get(key, Lying(row.part, row.bin, 0, 0))
        free = row.balance if row.kind == Place.BIN and row.owner in PROMISED else 0
        held = row.balance if row.kind == Place.HELD else 0
        found[key] = replace(
            so_far,
            available=so_far.available + free,
            held=so_far.held + held,
            apart=so_far.apart + row.balance - free - held,
        )
    return list(found.values())


@invariant("INV-1")
def balances_are_the_sum_of_their_moves() -> Iterator[str]:
    """Every place holds what its moves say (I01)."""
    for account, counted in ledger.mismatches(StockMove):
        yield f"{account}: the balance is {account.balance}, the moves say {counted}"


@invariant("INV-2")
def no_place_holds_less_than_nothing() -> Iterator[str]:
    """Nothing is given that was not there (I02)."""
    for account in StockAccount.objects.filter(Q(balance__lt=0, may_go_negative=False)):
        yield f"{account}: {account.balance}"


@invariant("I03")
def every_part_is_somewhere() -> Iterator[str]:
    """Over all places, those outside the house included, each part sums to nothing."""
    for part_id, total in StockAccount.objects.values_list("part_id").annotate(Sum("balance")).order_by("part_id"):
        if total:
            yield f"part {part_id}: all places together hold {total}"


@invariant("INV-3")
def every_move_is_whole() -> Iterator[str]:
    """A move has a document, two different ends of one part, and takes back exactly what it undoes."""
    bent = Q(document="") | Q(amount__lte=0) | Q(source=F("target")) | ~Q(source__part=F("target__part"))
    undoes = ~Q(undoes__source=F("target")) | ~Q(undoes__target=F("source")) | ~Q(undoes__amount=F("amount"))
    for move in StockMove.objects.filter(bent | (Q(undoes__isnull=False) & undoes)):
        yield f"{move}: is no whole move"


@invariant("INV-4")
def every_serial_is_a_piece_of_its_place() -> Iterator[str]:
    """A place has no more serials than pieces, and a serial is where its last move brought it."""
    counted = StockAccount.objects.annotate(named=Count("serials")).filter(named__gt=0, may_go_negative=False)
    for key, pieces, named in counted.filter(named__gt=F("balance")).values_list("pk", "balance", "named"):
        yield f"{StockAccount.objects.get(pk=key)}: {pieces} pieces, {named} serials"
    last = SerialMove.objects.filter(serial=OuterRef("pk")).order_by("-move_id").values("move__target_id")[:1]
    for serial in Serial.objects.annotate(went_to=Subquery(last)).exclude(account_id=F("went_to")):
        yield f"{serial}: its last move brought it elsewhere"


@invariant("INV-3")
def a_move_names_no_more_serials_than_pieces() -> Iterator[str]:
    """Of a part that is tracked by its serials, a move carries as many serials as pieces, and never more."""
    counted = StockMove.objects.annotate(named=Count("serials")).filter(named__gt=F("amount"))
    for document, line, pieces, named in counted.values_list("document", "line", "amount", "named"):
        yield f"{document}/{line}: {pieces} pieces, {named} serials"
