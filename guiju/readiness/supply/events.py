"""What buying tells.

origin   what a line was bought for, as whoever asked for it calls it: the number of a job's part request; empty for the shelf
"""

from __future__ import annotations

from datetime import date

from guiju.kernel.news import event


@event
class PurchaseRequested:
    """Somebody asks that something is bought."""

    request_id: int
    number: str
    is_emergency: bool


@event
class PurchaseApproved:
    """It may be bought."""

    request_id: int
    number: str


@event
class PurchaseRejected:
    """It is not bought, or not like this."""

    request_id: int
    number: str


@event
class PurchaseAwarded:
    """A supplier was chosen."""

    sourcing_id: int
    number: str
    supplier_id: int


@event
class PurchaseOrdered:
    """The order went to the supplier."""

    order_id: int
    number: str
    supplier_id: int


@event
class ExpectedOn:
    """The supplier's day for one line; told again whenever it changes."""

    order_id: int
    number: str
    origin: str
    expected_on: date


@event
class NotComing:
    """What somebody waits for will not come by this paper: its request was rejected, its order cancelled or closed short.

    number    of the request or the order
    line_id   of the request
    """

    number: str
    line_id: int
    origin: str


@event
class PutAway:
    """Accepted pieces lie in a bin.

    quantity   in the part's base unit
    """

    receipt_id: int
    number: str
    line_id: int
    origin: str
    part_id: int
    part_code: str
    bin_id: int
    quantity: int


@event
class InvoiceMatched:
    """Order, receipt and invoice say the same: it may be paid."""

    invoice_id: int
    number: str
    order_id: int
