"""What is where, and whether the book agrees with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Max, Q, Sum

from guiju.books.stock.models import Bin, StockAccount, StockAccounts, StockMove, Store
from guiju.books.stock.rules import IN_A_BIN, Place
from guiju.kernel import ledger
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.standing.catalogue.models import Part


@dataclass(frozen=True)
class Lying:
    """What lies of one part in one bin.

    available   on the shelf and promised to nobody
    held        reserved for jobs
    """

    part: Part
    bin: Bin
    available: int
    held: int

    @property
    def on_hand(self) -> int:
        """All that can be counted in the bin."""
        return self.available + self.held


@dataclass(frozen=True)
class Held:
    """What is reserved for one job in one bin."""

    part: Part
    bin: Bin
    quantity: int


def on_hand(part: Part, store: Store) -> int:
    """How many of the part lie in the store, reserved ones included (INV-1)."""
    return _sum(StockAccount.objects.filter(part=part, bin__store=store, kind__in=sorted(IN_A_BIN)))


def available(part: Part, store: Store) -> int:
    """How many of the part lie in the store and are promised to nobody (INV-2)."""
    return _sum(StockAccount.objects.filter(part=part, bin__store=store, kind=Place.BIN))


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


def stock_of(store: Store, *, by: Actor) -> list[Lying]:
    """All that lies in the store, by part and bin; nothing for who may not see it."""
    return _lying(StockAccount.objects.visible_to(by).filter(bin__store=store))


def where_is(part: Part, *, by: Actor) -> list[Lying]:
    """In which bins the part lies, of the stores that this person may see."""
    return _lying(StockAccount.objects.visible_to(by).filter(part=part))


def moves_of(part: Part, *, by: Actor, limit: int = 100) -> list[StockMove]:
    """How the part moved lately, the last move first."""
    rows = StockMove.objects.visible_to(by).filter(source__part=part)
    rows = rows.select_related("source__bin__store", "target__bin__store", "source__part")
    return list(rows.order_by("-pk")[:limit])


def _sum(places: StockAccounts) -> int:
    return places.aggregate(sum=Sum("balance"))["sum"] or 0


def _lying(places: StockAccounts) -> list[Lying]:
    rows = places.filter(kind__in=sorted(IN_A_BIN), balance__gt=0).select_related("part", "bin__store__unit")
    found: dict[tuple[int, int], Lying] = {}
    for row in rows.order_by("part__code", "bin__store_id", "bin__code"):
        if row.bin is None:
            continue  # never so: what is on a shelf or reserved has a bin, by constraint
        key = (row.part_id, row.bin.pk)
        so_far = found.get(key, Lying(row.part, row.bin, 0, 0))
        more = row.balance if row.kind == Place.BIN else 0
        found[key] = Lying(row.part, row.bin, so_far.available + more, so_far.held + row.balance - more)
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
