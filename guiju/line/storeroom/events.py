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


@event
@dataclass(frozen=True)
class OldPartsSent:
    """An outlet has sent old parts back to head office."""

    unit_id: int
    batch_id: int
    batch_number: str
    count: int


@event
@dataclass(frozen=True)
class OldPartsReceived:
    """Head office has opened the parcel: so many came, so many are missing and charged."""

    unit_id: int
    batch_id: int
    batch_number: str
    received: int
    missing: int


@event
@dataclass(frozen=True)
class OldPartAudited:
    """One of the sample was examined; `is_charged` where the outlet is charged for it."""

    order_id: int
    order_number: str
    tag: str
    result: str
    is_charged: bool
