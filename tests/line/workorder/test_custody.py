"""workorder.move_custody: who has the appliance, and where."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import NotAllowed
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as workorder_queries
from guiju.line.workorder.rules import Held
from tests.line.cast_line import fresh


@pytest.mark.shows("S6-12", "WO-1")
def test_each_hand_over_is_kept_and_the_place_is_always_known(shop, chen, chen_person):
    order = shop.an_accepted_order("chen")
    workorder.move_custody(order, to=Held.WITH_TECH, holder="chen", person=chen_person, by=chen, at=shop.later())
    where = workorder_queries.whereabouts(order)
    assert (where.held, where.holder, where.place, where.since) == ("WITH_TECH", "chen", "", shop.now)
    workorder.move_custody(order, to=Held.IN_SHOP, holder="FS01", place="B-02", by=chen, at=shop.later())
    assert (fresh(order).held, fresh(order).shelf) == ("IN_SHOP", "B-02")
    chain = [(row.from_holder, row.to_holder) for row in order.custody.all()]
    assert chain == [("Liang Ming", "FS01"), ("FS01", "chen"), ("chen", "FS01")]


def test_before_anybody_received_it_the_customer_has_it(shop):
    where = workorder_queries.whereabouts(shop.a_registered_order())
    assert (where.held, where.holder, where.since) == ("NONE", "Liang Ming", None)


@pytest.mark.shows("S6-12")
def test_what_stands_in_the_shop_stands_somewhere(shop, lin):
    order = shop.a_received_order()
    with pytest.raises(workorder.PlaceMissing) as refused:
        workorder.move_custody(order, to=Held.IN_SHOP, holder="FS01", place=" ", by=lin, at=shop.later())
    assert refused.value.field == "shelf"


@pytest.mark.parametrize("name", ["wu", "shen", "cai", "an", "zhou"])
def test_it_refuses_the_wrong_person(shop, name, chen):
    order = shop.an_accepted_order("chen")
    with pytest.raises(NotAllowed):
        workorder.move_custody(order, to=Held.WITH_TECH, holder=name, by=shop.actor(name), at=shop.now)
    workorder.move_custody(order, to=Held.WITH_TECH, holder="chen", by=chen, at=shop.later())
