"""Who flies kites in these tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from guiju.kernel import news
from guiju.kernel.actor import Actor, Grant, Kind
from tests.toy import events
from tests.toy.models import Kite

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
# Two shops, and a shop that is nobody's here.
HERE, THERE = 1, 2


def person(number: int, name: str, role: str, *unit_ids: int, **others: Any) -> Actor:
    """Somebody of the house, who holds one role; without units, everywhere."""
    units = frozenset(unit_ids) if unit_ids else None
    return Actor(Kind.PERSON, name, person_id=number, grants=(Grant(role, units),), unit_id=HERE, **others)


@pytest.fixture(autouse=True)
def toy_rights(settings: Any) -> None:
    settings.GUIJU_RIGHTS = "tests.toy.rights.RIGHTS"


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins without subscriptions, and leaves none behind."""
    monkeypatch.setattr(news, "_reactions", {})


@pytest.fixture
def ma() -> Actor:
    """The manager here."""
    return person(1, "Ma", "OM", HERE)


@pytest.fixture
def nie() -> Actor:
    """The manager of them all."""
    return person(2, "Nie", "NM")


@pytest.fixture
def chen() -> Actor:
    """A child with one kite."""
    return person(3, "Chen", "TE", HERE)


@pytest.fixture
def kite(db: None) -> Kite:
    return Kite.objects.create(number="K-1", unit_id=HERE, child_id=3)


def flown(number: str = "K-1", **others: Any) -> events.Flown:
    return events.Flown(kite_number=number, rose_at=NOON, **others)
