"""dispatch.refuse: the job goes back to the dispatcher, with a reason."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries as dispatch_queries
from tests.line.cast_line import fresh, told

WHY = "No tools for this one"


@pytest.mark.shows("S6-14", "D01")
def test_the_job_waits_for_another_technician(shop, chen, chen_person):
    order = shop.a_dispatched_order("chen")
    assignment = dispatch.refuse(order, reason=WHY, by=chen, at=shop.later())
    order = fresh(order)
    assert (order.state, order.technician, order.refusal_count) == ("DISPATCHED", None, 1)
    assert (assignment.end_reason, assignment.end_note, assignment.ended_at) == ("REFUSED", WHY, shop.now)
    assert told("dispatch.Refused")[0] == {
        "order_id": order.pk, "number": order.number, "technician_id": chen_person.pk, "reason": WHY
    }  # fmt: skip
    assert not told("dispatch.Escalated")


@pytest.mark.shows("S6-14", "E05")
def test_the_second_time_the_manager_hears_of_it(shop, bo, chen, wu, wu_person):
    order = shop.a_dispatched_order("chen")
    shop.certified("wu")
    dispatch.refuse(order, reason=WHY, by=chen, at=shop.later())
    dispatch.assign(order, technician=wu_person, by=bo, at=shop.later())
    dispatch.refuse(fresh(order), reason=WHY, by=wu, at=shop.later())
    assert told("dispatch.Escalated") == [{"order_id": order.pk, "number": order.number, "refusals": 2}]
    assert [each.end_reason for each in dispatch_queries.assignments_of(order)] == ["REFUSED", "REFUSED"]


def test_it_wants_a_reason(shop, chen):
    order = shop.a_dispatched_order("chen")
    with pytest.raises(dispatch.ReasonMissing) as refused:
        dispatch.refuse(order, reason=" no ", by=chen, at=shop.now)
    assert refused.value.field == "reason"


def test_twice_is_once(shop, chen):
    order = shop.a_dispatched_order("chen")
    dispatch.refuse(order, reason=WHY, by=chen, at=shop.later())
    with pytest.raises(NotAllowed):
        dispatch.refuse(order, reason=WHY, by=chen, at=shop.later())
    assert fresh(order).refusal_count == 1


def test_an_accepted_job_is_not_refused(shop, chen):
    order = shop.an_accepted_order("chen")
    with pytest.raises(WrongState) as refused:
        dispatch.refuse(order, reason=WHY, by=chen, at=shop.later())
    assert set(refused.value.allowed) == {"DIAGNOSING", "DECLINED", "EXCHANGE_PENDING"}


@pytest.mark.parametrize("name", ["wu", "bo", "ma", "an"])
def test_nobody_refuses_anothers_job(shop, name, chen):
    order = shop.a_dispatched_order("chen")
    with pytest.raises(NotAllowed):
        dispatch.refuse(order, reason=WHY, by=shop.actor(name), at=shop.now)
    dispatch.refuse(order, reason=WHY, by=chen, at=shop.now)
