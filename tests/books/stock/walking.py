"""Somebody who says any verb of the stock book, in any order, and does the same with plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from django.db.models import Sum

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, StockAccount, StockMove, Store
from guiju.books.stock.rules import PLACE_OF, Condition, Owner, Place, Which
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part
from tests.books.stock.plain import Heap, Plain, Spot, apart, good, spot
from tests.cast import NOON, Cast

Thing = TypeVar("Thing")
APART = (Condition.DEFECTIVE, Condition.TO_RETURN, Condition.QUARANTINED)
JOBS = ("WO-1", "WO-2")
# One of the lots is past its last day: it lies there, and no job is given it.
LOTS = {"L-OLD": NOON.date() - timedelta(days=1), "L-SOON": NOON.date() + timedelta(days=9), "L-LATE": date(2030, 1, 1)}
WHY = {"reason": "Seen"}


class Dice:
    """One number, read as many choices: cheap to draw, and a smaller one is a simpler story."""

    def __init__(self, number: int) -> None:
        self.number = number

    def of(self, some: Sequence[Thing]) -> Thing:
        """One of them."""
        self.number, place = divmod(self.number, len(some))
        return some[place]


@dataclass
class Ground:
    """Two stores and what can lie in them; the same for every walk."""

    cast: Cast
    here: Store
    there: Store
    bins: tuple[Bin, ...]
    far: Bin
    board: Part
    pump: Part
    glue: Part
    old: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of them: without anything, by serials, by lots, and one that another takes the place of."""
        return self.board, self.pump, self.glue, self.old


