"""What lies in store is worth what it cost: by moving average or first in first out, to the cent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.books.stock import actions as stock
from guiju.books.stock import queries
from guiju.books.stock.rules import Condition, Method, Owner, Pool, Which, share
from tests.books.conftest import World, person
from tests.cast import NOON


def test_the_average_and_the_oldest_are_worked_out():
    """10 for 1.00 each and 10 for 2.00 each; 15 leave: 22.50 by average, 20.00 by first in first out; the rest stays to the cent."""
    left = {}
    for method in Method:
        pool = Pool(method)
        pool.put([(10, 1000)])
        pool.put([(10, 2000)])
        left[method] = (sum(value for _, value in pool.take(15)), pool.quantity, pool.value)
    assert left == {Method.AVERAGE: (2250, 5, 750), Method.FIFO: (2000, 5, 1000)}
    assert (share(100, 1, 3), share(100, 2, 3), share(1, 1, 2), share(0, 1, 7)) == (33, 67, 1, 0)


@given(
    method=st.sampled_from(Method),
    steps=st.lists(
        st.tuples(st.integers(1, 50), st.one_of(st.none(), st.integers(0, 10**7)), st.booleans()), max_size=30
    ),
)
@settings(max_examples=150, deadline=None)
def test_whatever_comes_and_goes_nothing_is_lost_to_rounding(method, steps):
    pool, came, gone = Pool(method), 0, 0
    for quantity, value, is_undone in steps:
        if value is not None:
            pool.put([(quantity, value)])
            came += value
        else:
            out = min(quantity, pool.quantity)
            taken = pool.undo(out, 50) if is_undone and out else pool.take(out)
            gone += sum(worth for _, worth in taken)
            assert all(worth >= 0 and part > 0 for part, worth in taken)
        assert pool.value == came - gone
        assert pool.value >= 0
        assert pool.quantity > 0 or pool.value == 0


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.books_of("guiju.books.stock")
@pytest.mark.shows("INV-9", "S6-24")
def test_a_unit_is_worth_what_it_owns(world: World, cast):
    by = person(20, "Everybody", "SK FI", world.here)

    def worth(unit=world.here, **said):
        rows = queries.valuation(unit, on=NOON.date(), by=person(7, "An", "AU"), **said)
        return {row.part.code: (row.quantity, row.value_minor) for row in rows}

    def receive(quantity, cost, document, **which):
        stock.receive(
            world.board, world.shelf, quantity, document=document, cost_minor=cost, which=Which(**which), by=by, at=NOON
        )

    receive(10, 1000, "GRN-1")
    receive(10, 2000, "GRN-2")
    receive(5, 9999, "GRN-3", owner=Owner.HQ_CONSIGNED)
    receive(5, 9999, "GRN-4", owner=Owner.CUSTOMER)
    assert worth() == {"PCB-01": (20, 3000)} == worth(method=Method.FIFO)
    said = {"reference": "WO-1", "by": by, "at": NOON}
    stock.reserve(world.board, world.shelf, 15, document="R", **said)
    assert worth() == {"PCB-01": (20, 3000)}
    stock.issue(world.board, world.shelf, 15, document="I", **said)
    assert (worth(), worth(method=Method.FIFO)) == ({"PCB-01": (5, 750)}, {"PCB-01": (5, 1000)})
    # What comes back from the job brings back what it took along.
    stock.take_back(world.board, world.shelf, 5, document="B", **said)
    assert worth() == {"PCB-01": (10, 1500)}
    stock.set_apart(world.board, world.shelf, 2, condition="DEFECTIVE", reason="Crushed", document="S", by=by, at=NOON)
    assert worth() == {"PCB-01": (10, 1500)}
    stock.scrap(
        world.board, world.shelf, 2, reason="Gone", document="X", which=Which(condition=Condition.DEFECTIVE),
        by=person(1, "Ma", "OM", world.here), at=NOON,
    )  # fmt: skip
    # What is found without a price is worth what the others are.
    stock.adjust(world.board, world.shelf, 1, direction="FOUND", reason="Behind", document="F", by=world.fang, at=NOON)
    assert worth() == {"PCB-01": (9, 1350)}
    # What is on the way is still the sender's; what has come is the receiver's, at the sender's cost.
    he = person(31, "He", "OM SK", world.there)
    there = stock.add_bin(
        stock.open_store(world.there, code="OUT", names={}, kind="OUTLET", by=he, at=NOON), code="Z", by=he, at=NOON
    )
    sender = by.consequence_of(queries.moves_of(world.board, by=by)[0].entry_key)
    stock.send(world.board, world.shelf, 4, reference="TR", document="TS", by=sender, at=NOON)
    assert worth() == {"PCB-01": (9, 1350)}
    stock.arrive(world.board, there, 3, sender=world.here, reference="TR", document="TA", by=sender, at=NOON)
    assert (worth(), worth(world.there)) == ({"PCB-01": (6, 900)}, {"PCB-01": (3, 450)})
    # A receipt by mistake takes its own price away again, not the average's.
    wrong = stock.receive(world.board, there, 3, document="OOPS", cost_minor=90000, by=he, at=NOON)
    stock.undo(wrong, reason="Typed wrong", document="U", by=person(31, "He", "OM", world.there), at=NOON)
    assert worth(world.there) == {"PCB-01": (3, 450)} == worth(world.there, method=Method.FIFO) | {"PCB-01": (3, 450)}
    # Yesterday there was nothing, whoever asks; the keeper is not told what things cost.
    assert worth(until=NOON - timedelta(days=1)) == {}
    assert queries.valuation(world.here, on=NOON.date(), by=world.shen) == []
