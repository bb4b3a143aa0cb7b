"""The same for what goes from one store to another, and for what is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.models import Bin, Standstill, StockAccount, StockMove
from guiju.books.stock.rules import Condition, Movement, Owner, Place, Which
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries as counts
from guiju.readiness.counting.actions import Explained
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import Cause, CountKind, CountState
from guiju.readiness.transfers import actions as transfers
from guiju.readiness.transfers.models import Transfer
from guiju.readiness.transfers.rules import State
from guiju.standing.catalogue.models import Part
from tests.books.stock.plain import Heap, apart, good, spot
from tests.books.stock.walking import LOTS, WHY, Dice, Walker

OPEN_AT_ONCE = 3
COUNTERS = ("lin", "qin")


@dataclass
class Sent:
    """A transfer in plain numbers."""

    row: Transfer
    wanted: dict[int, int]
    state: str = "asked"
    sent: Counter[int] = field(default_factory=Counter)
    gone: Counter[int] = field(default_factory=Counter)

    def under_way(self, part: Part) -> int:
        """How many of the part have neither come nor been declared lost."""
        return self.sent[part.pk] - self.gone[part.pk]

    def lessen(self, part: Part, many: int) -> None:
        """So many have come, or never will; it closes with the last."""
        self.gone[part.pk] += many
        if self.sent == self.gone:
            self.state = "over"


@dataclass
class Carrier(Walker):
    """Transfers from here to there: sent by Shen, received by Tang, declared lost by somebody else."""

    open: list[Sent] = field(default_factory=list)

    def ask(self, dice: Dice) -> None:
        """Another store asks for two parts."""
        if len(self.open) == OPEN_AT_ONCE:
            self.open = [each for each in self.open if each.state != "over"][:OPEN_AT_ONCE]
            if len(self.open) == OPEN_AT_ONCE:
                return
        wanted = {dice.of(self.ground.parts): dice.of((2, 4, 6)) for _ in range(2)}
        row = transfers.request(
            source=self.ground.here, target=self.ground.there, reason="Two jobs wait", **self.who("tang"),
            wishes=[Wish(part, many) for part, many in wanted.items()],
        )  # fmt: skip
        self.open.append(Sent(row, {part.pk: many for part, many in wanted.items()}))

    def send(self, dice: Dice) -> None:
        """Out of one bin or two, all or nothing."""
        if not self.open:
            return
        chosen = dice.of(self.open)
        can, picks, gone = chosen.state == "asked", [], Counter[Any]()
        for _ in range(dice.of((1, 2))):
            (part, bin, _), many = self.aim(dice, Place.BIN), dice.of((1, 2, 3))
            part = dice.of([each for each in self.ground.parts if each.pk in chosen.wanted] + [part])
            lot = dice.of(tuple(LOTS)) if part.tracks_lots else ""
            heap, twice = (str(Owner.OWN), lot), part.pk in {pick.part.pk for pick in picks}
            if twice and part.is_serialised:
                continue  # the same pieces cannot be named twice
            gone[part.pk, bin.pk, heap] += many
            asked = sum(count for (key, *_), count in gone.items() if key == part.pk)
            can = can and asked <= chosen.wanted.get(part.pk, 0) and not self.is_still(good(bin), None)
            can = can and self.plain.has(part, good(bin), (*heap, gone[part.pk, bin.pk, heap]))
            serials = self.pieces(part, good(bin), Owner.OWN, many)
            picks.append(Pick(part, bin, many, Which(lot=lot, serials=serials)))
        said = {"picks": picks, "carrier": "Our own van", **self.who("shen")}
        if self.attempt(can, transfers.send, chosen.row, **said) is None:
            return
        chosen.row.refresh_from_db()
        chosen.state, way = "sent", spot(Place.TRANSIT, self.ground.here.unit_id, chosen.row.number)
        for pick in picks:
            self.went(pick.part, good(pick.bin), way, [(str(Owner.OWN), pick.which.lot, pick.quantity)])
            self.plain.carry(pick.which.serials, way, Owner.OWN)
            chosen.sent[pick.part.pk] += pick.quantity

    def on_its_way(self, dice: Dice) -> tuple[Sent, Part, int]:
        """A transfer, a part, and how many of it: mostly what is under way."""
        chosen, many = dice.of(self.open), dice.of((1, 2, 3, 4))
        part = dice.of([each for each in self.ground.parts if chosen.under_way(each)] or self.ground.parts)
        return chosen, part, min(many, chosen.under_way(part) or many) if dice.of((True, True, False)) else many

    def arrive(self, dice: Dice) -> None:
        """So many have come; some of it is damaged."""
        if self.open:
            chosen, part, many = self.on_its_way(dice)
            bin = dice.of((self.ground.far, self.ground.far, self.ground.bins[0]))
            self.come(chosen, part, many, bin, dice.of((Condition.GOOD, Condition.GOOD, Condition.DEFECTIVE)))

    def come(self, chosen: Sent, part: Part, many: int, bin: Bin, condition: Condition) -> None:
        """Put it into a bin there."""
        way = spot(Place.TRANSIT, self.ground.here.unit_id, chosen.row.number)
        can = chosen.state == "sent" and many <= chosen.under_way(part) and bin == self.ground.far
        can = can and not self.is_still(way, good(bin))
        serials = self.pieces(part, way, Owner.OWN, many)
        said = {
            "part": part,
            "bin": bin,
            "quantity": many,
            "condition": condition,
            "serials": serials,
            **self.who("tang"),
        }
        heaps = self.plain.drawn(part, way, many)
        if self.attempt(can, transfers.receive, chosen.row, **said) is None or heaps is None:
            return
        target = good(bin) if condition == Condition.GOOD else apart(bin, condition)
        self.went(part, way, target, heaps)
        self.plain.carry(serials, target, Owner.OWN)
        chosen.lessen(part, many)
        chosen.row.refresh_from_db()

    def declare_loss(self, dice: Dice) -> None:
        """What will not come is declared lost by who neither sent nor received it."""
        if not self.open:
            return
        chosen, part, many = self.on_its_way(dice)
        name, cause = dice.of(("ma", "ma", "shen")), dice.of(("SHORT", "DAMAGED"))
        way = spot(Place.TRANSIT, self.ground.here.unit_id, chosen.row.number)
        can = chosen.state == "sent" and many <= chosen.under_way(part) and name == "ma"
        # Nobody names which pieces never came: only of all of them is it plain.
        can = can and (not part.is_serialised or many == chosen.under_way(part))
        heaps, serials = self.plain.drawn(part, way, many), self.plain.named(way, Owner.OWN)
        said = {"part": part, "quantity": many, "cause": cause, "reason": "The van was emptied", **self.who(name)}
        if self.attempt(can, transfers.declare_loss, chosen.row, **said) is None or heaps is None:
            return
        self.went(part, way, None, heaps)
        if part.is_serialised:
            self.plain.carry(serials, None, "")
        chosen.lessen(part, many)
        chosen.row.refresh_from_db()

    def call_off(self, dice: Dice) -> None:
        """It is not needed, or not to be had; only before it is sent."""
        if self.open:
            chosen, (verb, name) = dice.of(self.open), dice.of(((transfers.cancel, "tang"), (transfers.refuse, "shen")))
            if self.attempt(chosen.state == "asked", verb, chosen.row, **WHY, **self.who(name)):
                chosen.state = "over"

    def end_transfers(self) -> None:
        """What is on the way comes, and every transfer closes."""
        for chosen in self.open:
            if chosen.state == "asked":
                transfers.cancel(chosen.row, **WHY, **self.who("tang"))
            for part in self.ground.parts:
                if chosen.state == "sent" and (many := chosen.under_way(part)):
                    self.come(chosen, part, many, self.ground.far, Condition.GOOD)
        ended = {State.CLOSED, State.CANCELLED, State.REFUSED}
        assert not Transfer.objects.exclude(state__in=sorted(ended)).exists()
        assert not StockAccount.objects.filter(kind=Place.TRANSIT, balance__gt=0).exists()


@dataclass
class Counted:
    """A count in plain numbers: what was found, beside what lay there at that moment, by bin and part."""

    row: StockCount
    bins: dict[int, Bin]
    before: tuple[str, Bin] | None = None
    off: dict[tuple[int, int], int] = field(default_factory=dict)
    pieces: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    done: set[tuple[int, int, str]] = field(default_factory=set)


@dataclass
class Keeper(Carrier):
    """Counts of the store here: planned by Fang, counted by Lin and Qin, explained by Shen, approved by Ma."""

    count: Counted | None = None
    posted: int = 0

    def count_on(self, dice: Dice, *, exactly: bool = False) -> None:
        """The next thing of the count that is open, or a new one.

        exactly   the counters find what lies there
        """
        if self.count is None:
            self._plan(dice)
            return
        count, row = self.count, self.count.row
        match CountState(row.state):
            case CountState.PLANNED:
                counting.freeze(row, **self.who("fang"))
            case CountState.FROZEN | CountState.COUNTING | CountState.RECOUNT if count.before is not None:
                self._finish(dice, count, exactly=exactly)
            case CountState.FROZEN | CountState.COUNTING | CountState.RECOUNT:
                self._open_or_hand_in(dice, count)
            case CountState.COUNTED if counts.is_blind(row):
                counting.recount(row, **self.who("shen"))
            case CountState.COUNTED:
                self._explain(count)
            case _:
                self._approve(count)
        if self.count is not None:
            row.refresh_from_db()

    def _plan(self, dice: Dice) -> None:
        people, bins = self.ground.cast.people, self.ground.bins[: dice.of((1, 2))]
        row = counting.plan(
            self.ground.here, kind=CountKind.CYCLE, bins=bins, keeper=people["shen"], first_counter=people["lin"],
            second_counter=people["qin"], **self.who("fang"),
        )  # fmt: skip
        self.count = Counted(row, {bin.pk: bin for bin in bins})

    def _open_or_hand_in(self, dice: Dice, count: Counted) -> None:
        due = [row.bin_id for row in count.row.bins.filter(state="DUE").order_by("pk")]
        if not due:
            counting.hand_in(count.row, **self.who("lin"))
            return
        bin, round_ = count.bins[due[0]], count.row.round
        fresh = [name for name in COUNTERS if (bin.pk, round_, name) not in count.done]
        name = dice.of(fresh)
        counting.open_bin(count.row, bin=bin, **self.who(name))
        count.before = (name, bin)
        self.still.add(bin.pk)

    def _finish(self, dice: Dice, count: Counted, *, exactly: bool) -> None:
        """Enter what is there, or nearly, and go on; or be called away."""
        assert count.before is not None
        name, bin = count.before
        count.before = None
        self.still.discard(bin.pk)
        if not exactly and dice.of((False, False, False, False, True)):
            counting.leave_bin(count.row, **self.who(name))
            return
        sheet = counts.open_sheet(count.row, by=self.who(name)["by"])
        assert sheet is not None
        for asked in counts.asked(sheet):
            there = self.plain.on_hand(asked.part, bin)
            by = 0 if exactly else dice.of((0, 0, 0, 1, -1, 3))
            found = max(there + by, 0)
            counting.tally(count.row, part=asked.part, quantity=found, **self.who(name))
            self._note(count, asked.part, bin, found - there)
        counting.finish_bin(count.row, **self.who(name))
        count.done.add((bin.pk, count.row.round, name))

    def _note(self, count: Counted, part: Part, bin: Bin, by: int) -> None:
        count.off.pop((bin.pk, part.pk), None)
        if by:
            count.off[bin.pk, part.pk] = by

    def _explain(self, count: Counted) -> None:
        """A cause for each difference, and the serials of the pieces that are missing or too much."""
        causes, count.pieces = [], {}
        for line in counts.differing(count.row):
            key = line.counted_bin.bin_id, line.part_id
            if line.part.is_serialised:
                missing = max(-count.off[key], 0)
                known = self.plain.named(good(count.bins[key[0]]), Owner.OWN)[:missing]
                # A piece that nobody ever read may be missing too; the book then says that it has no such piece.
                new = [f"S-{next(self.numbers)}" for _ in range(abs(count.off[key]) - len(known))]
                count.pieces[key] = (*known, *new)
            causes.append(Explained(line.pk, Cause.UNBOOKED_ISSUE, serials=count.pieces.get(key, ())))
        assert len(causes) == len(count.off), "only what differs is explained"
        counting.explain(count.row, causes=causes, **self.who("shen"))

    def _approve(self, count: Counted) -> None:
        """Only the differences are posted, each once; where what is missing was promised meanwhile, it is sent back."""
        going = {key: self._posted_as(count, *key, by) for key, by in count.off.items()}
        can = all(heaps is not None for _, heaps in going.values())
        approver = {"by": self.ground.cast.actors["ma"], "at": self.at}
        last = StockMove.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if self.attempt(can, counting.approve, count.row, **approver) is None:
            counting.reject(count.row, reason="Promised meanwhile", **approver)
            return
        booked = Counter[tuple[int, int]]()
        moves = StockMove.objects.filter(pk__gt=last)
        for kind, source, target, part_pk, many in moves.values_list(
            "kind", "source__bin", "target__bin", "part", "amount"
        ):
            booked[source or target, part_pk] += -many if kind == Movement.LOSS else many
        assert booked == count.off, f"posted {booked}, and what differs is {count.off}"
        for key, (part, heaps) in going.items():
            shelf, by = good(count.bins[key[0]]), count.off[key]
            ends = (None, shelf) if by > 0 else (shelf, None)
            self.went(part, *ends, heaps or [])
            self.plain.carry(count.pieces.get(key, ()), ends[1], Owner.OWN)
        self.posted += len(count.off)
        self.count = None

    def _posted_as(self, count: Counted, bin_pk: int, part_pk: int, by: int) -> tuple[Part, list[Heap] | None]:
        """Out of which heaps what is missing is lost, or into which what is too much is found; none where it cannot be."""
        part = next(each for each in self.ground.parts if each.pk == part_pk)
        shelf, own = good(count.bins[bin_pk]), str(Owner.OWN)
        if by > 0:
            lot = self.plain.first_lot(part, shelf) if part.tracks_lots else ""
            return part, [(own, lot, by)] if lot or not part.tracks_lots else None
        if not part.is_serialised:
            return part, self.plain.drawn(part, shelf, -by)
        is_there = all(self.plain.lies.get(each) == (shelf, own) for each in count.pieces[bin_pk, part_pk])
        return part, [(own, "", -by)] if is_there else None

    def give_up(self, _dice: Dice) -> None:
        """Not once it is handed in."""
        if self.count is not None:
            row = self.count.row
            can = row.state in {CountState.PLANNED, CountState.FROZEN, CountState.COUNTING}
            if self.attempt(can, counting.cancel, row, **WHY, **self.who("fang")):
                self.still, self.count = set(), None

    def end_count(self) -> None:
        """The count that is open is brought to its end, and nothing stands still."""
        while self.count is not None:
            self.count_on(Dice(0), exactly=True)
        assert not Standstill.objects.filter(ends_at__isnull=True).exists()
