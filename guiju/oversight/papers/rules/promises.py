"""What the customer is asked to agree to: the quote, and the time limit when a part is missing.

source  domain.md 6.3, 6.4
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from guiju.oversight.papers.rules.shared import Customer, Device, Letterhead, Signature, Words, must_equal


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """One priced line of an offer, beside the published range that it must lie in.

    amount_minor              what the line costs before the guarantee takes its share
    in_warranty_share_minor   what the guarantee pays of it
    tax_minor                 of the line; added on top only where the quote says that prices exclude tax
    condition                 new, original or refurbished
    payer                     who pays instead of the customer, and by which clause
    choice                    that the customer may leave it out, or did
    is_declined               the customer left it out: it costs nothing, and nothing is done
    """

    description: Words
    quantity: int | Decimal
    unit: Words
    unit_price_minor: int
    list_min_minor: int
    list_max_minor: int
    amount_minor: int
    in_warranty_share_minor: int = 0
    tax_minor: int = 0
    item_code: str | None = None
    condition: Words | None = None
    repair_warranty_days: int | None = None
    payer: Words | None = None
    choice: Words | None = None
    is_declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteOption:
    """One way to help, where the customer chooses among several.

    mark            by which it is ticked: A, B or C
    service_hours   how long the work takes after approval
    raises          DoesNotAddUp
    """

    mark: Words
    title: Words
    lines: tuple[QuoteLine, ...]
    total_minor: int
    service_hours: int
    note: Words | None = None
    discount_minor: int = 0
    discount_reason: Words | None = None

    def __post_init__(self) -> None:
        """Refuse a total that the lines do not make."""
        must_equal(self.total_minor, sum(line.amount_minor for line in self.lines) - self.discount_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePaper:
    """Quote, with a box to approve it and a box to decline it (6.3).

    revision        the version of the quote, counted from 1
    service_hours   how long the work takes after approval
    options         the ways to help, while the customer chooses among several; then they are printed instead of the lines
    approval        how it was approved, if it was; refusal likewise
    raises          DoesNotAddUp
    """

    letterhead: Letterhead
    revision: int
    work_order_number: str
    customer: Customer
    device: Device
    fault: Words
    lines: tuple[QuoteLine, ...]
    total_minor: int
    expires_at: datetime
    cause: Words | None = None
    is_tax_included: bool = True
    discount_minor: int = 0
    discount_reason: Words | None = None
    test_fee_minor: int | None = None
    service_hours: int | None = None
    old_part_ownership: Words | None = None
    payment_terms: Words | None = None
    prepared_by: Words | None = None
    options: tuple[QuoteOption, ...] = ()
    approval: Signature | None = None
    refusal: Signature | None = None

    def __post_init__(self) -> None:
        """Refuse a total that the lines do not make."""
        payable = sum(line.amount_minor - line.in_warranty_share_minor for line in self.lines if not line.is_declined)
        tax_on_top = 0 if self.is_tax_included else self.tax_minor
        must_equal(self.total_minor, payable + tax_on_top - self.discount_minor)

    @property
    def in_warranty_share_minor(self) -> int:
        """What the guarantee pays of all lines."""
        return sum(line.in_warranty_share_minor for line in self.lines)

    @property
    def tax_minor(self) -> int:
        """The tax in, or on top of, all lines."""
        return sum(line.tax_minor for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitedPart:
    """A part that is not in any store that may give it."""

    name: Words
    part_number: str | None = None
    quantity: int | Decimal = 1
    unit: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanerUnit:
    """The unit lent to the customer for the wait."""

    name: Words
    serial_number: str | None = None
    lent_on: date | None = None
    return_by_on: date | None = None
    deposit_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsCommitmentPaper:
    """Signed time limit for missing parts (6.4).

    revision              counted from 1; a later one replaces the earlier ones
    supplier_basis        what the supplier said, and when: why the date can be believed
    statutory_cap_on      the last day that the law allows, with statutory_basis as its source
    choices_if_refused    what the customer may choose instead of waiting
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    parts: tuple[WaitedPart, ...]
    cause: Words
    promised_part_on: date
    promised_ready_at: datetime
    remedy: Words
    revision: int = 1
    supplier_basis: Words | None = None
    supplier_expected_on: date | None = None
    statutory_cap_on: date | None = None
    statutory_basis: Words | None = None
    loaner: LoanerUnit | None = None
    choices_if_refused: tuple[Words, ...] = ()
    customer_signature: Signature | None = None
    outlet_signature: Signature | None = None
