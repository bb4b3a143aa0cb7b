"""A value has one canonical form, the same before and after the database had it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.models import TrailEntry
from guiju.kernel.plain import canonical, digest, plain
from guiju.kernel.words import Sentence
from tests.kernel.conftest import NOON
from tests.toy.models import Kite


class Wind(StrEnum):
    CALM = "CALM"


def test_every_value_of_the_trade_has_a_plain_form():
    assert plain(
        {
            "state": Wind.CALM,
            "on": date(2026, 11, 2),
            "rate": Decimal("0.10"),
            "key": UUID(int=1),
            "why": Sentence("It rains."),
            "set": {3, 1, 2},
            "kite": Kite(pk=7, number="K-7"),
            "old_new": (1, None),
        }
    ) == {
        "state": "CALM",
        "on": "2026-11-02",
        "rate": "0.10",
        "key": "00000000-0000-0000-0000-000000000001",
        "why": {"msgid": "It rains.", "params": {}},
        "set": [1, 2, 3],
        "kite": {"id": 7, "label": "K-7", "type": "toy.kite"},
        "old_new": [1, None],
    }


def test_an_instant_is_the_same_in_every_zone():
    shanghai = timezone(timedelta(hours=8))
    assert plain(NOON) == plain(NOON.astimezone(shanghai)) == "2026-11-02T04:00:00.000000+00:00"
    assert plain(datetime(2026, 11, 2, 4, 0, 0, 1, tzinfo=UTC)) == "2026-11-02T04:00:00.000001+00:00"


def test_a_float_has_no_plain_form_because_its_digits_depend_on_who_prints_it():
    with pytest.raises(TypeError):
        plain({"price": 0.1})


def test_the_order_of_keys_does_not_matter_and_everything_else_does():
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert (
        len({digest(each) for each in ({"a": 1}, {"a": "1"}, {"a": True}, {"a": None}, {"b": 1}, {"a": [1]}, {})}) == 7
    )
    assert digest([1, 2]) != digest([2, 1])


values = some.recursive(
    some.none() | some.booleans() | some.integers(-(10**18), 10**18) | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.no_books
def test_whatever_text_came_in_the_database_gives_the_same_form_back():
    hostile = {"nul": "a\x00b", "half": "\ud800", "emoji": "🪁", "quote": "'\"\\", "big": 10**18, "空": {"": [[]]}}

    @given(values)
    def try_out(value: object) -> None:
        entry = TrailEntry.objects.create(at=NOON, facts={"value": plain(value), **plain(hostile)})
        before = canonical(entry.facts)
        entry.refresh_from_db()
        assert canonical(entry.facts) == before

    try_out()
