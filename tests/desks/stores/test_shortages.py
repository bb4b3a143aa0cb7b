"""The shortage board as it is read: the part, the jobs with the way to each, what comes, and what is missing of it all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.line.storeroom import actions as storeroom
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("S6-27", "S6-19")
def test_the_board_says_what_is_missing_for_whom_and_when_it_comes(signed_in: SignedIn, shop: Shop) -> None:
    assert "No job waits for a part that the store does not have." in _read(signed_in("shen"))
    order = stages.an_approved_order(shop)
    asked = stages.a_requested_part(shop, order)
    text = _read(signed_in("shen"))
    assert "For 1 part nobody has said when it comes." in text
    assert f'href="/stores/requests/{asked.number}/"' in text
    assert f'href="/orders/{order.number}/"' in text
    assert "nowhere in the house" in text
    storeroom.answer_none(asked, by=shop.actor("shen"), at=shop.later())
    text = _read(signed_in("ma"))
    assert "/back-office/buying/requests/" in text
    # The dispatcher comes from the control room, and the technician reads of the own jobs.
    assert 'href="/stores/missing/"' in signed_in("bo").get("/control-room/").content.decode()
    for name in ("bo", "nie", "chen"):
        assert shop.compressor.code in _read(signed_in(name)), name
    assert shop.compressor.code not in _read(signed_in("wu"))
    assert signed_in("lin").get("/stores/missing/").status_code == 403


def _read(client: Client) -> str:
    answer = client.get("/stores/missing/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert_strict(text)
    return text
