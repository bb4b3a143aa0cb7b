"""The customer hears what was decided of an exchange or a refund, and of another unit that is offered."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.kernel import news
from guiju.line.exchange import actions as exchange
from guiju.line.workorder import queries as orders
from guiju.oversight.notices.models import Message
from tests.line.cast_line import Shop
from tests.line.exchange.conftest import PRICE, _own_files, a_unit, an_appraised_case, an_approved_case, twice_repaired

__all__ = ["_own_files", "twice_repaired"]
pytestmark = [pytest.mark.django_db]


def texts(shop: Shop, template: str) -> list[str]:
    """What was written, once the worker has been round."""
    while news.deliver_due(shop.later()):
        pass
    return list(Message.objects.filter(template=template).values_list("text", flat=True))


@pytest.mark.shows("A12", "3.5")
def test_what_was_decided_is_told_in_the_customers_language(shop: Shop, twice_repaired: Any) -> None:
    order = twice_repaired(language="en")
    an_approved_case(shop, order)
    (said,) = texts(shop, "EXCHANGE")
    assert "It is granted: Another unit of the same model." in said
    assert orders.track_token(order) in said
    refused = an_appraised_case(shop, twice_repaired(language="zh-hant"))
    exchange.reject(refused, reason="機身號碼被塗改", by=shop.actor("nie"), at=shop.later())
    _, said = texts(shop, "EXCHANGE")
    assert "機身號碼被塗改" in said
    assert "granted" not in said


@pytest.mark.shows("A12", "3.5")
@pytest.mark.parametrize(
    ("more", "words"), [(45_000, "you pay 450.00"), (-5_000, "you get back 50.00"), (0, "same price")]
)
def test_another_unit_is_offered_with_its_difference(shop: Shop, twice_repaired: Any, more: int, words: str) -> None:
    case = an_approved_case(shop, twice_repaired(language="en"))
    other = a_unit(shop, "OTHER-1", model=None, price_minor=PRICE + more)
    exchange.offer_unit(case, other=other, by=shop.reception, at=shop.later())
    (said,) = texts(shop, "EXCHANGE_OFFER")
    assert words in said
