"""Who reads how many there are: not whoever counts them, and not the counter, which is told whether there is one and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.books.stock import actions as stock
from guiju.readiness.counting import queries as counting
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import FOUNDED, Shop, names

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
# So many lie there, and nothing else on any page is called so.
CANARY = 7391
WRITTEN = ("7391", "7,391")


def _leaks(client: Client, *addresses: str) -> list[str]:
    pages = {each: client.get(each) for each in addresses}
    assert {each: answer.status_code for each, answer in pages.items()} == dict.fromkeys(addresses, 200)
    return [each for each, answer in pages.items() if any(word in answer.content.decode() for word in WRITTEN)]


@pytest.mark.shows("F10", "T43")
def test_whoever_counts_a_bin_reads_nowhere_how_many_are_free_in_it(
    signed_in: SignedIn, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin = stages.a_bin(shop, holding=CANARY)
    order = stages.an_approved_order(shop)
    asked = stages.a_requested_part(shop, order)
    bench, request, moves = (
        f"/bench/{order.number}/parts?part=comp",
        f"/stores/requests/{asked.number}/",
        "/stores/moves/?all=1",
    )
    seen: dict[str, tuple[str, ...]] = {
        "chen": (bench, request, moves),
        "shen": (request, f"/stores/?scan={asked.number}", moves),
    }
    for name, addresses in seen.items():
        wanted = [each for each in addresses if "?scan" not in each]
        assert _leaks(signed_in(name), *addresses) == wanted, f"{name} reads it before anybody counts"
    counts = {shop.cast.people[name].pk for name in seen}
    monkeypatch.setattr(counting, "hidden_from", lambda by: [bin.pk] if by.person_id in counts else [])
    for name, addresses in seen.items():
        assert _leaks(signed_in(name), *addresses) == [], f"{name} counts it now"
    # The dispatcher does not count, and reads it still.
    assert _leaks(signed_in("bo"), moves) == [moves]


@pytest.mark.shows("S6-27", "T02")
def test_the_counter_is_told_whether_a_part_is_to_be_had_and_where_but_no_stores_figures(
    signed_in: SignedIn, shop: Shop, other_shop: Shop
) -> None:
    order = stages.an_approved_order(shop)
    stages.a_requested_part(shop, order)
    lin, page = signed_in("lin"), f"/orders/{order.number}/"
    assert "nowhere in the house" in lin.get(page).content.decode()
    he, tang = other_shop.actor("he"), other_shop.actor("tang")
    there = stock.open_store(
        unit=other_shop.unit, code="GZ", names=names("Guangzhou"), kind="OUTLET", by=he, at=FOUNDED
    )
    far = stock.add_bin(there, code="G-1", by=he, at=FOUNDED)
    stock.receive(shop.compressor, far, CANARY, document="D-1", by=tang, at=shop.later())
    text = lin.get(page).content.decode()
    assert_strict(text)
    assert f"the nearest: {other_shop.unit.name}" in text
    assert not any(word in text for word in WRITTEN)
    stages.a_bin(shop, holding=CANARY)
    text = lin.get(page).content.decode()
    assert ">here<" in text
    assert not any(word in text for word in WRITTEN)
    refused = {
        each: lin.get(each).status_code
        for each in ("/stores/stock/", f"/stores/parts/{shop.compressor.pk}/", "/stores/moves/")
    }
    assert set(refused.values()) == {403}
