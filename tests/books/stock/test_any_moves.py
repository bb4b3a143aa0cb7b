"""Any verbs of stock in any order agree with plain numbers: nothing is lost, nothing is below nothing, a serial is in one place.

GUIJU_STOCK_STEPS says how many verbs are said; `./run campaign stock` says many more. Each walk is four hundred of them; at its end
the count is closed, every transfer has come, every promise is given back, and all is counted again from the moves.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from guiju.books.stock import actions as stock
from guiju.books.stock.actions import jobs
from guiju.kernel import verification
from guiju.readiness.counting.actions import judging
from guiju.standing.catalogue.models import Part
from tests.books.conftest import World, person
from tests.books.stock.carrying import Keeper
from tests.books.stock.walking import Dice, Ground
from tests.cast import NOON, Cast
from tests.faults import machines
from tests.faults.findings import EVERYTHING, Findings, told
from tests.faults.story import patched

# Twenty thousand and some of both with each push; a verb costs four milliseconds on SQLite and twice that on PostgreSQL.
USUALLY, IN_A_CAMPAIGN = 16_800 if connection.vendor == "sqlite" else 3_600, 20_000
STEPS = int(os.environ.get("GUIJU_STOCK_STEPS", IN_A_CAMPAIGN if EVERYTHING else USUALLY))
AT_ONCE, TIMES = 20, 20
TWIN_STEPS = 4_000
# A walk of four hundred verbs takes minutes to make shorter, which is for who looks for the fault: GUIJU_STOCK_SHRINK=1.
PHASES = tuple(Phase) if os.environ.get("GUIJU_STOCK_SHRINK") else (Phase.explicit, Phase.reuse, Phase.generate)
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.no_books]

# How often each is said: much comes in, so that much can go on; a count takes a dozen steps.
VERBS = (
    "receive receive receive receive reserve reserve reserve release issue issue take_back move move set_apart set_apart clear"
    " scrap send_back lose find undo supersede ask send send arrive arrive arrive declare_loss call_off"
    " count_on count_on count_on give_up"
).split()
AFTER = ("guiju.books.stock", "guiju.readiness.transfers", "guiju.readiness.counting")


class AnyMoves(RuleBasedStateMachine):
    """Two stores with three bins, four parts of which one has serials and one lots, two owners; against plain numbers."""

    ground: Ground
    keeper: Any
    steps = 0
    said: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.is_well = True
        self.whole = transaction.atomic()
        self.whole.__enter__()
        first = self.ground.bins[0]
        (move,) = stock.receive(self.ground.board, first, 1, document="FIRST", by=self.keeper, at=NOON)
        # As a consequence: the verbs of a transfer are nobody's own.
        self.walker = Keeper(self.ground, move.entry_key, self.keeper.consequence_of(move.entry_key))
        self.walker.plain.there[self.ground.board.pk, ("BIN", first.pk, ""), "OWN", ""] = 1

    @rule(numbers=st.lists(st.integers(0, 2**48), min_size=AT_ONCE, max_size=AT_ONCE))
    def go_on(self, *, numbers: list[int]) -> None:
        """Say some verbs; after each the book of what it may have touched says what the plain numbers say."""
        self.is_well = False
        for number in numbers:
            dice, walker = Dice(number), self.walker
            verb = dice.of(VERBS)
            AnyMoves.steps += 1
            AnyMoves.said[verb] += 1
            getattr(walker, verb)(dice)
            walker.compare_touched()
        self.walker.compare_all()
        self.is_well = True

    def teardown(self) -> None:
        """Everything comes to its end, can be counted again from the moves, and all is taken back."""
        try:
            if self.is_well:
                self.come_to_an_end()
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    def come_to_an_end(self) -> None:
        """Whatever is open is closed."""
        walker = self.walker
        for end in (walker.end_count, walker.end_transfers, walker.release_all, walker.compare_all):
            end()
        assert [each for name in AFTER for each in verification.run(only=name)] == []
        AnyMoves.said["refused"] += walker.refused
        AnyMoves.said["posted"] += walker.posted


@pytest.fixture
def machine(world: World, cast: Cast) -> type[AnyMoves]:
    he = cast.actors["he"]
    there = stock.open_store(world.there, code="OUT", names={}, kind="OUTLET", by=he, at=NOON)
    far = stock.add_bin(there, code="Z-1", by=he, at=NOON)
    said = {"names": {"en": "Part"}, "cost_minor": 1}
    made = [
        Part.objects.create(code=code, folded=code.lower(), **said, **about)
        for code, about in (("PUMP-1", {"is_serialised": True}), ("GLUE-1", {"tracks_lots": True}), ("OLD-1", {}))
    ]
    Part.objects.filter(pk=world.board.pk).update(cost_minor=1)
    AnyMoves.ground = Ground(cast, world.store, there, (world.shelf, world.drawer), far, world.board, *made)
    AnyMoves.keeper = person(20, "Everybody", "SK QC OM FI", world.here, world.there)
    AnyMoves.steps, AnyMoves.said = 0, Counter()
    return AnyMoves


def walk(machine: type[AnyMoves], steps: int, *, phases: tuple[Phase, ...]) -> None:
    """Say so many verbs, at least."""
    machines.walk(machine, steps, at_once=AT_ONCE, times=TIMES, phases=phases)


@pytest.mark.shows("INV-1", "INV-2", "INV-3", "INV-4", "INV-5", "INV-7", "I01", "I02", "I03", "G10")
def test_any_moves_agree_with_plain_numbers(machine: type[AnyMoves]) -> None:
    findings, control = Findings("stock"), Findings("a promise of one piece fewer")
    with told(findings, control):
        walk(machine, STEPS, phases=PHASES)
        findings.asked = findings.of = machine.steps
        findings.counts = dict(machine.said)
        # Of each verb enough were said, and neither all were refused nor none.
        assert set(machine.said) == {*VERBS, "refused", "posted"}
        assert machine.steps // 10 < machine.said["refused"] < machine.steps * 9 // 10
        assert machine.said["posted"] > machine.steps // 4000
        control.ask("in a walk of the same kind", found_in(machine, one_too_few))
        assert control.found, "Nobody noticed that a piece less was promised."


def found_in(machine: type[AnyMoves], twin: Any) -> Iterator[str]:
    """What a walk of the same kind says to a planted fault."""
    return machines.found_in(machine, twin, lambda: walk(machine, TWIN_STEPS, phases=(Phase.generate,)))


@contextmanager
def one_too_few() -> Iterator[None]:
    """Of what is promised to a job one piece fewer is held."""
    book = jobs.book

    def booked(part: Part, quantity: int, kind: Any, *ends: Any, **said: Any) -> Any:
        return book(part, max(1, quantity - 1) if kind == "RESERVE" else quantity, kind, *ends, **said)

    with patched(jobs, book=booked):
        yield


@contextmanager
def one_too_many() -> Iterator[None]:
    """A count posts more than what differs."""
    adjust = stock.adjust

    def posted(part: Part, bin: Any, quantity: int, **said: Any) -> Any:
        return adjust(part, bin, quantity + 1, **said)

    with patched(judging.stock, adjust=posted):
        yield


def test_a_walk_finds_a_count_that_posts_too_much(machine: type[AnyMoves]) -> None:
    assert list(found_in(machine, one_too_many))
