"""Several tills take the deposit of one job in the same instant: it is taken once, and the others are told so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError

from guiju.kernel.refusing import Refusal
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import parts_deposits
from guiju.line.cashier.models import PartsDeposit
from guiju.line.cashier.rules import Method
from guiju.line.workorder.models import WorkOrder
from tests.kernel.racing import together
from tests.line.cashier.deposits import DEPOSIT, an_order, held
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TILLS = 6


def taken(shop: Shop, order: WorkOrder) -> list[object]:
    """All at once, each by a card of its own."""
    at, by = shop.later(), shop.actor("cai")

    def take(number: int) -> str:
        mine = WorkOrder.objects.select_related("unit").get(pk=order.pk)
        deposit = cashier.take_parts_deposit(mine, method=Method.CARD, terminal_ref=f"C-{number}", by=by, at=at)
        return deposit.receipt_number

    return together(TILLS, take)


@contextmanager
def unlocked() -> Iterator[None]:
    """As one would write it at first: read what is owed, and take it."""
    kept = parts_deposits.workorder.lock
    parts_deposits.workorder.lock = lambda order: WorkOrder.objects.with_names().get(pk=order.pk)  # type: ignore[assignment]
    try:
        yield
    finally:
        parts_deposits.workorder.lock = kept


@pytest.mark.shows("C07", "F09", "G07")
def test_of_many_tills_at_once_one_takes_it(shop: Shop) -> None:
    order = an_order(shop)
    got = taken(shop, order)
    assert len([each for each in got if isinstance(each, str)]) == 1, got
    assert all(isinstance(each, (str, Refusal)) for each in got), got
    (deposit,) = PartsDeposit.objects.filter(order=order)
    assert (held(deposit), fresh(order).deposit_held_minor, fresh(order).deposit_owed_minor) == (DEPOSIT, DEPOSIT, 0)


@pytest.mark.no_books
@pytest.mark.shows("C07")
def test_without_the_lock_the_database_still_takes_it_once(shop: Shop) -> None:
    """The naive twin: whoever comes second is stopped by the unique index, and never takes a second one."""
    order = an_order(shop)
    with unlocked():
        got = taken(shop, order)
    assert not [each for each in got if isinstance(each, IntegrityError)], "said in the trade's words all the same"
    assert PartsDeposit.objects.filter(order=order).count() == 1, got
