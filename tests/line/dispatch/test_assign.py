"""dispatch.assign: by certificate, leave and load; the technician has half an hour to answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries as dispatch_queries
from guiju.readiness.academy import actions as academy
from guiju.standing.people import actions as people
from guiju.standing.policy import actions as policy
from tests.line.cast_line import fresh, told


@pytest.mark.shows("S6-14", "D01")
def test_it_gives_the_job_to_one_technician_who_has_half_an_hour(shop, bo, chen_person):
    shop.certified("chen")
    order = shop.a_received_order()
    assignment = dispatch.assign(order, technician=chen_person, by=bo, at=shop.later())
    order = fresh(order)
    assert (order.state, order.technician) == ("DISPATCHED", chen_person)
    assert assignment.accept_by == shop.now + timedelta(minutes=30)
    assert told("dispatch.Assigned")[0]["technician_id"] == chen_person.pk


def test_the_time_to_answer_is_the_brands_figure(shop, bo, chen_person, nie):
    shop.certified("chen")
    policy.set_value(
        "wo.accept_minutes",
        unit=None,
        value=10,
        starts_on=date(2026, 11, 3),
        reason="Busy season.",
        by=nie,
        at=shop.now,
    )
    shop.later(days=1)
    assignment = dispatch.assign(shop.a_received_order(), technician=chen_person, by=bo, at=shop.now)
    assert assignment.accept_by == assignment.assigned_at + timedelta(minutes=10)


@pytest.mark.shows("E03", "S6-14", "PPL-1")
@pytest.mark.parametrize("flaw", ["none", "expired", "expires today", "suspended", "another line"])
def test_without_a_valid_certificate_nobody_is_sent(shop, bo, nie, chen_person, flaw):
    today = shop.unit.day(shop.now)
    match flaw:
        case "expired":
            shop.certify("chen", ends_on=date(2026, 10, 1))
        case "expires today":
            shop.certify("chen", ends_on=today)
        case "suspended":
            academy.suspend(shop.certify("chen"), reason="Complaint", by=nie, at=shop.now)
        case "another line":
            washer = shop.line
            shop.__dict__["line"] = _fridge(shop)
            shop.certify("chen")
            shop.__dict__["line"] = washer
    order = shop.a_received_order()
    with pytest.raises(dispatch.NotCertified, match="chen has no valid certificate for Washing machine"):
        dispatch.assign(order, technician=chen_person, by=bo, at=shop.now)
    shop.certified("wu")
    assert dispatch.assign(order, technician=shop.cast.people["wu"], by=bo, at=shop.later())


def _fridge(shop):
    from guiju.standing.catalogue import actions as catalogue
    from tests.line.cast_line import names

    return catalogue.add_line(code="FRIDGE", names=names("Refrigerator"), by=shop.actor("nie"), at=shop.now)


@pytest.mark.shows("S6-14")
def test_nobody_is_sent_who_is_away(shop, bo, ma, chen_person):
    shop.certified("chen")
    order = shop.a_received_order()
    people.grant_leave(chen_person, starts_at=shop.now, ends_at=shop.now + timedelta(days=2), by=ma, at=shop.now)
    with pytest.raises(dispatch.OnLeave):
        dispatch.assign(order, technician=chen_person, by=bo, at=shop.later())
    assert dispatch.assign(order, technician=chen_person, by=bo, at=shop.later(days=3))


@pytest.mark.shows("S6-14")
def test_nobody_gets_more_than_one_person_can_do(shop, bo, nie, chen_person):
    policy.set_value(
        "dispatch.open_jobs_max",
        unit=None,
        value=2,
        starts_on=date(2026, 11, 3),
        reason="Small benches.",
        by=nie,
        at=shop.now,
    )
    shop.later(days=1)
    shop.a_dispatched_order("chen")
    shop.an_accepted_order("chen")
    with pytest.raises(dispatch.Overloaded, match="chen has 2 open jobs; the most is 2"):
        shop.a_dispatched_order("chen")


@pytest.mark.parametrize("name", ["lin", "sun"])
def test_only_this_outlets_technicians_are_sent(shop, bo, name):
    shop.certified("sun")
    order = shop.a_received_order()
    with pytest.raises(dispatch.NotATechnician):
        dispatch.assign(order, technician=shop.cast.people[name], by=bo, at=shop.now)


@pytest.mark.shows("S1-15", "PPL-1")
def test_a_manager_may_override_in_writing_and_it_is_kept(shop, ma, bo, chen_person):
    order = shop.a_received_order()
    with pytest.raises(NotAllowed):
        dispatch.assign(order, technician=chen_person, override_reason="Nobody else is here", by=bo, at=shop.now)
    with pytest.raises(dispatch.ReasonMissing):
        dispatch.assign(order, technician=chen_person, override_reason="hm", by=ma, at=shop.now)
    assignment = dispatch.assign(
        order, technician=chen_person, override_reason="Nobody else is here", by=ma, at=shop.later()
    )
    assert (assignment.obstacles, assignment.override_reason) == (["NOT_CERTIFIED"], "Nobody else is here")
    assert told("dispatch.Overridden")[0]["obstacles"] == ["NOT_CERTIFIED"]
    assert TrailEntry.objects.get(verb="dispatch.assign").facts["override"] == "Nobody else is here"


def test_who_fits_needs_no_override(shop, ma, chen_person):
    shop.certified("chen")
    assignment = dispatch.assign(
        shop.a_received_order(), technician=chen_person, override_reason="To be safe", by=ma, at=shop.later()
    )
    assert (assignment.obstacles, assignment.override_reason) == ([], "")


@pytest.mark.shows("S6-14")
def test_the_dispatcher_gives_an_unanswered_job_to_another(shop, bo, chen_person, wu_person):
    shop.certified("wu")
    order = shop.a_dispatched_order("chen")
    dispatch.assign(order, technician=wu_person, by=bo, at=shop.later())
    assert fresh(order).technician == wu_person
    ends = [(each.technician, each.end_reason) for each in dispatch_queries.assignments_of(order)]
    assert ends == [(chen_person, "REASSIGNED"), (wu_person, "")]
    assert fresh(order).refusal_count == 0, "the technician refused nothing"


def test_twice_is_once(shop, bo, chen_person):
    order = shop.a_dispatched_order("chen")
    with pytest.raises(dispatch.HasItAlready):
        dispatch.assign(order, technician=chen_person, by=bo, at=shop.later())
    assert len(dispatch_queries.assignments_of(order)) == 1


@pytest.mark.shows("D01")
def test_it_refuses_the_wrong_state_and_says_what_is_possible(shop, bo, chen_person):
    shop.certified("chen")
    order = shop.a_registered_order()
    with pytest.raises(WrongState) as refused:
        dispatch.assign(order, technician=chen_person, by=bo, at=shop.now)
    assert set(refused.value.allowed) == {"RECEIVED", "CANCELLED"}
    assert "Registered" in str(refused.value)
    assert "Received" in str(refused.value)


@pytest.mark.parametrize("name", ["lin", "chen", "qin", "an", "jia", "he"])
def test_it_refuses_the_wrong_person(shop, name, chen_person):
    shop.certified("chen")
    order = shop.a_received_order()
    with pytest.raises(NotAllowed):
        dispatch.assign(order, technician=chen_person, by=shop.actor(name), at=shop.now)
    assert dispatch.assign(order, technician=chen_person, by=shop.actor("bo"), at=shop.now)
