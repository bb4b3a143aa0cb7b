"""Who sees which orders."""

from __future__ import annotations

import pytest

from guiju.kernel.actor import Actor
from guiju.line.workorder import queries as workorder_queries
from guiju.line.workorder.models import WorkOrder


def seen_by(actor):
    return set(WorkOrder.objects.visible_to(actor))


@pytest.mark.shows("G-3")
def test_each_outlet_sees_its_own(shop, other_shop):
    lin, zhou, nie, an = map(shop.actor, ("lin", "zhou", "nie", "an"))
    ours, theirs = shop.a_received_order(), other_shop.a_received_order()
    assert (seen_by(lin), seen_by(zhou)) == ({ours}, {theirs})
    assert seen_by(nie) == seen_by(an) == {ours, theirs}
    assert workorder_queries.find(theirs.number, by=lin) is None
    assert workorder_queries.find(ours.number.lower(), by=lin) == ours


@pytest.mark.shows("G-3")
def test_a_technician_sees_the_own_jobs(shop, chen, wu):
    mine = shop.a_dispatched_order("chen")
    shop.a_received_order()
    assert (seen_by(chen), seen_by(wu)) == ({mine}, set())


@pytest.mark.shows("G-3")
def test_a_customers_link_shows_one_order(shop):
    mine, other = shop.a_registered_order(), shop.a_registered_order()
    me = Actor.customer(mine.pk, shop.unit.pk, mine.customer.name)
    assert seen_by(me) == {mine}
    assert mine.belongs_to(me)
    assert not other.belongs_to(me)


def test_an_order_that_nobody_has_belongs_to_no_technician(shop, chen, ad):
    order = shop.a_received_order()
    assert not order.belongs_to(chen)
    assert not order.belongs_to(Actor.system("clock"))
    assert seen_by(ad) == set(), "the administrator approves and reads no business"
