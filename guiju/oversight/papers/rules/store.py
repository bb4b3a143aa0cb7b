"""What the store keeper takes along between the shelves.

source  domain.md 2.9 (requests), 6.10 (count sheet); S6-17, S6-25
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from guiju.oversight.papers.rules.shared import Device, Letterhead, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One request: which part, how many, from which bin.

    page_url   of the request at the store's desk: who scans it hands the part out
    """

    request_number: str
    page_url: str
    name: Words
    part_number: str
    quantity: int | Decimal
    unit: Words
    state: Words
    bin_code: str | None = None
    need_by_on: date | None = None
    requested_by: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PickSlip:
    """All that one job waits for from the store. It stays in the house, so it names no customer."""

    letterhead: Letterhead
    work_order_number: str
    device: Device
    picks: tuple[Pick, ...]
    technician: Words | None = None
    promised_ready_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A part in a bin. On a blind sheet all figures are empty, and stand on no page in any form."""

    bin_code: str
    name: Words
    part_number: str
    unit: Words
    counted: int | None = None
    expected: int | None = None
    difference: int | None = None
    worth_minor: int | None = None
    cause: Words | None = None
    accountable: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheet:
    """A count of a store on paper (6.10): to be filled in at the shelves, and once it is handed in, what was found.

    page_url   of the shelf page of the count: a counter scans it and begins
    """

    letterhead: Letterhead
    page_url: str
    kind: Words
    state: Words
    store: Words
    counters: Words
    keeper: Words
    is_blind: bool
    rows: tuple[SheetRow, ...]
    planned_on: date
    frozen_at: datetime | None = None
    loss_minor: int | None = None
    found_minor: int | None = None
    approved_by: Words | None = None
    approved_at: datetime | None = None
