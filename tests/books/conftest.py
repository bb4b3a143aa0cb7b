"""Two outlets under a head office, a few parts, and who may do what with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as money_queries
from guiju.books.stock import actions as stock
from guiju.books.stock import queries as stock_queries
from guiju.books.stock.models import Bin, Store
from guiju.kernel.actor import Actor, Grant, Kind
from guiju.kernel.refusing import broken_constraints
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
INVARIANTS = [
    stock_queries.balances_are_the_sum_of_their_moves,
    stock_queries.no_place_holds_less_than_nothing,
    stock_queries.every_part_is_somewhere,
    stock_queries.every_move_is_whole,
    money_queries.balances_are_the_sum_of_their_moves,
    money_queries.all_money_sums_to_nothing,
    money_queries.no_place_holds_what_it_cannot,
    money_queries.money_goes_known_ways,
]


@pytest.fixture(autouse=True)
def books_are_counted_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test ends with a recount, unless it bent a book on purpose."""
    yield
    if "world" in request.fixturenames and not request.node.get_closest_marker("bends_a_book"):
        assert [line for each in INVARIANTS for line in each()] == []


def person(number: int, name: str, roles: str, *units: Unit) -> Actor:
    """Somebody who holds the roles in the units; without units, everywhere."""
    where = frozenset(unit.pk for unit in units) if units else None
    grants = tuple(Grant(role, where) for role in roles.split())
    return Actor(Kind.PERSON, name, person_id=number, grants=grants, unit_id=units[0].pk if units else None)


@dataclass
class World:
    """Where the tests take place."""

    here: Unit
    there: Unit
    board: Part
    fan: Part
    shen: Actor
    fang: Actor
    store: Store
    shelf: Bin
    drawer: Bin


@pytest.fixture
def world(db: None) -> World:
    head = Unit.objects.create(code="HQ", kind="HQ", names={"en": "Head office"})
    here = Unit.objects.create(code="FS01", kind="OUTLET", names={"en": "Chancheng"}, parent=head)
    there = Unit.objects.create(code="GZ02", kind="OUTLET", names={"en": "Tianhe"}, parent=head)
    ma = person(1, "Ma", "OM", here)
    store = stock.open_store(here, code="MAIN", names={"en": "Main store"}, kind="OUTLET", by=ma, at=NOON)
    shelf = stock.add_bin(store, code="A-1", by=ma, at=NOON)
    return World(
        here=here,
        there=there,
        board=Part.objects.create(code="PCB-01", names={"en": "Main board"}, folded="pcb01"),
        fan=Part.objects.create(code="FAN-02", names={"en": "Fan"}, folded="fan02"),
        shen=person(2, "Shen", "SK", here),
        fang=person(3, "Fang", "FI", here),
        store=store,
        shelf=shelf,
        drawer=stock.add_bin(store, code="A-2", by=ma, at=NOON),
    )


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Expect the database itself to refuse by the constraint of that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        yield
    assert name in broken_constraints(broken.value)
