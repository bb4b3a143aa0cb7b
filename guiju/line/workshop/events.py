"""What the workshop tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Diagnosed:
    """The fault and its cause are known."""

    order_id: int
    order_number: str
    fault_code: str
    cause_code: str
    coverage: str


@event
@dataclass(frozen=True)
class NoFaultFound:
    """The appliance was tested and nothing is wrong with it."""

    order_id: int
    order_number: str


@event
@dataclass(frozen=True)
class QuoteIssued:
    """The customer is asked."""

    order_id: int
    order_number: str
    quote_id: int
    version: int
    total_minor: int
    currency: str
    valid_until: datetime


@event
@dataclass(frozen=True)
class CodeAsked:
    """The customer wants the code with which to approve the quote."""

    order_id: int
    order_number: str
    quote_id: int


@event
@dataclass(frozen=True)
class QuoteApproved:
    """The customer agreed."""

    order_id: int
    order_number: str
    quote_id: int
    how: str


@event
@dataclass(frozen=True)
class ExceptionAsked:
    """Somebody wants to charge what the published list does not allow: the network manager has to grant it."""

    order_id: int
    order_number: str
    exception_id: int
    code: str
    unit_minor: int
    currency: str


@event
@dataclass(frozen=True)
class ExceptionDecided:
    """The network manager granted a price outside the list, or refused it."""

    order_id: int
    order_number: str
    exception_id: int
    granted: bool


@event
@dataclass(frozen=True)
class DiscountAsked:
    """More is taken off a quote than the counter may on its own: the manager has to approve it."""

    order_id: int
    order_number: str
    quote_id: int
    discount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class DiscountDecided:
    """The manager approved a discount, or refused it."""

    order_id: int
    order_number: str
    quote_id: int
    granted: bool


@event
@dataclass(frozen=True)
class QuoteDeclined:
    """The customer did not agree, or did not answer in time (`expired`)."""

    order_id: int
    order_number: str
    quote_id: int
    expired: bool


@event
@dataclass(frozen=True)
class CommitmentProposed:
    """A part is missing: the customer is asked to sign a new date."""

    order_id: int
    order_number: str
    commitment_id: int
    promised_part_on: date
    promised_ready_at: datetime


@event
@dataclass(frozen=True)
class CommitmentSigned:
    """The customer signed the new date; revision 1 is the first."""

    order_id: int
    order_number: str
    commitment_id: int
    revision: int
    promised_part_on: date


@event
@dataclass(frozen=True)
class CommitmentRefused:
    """The customer did not sign: cancel free, loaner, transfer or exchange are offered."""

    order_id: int
    order_number: str
    commitment_id: int


@event
@dataclass(frozen=True)
class CommitmentMet:
    """The part came in time."""

    order_id: int
    order_number: str
    commitment_id: int


@event
@dataclass(frozen=True)
class CommitmentBreached:
    """The signed date has passed without the part: the remedy is due."""

    order_id: int
    order_number: str
    commitment_id: int
    remedy: str


@event
@dataclass(frozen=True)
class CancelledFree:
    """The customer went, free of charge, because a signed date was missed or a new one refused."""

    order_id: int
    order_number: str
    commitment_id: int


@event
@dataclass(frozen=True)
class RepairFinished:
    """The work is done and waits for the final test."""

    order_id: int
    order_number: str


@event
@dataclass(frozen=True)
class DeclaredUnrepairable:
    """It cannot be repaired; a manager confirmed it."""

    order_id: int
    order_number: str
    reason: str


@event
@dataclass(frozen=True)
class UnrepairableRejected:
    """The manager is not convinced that it cannot be repaired: its technician (`asked_by_id`) goes on."""

    order_id: int
    order_number: str
    asked_by_id: int
    reason: str


@event
@dataclass(frozen=True)
class ReturnPrepared:
    """The appliance is ready to go back as it is."""

    order_id: int
    order_number: str
