"""A job under way changes hands, stands still, goes on; and what waits for the outlet manager."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from guiju.line.storeroom import actions as storeroom
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Hold, State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import PartsCommitment
from guiju.line.workshop.rules import CommitmentState, DelayCause, DiscountReason, Remedy, UnrepairableReason
from tests.desks.common.page import assert_strict
from tests.desks.seat import Seat, said
from tests.line.cast_line import Shop, fresh
from tests.line.stages import a_diagnosed_order, a_requested_part, an_approved_order

Seats = Callable[[str], Seat]
DECISIONS = "/control-room/decisions/"


def at(order: object, step: str = "") -> str:
    return f"/control-room/{order}/{step}"


def test_a_job_under_way_is_handed_on(shop: Shop, seat: Seats) -> None:
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    page = said(seat("bo").get(at(order)))
    assert_strict(page)
    assert "P-wu" in page
    done = seat("bo").post(at(order, "hand-on"), technician="P-wu", reason="Chen fell ill")
    assert done.status_code == 302
    assert fresh(order).technician.name == "wu"


def test_a_hand_on_without_a_reason_keeps_who_was_chosen(shop: Shop, seat: Seats) -> None:
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    page = seat("bo").post(at(order, "hand-on"), technician="P-wu", reason="")
    assert page.status_code == 422
    text = said(page)
    assert_strict(text)
    assert "This is needed." in text
    assert 'value="P-wu" ' in text
    assert "checked" in text
    assert fresh(order).technician.name == "chen"


@pytest.mark.shows("T03")
def test_only_those_who_dispatch_hand_a_job_on(shop: Shop, seat: Seats) -> None:
    shop.certified("wu")
    order = shop.an_accepted_order("chen")
    typed = {"technician": "P-wu", "reason": "Chen fell ill"}
    assert seat("lin").post(at(order, "hand-on"), **typed).status_code == 403
    assert seat("jia").post(at(order, "hand-on"), **typed).status_code == 404
    assert seat("bo").post(at(order, "hand-on"), **typed).status_code == 302


def test_work_stands_still_and_goes_on(shop: Shop, seat: Seats) -> None:
    order = shop.an_accepted_order("chen")
    bo = seat("bo")
    short = bo.post(at(order, "hold"), hold="SAFETY", reason="gas")
    assert short.status_code == 422
    assert "Give a reason of at least five letters." in said(short)
    assert 'value="gas"' in said(short)
    assert bo.post(at(order, "hold"), hold="SAFETY", reason="It smells of gas").status_code == 302
    assert fresh(order).hold == Hold.SAFETY
    page = said(bo.get(at(order)))
    assert_strict(page)
    assert "It smells of gas" in page
    assert bo.post(at(order, "release")).status_code == 302
    assert fresh(order).hold == ""


@pytest.fixture
def a_dead_one(shop: Shop) -> WorkOrder:
    """An order whose technician says that it cannot be repaired."""
    order = a_diagnosed_order(shop)
    workshop.declare_unrepairable(
        order, reason=UnrepairableReason.UNECONOMIC, note="The drum is cracked.", by=shop.actor("chen"), at=shop.later()
    )
    return fresh(order)


def test_the_manager_confirms_that_it_cannot_be_repaired(shop: Shop, seat: Seats, a_dead_one: WorkOrder) -> None:
    page = said(seat("ma").get(DECISIONS))
    assert_strict(page)
    assert a_dead_one.number in page
    assert "The drum is cracked." in page
    assert "1 decision " in said(seat("ma").get("/control-room/"))
    assert "0 decisions " in said(seat("he").get("/control-room/"))
    assert seat("bo").post(at(a_dead_one, "confirm-unrepairable")).status_code == 403
    assert seat("he").post(at(a_dead_one, "confirm-unrepairable")).status_code == 404
    assert a_dead_one.number not in said(seat("he").get(DECISIONS))
    assert fresh(a_dead_one).state == State.DIAGNOSING
    assert seat("ma").post(at(a_dead_one, "confirm-unrepairable")).status_code == 302
    assert fresh(a_dead_one).state == State.UNREPAIRABLE
    assert "0 decisions " in said(seat("ma").get("/control-room/"))


def test_the_manager_sends_it_back_and_the_technician_reads_why(shop: Shop, seat: Seats, a_dead_one: WorkOrder) -> None:
    typed = {"reason": "Try the drum of the spare machine."}
    assert seat("bo").post(at(a_dead_one, "reject-unrepairable"), **typed).status_code == 403
    assert seat("he").post(at(a_dead_one, "reject-unrepairable"), **typed).status_code == 404
    short = seat("ma").post(at(a_dead_one, "reject-unrepairable"), reason="why")
    assert short.status_code == 422
    assert_strict(said(short))
    assert "Give a reason of at least five letters." in said(short)
    assert 'value="why"' in said(short)
    assert seat("ma").post(at(a_dead_one, "reject-unrepairable"), **typed).status_code == 302
    assert fresh(a_dead_one).state == State.DIAGNOSING
    assert a_dead_one.number not in said(seat("ma").get(DECISIONS))
    page = said(seat("chen").get(f"/bench/{a_dead_one}/"))
    assert_strict(page)
    assert "ma does not agree that it cannot be repaired: Try the drum of the spare machine." in page
    assert "Cannot be repaired" in page


def test_a_large_discount_is_approved_or_refused(shop: Shop, seat: Seats) -> None:
    _ = shop.price_list
    order = a_diagnosed_order(shop)
    offers = [workshop.Offer(item=shop.labour, unit_minor=16000)]
    quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    taking = {
        "discount_minor": 4000,
        "reason": "A regular customer",
        "code": DiscountReason.REGULAR,
        "by": shop.actor("lin"),
    }
    workshop.discount_quote(quote, **taking, at=shop.later())
    page = said(seat("ma").get(DECISIONS))
    assert_strict(page)
    assert "A regular customer" in page
    assert "1 decision " in said(seat("ma").get("/control-room/"))
    assert "0 decisions " in said(seat("he").get("/control-room/"))
    assert quote.order.number not in said(seat("he").get(DECISIONS))
    assert seat("bo").post(at(order, "approve-discount")).status_code == 403
    assert seat("he").post(at(order, "approve-discount")).status_code == 404
    short = seat("ma").post(at(order, "reject-discount"), reason="no")
    assert short.status_code == 422
    assert "Give a reason of at least five letters." in said(short)
    assert seat("ma").post(at(order, "reject-discount"), reason="Not this month").status_code == 302
    assert "ma did not approve the discount: Not this month" in said(seat("lin").get(f"/reception/orders/{order}/"))
    workshop.discount_quote(quote, **taking, at=shop.later())
    assert seat("ma").post(at(order, "approve-discount")).status_code == 302
    page = said(seat("lin").get(f"/reception/orders/{order}/"))
    assert_strict(page)
    assert "ma approved the discount." in page


def test_a_broken_date_is_made_good(shop: Shop, seat: Seats) -> None:
    order = an_approved_order(shop)
    request = a_requested_part(shop, order)
    storeroom.answer_none(request, by=shop.actor("shen"), at=shop.later())
    proposed = workshop.propose_commitment(
        order, cause=DelayCause.NO_STOCK, basis="The supplier said so", promised_part_on=shop.unit.day(shop.now),
        promised_ready_at=shop.now + timedelta(days=4), remedy=Remedy.DISCOUNT, by=shop.actor("chen"), at=shop.later(),
    )  # fmt: skip
    signed = workshop.sign_commitment(proposed, signature=shop.a_signature(), by=shop.actor("lin"), at=shop.later())
    workshop.wait_for_parts(fresh(order), by=shop.actor("chen"), at=shop.later())
    workshop.breach_commitment(signed, by=shop.actor("ma").system("clock"), at=shop.later(days=2))
    page = said(seat("ma").get(DECISIONS))
    assert_strict(page)
    assert "A discount on the repair" in page
    assert "1 decision " in said(seat("ma").get("/control-room/"))
    empty = seat("ma").post(at(order, "resolve-commitment"), note="")
    assert empty.status_code == 422
    assert "This is needed." in said(empty)
    assert seat("bo").post(at(order, "resolve-commitment"), note="Ten per cent off").status_code == 403
    assert seat("ma").post(at(order, "resolve-commitment"), note="Ten per cent off").status_code == 302
    assert PartsCommitment.objects.get(order=order).state == CommitmentState.RESOLVED


def test_what_stands_still_is_listed(shop: Shop, seat: Seats) -> None:
    order = shop.an_accepted_order("chen")
    workorder.hold(order, hold=Hold.DISPUTE, reason="The customer disagrees", by=shop.actor("bo"), at=shop.later())
    assert "The customer disagrees" in said(seat("ma").get(DECISIONS))
