"""What the customer takes home: the repair report, and the settlement list or receipt.

source  domain.md 6.5, 6.6
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from guiju.oversight.papers.rules.shared import Customer, Device, Letterhead, Signature, Words, must_equal


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedPart:
    """A part that went in, what came out and became of it (C10), and until when it is guaranteed (last day)."""

    name: Words
    quantity: int | Decimal
    unit: Words
    price_minor: int
    part_number: str | None = None
    old_serial_number: str | None = None
    new_serial_number: str | None = None
    old_part: Words | None = None
    warranty_ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourLine:
    """A piece of work, how long it took and what it cost."""

    task: Words
    price_minor: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A measured value between its limits (at a limit is within it), or what a look or a trial showed."""

    name: Words
    value: Decimal | Words
    unit: Words
    passed: bool
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    is_safety: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of the work: PNG, JPEG, GIF or WebP, best not above 1,200 pixels wide."""

    image: bytes
    caption: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReport:
    """Repair report: what was found, done, fitted and measured (6.5).

    days_in_repair            days out of use, by which the guarantee grows
    device_warranty_ends_on   last covered day of the device after that
    repair_warranty_ends_on   last covered day of this repair
    repair_ordinal            the n-th repair of this device
    left_out                  what was offered and the customer did not want
    is_unrepaired             it goes back as it came: nothing was repaired, so nothing is guaranteed
    is_self_checked           a shop of one: the technician tested it himself, with photos (WO-6)
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    received_at: datetime
    finished_at: datetime
    symptom: Words
    findings: Words
    work_done: tuple[Words, ...]
    technician: Words
    technician_badge: str
    cause: Words | None = None
    parts: tuple[FittedPart, ...] = ()
    labour: tuple[LabourLine, ...] = ()
    left_out: tuple[Words, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    is_passed: bool | None = None
    is_unrepaired: bool = False
    is_self_checked: bool = False
    inspector: Words | None = None
    inspected_at: datetime | None = None
    photos: tuple[Photo, ...] = ()
    software_version: str | None = None
    advice: Words | None = None
    days_in_repair: int | None = None
    device_warranty_ends_on: date | None = None
    repair_warranty_ends_on: date | None = None
    repair_ordinal: int | None = None
    survey_url: str | None = None
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine:
    """What is charged, beside what the published list asks.

    list_min_minor, list_max_minor   the list price of one unit; equal where the list has one price
    note                             why a line is free, or an approved exception
    """

    description: Words
    quantity: int | Decimal
    unit: Words
    list_min_minor: int
    list_max_minor: int
    unit_price_minor: int
    amount_minor: int
    item_code: str | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """Money taken off, and why."""

    reason: Words
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPayment:
    """Money taken, and how; less than nothing when it was given back."""

    method: Words
    amount_minor: int
    paid_at: datetime | None = None
    reference: str | None = None
    tendered_minor: int | None = None
    change_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPart:
    """What was charged at one rate: without the tax, and the tax."""

    rate: Words
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Settlement list before the payment, receipt after it (6.6).

    receipt_number   absent on the settlement list
    left_out         what was offered and the customer did not want: it is not charged
    check_url        where anybody sees whether the receipt is as we wrote it, with each price beside the list's
    mark             that it is a duplicate or a copy; nothing on the original and on a settlement list
    credit_minor     what the payments only promise: it is owed until the account is settled (S6-29)
    refunds          what went back later; it does not make the bill unpaid
    raises           DoesNotAddUp
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    lines: tuple[ChargeLine, ...]
    total_minor: int
    discounts: tuple[Discount, ...] = ()
    # The test fee that is not charged, because the repair went ahead (C08).
    credited_test_minor: int = 0
    left_out: tuple[Words, ...] = ()
    deposit_paid_minor: int = 0
    tax_minor: int | None = None
    taxes: tuple[TaxPart, ...] = ()
    payments: tuple[ReceivedPayment, ...] = ()
    refunds: tuple[ReceivedPayment, ...] = ()
    credit_minor: int = 0
    receipt_number: str | None = None
    mark: Words | None = None
    check_url: str | None = None
    invoice: Words | None = None
    cashier: Words | None = None
    signature: Signature | None = None

    def __post_init__(self) -> None:
        """Refuse a total that the lines do not make."""
        must_equal(self.total_minor, self.subtotal_minor - sum(discount.amount_minor for discount in self.discounts))
        if self.taxes:
            must_equal(self.total_minor, sum(each.net_minor + each.tax_minor for each in self.taxes))

    @property
    def subtotal_minor(self) -> int:
        """All charged lines, before discounts."""
        return sum(line.amount_minor for line in self.lines)

    @property
    def due_minor(self) -> int:
        """What is still to be paid; less than nothing when money is to be given back."""
        return self.total_minor - self.deposit_paid_minor - sum(payment.amount_minor for payment in self.payments)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReceipt:
    """The customer signs for money that went back, the way it came, after somebody else approved it (FIN-8).

    receipt_number   of the payment that is given back, all or in part
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    receipt_number: str
    method: Words
    paid_minor: int
    refunded_minor: int
    refunded_at: datetime
    reason: Words
    approved_by: Words | None = None
    paid_by: Words | None = None
    reference: str | None = None
    mark: Words | None = None
    signature: Signature | None = None
