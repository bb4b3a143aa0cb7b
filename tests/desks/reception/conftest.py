"""The counter of FS01, for the pages of the reception."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.line.cast_line import this_morning


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shop(shop: Any) -> Any:
    """The shop this morning: pages act by the real clock, and what came before them must be earlier."""
    shop.now = this_morning()
    return shop


@pytest.fixture
def lin_browser(signed_in: Any) -> Any:
    """The receptionist's browser."""
    return signed_in("lin")
