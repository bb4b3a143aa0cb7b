"""Notes and coins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel.amounts import EXPONENTS
from guiju.kernel.coins import DENOMINATIONS, PIECES_MAX, fewest, worth
from guiju.kernel.refusing import Invalid


@given(st.sampled_from(sorted(EXPONENTS)), st.integers(0, 10**8))
def test_the_fewest_pieces_are_worth_the_amount(currency: str, amount: int) -> None:
    smallest = DENOMINATIONS[currency][-1]
    found = fewest(amount, currency)
    assert worth(found, currency) == amount - amount % smallest
    # Whatever is smaller than a note does not fill another one of the next kind.
    assert all(count > 0 for count in found.values())
    assert found.get(smallest, 0) < PIECES_MAX


def test_every_currency_has_its_coins_the_largest_first() -> None:
    assert set(DENOMINATIONS) == set(EXPONENTS)
    for each in DENOMINATIONS.values():
        assert list(each) == sorted(set(each), reverse=True)


@pytest.mark.shows("G02")
def test_a_handful_is_counted_and_nonsense_refused() -> None:
    assert worth({10000: 3, 50: 2, 10: 0}, "CNY") == 30100
    for pieces in ({3: 1}, {10000: -1}, {10000: PIECES_MAX + 1}):
        with pytest.raises(Invalid):
            worth(pieces, "CNY")
