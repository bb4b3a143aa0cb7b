"""A purchase on the screens: asked for, approved, offers side by side, ordered, counted at the door without a figure, matched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import GoodsReceipt, PurchaseOrder, PurchaseRequest, Sourcing, SupplierInvoice
from guiju.standing.people import actions as people
from tests.cast import FOUNDED, Cast
from tests.readiness.supply.market import Market, market

__all__ = ["market"]

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def as_(market: Market, cast: Cast, signed_in: Callable[[str], Client]) -> Callable[[str], Client]:
    """A browser of somebody of the cast or of the market."""

    def browser(name: str) -> Client:
        if name not in cast.logins:
            cast.logins[name] = people.make_login(
                cast.people[name], username=name, password=f"{name} keeps the square true", language="en",
                by=cast.actors["ad"], at=FOUNDED,
            )  # fmt: skip
        return signed_in(name)

    return browser


def _done(browser: Client, kind: str, number: str, slug: str, **typed: Any) -> None:
    answer = browser.post(reverse("back_office:paper_do", args=[kind, number, slug]), typed)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


@pytest.mark.shows("S2-47", "S2-48", "J06", "6.21")
def test_a_purchase_goes_its_way_on_the_screens(market: Market, as_: Callable[[str], Client]) -> None:
    _ = market.suppliers, market.bin
    shen, ma, ping, xu, kuai, fang = (as_(name) for name in ("shen", "ma", "ping", "xu", "kuai", "fang"))
    asked = shen.post(
        reverse("back_office:buying"), {"part": "drum-1", "quantity": "4", "reason": "The shelf is empty"}
    )
    assert asked.status_code == 302
    refused = shen.post(reverse("back_office:buying"), {"part": "NONE", "quantity": "4", "reason": "x"})
    assert refused.status_code == 422
    request = PurchaseRequest.objects.get()
    page = ma.get(reverse("back_office:paper", args=["requests", request.number])).content.decode()
    assert "DRUM-1" in page
    _done(ma, "requests", request.number, "approve", total_minor="40000")
    # Who asked is offered no approval, and is told why where they press it all the same.
    assert shen.post(reverse("back_office:paper_do", args=["requests", request.number, "approve"])).status_code == 403
    _done(ping, "requests", request.number, "source")
    sourcing = Sourcing.objects.get()
    until = (market.today + timedelta(days=400)).isoformat()
    for supplier in market.suppliers.values():
        _done(ping, "sourcings", sourcing.number, "quote", supplier=supplier.pk, valid_until=until, basis="By phone")
    page = ping.get(reverse("back_office:paper", args=["sourcings", sourcing.number])).content.decode()
    assert all(text in page for text in ("HAI parts", "NAN parts", "BEI parts", "100.00", "120.00"))
    dearer = sourcing.quotes.get(supplier__code="BEI")
    said = ping.post(
        reverse("back_office:paper_do", args=["sourcings", sourcing.number, "award"]), {"quote": dearer.pk}
    )
    assert (said.status_code, "cheaper offer" in said.content.decode()) == (422, True)
    _done(ping, "sourcings", sourcing.number, "award", quote=sourcing.quotes.get(supplier__code="HAI").pk)
    _done(ping, "sourcings", sourcing.number, "order")
    order = PurchaseOrder.objects.get()
    _done(xu, "orders", order.number, "approve")
    _done(ping, "orders", order.number, "send")
    _done(ping, "orders", order.number, "confirm", expected_on=until, total_minor="400")
    assert order.number in kuai.get(reverse("stores:deliveries")).content.decode()
    # The keeper who counts sees neither how many were ordered nor the order itself.
    count = kuai.get(reverse("stores:delivery", args=[order.number])).content.decode()
    assert "DRUM-1" not in count
    assert kuai.get(reverse("back_office:paper", args=["orders", order.number])).status_code == 403
    counted = {"note": "DN-1", "part_1": "drum-1", "count_1": "4"}
    assert kuai.post(reverse("stores:delivery", args=[order.number]), counted).status_code == 302
    receipt = GoodsReceipt.objects.get()
    line = receipt.lines.get()
    goods = reverse("stores:goods", args=[receipt.number])
    assert kuai.post(goods, {f"rejected_{line.pk}": "1"}).status_code == 422
    assert kuai.post(goods, {f"rejected_{line.pk}": "1", f"why_{line.pk}": "Dented"}).status_code == 302
    assert f"lot_{line.pk}" not in kuai.get(goods).content.decode(), "only of a part that is tracked by lots"
    type(market.drum).objects.filter(pk=market.drum.pk).update(tracks_lots=True)
    assert kuai.post(goods, {f"bin_{line.pk}": market.bin.pk}).status_code == 422
    typed = {f"bin_{line.pk}": market.bin.pk, f"lot_{line.pk}": "L-1", f"expires_on_{line.pk}": "2099-01-01"}
    assert kuai.post(goods, typed).status_code == 302
    assert "Dented" in kuai.get(goods).content.decode()
    _done(fang, "orders", order.number, "bill", reference="INV-1", amount_minor="400")
    invoice = SupplierInvoice.objects.get()
    _done(fang, "invoices", invoice.number, "match")
    page = fang.get(reverse("back_office:paper", args=["invoices", invoice.number])).content.decode()
    assert "do not add up" in page
    _done(fang, "invoices", invoice.number, "refuse", reason="Three came")
    _done(fang, "orders", order.number, "bill", reference="INV-2", amount_minor="300")
    _done(fang, "invoices", SupplierInvoice.objects.get(reference="INV-2").number, "match")
    page = fang.get(reverse("back_office:paper", args=["orders", order.number])).content.decode()
    assert all(text in page for text in ("INV-2", "DN-1", request.number, sourcing.number))
    assert fang.get(reverse("back_office:buying")).status_code == 200


@pytest.mark.shows("J07", "S2-46")
def test_a_buyer_ticks_the_requests_of_many_stores_and_orders_them_together(
    market: Market, as_: Callable[[str], Client]
) -> None:
    _ = market.suppliers
    here = market.asked(4)
    there = market.asked(6, by="tang", unit="GZ02", approver="he")
    screw = market.asked(9, by="tang", unit="GZ02", approver="he", part=market.part("SCREW-1"))
    at_once = market.asked(1, is_emergency=True, reference="A job", estimate=10_000)
    pan, ping, fang = as_("pan"), as_("ping"), as_("fang")
    url = reverse("back_office:paper", args=["requests", here.number])
    page = pan.get(url).content.decode()
    # What wants the same part stands first, each with its store and what it wants.
    assert page.index(at_once.number) < page.index(screw.number)
    assert "6 × DRUM-1" in page
    assert there.number not in ping.get(url).content.decode(), "whoever buys for one outlet is offered its own"
    do = reverse("back_office:paper_do", args=["requests", here.number, "source"])
    # Not of one kind; bought centrally only; of a store that one does not buy for: said at the field, what was ticked kept.
    both = pan.post(do, {"requests": [there.pk, at_once.pk]})
    said = both.content.decode()
    assert (both.status_code, "one of them is an emergency" in said) == (422, True)
    [form] = [each["form"] for each in both.context["steps"] if each["slug"] == "source"]
    assert list(form.errors) == ["requests"]
    assert form["requests"].value() == [str(there.pk), str(at_once.pk)]
    assert ping.post(do, {"requests": [there.pk]}).status_code == 422
    supply.buy_centrally(market.drum, reason="One maker", **market.at("nie"))
    alone = ping.post(do, {"requests": []})
    assert (alone.status_code, "central buyer alone" in alone.content.decode()) == (422, True)
    assert not Sourcing.objects.exists()
    _done(pan, "requests", here.number, "source", requests=[there.pk])
    sourcing = Sourcing.objects.get()
    assert set(sourcing.requests.all()) == {here, there}
    for supplier in market.suppliers.values():
        until = (market.today + timedelta(days=400)).isoformat()
        _done(pan, "sourcings", sourcing.number, "quote", supplier=supplier.pk, valid_until=until, basis="By phone")
    _done(pan, "sourcings", sourcing.number, "award", quote=sourcing.quotes.get(supplier__code="HAI").pk)
    _done(pan, "sourcings", sourcing.number, "order")
    order = reverse("back_office:paper", args=["orders", PurchaseOrder.objects.get().number])
    page = pan.get(order).content.decode()
    assert "Which store gets how much" in page
    assert all(reverse("back_office:paper", args=["requests", each.number]) in page for each in (here, there))
    # The outlet that gets a part of it reads the number of the other's request, and has no way there.
    page = fang.get(order).content.decode()
    assert there.number in page
    assert reverse("back_office:paper", args=["requests", there.number]) not in page


@pytest.mark.shows("PUR-6", "J08", "5.3")
def test_what_was_split_to_stay_under_a_limit_is_shown_to_who_approves_and_to_the_auditor(
    market: Market, as_: Callable[[str], Client]
) -> None:
    url = reverse("back_office:in_pieces")
    # The pages ask the clock of the wall, and look at ninety days.
    market.now = now() - timedelta(days=1)
    market.asked(18, part=market.part("BELT-1"))
    ma, auditor, shen = as_("ma"), as_("an"), as_("shen")
    assert "Nothing was bought in pieces" in auditor.get(url).content.decode(), "one request is one"
    # 1,900 yuan each, where a manager's limit is 2,000.
    first, second = market.asked(19), market.submitted(19)
    paper = ma.get(reverse("back_office:paper", args=["requests", second.number])).content.decode()
    assert paper.count(reverse("back_office:paper", args=["requests", first.number])) == 1
    assert "3,800.00" in paper, "who approves sees beforehand what it counts for"
    for browser in (ma, auditor):
        page = browser.get(url).content.decode()
        assert all(text in page for text in (first.number, second.number, "3,800.00", "2,000.00", "Not judged as one"))
        assert "BELT-1" not in page
    assert shen.get(url).status_code == 403
    market.approve(second, by="lu")
    assert "Approved as one purchase" in auditor.get(url).content.decode()
    # Another outlet's manager sees nothing of it.
    assert first.number not in as_("he").get(url).content.decode()
