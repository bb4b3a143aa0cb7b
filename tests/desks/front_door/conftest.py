"""A stranger at the door of FS01."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guiju.desks.front_door.puzzle import Puzzle
from tests.desks.reception.conftest import lin_browser
from tests.desks.reception.typed import once
from tests.line.cast_line import this_morning

__all__ = ["lin_browser"]
BITS = 8


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shop(shop: Any) -> Any:
    """The shop this morning: pages act by the real clock, and what came before them must be earlier."""
    shop.now = this_morning()
    _ = shop.line, shop.symptom
    return shop


@pytest.fixture
def browser(shop: Any) -> Client:
    """Somebody's telephone, in English."""
    client = Client()
    client.cookies["guiju_language"] = client.cookies["django_language"] = "en"
    return client


def a_solved_puzzle(*, seconds_ago: int = 60) -> dict[str, str]:
    """What the page's script sends along."""
    puzzle = Puzzle.new(bits=BITS, at=datetime.now(UTC) - timedelta(seconds=seconds_ago))
    answer = next(
        str(each)
        for each in count()
        if int.from_bytes(hashlib.sha256(f"{puzzle.token}:{each}".encode()).digest()) >> (256 - BITS) == 0
    )
    return {"puzzle": puzzle.token, "answer": answer}


def typing(shop: Any, **changed: Any) -> dict[str, Any]:
    """What a stranger types and ticks."""
    typed = {
        "product_line": shop.line.pk, "description": "The drum does not turn.", "symptoms": [shop.symptom.pk], "brand": "Haier",
        "contact_name": "Ou Yang", "phone": "138 0000 7788", "email": "", "serial": "HA-1", "consent": "on", "website": "",
    }  # fmt: skip
    return typed | a_solved_puzzle() | once() | changed
