"""What is told of exchanges."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class CaseOpened:
    """Somebody asked for another unit, or for the money."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    ground: str


@event
@dataclass(frozen=True)
class CaseAppraised:
    """A technician and an inspector agree on what is wrong."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str


@event
@dataclass(frozen=True)
class CaseApproved:
    """It is granted; `choice` says what the customer wants."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    choice: str


@event
@dataclass(frozen=True)
class CaseRejected:
    """It is not granted, for a reason in writing."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    reason: str


@event
@dataclass(frozen=True)
class CaseWithdrawn:
    """The customer chose the repair."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str


@event
@dataclass(frozen=True)
class OptionOffered:
    """There is no unit of the same model: a similar one or the money is offered."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str


@event
@dataclass(frozen=True)
class UnitOffered:
    """A unit that is used or of another model is offered; `difference_minor` is what it costs more, below nothing what goes back."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    difference_minor: int
    currency: str


@event
@dataclass(frozen=True)
class UnitAgreed:
    """The customer signed for that unit and its difference in price."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str


@event
@dataclass(frozen=True)
class UnitDeclined:
    """The customer does not want the unit that was offered; `note` is what they would like instead, in their own words, or empty."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    note: str


@event
@dataclass(frozen=True)
class UnitAllocated:
    """The other unit waits for its owner."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    serial: str


@event
@dataclass(frozen=True)
class UnitExchanged:
    """The customer has another unit; both serials are known."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    old_serial: str
    new_serial: str


@event
@dataclass(frozen=True)
class OldUnitDisposed:
    """It is known what became of the old unit; the case is closed."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    disposition: str
