"""A part's card page by page, and where else in the house it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.books.stock import actions as stock
from guiju.books.stock import queries
from guiju.books.stock.models import StockMove
from guiju.books.stock.rules import Owner, Which, distance
from tests.books.conftest import World, person, refused
from tests.cast import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.books_of("guiju.books.stock")]


def receive(world: World, quantity: int, document: str, **said: object) -> StockMove:
    return stock.receive(world.board, world.shelf, quantity, document=document, by=world.shen, at=NOON, **said)[0]


def test_the_card_is_read_page_by_page_along_the_part(world):
    moves = [receive(world, 1, f"GRN-{number}") for number in range(7)]
    stock.receive(world.fan, world.shelf, 1, document="FAN", by=world.shen, at=NOON)
    first = queries.moves_of(world.board, by=world.shen, limit=3)
    assert [move.pk for move in first] == [move.pk for move in moves[:3:-1]]
    older = queries.moves_of(world.board, by=world.shen, limit=3, before=first[-1].pk)
    assert [move.pk for move in older] == [move.pk for move in moves[3:0:-1]]
    assert queries.moves_of(world.board, by=person(8, "Zhou", "SK", world.there)) == []
    with CaptureQueriesContext(connection) as told:
        queries.moves_of(world.board, by=person(7, "An", "AU"), limit=3)
    assert len(told) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {told[0]['sql']}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        # Along the index and not sorted: the first page of a million moves costs what that of a thousand does.
        assert "stockmove_of_a_part" in plan
        assert "TEMP B-TREE" not in plan


def test_an_undone_receipt_stands_on_the_card_too(world):
    move = receive(world, 2, "GRN-1")
    stock.undo([move], reason="Typed wrong", document="U-1", by=world.fang, at=NOON)
    assert [each.kind for each in queries.moves_of(world.board, by=world.shen)] == ["UNDO", "RECEIPT"]


@pytest.mark.no_books
def test_a_move_names_no_other_part_than_its_places_have(world):
    move = receive(world, 2, "GRN-1")
    fields = {each.name: getattr(move, each.name) for each in StockMove._meta.concrete_fields if each.name != "id"}
    with refused("stockmove_names_its_part"):
        StockMove.objects.bulk_create([StockMove(**fields | {"document": "X", "part": world.fan})])


@pytest.mark.shows("S6-18", "G-3")
def test_the_nearest_store_that_has_it_comes_first_and_tells_no_cost(world, cast):
    lu = person(30, "Lu", "LM SK")
    for unit, code in (("HQ", "CENTRE"), ("SD", "REGION"), ("GZ02", "OUT")):
        store = stock.open_store(cast.units[unit], code=code, names={}, kind="HQ", by=lu, at=NOON)
        bin = stock.add_bin(store, code="B", by=lu, at=NOON)
        stock.receive(world.board, bin, 5, document=code, cost_minor=999, by=lu, at=NOON)
        stock.receive(world.board, bin, 2, document=f"{code}-C", which=Which(owner=Owner.CUSTOMER), by=lu, at=NOON)
    receive(world, 1, "GRN-1")
    near = queries.nearest(world.board, world.here)
    assert [(each.unit_code, each.available) for each in near] == [("FS01", 1), ("SD", 5), ("HQ", 5), ("GZ02", 5)]
    stock.reserve(world.board, world.shelf, 1, reference="WO-1", document="R", by=world.shen, at=NOON)
    assert [each.unit_code for each in queries.nearest(world.board, world.here, limit=2)] == ["SD", "HQ"]
    assert queries.nearest(world.fan, world.here) == []
    assert not any("cost" in name or "price" in name for name in queries.Near.__dataclass_fields__)


def test_the_way_in_the_tree():
    assert distance("HQ/SD/FS01/", "HQ/SD/FS01/") == (0, 0)
    assert distance("HQ/SD/FS01/", "HQ/SD/") == (0, 1)
    assert distance("HQ/SD/FS01/", "HQ/") == (0, 2)
    assert distance("HQ/SD/FS01/", "HQ/SD/GZ02/") == (1, 1)
    assert distance("HQ/SD/FS01/", "HQ/NO/BJ01/") == (2, 2)
