"""dispatch.time_out: the clock takes the job from whoever does not answer."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import NotAllowed
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries as dispatch_queries
from tests.line.cast_line import fresh, told


@pytest.mark.shows("S6-14", "D01")
def test_whoever_does_not_answer_loses_the_job(shop, clock, chen_person):
    order = shop.a_dispatched_order("chen")
    assert dispatch_queries.overdue_answers(shop.later(minutes=29)) == []
    with pytest.raises(dispatch.NotDue):
        dispatch.time_out(order, by=clock, at=shop.now)
    assert dispatch_queries.overdue_answers(shop.later(minutes=1)) == [order]
    dispatch.time_out(order, by=clock, at=shop.now)
    order = fresh(order)
    assert (order.state, order.technician, order.refusal_count) == ("DISPATCHED", None, 1)
    assert told("dispatch.TimedOut") == [
        {"order_id": order.pk, "number": order.number, "technician_id": chen_person.pk}
    ]
    assert dispatch_queries.overdue_answers(shop.now) == []


def test_twice_is_once(shop, clock):
    order = shop.a_dispatched_order("chen")
    shop.later(minutes=31)
    assert dispatch.time_out(order, by=clock, at=shop.now)
    assert dispatch.time_out(order, by=clock, at=shop.now) is None
    assert (fresh(order).refusal_count, len(told("dispatch.TimedOut"))) == (1, 1)


def test_what_was_accepted_meanwhile_stays(shop, clock, chen):
    order = shop.a_dispatched_order("chen")
    dispatch.accept(order, by=chen, at=shop.later())
    assert dispatch.time_out(order, by=clock, at=shop.later(minutes=40)) is None
    assert fresh(order).state == "ACCEPTED"


def test_the_second_time_the_manager_hears_of_it(shop, bo, clock, wu_person):
    order = shop.a_dispatched_order("chen")
    shop.certified("wu")
    dispatch.time_out(order, by=clock, at=shop.later(minutes=31))
    dispatch.assign(order, technician=wu_person, by=bo, at=shop.later())
    dispatch.time_out(order, by=clock, at=shop.later(minutes=31))
    assert told("dispatch.Escalated")[0]["refusals"] == 2


@pytest.mark.parametrize("name", ["bo", "chen", "ma", "an"])
def test_only_the_clock_does_it(shop, clock, name):
    order = shop.a_dispatched_order("chen")
    shop.later(minutes=31)
    with pytest.raises(NotAllowed):
        dispatch.time_out(order, by=shop.actor(name), at=shop.now)
    assert dispatch.time_out(order, by=clock, at=shop.now)
