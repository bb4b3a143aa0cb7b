"""When a repair can be promised, and how far the promised time has run. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guiju.kernel.spans import Span
from guiju.kernel.words import N_, Sentence

WEEK = 7
# Days in a row; longer than any holiday: a shop that is closed for longer promises nothing true anyway.
CLOSED_DAYS_MAX = 60


@dataclass(frozen=True)
class Opening:
    """When a shop is open, and gives appliances out.

    opens, closes     on the wall's clock; at the hour of closing it still gives out
    closed_weekdays   1 is Monday, 7 is Sunday
    closed_days       public holidays and other days on which nobody is there
    works             days of a weekend on which the state lets everybody work: such a weekday is no reason to be closed
    known_until       the last day whose public holidays are known; None where no calendar is followed
    """

    time_zone: str
    opens: time
    closes: time
    closed_weekdays: frozenset[int] = frozenset()
    closed_days: frozenset[date] = frozenset()
    works: frozenset[date] = frozenset()
    known_until: date | None = None

    def is_closed(self, day: date) -> bool:
        """Whether nobody is there on that day; a shop that never opens goes by the calendar alone."""
        is_weekly = day.isoweekday() in self.closed_weekdays and len(self.closed_weekdays) < WEEK
        return day in self.closed_days or (is_weekly and day not in self.works)

    def works_from(self, day: date) -> datetime:
        """The moment at which it opens on that day."""
        return datetime.combine(day, self.opens, ZoneInfo(self.time_zone)).astimezone(UTC)

    def works_until(self, day: date) -> datetime:
        """The moment at which it closes; a shop whose hours make no sense works around the clock."""
        if self.closes <= self.opens:
            return self.begin_of(day + timedelta(days=1))
        return datetime.combine(day, self.closes, ZoneInfo(self.time_zone)).astimezone(UTC)

    def begin_of(self, day: date) -> datetime:
        """Its midnight: a day of the clock's change has 23 or 25 hours."""
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The day that it is on the wall."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


