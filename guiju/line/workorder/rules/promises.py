"""When a repair can be promised, and how far the promised time has run. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guiju.kernel.spans import Span
from guiju.kernel.words import N_, Sentence

WEEK = 7
# Days in a row; longer than any holiday: a shop that is closed for longer promises nothing true anyway.
CLOSED_DAYS_MAX = 60


@dataclass(frozen=True)
class Opening:
    """When a shop gives appliances out.

    opens, closes     on the wall's clock; at the hour of closing it still does
    closed_weekdays   1 is Monday, 7 is Sunday
    closed_days       holidays and other days on which nobody is there
    """

    time_zone: str
    opens: time
    closes: time
    closed_weekdays: frozenset[int] = frozenset()
    closed_days: frozenset[date] = frozenset()

    def is_closed(self, day: date) -> bool:
        """Whether nobody is there on that day; a shop that never opens goes by the calendar alone."""
        is_weekly = day.isoweekday() in self.closed_weekdays and len(self.closed_weekdays) < WEEK
        return is_weekly or day in self.closed_days


@dataclass(frozen=True)
class Load:
    """What a promise at the counter is made of besides the clock.

    service_hours     from receipt to ready, as the service-time standard publishes them
    queued            jobs that are in front of this one
    technicians       people who work them off; with nobody at work today, count one: somebody will come
    minutes_per_job   what one queued job adds, shared by the technicians
    """

    service_hours: int
    queued: int
    technicians: int
    minutes_per_job: int


@dataclass(frozen=True)
class Promise:
    """When the appliance will be ready, and why then."""

    at: datetime
    because: tuple[Sentence, ...]


def promise(start: datetime, load: Load, opening: Opening) -> Promise:
    """Say when a repair will be ready: the published service time, the queue, and the shop's opening hours.

    The answer is a whole hour inside opening hours, in UTC; never earlier than the service time and the queue say.
    source   S6-10, S6-41, D03
    """
    queue = timedelta(minutes=-(-load.queued * load.minutes_per_job // max(load.technicians, 1)))
    because = [Sentence(N_("The service time is %(hours)s hours."), {"hours": load.service_hours})]
    if queue:
        because.append(
            Sentence(
                N_("%(count)s jobs wait before this one, which takes %(minutes)s minutes more."),
                {"count": load.queued, "minutes": queue // timedelta(minutes=1)},
            )
        )
    earliest = start + timedelta(hours=load.service_hours) + queue
    ready = when_open(earliest, opening)
    if ready - earliest >= timedelta(hours=1):
        because.append(
            Sentence(
                N_("Appliances are given out from %(opens)s to %(closes)s."),
                {"opens": f"{opening.opens:%H:%M}", "closes": f"{opening.closes:%H:%M}"},
            )
        )
    return Promise(ready, tuple(because))


def when_open(moment: datetime, opening: Opening) -> datetime:
    """The first whole hour, not before the moment, at which the shop is open; in UTC."""
    here = moment.astimezone(ZoneInfo(opening.time_zone))
    if (here.minute, here.second, here.microsecond) != (0, 0, 0):
        here = here.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if here.time() > opening.closes:
        here = _morning(here + timedelta(days=1), opening)
    elif here.time() < opening.opens:
        here = _morning(here, opening)
    for _ in range(CLOSED_DAYS_MAX):
        if not opening.is_closed(here.date()):
            break
        here = _morning(here + timedelta(days=1), opening)
    return here.astimezone(UTC)


def _morning(day: datetime, opening: Opening) -> datetime:
    return day.replace(hour=opening.opens.hour, minute=opening.opens.minute, second=0, microsecond=0)


def weekdays(text: str) -> frozenset[int]:
    """`"6 7"` as the weekdays 6 and 7; anything else in the text is not a weekday."""
    return frozenset(
        int(word) for word in text.replace(",", " ").split() if word in {"1", "2", "3", "4", "5", "6", "7"}
    )


@dataclass(frozen=True)
class Clock:
    """How far the time that was promised has run; what the customer caused is not counted."""

    elapsed: timedelta
    total: timedelta
    due_at: datetime

    @property
    def percent(self) -> int:
        """Of the promised time, rounded down; a promise of no time at all is used up."""
        return self.elapsed * 100 // self.total if self.total else 100


def clock(*, started_at: datetime, promised_at: datetime, pauses: Iterable[Span[datetime]], at: datetime) -> Clock:
    """Run the clock of a promise to a moment.

    pauses   customer-caused holds, not overlapping; one that is still open ends at the moment asked about
    source   3.2 holds; S6-13; I31
    """
    if at <= started_at:
        return Clock(timedelta(), promised_at - started_at, promised_at)
    run = Span(started_at, at)
    shared = (run.shared(pause) for pause in pauses)
    paused = sum(((part.end or at) - part.start for part in shared if part is not None), timedelta())
    return Clock(at - started_at - paused, promised_at - started_at, promised_at + paused)
