"""The dispatcher's board: what it lists, and how a job is given to somebody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries
from guiju.line.workorder.rules import State
from tests.desks.common.page import assert_strict
from tests.desks.seat import Seat, said
from tests.line.cast_line import Shop, fresh

Seats = Callable[[str], Seat]


def at(order: object, step: str = "") -> str:
    return f"/control-room/{order}/{step}"


@pytest.mark.shows("S6-14", "S6-13")
def test_the_board_offers_the_most_urgent_job_with_its_candidates(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    page = said(seat("bo").get("/control-room/"))
    assert_strict(page)
    assert order.number in page
    assert f'hx-get="?job={order.number}"' in page
    pick = said(seat("bo").get(f"/control-room/?job={order.number}", headers={"HX-Request": "true"}))
    assert "<html" not in pick
    assert 'value="P-chen"' in pick
    assert "wu has no valid certificate for Washing machine." in pick
    assert 'value="P-wu"' not in pick
    without_script = said(seat("bo").get(f"/control-room/?job={order.number}"))
    assert 'value="P-chen"' in without_script


def test_a_job_is_assigned_in_one_click(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    answer = seat("bo").post(at(order, "assign"), technician="P-chen")
    assert answer.status_code == 302
    order = fresh(order)
    assert (order.state, order.technician.name) == (State.DISPATCHED, "chen")
    assert "chen" in said(seat("bo").get("/control-room/?show=answer"))


def test_one_click_sent_twice_assigns_once(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    bo = seat("bo")
    for _ in range(2):
        answer = bo.post(at(order, "assign"), technician="P-chen", once="the-same-click")
        assert answer.status_code == 302
    assert len(queries.assignments_of(order)) == 1


@pytest.mark.shows("E03")
def test_who_has_no_certificate_is_sent_by_the_manager_alone(shop: Shop, seat: Seats) -> None:
    order = shop.a_received_order()
    page = seat("bo").post(at(order, "assign"), technician="P-wu", override_reason="Nobody else is here today")
    assert page.status_code in {403, 422}
    assert "Only a manager may send somebody against the rules." in said(page)
    assert fresh(order).state == State.RECEIVED
    sent = seat("ma").post(at(order, "assign"), technician="P-wu", override_reason="Nobody else is here today")
    assert sent.status_code == 302
    assert fresh(order).technician.name == "wu"


def test_a_reason_that_is_too_short_is_said_at_its_field_and_kept(shop: Shop, seat: Seats) -> None:
    order = shop.a_received_order()
    page = seat("ma").post(at(order, "assign"), technician="P-wu", override_reason="hm")
    assert page.status_code == 422
    text = said(page)
    assert_strict(text)
    assert 'value="hm"' in text
    assert "Give a reason of at least five letters." in text


def test_a_stranger_to_the_outlet_is_not_chosen(shop: Shop, seat: Seats) -> None:
    order = shop.a_received_order()
    page = seat("bo").post(at(order, "assign"), technician="P-sun")
    assert page.status_code == 422
    assert "Choose a technician of this outlet." in said(page)


@pytest.mark.parametrize("name", ["chen", "lin", "shen"])
def test_only_those_who_dispatch_may_assign(shop: Shop, seat: Seats, name: str) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    assert seat(name).post(at(order, "assign"), technician="P-chen").status_code == 403
    assert seat(name).get("/control-room/").status_code == 403
    assert seat("bo").post(at(order, "assign"), technician="P-chen").status_code == 302


def test_another_outlet_has_no_such_job(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    assert order.number not in said(seat("jia").get("/control-room/"))
    assert seat("jia").get(at(order)).status_code == 404
    assert seat("jia").post(at(order, "assign"), technician="P-chen").status_code == 404
    assert seat("bo").get(at(order)).status_code == 200


def test_a_refused_job_is_listed_with_its_reason(shop: Shop, seat: Seats) -> None:
    order = shop.a_dispatched_order("chen")
    dispatch.refuse(order, reason="I am off to a training", by=shop.actor("chen"), at=shop.later())
    page = said(seat("bo").get("/control-room/?show=refused"))
    assert_strict(page)
    assert order.number in page
    assert "Came back once" in page
    assert "I am off to a training" in said(seat("bo").get(at(order)))


@pytest.mark.shows("D06")
def test_the_overdue_and_the_untouched_have_lists(shop: Shop, seat: Seats) -> None:
    order = shop.a_received_order()
    assert "No promise is broken." in said(seat("bo").get("/control-room/?show=overdue"))
    shop.later(days=30)
    for show, empty in (("overdue", "No promise is broken."), ("stale", "Somebody is at every job.")):
        page = said(seat("bo").get(f"/control-room/?show={show}"))
        assert_strict(page)
        assert order.number in page
        assert empty not in page


def test_the_candidates_of_another_job_come_alone(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    first, second = shop.a_received_order(), shop.a_received_order()
    part = said(seat("bo").get(f"/control-room/?job={second}", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith("<section")
    assert second.number in part
    assert first.number not in part


def test_a_wrong_state_says_what_is_possible(shop: Shop, seat: Seats) -> None:
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    page = seat("bo").post(at(order, "assign"), technician="P-wu")
    assert page.status_code == 422
    assert "From here it can become:" in said(page)


def test_a_longer_board_asks_no_more_of_the_database(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    bo = seat("bo")
    shop.a_received_order()
    # The house's figures are kept once they have been read.
    bo.get("/control-room/")
    asked = []
    for more in (0, 4):
        for _ in range(more):
            shop.a_received_order()
        with CaptureQueriesContext(connection) as statements:
            bo.get("/control-room/")
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[1] <= 40


def test_the_address_of_a_form_leads_back_to_the_job(shop: Shop, seat: Seats) -> None:
    order = shop.a_received_order()
    answer = seat("bo").get(at(order, "assign"))
    assert (answer.status_code, answer["Location"]) == (302, at(order))


@pytest.mark.shows("S6-14", "E02")
def test_a_job_can_be_dropped_on_whoever_the_board_shows_with_load_and_certificate(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    page = said(seat("bo").get("/control-room/"))
    assert_strict(page)
    line = order.appliance.line
    row = page.split(f'data-job="{order.number}"')[1].split("</tr>")[0]
    assert f'data-line="{line.pk}"' in row
    chen, wu = (page.split(f'data-technician="P-{name}"')[1].split("</li>")[0] for name in ("chen", "wu"))
    assert f'data-lines="{line.pk} "' in chen
    assert line.name in chen
    assert "no certificate" in wu
    # What is dropped is sent where the buttons send it, and judged there.
    address = row.split('data-send="')[1].split('"')[0]
    assert address == at(order, "assign")
    refused = seat("bo").post(address, technician="P-wu")
    assert "wu has no valid certificate for Washing machine." in said(refused)
    assert seat("bo").post(address, technician="P-chen").status_code == 302


@pytest.mark.shows("E01", "S6-14")
def test_each_technician_has_a_lane_with_the_hours_of_work_and_of_the_day(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    waiting, mine = shop.a_received_order(), shop.a_dispatched_order()
    bo = seat("bo")
    bo.get("/control-room/")
    with CaptureQueriesContext(connection) as seen:
        page = said(bo.get("/control-room/?show=lanes"))
    assert len(seen) <= 16, "the lists of the board, and four statements for the hours"
    assert_strict(page)
    lanes = page.split('class="lane"')[1:]
    assert 'aria-label="Unassigned"' in lanes[0]
    assert waiting.number in lanes[0]
    hers = next(lane for lane in lanes if 'data-technician="P-chen"' in lane)
    assert mine.number in hers
    assert re.search(r"\d+ h \d+ min of \d+ h", hers)
    assert 'data-technician="P-wu"' in page, "who has nothing can be given something"


@pytest.mark.shows("E01")
def test_what_is_refused_on_the_board_is_said_on_the_board(shop: Shop, seat: Seats) -> None:
    shop.certified("chen")
    order = shop.a_received_order()
    answer = seat("bo").post(at(order, "assign"), technician="P-wu", board="lanes")
    assert answer.status_code in {403, 422}
    page = said(answer)
    assert 'class="lanes"' in page
    assert "wu has no valid certificate for Washing machine." in page
    done = seat("bo").post(at(order, "assign"), technician="P-chen", board="lanes")
    assert done.url == "/control-room/?show=lanes"


@pytest.mark.shows("S6-14")
def test_the_priority_is_set_with_a_reason_at_the_desk(shop: Shop, seat: Seats) -> None:
    order = shop.a_received_order()
    assert seat("bo").post(at(order, "prioritise"), priority="URGENT", reason="").status_code == 422
    sent = seat("bo").post(at(order, "prioritise"), priority="URGENT", reason="A baby is in the house")
    assert sent.status_code == 302
    assert "Urgent" in said(seat("bo").get("/control-room/"))
