"""Which days a report covers, in which column a move stands, that the columns add up, and what lies too long (6.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from guiju.kernel.words import N_


class ReportKind(StrEnum):
    """How long a report is."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


KIND_LABELS: Mapping[ReportKind, str] = {
    ReportKind.DAILY: N_("Daily report"),
    ReportKind.WEEKLY: N_("Weekly report"),
    ReportKind.MONTHLY: N_("Monthly report"),
}
# A worker that stood still makes up for what is missing, so far back; before that a store was not opened, or nobody watched.
MADE_UP_FOR: Mapping[ReportKind, int] = {ReportKind.DAILY: 7, ReportKind.WEEKLY: 2, ReportKind.MONTHLY: 1}


def begin_of(kind: ReportKind, day: date) -> date:
    """The first day of the period in which a day lies; weeks begin on Monday."""
    if kind is ReportKind.WEEKLY:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if kind is ReportKind.MONTHLY else day


def end_of(kind: ReportKind, begin: date) -> date:
    """The day after its last."""
    if kind is ReportKind.MONTHLY:
        return (begin + timedelta(days=31)).replace(day=1)
    return begin + timedelta(days=7 if kind is ReportKind.WEEKLY else 1)


def span(begin: date, end: date, *, zone: str) -> tuple[datetime, datetime]:
    """Those days on a clock, half-open; where the clocks change a day has 23 or 25 hours."""
    clock = ZoneInfo(zone)
    return datetime.combine(begin, time(), clock), datetime.combine(end, time(), clock)


def over(kind: ReportKind, today: date) -> Iterator[date]:
    """The beginnings of the periods that are over today and may still have to be reported, the latest first."""
    begin = begin_of(kind, today)
    for _back in range(MADE_UP_FOR[kind]):
        begin = begin_of(kind, begin - timedelta(days=1))
        yield begin


class Column(StrEnum):
    """Why something came or went."""

    RECEIPTS = "receipts"
    ISSUES = "issues"
    RETURNS = "returns"
    TRANSFERS = "transfers"
    ADJUSTMENTS = "adjustments"
    SCRAP = "scrap"


COLUMN_LABELS: Mapping[Column, str] = {
    Column.RECEIPTS: N_("Goods received"),
    Column.ISSUES: N_("Issued to jobs"),
    Column.RETURNS: N_("Returned unused"),
    Column.TRANSFERS: N_("Transferred"),
    Column.ADJUSTMENTS: N_("Adjusted"),
    Column.SCRAP: N_("Scrapped"),
}
# By the place at the other end of the move; what comes back from a job is a return.
_BY_PLACE: Mapping[str, Column] = {
    "SUPPLIER": Column.RECEIPTS, "ON_ORDER": Column.RECEIPTS, "FITTED": Column.ISSUES, "LOSS": Column.ADJUSTMENTS,
    "FOUND": Column.ADJUSTMENTS, "SCRAP": Column.SCRAP,
}  # fmt: skip


def column_of(place: str, *, comes: bool) -> Column:
    """The column of a move between this store and a place outside it; another store's shelf or the way to it is a transfer."""
    column = _BY_PLACE.get(place, Column.TRANSFERS)
    return Column.RETURNS if comes and column is Column.ISSUES else column


@dataclass
class Line:
    """One part of one owner over the period, in the part's base unit; what comes is positive, what goes negative."""

    part: str
    owner: str
    opening: int = 0
    moved: dict[Column, int] = field(default_factory=dict)

    @property
    def closing(self) -> int:
        """What lies there at the end."""
        return self.opening + sum(self.moved.values())

    def add(self, column: Column, before: int, within: int) -> None:
        """Something came or went, before the period and within it."""
        self.opening += before
        self.moved[column] = self.moved.get(column, 0) + within

    @property
    def is_bare(self) -> bool:
        """Nothing lies there, and nothing moved."""
        return not self.opening and not any(self.moved.values())

    def told(self, unit_minor: int | None) -> dict[str, object]:
        """As the report keeps it; the value only of what is the house's own, where a cost is known (INV-9)."""
        is_valued = unit_minor is not None and self.owner == "OWN"
        return {
            "part": self.part, "owner": self.owner, "opening": self.opening,
            **{str(each): self.moved.get(each, 0) for each in Column}, "closing": self.closing,
            "unit_minor": unit_minor if is_valued else None,
            "value_minor": unit_minor * self.closing if is_valued and unit_minor is not None else None,
        }  # fmt: skip


def value_of(lines: Iterable[Mapping[str, object]]) -> int:
    """What lies there altogether, in minor units, as far as it is known."""
    return sum(int(str(each["value_minor"])) for each in lines if each["value_minor"] is not None)


# --- What lies too long, what is used most, and how often the stock turns

MONTHS = 12
IDLE_FIGURES = (
    "inv.slow_days", "inv.dead_days", "inv.slow_provision_percent", "inv.dead_provision_percent", "inv.last_buy_days",
)  # fmt: skip


class Idle(StrEnum):
    """Why a part that lies there is worth a second look; the first that holds."""

    DEAD = "DEAD"
    ENDING = "ENDING"
    SLOW = "SLOW"


IDLE_LABELS: Mapping[Idle, str] = {
    Idle.DEAD: N_("Nobody has asked for it for very long"),
    Idle.ENDING: N_("Its supply ends"),
    Idle.SLOW: N_("Nobody has asked for it for long"),
}


def why_idle(days: int, *, ends_in: int | None, figures: Mapping[str, int]) -> Idle | None:
    """Why, if at all.

    days      since anybody was given one
    ends_in   days until the maker supplies no more; below nothing where that is over; None where nothing is known
    """
    if days >= figures["inv.dead_days"]:
        return Idle.DEAD
    if ends_in is not None and ends_in <= figures["inv.last_buy_days"]:
        return Idle.ENDING
    return Idle.SLOW if days >= figures["inv.slow_days"] else None


def provision(why: Idle, value_minor: int | None, figures: Mapping[str, int]) -> int:
    """What is put by because it may never be sold, in minor units, half up; nothing for what only ends."""
    percent = {
        Idle.DEAD: figures["inv.dead_provision_percent"], Idle.SLOW: figures["inv.slow_provision_percent"], Idle.ENDING: 0,
    }[why]  # fmt: skip
    return ((value_minor or 0) * percent * 2 + 100) // 200


class Evenness(StrEnum):
    """How even the months of a year were: X even, Y in between, Z now and then."""

    X = "X"
    Y = "Y"
    Z = "Z"


def evenness(used: Sequence[int]) -> Evenness:
    """By the coefficient of variation of the months: X up to a half, Y up to one; in whole numbers, squared.

    With n months of sum s and sum of squares q the square of the coefficient is (n·q - s²) / s².
    """
    total, squares, months = sum(used), sum(each * each for each in used), len(used)
    if total <= 0:
        return Evenness.Z
    apart = months * squares - total * total
    if 4 * apart <= total * total:
        return Evenness.X
    return Evenness.Y if apart <= total * total else Evenness.Z


def turnover(used_minor: int, month_ends_minor: Sequence[int]) -> dict[str, int | None]:
    """How often what lies there was used in the year, in hundredths; None where nothing of known cost lay there.

    month_ends_minor   what lay there a year ago and at the end of each month since
    """
    average = sum(month_ends_minor) // len(month_ends_minor)
    times = used_minor * 100 // average if average > 0 else None
    return {"used_minor": used_minor, "average_minor": average, "times_hundredths": times}
