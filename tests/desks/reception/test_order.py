"""A job at the reception, and the steps that the counter takes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import ContactAttempt, WorkOrder
from guiju.line.workshop import queries as bench
from guiju.line.workshop.actions import Offer
from tests.desks.common.page import assert_strict
from tests.desks.reception.stages import a_drafted_quote, an_issued_quote, an_order_waiting_for_a_signature
from tests.desks.reception.typed import once, signed
from tests.line.cast_line import fresh
from tests.line.stages import a_delivered_order, a_ready_order, an_approved_order
from tests.line.workshop.test_options import a_choice


def _act(browser: Any, order: WorkOrder, slug: str, **typed: Any) -> Any:
    return browser.post(f"/reception/orders/{order.number}/{slug}", typed | once())


def test_a_job_shows_what_the_counter_can_do_with_it(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    html = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert_strict(html)
    assert 'id="step-cancel"' in html
    assert 'id="step-contact"' in html
    assert 'id="step-approve-quote"' not in html
    assert 'class="qr"' in html


@pytest.mark.shows("T01")
def test_the_page_is_for_the_counter_of_this_outlet(shop: Any, signed_in: Any, lin_browser: Any) -> None:
    url = f"/reception/orders/{shop.a_received_order().number}/"
    assert lin_browser.get(url).status_code == 200
    assert signed_in("shen").get(url).status_code == 403
    assert signed_in("zhou").get(url).status_code == 404


def test_an_auditor_sees_the_job_and_no_step(shop: Any, signed_in: Any) -> None:
    html = signed_in("an").get(f"/reception/orders/{shop.a_received_order().number}/").content.decode()
    assert_strict(html)
    assert 'id="step-' not in html
    # Whoever has the link could answer for the customer.
    assert 'class="qr"' not in html


def test_a_cancellation_needs_a_reason_at_its_field(shop: Any, signed_in: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    page = _act(lin_browser, order, "cancel", reason="no")
    html = page.content.decode()
    assert page.status_code == 422
    assert_strict(html)
    assert "Give a reason of at least five letters." in html.split('id="cancel_reason_error"')[1].split("</p>")[0]
    assert ">\nno</textarea>" in html
    assert _act(signed_in("bo"), order, "cancel", reason="Bought a new one").status_code == 403
    assert fresh(order).state == "RECEIVED"
    assert _act(lin_browser, order, "cancel", reason="Bought a new one").status_code == 302
    assert fresh(order).state == "DECLINED"


def test_a_contact_is_noted(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    assert _act(lin_browser, order, "contact", channel="PHONE", outcome="NONSENSE").status_code == 422
    assert (
        _act(lin_browser, order, "contact", channel="PHONE", outcome="NO_ANSWER", note="Rang long").status_code == 302
    )
    assert ContactAttempt.objects.get(order=order).note == "Rang long"


def test_the_work_stands_still_and_goes_on(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    assert _act(lin_browser, order, "hold", hold="CUSTOMER_REQUEST", reason="On holiday").status_code == 302
    assert fresh(order).hold == "CUSTOMER_REQUEST"
    html = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert 'id="step-release"' in html
    assert 'id="step-hold"' not in html
    # Sent from a page of yesterday: refused in words, and the page still stands.
    again = _act(lin_browser, order, "hold", hold="SAFETY", reason="Smells burnt")
    assert again.status_code == 422
    assert "on hold already" in again.content.decode()
    assert _act(lin_browser, order, "release").status_code == 302
    assert fresh(order).hold == ""


@pytest.mark.shows("WO-10")
def test_another_date_is_promised_with_its_reason(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    page = _act(lin_browser, order, "promise", to="2020-01-01T10:00", cause="WORKLOAD", reason="We are late")
    assert page.status_code == 422
    assert "A promise lies in the future." in page.content.decode().split('id="promise_to_error"')[1].split("</p>")[0]
    assert (
        _act(lin_browser, order, "promise", to="2099-01-01T10:00", cause="WORKLOAD", reason="We are late").status_code
        == 302
    )
    assert fresh(order).promised_at.year == 2099


@pytest.mark.shows("WO-2")
def test_a_drafted_quote_is_sent_and_the_customers_yes_is_kept(shop: Any, lin_browser: Any) -> None:
    order = a_drafted_quote(shop)
    assert _act(lin_browser, order, "issue-quote").status_code == 302
    assert fresh(order).state == "QUOTED"
    html = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert_strict(html)
    missing = _act(lin_browser, order, "approve-quote", how="RECORDED", note="")
    assert missing.status_code == 422
    assert (
        "where the recorded consent"
        in missing.content.decode().split('id="approve-quote_note_error"')[1].split("</p>")[0]
    )
    unsigned = _act(lin_browser, order, "approve-quote", how="SIGNATURE")
    assert "The customer has to sign." in unsigned.content.decode()
    assert_strict(unsigned.content.decode())
    assert _act(lin_browser, order, "approve-quote", how="RECORDED", note="Call of 14:05, line 2").status_code == 302
    quote = bench.current_quote(order)
    assert (quote.state, quote.decided_how, quote.decided_note) == ("APPROVED", "RECORDED", "Call of 14:05, line 2")


@pytest.mark.shows("WO-2")
def test_the_customer_signs_the_quote_at_the_counter(shop: Any, lin_browser: Any) -> None:
    order = an_issued_quote(shop)
    assert _act(lin_browser, order, "approve-quote", how="SIGNATURE", **signed()).status_code == 302
    assert bench.current_quote(order).signature is not None


def test_something_is_taken_off_a_quote(shop: Any, lin_browser: Any) -> None:
    order = an_issued_quote(shop)
    silent = _act(lin_browser, order, "discount-quote", discount_minor="1", reason="A regular customer")
    assert "Choose why something is taken off." in silent.content.decode()
    told = {"discount_minor": "1", "code": "REGULAR", "reason": "A regular customer"}
    low = _act(lin_browser, order, "discount-quote", **told)
    assert low.status_code == 422
    assert "below the published list" in low.content.decode().split('id="discount-quote_discount_minor_error"')[1]
    assert bench.current_quote(order).state == "ISSUED"


def test_any_option_of_a_quote_is_discounted(shop: Any, lin_browser: Any) -> None:
    order, quote = a_choice(shop, offers=[Offer(item=shop.labour, unit_minor=10000)])
    page = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert_strict(page)
    assert "Off which option?" in page
    told = {"discount_minor": "1", "code": "REGULAR", "reason": "A regular customer"}
    assert _act(lin_browser, order, "discount-quote", **told).status_code == 422
    assert _act(lin_browser, order, "discount-quote", option="1", **told).status_code == 302
    anew = bench.current_quote(order)
    assert (anew.version, anew.option(1).discount_minor, anew.option(2).discount_minor) == (quote.version + 1, 100, 0)
    below = _act(lin_browser, order, "discount-quote", option="2", **told | {"discount_minor": "9999"})
    assert "below the published list" in below.content.decode()


def test_the_technician_does_not_answer_for_the_customer(shop: Any, signed_in: Any, lin_browser: Any) -> None:
    order = an_issued_quote(shop)
    assert _act(signed_in("chen"), order, "decline-quote").status_code == 403
    assert fresh(order).state == "QUOTED"
    assert _act(lin_browser, order, "decline-quote", reason="Too dear").status_code == 302
    assert fresh(order).state == "DECLINED"


@pytest.mark.shows("S6-44", "D04")
def test_a_new_date_for_a_part_is_proposed_and_signed(shop: Any, lin_browser: Any) -> None:
    order = an_approved_order(shop)
    typed = {
        "cause": "NO_STOCK",
        "basis": "The supplier's word",
        "remedy": "LOANER",
        "promised_ready_at": "2099-01-05T10:00",
    }
    late = _act(lin_browser, order, "propose-commitment", **typed, promised_part_on="2020-01-01")
    assert late.status_code == 422
    assert (
        "in the past"
        in late.content.decode().split('id="propose-commitment_promised_part_on_error"')[1].split("</p>")[0]
    )
    assert _act(lin_browser, order, "propose-commitment", **typed, promised_part_on="2099-01-03").status_code == 302
    assert _act(lin_browser, order, "sign-commitment", **signed()).status_code == 302
    commitment = bench.living_commitment(order)
    assert commitment.state == "SIGNED"
    later = {"promised_part_on": "2099-02-03", "promised_ready_at": "2099-02-05T10:00", "basis": "Ship delayed"}
    assert _act(lin_browser, order, "renegotiate-commitment", **later, **signed()).status_code == 302
    commitment.refresh_from_db()
    assert commitment.revision == 2


def test_after_two_new_dates_the_manager_alone_moves_it(
    shop: Any, lin_browser: Any, signed_in: Callable[[str], Any]
) -> None:
    order = an_order_waiting_for_a_signature(shop)
    assert _act(lin_browser, order, "sign-commitment", **signed()).status_code == 302
    moved = {"promised_part_on": "2099-02-03", "promised_ready_at": "2099-02-05T10:00", "basis": "Ship delayed"}
    page = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert "After two times only the outlet manager may move it again." in page
    for _time in range(2):
        assert _act(lin_browser, order, "renegotiate-commitment", **moved, **signed()).status_code == 302
    page = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert_strict(page)
    assert "Only the outlet manager may move it again." in page
    assert 'id="step-renegotiate-commitment"' not in page
    refused = _act(lin_browser, order, "renegotiate-commitment", **moved, **signed())
    assert refused.status_code == 422
    assert "This date was already moved 2 times." in refused.content.decode()
    ma_browser = signed_in("ma")
    page = ma_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert 'id="step-renegotiate-commitment"' in page
    assert _act(ma_browser, order, "renegotiate-commitment", **moved, **signed()).status_code == 302
    assert bench.living_commitment(order).revision == 4


def test_the_customer_gets_a_new_link(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    before = workorder.track_token(order)
    assert _act(lin_browser, order, "renew-link").status_code == 302
    html = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert before not in html
    assert f"/t/{workorder.track_token(order)}" in html


def test_a_refused_date_holds_the_job(shop: Any, lin_browser: Any) -> None:
    order = an_order_waiting_for_a_signature(shop)
    html = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert_strict(html)
    assert _act(lin_browser, order, "refuse-commitment", note="Too long").status_code == 302
    assert fresh(order).hold == "DISPUTE"


def test_a_step_that_nobody_knows_is_no_page(shop: Any, lin_browser: Any) -> None:
    assert _act(lin_browser, shop.a_received_order(), "burn").status_code == 404


def test_an_appliance_is_reminded_of_only_after_a_week(shop: Any, lin_browser: Any) -> None:
    order = a_ready_order(shop)
    page = _act(lin_browser, order, "remind")
    assert page.status_code == 422
    assert "It is too early for this" in page.content.decode()
    assert_strict(page.content.decode())


def test_a_step_that_comes_too_late_is_refused_in_words(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    for slug, typed in (
        ("approve-quote", {"how": "RECORDED", "note": "Call"}),
        ("sign-commitment", signed()),
        ("welcome-back", {}),
    ):
        page = _act(lin_browser, order, slug, **typed)
        assert page.status_code == 422
        assert "This is not possible at this point." in page.content.decode()


def test_a_ready_job_leads_to_the_till(shop: Any, lin_browser: Any) -> None:
    order = a_ready_order(shop)
    html = lin_browser.get(f"/reception/orders/{order.number}/").content.decode()
    assert f'href="/till/jobs/{order.number}/"' in html
    assert lin_browser.get(f"/till/jobs/{order.number}/").status_code == 200


@pytest.mark.shows("WO-11", "A16")
def test_a_rework_has_its_own_order_and_is_received_next(shop: Any, lin_browser: Any) -> None:
    order = a_delivered_order(shop)
    page = _act(lin_browser, order, "rework", problem="")
    assert page.status_code == 422
    answer = _act(lin_browser, order, "rework", problem="It does not spin again.")
    child = WorkOrder.objects.get(parent=order)
    assert answer.url == f"/reception/orders/{child.number}/receive"
    assert _act(lin_browser, order, "call", works="no", satisfaction="2").status_code == 302
