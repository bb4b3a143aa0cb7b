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
class Cancelled:
    """was    the state in which the customer cancelled; is_held   the appliance still has to be given back"""

    order_id: int
    number: str
    was: str
    is_held: bool
    reason: str
