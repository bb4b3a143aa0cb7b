"""What stands on each paper: plain facts, and the sums that must hold before ink meets paper."""

from collections.abc import Mapping

from guiju.oversight.papers.rules.cash import PettyBook, PettyLine, Pieces, SafeLog, SlipRecord, ThroughTheDoor
from guiju.oversight.papers.rules.counter import AccessoryLabels, ClaimTag, DamageMark, Face, PartsWait, Symptom, Ticket
from guiju.oversight.papers.rules.deposits import DepositReceipt
from guiju.oversight.papers.rules.door import DoorSheet, RegistrationLabel
from guiju.oversight.papers.rules.exchanges import AppraisalCertificate, MissingPart, PastRepair, RepairStatusNote
from guiju.oversight.papers.rules.lending import LoanAgreement
from guiju.oversight.papers.rules.outcomes import (
    ChargeLine,
    Discount,
    FittedPart,
    LabourLine,
    Measurement,
    Photo,
    Receipt,
    ReceivedPayment,
    RefundReceipt,
    RepairReport,
    TaxPart,
)
from guiju.oversight.papers.rules.prices import LawLine, ListedPrice, PriceBoard, PriceLeaflet, PriceSection, TravelLine
from guiju.oversight.papers.rules.promises import (
    LoanerUnit,
    PartsCommitmentPaper,
    QuoteLine,
    QuoteOption,
    QuotePaper,
    WaitedPart,
)
from guiju.oversight.papers.rules.purchases import Billed, Bought, Delivered, Need, PurchaseFile, SupplierOffer
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
from guiju.oversight.papers.rules.store import CountSheet, Pick, PickSlip, SheetRow
from guiju.oversight.papers.rules.storehouse import (
    AccessRecord,
    Aged,
    Airing,
    AtTheLock,
    Below,
    Carried,
    Idle,
    InspectedItem,
    InspectionPaper,
    LateOrder,
    Reading,
    ReportLine,
    ReportNote,
    StoreReportPaper,
    UsedClass,
)
from guiju.oversight.papers.rules.tills import CashDayPaper, CashNote, Closing, TakenBy

Paper = (
    Ticket
    | ClaimTag
    | AccessoryLabels
    | DoorSheet
    | RegistrationLabel
    | PriceLeaflet
    | PriceBoard
    | LoanAgreement
    | QuotePaper
    | PartsCommitmentPaper
    | PickSlip
    | CountSheet
    | StoreReportPaper
    | InspectionPaper
    | AccessRecord
    | PurchaseFile
    | AppraisalCertificate
    | RepairStatusNote
    | RepairReport
    | Receipt
    | RefundReceipt
    | DepositReceipt
    | CashDayPaper
    | SlipRecord
    | SafeLog
    | PettyBook
)

LABELS = (Size.LABEL_60X40MM, Size.LABEL_50X30MM, Size.LABEL_70X50MM)
"""The labels that a thermal printer of 203 dots per inch burns, the usual one first."""

SIZES: Mapping[type, tuple[Size, ...]] = {
    Ticket: (Size.A4, Size.ROLL_80MM),
    ClaimTag: (Size.ROLL_80MM, *LABELS),
    AccessoryLabels: LABELS,
    DoorSheet: (Size.A4, Size.A5),
    RegistrationLabel: LABELS,
    PriceLeaflet: (Size.A5,),
    PriceBoard: (Size.A4,),
    LoanAgreement: (Size.A4,),
    AppraisalCertificate: (Size.A4,),
    RepairStatusNote: (Size.A4,),
    QuotePaper: (Size.A4,),
    PartsCommitmentPaper: (Size.A4,),
    PickSlip: (Size.A4, Size.ROLL_80MM),
    CountSheet: (Size.A4,),
    StoreReportPaper: (Size.A4,),
    InspectionPaper: (Size.A4,),
    AccessRecord: (Size.A4,),
    PurchaseFile: (Size.A4,),
    RepairReport: (Size.A4,),
    Receipt: (Size.A4, Size.ROLL_80MM, Size.A5),
    RefundReceipt: (Size.A4, Size.ROLL_80MM, Size.A5),
    DepositReceipt: (Size.A4, Size.ROLL_80MM),
    CashDayPaper: (Size.A4,),
    SlipRecord: (Size.A4,),
    SafeLog: (Size.A4,),
    PettyBook: (Size.A4,),
}
"""The sizes that each paper is laid out for, the usual one first."""

__all__ = [
    "LABELS",
    "SIZES",
    "AccessRecord",
    "Accessory",
    "AccessoryKind",
    "AccessoryLabels",
    "Aged",
    "Airing",
    "AppraisalCertificate",
    "AtTheLock",
    "Below",
    "Billed",
    "Bought",
    "Carried",
    "CashDayPaper",
    "CashNote",
    "ChargeLine",
    "ClaimTag",
    "Closing",
    "CountSheet",
    "Customer",
    "DamageMark",
    "Delivered",
    "DepositReceipt",
    "Device",
    "Discount",
    "DoesNotAddUp",
    "DoorSheet",
    "Face",
    "FittedPart",
    "Idle",
    "InspectedItem",
    "InspectionPaper",
    "LabourLine",
    "LateOrder",
    "LawLine",
    "Letterhead",
    "ListedPrice",
    "LoanAgreement",
    "LoanerUnit",
    "Measurement",
    "MissingPart",
    "Need",
    "Paper",
    "PartsCommitmentPaper",
    "PartsWait",
    "PastRepair",
    "PettyBook",
    "PettyLine",
    "Photo",
    "Pick",
    "PickSlip",
    "Pieces",
    "PriceBoard",
    "PriceLeaflet",
    "PriceSection",
    "PurchaseFile",
    "QuoteLine",
    "QuoteOption",
    "QuotePaper",
    "Reading",
    "Receipt",
    "ReceivedPayment",
    "RefundReceipt",
    "RegistrationLabel",
    "RepairReport",
    "RepairStatusNote",
    "ReportLine",
    "ReportNote",
    "SafeLog",
    "SheetRow",
    "Signature",
    "Size",
    "SlipRecord",
    "StoreReportPaper",
    "SupplierOffer",
    "Symptom",
    "TakenBy",
    "TaxPart",
    "ThroughTheDoor",
    "Ticket",
    "TravelLine",
    "UsedClass",
    "WaitedPart",
    "Words",
    "last_digits",
    "masked",
]
