"""Whom we buy from, on the screen: proposed by the buyer, admitted by finance, with prices, their history, accounts and a score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from guiju.readiness.supply.models import Offer, Supplier, SupplierBank
from tests.desks.back_office.test_buying import as_
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once
from tests.readiness.supply.market import Market, market

__all__ = ["as_", "market"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SignedIn = Callable[[str], Client]


@pytest.mark.shows("S2-48", "PUR-8")
def test_a_supplier_is_proposed_admitted_priced_and_its_account_verified_by_another(
    market: Market, as_: SignedIn
) -> None:
    ping, xu = as_("ping"), as_("xu")

    def do(browser: Client, slug: str, **typed: object) -> int:
        return browser.post(f"/back-office/suppliers/DONG/{slug}", {**typed, **once()}).status_code

    empty = ping.get("/back-office/suppliers/").content.decode()
    assert "No supplier has been proposed yet." in empty
    said = {"code": "dong", "name": "Dong parts", "categories": ["PARTS", "TOOLS"], "contact": "Ms Dong"}
    answer = ping.post("/back-office/suppliers/propose/", said | {"categories": []} | once())
    assert (answer.status_code, Supplier.objects.count()) == (422, 0)
    assert ping.post("/back-office/suppliers/propose/", said | once()).status_code == 302
    assert ping.post("/back-office/suppliers/propose/", said | once()).status_code == 422, "the code is taken"
    # A buyer admits nobody; a mechanic sees no prices.
    assert do(ping, "admit") == 403
    assert as_("chen").get("/back-office/suppliers/DONG/").status_code == 403
    assert do(xu, "admit") == 302
    today = market.today
    price = {"part": market.drum.code.lower(), "lead_days": 7, "basis": "List"}
    assert do(ping, "offer", **price, price_minor="0", starts_on=today.isoformat()) == 422
    for back, amount in ((40, "120.00"), (10, "126.00")):
        assert (
            do(ping, "offer", **price, price_minor=amount, starts_on=(today - timedelta(days=back)).isoformat()) == 302
        )
    assert list(Offer.objects.order_by("starts_on").values_list("price_minor", flat=True)) == [12_000, 12_600]
    account = {"holder": "Dong", "bank": "ICBC", "account": "6222 0001 7788", "basis": "Letter"}
    assert do(ping, "account", **account) == 302
    assert do(ping, "verify", verified="Rang") == 403
    html = xu.get("/back-office/suppliers/DONG/").content.decode()
    assert_strict(html)
    for words in ("+5 %", "…7788", "Waiting to be verified", "Nothing has come from there"):
        assert words in html
    assert "6222 0001" not in html
    assert do(xu, "verify", verified="") == 422
    assert do(xu, "verify", verified="Rang Ms Dong") == 302
    assert SupplierBank.objects.get().state == "IN_FORCE"
    assert do(xu, "suspend", reason="Late again") == 302
    assert "Suspended" in ping.get("/back-office/suppliers/?q=do").content.decode()
    assert do(xu, "nonsense") == 404


@pytest.mark.shows("S2-49")
def test_its_card_says_how_it_did_and_who_is_cheaper(market: Market, as_: SignedIn) -> None:
    order = market.ordered(market.asked(4))
    market.now += timedelta(days=9)
    market.shelved(market.inspected(market.came(order, 4), rejected=1))
    html = as_("xu").get("/back-office/suppliers/HAI/").content.decode()
    assert_strict(html)
    for words in ("Lines delivered", "0 %", "75 %", order.number):
        assert words in html
    assert "HAI parts asks" in as_("xu").get("/back-office/suppliers/NAN/").content.decode()
