"""A desk on the shop's clock."""

import pytest

from tests.desks.seat import on_the_shops_clock, seat

__all__ = ["on_the_shops_clock", "seat"]


@pytest.fixture(autouse=True)
def _clock(on_the_shops_clock: None) -> None:
    """Every test of this desk."""
