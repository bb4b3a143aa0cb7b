"""dispatch.accept: the technician takes the job on, in time."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries as dispatch_queries
from tests.line.cast_line import fresh, told


@pytest.mark.shows("S6-14", "D01")
def test_it_accepts_and_tells_it(shop, chen, chen_person):
    order = shop.a_dispatched_order("chen")
    assignment = dispatch.accept(order, by=chen, at=shop.later())
    assert (fresh(order).state, assignment.accepted_at, assignment.ended_at) == ("ACCEPTED", shop.now, None)
    assert told("dispatch.Accepted") == [
        {"order_id": order.pk, "number": order.number, "technician_id": chen_person.pk}
    ]


@pytest.mark.shows("S6-14")
def test_after_the_time_to_answer_it_is_too_late(shop, chen):
    order = shop.a_dispatched_order("chen")
    with pytest.raises(dispatch.TooLate):
        dispatch.accept(order, by=chen, at=shop.later(minutes=30))
    assert fresh(order).state == "DISPATCHED"


def test_at_the_last_minute_it_is_in_time(shop, chen):
    order = shop.a_dispatched_order("chen")
    dispatch.accept(order, by=chen, at=shop.later(minutes=29))
    assert fresh(order).state == "ACCEPTED"


def test_twice_is_once(shop, chen):
    order = shop.an_accepted_order("chen")
    again = dispatch.accept(order, by=chen, at=shop.later())
    assert again == dispatch_queries.assignment_of(order)
    assert again.accepted_at < shop.now
    assert len(told("dispatch.Accepted")) == 1


@pytest.mark.parametrize("name", ["wu", "bo", "ma", "sun", "an"])
def test_nobody_accepts_anothers_job(shop, name, chen):
    order = shop.a_dispatched_order("chen")
    with pytest.raises(NotAllowed):
        dispatch.accept(order, by=shop.actor(name), at=shop.now)
    dispatch.accept(order, by=chen, at=shop.now)


def test_who_had_the_job_before_no_longer_accepts_it(shop, bo, chen, wu, wu_person):
    order = shop.a_dispatched_order("chen")
    shop.certified("wu")
    dispatch.assign(order, technician=wu_person, by=bo, at=shop.later())
    with pytest.raises(NotAllowed):
        # Read before the job changed hands: the right is asked again on the locked row.
        dispatch.accept(order, by=chen, at=shop.later())
    dispatch.accept(fresh(order), by=wu, at=shop.later())


@pytest.mark.shows("D01")
def test_it_refuses_the_wrong_state(shop, chen):
    from guiju.line.intake import actions as intake

    order = shop.a_dispatched_order("chen")
    intake.cancel(order, reason="Bought a new one", by=shop.reception, at=shop.later())
    with pytest.raises(WrongState) as refused:
        dispatch.accept(order, by=chen, at=shop.later())
    assert refused.value.allowed == ["READY"]
