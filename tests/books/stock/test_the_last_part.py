"""Eight counters want the last part at the same instant; one gets it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock import queries
from guiju.books.stock.models import StockAccount
from guiju.kernel import verification
from tests.books.conftest import World
from tests.cast import NOON
from tests.faults.findings import EVERYTHING, Findings, told

COUNTERS, ROUNDS = 8, 300 if EVERYTHING else 100
# The naive way loses in every round, so a few show it.
NAIVE_ROUNDS = 20


def race(rounds: int, attempt: Callable[[int, int], bool]) -> list[int]:
    """Let the counters try at once, round after round; return how many won in each."""
    wins = [0] * rounds
    failures: list[BaseException] = []
    ready, counted = threading.Barrier(COUNTERS), threading.Lock()

    def counter(number: int) -> None:
        try:
            for turn in range(rounds):
                ready.wait(timeout=30)
                if attempt(turn, number):
                    with counted:
                        wins[turn] += 1
        except Exception as failure:  # noqa: BLE001 - whatever it is, the main thread shall show it
            failures.append(failure)
            ready.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=counter, args=(number,)) for number in range(COUNTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return wins


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.no_books  # the naive twin does, at the end
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F09", "T44", "INV-1", "INV-2", "I02", "EX-14")
def test_of_eight_counters_exactly_one_gets_the_last_part(world: World) -> None:
    for turn in range(ROUNDS):
        stock.receive(world.board, world.shelf, 1, document=f"GRN-{turn}", by=world.shen, at=NOON)
        stock.reserve(
            world.board, world.shelf, 1, reference=f"LAST-{turn}", document=f"HOLD-{turn}", by=world.shen, at=NOON
        )

    def issue(turn: int, number: int) -> bool:
        # Each counter has a document of its own, as two people at two screens have; nothing but the book tells them apart.
        said = {"reference": f"LAST-{turn}", "document": f"I-{turn}-{number}", "by": world.shen, "at": NOON}
        try:
            stock.issue(world.board, world.shelf, 1, **said)
        except stock.NotReserved:
            return False
        return True

    findings, control = Findings("races", of=ROUNDS), Findings("a balance that is read and then written")
    # The twin gives the last part to several: the race is real, and this test would notice.
    with told(findings, control, part="the last part", people=COUNTERS):
        won(findings, race(ROUNDS, issue))
        assert not findings.found
        assert queries.on_hand(world.board, world.store) == 0
        assert sum(queries.fitted_for(f"LAST-{turn}", world.board) for turn in range(ROUNDS)) == ROUNDS
        assert verification.run(only="guiju.books.stock") == []
        won(control, race(NAIVE_ROUNDS, naive_issue(world)))
        assert control.found


def won(findings: Findings, wins: list[int]) -> None:
    """Note each round, and where not exactly one got it."""
    for turn, many in enumerate(wins):
        findings.count(f"{many} won")
        findings.ask(f"round {turn}", iter([] if many == 1 else [f"{many} won"]))


@pytest.mark.postgres
@pytest.mark.books_of("guiju.books.stock")
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F09", "T44", "INV-2")
def test_of_eight_jobs_exactly_one_reserves_the_last_part(world: World) -> None:
    def reserve(turn: int, number: int) -> bool:
        said = {"reference": f"WO-{number}", "document": f"R-{turn}-{number}", "by": world.shen, "at": NOON}
        try:
            stock.reserve(world.board, world.shelf, 1, **said)
        except stock.NotEnough:
            return False
        return True

    stock.receive(world.board, world.shelf, 3, document="GRN-1", by=world.shen, at=NOON)
    assert sum(race(10, reserve)) == 3
    assert queries.available(world.board, world.store) == 0


def naive_issue(world: World) -> Callable[[int, int], bool]:
    """The same by look, then write: what a book without locks would do."""
    places = [
        StockAccount.objects.create(
            part=world.board, unit=world.here, kind="HELD", bin=world.drawer, reference=f"NAIVE-{turn}", balance=1
        ).pk
        for turn in range(NAIVE_ROUNDS)
    ]

    def issue(turn: int, _number: int) -> bool:
        with transaction.atomic():
            place = StockAccount.objects.get(pk=places[turn])
            if place.balance < 1:
                return False
            place.balance -= 1
            place.save()
        return True

    return issue