@dataclass
class Walker:
    """The verbs of the shelves.

    still   the bins that are being counted: nothing goes in or out
    """

    ground: Ground
    because: Any
    by: Actor
    plain: Plain = field(default_factory=lambda: Plain(dict(LOTS)))
    still: set[int] = field(default_factory=set)
    numbers: Any = field(default_factory=lambda: count(1))
    last_receipt: tuple[list[StockMove], Part, Spot, Heap, tuple[str, ...]] | None = None
    touched: set[Part] = field(default_factory=set)
    refused: int = 0
    is_superseded: bool = False

    @property
    def at(self) -> datetime:
        """A second later than before."""
        return NOON + timedelta(seconds=next(self.numbers))

    def who(self, name: str) -> dict[str, Any]:
        """Somebody of the cast, who may do everything as the consequence of something; and when."""
        return {"by": self.ground.cast.actors[name].consequence_of(self.because), "at": self.at}

    def went(self, part: Part, source: Spot | None, target: Spot | None, heaps: Sequence[Heap]) -> None:
        """They went, in plain numbers."""
        self.touched.add(part)
        self.plain.go(part, source, target, heaps)

    def attempt(self, can: bool, verb: Callable[..., Any], *words: Any, **said: Any) -> Any:
        """Say it; it is done if it can be, and refused if not."""
        done, refused = None, ""
        try:
            done = verb(*words, **said)
        except Refusal as refusal:
            refused = f"{type(refusal).__name__}: {refusal}"
            self.refused += 1
        assert can is not bool(refused), f"{verb.__name__} {words} {said}: {refused or 'was done'}"
        return done

    def is_still(self, *places: Spot | None) -> bool:
        """Whether something would go into or out of a bin that is being counted."""
        bins = {place[1] if place and place[0] in PLACES_IN_BINS else 0 for place in places}
        return len(bins) > 1 and bool(bins & self.still)

    def go(
        self,
        verb: Callable[..., list[StockMove]],
        dice: Dice,
        part: Part,
        source: Spot | None,
        target: Spot | None,
        *where: Bin,
        condition: Condition = Condition.GOOD,
        draws: bool = False,
        can: bool = True,
        **said: Any,
    ) -> None:
        """So many of one heap from here to there, or of any heaps where the verb draws and nobody says of which."""
        many = dice.of((1, 2, 3, 4))
        owner, lot = (
            dice.of((Owner.OWN, Owner.OWN, Owner.HQ_CONSIGNED)),
            dice.of(tuple(LOTS)) if part.tracks_lots else "",
        )
        if source is not None and dice.of((True, True, False)) and (found := self.plain.heaps(part, source)):
            owner, lot, there = dice.of(found)
            owner, many = Owner(owner), min(many, there)
        # Where a verb draws, pieces of one's own and of no lot mean whichever there are.
        is_told = not draws or part.is_serialised or dice.of((bool(lot) or owner != Owner.OWN, False))
        if draws and part.is_serialised and not self.plain.has(part, source, (owner, lot, many)):
            return  # no serials to name, and nobody could tell which ones
        serials: tuple[str, ...] = ()
        on = NOON.date() if verb in {stock.reserve, stock.issue} else None
        heaps: list[Heap] | None = [(owner, lot, many)]
        if is_told:
            can = can and self.plain.has(part, source, (owner, lot, many)) and not (on and lot == "L-OLD")
            serials = self.pieces(part, source, owner, many)
            said["which"] = Which(
                condition=condition, owner=owner, lot=lot, serials=serials, expires_on=LOTS.get(lot) if source is None else None
            )  # fmt: skip
        elif source is not None:
            heaps = self.plain.drawn(part, source, many, on=on)
            can = can and heaps is not None
        can = can and not self.is_still(source, target)
        said |= {"document": f"D-{next(self.numbers)}", "by": self.by, "at": self.at}
        moves = self.attempt(can, verb, part, *where, many, **said)
        if moves is None or heaps is None:
            return
        self.went(part, source, target, heaps)
        self.plain.carry(serials, target, owner)
        if verb is stock.receive and target is not None:
            self.last_receipt = (moves, part, target, heaps[0], serials)

    def pieces(self, part: Part, source: Spot | None, owner: str, many: int) -> tuple[str, ...]:
        """The serials of pieces that lie there, or of new ones."""
        if not part.is_serialised:
            return ()
        if source is None:
            return tuple(f"S-{next(self.numbers)}" for _ in range(many))
        return tuple(self.plain.named(source, owner)[:many])

    def aim(self, dice: Dice, kind: Place, references: Sequence[str] = ("",)) -> tuple[Part, Bin, str]:
        """A part, a bin here and a job or a transfer: mostly where something lies, for most of what is said shall be done."""
        part, bin, reference = dice.of(self.ground.parts), dice.of(self.ground.bins), dice.of(references)
        if dice.of((True, True, True, False)) and (found := self.plain.somewhere(kind)):
            part_id, (_, where, reference) = dice.of(found)
            part = next(each for each in self.ground.parts if each.pk == part_id)
            bin = next((each for each in self.ground.bins if each.pk == where), bin)
        return part, bin, reference

    # --- The verbs

    def receive(self, dice: Dice) -> None:
        bin = dice.of((*self.ground.bins, self.ground.far))
        self.go(stock.receive, dice, dice.of(self.ground.parts), None, good(bin), bin)

    def reserve(self, dice: Dice) -> None:
        part, bin, _ = self.aim(dice, Place.BIN)
        job = dice.of(JOBS)
        held = spot(Place.HELD, bin.pk, job)
        self.go(stock.reserve, dice, part, good(bin), held, bin, draws=True, reference=job)

    def release(self, dice: Dice) -> None:
        part, bin, job = self.aim(dice, Place.HELD, JOBS)
        held = spot(Place.HELD, bin.pk, job)
        self.go(stock.release, dice, part, held, good(bin), bin, draws=True, reference=job)

    def issue(self, dice: Dice) -> None:
        part, bin, job = self.aim(dice, Place.HELD, JOBS)
        ends = spot(Place.HELD, bin.pk, job), spot(Place.FITTED, bin.unit_id, job)
        self.go(stock.issue, dice, part, *ends, bin, draws=True, reference=job)

    def take_back(self, dice: Dice) -> None:
        part, bin, job = self.aim(dice, Place.FITTED, JOBS)
        fitted = spot(Place.FITTED, bin.unit_id, job)
        self.go(stock.take_back, dice, part, fitted, good(bin), bin, draws=True, reference=job)

    def move(self, dice: Dice) -> None:
        condition = dice.of((Condition.GOOD, Condition.GOOD, *APART))
        part, bin, _ = self.aim(dice, PLACE_OF[condition])
        to_bin = dice.of((*self.ground.bins, *self.ground.bins, self.ground.far))
        can = bin.pk != to_bin.pk and bin.unit_id == to_bin.unit_id
        ends = spot(PLACE_OF[condition], bin.pk), spot(PLACE_OF[condition], to_bin.pk)
        self.go(stock.move, dice, part, *ends, bin, condition=condition, to_bin=to_bin, can=can)

    def set_apart(self, dice: Dice) -> None:
        becomes = dice.of(APART)
        part, bin, _ = self.aim(dice, Place.BIN)
        # What the pieces are until now is said by `which`, what they become by the verb itself.
        self.go(_set_apart_as(becomes), dice, part, good(bin), apart(bin, becomes), bin, **WHY)

    def clear(self, dice: Dice) -> None:
        condition = dice.of(APART)
        part, bin, _ = self.aim(dice, PLACE_OF[condition])
        self.go(stock.clear, dice, part, apart(bin, condition), good(bin), bin, condition=condition, **WHY)

    def scrap(self, dice: Dice) -> None:
        condition = dice.of(APART)
        part, bin, _ = self.aim(dice, PLACE_OF[condition])
        self.go(stock.scrap, dice, part, apart(bin, condition), None, bin, condition=condition, **WHY)

    def send_back(self, dice: Dice) -> None:
        condition = dice.of((Condition.TO_RETURN, Condition.TO_RETURN, *APART))
        part, bin, _ = self.aim(dice, PLACE_OF[condition])
        said: dict[str, Any] = {"condition": condition, "can": condition == Condition.TO_RETURN}
        self.go(stock.send_back, dice, part, apart(bin, condition), None, bin, **said)

    def lose(self, dice: Dice) -> None:
        part, bin, _ = self.aim(dice, Place.BIN)
        self.go(stock.adjust, dice, part, good(bin), None, bin, draws=True, direction="LOSS", **WHY)

    def find(self, dice: Dice) -> None:
        bin = dice.of(self.ground.bins)
        self.go(stock.adjust, dice, dice.of(self.ground.parts), None, good(bin), bin, direction="FOUND", **WHY)

    def undo(self, _dice: Dice) -> None:
        """The last receipt was a mistake; it can be taken back while its very pieces are where they came."""
        if self.last_receipt is None:
            return
        moves, part, target, heap, serials = self.last_receipt
        can = self.plain.has(part, target, heap) and not self.is_still(target, None)
        can = can and all(self.plain.lies.get(serial) == (target, heap[0]) for serial in serials)
        said = {"document": f"D-{next(self.numbers)}", "by": self.by, "at": self.at}
        if self.attempt(can, stock.undo, moves, **WHY, **said):
            self.went(part, target, None, [heap])
            self.plain.carry(serials, None, "")
            self.last_receipt = None

    def supersede(self, dice: Dice) -> None:
        """Another part is used from now on; what lies there lies there, and no two take each other's place."""
        old, new = dice.of(((self.ground.old, self.ground.board), (self.ground.board, self.ground.old)))
        can = not (self.is_superseded and old == self.ground.board)
        if not self.is_superseded and old == self.ground.board:
            return
        self.attempt(can, catalogue.supersede_part, old, successor=new, **self.who("nie"))
        self.is_superseded = True

    # --- What must hold

    def compare_touched(self) -> None:
        """The book says what the plain numbers say, of the parts of which something moved just now."""
        amiss = [each for part in self.touched for each in self.plain.differs(part)]
        self.touched.clear()
        assert not amiss, amiss

    def compare_all(self) -> None:
        """The same of everything and of each serial; and over all places each part sums to nothing."""
        amiss = [each for part in self.ground.parts for each in self.plain.differs(part)]
        amiss += self.plain.serials_differ(self.ground.pump)
        assert not amiss, amiss
        sums = StockAccount.objects.values_list("part").annotate(total=Sum("balance")).order_by()
        assert not [part for part, total in sums if total], "what left one place came to no other"

    def release_all(self) -> None:
        """Every reservation ends."""
        for (part_id, (kind, where, job), owner, lot), many in list(self.plain.there.items()):
            if kind == Place.HELD and many:
                part = next(each for each in self.ground.parts if each.pk == part_id)
                bin = next(each for each in self.ground.bins if each.pk == where)
                serials = tuple(self.plain.named((kind, where, job), owner)) if part.is_serialised else ()
                which = Which(owner=Owner(owner), lot=lot, serials=serials)
                said = {"document": f"D-{next(self.numbers)}", "by": self.by, "at": self.at}
                stock.release(part, bin, many, reference=job, which=which, **said)
                self.went(part, (kind, where, job), good(bin), [(owner, lot, many)])
                self.plain.carry(serials, good(bin), owner)
        left = StockAccount.objects.filter(kind=Place.HELD, balance__gt=0)
        assert not left.exists(), f"still promised: {list(left.values())}"


PLACES_IN_BINS = frozenset({str(Place.HELD), *map(str, PLACE_OF.values())})


def _set_apart_as(becomes: Condition) -> Callable[..., list[StockMove]]:
    def set_apart(*words: Any, **said: Any) -> list[StockMove]:
        return stock.set_apart(*words, condition=becomes, **said)

    return set_apart
