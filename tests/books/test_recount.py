"""Books that somebody has bent past every constraint: each invariant of the recount notices its own kind (G29)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from guiju.books.money.models import MoneyAccount, MoneyMove
from guiju.books.stock.models import StockAccount, StockMove
from guiju.kernel import installing, verification
from tests.books.conftest import World
from tests.books.money.test_money import charge, settle
from tests.books.stock.test_stock import receive

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]
Bend = Callable[[Any], Any]


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """A database that lets everything pass, as SQLite does for whoever asks it to; the rollback brings its triggers back."""
    with connection.cursor() as cursor:
        installing.drop_before_migrating()
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


MONEY: dict[str, tuple[Bend, str]] = {
    "I10": (lambda move: MoneyAccount.objects.filter(pk=move.target_id).update(balance=4), "the moves say"),
    "G-7": (lambda move: MoneyAccount.objects.filter(pk=move.target_id).update(balance=4), "all places together hold"),
    "FIN-1": (lambda move: MoneyAccount.objects.filter(pk=move.target_id).update(balance=-4), "-4"),
    "FIN-3": (lambda move: MoneyMove.objects.filter(pk=move.pk).update(kind="BANKING"), "BANKING went from"),
    "FIN-3 ": (lambda move: MoneyAccount.objects.filter(pk=move.target_id).update(currency="USD"), "two currencies"),
}
STOCK: dict[str, tuple[Bend, str]] = {
    "INV-1": (lambda move: StockAccount.objects.filter(pk=move.target_id).update(balance=4), "the moves say"),
    "I03": (lambda move: StockAccount.objects.filter(pk=move.target_id).update(balance=4), "all places together hold"),
    "INV-2": (lambda move: StockAccount.objects.filter(pk=move.target_id).update(balance=-4), "-4"),
    "INV-3": (lambda move: StockMove.objects.filter(pk=move.pk).update(document=""), "is no whole move"),
}


def noticed(name: str, book: str) -> list[str]:
    """What the recount says by that name."""
    return [each.says for each in verification.run(only=book) if each.invariant == name.strip()]


@pytest.mark.parametrize("name", MONEY)
@pytest.mark.shows("I10", "G-7", "FIN-1", "FIN-3", "G29")
def test_a_bent_money_book_is_noticed(name: str, world: World, unguarded: None) -> None:
    charge(world, 500)
    (move,) = settle(world, 500)
    bend, says = MONEY[name]
    assert noticed(name, "guiju.books.money") == []
    bend(move)
    assert any(says in each for each in noticed(name, "guiju.books.money"))


@pytest.mark.parametrize("name", STOCK)
@pytest.mark.shows("INV-1", "INV-2", "INV-3", "I03", "G29")
def test_a_bent_stock_book_is_noticed(name: str, world: World, unguarded: None) -> None:
    (move,) = receive(world, 5)
    bend, says = STOCK[name]
    assert noticed(name, "guiju.books.stock") == []
    bend(move)
    assert any(says in each for each in noticed(name, "guiju.books.stock"))
