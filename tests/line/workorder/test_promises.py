"""When a repair can be promised, and how far the promised time has run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.kernel.spans import Span
from guiju.line.workorder.rules import Load, Opening, Step, clock, promise, weekdays, when_open

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
            here(2026, 11, 9, 12),
            id="the weekend is not counted",
        ),
    ],
)
def test_a_promise_counts_service_time_queue_and_opening_hours(load: Load, opening: Opening, ready: datetime):
    assert promise(MONDAY_NOON, load, opening).at == ready


HOLIDAY = frozenset(date(2026, 11, day) for day in (4, 5))
CALLED_TO_WORK = date(2026, 11, 7)


@pytest.mark.shows("S6-10", "S6-41", "D03")
@pytest.mark.parametrize(
    ("load", "opening", "ready"),
    [
        pytest.param(
            hours(48), replace(FOSHAN, closed_days=HOLIDAY), here(2026, 11, 6, 12), id="holidays are not counted"
        ),
        pytest.param(
            hours(0, queued=12),
            FOSHAN,
            here(2026, 11, 3, 12),
            id="a queue of nine hours waits while the shop is closed",
        ),
        pytest.param(
            replace(hours(24), parts_on=date(2026, 11, 4)),
            FOSHAN,
            here(2026, 11, 5, 9),
            id="a missing part: from the morning on which it is here",
        ),
        pytest.param(
            replace(hours(24), parts_on=date(2026, 11, 4)),
            replace(FOSHAN, closed_days=HOLIDAY),
            here(2026, 11, 7, 9),
            id="a part that comes on a holiday is there after it",
        ),
        pytest.param(
            replace(hours(24), parts_on=date(2026, 11, 2)), FOSHAN, here(2026, 11, 3, 12), id="a part of today is here"
        ),
        pytest.param(
            hours(120),
            replace(FOSHAN, closed_weekdays=frozenset({6, 7}), works=frozenset({CALLED_TO_WORK})),
            here(2026, 11, 7, 12),
            id="a Saturday on which the state works is counted",
        ),
    ],
)
def test_a_promise_follows_the_calendar_and_the_parts(load: Load, opening: Opening, ready: datetime):
    assert promise(MONDAY_NOON, load, opening).at == ready


def told(load: Load, opening: Opening) -> list[str]:
    return [str(step.said) for step in promise(MONDAY_NOON, load, opening).steps]


@pytest.mark.shows("S6-10", "S6-41")
def test_a_promise_says_why_step_by_step():
    known = replace(FOSHAN, known_until=date(2026, 12, 31))
    given = promise(MONDAY_NOON, replace(hours(7, queued=4), parts_on=date(2026, 11, 3)), known)
    assert [(str(step.said), step.until) for step in given.steps] == [
        ("The missing part is expected on 3 Nov 2026.", here(2026, 11, 3, 9)),
        ("4 jobs wait before this one, which takes 180 minutes more of opening hours.", here(2026, 11, 3, 12)),
        ("The service time is 7 hours.", here(2026, 11, 3, 19)),
        ("Appliances are given out from 09:00 to 18:00.", here(2026, 11, 4, 9)),
    ]
    assert [Step.from_json(step.to_json()) for step in given.steps] == list(given.steps)


def test_a_promise_says_which_days_are_not_counted_and_what_nobody_knows_yet():
    holidays = replace(FOSHAN, closed_days=HOLIDAY, known_until=date(2026, 12, 31))
    assert told(hours(48), holidays)[1:] == ["Closed from 4 Nov 2026 to 5 Nov 2026, which is not counted."]
    sunday = replace(holidays, closed_days=frozenset({date(2026, 11, 4)}))
    assert told(hours(48), sunday)[1:] == ["Closed on 4 Nov 2026, which is not counted."]
    unknown = replace(FOSHAN, known_until=date(2026, 11, 3))
    assert told(hours(48), unknown)[1:] == [
        "The public holidays after 3 Nov 2026 are not announced yet; should one fall in between, the date may move."
    ]
    assert told(hours(24), unknown)[1:] == []
    assert told(hours(24), FOSHAN)[1:] == ["No calendar of public holidays is known here; the date counts on none."]


# --- Against a slow reference, which walks minute by minute and knows nothing of the arithmetic above


def slowly(start: datetime, load: Load, opening: Opening) -> datetime:
    zone, minute = ZoneInfo(opening.time_zone), timedelta(minutes=1)

    def is_open(moment: datetime, *, until_closing: bool) -> bool:
        wall = moment.astimezone(zone)
        hours = (
            opening.opens <= wall.time() <= opening.closes
            if until_closing
            else opening.opens <= wall.time() < opening.closes
        )
        return hours and not is_closed(moment)

    def is_closed(moment: datetime) -> bool:
        day = moment.astimezone(zone).date()
        weekly = day.isoweekday() in opening.closed_weekdays and day not in opening.works
        return weekly or day in opening.closed_days

    now = start
    if load.parts_on is not None and now.astimezone(zone).date() < load.parts_on:
        while (
            now.astimezone(zone).date() < load.parts_on or is_closed(now) or now.astimezone(zone).time() < opening.opens
        ):
            now += minute
    queue = -(-load.queued * load.minutes_per_job // max(load.technicians, 1))
    while queue:
        queue -= is_open(now, until_closing=False)
        now += minute
    norm = load.service_hours * 60
    while norm:
        norm -= not is_closed(now)
        now += minute
    while now.astimezone(zone).minute or not is_open(now, until_closing=True):
        now += minute
    return now


# The clock goes forward and back in these weeks, in London and in New York.
CHANGES = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 6), (3, 27), (10, 23), (10, 30))]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_promise_is_what_a_slow_walk_says(data: st.DataObject):
    draw = data.draw
    start = draw(st.sampled_from(CHANGES)) + timedelta(minutes=draw(st.integers(0, 4 * 24 * 60)))
    near = st.frozensets(st.integers(0, 12).map(lambda days: (start + timedelta(days=days)).date()), max_size=4)
    opens = draw(st.integers(3, 12))
    opening = Opening(
        draw(st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kathmandu"])),
        time(opens),
        time(draw(st.integers(opens + 1, 23))),
        draw(st.frozensets(st.integers(1, 7), max_size=4)),
        draw(near),
        draw(near),
    )
    load = Load(
        service_hours=draw(st.integers(0, 60)),
        queued=draw(st.integers(0, 20)),
        technicians=draw(st.integers(0, 3)),
        minutes_per_job=draw(st.integers(0, 50)),
        parts_on=draw(st.none() | st.integers(-1, 6).map(lambda days: (start + timedelta(days=days)).date())),
    )
    assert promise(start, load, opening).at == slowly(start, load, opening)


@given(
    st.integers(0, 2 * 365 * 24 * 3600).map(lambda seconds: MONDAY_NOON + timedelta(seconds=seconds)),
    st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York"]),
    st.frozensets(st.integers(1, 7), max_size=6),
)
def test_the_shop_is_open_when_it_promises(moment: datetime, zone: str, closed: frozenset[int]):
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
