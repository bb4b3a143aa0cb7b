"""Money is whole minor units; parts always sum to the whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel.amounts import EXPONENTS, MINOR_MAX, Money, allocate, round_half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("-0.5", -1), ("-2.5", -3), ("0", 0), ("1e20", 10**20)],
)
def test_a_half_goes_away_from_zero(value, rounded):
    assert round_half_up(Decimal(value)) == rounded


@pytest.mark.shows("G-7")
@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (1, [0, 1, 1], [0, 1, 0]),
        (0, [1, 2], [0, 0]),
        (10, [Decimal("0.1"), Decimal("0.2")], [3, 7]),
        (5, [3, 3, 3, 3, 3, 3], [1, 1, 1, 1, 1, 0]),
    ],
)
def test_a_whole_is_shared_out_by_weight(total, weights, parts):
    assert allocate(total, weights) == parts


@pytest.mark.shows("G-7", "I18")
@given(
    total=st.integers(-(10**12), 10**12),
    weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any),
)
def test_the_parts_sum_to_the_whole_and_none_is_off_by_one_unit(total, weights):
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 5]], ids=str)
def test_what_nobody_carries_is_not_shared_out(weights):
    with pytest.raises(ValueError, match="weights"):
        allocate(100, weights)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("88", "CNY", 8800),
        ("88.5", "CNY", 8850),
        ("1,234.05", "HKD", 123405),
        (" 0.01 ", "CNY", 1),
        ("500", "JPY", 500),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, currency, minor):
    assert Money.of(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["0.001", "NaN", "Infinity", "1e30", "eighty", "", "1.2.3"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"CNY|amount|bill"):
        Money.of(text, "CNY")


@given(minor=st.integers(-MINOR_MAX, MINOR_MAX), currency=st.sampled_from(sorted(EXPONENTS)))
def test_what_is_written_is_read_back(minor, currency):
    money = Money(minor, currency)
    assert Money.of(str(money).split()[0], currency) == money


def test_different_money_is_not_added_or_compared():
    assert Money(1, "CNY") + Money(2, "CNY") == Money(3, "CNY")
    assert Money(1, "CNY") < Money(2, "CNY")
    for wrong in (lambda: Money(1, "CNY") + Money(1, "HKD"), lambda: Money(1, "CNY") < Money(1, "HKD")):
        with pytest.raises(ValueError, match="different money"):
            wrong()


def test_money_is_whole_and_in_a_known_currency():
    with pytest.raises(TypeError):
        Money(1.0, "CNY")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="currency"):
        Money(1, "XXX")


def test_a_rate_is_applied_once_and_rounded_half_up():
    assert Money(1999, "CNY").times(Decimal("0.5")) == Money(1000, "CNY")
    assert Money(-1999, "CNY").times(Decimal("0.5")) == Money(-1000, "CNY")
