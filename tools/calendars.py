"""Write the states' calendars anew from the library `holidays`: `python -m tools.calendars` in an environment that has it.

The house needs the library nowhere else: what a promise was reckoned with must be readable next year, whatever is installed then.
So the days stand in data files with their sources, and a change of them is a change that somebody reads. Only years that the state
has announced are written: beyond them a calendar says that it does not know (`policy.rules.StateCalendar.knows`).

Next year: pip install -U holidays chinesecalendar, add the year and its announcement below, run, and read the difference.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "guiju" / "standing" / "policy" / "data"
SATURDAY, SUNDAY = 6, 7


@dataclass(frozen=True)
class State:
    """How the library is asked for one state.

    categories  of the library whose days are off work
    languages   of the library, for our three
    joins       whether the weekend beside a day off belongs to the holiday, as the State Council's notices count them
    announced   where each year was announced
    """

    categories: tuple[str, ...]
    languages: Mapping[str, str]
    weekend: tuple[int, ...]
    joins: bool
    announced: Mapping[int, str]


STATES: Mapping[str, State] = {
    "CN": State(
        ("public",), {"en": "en_US", "zh-hans": "zh_CN", "zh-hant": "zh_TW"}, (SATURDAY, SUNDAY), True,
        {
            2024: "国务院办公厅, https://www.gov.cn/gongbao/2023/issue_10806/202311/content_6913823.html",
            2025: "国务院办公厅, https://www.gov.cn/gongbao/2024/issue_11726/202411/content_6989767.html",
            2026: "国务院办公厅, https://www.gov.cn/gongbao/2025/issue_12406/202511/content_7048922.html",
        },
    ),
    "TW": State(
        ("public",), {"en": "en_US", "zh-hans": "zh_CN", "zh-hant": "zh_TW"}, (SATURDAY, SUNDAY), False,
        {
            2024: "行政院人事行政總處, https://www.dgpa.gov.tw/en/information?uid=353&pid=11402",
            2025: "行政院人事行政總處, https://www.dgpa.gov.tw/en/information?uid=353&pid=12579",
            2026: "行政院人事行政總處, https://www.dgpa.gov.tw/en/information?uid=353&pid=12580",
        },
    ),
    "HK": State(
        # General holidays (Cap. 149): the statutory ones and those that banks and offices keep beside them.
        ("public", "optional"), {"en": "en_HK", "zh-hans": "zh_CN", "zh-hant": "zh_HK"}, (SUNDAY,), False,
        dict.fromkeys((2024, 2025, 2026), "香港特別行政區政府, https://www.gov.hk/en/about/abouthk/holiday/index.htm"),
    ),
}  # fmt: skip


def main() -> int:
    """Write each file; refuse where two libraries disagree about a day."""
    library, other = importlib.import_module("holidays"), importlib.import_module("chinese_calendar")
    for code, state in STATES.items():
        text = "".join(
            [_head(code, state, library.__version__), *(_year(code, state, year, library) for year in state.announced)]
        )
        if code == "CN" and (wrong := list(_differences(library, other, state.announced))):
            print(*wrong, sep="\n")
            return 1
        (FOLDER / f"calendar-{code.lower()}.toml").write_text(text, encoding="utf-8")
    return 0


def _head(code: str, state: State, version: str) -> str:
    return (
        f"# The working days of {code}, as announced; made by tools/calendars.py with holidays {version}. Not edited by hand.\n"
        "# Each holiday from its first to its last day; `works` are the days of a weekend on which everybody works instead.\n\n"
        f'code = "{code}"\nweekend = {list(state.weekend)}\n'
    )


def _year(code: str, state: State, year: int, library: Any) -> str:
    named = {
        language: library.country_holidays(code, years=year, language=theirs, categories=state.categories)
        for language, theirs in state.languages.items()
    }
    works = sorted(day for day in getattr(named["en"], "weekend_workdays", ()) if day.year == year)
    said = f'\n[[year]]\nyear = {year}\nsource = "{state.announced[year]}"\nworks = [{", ".join(map(str, works))}]\n'
    for names, first, last in _runs(state, named, set(works)):
        told = ", ".join(f'{language} = "{name}"' for language, name in names.items())
        said += f"\n[[year.holiday]]\nnames = {{ {told} }}\nfirst = {first}\nlast = {last}\n"
    return said


def _runs(state: State, named: Mapping[str, Any], works: set[date]) -> Iterator[tuple[dict[str, str], date, date]]:
    """The holidays as stretches of days: neighbours of one name, and in China with the weekend beside them."""
    off = {day: {language: _plain(rows[day]) for language, rows in named.items()} for day in sorted(named["en"])}
    if state.weekend == (SUNDAY,):
        off = {day: names for day, names in off.items() if day.isoweekday() != SUNDAY}
    if state.joins:
        _join(off, works)
    _name(off)
    days = sorted(off)
    while days:
        first = last = days.pop(0)
        while days and days[0] == last + timedelta(days=1) and off[days[0]] == off[first]:
            last = days.pop(0)
        yield off[first], first, last


def _join(off: dict[date, dict[str, str]], works: set[date]) -> None:
    """The free weekend beside a holiday is part of it."""
    for day, names in list(off.items()):
        for step in (timedelta(days=-1), timedelta(days=1)):
            beside = day + step
            while (
                beside.isoweekday() in {SATURDAY, SUNDAY} and beside not in {*works, *off} and beside.year == day.year
            ):
                off[beside] = names
                beside += step


def _name(off: dict[date, dict[str, str]]) -> None:
    """A day that was moved beside a holiday belongs to it: to the one before, else to the one after."""
    for step, days in ((-1, sorted(off)), (1, sorted(off, reverse=True))):
        for day in days:
            beside = off.get(day + timedelta(days=step))
            if off[day]["en"].startswith("Day off") and beside and not beside["en"].startswith("Day off"):
                off[day] = beside


def _plain(name: str) -> str:
    """One name a day, without how it came to be: a day off that was moved is the day off."""
    first = name.split(";", maxsplit=1)[0].strip()
    for mark in (" (observed)", "（补假）", "（補假）"):
        first = first.replace(mark, "")
    return first.replace('"', "'")


def _differences(library: Any, other: Any, years: Mapping[int, str]) -> Iterator[str]:
    """Days that the two libraries of China's calendar do not see alike."""
    for year in years:
        days = library.country_holidays("CN", years=year)
        day = date(year, 1, 1)
        while day.year == year:
            if days.is_working_day(day) != other.is_workday(day):
                yield f"{day}: the libraries disagree"
            day += timedelta(days=1)


if __name__ == "__main__":
    sys.exit(main())
