"""How long a guarantee lasts: months from a day, and every day without the appliance on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Break:
    """Days [starts_on, ends_on) on which the owner was without the appliance; an open one lasts until the day that is asked about."""

    starts_on: date
    ends_on: date | None


def guarantee_ends_on(starts_on: date, *, months: int, breaks: Iterable[Break], on: date) -> date:
    """The first day that is no longer covered: start + months + all days without the appliance, each counted once.

    on       an open break lasts until this day
    source   WTY-1, TG-7; EX-1: 2024-03-01, 12 months, 10 + 24 days gives 2025-04-04
    """
    ends_on = add_months(starts_on, months)
    counted_to = starts_on
    for each in sorted(breaks, key=lambda one: (one.starts_on, one.ends_on or on)):
        # Two breaks may share days (in repair, and meanwhile waiting for a part); a break after the end extends nothing.
        first = max(each.starts_on, counted_to)
        last = each.ends_on if each.ends_on is not None else max(on, each.starts_on)
        if first < last and first < ends_on:
            ends_on += last - first
            counted_to = last
    return ends_on


def days_lost(breaks: Iterable[Break], *, since: date, on: date) -> int:
    """On how many days since then the owner was without the appliance, each counted once; an open break lasts until `on`."""
    lost, counted_to = 0, since
    for each in sorted(breaks, key=lambda one: (one.starts_on, one.ends_on or on)):
        first, last = max(each.starts_on, counted_to), min(each.ends_on or on, on)
        if first < last:
            lost += (last - first).days
            counted_to = last
    return lost


def add_months(day: date, months: int) -> date:
    """The same day of a later month; a day that the month lacks becomes the first of the next, in the customer's favour."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def repair_warranty_ends_on(handed_over_on: date, *, days: int) -> date:
    """The first day that is no longer covered. EX-7: 2025-02-10 and 90 days give 2025-05-11."""
    return handed_over_on + timedelta(days=days)


def last_day(ends_on: date) -> date:
    """The last day that is covered, as people say it, of a span that excludes its end."""
    return ends_on - timedelta(days=1)
