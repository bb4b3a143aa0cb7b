"""The daily cash report of an outlet (6.11): by till, by tender, what left for the safe and the bank, who holds what at the end."""

from dataclasses import dataclass
from datetime import date, datetime

from guiju.oversight.papers.rules.shared import Letterhead, Words, must_equal


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBy:
    """One tender: how many receipts and refunds, and what they sum to."""

    method: Words
    receipts: int
    received_minor: int
    refunds: int
    paid_back_minor: int

    @property
    def net_minor(self) -> int:
        """What stayed."""
        return self.received_minor - self.paid_back_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """One session at a till, as its closing left it.

    pieces   the notes and coins of the count that stands, the largest first: "100 × 5"
    """

    till: Words
    z_number: str
    cashier: Words
    float_minor: int
    expected_minor: int
    counted_minor: int
    variance_minor: int
    pieces: Words
    because: Words | None = None
    countersigned_by: Words | None = None

    def __post_init__(self) -> None:
        """Refuse a difference that is none."""
        must_equal(self.variance_minor, self.counted_minor - self.expected_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashNote:
    """Something that happened to cash, or a place where some lies."""

    what: Words
    document: Words
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashDayPaper:
    """What an outlet took, gave back and has on one business day.

    listed   payments that are void, and receipts that were printed again
    raises   DoesNotAddUp
    """

    letterhead: Letterhead
    business_on: date
    made_at: datetime
    takings_minor: int
    variance_minor: int
    tenders: tuple[TakenBy, ...]
    net_minor: tuple[int, ...]
    closings: tuple[Closing, ...]
    moved: tuple[CashNote, ...]
    holders: tuple[CashNote, ...]
    listed: tuple[CashNote, ...] = ()
    closed_by: Words | None = None
    closed_at: datetime | None = None
    remark: Words | None = None

    def __post_init__(self) -> None:
        """Refuse a total that its lines do not make."""
        must_equal(self.takings_minor, sum(each.net_minor for each in self.tenders))
        must_equal(self.takings_minor, sum(self.net_minor))
        must_equal(self.variance_minor, sum(each.variance_minor for each in self.closings))
