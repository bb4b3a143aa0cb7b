"""What the front desk tells."""

from datetime import datetime

from guiju.kernel.news import event


@event
class Registered:
    order_id: int
    number: str
    promised_at: datetime


@event
class DeviceReceived:
    order_id: int
    number: str
    tag_number: str


@event
class ClaimCodeRenewed:
    """The customer's paper was lost: what it proved is called back, and a new one proves it."""

    order_id: int
    number: str
    tag_number: str


@event
class Cancelled:
    """was    the state in which the customer cancelled; is_held   the appliance still has to be given back"""

    order_id: int
    number: str
    was: str
    is_held: bool
    reason: str


@event
class RequestPrioritised:
    """The request is more, or less, pressing than before."""

    request_id: int
    number: str
    was: str
    priority: str


@event
class RequestSubmitted:
    """due_at   when somebody has to have answered"""

    request_id: int
    number: str
    channel: str
    due_at: datetime


@event
class RequestTriaged:
    request_id: int
    number: str


@event
class RequestSolved:
    request_id: int
    number: str


@event
class RequestConverted:
    request_id: int
    number: str
    order_id: int


@event
class RequestLinked:
    """original   the number of the request or order that it repeats"""

    request_id: int
    number: str
    original: str


@event
class RequestRejected:
    request_id: int
    number: str
    reason: str


@event
class RequestCancelled:
    request_id: int
    number: str


@event
class RequestClosed:
    request_id: int
    number: str


@event
class RequestReopened:
    """times   how often by now: each is a repeat contact"""

    request_id: int
    number: str
    times: int


@event
class LoanerLent:
    loan_id: int
    order_id: int
    serial: str


@event
class LoanerReturned:
    loan_id: int
    order_id: int
    serial: str


@event
class LoanerExcepted:
    """The appliance may go home although the loaner is still out."""

    loan_id: int
    order_id: int
    reason: str
