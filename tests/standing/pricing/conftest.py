"""Something to put a price on, and two people who do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import PriceList
from tests.cast import NOON

TODAY = date(2026, 11, 2)


def shown(price_list: PriceList, *, by: Actor, and_by: Actor, at: datetime = NOON) -> PriceList:
    """Have it checked by one, approved and published by the other."""
    pricing.check(price_list, by=by, at=at)
    pricing.approve(price_list, by=and_by, at=at)
    return pricing.publish(price_list, by=and_by, at=at)


@pytest.fixture
def compressor(nie: Actor) -> Part:
    return catalogue.add_part(code="CMP-09K", names={"en": "Compressor"}, by=nie, at=NOON)


@pytest.fixture
def test_fee(nie: Actor) -> ServiceItem:
    names = {"en": "Test at the bench"}
    return catalogue.add_service_item(code="T-1", names=names, kind="TEST", service_hours=24, by=nie, at=NOON)


@pytest.fixture
def draft(compressor: Part, test_fee: ServiceItem, nie: Actor) -> Callable[..., PriceList]:
    """Draft a list on which the compressor costs 380 to 620, and the test 50."""

    def make(unit: Unit | None = None, *, starts_on: date = TODAY, least: int = 38000, **others: Any) -> PriceList:
        price_list = pricing.draft_list(unit=unit, starts_on=starts_on, by=nie, at=NOON, **others)
        pricing.add_line(
            price_list, part=compressor, min_minor=least, max_minor=62000, unit="per piece", by=nie, at=NOON
        )
        pricing.add_line(price_list, item=test_fee, min_minor=5000, unit="per visit", by=nie, at=NOON)
        return price_list

    return make


@pytest.fixture
def publish(draft: Callable[..., PriceList], nie: Actor, xu: Actor) -> Callable[..., PriceList]:
    """Draft, check, approve and publish."""

    def make(unit: Unit | None = None, **others: Any) -> PriceList:
        return shown(draft(unit, **others), by=nie, and_by=xu)

    return make
