"""What the cashier tells."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Billed:
    """The bill of a job is drawn."""

    order_id: int
    order_number: str
    bill_id: int
    total_minor: int
    currency: str


@event
@dataclass(frozen=True)
class Paid:
    """A payment was taken; `remaining_minor` is still owed."""

    order_id: int
    order_number: str
    payment_id: int
    receipt_number: str
    amount_minor: int
    remaining_minor: int
    currency: str


@event
@dataclass(frozen=True)
class PaymentVoided:
    """A payment was taken wrongly: it counts no more, and its receipt keeps its number."""

    order_id: int
    order_number: str
    payment_id: int
    receipt_number: str
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class Refunded:
    """Money went back."""

    order_id: int
    order_number: str
    refund_id: int
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class DepositTaken:
    """A customer left a deposit for a loaner."""

    order_id: int
    order_number: str
    loan_id: int
    receipt_number: str
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class DepositSettled:
    """The loaner is back: its deposit went back, or part of it was kept."""

    order_id: int
    order_number: str
    loan_id: int
    back_minor: int
    kept_minor: int
    currency: str


@event
@dataclass(frozen=True)
class PartsDepositTaken:
    """A customer left the deposit that was agreed to: the parts may be ordered."""

    order_id: int
    order_number: str
    quote_id: int
    receipt_number: str
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class PartsDepositCredited:
    """So much of a deposit before parts has paid the bill."""

    order_id: int
    order_number: str
    receipt_number: str
    bill_number: str
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class PartsDepositReturned:
    """What was left of a deposit before parts is the customer's again."""

    order_id: int
    order_number: str
    receipt_number: str
    return_number: str
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class UnitRefunded:
    """The customer has the price of a returned unit back, less what the law let its use cost."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    amount_minor: int
    deduction_minor: int
    currency: str


@event
@dataclass(frozen=True)
class DifferenceRefunded:
    """The customer has back what the other unit cost less than the old one."""

    order_id: int
    order_number: str
    case_id: int
    case_number: str
    amount_minor: int
    currency: str


@event
@dataclass(frozen=True)
class SessionVaried:
    """A drawer was counted and differs by so much that somebody else has to count it again."""

    session_id: int
    till_code: str
    variance_minor: int
    currency: str


@event
@dataclass(frozen=True)
class SessionClosed:
    """A till was counted and closed; a variance is what was counted less what the book expected."""

    session_id: int
    till_code: str
    variance_minor: int
    currency: str


@event
@dataclass(frozen=True)
class Delivered:
    """The customer has the appliance back."""

    order_id: int
    order_number: str
    outcome: str


@event
@dataclass(frozen=True)
class ClaimCodeLocked:
    """Wrong claim codes were given too often: somebody may be trying to collect what is not theirs."""

    order_id: int
    order_number: str
    wrong_tries: int
