"""An open page sees what others do, and no more than it may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.line.cast_line import Shop

Browser = Callable[[str], Client]


def mark(browser: Client, since: str = "") -> str:
    """What the page is told."""
    answer = browser.get("/live", {"since": since})
    return answer.json()["mark"] if answer.status_code == 200 else ""


@pytest.mark.shows("M04")
def test_the_mark_moves_with_a_deed_of_ones_own_outlet(
    shop: Shop, signed_in: Browser, django_assert_max_num_queries: Callable[..., object]
) -> None:
    lin = signed_in("lin")
    before = mark(lin)
    assert mark(lin, before) == ""
    shop.a_registered_order()
    with django_assert_max_num_queries(4):  # type: ignore[attr-defined]  # a context manager
        after = mark(lin, before)
    assert after not in {"", before}


def test_the_mark_stands_still_for_what_others_do(shop: Shop, other_shop: Shop, signed_in: Browser) -> None:
    _ = shop.price_list, other_shop.price_list
    lin = signed_in("lin")
    before = mark(lin)
    other_shop.a_registered_order()
    assert mark(lin, before) == ""
    # The same deed in one's own outlet is told.
    shop.a_registered_order()
    assert mark(lin, before) != ""


def test_a_stranger_is_told_nothing(client: Client) -> None:
    assert client.get("/live").status_code == 302
