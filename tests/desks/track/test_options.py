"""Several ways to help on the customer's page: read side by side, one chosen, and only that one agreed to."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries as bench
from guiju.line.workshop.models import Acceptance
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, signed
from tests.desks.track.test_track import _answer, _in_english, _url
from tests.line.cast_line import fresh
from tests.line.workshop.test_options import a_choice


@pytest.fixture
def order(shop: Any) -> WorkOrder:
    return a_choice(shop)[0]


@pytest.mark.shows("C05")
def test_nothing_is_agreed_to_before_one_is_chosen(order: WorkOrder) -> None:
    html = _in_english(order).get(_url(order)).content.decode()
    assert_strict(html)
    assert "Choose option A, ¥540.00" in html
    assert "Choose option B, ¥760.00" in html
    assert "Refurbished part" in html
    assert "Approve with your signature" not in html
    # There is always a way out, and it says what it costs.
    assert "Take it back for ¥30.00" in html


@pytest.mark.shows("C05", "C06", "WO-2")
def test_what_was_chosen_is_what_is_agreed_to(order: WorkOrder) -> None:
    browser = _in_english(order)
    html = browser.get(f"{_url(order)}?option=2").content.decode()
    assert_strict(html)
    assert "You have chosen option B" in html
    assert "Approve ¥760.00" in html
    assert _answer(order, "approve", browser, option="2", **signed()).status_code == 302
    quote = bench.approved_quote(order)
    assert quote is not None
    assert (quote.place, quote.total_minor) == (2, 76000)
    assert Acceptance.objects.get(quote=quote).language == "en"
    html = browser.get(_url(order)).content.decode()
    assert "Choose option" not in html
    assert "¥540.00" not in html


@pytest.mark.shows("T34")
def test_a_code_agrees_to_the_option_that_was_read(order: WorkOrder) -> None:
    browser = _in_english(order)
    sent = browser.post(f"{_url(order)}/code", {"option": "2"} | once())
    assert sent["Location"].endswith("?option=2")
    quote = bench.current_quote(order)
    assert quote is not None
    code = bench.approval_code(quote)
    assert _answer(order, "enter-code", browser, option="2", code=code).status_code == 302
    assert fresh(order).state == "APPROVED"


def test_an_option_that_nobody_offered_is_none(order: WorkOrder) -> None:
    html = _in_english(order).get(f"{_url(order)}?option=7").content.decode()
    assert "Approve with your signature" not in html
    assert _answer(order, "approve", option="7", **signed()).status_code == 422
    assert fresh(order).state == "QUOTED"


def test_the_counter_says_which_one(order: WorkOrder, shop: Any, signed_in: Any) -> None:
    lin = signed_in("lin")
    page = lin.get(f"/reception/orders/{order.number}/")
    html = page.content.decode()
    assert_strict(html)
    assert "B · Replace the module · ¥760.00" in html
    typed = {"how": "RECORDED", "note": "Call 17", **once()}
    refused = lin.post(f"/reception/orders/{order.number}/approve-quote", typed)
    assert "Choose one of the options" in refused.content.decode()
    assert (
        lin.post(f"/reception/orders/{order.number}/approve-quote", typed | once() | {"option": "2"}).status_code == 302
    )
    quote = bench.approved_quote(order)
    assert quote is not None
    assert quote.place == 2


def test_the_bench_offers_two_ways(shop: Any, signed_in: Any) -> None:
    from tests.line import stages

    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    chen = signed_in("chen")
    lines = {str(each.item_id or each.part_id): each.pk for each in shop.price_list.lines.all()}
    labour, part = lines[str(shop.labour.pk)], shop.price_list.lines.get(part=shop.compressor).pk
    typed = {
        "rows": "3", "service_hours": "8", "kind_1": "REPAIR", "what_0": labour, "option_0": "1", "what_1": labour, "option_1": "2",
        "what_2": part, "option_2": "2", "mark_2": "REFURBISHED", "kind_2": "REPLACE_MODULE", "days_2": "180", **once(),
    }  # fmt: skip
    refused = chen.post(f"/bench/{order.number}/quote", typed)
    assert refused.status_code == 422
    assert "Say how many working hours this option takes" in refused.content.decode()
    assert chen.post(f"/bench/{order.number}/quote", typed | once() | {"hours_2": "24"}).status_code == 302
    quote = bench.current_quote(order)
    assert quote is not None
    assert [(each.kind, each.service_hours) for each in quote.options.order_by("place")] == [
        ("REPAIR", 8),
        ("REPLACE_MODULE", 24),
    ]
    assert quote.lines_of(2)[1].mark == "REFURBISHED"
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
