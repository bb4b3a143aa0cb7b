"""Every instant belongs to one day of an outlet, whatever its clocks do; and the days of a list hold each instant once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from guiju.desks.common.listing.filters import Days
from guiju.standing.people.models import Unit

# With and without summer time, by halves and quarters of an hour, changed at midnight, and one that left out a day.
ZONES = (
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York",
    "Pacific/Apia", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Pacific/Kiritimati",
)  # fmt: skip
EACH = 180
# Clocks of telephones and servers that are wrong by years.
SKEW = timedelta(days=3653)
NOW = datetime(2026, 11, 30, 4, tzinfo=UTC)


def changes(zone: ZoneInfo) -> list[datetime]:
    """About when the clocks of that zone changed, from 1986 on."""
    hours = [datetime(1986, 1, 1, tzinfo=UTC) + timedelta(days=each) for each in range(51 * 365)]
    return [
        later
        for before, later in pairwise(hours)
        if before.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset()
    ]


def instants(zone: ZoneInfo, draw: random.Random) -> Iterator[datetime]:
    """Around its changes, around its midnights, and anywhere within ten years of now."""
    known = changes(zone) or [NOW]
    for _ in range(EACH):
        near = draw.choice(known) - timedelta(days=1) if draw.random() < 0.6 else NOW + SKEW * draw.uniform(-1, 1)
        at = near + timedelta(seconds=draw.randrange(86_400 + 7200))
        if draw.random() < 0.4:
            at = datetime.combine(at.date(), datetime.min.time(), zone).astimezone(UTC) + timedelta(
                microseconds=draw.choice([-1, 0, 1])
            )
        yield at


@pytest.mark.shows("F13", "F14", "G37")
def test_no_instant_is_lost_or_counted_twice() -> None:
    draw, asked = random.Random(37), 0
    for name in ZONES:
        unit, zone, days = Unit(time_zone=name), ZoneInfo(name), Days(name="at", title="At", column="at")
        with timezone.override(zone):
            for at in instants(zone, draw):
                day = unit.day(at)
                asked += 1
                holding = [
                    each
                    for each in (day + timedelta(days=by) for by in (-2, -1, 0, 1, 2))
                    if days._edge(each) <= at < days._edge(each + timedelta(days=1))
                ]
                assert holding == [day], (name, at)
                # The day never goes back, though the clock on the wall does.
                assert unit.day(at + timedelta(minutes=30)) >= day
    assert asked >= 2000
