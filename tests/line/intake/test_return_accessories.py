"""intake.return_accessories: what came with the appliance goes back with it."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as intake_queries


def listed(order):
    return {accessory.name: accessory for accessory in intake_queries.accessories_of(order)}


@pytest.mark.shows("WO-13")
def test_all_of_it_goes_back(shop):
    order = shop.a_received_order()
    everything = {accessory.pk: accessory.quantity for accessory in listed(order).values()}
    intake.return_accessories(order, returned=everything, by=shop.reception, at=shop.later())
    assert {name: each.returned_quantity for name, each in listed(order).items()} == {"Hose": 2, "Lid": 1}


@pytest.mark.shows("WO-13")
@pytest.mark.parametrize("hoses", [0, 1])
def test_what_is_missing_needs_a_written_reason(shop, hoses):
    order = shop.a_received_order()
    came = listed(order)
    returned = {came["Lid"].pk: 1} | ({came["Hose"].pk: hoses} if hoses else {})
    with pytest.raises(intake.AccessoriesMissing) as refused:
        intake.return_accessories(order, returned=returned, by=shop.reception, at=shop.later())
    assert refused.value.field == "exception_note"


@pytest.mark.shows("WO-13")
def test_with_the_reason_it_is_kept_as_an_exception(shop):
    order = shop.a_received_order()
    came = listed(order)
    intake.return_accessories(
        order,
        returned={came["Lid"].pk: 1},
        exception_note="Hoses thrown away, agreed",
        by=shop.reception,
        at=shop.later(),
    )
    now = listed(order)
    assert (now["Hose"].returned_quantity, now["Hose"].exception_note) == (0, "Hoses thrown away, agreed")
    assert (now["Lid"].returned_quantity, now["Lid"].exception_note) == (1, "")


def test_not_more_than_came_and_nothing_of_another_order(shop):
    order, other = shop.a_received_order(), shop.a_received_order()
    came, theirs = listed(order), listed(other)
    for returned in ({came["Lid"].pk: 2}, {came["Lid"].pk: -1}, {theirs["Lid"].pk: 1}):
        with pytest.raises(Invalid):
            intake.return_accessories(order, returned=returned, by=shop.reception, at=shop.later())


def test_it_refuses_the_wrong_person(shop, chen, cai):
    order = shop.a_received_order()
    everything = {accessory.pk: accessory.quantity for accessory in listed(order).values()}
    with pytest.raises(NotAllowed):
        intake.return_accessories(order, returned=everything, by=chen, at=shop.now)
    intake.return_accessories(order, returned=everything, by=cai, at=shop.now)
