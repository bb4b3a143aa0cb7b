"""The technician's own list, and the first steps: accept, give back, diagnose, go on free, nothing wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.line.dispatch import actions as dispatch
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import Diagnosis
from tests.desks.common.page import assert_strict
from tests.desks.seat import Seat, said
from tests.line.cast_line import Shop, fresh
from tests.line.stages import a_diagnosed_order

Seats = Callable[[str], Seat]


def at(order: object, step: str = "") -> str:
    return f"/bench/{order}/{step}"


@pytest.fixture
def diagnosing(shop: Shop, seat: Seats) -> WorkOrder:
    """A job on Chen's bench."""
    _ = shop.fault, shop.defect, shop.misuse
    order = shop.an_accepted_order("chen")
    seat("chen").post(at(order, "start-diagnosis"))
    return fresh(order)


@pytest.mark.shows("T03")
def test_my_jobs_are_mine_alone(shop: Shop, seat: Seats) -> None:
    mine, other = shop.a_dispatched_order("chen"), shop.a_dispatched_order("wu")
    page = said(seat("chen").get("/bench/"))
    assert_strict(page)
    assert mine.number in page
    assert other.number not in page
    assert seat("chen").get(at(other)).status_code == 404
    assert seat("wu").get(at(other)).status_code == 200


def test_the_bench_is_for_those_who_repair(shop: Shop, seat: Seats) -> None:
    order = shop.a_dispatched_order("chen")
    for name in ("bo", "lin", "ma"):
        assert seat(name).get("/bench/").status_code == 403
        assert seat(name).post(at(order, "accept")).status_code == 403
    assert seat("chen").post(at(order, "accept")).status_code == 302


@pytest.mark.shows("S6-14")
def test_a_job_is_accepted_by_the_one_who_was_asked(shop: Shop, seat: Seats) -> None:
    order = shop.a_dispatched_order("chen")
    page = said(seat("chen").get(at(order)))
    assert_strict(page)
    assert "Accept the job" in page
    assert "Answer by" in page
    assert "Start the diagnosis" not in page
    assert seat("wu").post(at(order, "accept")).status_code == 404
    assert seat("sun").post(at(order, "accept")).status_code == 404
    assert seat("chen").post(at(order, "accept")).status_code == 302
    assert fresh(order).state == State.ACCEPTED


def test_a_job_is_given_back_with_a_reason(shop: Shop, seat: Seats) -> None:
    order = shop.a_dispatched_order("chen")
    page = seat("chen").post(at(order, "refuse"), reason="no")
    assert page.status_code == 422
    assert_strict(said(page))
    assert "Give a reason of at least five letters." in said(page)
    assert 'value="no"' in said(page)
    assert seat("chen").post(at(order, "refuse"), reason="I know nothing of this model").status_code == 302
    assert fresh(order).technician is None


@pytest.mark.shows("S6-14")
def test_too_late_is_too_late(shop: Shop, seat: Seats) -> None:
    order = shop.a_dispatched_order("chen")
    shop.later(minutes=31)
    page = seat("chen").post(at(order, "accept"))
    assert page.status_code == 422
    assert "The time to accept this job is over." in said(page)


@pytest.mark.shows("D01")
def test_a_wrong_state_shows_the_moves_that_are_allowed(shop: Shop, seat: Seats) -> None:
    order = shop.an_accepted_order("chen")
    page = seat("chen").post(at(order, "finish"), work_done="All done already", advice="")
    assert page.status_code == 422
    text = said(page)
    assert_strict(text)
    assert "This step is not possible now." in text
    assert "From here it can become:" in text
    assert "All done already" in text
    assert "Start the diagnosis" in text


@pytest.mark.shows("B15")
def test_fault_cause_and_measurements_are_written_down(diagnosing: WorkOrder, shop: Shop, seat: Seats) -> None:  # fmt: skip
    typed = {
        "fault": shop.fault.pk, "cause": shop.misuse.pk, "findings": "The belt is torn.", "rows": 3,
        "name_0": "Belt", "value_0": "12.5", "unit_0": "mm",
    }  # fmt: skip
    assert seat("chen").post(at(diagnosing, "diagnose"), **typed).status_code == 302
    found = Diagnosis.objects.get(order=diagnosing)
    assert (found.fault, found.cause, found.findings) == (shop.fault, shop.misuse, "The belt is torn.")
    assert found.measurements == [{"name": "Belt", "value": "12.5", "unit": "mm"}]
    page = said(seat("chen").get(at(diagnosing)))
    assert_strict(page)
    assert "Who pays" in page
    assert "Draw up the quote" in page
    assert "Go on free of charge" not in page


def test_a_diagnosis_that_is_not_whole_comes_back_as_it_was_typed(diagnosing: WorkOrder, shop: Shop, seat: Seats) -> None:  # fmt: skip
    page = seat("chen").post(
        at(diagnosing, "diagnose"), fault=shop.fault.pk, cause="", findings="Half <b>a belt</b>", rows=3, value_1="7",
    )  # fmt: skip
    assert page.status_code == 422
    text = said(page)
    assert_strict(text)
    assert "Half &lt;b&gt;a belt&lt;/b&gt;" in text
    assert "What was measured?" in text
    assert f'value="{shop.fault.pk}" selected' in text
    assert not Diagnosis.objects.exists()


