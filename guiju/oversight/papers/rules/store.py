"""What the store keeper takes along between the shelves.

source  domain.md 2.9 (requests); S6-17
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
