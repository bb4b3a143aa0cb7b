"""dispatch.hand_on: another technician goes on with a job that is under way."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries as dispatch_queries
from guiju.line.intake import actions as intake
from tests.line.cast_line import fresh, told

WHY = "Chen is ill today"


def test_the_job_changes_hands_and_keeps_its_place(shop, bo, chen_person, wu_person):
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    dispatch.hand_on(order, technician=wu_person, reason=WHY, by=bo, at=shop.later())
    order = fresh(order)
    assert (order.state, order.technician) == ("ACCEPTED", wu_person)
    ends = [(each.technician, each.end_reason, each.end_note) for each in dispatch_queries.assignments_of(order)]
    assert ends == [(chen_person, "HANDED_ON", WHY), (wu_person, "", "")]
    assert told("dispatch.HandedOn")[0]["technician_id"] == wu_person.pk


@pytest.mark.shows("D01")
def test_an_appliance_that_nobody_has_begun_finds_somebody_to_send_it_home(shop, bo, chen_person):
    shop.certified("chen")
    order = shop.a_received_order()
    intake.cancel(order, reason="Bought a new one", by=shop.reception, at=shop.later())
    waiting = dispatch_queries.board(by=bo, at=shop.now).unassigned
    assert [job.order for job in waiting] == [order]
    dispatch.hand_on(order, technician=chen_person, reason="To reassemble it", by=bo, at=shop.later())
    assert (fresh(order).state, fresh(order).technician) == ("DECLINED", chen_person)


@pytest.mark.shows("E03")
def test_the_next_one_needs_the_certificate_too(shop, bo, wu_person):
    order = shop.an_accepted_order("chen")
    with pytest.raises(dispatch.NotCertified):
        dispatch.hand_on(order, technician=wu_person, reason=WHY, by=bo, at=shop.later())


def test_it_wants_a_reason_and_another_technician(shop, bo, chen_person, wu_person):
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    with pytest.raises(dispatch.ReasonMissing):
        dispatch.hand_on(order, technician=wu_person, reason="", by=bo, at=shop.now)
    with pytest.raises(dispatch.HasItAlready):
        dispatch.hand_on(order, technician=chen_person, reason=WHY, by=bo, at=shop.now)


def test_a_job_that_was_not_accepted_is_assigned_and_not_handed_on(shop, bo, wu_person):
    shop.certified("wu")
    order = shop.a_dispatched_order("chen")
    with pytest.raises(WrongState) as refused:
        dispatch.hand_on(order, technician=wu_person, reason=WHY, by=bo, at=shop.now)
    assert "ACCEPTED" in refused.value.allowed


@pytest.mark.parametrize("name", ["lin", "chen", "an", "jia"])
def test_it_refuses_the_wrong_person(shop, bo, name, wu_person):
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    with pytest.raises(NotAllowed):
        dispatch.hand_on(order, technician=wu_person, reason=WHY, by=shop.actor(name), at=shop.now)
    assert dispatch.hand_on(order, technician=wu_person, reason=WHY, by=bo, at=shop.now)
