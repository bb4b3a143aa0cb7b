"""What is printed when more than a repair is due: the appraisal certificate, and the note on a repair that waits for its part.

source  domain.md 6.31, 3.5; TG-10, EX-5
"""

from dataclasses import dataclass
from datetime import date, datetime

from guiju.oversight.papers.rules.shared import Customer, Device, Letterhead, Signature, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRepair:
    """One finished repair of the unit, whether it counts for the buyer's rights or not."""

    order_number: str
    fault: Words
    received_on: date
    handed_over_on: date
    counts: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalCertificate:
    """What was found, by which rule more than a repair is due, and what was decided (6.31).

    rule         the statement of the right, and the clause that makes it count
    days_out     days on which the owner was without the unit since the guarantee began
    decision     what the customer chose, once it was granted; or why not
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    bought_on: date | None
    invoice_number: str | None
    price_minor: int
    ground: Words
    rule: Words | None
    clause: str | None
    repairs: tuple[PastRepair, ...]
    days_out: int
    findings: Words
    is_fault_confirmed: bool
    is_serial_verified: bool
    is_proof_verified: bool
    appraiser: Words
    appraised_at: datetime
    inspector: Words | None = None
    confirmed_at: datetime | None = None
    decision: Words | None = None
    decision_note: Words | None = None
    decided_by: Words | None = None
    decided_at: datetime | None = None
    other_name: Words | None = None
    other_serial_number: str | None = None
    refund_minor: int | None = None
    deduction_minor: int | None = None
    days_used: int | None = None
    technician_signature: Signature | None = None
    inspector_signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPart:
    """A part that the producer has not supplied."""

    name: Words
    part_number: str
    quantity: int
    asked_on: date
    expected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairStatusNote:
    """The repairer's word that the unit is still not repaired for want of a part: with it the buyer may ask for an exchange (TG-10)."""

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    received_on: date
    days_here: int
    due_since_on: date | None
    parts: tuple[MissingPart, ...]
    rule: Words
    clause: str
    bought_on: date | None = None
    invoice_number: str | None = None
