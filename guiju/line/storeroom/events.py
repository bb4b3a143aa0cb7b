"""What the storeroom tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Requested:
    """A job asks for a part."""

    order_id: int
    order_number: str
    request_id: int
    part_code: str
    quantity: int


@event
@dataclass(frozen=True)
class Answered:
    """The store said whether it has the part; `expected_on` is known only where one is on order."""

    order_id: int
    order_number: str
    request_id: int
    part_code: str
    is_available: bool
    expected_on: date | None


@event
@dataclass(frozen=True)
class Issued:
    """A part went to the job; `all_issued` when nothing that the job asked for is still missing."""

    order_id: int
    order_number: str
    request_id: int
    part_code: str
    quantity: int
    all_issued: bool


@event
@dataclass(frozen=True)
class TakenBack:
    """Parts that were not used came back to the shelf."""

    order_id: int
    order_number: str
    request_id: int
    part_code: str
    quantity: int
