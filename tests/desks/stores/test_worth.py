"""What the stock is worth, store by store, and the list by which the shelves are walked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.books.stock import actions as stock
from guiju.books.stock.rules import Condition, Which
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import FOUNDED, Shop, names

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("S6-24", "INV-9")
def test_the_stores_are_worth_the_outlet_to_the_cent_by_either_method(signed_in: SignedIn, shop: Shop) -> None:
    bin, part = stages.a_bin(shop), shop.compressor
    ma, shen = shop.actor("ma"), shop.actor("shen")
    back = stock.open_store(unit=shop.unit, code="BACK", names=names("Back"), kind="OUTLET", by=ma, at=FOUNDED)
    far = stock.add_bin(back, code="Z-1", by=ma, at=FOUNDED)
    stock.receive(part, bin, 3, document="D-1", cost_minor=10_000, by=shen, at=shop.later())
    stock.receive(part, far, 3, document="D-2", cost_minor=20_001, by=shen, at=shop.later())
    stock.set_apart(part, bin, 1, condition="DEFECTIVE", reason="Bent", by=shen, at=shop.later())
    bent = Which(condition=Condition.DEFECTIVE)
    stock.scrap(part, bin, 1, reason="Bent", which=bent, by=ma, at=shop.later())
    browser = signed_in("ma")
    found = {}
    for method in ("AVERAGE", "FIFO"):
        answer = browser.get(f"/stores/valuation/?method={method}")
        assert_strict(answer.content.decode())
        told = answer.context
        worth = {each["store"].code: each["value_minor"] for each in told["stores"]}
        assert sum(worth.values()) == told["total_minor"] == sum(each.value_minor for each in told["page"])
        found[method] = worth
    # Five of six are left: of 300.01 by average, and without the oldest, 33.33, by first in first out.
    assert found == {"AVERAGE": {"MAIN": 10_000, "BACK": 15_001}, "FIFO": {"MAIN": 10_667, "BACK": 16_001}}
    assert "kept by the other method" in browser.get("/stores/valuation/?method=FIFO").content.decode()
    # Only for those who may see what things cost; and each outlet its own.
    assert signed_in("shen").get("/stores/valuation/").status_code == 403
    assert signed_in("he").get("/stores/valuation/?unit=FS01").context["units"] == []


@pytest.mark.shows("S6-17")
def test_what_is_reserved_is_picked_bin_by_bin_until_it_is_issued(signed_in: SignedIn, shop: Shop) -> None:
    bin = stages.a_bin(shop, holding=3)
    shen = signed_in("shen")
    assert "Nothing is reserved" in shen.get("/stores/picking/").content.decode()
    last = stock.add_bin(bin.store, code="A-0", by=shop.actor("shen"), at=shop.later())
    stock.move(shop.compressor, bin, 1, to_bin=last, by=shop.actor("shen"), at=shop.later())
    order = stages.an_approved_order(shop, parts=2)
    asked = [stages.a_requested_part(shop, order) for _each in (1, 2)]
    for request, place in zip(asked, (bin, last), strict=True):
        shen.post(f"/stores/requests/{request.number}/available", {"bin": place.pk})
    answer = shen.get("/stores/picking/")
    assert_strict(answer.content.decode())
    (store,) = answer.context["stores"]
    assert [(each.bin.code, each.number) for each in store["requests"]] == [
        ("A-0", asked[1].number), ("A-1", asked[0].number),
    ]  # fmt: skip
    shen.post(f"/stores/requests/{asked[1].number}/issue")
    (store,) = shen.get("/stores/picking/").context["stores"]
    assert [each.number for each in store["requests"]] == [asked[0].number]
    assert signed_in("tang").get("/stores/picking/").context["stores"] == []
    assert signed_in("chen").get("/stores/picking/").status_code == 403
