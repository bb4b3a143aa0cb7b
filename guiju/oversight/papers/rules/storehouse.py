"""What the house keeps of its stores on paper: the period's report, the weekly inspection, an opening of a controlled store.

source  domain.md 6.9, 6.26, 6.27
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from guiju.oversight.papers.rules.shared import Letterhead, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A part of one owner over the period; `moved` are receipts, issues, returns, transfers, adjustments and scrap, in this order."""

    name: Words
    part_number: str
    opening: int
    moved: tuple[int, ...]
    closing: int
    owner: Words | None = None
    value_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNote:
    """What stands below the lines: an exception, a job that waited, a reservation."""

    what: Words
    part_number: str
    quantity: int
    because: Words | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """A part of which less lies there than should be kept."""

    part_number: str
    level: int
    closing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateOrder:
    """An order that should have come."""

    number: str
    supplier: Words
    expected_on: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """What lies there too long or is made no more, and what is put by for it."""

    part_number: str
    why: Words
    days: int
    closing: int
    value_minor: int | None
    provision_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedClass:
    """The parts of one class by their use in a year."""

    name: str
    parts: int
    used_minor: int
    value_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """So many old parts of one age."""

    age: Words
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReportPaper:
    """What a store had, got, gave and has over a day, a week or a month (6.9), as it was made.

    ends_on   the last day
    turned    how often the stock was used in the year
    """

    letterhead: Letterhead
    kind: Words
    store: Words
    starts_on: date
    ends_on: date
    made_at: datetime
    value_minor: int
    columns: tuple[Words, ...]
    rows: tuple[ReportLine, ...]
    exceptions: tuple[ReportNote, ...] = ()
    waiting: tuple[ReportNote, ...] = ()
    reserved: tuple[ReportNote, ...] = ()
    old_parts: tuple[Aged, ...] = ()
    below: tuple[Below, ...] = ()
    overdue: tuple[LateOrder, ...] = ()
    idle: tuple[Idle, ...] = ()
    classes: tuple[UsedClass, ...] = ()
    turned: Decimal | None = None
    inspected: int | None = None
    to_inspect: int | None = None
    readings: int | None = None
    outside: int | None = None
    asked: int | None = None
    from_stock: int | None = None
    ordered: int | None = None
    confirmed_by: Words | None = None
    confirmed_at: datetime | None = None
    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedItem:
    """What was looked at; `is_ok` is empty on a form that is still to be filled in."""

    name: Words
    is_ok: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How warm and how damp it was, in °C and % relative humidity."""

    read_at: datetime
    celsius: Decimal
    humidity: Decimal
    is_outside: bool
    read_by: Words
    action: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """The store was aired from then to then."""

    started_at: datetime
    started_by: Words
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPaper:
    """The weekly inspection of a store (6.26): a form to be filled in, and afterwards what was found.

    week_on, until_on   its Monday and its Sunday
    """

    letterhead: Letterhead
    store: Words
    state: Words
    week_on: date
    until_on: date
    items: tuple[InspectedItem, ...]
    readings: tuple[Reading, ...] = ()
    airings: tuple[Airing, ...] = ()
    score: int | None = None
    note: Words | None = None
    done_by: Words | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheLock:
    """Somebody who signed in, by which lock group, and when they signed out."""

    name: Words
    lock_group: Words
    in_at: datetime
    out_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was put in or taken out; `counted` is what both found at the closing."""

    direction: Words
    item: Words
    quantity: int
    before: int
    after: int
    serial: str | None = None
    counted: int | None = None
    return_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRecord:
    """One opening of a controlled store (6.27): who, because of which document, what went through the door, what was counted."""

    letterhead: Letterhead
    store: Words
    state: Words
    authority: Words
    purpose: Words
    requested_by: Words
    requested_at: datetime
    custodians: tuple[AtTheLock, ...]
    carried: tuple[Carried, ...]
    is_emergency: bool
    opened_at: datetime | None = None
    recounted_at: datetime | None = None
    closed_at: datetime | None = None
    protections_ok: bool | None = None
    camera_ok: bool | None = None
    denied_because: Words | None = None
    settled_by: Words | None = None
    settled_note: Words | None = None
    reviewed_by: Words | None = None
    review_note: Words | None = None