def test_more_lines_are_there_for_the_asking(diagnosing: WorkOrder, seat: Seats) -> None:
    page = seat("chen").post(at(diagnosing, "diagnose"), more="1", rows=3, name_0="Current", findings="So far")
    assert page.status_code == 200
    text = said(page)
    assert_strict(text)
    assert "name_5" in text
    assert 'value="Current"' in text
    assert "So far" in text
    assert not Diagnosis.objects.exists()


@pytest.mark.shows("WO-4")
def test_a_covered_repair_goes_on_without_a_quote(shop: Shop, seat: Seats) -> None:
    order = a_diagnosed_order(shop, bought={"purchased_on": shop.now.date() - timedelta(days=30)})
    page = said(seat("chen").get(at(order)))
    assert "Go on free of charge" in page
    assert "Draw up the quote" not in page
    assert seat("chen").post(at(order, "approve-free")).status_code == 302
    assert fresh(order).state == State.APPROVED


@pytest.mark.shows("WO-2")
def test_what_the_customer_pays_is_not_approved_free(shop: Shop, seat: Seats) -> None:
    order = a_diagnosed_order(shop)
    page = seat("chen").post(at(order, "approve-free"))
    assert page.status_code == 422
    assert "This repair is not covered" in said(page)
    assert fresh(order).state == State.DIAGNOSING


def test_nothing_wrong_is_shown_to_the_customer_first(diagnosing: WorkOrder, shop: Shop, seat: Seats) -> None:
    _ = shop._code("CAUSE", "NO_FAULT")
    page = seat("chen").post(at(diagnosing, "no-fault"), tests="Ran three programmes")
    assert page.status_code == 422
    assert "Offer the customer to see it working first." in said(page)
    assert "Ran three programmes" in said(page)
    done = seat("chen").post(at(diagnosing, "no-fault"), tests="Ran three programmes", demonstration_offered="on")
    assert done.status_code == 302
    assert fresh(diagnosing).state == State.NO_FAULT


@pytest.mark.shows("WO-7")
def test_it_goes_back_whole_and_safe(diagnosing: WorkOrder, shop: Shop, seat: Seats) -> None:
    _ = shop._code("CAUSE", "NO_FAULT")
    chen = seat("chen")
    chen.post(at(diagnosing, "no-fault"), tests="Ran three programmes", demonstration_offered="on")
    page = chen.post(at(diagnosing, "return"), reassembled="on", shelf="R-07")
    assert page.status_code == 422
    assert 'value="R-07"' in said(page)
    done = chen.post(at(diagnosing, "return"), reassembled="on", accessories_complete="on", safety_checked="on", shelf="R-07")  # fmt: skip
    assert done.status_code == 302
    assert (fresh(diagnosing).state, fresh(diagnosing).shelf) == (State.READY, "R-07")


def test_a_job_that_changed_hands_is_gone(shop: Shop, seat: Seats) -> None:
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    assert seat("chen").get(at(order)).status_code == 200
    dispatch.hand_on(
        order, technician=shop.cast.people["wu"], reason="Chen fell ill", by=shop.dispatcher, at=shop.later()
    )
    assert seat("chen").get(at(order)).status_code == 404
    assert seat("chen").post(at(order, "start-diagnosis")).status_code == 404
    assert seat("wu").post(at(order, "start-diagnosis")).status_code == 302
    assert workshop.diagnoses_of(order) == []


def test_work_stands_still_and_goes_on(diagnosing: WorkOrder, seat: Seats) -> None:
    chen = seat("chen")
    assert chen.post(at(diagnosing, "hold"), hold="SAFETY", reason="It smells of gas").status_code == 302
    assert "Let the work go on" in said(chen.get(at(diagnosing)))
    assert chen.post(at(diagnosing, "release")).status_code == 302
    assert fresh(diagnosing).hold == ""


def test_a_longer_list_asks_no_more_of_the_database(shop: Shop, seat: Seats) -> None:
    chen = seat("chen")
    shop.a_dispatched_order("chen")
    asked = []
    for more in (0, 3):
        for _ in range(more):
            shop.a_dispatched_order("chen")
        with CaptureQueriesContext(connection) as statements:
            chen.get("/bench/")
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[1] <= 25


def test_the_address_of_a_step_opens_it_on_the_job_and_alone_where_it_is_asked_for(shop: Shop, seat: Seats) -> None:
    order = shop.a_dispatched_order("chen")
    closed = said(seat("chen").get(at(order)))
    assert 'name="reason"' not in closed
    whole = said(seat("chen").get(at(order, "refuse")))
    assert_strict(whole)
    assert order.problem in whole
    assert 'name="reason"' in whole
    alone = said(seat("chen").get(at(order, "refuse"), headers={"HX-Request": "true"}))
    assert 'name="reason"' in alone
    assert "<html" not in alone
    assert fresh(order).technician.name == "chen"
