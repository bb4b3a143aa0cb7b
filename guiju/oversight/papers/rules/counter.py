"""What the counter hands over: the ticket, the claim tag, a label for each bag of accessories.

source  domain.md 6.1, 6.2; A10, A17
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from guiju.oversight.papers.rules.shared import Accessory, Customer, Device, Letterhead, Signature, Words


class Face(StrEnum):
    """A side of the device on the damage sketch."""

    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """What is wrong, by the code of the catalogue."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageMark:
    """A scratch or dent where it was at receipt, in thousandths of the face from its top left corner."""

    face: Face
    across_per_mille: int
    down_per_mille: int
    note: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsWait:
    """The deadline that was agreed on the ticket when a part was missing."""

    parts: tuple[Words, ...]
    cause: Words
    promised_part_on: date
    promised_ready_at: datetime
    remedy: Words
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Work-order ticket with the customer's tear-off copy (6.1).

    claim_code   stands on the tear-off copy only, and so does proof_url: the head's code finds the job and proves nothing
    parts_wait   when absent its box is printed empty, to be filled in by hand
    """

    letterhead: Letterhead
    received_at: datetime
    channel: Words
    mode: Words
    customer: Customer
    device: Device
    receptionist: Words
    claim_code: str
    proof_url: str
    promised_ready_at: datetime | None = None
    coverage: Words | None = None
    purchased_on: date | None = None
    purchase_invoice_number: str | None = None
    warranty_result: Words | None = None
    warranty_ends_on: date | None = None
    symptoms: tuple[Symptom, ...] = ()
    problem: Words | None = None
    is_reproduced: bool | None = None
    appearance: tuple[Words, ...] = ()
    damage: tuple[DamageMark, ...] = ()
    accessories: tuple[Accessory, ...] = ()
    seal_number: str | None = None
    data_statement: Words | None = None
    declared_value_minor: int | None = None
    test_fee_minor: int | None = None
    price_list_version: str | None = None
    fee_collection: Words | None = None
    payment_terms: Words | None = None
    freight_terms: Words | None = None
    storage_terms: Words | None = None
    privacy_notice: Words | None = None
    parts_wait: PartsWait | None = None
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTag:
    """Claim tag: one half for the customer, one for the device (6.2). The small label is the device's half.

    proof_url   stands on the customer's half only; the head's code finds the job and proves nothing
    """

    letterhead: Letterhead
    work_order_number: str
    device: Device
    customer: Customer
    promised_ready_at: datetime | None = None
    claim_code: str | None = None
    proof_url: str | None = None
    unclaimed_notice: Words | None = None
    shelf_code: str | None = None
    accessories: tuple[Accessory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessoryLabels:
    """A label for each accessory that was handed in, to stick on its bag; it leads to the job and names nobody (A10)."""

    letterhead: Letterhead
    work_order_number: str
    device: Device
    customer: Customer
    accessories: tuple[Accessory, ...]
    shelf_code: str | None = None
