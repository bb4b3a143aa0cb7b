"""The whole file of a purchase on paper: why, from whom, at what price, what came, what was paid.

source  domain.md 6.21
"""

from dataclasses import dataclass
from datetime import date, datetime

from guiju.oversight.papers.rules.shared import DoesNotAddUp, Letterhead, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A request behind the order: who asked, what for, who approved."""

    number: str
    unit: Words
    reason: Words
    requested_by: Words
    is_emergency: bool
    decided_by: Words | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierOffer:
    """What a supplier asked for all of it."""

    supplier: Words
    total_minor: int
    lead_days: int
    until_on: date
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A line of the order, and how much of it came, was good and was billed."""

    name: Words
    unit: Words
    quantity: int
    price_minor: int
    amount_minor: int
    delivered: int
    accepted: int
    rejected: int
    billed: int
    part_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A delivery: counted by one, inspected by another."""

    number: str
    note: str
    state: Words
    received_by: Words
    received_at: datetime
    inspected_by: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """An invoice of the supplier, and what became of it."""

    number: str
    reference: str
    amount_minor: int
    state: Words
    matched_by: Words | None = None
    paid_by: Words | None = None
    paid_at: datetime | None = None
    payment: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseFile:
    """All that belongs to one order (6.21).

    on_time_percent, accepted_percent   how the supplier did over the last year; empty where nothing can be said
    """

    letterhead: Letterhead
    supplier: Words
    state: Words
    method: Words
    sourcing_number: str
    buyer: Words
    made_at: datetime
    total_minor: int
    approved_minor: int
    needs: tuple[Need, ...]
    offers: tuple[SupplierOffer, ...]
    rows: tuple[Bought, ...]
    deliveries: tuple[Delivered, ...] = ()
    bills: tuple[Billed, ...] = ()
    award_reason: Words | None = None
    exception: Words | None = None
    approved_by: Words | None = None
    approved_at: datetime | None = None
    sent_at: datetime | None = None
    expected_on: date | None = None
    on_time_percent: int | None = None
    accepted_percent: int | None = None

    def __post_init__(self) -> None:
        """Refuse an order that is not the sum of its lines."""
        if self.total_minor != sum(row.amount_minor for row in self.rows):
            raise DoesNotAddUp(f"{self.letterhead.number}: the order is not the sum of its lines")
