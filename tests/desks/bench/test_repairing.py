"""Quotes, parts, dates, labour and the end of a repair, each by its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.kernel.models import Approval
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries as store
from guiju.line.storeroom.rules import RequestState
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import DiagnosisPhoto, PartsCommitment
from guiju.line.workshop.rules import QuoteState
from guiju.standing.pricing.models import PriceLine
from tests.desks.common.page import assert_strict
from tests.desks.seat import Seat, said
from tests.line.cast_line import Shop, a_picture, fresh
from tests.line.stages import (
    a_bin,
    a_diagnosed_order,
    a_finished_order,
    a_quoted_order,
    a_repairing_order,
    a_requested_part,
    an_approved_order,
    an_issued_part,
)

Seats = Callable[[str], Seat]


def at(order: object, step: str = "") -> str:
    return f"/bench/{order}/{step}"


def quoting(shop: Shop, price: str = "400", **more: Any) -> dict[str, Any]:
    """A quote as it is typed: labour without a price, a compressor with one."""
    labour, part = PriceLine.objects.get(item=shop.labour), PriceLine.objects.get(part=shop.compressor)
    typed = {
        "rows": 3, "what_0": labour.pk, "quantity_0": 1, "price_0": "", "what_1": part.pk, "quantity_1": 2,
        "price_1": price, "service_hours": 8,
    }  # fmt: skip
    return typed | more


@pytest.fixture
def diagnosed(shop: Shop) -> WorkOrder:
    """A job whose customer pays."""
    _ = shop.price_list
    return a_diagnosed_order(shop)


@pytest.mark.shows("PRC-1")
def test_the_published_range_stands_beside_what_is_chosen(diagnosed: WorkOrder, seat: Seats) -> None:
    page = said(seat("chen").get(at(diagnosed)))
    assert_strict(page)
    assert "COMP-1 Compressor · ¥380.00 – ¥620.00" in page
    assert 'data-range="¥380.00 – ¥620.00"' in page


def test_a_quote_is_drawn_up_line_by_line(diagnosed: WorkOrder, shop: Shop, seat: Seats) -> None:
    assert seat("chen").post(at(diagnosed, "quote"), **quoting(shop)).status_code == 302
    quote = workshop.current_quote(diagnosed)
    assert quote is not None
    assert [(line.code, line.quantity, line.unit_minor) for line in quote.lines.order_by("pk")] == [
        ("LABOUR-WASHER", 1, 8000), ("COMP-1", 2, 40000),
    ]  # fmt: skip
    page = said(seat("chen").get(at(diagnosed)))
    assert_strict(page)
    assert "¥880.00" in page


@pytest.mark.shows("EX-10")
def test_a_price_outside_the_list_is_refused_at_its_line_and_kept(diagnosed: WorkOrder, shop: Shop, seat: Seats) -> None:  # fmt: skip
    page = seat("chen").post(at(diagnosed, "quote"), **quoting(shop, price="620.01"))
    assert page.status_code == 422
    text = said(page)
    assert_strict(text)
    assert 'id="quote-price_1_error"' in text
    assert 'id="quote-price_0_error"' not in text
    assert "COMP-1 may cost between" in text
    assert 'value="620.01"' in text
    assert workshop.current_quote(diagnosed) is None


def test_a_price_for_nothing_is_asked_about(diagnosed: WorkOrder, shop: Shop, seat: Seats) -> None:
    page = seat("chen").post(at(diagnosed, "quote"), **quoting(shop, what_1="", price_1="4oo"))
    assert page.status_code == 422
    assert "Choose what this price is for." in said(page)
    assert "Write the amount in figures" in said(page)
    assert 'value="4oo"' in said(page)


def test_another_technician_quotes_nothing(diagnosed: WorkOrder, shop: Shop, seat: Seats) -> None:
    assert seat("wu").post(at(diagnosed, "quote"), **quoting(shop)).status_code == 404
    assert seat("lin").post(at(diagnosed, "quote"), **quoting(shop)).status_code == 403
    assert seat("chen").post(at(diagnosed, "quote"), **quoting(shop)).status_code == 302


def test_a_quote_is_revised_from_the_one_that_stands(shop: Shop, seat: Seats) -> None:
    order, first = a_quoted_order(shop)
    page = said(seat("chen").get(at(order, "revise-quote")))
    assert_strict(page)
    assert "Send the new quote" in page
    assert 'value="380.00"' in page
    assert seat("chen").post(at(order, "revise-quote"), **quoting(shop)).status_code == 302
    first.refresh_from_db()
    assert first.state == QuoteState.SUPERSEDED
    assert workshop.current_quote(order).state == QuoteState.ISSUED


@pytest.mark.shows("S6-17", "D10")
def test_a_part_is_found_with_what_lies_in_the_store_and_asked_for(shop: Shop, seat: Seats) -> None:
    order = an_approved_order(shop)
    a_bin(shop, holding=3)
    page = said(seat("chen").get(at(order, "parts"), data={"part": "compr"}))
    assert_strict(page)
    assert "COMP-1" in page
    assert "3 pieces in the store" in page
    assert "No part that fits holds" in said(seat("chen").get(at(order, "parts"), data={"part": "belt"}))
    assert seat("wu").get(at(order, "parts"), data={"part": "compr"}).status_code == 404
    assert seat("chen").post(at(order, "ask-part"), part="comp-1", quantity=2).status_code == 302
    assert [(each.part.code, each.quantity) for each in store.requests_of(order)] == [("COMP-1", 2)]
    shown = said(seat("chen").get(at(order)))
    assert_strict(shown)
    assert "Not needed" in shown


def test_an_unknown_part_is_said_at_its_field(shop: Shop, seat: Seats) -> None:
    order = an_approved_order(shop)
    page = seat("chen").post(at(order, "ask-part"), part="COMP-9", quantity=2)
    assert page.status_code == 422
    assert_strict(said(page))
    assert "No part with this number fits" in said(page)
    assert 'value="COMP-9"' in said(page)


def test_a_part_that_is_not_needed_is_cancelled(shop: Shop, seat: Seats) -> None:
    order = an_approved_order(shop)
    request = a_requested_part(shop, order)
    assert seat("chen").post(at(order, "cancel-part"), request="PT-FS01-none").status_code == 422
    assert seat("chen").post(at(order, "cancel-part"), request=request.number).status_code == 302
    request.refresh_from_db()
    assert request.state == RequestState.CANCELLED


@pytest.mark.shows("S6-44")
def test_a_new_date_is_proposed_and_the_job_waits(shop: Shop, seat: Seats) -> None:
    order = an_approved_order(shop)
    request = a_requested_part(shop, order)
    chen = seat("chen")
    early = chen.post(at(order, "wait"))
    assert early.status_code == 422
    assert "The customer has not signed the new date." in said(early)
    day = shop.unit.day(shop.now)
    storeroom.answer_none(request, expected_on=day + timedelta(days=3), by=shop.actor("shen"), at=shop.later())
    begun = said(chen.get(at(order, "commitment")))
    assert f'value="{day + timedelta(days=3)}" min="{day + timedelta(days=3)}"' in begun
    assert f'value="{day + timedelta(days=3)}T17:00' in begun
    assert "The missing part is expected on" in begun
    assert "The service time is 8 hours." in begun
    typed = {
        "cause": "NO_STOCK", "basis": "The supplier said so", "promised_part_on": str(day - timedelta(days=1)),
        "promised_ready_at": f"{day + timedelta(days=5)}T15:00", "remedy": "DISCOUNT",
    }  # fmt: skip
    past = chen.post(at(order, "commitment"), **typed)
    assert past.status_code == 422
    assert "The date lies in the past." in said(past)
    assert "The supplier said so" in said(past)
    sooner = chen.post(at(order, "commitment"), **typed | {"promised_part_on": str(day)})
    assert sooner.status_code == 422
    assert "The supplier names" in said(sooner)
    typed["promised_part_on"] = str(day + timedelta(days=3))
    assert chen.post(at(order, "commitment"), **typed).status_code == 302
    assert PartsCommitment.objects.get(order=order).remedy == "DISCOUNT"
    assert chen.post(at(order, "wait"), customer_is_remote="on").status_code == 302
    assert fresh(order).state == State.WAITING_PARTS
    page = said(chen.get(at(order)))
    assert_strict(page)
    assert "After two times only the outlet manager may move it again." in page


@pytest.mark.shows("WO-9")
def test_the_repair_is_begun_fitted_timed_and_finished(shop: Shop, seat: Seats) -> None:
    order = an_approved_order(shop)
    request = an_issued_part(shop, order)
    chen = seat("chen")
    assert chen.post(at(order, "start-repair")).status_code == 302
    page = said(chen.get(at(order)))
    assert_strict(page)
    assert "It is fitted" in page
    fitting = {"request": request.number, "quantity": 1, "old_condition": "Burnt out", "old_outcome": "SCRAP"}
    assert chen.post(at(order, "fit"), **fitting | {"quantity": 2}).status_code == 422
    assert chen.post(at(order, "fit"), **fitting).status_code == 302
    assert chen.post(at(order, "labour"), minutes=45, task="Changed the compressor").status_code == 302
    assert chen.post(at(order, "finish"), work_done="Compressor changed", advice="Keep it level").status_code == 302
    assert fresh(order).state == State.QC_PENDING
    assert [old.condition for old in store.old_parts_of(order)] == ["Burnt out"]
    last = said(chen.get(at(order)))
    assert_strict(last)
    assert "Changed the compressor" in last


def test_what_is_loose_is_not_finished(shop: Shop, seat: Seats) -> None:
    order, _request = a_repairing_order(shop)
    seat("chen").post(at(order, "labour"), minutes=45, task="Looked at it")
    page = seat("chen").post(at(order, "finish"), work_done="Compressor changed")
    assert page.status_code == 422
    assert "neither fitted nor returned" in said(page)
    assert "Compressor changed" in said(page)
    assert fresh(order).state == State.REPAIRING


@pytest.mark.parametrize("minutes", ["0", "1441", "lots"])
def test_labour_is_between_a_minute_and_a_day(shop: Shop, seat: Seats, minutes: str) -> None:
    order, _request = a_repairing_order(shop, parts=0)
    page = seat("chen").post(at(order, "labour"), minutes=minutes, task="Looked at it")
    assert page.status_code == 422
    assert 'id="labour-minutes_error"' in said(page)
    assert 'value="Looked at it"' in said(page)
    assert workshop.labour_of(order) == []


def test_only_its_technician_works_on_a_job(shop: Shop, seat: Seats) -> None:
    order, _request = a_repairing_order(shop, parts=0)
    typed = {"minutes": 45, "task": "Looked at it"}
    assert seat("wu").post(at(order, "labour"), **typed).status_code == 404
    assert seat("shen").post(at(order, "labour"), **typed).status_code == 403
    assert seat("chen").post(at(order, "labour"), **typed).status_code == 302


def test_that_it_cannot_be_repaired_is_put_to_the_manager(shop: Shop, seat: Seats) -> None:
    order = a_diagnosed_order(shop)
    page = seat("chen").post(at(order, "unrepairable"), reason="SAFETY", note=" ")
    assert page.status_code == 422
    assert seat("chen").post(at(order, "unrepairable"), reason="SAFETY", note="It burnt.").status_code == 302
    assert Approval.objects.get(subject_id=order.pk).content["note"] == "It burnt."
    shown = said(seat("chen").get(at(order)))
    assert_strict(shown)
    assert "The outlet manager is asked to confirm" in shown
    assert "It cannot be repaired" not in shown


def test_a_finished_job_offers_nothing(shop: Shop, seat: Seats) -> None:
    order = a_finished_order(shop)
    page = said(seat("chen").get(at(order)))
    assert_strict(page)
    assert "Note the time" not in page


@pytest.mark.shows("C03")
def test_the_damage_is_photographed_into_the_diagnosis(shop: Shop, seat: Seats) -> None:
    order = shop.an_accepted_order("chen")
    chen = seat("chen")
    chen.post(at(order, "start-diagnosis"))
    assert 'enctype="multipart/form-data"' in said(chen.get(at(order)))
    photo = SimpleUploadedFile("belt.jpg", a_picture(77), "image/jpeg")
    typed = {"fault": shop.fault.pk, "cause": shop.defect.pk, "findings": "The belt is torn.", "photos": [photo]}
    assert chen.post(at(order, "diagnose"), **typed).status_code == 302
    page = said(chen.get(at(order)))
    assert_strict(page)
    assert "Photo 1 of the damage" in page
    kept = DiagnosisPhoto.objects.get(diagnosis__order=order).photo_id
    assert chen.get(f"/orders/{order.number}/pictures/{kept}").status_code == 200
    # It is seen with its own order and with no other.
    other = shop.an_accepted_order("chen")
    assert chen.get(f"/orders/{other.number}/pictures/{kept}").status_code == 404


def test_the_minutes_are_counted_from_when_the_work_began(shop: Shop, seat: Seats) -> None:
    order, _request = a_repairing_order(shop, parts=0)
    shop.later(minutes=40)
    page = said(seat("chen").get(at(order)))
    minutes = int(page.split('name="minutes" value="')[1].split('"')[0])
    assert 40 <= minutes <= 45
    shop.later(minutes=60 * 14)
    assert 'name="minutes" value=' not in said(seat("chen").get(at(order)))
