"""A store in Chancheng with three bins, three kinds of part, and the people who count them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, Store
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import CountKind
from guiju.standing.catalogue.models import Part
from tests.cast import NOON, Cast


@dataclass
class Room:
    """The store, its people, and a clock that goes on a minute with every verb."""

    cast: Cast
    store: Store
    bins: Mapping[str, Bin]
    board: Part
    fan: Part
    wire: Part
    now: datetime = NOON
    _documents: list[str] = field(default_factory=list)

    def at(self, **later: int) -> datetime:
        self.now += timedelta(**(later or {"minutes": 1}))
        return self.now

    def who(self, name: str) -> dict[str, Any]:
        """Who does it, and when."""
        return {"by": self.cast.actors[name], "at": self.at()}

    def put(self, part: Part, bin: str, quantity: int) -> None:
        self._documents.append(f"GRN-{len(self._documents)}")
        stock.receive(part, self.bins[bin], quantity, document=self._documents[-1], **self.who("shen"))

    def issue(self, part: Part, bin: str, quantity: int) -> None:
        """Reserve and hand out, as for a job."""
        self._documents.append(f"J-{len(self._documents)}")
        said: dict[str, Any] = {"reference": self._documents[-1]}
        stock.reserve(part, self.bins[bin], quantity, document=f"{self._documents[-1]}/R", **said, **self.who("shen"))
        stock.issue(part, self.bins[bin], quantity, document=f"{self._documents[-1]}/I", **said, **self.who("shen"))

    def plan(self, kind: str = "FULL", *bins: str, by: str = "fang", **others: Any) -> StockCount:
        people = self.cast.people
        given: dict[str, Any] = {
            "kind": CountKind(kind), "bins": [self.bins[code] for code in bins], "keeper": people["shen"],
            "first_counter": people["lin"], "second_counter": people["qin"],
        }  # fmt: skip
        return counting.plan(self.store, **{**given, **others}, **self.who(by))

    def frozen(self, *args: Any, **others: Any) -> StockCount:
        return counting.freeze(self.plan(*args, **others), **self.who("fang"))

    def sheet(self, count: StockCount, who: str, bin: str, **found: int) -> None:
        """Stand before a bin, enter what is there, and finish it."""
        parts = {"board": self.board, "fan": self.fan, "wire": self.wire}
        counting.open_bin(count, bin=self.bins[bin], **self.who(who))
        for name, quantity in found.items():
            counting.tally(count, part=parts[name], quantity=quantity, **self.who(who))
        counting.finish_bin(count, **self.who(who))

    def counted(self, count: StockCount, *sheets: tuple[str, str, dict[str, int]]) -> StockCount:
        for who, bin, found in sheets:
            self.sheet(count, who, bin, **found)
        return counting.hand_in(count, **self.who("lin"))


@pytest.fixture
def room(cast: Cast) -> Room:
    here, ma = cast.units["FS01"], cast.actors["ma"]
    store = stock.open_store(here, code="S1", names={"en": "Main store"}, kind="OUTLET", by=ma, at=NOON)
    bins = {code: stock.add_bin(store, code=code, by=ma, at=NOON) for code in ("A-01", "A-02", "B-01")}
    parts = {
        code: Part.objects.create(code=code, names={"en": name}, folded=code.lower(), cost_minor=cost, base_unit=unit)
        for code, name, cost, unit in (
            ("PCB-01", "Main board", 5000, "PIECE"), ("FAN-02", "Fan", 1000, "PIECE"), ("WIRE-03", "Wire", 2, "MM"),
        )
    }  # fmt: skip
    return Room(cast, store, bins, parts["PCB-01"], parts["FAN-02"], parts["WIRE-03"])
