"""The calendars of the states: on which days nobody works, and on which days of a weekend everybody does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Holiday:
    """A public holiday as the state announced it; both days are part of it."""

    names: Mapping[str, str]
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class StateCalendar:
    """The working days of one state, as far as it has announced them.

    code      CN, TW, HK
    weekend   the weekdays on which offices rest, 7 is Sunday
    works     days of a weekend on which everybody works instead
    sources   where each year was announced
    """

    code: str
    weekend: frozenset[int]
    holidays: tuple[Holiday, ...]
    works: frozenset[date]
    sources: Mapping[int, str]

    @property
    def first_day(self) -> date:
        """The first day that it knows."""
        return date(min(self.sources), 1, 1)

    @property
    def last_day(self) -> date:
        """The last day that it knows: what comes after was not announced when the file was made."""
        return date(max(self.sources), 12, 31)

    @cached_property
    def off(self) -> frozenset[date]:
        """Every day of every holiday."""
        return frozenset(day for holiday in self.holidays for day in holiday.days)

    def knows(self, day: date) -> bool:
        """Whether the state has said which days of that year are working days."""
        return day.year in self.sources

    def is_working(self, day: date) -> bool:
        """Whether offices work; beyond the years that it knows, the weekday alone decides."""
        return day in self.works or (day.isoweekday() not in self.weekend and day not in self.off)

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday that falls on the day."""
        return next((each for each in self.holidays if each.first <= day <= each.last), None)


def _read(told: Mapping[str, Any]) -> StateCalendar:
    years = told["year"]
    return StateCalendar(
        code=told["code"],
        weekend=frozenset(told["weekend"]),
        holidays=tuple(Holiday(**each) for year in years for each in year.get("holiday", ())),
        works=frozenset(day for year in years for day in year["works"]),
        sources={year["year"]: year["source"] for year in years},
    )


def _load() -> Mapping[str, StateCalendar]:
    folder = Path(__file__).parent.parent / "data"
    read = [_read(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("calendar-*.toml"))]
    return {each.code: each for each in read}


CALENDARS: Mapping[str, StateCalendar] = _load()
# Taiwan, Hong Kong and Macau are written both ways: as ISO 3166-1 has them, and as 3166-2 has them under China.
_OWN = {"CN-TW": "TW", "CN-71": "TW", "CN-HK": "HK", "CN-91": "HK", "CN-MO": "MO", "CN-92": "MO"}


def calendar_of(jurisdiction: str) -> StateCalendar | None:
    """The calendar that a unit follows by the law under which it works: CN-44 follows CN; None where we have none."""
    code = jurisdiction.upper()
    return CALENDARS.get(_OWN.get(code, code.split("-")[0]))
