"""What may be charged here today, and what not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing import queries, rules
from guiju.standing.pricing.models import PriceList
from guiju.standing.pricing.rules import Place
from tests.cast import NOON
from tests.standing.pricing.conftest import TODAY, shown

Lists = Callable[..., PriceList]


@pytest.mark.shows("EX-10", "PRC-2")
def test_a_price_above_the_list_is_refused(publish: Lists, fs01_unit: Unit, compressor: Part) -> None:
    publish()
    line = queries.line_for(part=compressor, unit=fs01_unit, on=TODAY, place=Place.SHOP)
    assert line is not None
    for price in (38000, 50000, 62000):
        pricing.hold_to_list(line, price_minor=price)
    with pytest.raises(pricing.PriceOutsideList) as refused:
        pricing.hold_to_list(line, price_minor=70000)
    assert (refused.value.status, refused.value.field) == (422, "unit_minor")
    assert "700.00 CNY is above the list, which ends at 620.00 CNY." in str(refused.value)
    with pytest.raises(pricing.PriceOutsideList, match="below the list"):
        pricing.hold_to_list(line, price_minor=37999)


@pytest.mark.shows("C01")
def test_the_nearest_list_that_names_the_thing_prices_it(
    publish: Lists, draft: Lists, fs01_unit: Unit, gz02_unit: Unit, sd_unit: Unit, compressor: Part,
    test_fee: ServiceItem, nie: Actor, xu: Actor,
) -> None:  # fmt: skip
    publish(least=10000)
    publish(sd_unit, least=20000)
    own = draft(fs01_unit, least=30000)
    pricing.remove_line(own.lines.get(item=test_fee), by=nie, at=NOON)
    shown(own, by=nie, and_by=xu)
    found = {
        unit.code: queries.line_for(part=compressor, unit=unit, on=TODAY, place=Place.SHOP)
        for unit in (fs01_unit, gz02_unit)
    }
    assert {code: line and line.min_minor for code, line in found.items()} == {"FS01": 30000, "GZ02": 20000}
    fee = queries.line_for(item=test_fee, unit=fs01_unit, on=TODAY, place=Place.HOME)
    assert fee is not None
    assert fee.price_list.unit == sd_unit, "what the outlet's list does not name, the region's prices"
    current = queries.current_list(fs01_unit, TODAY)
    assert current == own
    assert queries.current_list(fs01_unit, TODAY - timedelta(days=1)) is None


def test_a_draft_prices_nothing(draft: Lists, fs01_unit: Unit, compressor: Part) -> None:
    draft()
    assert queries.line_for(part=compressor, unit=fs01_unit, on=TODAY, place=Place.SHOP) is None


def test_a_line_is_found_in_one_statement(
    publish: Lists, fs01_unit: Unit, compressor: Part, django_assert_num_queries: Callable[[int], object]
) -> None:
    publish()
    publish(fs01_unit)
    with django_assert_num_queries(1):
        queries.line_for(part=compressor, unit=fs01_unit, on=TODAY, place=Place.SHOP)


@pytest.mark.shows("S6-37", "S6-39", "PT-1")
def test_the_sheet_at_the_counter_lists_tests_and_parts(publish: Lists, fs01_unit: Unit) -> None:
    publish()
    rows = queries.sheet(fs01_unit, TODAY)
    assert [(row.section, row.code, row.min_minor, row.max_minor, row.unit) for row in rows] == [
        ("TEST", "T-1", 5000, 5000, "per visit"),
        ("PART", "CMP-09K", 38000, 62000, "per piece"),
    ]
    assert rows[0].service_hours == 24


def test_drafts_are_seen_by_those_of_the_unit_and_lists_by_all(
    publish: Lists, draft: Lists, gz02_unit: Unit, lin: Actor, nie: Actor
) -> None:
    shown = publish()
    hidden = draft(gz02_unit)
    assert list(PriceList.objects.visible_to(lin)) == [shown]
    assert set(PriceList.objects.visible_to(nie)) == {shown, hidden}


@given(some.integers(0, 10**6), some.integers(0, 10**6), some.integers(0, 10**6))
def test_a_price_is_inside_or_there_is_a_reason(price: int, one: int, other: int) -> None:
    least, most = sorted((one, other))
    assert rules.judge(price, least, most).refused == (not least <= price <= most)
