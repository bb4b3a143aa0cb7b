"""The receipt for what a customer leaves before a part is ordered.

source  domain.md 3.2 "deposit paid if required", 6.6; C07
"""

from dataclasses import dataclass
from datetime import datetime

from guiju.oversight.papers.rules.shared import Customer, Device, Letterhead, Signature, Words, must_equal


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositReceipt:
    """What was left, by which quote; and what became of it, once it did.

    used_minor   what the bill took
    back_minor   what went back; absent until it is settled
    signature    the customer's, for cash that went back
    raises       DoesNotAddUp
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    quote_number: str
    receipt_number: str
    method: Words
    amount_minor: int
    taken_at: datetime
    taken_by: Words
    reference: str | None = None
    used_minor: int = 0
    back_minor: int | None = None
    back_number: str | None = None
    back_method: Words | None = None
    back_reference: str | None = None
    back_at: datetime | None = None
    back_reason: Words | None = None
    paid_by: Words | None = None
    signature: Signature | None = None

    def __post_init__(self) -> None:
        """Refuse a deposit of which a part is neither credited nor given back."""
        if self.back_minor is not None:
            must_equal(self.amount_minor, self.used_minor + self.back_minor)
