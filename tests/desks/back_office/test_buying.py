"""A purchase on the screens: asked for, approved, offers side by side, ordered, counted at the door without a figure, matched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

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
