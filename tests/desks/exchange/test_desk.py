"""The case on the screen: asked for at the counter before anything is quoted, and taken by each of its people from there."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.line.exchange import actions as exchange
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.workorder.queries import track_token
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, signed
from tests.line.cast_line import Shop, fresh
from tests.line.exchange.conftest import PRICE, _own_files, a_case, a_unit, an_approved_case, twice_repaired

__all__ = ["_own_files", "twice_repaired"]
SEEN = {"fault_confirmed": "on", "serial_verified": "on", "proof_verified": "on", "findings": "The drum does not turn."}


@pytest.mark.shows("EX-2", "B08", "S6-20")
def test_the_receptionist_sees_the_right_and_opens_the_case(
    shop: Shop, twice_repaired: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    order, lin = twice_repaired(), signed_in("lin")
    url = f"/reception/orders/{order.number}/"
    html = lin.get(url).content.decode()
    assert_strict(html)
    assert html.index('id="step-open-exchange" open') < html.index("The job"), "the right stands before everything else"
    assert "Repaired as often as the law allows, and still faulty" in html
    refused = lin.post(f"{url}open-exchange", {"ground": "GOODWILL", "reason": "No"} | once())
    assert refused.status_code == 422
    assert "No</textarea>" in refused.content.decode(), "what was typed is kept"
    assert lin.post(f"{url}open-exchange", {"ground": "TWO_REPAIRS"} | once()).status_code == 302
    case = ExchangeCase.objects.get()
    shown = lin.get(url).content.decode()
    assert case.number in shown
    assert "step-open-exchange" not in shown
    with django_assert_max_num_queries(12):
        page = lin.get(f"/exchanges/{case.number}/")
    assert_strict(page.content.decode())


def test_each_takes_the_case_one_step_on(shop: Shop, twice_repaired: Any, signed_in: Any) -> None:
    case = a_case(shop, twice_repaired())
    url = f"/exchanges/{case.number}/"
    chen, qin, nie, shen = (signed_in(name) for name in ("chen", "qin", "nie", "shen"))
    assert "Your turn" in chen.get("/exchanges/").content.decode()
    assert "Your turn" not in qin.get("/exchanges/").content.decode()
    empty = chen.post(f"{url}appraise", {"fault_confirmed": "on", "findings": ""} | once())
    assert empty.status_code == 422
    assert "This is needed." in empty.content.decode()
    assert qin.post(f"{url}appraise", SEEN | once()).status_code == 403
    assert chen.post(f"{url}appraise", SEEN | once()).status_code == 302
    assert qin.post(f"{url}confirm", once()).status_code == 302
    page = nie.get(url).content.decode()
    assert_strict(page)
    assert "Deducted for its use" in page, "what the money would come to stands there before anybody chooses"
    assert nie.post(f"{url}approve", {"choice": "EXCHANGE"} | once()).status_code == 302
    unit = a_unit(shop)
    assert shen.post(f"{url}allocate", {"other": unit.pk} | once()).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.other_id) == ("ALLOCATED", unit.pk)
    assert_strict(shen.get("/exchanges/").content.decode())


@pytest.mark.shows("WTY-4")
def test_another_model_is_kept_when_the_customer_has_seen_the_difference_and_signed(
    shop: Shop, twice_repaired: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    case = an_approved_case(shop, twice_repaired())
    other, shen, lin = (
        a_unit(shop, "OTHER-1", model=None, price_minor=PRICE - 50_000),
        signed_in("shen"),
        signed_in("lin"),
    )
    url = f"/exchanges/{case.number}/"
    bare = shen.post(f"{url}allocate", {"other": other.pk} | once())
    assert bare.status_code == 422
    assert "agreed in writing" in bare.content.decode()
    assert lin.post(f"{url}offer-unit", {"other": other.pk} | once()).status_code == 302
    with django_assert_max_num_queries(14):
        html = lin.get(url).content.decode()
    assert_strict(html)
    assert "Goes back to the customer" in html
    assert "500.00" in html
    assert 'id="step-allocate"' not in shen.get(url).content.decode(), (
        "nobody keeps what the customer has not signed for"
    )
    with_name = {name.replace("signature", "consent"): value for name, value in signed().items()}
    assert lin.post(f"{url}agree-unit", with_name | once()).status_code == 302
    assert shen.post(f"{url}allocate", {"other": other.pk} | once()).status_code == 302
    case.refresh_from_db()
    html = shen.get(url).content.decode()
    assert f"/exchanges/{case.number}/pictures/{case.consent_id}" in html
    assert shen.get(f"/exchanges/{case.number}/pictures/{case.consent_id}").status_code == 200
    assert shen.get(f"/exchanges/{case.number}/pictures/{case.order.appliance_id}").status_code == 404
    xu = signed_in("xu")
    assert "Your turn" in xu.get("/exchanges/").content.decode()
    assert xu.post(f"{url}pay-difference", {"bank_ref": "TT-1"} | once()).status_code == 302
    assert "Difference paid back" in xu.get(url).content.decode()


def test_the_keeper_keeps_the_list_of_units(shop: Shop, signed_in: Any) -> None:
    shen = signed_in("shen")
    typed = {
        "brand": shop.model.brand.pk,
        "line": shop.line.pk,
        "model": shop.model.pk,
        "serial": "NEW-1",
        "is_new": "on",
    }
    assert signed_in("lin").post("/exchanges/units/", typed | once()).status_code == 403
    assert shen.post("/exchanges/units/", typed | once()).status_code == 302
    again = shen.post("/exchanges/units/", typed | once())
    assert again.status_code == 422
    assert 'value="NEW-1"' in again.content.decode()
    unit = ExchangeUnit.objects.get()
    assert_strict(shen.get("/exchanges/units/").content.decode())
    assert shen.post(f"/exchanges/units/{unit.pk}/retire", {"reason": "old"} | once()).status_code == 422
    assert shen.post(f"/exchanges/units/{unit.pk}/retire", {"reason": "Sent on to GZ02"} | once()).status_code == 302
    assert "NEW-1" not in shen.get("/exchanges/units/").content.decode()


def test_another_outlet_learns_nothing(shop: Shop, twice_repaired: Any, signed_in: Any) -> None:
    case = a_case(shop, order := twice_repaired())
    assert fresh(order).state == "EXCHANGE_PENDING"
    zhou = signed_in("zhou")
    assert zhou.get(f"/exchanges/{case.number}/").status_code == 404
    assert case.number not in zhou.get("/exchanges/").content.decode()


def test_the_customer_reads_the_reason_and_where_to_complain(shop: Shop, twice_repaired: Any, client: Any) -> None:
    case = a_case(shop, order := twice_repaired())
    url = f"/t/{track_token(fresh(order))}"
    client.cookies["django_language"] = "en"
    assert "Waiting for the appraisal" in client.get(url).content.decode()
    exchange.reject(case, reason="The plate was changed", by=shop.actor("nie"), at=shop.later())
    html = client.get(url).content.decode()
    assert_strict(html)
    assert "The plate was changed" in html
    assert "complain to" in html