@dataclass(frozen=True)
class Load:
    """What a promise is made of besides the calendar.

    service_hours     from the start to ready, as the service-time standard publishes them
    queued            jobs that are in front of this one
    technicians       people who work them off; with nobody at work today, count one: somebody will come
    minutes_per_job   what one queued job adds, shared by the technicians
    parts_on          the day on which the last missing part is expected; None where none is missing
    """

    service_hours: int
    queued: int
    technicians: int
    minutes_per_job: int
    parts_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One step of the reckoning, and the moment to which it leads."""

    said: Sentence
    until: datetime

    def to_json(self) -> dict[str, object]:
        """As a row keeps it."""
        return {"said": self.said.to_json(), "until": self.until.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Step:
        """The step that `to_json` kept."""
        return cls(Sentence.from_json(kept["said"]), datetime.fromisoformat(kept["until"]))


@dataclass(frozen=True)
class Promise:
    """When the appliance will be ready, and why then, step by step."""

    at: datetime
    steps: tuple[Step, ...]

    @property
    def because(self) -> tuple[Sentence, ...]:
        """The reasons alone."""
        return tuple(step.said for step in self.steps)


def promise(start: datetime, load: Load, opening: Opening) -> Promise:
    """Say when a repair will be ready.

    First the missing part has to be here. Then the queue is worked off, in the hours in which the shop is open. Then the published
    service time runs on the clock, and stands still on days on which the shop is closed. Then somebody must be there to give it out.
    The answer is a whole hour inside opening hours, in UTC.
    Example: 48 hours from Friday noon of a shop that is closed at weekends are Tuesday noon.
    source   S6-10, S6-41, D03
    """
    steps: list[Step] = []
    reached = _parts_are_here(start, load, opening, steps)
    queue = -(-load.queued * load.minutes_per_job // max(load.technicians, 1))
    if queue:
        reached = after_open_minutes(reached, queue, opening)
        said = Sentence(
            N_("%(count)s jobs wait before this one, which takes %(minutes)s minutes more of opening hours."),
            {"count": load.queued, "minutes": queue},
        )
        steps.append(Step(said, reached))
    earliest = after_counted_hours(reached, load.service_hours, opening)
    steps.append(Step(Sentence(N_("The service time is %(hours)s hours."), {"hours": load.service_hours}), earliest))
    ready = when_open(earliest, opening)
    if ready - earliest >= timedelta(hours=1):
        hours = {"opens": f"{opening.opens:%H:%M}", "closes": f"{opening.closes:%H:%M}"}
        steps.append(Step(Sentence(N_("Appliances are given out from %(opens)s to %(closes)s."), hours), ready))
    elif ready != earliest:
        steps.append(Step(Sentence(N_("We promise whole hours.")), ready))
    steps += [Step(said, ready) for said in _of_the_calendar(start, ready, opening)]
    return Promise(ready, tuple(steps))


def _parts_are_here(start: datetime, load: Load, opening: Opening, steps: list[Step]) -> datetime:
    """The start, or the morning of the first open day on which the missing part is here."""
    if load.parts_on is None or load.parts_on <= opening.day_of(start):
        return start
    here = max(start, opening.works_from(_first_open(load.parts_on, opening)))
    steps.append(Step(Sentence(N_("The missing part is expected on %(day)s."), {"day": load.parts_on}), here))
    return here


def _of_the_calendar(start: datetime, ready: datetime, opening: Opening) -> Iterator[Sentence]:
    """What the reader should know of the days in between: those that were not counted, and those that nobody knows yet."""
    last = opening.day_of(ready)
    day, closed = opening.day_of(start), list[date]()
    while day <= last and len(closed) <= CLOSED_DAYS_MAX:
        if opening.is_closed(day):
            closed.append(day)
        elif closed:
            yield _not_counted(closed)
            closed = []
        day += timedelta(days=1)
    if opening.known_until is None:
        yield Sentence(N_("No calendar of public holidays is known here; the date counts on none."))
    elif last > opening.known_until:
        said = N_(
            "The public holidays after %(day)s are not announced yet; should one fall in between, the date may move."
        )
        yield Sentence(said, {"day": opening.known_until})


def _not_counted(days: list[date]) -> Sentence:
    if len(days) == 1:
        return Sentence(N_("Closed on %(day)s, which is not counted."), {"day": days[0]})
    between = {"first": days[0], "last": days[-1]}
    return Sentence(N_("Closed from %(first)s to %(last)s, which is not counted."), between)


def after_open_minutes(moment: datetime, minutes: int, opening: Opening) -> datetime:
    """The moment at which so many minutes of opening hours have passed; in UTC."""
    left, here = timedelta(minutes=minutes), moment.astimezone(UTC)
    closed = 0
    while left:
        day = opening.day_of(here)
        begins = max(here, opening.works_from(day) if opening.works_until(day) > opening.works_from(day) else here)
        room = opening.works_until(day) - begins
        if (opening.is_closed(day) and closed < CLOSED_DAYS_MAX) or room <= timedelta():
            closed = closed + 1 if opening.is_closed(day) else 0
            here = opening.begin_of(day + timedelta(days=1))
            continue
        used = min(left, room)
        left -= used
        here, closed = begins + used, 0
        if left:
            here = opening.begin_of(day + timedelta(days=1))
    return here


def after_counted_hours(moment: datetime, hours: int, opening: Opening) -> datetime:
    """The moment at which so many hours have run on the clock, those of closed days not counted; in UTC."""
    left, here = timedelta(hours=hours), moment.astimezone(UTC)
    closed = 0
    while left:
        day = opening.day_of(here)
        tomorrow = opening.begin_of(day + timedelta(days=1))
        if opening.is_closed(day) and closed < CLOSED_DAYS_MAX:
            here, closed = tomorrow, closed + 1
            continue
        used = min(left, tomorrow - here)
        left -= used
        here, closed = here + used, 0
    return here


def _first_open(day: date, opening: Opening) -> date:
    """The day itself, or the next one on which the shop is open."""
    for ahead in range(CLOSED_DAYS_MAX):
        if not opening.is_closed(day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    return day


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


def clock(
    *,
    started_at: datetime,
    promised_at: datetime,
    pauses: Iterable[Span[datetime]],
    at: datetime,
    promised_since: datetime | None = None,
) -> Clock:
    """Run the clock of a promise to a moment.

    pauses           customer-caused holds, not overlapping; one that is still open ends at the moment asked about
    promised_since   when the date that stands was named: it was named with the earlier holds in mind, so only later ones move it
    source           3.2 holds; S6-13; I31
    """
    if at <= started_at:
        return Clock(timedelta(), promised_at - started_at, promised_at)
    stood = list(pauses)
    paused = stood_still(stood, since=started_at, until=at)
    after = stood_still(stood, since=max(started_at, promised_since or started_at), until=at)
    total = promised_at - started_at - (paused - after)
    return Clock(at - started_at - paused, max(total, timedelta()), promised_at + after)


def stood_still(pauses: Iterable[Span[datetime]], *, since: datetime, until: datetime) -> timedelta:
    """How long the customer let us wait between two moments."""
    if until <= since:
        return timedelta()
    run = Span(since, until)
    shared = (run.shared(pause) for pause in pauses)
    return sum(((part.end or until) - part.start for part in shared if part is not None), timedelta())


def minutes_late(ready_at: datetime, due_at: datetime) -> int:
    """Begun minutes after the date; none where it was kept."""
    return max(0, -((due_at - ready_at) // timedelta(minutes=1)))
