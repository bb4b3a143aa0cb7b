"""When a repair can be promised, and how far the promised time has run."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel.spans import Span
from guiju.line.workorder.rules import Load, Opening, clock, promise, weekdays, when_open

FOSHAN = Opening("Asia/Shanghai", time(9), time(18))
MONDAY_NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


def here(*moment: int) -> datetime:
    """A wall clock's moment in Foshan, in UTC."""
    return datetime(*moment, tzinfo=UTC) - timedelta(hours=8)


def hours(number: int, queued: int = 0, technicians: int = 1) -> Load:
    return Load(service_hours=number, queued=queued, technicians=technicians, minutes_per_job=45)


@pytest.mark.shows("S6-10", "D03")
@pytest.mark.parametrize(
    ("load", "opening", "ready"),
    [
        pytest.param(hours(48), FOSHAN, here(2026, 11, 4, 12), id="two days after noon is noon"),
        pytest.param(hours(3), FOSHAN, here(2026, 11, 2, 15), id="the same afternoon"),
        pytest.param(hours(6), FOSHAN, here(2026, 11, 2, 18), id="at the hour of closing it is still given out"),
        pytest.param(hours(7), FOSHAN, here(2026, 11, 3, 9), id="after closing, the next morning"),
        pytest.param(hours(16), FOSHAN, here(2026, 11, 3, 9), id="in the night, that morning"),
        pytest.param(hours(48, queued=4), FOSHAN, here(2026, 11, 4, 15), id="four jobs before it take three hours"),
        pytest.param(
            hours(48, queued=4, technicians=2),
            FOSHAN,
            here(2026, 11, 4, 14),
            id="shared by two, and up to a whole hour",
        ),
        pytest.param(
            hours(48, queued=4, technicians=0), FOSHAN, here(2026, 11, 4, 15), id="nobody at work today counts as one"
        ),
        pytest.param(
            hours(120),
            Opening("Asia/Shanghai", time(9), time(18), frozenset({6, 7})),
            here(2026, 11, 9, 9),
            id="not on the weekend",
        ),
    ],
)
def test_a_promise_counts_service_time_queue_and_opening_hours(load: Load, opening: Opening, ready: datetime):
    assert promise(MONDAY_NOON, load, opening).at == ready


@pytest.mark.shows("S6-10", "S6-41")
def test_a_promise_says_why():
    said = [str(sentence) for sentence in promise(MONDAY_NOON, hours(7, queued=4), FOSHAN).because]
    assert said == [
        "The service time is 7 hours.",
        "4 jobs wait before this one, which takes 180 minutes more.",
        "Appliances are given out from 09:00 to 18:00.",
    ]


@given(
    st.integers(0, 2 * 365 * 24 * 3600).map(lambda seconds: MONDAY_NOON + timedelta(seconds=seconds)),
    st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York"]),
    st.frozensets(st.integers(1, 7), max_size=6),
)
def test_the_shop_is_open_when_it_promises(moment: datetime, zone: str, closed: frozenset[int]):
    from zoneinfo import ZoneInfo

    opening = Opening(zone, time(9), time(18), closed)
    ready = when_open(moment, opening)
    wall = ready.astimezone(ZoneInfo(zone))
    assert ready >= moment
    assert time(9) <= wall.time() <= time(18)
    assert wall.isoweekday() not in closed


def test_a_shop_that_never_opens_still_answers():
    assert when_open(MONDAY_NOON, Opening("Asia/Shanghai", time(9), time(18), frozenset(range(1, 8)))) >= MONDAY_NOON


def test_weekdays_are_read_from_a_figure():
    assert weekdays("6, 7") == frozenset({6, 7})
    assert weekdays("") == weekdays("Sunday 8 0") == frozenset()


# --- The clock of a promise


def run(at: datetime, *pauses: Span[datetime]) -> tuple[int, timedelta]:
    ran = clock(started_at=MONDAY_NOON, promised_at=MONDAY_NOON + timedelta(hours=10), pauses=pauses, at=at)
    return ran.percent, ran.due_at - MONDAY_NOON


@pytest.mark.shows("S6-13", "S6-15", "D05", "I31")
def test_the_clock_does_not_count_what_the_customer_caused():
    at = MONDAY_NOON + timedelta(hours=8)
    assert run(at) == (80, timedelta(hours=10))
    paused = Span(MONDAY_NOON + timedelta(hours=1), MONDAY_NOON + timedelta(hours=4))
    assert run(at, paused) == (50, timedelta(hours=13))
    still = Span(MONDAY_NOON + timedelta(hours=6), None)
    assert run(at, paused, still) == (30, timedelta(hours=15))


def test_a_pause_counts_only_inside_the_promise():
    before = Span(MONDAY_NOON - timedelta(hours=5), MONDAY_NOON + timedelta(hours=1))
    after = Span(MONDAY_NOON + timedelta(hours=9), None)
    assert run(MONDAY_NOON + timedelta(hours=5), before, after) == (40, timedelta(hours=11))


def test_before_the_start_nothing_has_run():
    assert run(MONDAY_NOON - timedelta(hours=1)) == (0, timedelta(hours=10))
