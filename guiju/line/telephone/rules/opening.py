"""When somebody answers the telephone: the hours that a voice menu carries, and the calendar. Plain values in and out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

# Longer than any run of holidays.
LOOK_AHEAD_DAYS = 31


class Section(StrEnum):
    """Which part of the menu a caller gets."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"


def section_at(tree: Mapping[str, Any], local: datetime, *, closed: Collection[date]) -> Section:
    """The part of the menu that holds at this moment of the unit's own clock.

    closed   the days of the calendar on which nobody is there
    """
    if local.date() in closed:
        return Section.HOLIDAY
    hours = _hours(tree, local.date())
    if hours and hours[0] <= local.time() < hours[1]:
        return Section.OPEN
    return Section.CLOSED


def opens_next(tree: Mapping[str, Any], local: datetime, *, closed: Collection[date]) -> datetime | None:
    """The next moment at which somebody answers; now, when somebody does; None when nobody will in a month."""
    if section_at(tree, local, closed=closed) is Section.OPEN:
        return local
    for ahead in range(LOOK_AHEAD_DAYS):
        day = local.date() + timedelta(days=ahead)
        hours = _hours(tree, day)
        if hours is None or day in closed:
            continue
        opens = datetime.combine(day, hours[0], tzinfo=local.tzinfo)
        if opens >= local:
            return opens
    return None


def call_back_due(
    tree: Mapping[str, Any] | None, local: datetime, *, closed: Collection[date], minutes: int
) -> datetime:
    """By when a caller is to be called back: so many minutes from now, or from when we open again."""
    begins = opens_next(tree, local, closed=closed) if tree else None
    return (begins or local) + timedelta(minutes=minutes)


def _hours(tree: Mapping[str, Any], day: date) -> tuple[time, time] | None:
    span = tree["hours"]["days"].get(str(day.isoweekday()))
    return (time.fromisoformat(span[0]), time.fromisoformat(span[1])) if span else None
