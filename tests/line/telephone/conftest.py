"""The telephone of FS01 and of GZ02."""

from __future__ import annotations

import pytest

from tests.api.conftest import keyed, program
from tests.line.cast_line import Shop
from tests.line.telephone.switchboard import Switchboard

__all__ = ["keyed", "line", "other_line", "program"]


@pytest.fixture
def line(shop: Shop) -> Switchboard:
    """FS01's telephone."""
    return Switchboard(shop)


@pytest.fixture
def other_line(other_shop: Shop) -> Switchboard:
    """GZ02's telephone."""
    return Switchboard(other_shop)
