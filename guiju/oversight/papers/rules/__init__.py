"""What stands on each paper: plain facts, and the sums that must hold before ink meets paper."""

from collections.abc import Mapping

from guiju.oversight.papers.rules.counter import ClaimTag, DamageMark, Face, PartsWait, Symptom, Ticket
from guiju.oversight.papers.rules.outcomes import (
    ChargeLine,
    Discount,
    FittedPart,
    LabourLine,
    Measurement,
    Photo,
    Receipt,
    ReceivedPayment,
    RepairReport,
)
from guiju.oversight.papers.rules.promises import LoanerUnit, PartsCommitmentPaper, QuoteLine, QuotePaper, WaitedPart
from guiju.oversight.papers.rules.shared import (
    Accessory,
    AccessoryKind,
    Customer,
    Device,
    DoesNotAddUp,
    Letterhead,
    Signature,
    Size,
    Words,
    last_digits,
    masked,
)

Paper = Ticket | ClaimTag | QuotePaper | PartsCommitmentPaper | RepairReport | Receipt

SIZES: Mapping[type, tuple[Size, ...]] = {
    Ticket: (Size.A4,),
    ClaimTag: (Size.ROLL_80MM, Size.LABEL_60X40MM),
    QuotePaper: (Size.A4,),
    PartsCommitmentPaper: (Size.A4,),
    RepairReport: (Size.A4,),
    Receipt: (Size.A4, Size.ROLL_80MM),
}
"""The sizes that each paper is laid out for, the usual one first."""

__all__ = [
    "SIZES",
    "Accessory",
    "AccessoryKind",
    "ChargeLine",
    "ClaimTag",
    "Customer",
    "DamageMark",
    "Device",
    "Discount",
    "DoesNotAddUp",
    "Face",
    "FittedPart",
    "LabourLine",
    "Letterhead",
    "LoanerUnit",
    "Measurement",
    "Paper",
    "PartsCommitmentPaper",
    "PartsWait",
    "Photo",
    "QuoteLine",
    "QuotePaper",
    "Receipt",
    "ReceivedPayment",
    "RepairReport",
    "Signature",
    "Size",
    "Symptom",
    "Ticket",
    "WaitedPart",
    "Words",
    "last_digits",
    "masked",
]
