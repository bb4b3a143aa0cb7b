"""The stock book a second time, as plain numbers: what lies where, whose it is, of which lot, and where each serial is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiju.books.stock.models import Bin, Serial, StockAccount
from guiju.books.stock.rules import PLACE_OF, Condition, Owner, Place
from guiju.kernel.prepared import Prepared
from guiju.standing.catalogue.models import Part

Spot = tuple[str, int, str]  # the kind of place, its bin or its unit, and the reference
Heap = tuple[str, str, int]  # whose, of which lot, how many
HERE = frozenset({Place.BIN, Place.HELD, *PLACE_OF.values()})
COLUMNS = ("part_id", "kind", "bin_id", "unit_id", "reference", "owner", "lot", "balance")


def spot(kind: Place, where: int, reference: str = "") -> Spot:
    """A place as a plain word."""
    return str(kind), where, reference


def good(bin: Bin) -> Spot:
    """The shelf itself."""
    return spot(Place.BIN, bin.pk)


def apart(bin: Bin, condition: Condition) -> Spot:
    """What is set apart there."""
    return spot(PLACE_OF[condition], bin.pk)


@dataclass
class Plain:
    """Every piece, counted.

    lies   where each serial is, and whose
    """

    expires: dict[str, date] = field(default_factory=dict)
    there: Counter[tuple[int, Spot, str, str]] = field(default_factory=Counter)
    lies: dict[str, tuple[Spot, str]] = field(default_factory=dict)

    def heaps(self, part: Part, place: Spot, *, on: date | None = None) -> list[Heap]:
        """In the order in which they are drawn: own before consigned, and what expires first; not what is expired on that day."""
        found = [
            (owner, lot, many)
            for (part_id, where, owner, lot), many in self.there.items()
            if many and part_id == part.pk and where == place and (on is None or self.expires.get(lot, date.max) >= on)
        ]
        return sorted(found, key=lambda heap: (list(Owner).index(Owner(heap[0])), self.expires.get(heap[1], date.max)))

    def drawn(self, part: Part, place: Spot, wanted: int, *, on: date | None = None) -> list[Heap] | None:
        """So many out of whatever heaps there are, or nothing where there are too few."""
        taken: list[Heap] = []
        for owner, lot, many in self.heaps(part, place, on=on):
            if wanted:
                taken.append((owner, lot, min(many, wanted)))
                wanted -= taken[-1][2]
        return taken if not wanted else None

    def somewhere(self, kind: Place) -> list[tuple[int, Spot]]:
        """Where something of that kind lies, by part and place, each once."""
        found = {(part_id, place) for (part_id, place, _, _), many in self.there.items() if many and place[0] == kind}
        return sorted(found)

    def first_lot(self, part: Part, place: Spot) -> str:
        """Of the lots that lie there the one that may be used least long."""
        return min(((self.expires[lot], lot) for _, lot, _ in self.heaps(part, place) if lot), default=(date.max, ""))[
            1
        ]

    def has(self, part: Part, place: Spot | None, heap: Heap) -> bool:
        """Whether so many of that heap lie there; whatever comes from outside the house does."""
        return place is None or self.there[part.pk, place, heap[0], heap[1]] >= heap[2]

    def go(self, part: Part, source: Spot | None, target: Spot | None, heaps: Iterable[Heap]) -> None:
        """They go from here to there; from or to nowhere is outside the house."""
        for owner, lot, many in heaps:
            for place, by in ((source, -many), (target, many)):
                if place is not None:
                    self.there[part.pk, place, owner, lot] += by

    def named(self, place: Spot, owner: str) -> list[str]:
        """The serials that lie there."""
        return [serial for serial, (where, whose) in self.lies.items() if (where, whose) == (place, owner)]

    def carry(self, serials: Sequence[str], target: Spot | None, owner: str) -> None:
        """These very pieces are there now, or gone for good."""
        for serial in serials:
            self.lies.pop(serial, None)
            if target is not None:
                self.lies[serial] = (target, owner)

    def on_hand(self, part: Part, bin: Bin) -> int:
        """All of a part that can be counted in a bin."""
        return sum(
            many
            for (part_id, (kind, where, _), _, _), many in self.there.items()
            if part_id == part.pk and kind in HERE and where == bin.pk
        )

    def differs(self, part: Part) -> Iterator[str]:
        """A line where the book says something else of the part."""
        booked = {
            (key, (kind, bin or unit, reference), owner, lot): many
            for key, kind, bin, unit, reference, owner, lot, many in _LYING(part=part.pk)
        }
        said = {key: many for key, many in self.there.items() if many and key[0] == part.pk}
        if booked != said:
            yield f"the book alone {_without(booked, said)}, plain numbers alone {_without(said, booked)}"

    def serials_differ(self, part: Part) -> Iterator[str]:
        """A line where a serial is elsewhere; those that left the house are not looked for."""
        rows = Serial.objects.filter(part=part, account__may_go_negative=False).order_by()
        columns = [f"account__{name}" for name in ("kind", "bin_id", "unit_id", "reference", "owner")]
        booked = {
            number: ((kind, bin or unit, reference), owner)
            for number, kind, bin, unit, reference, owner in rows.values_list("number", *columns)
            if kind not in {Place.LOSS, Place.SCRAP}
        }
        if booked != self.lies:
            yield f"serials in the book alone {_without(booked, self.lies)}, elsewhere {_without(self.lies, booked)}"


# Asked after every verb.
_LYING: Prepared[Any] = Prepared(
    lambda *, part: (
        StockAccount.objects.filter(part=part, may_go_negative=False, balance__gt=0)
        .exclude(kind__in=[Place.LOSS, Place.SCRAP])
        .order_by()
        .values_list(*COLUMNS)
    )
)


def _without(some: dict[Any, Any], others: dict[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in some.items() if others.get(key) != value}
