"""PLT-3: whatever is set in whatever order, a figure has exactly one value on each day in each place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.kernel.actor import Actor
from guiju.standing.policy import actions as policy
from guiju.standing.policy import queries
from guiju.standing.policy.rules import CATALOGUE
from tests.cast import NOON, Cast

TODAY = date(2026, 11, 2)
KEYS = ["wo.accept_minutes", "quote.valid_days"]
# Each place, and where it looks when it has no value of its own.
ABOVE = {"GZ02": ["GZ02", "SD", "HQ"], "FS01": ["FS01", "SD", "HQ"], "SD": ["SD", "HQ"], "HQ": ["HQ"]}

changes = st.lists(
    st.tuples(
        st.integers(0, 6),  # the day on which somebody sits down to it
        st.integers(-2, 8),  # and from which day, counted from then, it shall hold
        st.sampled_from(list(ABOVE)),
        st.sampled_from(KEYS),
        st.integers(1, 90),
    ),
    max_size=12,
)


@pytest.mark.both_databases
@pytest.mark.shows("PLT-3")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=changes)
def test_exactly_one_value(cast: Cast, nie: Actor, history: list[tuple[int, int, str, str, int]]) -> None:
    with transaction.atomic():
        _live_through(cast, nie, history)
        transaction.set_rollback(True)


def _live_through(cast: Cast, nie: Actor, history: list[tuple[int, int, str, str, int]]) -> None:
    # What a clerk would keep on paper: for each figure and place, the day from which each value holds.
    paper: dict[tuple[str, str], dict[date, int]] = {}
    seen: dict[tuple[str, str, date], tuple[object, str]] = {}
    for now, ahead, code, key, value in sorted(history, key=lambda change: change[0]):
        today, starts_on = TODAY + timedelta(days=now), TODAY + timedelta(days=now + ahead)
        sheet = paper.setdefault((key, code), {})
        try:
            policy.set_value(
                key,
                unit=cast.units[code],
                value=value,
                starts_on=starts_on,
                reason="x",
                by=nie,
                at=NOON + timedelta(days=now),
            )
        except policy.StartsInThePast:
            assert starts_on < today
        except policy.InUseAlready:
            assert starts_on == today
            assert sheet[starts_on] != value
        else:
            assert starts_on >= today
            sheet[starts_on] = value
        _nothing_before_today_has_changed(cast, seen, today)
    _compare(cast, paper)


def _compare(cast: Cast, paper: dict[tuple[str, str], dict[date, int]]) -> None:
    for code, places in ABOVE.items():
        for number in (-1, 0, 1, 4, 9, 30):
            on = TODAY + timedelta(days=number)
            found = queries.figures(KEYS, unit=cast.units[code], on=on)
            assert {key: figure.value for key, figure in found.items()} == {
                key: _on_paper([paper.get((key, place), {}) for place in places], on, CATALOGUE[key].default)
                for key in KEYS
            }


def _on_paper(sheets: list[dict[date, int]], on: date, default: object) -> object:
    """The latest value that has begun, on the nearest sheet that has one."""
    for sheet in sheets:
        begun = [start for start in sheet if start <= on]
        if begun:
            return sheet[max(begun)]
    return default


def _nothing_before_today_has_changed(
    cast: Cast, seen: dict[tuple[str, str, date], tuple[object, str]], today: date
) -> None:
    """Value and version of a day that has been are the same for ever (G-4)."""
    for code in ABOVE:
        for number in range((today - TODAY).days):
            on = TODAY + timedelta(days=number)
            for key, figure in queries.figures(KEYS, unit=cast.units[code], on=on).items():
                before = seen.setdefault((key, code, on), (figure.value, figure.version))
                assert before == (figure.value, figure.version)
