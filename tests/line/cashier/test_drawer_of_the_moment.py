"""What is written late belongs to the drawer that was open then, and never to a later one (FIN-1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import bills, voids
from guiju.line.cashier.queries import tills
from guiju.line.cashier.rules import Method
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.shows("FIN-1")
def test_a_payment_of_before_the_drawer_was_opened_is_not_counted_with_it(shop: Shop) -> None:
    bill, cai = stages.a_bill(shop, stages.a_ready_order(shop)), shop.actor("cai")
    session = stages.an_open_till(shop)
    before, after = session.opened_at - timedelta(seconds=1), session.opened_at
    early = cashier.take_payment(bill, method=Method.CARD, amount_minor=3240, terminal_ref="POS 1", by=cai, at=before)
    assert (early.session, tills.expected(session)[Method.CARD]) == (None, 0)
    with pytest.raises(bills.TillClosed):
        cashier.take_payment(bill, method=Method.CASH, amount_minor=100, by=cai, at=before)
    now = cashier.take_payment(bill, method=Method.CARD, amount_minor=100, terminal_ref="POS 2", by=cai, at=after)
    assert (now.session, tills.expected(session)[Method.CARD]) == (session, 100)
    with pytest.raises(voids.NotOfThisSession):
        cashier.void_payment(now, reason="x", by=cai, at=before)
    assert [each.method for each in queries.report(session).tenders] == [Method.CARD]
