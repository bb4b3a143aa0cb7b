"""What is signed when a unit of ours goes home with the customer for the time of the repair.

source  domain.md 3.3 (remedy), 6.4 (loaner details); A17
"""

from dataclasses import dataclass
from datetime import datetime

from guiju.oversight.papers.rules.shared import Customer, Device, Letterhead, Signature, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanAgreement:
    """The loaner, what is left for it, how it went out; and how it came back, once it did.

    deposit_taken_at     when the till took the deposit; until then it is asked and not left
    deposit_back_minor   what was given back of the deposit
    excepted_because     why the manager let the repaired appliance go home before the loaner was back
    """

    letterhead: Letterhead
    work_order_number: str
    customer: Customer
    device: Device
    loaner_name: Words
    loaner_serial_number: str
    deposit_minor: int
    condition: Words
    lent_at: datetime
    lent_by: Words
    deposit_receipt_number: str | None = None
    deposit_taken_at: datetime | None = None
    deposit_kept_minor: int | None = None
    promised_ready_at: datetime | None = None
    returned_at: datetime | None = None
    condition_back: Words | None = None
    deposit_back_minor: int | None = None
    excepted_because: Words | None = None
    signature: Signature | None = None
