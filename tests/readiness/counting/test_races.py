"""People count while others take out and put in: every schedule ends as if one came after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count as numbers
from typing import Any

import pytest
from django.db import connection

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.models import StockMove
from guiju.kernel import verification
from guiju.kernel.refusing import Refusal, TryAgain
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries
from guiju.readiness.counting.actions import Explained
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import Cause, CountState
from tests.readiness.counting.conftest import Room

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.books_of("guiju.readiness.counting"),
]

ROUNDS, MOVES = 8, 10
COUNTER = numbers()


class Shelf:
    """What really lies in the bin: hands reach into it one at a time, and each books what it does before it lets go."""

    def __init__(self, quantity: int) -> None:
        self.quantity, self.hand = quantity, threading.Lock()


@contextmanager
def together(*people: Callable[[], Any]) -> Iterator[None]:
    """All at once; whoever fails, fails the test."""
    failures: list[BaseException] = []
    ready = threading.Barrier(len(people))

    def run(act: Callable[[], Any]) -> None:
        try:
            ready.wait(timeout=30)
            act()
        except BaseException as failure:  # noqa: BLE001 - whatever it is, the main thread shall show it
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield
    assert failures == []


def said(room: Room, who: str) -> dict[str, Any]:
    return {"by": room.cast.actors[who], "at": datetime.now(UTC)}


def moving(room: Room, shelf: Shelf, change: int) -> Callable[[], None]:
    """Somebody who takes a part for a job, or puts a delivery in, again and again; told to wait, they leave the shelf alone."""

    def act() -> None:
        for _ in range(MOVES):
            with shelf.hand:
                document, bin = f"D-{next(COUNTER)}", room.bins["A-01"]
                try:
                    if change > 0:
                        stock.receive(room.board, bin, change, document=document, **said(room, "shen"))
                    else:
                        stock.issue(room.board, bin, 1, reference="WO-1", document=document, **said(room, "shen"))
                except (stock.BinStandsStill, stock.CountedSince, TryAgain):
                    continue
                shelf.quantity += change

    return act


def counted(room: Room, count: StockCount, shelf: Shelf) -> Callable[[], None]:
    """Somebody who stands before the bin and counts what lies there."""

    def act() -> None:
        counting.open_bin(count, bin=room.bins["A-01"], **said(room, "lin"))
        with shelf.hand:
            there = shelf.quantity
        counting.tally(count, part=room.board, quantity=there, **said(room, "lin"))
        counting.finish_bin(count, **said(room, "lin"))

    return act


def again(act: Callable[[], None]) -> Callable[[], None]:
    """A count that had to come again, comes again."""

    def patient() -> None:
        for _ in range(20):
            try:
                return act()
            except TryAgain:
                continue
        raise TryAgain

    return patient


@pytest.mark.slow
@pytest.mark.shows("F10", "INV-1", "I02")
def test_what_moves_while_somebody_counts_is_neither_lost_nor_counted_twice(room: Room) -> None:
    start = ROUNDS * MOVES * 2
    room.put(room.board, "A-01", start * 2)
    stock.reserve(room.board, room.bins["A-01"], start, reference="WO-1", document="R-1", **said(room, "shen"))
    shelf = Shelf(start * 2)
    for _ in range(ROUNDS):
        count = room.plan("CYCLE", "A-01")
        counting.freeze(count, **said(room, "fang"))
        movers = [moving(room, shelf, -1), moving(room, shelf, -1), moving(room, shelf, 2)]
        with together(again(counted(room, count, shelf)), *movers):
            pass
        (line,) = queries.lines_of(counting.hand_in(count, **said(room, "lin")))
        assert line.difference == 0, line
        assert book.on_hand(room.board, room.store) == shelf.quantity
        counting.approve(counting.explain(count, **said(room, "shen")), **said(room, "ma"))
    assert not StockMove.objects.filter(kind__in=["LOSS", "FOUND"]).exists()
    assert verification.run(only="guiju.readiness.counting") == []
    assert naive(room, shelf) != 0, "the race is real, and this test would notice"


def naive(room: Room, shelf: Shelf) -> int:
    """The same without standing still: what is counted is compared with what the book says a little later."""
    seen: list[int] = []
    has_looked, has_moved = threading.Event(), threading.Event()

    def act() -> None:
        there = shelf.quantity
        has_looked.set()
        # As long as it takes to write the figure down, somebody puts more there.
        has_moved.wait(timeout=30)
        seen.append(there - book.on_hand(room.board, room.store))

    def others() -> None:
        has_looked.wait(timeout=30)
        moving(room, shelf, 1)()
        has_moved.set()

    with together(act, others):
        pass
    return seen[0]


@pytest.mark.shows("F08", "INV-7", "G09")
def test_of_two_who_approve_at_once_one_books_the_difference(room: Room) -> None:
    room.put(room.board, "A-01", 10)
    count = room.plan("CYCLE", "A-01")
    counting.freeze(count, **said(room, "fang"))
    again(counted(room, count, Shelf(9)))()
    counting.hand_in(count, **said(room, "lin"))
    causes = [Explained(line.pk, Cause.DAMAGED) for line in queries.differing(count)]
    counting.explain(count, causes=causes, **said(room, "shen"))
    done: list[str] = []

    def approving(who: str) -> Callable[[], None]:
        def act() -> None:
            try:
                done.append(counting.approve(count, **said(room, who)).state)
            except Refusal:
                done.append("refused")

        return act

    with together(*(approving(who) for who in ("ma", "fang", "nie", "lu"))):
        pass
    assert sorted(done) == [CountState.CLOSED, "refused", "refused", "refused"]
    assert StockMove.objects.get(kind="LOSS").amount == 1
    assert book.on_hand(room.board, room.store) == 9
    # The twin looks whether it is booked, then books: it books it several times.
    with together(*(naive_booking(room, who) for who in ("ma", "fang", "nie", "lu"))):
        pass
    assert StockMove.objects.filter(kind="LOSS").count() > 2


def naive_booking(room: Room, who: str) -> Callable[[], None]:
    def act() -> None:
        if not StockMove.objects.filter(document__startswith="TWIN").exists():
            threading.Event().wait(0.2)
            stock.adjust(
                room.board,
                room.bins["A-01"],
                1,
                direction="LOSS",
                reason="Twice",
                document=f"TWIN-{who}",
                **said(room, who),
            )

    return act
