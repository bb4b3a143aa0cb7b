"""On the customer's page: another unit or the money is asked for when a right has arisen, and another model is signed for."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.line.exchange import actions as exchange
from guiju.line.exchange.models import ExchangeCase
from guiju.line.workorder.queries import track_token
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, signed
from tests.line.cast_line import Shop, fresh
from tests.line.exchange.conftest import PRICE, _own_files, a_unit, an_approved_case, twice_repaired

__all__ = ["_own_files", "twice_repaired"]


@pytest.fixture
def page(client: Any) -> Any:
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.shows("B08", "3.5")
def test_a_right_that_has_arisen_is_asked_for_by_the_customer(
    shop: Shop, twice_repaired: Any, page: Any, signed_in: Any
) -> None:
    order = twice_repaired()
    url = f"/t/{track_token(fresh(order))}"
    html = page.get(url).content.decode()
    assert_strict(html)
    assert "Another unit or your money back" in html
    assert "Repaired as often as the law allows, and still faulty" in html
    assert page.post(f"{url}/ask-exchange", {"ground": "30D_REPAIRER"} | once()).status_code == 422
    asked = {"ground": "TWO_REPAIRS", "reason": "The third time"}
    assert page.post(f"{url}/ask-exchange", asked | once()).status_code == 302
    case = ExchangeCase.objects.get()
    assert (case.state, case.requested_by_id, case.reason, case.price_minor) == (
        "REQUESTED",
        None,
        "The third time",
        PRICE,
    )
    html = page.get(url).content.decode()
    assert 'id="ask-exchange"' not in html, "it is asked for once"
    assert "Waiting for the appraisal" in html
    again = page.post(f"{url}/ask-exchange", asked | once())
    assert again.status_code == 422
    assert "asked for already" in again.content.decode()
    seen = signed_in("chen").get("/exchanges/").content.decode()
    assert case.number in seen
    assert "Your turn" in seen


def test_without_a_right_there_is_no_button_and_whoever_sends_it_reads_why(shop: Shop, page: Any) -> None:
    order = shop.a_received_order()
    url = f"/t/{track_token(fresh(order))}"
    assert 'id="ask-exchange"' not in page.get(url).content.decode()
    refused = page.post(f"{url}/ask-exchange", {"ground": "TWO_REPAIRS", "price_minor": "900"} | once())
    assert refused.status_code == 422
    html = refused.content.decode()
    assert_strict(html)
    assert "No rule gives you another unit or your money back today" in html
    assert page.post(f"{url}/ask-exchange", {"ground": "GOODWILL"} | once()).status_code == 422
    assert not ExchangeCase.objects.exists()


def test_what_was_paid_is_asked_where_the_card_does_not_say_it(shop: Shop, twice_repaired: Any, page: Any) -> None:
    url = f"/t/{track_token(fresh(twice_repaired(price_minor=None)))}"
    assert "What you paid" in page.get(url).content.decode()
    refused = page.post(f"{url}/ask-exchange", {"ground": "TWO_REPAIRS"} | once())
    assert refused.status_code == 422
    assert "it stands on the invoice" in refused.content.decode()
    assert (
        page.post(f"{url}/ask-exchange", {"ground": "TWO_REPAIRS", "price_minor": "2999"} | once()).status_code == 302
    )
    assert ExchangeCase.objects.get().price_minor == 299_900


@pytest.mark.shows("WTY-4")
def test_another_model_is_read_with_its_difference_and_signed_for(shop: Shop, twice_repaired: Any, page: Any) -> None:
    case = an_approved_case(shop, order := twice_repaired())
    url = f"/t/{track_token(fresh(order))}"
    assert page.post(f"{url}/agree-unit", signed() | once()).status_code == 404
    other = a_unit(shop, "OTHER-1", model=None, price_minor=PRICE + 45_000)
    exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    html = page.get(url).content.decode()
    assert_strict(html)
    assert "450.00" in html
    assert "You pay" in html
    assert page.post(f"{url}/agree-unit", once()).status_code == 422
    assert page.post(f"{url}/agree-unit", signed() | once()).status_code == 302
    assert case.offers.get().agreed_by_name == order.customer.name
    assert "The unit that you agreed to" in page.get(url).content.decode()


@pytest.mark.shows("3.5")
def test_another_model_is_declined_by_a_button_and_the_outlet_sees_it(
    shop: Shop, twice_repaired: Any, page: Any, signed_in: Any
) -> None:
    case = an_approved_case(shop, order := twice_repaired())
    url = f"/t/{track_token(fresh(order))}"
    no = {"note": "The money, please"}
    assert page.post(f"{url}/decline-unit", no | once()).status_code == 404
    other = a_unit(shop, "OTHER-1", model=None, price_minor=PRICE)
    exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    assert "I do not want this unit" in page.get(url).content.decode()
    assert "Your turn" not in signed_in("lin").get("/exchanges/").content.decode()
    key = once()
    assert page.post(f"{url}/decline-unit", {"note": "x" * 401} | once()).status_code == 422
    assert page.post("/t/nobodys-link/decline-unit", no | once()).status_code == 404
    assert page.post(f"{url}/decline-unit", no | key).status_code == 302
    html = page.get(url).content.decode()
    assert_strict(html)
    assert "You declined the unit that we offered" in html
    assert 'id="decline-unit"' not in html
    assert page.post(f"{url}/decline-unit", no | once()).status_code == 404, "it is decided"
    assert "Your turn" in signed_in("lin").get("/exchanges/").content.decode()
    html = signed_in("lin").get(f"/exchanges/{case.number}/").content.decode()
    assert_strict(html)
    assert "The money, please" in html


@pytest.mark.shows("3.2")
def test_the_way_shows_the_exchange_and_the_repair_again_once_it_is_withdrawn(
    shop: Shop, twice_repaired: Any, page: Any
) -> None:
    case = an_approved_case(shop, order := twice_repaired())
    url = f"/t/{track_token(fresh(order))}"
    here = 'aria-current="step">'
    way = page.get(url).content.decode().partition(here)
    assert "Device received" in way[0]
    assert "Exchange or refund" in way[2].partition("</li>")[0]
    exchange.withdraw(case, by=shop.reception, at=shop.later())
    assert "Device received" in page.get(url).content.decode().partition(here)[2].partition("</li>")[0]
