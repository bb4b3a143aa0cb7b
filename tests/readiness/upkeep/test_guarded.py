"""What lies behind a door with two locks moves only while two stand inside, whatever verb of the stock book moves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as lying
from guiju.books.stock.models import Bin, StockMove, Store
from guiju.books.stock.rules import Condition, Which
from guiju.readiness.custody.actions import doors, inside
from guiju.readiness.custody.models import ControlledMovement
from guiju.readiness.custody.rules import State
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part
from tests.cast import NOON, Cast
from tests.readiness.custody.conftest import Door, a_door

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.books_of("guiju.books.stock")]
APART = Which(condition=Condition.TO_RETURN)


class Cage:
    """S1/CAGE lies behind the door, S1/A-1 before it; six boards in each: in the cage two set apart and one promised."""

    def __init__(self, cast: Cast, *, whole_store: bool = False) -> None:
        self.cast, ma = cast, cast.actors["ma"]
        self.store: Store = stock.open_store(
            cast.units["FS01"], code="S1", names={"en": "Parts"}, kind="OUTLET", by=ma, at=NOON
        )
        self.caged: Bin = stock.add_bin(self.store, code="CAGE", by=ma, at=NOON)
        self.free: Bin = stock.add_bin(self.store, code="A-1", by=ma, at=NOON)
        self.board: Part = catalogue.add_part(code="BRD", names={"en": "Board"}, by=cast.actors["nie"], at=NOON)
        for bin, order in ((self.caged, "WO-1"), (self.free, "WO-2")):
            stock.receive(self.board, bin, 5, document=f"DN-{bin.code}", **self.who())
            stock.receive(self.board, bin, 1, document=f"DN-{bin.code}-2", **self.who())
            stock.reserve(self.board, bin, 2, reference=order, document=f"R-{bin.code}", **self.who())
        self.issued(self.free, "WO-2", 2, "I-0")
        self.apart("AP-0")
        self.door: Door = a_door(cast, guards=self.store if whole_store else self.caged)

    def who(self, name: str = "shen") -> dict[str, Any]:
        """As the verbs above the book call it."""
        return {"by": self.cast.actors[name].consequence_of(uuid4()), "at": NOON}

    def issued(self, bin: Bin, reference: str, quantity: int, document: str, name: str = "shen") -> list[StockMove]:
        return stock.issue(self.board, bin, quantity, reference=reference, document=document, **self.who(name))

    def apart(self, document: str) -> None:
        said: dict[str, Any] = {"condition": "TO_RETURN", "reason": "Wrong model"}
        stock.set_apart(self.board, self.caged, 2, **said, document=document, **self.who())

    @property
    def behind(self) -> int:
        """How many lie in the cage, as the book says."""
        return lying.lying_in([self.caged])[self.caged.pk, self.board.pk]

    def written(self) -> list[tuple[str, int, int, int, str]]:
        rows = ControlledMovement.objects.order_by("pk")
        return list(rows.values_list("direction", "quantity", "before", "after", "authority"))


@pytest.fixture
def cage(cast: Cast) -> Cage:
    return Cage(cast)


WAYS: dict[str, Callable[[Cage, dict[str, Any]], object]] = {
    "issue": lambda c, by: stock.issue(c.board, c.caged, 1, reference="WO-1", document="X", **by),
    "take_back": lambda c, by: stock.take_back(c.board, c.caged, 1, reference="WO-2", document="X", **by),
    "receive": lambda c, by: stock.receive(c.board, c.caged, 1, document="X", **by),
    "out": lambda c, by: stock.move(c.board, c.caged, 1, to_bin=c.free, document="X", **by),
    "in": lambda c, by: stock.move(c.board, c.free, 1, to_bin=c.caged, document="X", **by),
    "send": lambda c, by: stock.send(c.board, c.caged, 1, reference="TR-1", document="X", **by),
    "scrap": lambda c, by: stock.scrap(c.board, c.caged, 1, reason="Burnt", document="X", which=APART, **by),
    "send_back": lambda c, by: stock.send_back(c.board, c.caged, 1, document="X", which=APART, **by),
    "adjust": lambda c, by: stock.adjust(
        c.board, c.caged, 1, direction="LOSS", reason="Gone", document="X", at=by["at"], by=c.cast.actors["ma"]
    ),
    "undo": lambda c, by: stock.undo(
        list(StockMove.objects.filter(document="DN-CAGE-2")), reason="Mistyped", document="X", **by
    ),
}  # fmt: skip


@pytest.mark.shows("CTL-4", "S2-82")
@pytest.mark.parametrize("way", WAYS)
def test_nothing_passes_a_locked_door_and_all_of_it_an_open_one(cage: Cage, way: str) -> None:
    act, before = WAYS[way], cage.behind
    with pytest.raises(doors.StoreShut):
        act(cage, cage.who())
    assert (cage.behind, cage.written()) == (before, []), "nothing is booked"
    session = cage.door.opened()
    with pytest.raises(doors.StoreShut):
        stock.receive(cage.board, cage.caged, 1, document="F", **cage.who("fang"))
    act(cage, cage.who("ma"))
    # The same document again changes nothing, at the door either.
    act(cage, cage.who("ma"))
    ((direction, quantity, was, after, authority),) = cage.written()
    assert (was, after, authority) == (before, cage.behind, "X"), "as the book says"
    assert after - was == (quantity if direction == "IN" else -quantity)
    # What passed is counted before the door is locked.
    assert cage.door.leave(cage.door.count(session, {1: after})).state == State.CLOSED


@pytest.mark.shows("CTL-5")
def test_a_promise_a_condition_and_a_posted_count_carry_nothing_through_the_door(cage: Cage) -> None:
    stock.release(cage.board, cage.caged, 1, reference="WO-1", document="REL", **cage.who())
    stock.reserve(cage.board, cage.caged, 1, reference="WO-3", document="RES", **cage.who())
    stock.clear(cage.board, cage.caged, 1, reason="Good after all", document="CL", which=APART, **cage.who())
    stock.adjust(cage.board, cage.caged, 1, direction="LOSS", reason="ST-1", document="ST-1", **cage.who("ma"))
    assert cage.written() == []
    # While the camera does not run, things are put in and not taken out.
    cage.door.second(cage.door.first(cage.door.ask()), camera_ok=False)
    with pytest.raises(inside.NotProtected):
        WAYS["out"](cage, cage.who())
    WAYS["in"](cage, cage.who())
    assert [line[0] for line in cage.written()] == ["IN"]


def test_a_whole_store_behind_one_door_is_one_place(cast: Cast) -> None:
    """What goes from one bin to another within it passes no door."""
    cage = Cage(cast, whole_store=True)
    stock.move(cage.board, cage.caged, 1, to_bin=cage.free, document="M-1", **cage.who())
    with pytest.raises(doors.StoreShut):
        WAYS["send"](cage, cage.who())
    cage.door.opened()
    stock.receive(cage.board, cage.caged, 1, document="DN-3", **cage.who())
    assert cage.written() == [("IN", 1, 10, 11, "DN-3")]
