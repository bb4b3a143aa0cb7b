"""A span is half-open: two that touch do not meet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.spans import Span
from tests.kernel.conftest import NOON

DAY = date(2026, 1, 1)


def days(start: int, end: int | None) -> Span[date]:
    return Span(DAY + timedelta(start), None if end is None else DAY + timedelta(end))


def test_the_end_no_longer_belongs():
    morning = Span(NOON, NOON + timedelta(hours=2))
    assert NOON in morning
    assert NOON + timedelta(hours=2) not in morning
    assert NOON - timedelta(seconds=1) not in morning
    assert NOON + timedelta(days=999) in Span(NOON)


def test_a_span_ends_after_it_starts_and_has_its_zone():
    for end in (NOON, NOON - timedelta(1)):
        with pytest.raises(ValueError, match="ends after"):
            Span(NOON, end)
    with pytest.raises(ValueError, match="time zone"):
        Span(datetime(2026, 1, 1))  # noqa: DTZ001


def test_two_that_touch_do_not_meet():
    assert not days(0, 2).overlaps(days(2, 4))
    assert days(0, 3).overlaps(days(2, 4))
    assert days(0, None).overlaps(days(500, None))
    assert days(0, 3).shared(days(2, None)) == days(2, 3)
    assert days(0, None).shared(days(2, None)) == days(2, None)
    assert days(0, 2).shared(days(2, 4)) is None


spans = some.builds(
    lambda start, length: days(start, None if length is None else start + length),
    some.integers(0, 9),
    some.none() | some.integers(1, 9),
)


@given(spans, spans)
def test_spans_meet_where_they_share_a_day(one: Span[date], other: Span[date]):
    both = {day for day in range(25) if DAY + timedelta(day) in one and DAY + timedelta(day) in other}
    assert one.overlaps(other) == other.overlaps(one) == bool(both)
    shared = one.shared(other)
    assert {day for day in range(25) if shared and DAY + timedelta(day) in shared} == both
