"""What is told of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class ReportMade:
    """A store's report of a period is made, and waits for its keeper."""

    report_id: int
    store_id: int
    kind: str
    starts_on: date


@event
@dataclass(frozen=True)
class ReportConfirmed:
    """The keeper stands for it."""

    report_id: int
    store_id: int
    kind: str
    starts_on: date


@event
@dataclass(frozen=True)
class CashDayMade:
    """The report of an outlet's cash of a day is made, and waits for whoever closes the day."""

    day_id: int
    unit_id: int
    business_on: date


@event
@dataclass(frozen=True)
class CashDayClosed:
    """Nothing is booked on that day any more."""

    day_id: int
    unit_id: int
    business_on: date
