"""The customer's page: what it shows, what it keeps to itself, and what the customer decides on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guiju.desks.common.templatetags import trade
from guiju.desks.track import progress
from guiju.line.dispatch import actions as dispatch
from guiju.line.intake import queries as intake
from guiju.line.workorder import actions as workorder_actions
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import PromiseCause
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.line.workshop.rules import DiscountReason
from tests.desks.common.page import assert_strict
from tests.desks.reception.stages import a_drafted_quote, an_issued_quote, an_order_waiting_for_a_signature
from tests.desks.reception.typed import once, signed
from tests.line.cast_line import fresh, told
from tests.line.stages import a_diagnosed_order, a_ready_order


def _url(order: WorkOrder) -> str:
    return f"/t/{workorder.track_token(order)}"


def _answer(order: WorkOrder, slug: str, browser: Client | None = None, **typed: Any) -> Any:
    return (browser or Client()).post(f"{_url(order)}/{slug}", typed | once())


def _in_english(order: WorkOrder) -> Client:
    client = Client()
    client.cookies["guiju_language"] = "en"
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.shows("A11", "S6-15")
def test_the_customer_sees_where_the_repair_stands(shop: Any) -> None:
    order = shop.a_received_order()
    answer = _in_english(order).get(_url(order))
    html = answer.content.decode()
    assert_strict(html)
    assert "<span>Device received</span></span></h1>" in html
    assert order.number in html
    # Not the whole number, not the shelf, not who works on it.
    assert order.customer.phones.get().e164.removeprefix("+86") not in html
    assert "A-01" not in html
    assert "lin" not in html.split("<main")[1].split()


@pytest.mark.shows("T31")
def test_the_page_is_kept_by_nobody_and_listed_nowhere(shop: Any) -> None:
    answer = Client().get(_url(shop.a_received_order()))
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("token", ["nobody", "A" * 22, "x'--"])
def test_a_link_that_leads_nowhere_is_no_page(shop: Any, token: str) -> None:
    order = shop.a_received_order()
    assert Client().get(_url(order)).status_code == 200
    answer = Client().get(f"/t/{token}")
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store"
    assert order.number not in answer.content.decode()


def test_the_page_speaks_the_language_of_the_order_until_the_customer_chooses(shop: Any) -> None:
    order = shop.a_received_order(language="zh-hant")
    browser = Client()
    assert '<html lang="zh-hant">' in browser.get(_url(order)).content.decode()
    browser.post("/language", {"language": "en", "next": _url(order)})
    assert '<html lang="en">' in browser.get(_url(order)).content.decode()


def test_a_draft_is_not_shown(shop: Any) -> None:
    order = a_drafted_quote(shop)
    quote = bench.current_quote(order)
    html = _in_english(order).get(_url(order)).content.decode()
    assert quote.number not in html
    assert Client().get(f"{_url(order)}/papers/quote.pdf").status_code == 404
    assert _answer(order, "decline").status_code == 404


@pytest.mark.shows("C06", "WO-2")
def test_the_customer_approves_with_a_signature(shop: Any) -> None:
    order = an_issued_quote(shop)
    browser = _in_english(order)
    html = browser.get(_url(order)).content.decode()
    assert_strict(html)
    assert "¥80.00 – ¥160.00" in html
    assert "CN¥" not in html
    unsigned = _answer(order, "approve", browser, signature_name="Liang Ming")
    assert unsigned.status_code == 422
    assert_strict(unsigned.content.decode())
    assert 'value="Liang Ming"' in unsigned.content.decode()
    assert "Sign in the box" in unsigned.content.decode()
    assert _answer(order, "approve", browser, **signed()).status_code == 302
    quote = bench.current_quote(order)
    assert (quote.state, quote.decided_how) == ("APPROVED", "SIGNATURE")
    assert fresh(order).state == "APPROVED"


@pytest.mark.shows("C06", "WO-2")
def test_the_customer_approves_with_a_code(shop: Any) -> None:
    order = an_issued_quote(shop)
    browser = _in_english(order)
    assert _answer(order, "code", browser).status_code == 302
    assert len(list(told("workshop.CodeAsked"))) == 1
    quote = bench.current_quote(order)
    right = bench.approval_code(quote)
    wrong = "000000" if right != "000000" else "111111"
    page = _answer(order, "enter-code", browser, code=wrong)
    assert page.status_code == 422
    assert_strict(page.content.decode())
    assert "This is not the code" in page.content.decode().split('id="enter-code_code_error"')[1].split("</p>")[0]
    quote.refresh_from_db()
    # A wrong try is counted, although nothing else came of it (T34).
    assert quote.code_tries == 1
    # The form that comes back has a key of its own, or the next try would count as the same request.
    key = page.content.decode().split('/enter-code"')[1].split('name="once" value="')[1].split('"')[0]
    again = browser.post(f"{_url(order)}/enter-code", {"code": right, "once": key})
    assert again.status_code == 302
    assert fresh(order).state == "APPROVED"


@pytest.mark.shows("T34")
def test_after_five_wrong_codes_not_even_the_right_one_opens(shop: Any) -> None:
    order = an_issued_quote(shop)
    _answer(order, "code")
    right = bench.approval_code(bench.current_quote(order))
    for _ in range(5):
        _answer(order, "enter-code", code="12" if right != "12" else "13")
    page = _answer(order, "enter-code", _in_english(order), code=right)
    assert "wrong too often" in page.content.decode()
    assert fresh(order).state == "QUOTED"


@pytest.mark.shows("C06")
def test_the_customer_declines(shop: Any) -> None:
    order = an_issued_quote(shop)
    assert _answer(order, "decline", reason="Too dear").status_code == 302
    assert fresh(order).state == "DECLINED"
    html = _in_english(order).get(_url(order)).content.decode()
    assert "Made ready to go home" in html
    assert "Final test" not in html


def test_a_quote_that_was_answered_cannot_be_answered_again(shop: Any) -> None:
    order = an_issued_quote(shop)
    _answer(order, "decline")
    page = _answer(order, "approve", _in_english(order), **signed())
    assert page.status_code == 422
    assert "answered before, and nothing has changed" in page.content.decode()
    assert fresh(order).state == "DECLINED"


@pytest.mark.shows("S6-44", "D04")
def test_the_customer_signs_the_new_date(shop: Any) -> None:
    order = an_order_waiting_for_a_signature(shop)
    html = _in_english(order).get(_url(order)).content.decode()
    assert_strict(html)
    assert "A part is missing" in html
    assert _answer(order, "sign", **signed()).status_code == 302
    assert bench.living_commitment(order).state == "SIGNED"


def test_the_customer_refuses_the_new_date(shop: Any) -> None:
    order = an_order_waiting_for_a_signature(shop)
    assert _answer(order, "refuse", note="I need it now").status_code == 302
    assert fresh(order).hold == "DISPUTE"


def test_the_customer_cancels_with_a_reason(shop: Any) -> None:
    order = shop.a_registered_order()
    page = _answer(order, "cancel", _in_english(order), reason="no")
    assert page.status_code == 422
    assert "at least five letters" in page.content.decode().split('id="cancel_reason_error"')[1].split("</p>")[0]
    assert ">\nno</textarea>" in page.content.decode()
    assert _answer(order, "cancel", reason="I have bought a new one").status_code == 302
    assert fresh(order).state == "CANCELLED"


@pytest.mark.shows("T29")
def test_one_link_opens_one_order_alone(shop: Any) -> None:
    mine, theirs = an_issued_quote(shop), shop.a_received_order()
    html = Client().get(_url(theirs)).content.decode()
    assert mine.number not in html
    assert _answer(theirs, "decline").status_code == 404
    assert fresh(mine).state == "QUOTED"
    # And it opens no page of the house.
    assert Client().get(f"/orders/{mine.number}/").status_code == 302


def test_a_clerk_who_opens_the_link_is_the_customer_there(shop: Any, signed_in: Any) -> None:
    order = an_issued_quote(shop)
    # The cashier may not answer for the customer; by the link it is the customer who does.
    browser = signed_in("cai")
    assert browser.post(f"/reception/orders/{order.number}/decline-quote", once()).status_code == 403
    _answer(order, "decline", browser)
    from guiju.kernel.models import TrailEntry

    assert TrailEntry.objects.get(verb="workshop.decline_quote").actor_kind == "CUSTOMER"


def test_the_claim_is_shown_once_there_is_something_to_collect(shop: Any) -> None:
    order = shop.a_received_order()
    assert "Claim code" not in _in_english(order).get(_url(order)).content.decode()
    ready = a_ready_order(shop, parts=0)
    page = _in_english(ready).get(_url(ready)).content.decode()
    assert_strict(page)
    assert "Show this when you collect" in page
    assert intake.claim_code(intake.tag_of(ready)) in page


def test_the_papers_of_the_order_are_there_and_the_claim_tag_is_not(shop: Any) -> None:
    order = a_ready_order(shop)
    html = Client().get(_url(order)).content.decode()
    assert f"{_url(order)}/papers/report.pdf" in html
    paper = Client().get(f"{_url(order)}/papers/ticket.pdf")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "no-store"
    assert Client().get(f"{_url(order)}/papers/claim-tag.pdf").status_code == 404
    assert Client().get(f"{_url(order)}/papers/receipt.pdf").status_code == 404


def test_a_job_on_hold_says_that_it_stands_still(shop: Any) -> None:
    from guiju.line.workorder import actions as care

    order = shop.a_received_order()
    care.hold(order, hold="DISPUTE", reason="Argued about the scratch", by=shop.reception, at=shop.later())
    html = _in_english(order).get(_url(order)).content.decode()
    assert "stands still" in html
    assert "Argued" not in html


def a_choice(shop: Any) -> tuple[WorkOrder, Any]:
    """Labour at ¥160, and a compressor at ¥600 that the customer may leave out; ¥76 are off the whole."""
    _ = shop.price_list
    order = a_diagnosed_order(shop)
    offers = [
        workshop.Offer(item=shop.labour, unit_minor=16000),
        workshop.Offer(part=shop.compressor, unit_minor=60000, is_optional=True),
    ]
    quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    workshop.discount_quote(
        quote, discount_minor=7600, reason="A regular", code=DiscountReason.REGULAR, by=shop.reception, at=shop.later()
    )
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    return fresh(order), quote.lines.get(part=shop.compressor)


@pytest.mark.shows("C06", "A11")
def test_the_customer_leaves_a_line_out(shop: Any) -> None:
    order, line = a_choice(shop)
    browser = _in_english(order)
    html = browser.get(_url(order)).content.decode()
    assert_strict(html)
    assert f'name="kept" value="{line.pk}"' in html
    assert "Approve ¥684.00" in html
    # Without a script the page still shows the old sum: the customer is asked again, with the new one.
    asked_again = _answer(order, "approve", browser, seen_minor="68400", **signed())
    assert asked_again.status_code == 422
    html = asked_again.content.decode()
    assert "With these lines it comes to ¥144.00." in html
    assert "Approve ¥144.00" in html
    assert 'name="seen_minor" value="14400"' in html
    assert fresh(order).state == "QUOTED"
    assert _answer(order, "approve", browser, seen_minor="14400", **signed()).status_code == 302
    quote = bench.current_quote(order)
    assert (quote.state, quote.total_minor, quote.discount_minor) == ("APPROVED", 14400, 1600)
    html = browser.get(_url(order)).content.decode()
    assert "Left out by the customer" in html
    assert browser.get(f"{_url(order)}/papers/quote.pdf").status_code == 200


def test_the_sum_is_worked_out_again_without_a_script(shop: Any) -> None:
    order, line = a_choice(shop)
    browser = _in_english(order)
    page = _answer(order, "approve", browser, seen_minor="68400", recount="1")
    assert page.status_code == 200
    html = page.content.decode()
    assert "Approve ¥144.00" in html
    # The code's own form stands for the same lines.
    assert "Approve ¥144.00 with this code" in html
    again = _answer(order, "approve", browser, seen_minor="14400", kept=[str(line.pk)], recount="1")
    assert "Approve ¥684.00 with this code" in again.content.decode()
    assert fresh(order).state == "QUOTED"


def test_a_code_approves_the_lines_that_were_chosen(shop: Any) -> None:
    order, _line = a_choice(shop)
    browser = _in_english(order)
    _answer(order, "code", browser)
    right = bench.approval_code(bench.current_quote(order))
    assert _answer(order, "enter-code", browser, code=right, seen_minor="68400").status_code == 422
    assert _answer(order, "enter-code", browser, code=right, seen_minor="14400").status_code == 302
    assert bench.current_quote(order).declined_minor == 60000


@pytest.mark.shows("M04", "A11")
def test_the_open_page_hears_of_its_own_order_and_of_no_other(shop: Any) -> None:
    order, other = shop.a_received_order(), shop.a_received_order()
    browser = Client()
    address = f"{_url(order)}/live"
    assert f'data-live-at="{address}"' in browser.get(_url(order)).content.decode()
    before = browser.get(address).json()
    assert list(before) == ["mark"]
    assert browser.get(address, {"since": before["mark"]}).status_code == 204
    shop.certified("chen")
    chen, bo = shop.cast.people["chen"], shop.dispatcher
    dispatch.assign(other, technician=chen, by=bo, at=shop.later())
    assert browser.get(address, {"since": before["mark"]}).status_code == 204
    dispatch.assign(order, technician=chen, by=bo, at=shop.later())
    answer = browser.get(address, {"since": before["mark"]})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert browser.get("/t/nobody-has-this-link/live").status_code == 404


@pytest.mark.shows("WTY-6", "B06")
def test_house_and_customer_read_the_same_proof(shop: Any, signed_in: Any) -> None:
    order = shop.a_received_order()
    lin = signed_in("lin")
    ours = lin.get(f"/orders/{order.number}/proof/")
    theirs = _in_english(order).get(f"{_url(order)}/why")
    assert (ours.status_code, theirs.status_code) == (200, 200)
    assert_strict(theirs.content.decode())
    coverage = workorder.coverage_of(order)
    assert coverage is not None
    assert coverage.covers
    law = "China: repair, exchange and return of certain goods (1995)"
    for html in (ours.content.decode(), theirs.content.decode()):
        assert html.count('class="cover"') == len(trade.alike(coverage.covers)) < len(coverage.covers)
        assert law in html
    assert coverage.version in ours.content.decode()
    assert coverage.version not in theirs.content.decode(), "our mark of the law says nothing to a customer"
    assert signed_in("zhou").get(f"/orders/{order.number}/proof/").status_code == 404
    assert Client().get("/t/nobody/why").status_code == 404


def test_a_date_that_was_broken_is_not_promised_again(shop: Any) -> None:
    order = an_order_waiting_for_a_signature(shop)
    order.state = "WAITING_PARTS"
    promised = bench.living_commitment(order)
    assert promised is not None
    assert progress.status(order, promised).startswith("Waiting for a part until")
    promised.state = "BREACHED"
    assert progress.status(order, promised) == "Waiting for a part"


@pytest.mark.shows("D03", "D04", "WO-10")
def test_the_customer_reads_every_promise_and_agrees_to_a_moved_one(shop: Any, signed_in: Any, lin: Any) -> None:
    order = shop.a_received_order()
    token, browser = _url(order), _in_english(order)
    address = f"{token}/promises"
    page = browser.get(address).content.decode()
    assert_strict(page)
    assert "The service time is 48 hours." in page
    later = order.promised_at + timedelta(days=2)
    workorder_actions.revise_promise(
        order, to=later, cause=PromiseCause.WORKLOAD, reason="Two of us are ill.", by=lin, at=shop.later()
    )
    front = browser.get(token).content.decode()
    assert "We promise another date" in front
    assert "Two of us are ill." in front
    answer = browser.post(f"{token}/agree", signed())
    assert answer.status_code == 302
    assert workorder.unagreed(fresh(order)) is None
    page = browser.get(address).content.decode()
    assert "We are behind with the work" in page
    assert "not agreed" not in page
    ours = signed_in("lin").get(f"/orders/{order.number}/promises/").content.decode()
    assert_strict(ours)
    assert "/pictures/" in ours
    assert "/pictures/" not in page
    assert signed_in("zhou").get(f"/orders/{order.number}/promises/").status_code == 404


@pytest.mark.shows("S6-44")
def test_the_customer_goes_free_when_the_date_was_broken(shop: Any) -> None:
    order = an_order_waiting_for_a_signature(shop)
    token, browser = _url(order), _in_english(order)
    assert "Cancel the repair free of charge" not in browser.get(token).content.decode()
    browser.post(f"{token}/refuse", {"note": "Too long"})
    assert "Cancel the repair free of charge" in browser.get(token).content.decode()
    assert browser.post(f"{token}/cancel-free", {"reason": "I do not wait"}).status_code == 302
    assert fresh(order).state == "DECLINED"
    assert bench.free_cancellation(order) is not None
