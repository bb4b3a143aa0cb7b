"""What is said and what is answered. Written by `python -m tools.client` from docs/openapi.json: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

AcademyTask: TypeAlias = Literal[
    "REPAIR", "INSTALLATION", "REFRIGERATION", "ELECTRICAL", "GAS", "WELDING", "WORK_AT_HEIGHT", "CUSTODY"
]

BankingAlarm: TypeAlias = Literal[
    "PROMPT",
    "NO_DEPOSIT",
    "OVERDUE",
    "LATE",
    "NOT_AT_THE_BANK",
    "SAFE_FULL",
    "INCIDENT",
    "CAMERA",
    "SEALS",
    "EXCEPTION",
    "POUCH_LATE",
]

BankingBagState: TypeAlias = Literal[
    "PACKED", "SEALED", "IN_SAFE", "RETRIEVED", "DEPOSITED", "RECONCILED", "INCIDENT", "EMPTIED"
]

BankingBatch: TypeAlias = Literal["DAY", "EVENING", "MORNING"]

BankingBoxState: TypeAlias = Literal["OPEN", "CLOSED"]

BankingDepositState: TypeAlias = Literal["PREPARED", "DEPOSITED", "EXCEPTION", "RECONCILED", "TAKEN_BACK", "NIL"]

BankingExpense: TypeAlias = Literal["POSTAGE", "TRANSPORT", "OFFICE", "CLEANING", "TOOLS", "REFRESHMENTS", "OTHER"]

BankingHand: TypeAlias = Literal["POUCH", "TILL", "DEPOSIT"]

BankingHandState: TypeAlias = Literal["OFFERED", "COUNTED", "ACCEPTED", "REFUSED", "WITHDRAWN"]

BankingSpendState: TypeAlias = Literal["ASKED", "PAID", "REJECTED"]

CashierBillState: TypeAlias = Literal["DUE", "PART_PAID", "PAID", "ON_CREDIT", "REFUNDED"]

CashierCashMove: TypeAlias = Literal["MORE_FLOAT", "LESS_FLOAT", "MAKE_GOOD"]

CashierClaimProof: TypeAlias = Literal["CLAIM_CODE", "IDENTITY"]

CashierCreditState: TypeAlias = Literal["ASKED", "OPEN", "STOPPED", "CLOSED"]

CashierMethod: TypeAlias = Literal["CASH", "CARD", "WALLET", "TRANSFER", "CREDIT", "DEPOSIT"]

CashierOldParts: TypeAlias = Literal["RETURNED", "SHOWN", "WAIVED"]

CashierSessionState: TypeAlias = Literal["OPEN", "COUNTED", "CLOSED"]

CatalogueBaseUnit: TypeAlias = Literal["PIECE", "GRAM", "MM", "ML"]

CatalogueBatchState: TypeAlias = Literal["STAGED", "COMMITTED", "ABANDONED"]

CatalogueCodeKind: TypeAlias = Literal["SYMPTOM", "FAULT", "CAUSE"]

CatalogueItemKind: TypeAlias = Literal["TEST", "LABOUR", "CALL_OUT", "OTHER"]

CatalogueSheet: TypeAlias = Literal[
    "PARTS",
    "MODELS",
    "SERVICE_ITEMS",
    "FAULT_CODES",
    "OPEN_REPAIR",
    "APPLIANCES",
    "SUPPLIERS",
    "SUPPLIER_PRICES",
    "OPENING_STOCK",
]

CountingCause: TypeAlias = Literal[
    "UNBOOKED_ISSUE",
    "UNBOOKED_RECEIPT",
    "UNBOOKED_RETURN",
    "WRONG_BIN",
    "WRONG_PART",
    "SHORT_DELIVERY",
    "DAMAGED",
    "EARLIER_COUNT",
    "UNIT_OF_MEASURE",
    "THEFT",
    "UNKNOWN",
]

CountingCountKind: TypeAlias = Literal["FULL", "CYCLE", "SPOT", "VAN", "HANDOVER"]

CountingCountState: TypeAlias = Literal[
    "PLANNED", "FROZEN", "COUNTING", "COUNTED", "RECOUNT", "REVIEW", "APPROVED", "CLOSED", "CANCELLED"
]

CountingUnknownOutcome: TypeAlias = Literal["WRONG_LABEL", "NOT_IN_CATALOGUE", "CUSTOMERS", "OLD_PART", "NO_PART"]

CustodyAuthority: TypeAlias = Literal[
    "ISSUE_ORDER", "RECEIPT", "DEPOSIT", "SEAL_REQUEST", "DRUG_ISSUE", "INSPECTION", "COUNT"
]

CustodyDirection: TypeAlias = Literal["IN", "OUT"]

CustodyLockGroup: TypeAlias = Literal["1", "2"]

CustodyLockKind: TypeAlias = Literal["KEY", "PIN", "CARD", "DIGITAL"]

CustodyProtection: TypeAlias = Literal["DOOR", "WINDOW", "CABINET", "ALARM", "MONITOR", "TECHNICAL"]

CustodyState: TypeAlias = Literal[
    "REQUESTED", "FIRST_AUTH", "OPEN", "RECOUNTED", "DISCREPANCY", "ALARM", "CLOSED", "EXPIRED", "DENIED", "WITHDRAWN"
]

CustodyStoreKind: TypeAlias = Literal[
    "SAFE", "HIGH_VALUE_PARTS", "SEAL_CABINET", "SPECIAL_DRUGS", "DANGEROUS_GOODS", "ARCHIVE", "INSTRUMENTS"
]

CustomersKind: TypeAlias = Literal["PERSON", "COMPANY"]

DispatchEndReason: TypeAlias = Literal["REFUSED", "TIMED_OUT", "REASSIGNED", "HANDED_ON"]

ExchangeCaseState: TypeAlias = Literal[
    "REQUESTED",
    "APPRAISED",
    "APPROVED",
    "OPTION_OFFERED",
    "ALLOCATED",
    "EXCHANGED",
    "REFUNDED",
    "CLOSED",
    "REJECTED",
    "WITHDRAWN",
]

ExchangeChoice: TypeAlias = Literal["EXCHANGE", "REFUND"]

ExchangeDisposition: TypeAlias = Literal["RETURN_HQ", "REFURB", "SCRAP", "RECYCLE"]

ExchangeGround: TypeAlias = Literal[
    "7D_RETURN",
    "15D_EXCHANGE",
    "TWO_REPAIRS",
    "30D_REPAIRER",
    "90D_PARTS",
    "CUMULATIVE_DAYS",
    "UNREPAIRABLE",
    "GOODWILL",
    "PAID",
]

FollowupCaseState: TypeAlias = Literal[
    "REMINDED_1", "REMINDED_2", "DEMAND_SENT", "DISPOSAL_REVIEW", "DISPOSED", "COLLECTED"
]

FollowupDisposal: TypeAlias = Literal["SET_OFF", "AUCTION", "SALE", "RECYCLE"]

IntakeRejectReason: TypeAlias = Literal["OTHER_BRAND", "OUT_OF_AREA", "UNSUPPORTED", "NOT_GENUINE"]

IntakeRequestState: TypeAlias = Literal[
    "NEW", "TRIAGED", "CONVERTED", "RESOLVED_BY_ADVICE", "DUPLICATE", "REJECTED", "CANCELLED", "CLOSED"
]

ModelsDeliveryState: TypeAlias = Literal["PENDING", "DONE", "PARKED"]

MoneyMoneyKind: TypeAlias = Literal[
    "OWED_BY_CUSTOMER",
    "BRAND_OWES",
    "CREDIT",
    "REVENUE",
    "DEPOSIT_HELD",
    "TILL",
    "CARD",
    "WALLET",
    "TRANSFER",
    "FLOAT",
    "PETTY",
    "POUCH",
    "BAG",
    "SAFE",
    "CARRIER",
    "BANK",
    "FEES",
    "SPENT",
    "ROUNDED",
    "WRITTEN_OFF",
    "PROCEEDS",
    "OVER_SHORT",
    "BRAND_FUNDS",
    "UNITS_REFUNDED",
]

NoticesAlarm: TypeAlias = Literal[
    "REFUSED",
    "ALONE",
    "OVERLONG",
    "DIFFERENCE",
    "EMERGENCY",
    "UNREVIEWED",
    "INSPECTION",
    "CLIMATE",
    "UNREAD",
    "FIRE",
    "PROMPT",
    "NO_DEPOSIT",
    "OVERDUE",
    "LATE",
    "NOT_AT_THE_BANK",
    "SAFE_FULL",
    "INCIDENT",
    "CAMERA",
    "SEALS",
    "EXCEPTION",
    "POUCH_LATE",
]

NoticesChannel: TypeAlias = Literal["SMS", "EMAIL", "WECHAT"]

NoticesMessageState: TypeAlias = Literal["QUEUED", "HELD", "SENT", "FAILED", "UNREACHABLE", "UNWANTED"]

NoticesTemplate: TypeAlias = Literal[
    "REQUEST",
    "ADVICE",
    "REGISTERED",
    "RECEIVED",
    "QUOTE",
    "CODE",
    "NEW_DATE",
    "PROMISE",
    "EXCHANGE",
    "EXCHANGE_OFFER",
    "READY",
    "REMINDER",
    "DELIVERED",
    "CANCELLED",
    "DEBT",
    "CARE",
]

NoticesWarningStep: TypeAlias = Literal["EARLY", "LAST", "BROKEN"]

PeopleRole: TypeAlias = Literal[
    "RC", "DP", "TE", "QC", "SK", "PU", "CA", "FI", "OM", "NM", "TR", "AU", "LM", "DR", "AD"
]

PeopleStatus: TypeAlias = Literal["PENDING", "ACTIVE", "SUSPENDED", "LEFT"]

PeopleUnitKind: TypeAlias = Literal[
    "HQ", "REGION", "OUTLET", "DEPARTMENT", "SECTION", "STORE", "CANTEEN", "CLINIC", "GARAGE"
]

PolicyState: TypeAlias = Literal["DRAFT", "SET", "REPLACED", "DROPPED"]

PricingState: TypeAlias = Literal["DRAFT", "CHECKED", "APPROVED", "PUBLISHED", "RETIRED"]

PricingWall: TypeAlias = Literal["UNLISTED", "UNPROVED", "CHANGED", "STALE", "DUE_SOON", "PROVED"]

PricingZone: TypeAlias = Literal["CITY", "RURAL"]

RegistrationRegistrationState: TypeAlias = Literal["WAITING", "CONFIRMED", "REFUSED"]

ReportsReportKind: TypeAlias = Literal["DAILY", "WEEKLY", "MONTHLY"]

RequisitionsState: TypeAlias = Literal["ASKED", "SIGNED", "ISSUED", "REFUSED", "WITHDRAWN"]

StockCondition: TypeAlias = Literal["GOOD", "DEFECTIVE", "TO_RETURN", "QUARANTINED"]

StockDirection: TypeAlias = Literal["LOSS", "FOUND"]

StockMovement: TypeAlias = Literal[
    "RECEIPT",
    "RESERVE",
    "RELEASE",
    "ISSUE",
    "TAKE_BACK",
    "MOVE",
    "SET_APART",
    "CLEAR",
    "SCRAP",
    "SEND_BACK",
    "SEND",
    "ARRIVE",
    "LOST_ON_THE_WAY",
    "LOSS",
    "FOUND",
    "UNDO",
]

StockOwner: TypeAlias = Literal["OWN", "HQ_CONSIGNED", "CUSTOMER"]

StockPlace: TypeAlias = Literal[
    "BIN",
    "HELD",
    "DEFECTIVE",
    "TO_RETURN",
    "QUARANTINED",
    "ON_ORDER",
    "TRANSIT",
    "FITTED",
    "SUPPLIER",
    "LOSS",
    "FOUND",
    "SCRAP",
]

StockStoreKind: TypeAlias = Literal[
    "HQ", "REGION", "OUTLET", "VAN", "QUARANTINE", "OLD_PARTS", "CONSIGNMENT", "EXCHANGE_UNITS"
]

StoreroomAuditResult: TypeAlias = Literal["GENUINE_DEFECT", "NO_FAULT", "WRONG_PART", "DAMAGED"]

StoreroomBatchState: TypeAlias = Literal["SENT", "RECEIVED", "CLOSED"]

StoreroomOldPartOutcome: TypeAlias = Literal["RETURN_TO_HQ", "RETURN_TO_CUSTOMER", "SCRAP", "CORE_CREDIT", "WAIVED"]

StoreroomOldPartState: TypeAlias = Literal["KEPT", "SENT", "RECEIVED", "CREDITED", "SCRAPPED", "MISSING"]

StoreroomProcurementKind: TypeAlias = Literal["PURCHASE", "TRANSFER"]

StoreroomRequestState: TypeAlias = Literal["REQUESTED", "ON_ORDER", "RESERVED", "ISSUED", "RETURNED", "CANCELLED"]

SupplyCategory: TypeAlias = Literal["PARTS", "TOOLS", "CONSUMABLES", "EQUIPMENT", "SERVICES", "OTHER"]

SupplyInvoiceState: TypeAlias = Literal["ENTERED", "MATCHED", "EXCEPTION", "PAID", "REFUSED"]

SupplyOrderState: TypeAlias = Literal[
    "DRAFT", "APPROVED", "SENT", "CONFIRMED", "SCHEDULED", "PART_RECEIVED", "RECEIVED_FULL", "SHORT_CLOSED", "CANCELLED"
]

SupplyPurpose: TypeAlias = Literal["JOB", "STOCK", "OTHER"]

SupplyReceiptState: TypeAlias = Literal["RECEIVED", "ACCEPTED", "PART_REJECTED", "PUT_AWAY"]

SupplyRequestState: TypeAlias = Literal[
    "DRAFT", "SUBMITTED", "APPROVED", "REJECTED", "SOURCING", "AWARDED", "CANCELLED"
]

SupplySourcingState: TypeAlias = Literal["OPEN", "AWARDED", "ABANDONED"]

SupplySupplierState: TypeAlias = Literal["PROPOSED", "ACTIVE", "SUSPENDED"]

TelephoneCallBackState: TypeAlias = Literal["OPEN", "REACHED", "GIVEN_UP"]

TelephoneCallState: TypeAlias = Literal["RINGING", "IN_MENU", "WAITING", "TALKING", "ENDED", "ABANDONED"]

TelephoneDirection: TypeAlias = Literal["IN", "OUT"]

TelephoneStep: TypeAlias = Literal["GREETING", "NAME", "EMPATHY", "CONFIRM", "SUMMARISE", "CLOSE"]

TransfersCause: TypeAlias = Literal["SHORT", "DAMAGED"]

TransfersState: TypeAlias = Literal["REQUESTED", "SENT", "PART_RECEIVED", "CLOSED", "REFUSED", "CANCELLED"]

UpkeepFire: TypeAlias = Literal["EXTINGUISHER", "HYDRANT", "DETECTOR", "BLANKET", "SAND"]

UpkeepHazard: TypeAlias = Literal["BATTERY", "GAS", "SOLVENT", "REFRIGERANT"]

UpkeepItem: TypeAlias = Literal[
    "ORDER", "LABELS", "STACKING", "BOXES", "LEAKS", "PESTS", "MILDEW", "RUST", "FIRE", "LOCKS"
]

UpkeepState: TypeAlias = Literal["DUE", "OVERDUE", "DONE"]

WarrantyCoverage: TypeAlias = Literal[
    "UNDETERMINED", "IN_WARRANTY", "OUT_OF_WARRANTY", "REPAIR_WARRANTY", "CONTRACT", "GOODWILL", "DISPUTED"
]

WarrantyStartsBy: TypeAlias = Literal["INVOICE", "DELIVERY", "INSTALLATION", "PRODUCTION"]

WebhooksDeliveryState: TypeAlias = Literal["PENDING", "DELIVERED", "FAILED"]

WebhooksEndpointState: TypeAlias = Literal["ON", "PAUSED", "REVOKED"]

WorkorderAgreed: TypeAlias = Literal["TERMS", "SIGNATURE", "CODE", "RECORDED"]

WorkorderBearer: TypeAlias = Literal["OUTLET", "SUPPLIER"]

WorkorderBilling: TypeAlias = Literal["NONE", "BILLED", "PART_PAID", "PAID", "ON_CREDIT", "WRITTEN_OFF", "REFUNDED"]

WorkorderChannel: TypeAlias = Literal["COUNTER", "PHONE", "WEB", "QR", "CHAT", "EMAIL", "API"]

WorkorderContactAttemptResult: TypeAlias = Literal["REACHED", "NO_ANSWER", "WRONG_NUMBER", "LEFT_MESSAGE", "SENT"]

WorkorderFeeCollection: TypeAlias = Literal["ON_COLLECTION", "ON_QUOTE", "DEPOSIT", "CREDIT"]

WorkorderHeld: TypeAlias = Literal[
    "NONE", "IN_TRANSIT_IN", "IN_SHOP", "WITH_TECH", "WITH_CARRIER_OUT", "RETURNED", "GIVEN_UP"
]

WorkorderHold: TypeAlias = Literal["CUSTOMER_UNREACHABLE", "CUSTOMER_REQUEST", "ADDRESS_ACCESS", "SAFETY", "DISPUTE"]

WorkorderItemKind: TypeAlias = Literal["MEASURE", "CHECK"]

WorkorderMode: TypeAlias = Literal["CARRY_IN", "PICK_UP", "ON_SITE", "MAIL_IN"]

WorkorderPriority: TypeAlias = Literal["NORMAL", "HIGH", "URGENT"]

WorkorderPromiseCause: TypeAlias = Literal[
    "FIRST", "RECEIPT", "QUOTE", "PART", "DIAGNOSIS", "WORKLOAD", "TEST_FAILED", "CUSTOMER", "SOONER", "OTHER"
]

WorkorderState: TypeAlias = Literal[
    "DRAFT",
    "REGISTERED",
    "AWAITING_PICKUP",
    "AWAITING_PARCEL",
    "RECEIVED",
    "APPOINTED",
    "DISPATCHED",
    "ACCEPTED",
    "ON_SITE",
    "DIAGNOSING",
    "NO_FAULT",
    "QUOTED",
    "APPROVED",
    "DECLINED",
    "WAITING_PARTS",
    "REPAIRING",
    "QC_PENDING",
    "SITE_SIGNOFF",
    "UNREPAIRABLE",
    "EXCHANGE_PENDING",
    "READY",
    "RETURNING",
    "UNCOLLECTED",
    "DELIVERED",
    "CLOSED",
    "CANCELLED",
    "DISPOSED",
]

WorkshopCommitmentState: TypeAlias = Literal["PROPOSED", "SIGNED", "REFUSED", "MET", "BREACHED", "RESOLVED", "VOID"]

WorkshopConsent: TypeAlias = Literal["SIGNATURE", "CODE", "RECORDED"]

WorkshopDelayCause: TypeAlias = Literal["NO_STOCK", "SUPPLIER_DELAY", "EOL"]

WorkshopDiscountReason: TypeAlias = Literal["WAITED", "OUR_FAULT", "REGULAR", "SEVERAL", "HARDSHIP", "OTHER"]

WorkshopExceptionReason: TypeAlias = Literal[
    "RARE_PART", "PRICE_ROSE", "EXTRA_WORK", "UNLISTED", "CUSTOMER_WISH", "GOODWILL"
]

WorkshopOptionKind: TypeAlias = Literal["REPAIR", "REPLACE_MODULE", "REPLACE_UNIT"]

WorkshopPartMark: TypeAlias = Literal["ORIGINAL", "NEW", "REFURBISHED"]

WorkshopQuoteState: TypeAlias = Literal["DRAFT", "ISSUED", "APPROVED", "DECLINED", "EXPIRED", "SUPERSEDED"]

WorkshopRemedy: TypeAlias = Literal["LOANER", "DISCOUNT", "EXCHANGE", "CANCEL_FREE"]

WorkshopUnrepairableReason: TypeAlias = Literal["EOL_PART", "UNECONOMIC", "SAFETY", "DESTROYED"]

WorkshopWorkKind: TypeAlias = Literal["DIAGNOSIS", "REPAIR"]


class AcademyCertificatesPage(TypedDict):
    """One page of a list."""

    items: list[CertificateOut]
    next: str | None


class AccessoryIn(TypedDict):
    """Something that came with the appliance."""

    name: str
    quantity: NotRequired[int]


class AccessoryOut(TypedDict):
    """What came with the appliance."""

    id: int
    name: str
    quantity: int
    returned_quantity: int | None


class AccountIn(TypedDict):
    """Another account, and what asked for the change."""

    account: str
    bank: str
    basis: str
    holder: str


class AccountOut(TypedDict):
    """An account of a supplier; its number is shown by its end."""

    account: str
    id: int
    state: str
    supplier: str


class AccuracyOut(TypedDict):
    """How well book and shelves agreed; percentages as text with one place."""

    counts: int
    lines: int
    percent: str | None
    right: int
    value_percent: str | None


class Acted(TypedDict):
    """What was done about it."""

    action: str


class AddLoaner(TypedDict):
    """A unit for the list."""

    deposit_minor: NotRequired[int]
    description: str
    product_line: NotRequired[str | None]
    serial: str
    unit: str


class AddUnit(TypedDict):
    """A unit to be given in exchange."""

    brand: str
    is_new: NotRequired[bool]
    line: str
    model: NotRequired[int | None]
    price_minor: NotRequired[int | None]
    serial: str
    unit: str


class AddressIn(TypedDict):
    """Where the customer is visited."""

    line: str
    postcode: NotRequired[str]
    region: NotRequired[str]


class AddressOut(TypedDict):
    """Where the customer is visited."""

    line: str
    postcode: str
    region: str


class Adjustment(TypedDict):
    """How many more or fewer there are than the book says, and why; one document is booked once."""

    bin: int
    condition: NotRequired[StockCondition]
    direction: StockDirection
    document: str
    lot: NotRequired[str]
    owner: NotRequired[StockOwner]
    part: str
    quantity: int
    reason: str
    serials: NotRequired[list[str]]


class Advice(TypedDict):
    """What helped, and that the customer says so."""

    advice: str
    confirmed: bool


class Again(TypedDict):
    """Whether it is bought in one step."""

    is_emergency: NotRequired[bool]


class AgreeToPromise(TypedDict):
    """How the customer agreed to the date that stands."""

    agreed: WorkorderAgreed
    agreed_note: NotRequired[str]
    signature: NotRequired[int | None]


class AgreeToUnit(TypedDict):
    """The customer's signature."""

    consent: int


class AiringOut(TypedDict):
    """The store was aired."""

    ended_at: str | None
    started_at: str
    store: str


class AlarmOut(TypedDict):
    """One of us was told what is wrong at a store: at the door of an opening, or in the room."""

    at: str
    detail: str
    id: int
    kind: str
    on: str
    opening: str | None
    person: str
    seen_at: str | None
    store: str | None
    unit: str


class AlarmsStoreAlarmsPage(TypedDict):
    """One page of a list."""

    items: list[AlarmOut]
    next: str | None


class Allocate(TypedDict):
    """Which unit is kept for the customer; a used one or another model only if the customer has signed for it."""

    other: int


class AlternativeIn(TypedDict):
    """One way to help: its lines, how many working hours it takes from the approval on, and the days that it is
    warranted for."""

    kind: NotRequired[WorkshopOptionKind]
    note: NotRequired[str]
    offers: list[OfferIn]
    repair_warranty_days: NotRequired[int | None]
    service_hours: int


class AnswerIn(TypedDict):
    """Who speaks."""

    agent: NotRequired[str | None]


class ApplianceOut(TypedDict):
    """A machine as a list shows it."""

    brand: str
    customer_id: int | None
    customer_name: str
    id: int
    line: str
    model: str
    past_repairs: int
    purchased_on: str | None
    serial: str


class ApplianceWhole(TypedDict):
    """A machine with all that was done to it."""

    brand: str
    customer_id: int | None
    customer_name: str
    history: list[PastOut]
    id: int
    line: str
    model: str
    past_repairs: int
    purchased_on: str | None
    serial: str


class AppointIn(TypedDict):
    """When it comes to the door, and who brings it."""

    appointed_at: str
    carrier: str


class Appraise(TypedDict):
    """What the technician found."""

    fault_confirmed: bool
    findings: str
    proof_verified: bool
    serial_verified: bool


class ApprovalIn(TypedDict):
    """What it comes to, as the approver sees it; from a threshold on, the minutes of the body that decided."""

    decision: NotRequired[str]
    total_minor: int


class ApprovalOut(TypedDict):
    """Where the asking stands."""

    purpose: str
    state: str


class Approve(TypedDict):
    """How the customer said yes."""

    declined: NotRequired[list[int]]
    how: WorkshopConsent
    language: NotRequired[Literal["", "en", "zh-hans", "zh-hant"]]
    note: NotRequired[str]
    option: NotRequired[int | None]
    signature: NotRequired[int | None]


class AskException(TypedDict):
    """A price outside the published list, for one service item or part of one job, and why."""

    item: NotRequired[str | None]
    note: str
    part: NotRequired[str | None]
    reason: WorkshopExceptionReason
    unit_minor: int


class AskParts(TypedDict):
    """Which parts, out of which store, and what for."""

    lines: list[WishIn]
    purpose: str
    store: int


class AskWallet(TypedDict):
    """How much, and whose code is shown; or the digits of the code on the customer's telephone."""

    amount_minor: int
    payer_code: NotRequired[str]
    wallet: NotRequired[str]


class AskedOut(TypedDict):
    """A request as it is now."""

    due_at: str | None
    number: str
    order: str | None
    priority: str
    state: str


class AskedToBuyOut(TypedDict):
    """The purchase request that was written."""

    number: str
    state: str
    unit: str


class Asking(TypedDict):
    """From which store to which, named by the codes of their units and their own; one of the two is the asker's."""

    from_store: str
    from_unit: str
    lines: list[WishIn]
    need_by: NotRequired[str | None]
    reason: str
    to_store: str
    to_unit: str


class Assign(TypedDict):
    """Who shall do it."""

    override_reason: NotRequired[str]
    technician: str


class AssignmentOut(TypedDict):
    """Somebody was given a job."""

    accept_by: str
    accepted_at: str | None
    assigned_at: str
    end_reason: str
    ended_at: str | None
    id: int
    order: str
    technician: str


class AtLeast(TypedDict):
    """The least that is suggested of a part, and why; 0 ends what was set."""

    least: int
    part: str
    reason: str


class AwardIn(TypedDict):
    """Why this one, where there is a cheaper one."""

    reason: NotRequired[str]


class BagOut(TypedDict):
    """A bag and where it is."""

    amount_minor: int
    batch: str
    business_on: str
    carried_by: str | None
    countersigned_by: str | None
    currency: str
    deposit: str | None
    due_at: str
    duty_officer: str | None
    number: str
    put_in_at: str | None
    seal_number: str
    sealed_by: str
    state: str
    taken_out_at: str | None
    unit: str


class BagsCarried(TypedDict):
    """Which bags, and who goes along."""

    bags: list[str]
    escort: NotRequired[str | None]


class BankDepositOut(TypedDict):
    """A deposit, and whether the bank has it."""

    amount_minor: int
    banked_at: str | None
    batch: str
    carried_by: str
    credited_minor: int | None
    currency: str
    due_at: str
    escort: str | None
    first_on: str
    is_late: bool | None
    last_on: str
    late_after: str
    number: str
    slip_number: str
    state: str
    unit: str


class BankLineOut(TypedDict):
    """What the bank has booked, and which deposit it confirms."""

    amount_minor: int
    currency: str
    deposit: str | None
    id: int
    on: str
    reference: str
    text: str
    unit: str


class BankingBagsPage(TypedDict):
    """One page of a list."""

    items: list[BagOut]
    next: str | None


class BankingBankDepositsPage(TypedDict):
    """One page of a list."""

    items: list[BankDepositOut]
    next: str | None


class BankingBankLinesPage(TypedDict):
    """One page of a list."""

    items: list[BankLineOut]
    next: str | None


class BankingCashAlarmsPage(TypedDict):
    """One page of a list."""

    items: list[CashAlarmOut]
    next: str | None


class BankingCashHandOversPage(TypedDict):
    """One page of a list."""

    items: list[HandOverOut]
    next: str | None


class BankingDutyNightsPage(TypedDict):
    """One page of a list."""

    items: list[NightOut]
    next: str | None


class BankingPettyBoxesPage(TypedDict):
    """One page of a list."""

    items: list[BoxOut]
    next: str | None


class BankingPettyExpensesPage(TypedDict):
    """One page of a list."""

    items: list[ExpenseOut]
    next: str | None


class BatchOut(TypedDict):
    """A file that was looked at, and how many of its rows would do what."""

    counts: dict[str, int]
    file_name: str
    id: int
    kind: str
    sha256: str
    staged_at: str
    state: str


class BatchSeen(TypedDict):
    """A parcel of old parts."""

    carrier: str
    closed_at: str | None
    number: str
    received_at: str | None
    sent_at: str
    state: str
    to_unit: str
    unit: str
    waybill: str


class Because(TypedDict):
    """Why."""

    reason: str


class BelowOut(TypedDict):
    """A part of which a store has less than it should keep."""

    coming: int
    free: int
    lacking: int
    level: int
    older: int
    owed: int
    part: str
    promised: int
    store: str
    unit: str


class BillLineOut(TypedDict):
    """One line of a bill."""

    amount_minor: int
    code: str
    description: str
    kind: str
    quantity: int
    unit_minor: int


class BillListed(TypedDict):
    """A bill as a list shows it."""

    currency: str
    drawn_at: str
    number: str
    order: str
    owed_minor: int
    state: str
    total_minor: int


class BillOut(TypedDict):
    """A bill, and what is still owed."""

    currency: str
    lines: list[BillLineOut]
    number: str
    order: str
    owed_minor: int
    state: str
    taxes: list[TaxOut]
    total_minor: int


class BilledIn(TypedDict):
    """So many of one ordered line at a price."""

    line: int
    price_minor: int
    quantity: int


class BinIn(TypedDict):
    """A bin of a store."""

    code: str


class BinOut(TypedDict):
    """A bin of a store."""

    code: str
    id: int
    store: str
    unit: str


class BinUseIn(TypedDict):
    """What a bin is for."""

    hazard: NotRequired[UpkeepHazard | None]
    is_container: NotRequired[bool]
    segregation: str


class BinUseOut(TypedDict):
    """What a bin is for."""

    bin: str
    hazard: str
    is_container: bool
    segregation: str


class BoardOut(TypedDict):
    """The control room at this moment; each list with the most urgent first."""

    at_risk: list[OrderOut]
    loads: list[LoadOut]
    overdue: list[OrderOut]
    stale: list[OrderOut]
    unassigned: list[OrderOut]
    waiting_for_answer: list[OrderOut]
    working: list[OrderOut]


class BoxOut(TypedDict):
    """A box, its float, and who answers for it."""

    code: str
    currency: str
    float_minor: int
    id: int
    keeper: str
    state: str
    unit: str


class BrandIn(TypedDict):
    """A maker."""

    name: str


class BrandOut(TypedDict):
    """A maker."""

    code: str
    name: str


class BringBack(TypedDict):
    """What came back unused, into which bin."""

    bin: int
    part: str
    quantity: int
    serials: NotRequired[list[str]]


class BroughtOut(TypedDict):
    """How many lines were new."""

    lines: int


class ByLine(TypedDict):
    """The line of the bank's statement that shows the deposit."""

    line: int


class Call(TypedDict):
    """What the customer said, from 1 to 5 and in words."""

    note: NotRequired[str]
    satisfaction: int
    works: bool


class CallBackOut(TypedDict):
    """A call that we owe."""

    customer_id: int | None
    due_at: str
    id: int
    note: str
    person: str | None
    reason: str
    state: str
    tried_at: str | None
    tries: int
    unit: str


class CallOut(TypedDict):
    """A call; the number is masked."""

    agent: str | None
    answered_at: str | None
    customer_id: int | None
    direction: str
    ended_at: str | None
    external_id: str
    id: int
    menu_path: list[str]
    note: str
    order: str | None
    request: str | None
    started_at: str
    state: str
    system: str
    talk_seconds: int
    unit: str
    wait_seconds: int


class CancelFree(TypedDict):
    """Why the customer does not wait any longer."""

    reason: str


class CancelIn(TypedDict):
    """Why; once it was sent, with whom at the supplier it was agreed."""

    agreed: NotRequired[str]
    reason: str


class Carried(TypedDict):
    """What is brought to the bank, and who goes along."""

    escort: NotRequired[str | None]
    pieces: dict[str, int]


class CaseOut(TypedDict):
    """What is done about an appliance that nobody collects."""

    demand_at: str | None
    demanded_minor: int
    order: str
    perform_until: str | None
    state: str
    surplus_minor: int | None


class CaseSeen(TypedDict):
    """An exchange or a refund, and how far it has gone."""

    choice: str
    currency: str
    days_used: int | None
    deduction_minor: int | None
    difference_minor: int
    difference_number: str
    disposition: str
    ended_at: str | None
    ground: str
    new_serial: str | None
    number: str
    old_serial: str
    order: str
    outlet_fee_minor: int | None
    price_minor: int
    refund_minor: int | None
    refund_number: str
    requested_at: str
    state: str
    version: str


class CashAlarmOut(TypedDict):
    """What somebody has to look at."""

    at: str
    id: int
    kind: str
    on: str
    seen_at: str | None
    seen_by: str | None
    subject: str
    unit: str


class CashDaySeen(TypedDict):
    """What an outlet took, gave back and has on one day."""

    business_on: str
    closed_at: str | None
    closed_by: str | None
    figures: dict[str, Any]
    id: int
    made_at: str
    remark: str
    unit: str


class CashdaysCashDaysPage(TypedDict):
    """One page of a list."""

    items: list[CashDaySeen]
    next: str | None


class CashierBillsPage(TypedDict):
    """One page of a list."""

    items: list[BillListed]
    next: str | None


class CashierCollectionsPage(TypedDict):
    """One page of a list."""

    items: list[CollectionOut]
    next: str | None


class CashierCreditsPage(TypedDict):
    """One page of a list."""

    items: list[CreditOut]
    next: str | None


class CashierDebtsPage(TypedDict):
    """One page of a list."""

    items: list[DebtOut]
    next: str | None


class CashierDepositsPage(TypedDict):
    """One page of a list."""

    items: list[DepositListed]
    next: str | None


class CashierPartsDepositsPage(TypedDict):
    """One page of a list."""

    items: list[PartsDepositOut]
    next: str | None


class CashierPrintingsPage(TypedDict):
    """One page of a list."""

    items: list[PrintingOut]
    next: str | None


class CashierReceiptsPage(TypedDict):
    """One page of a list."""

    items: list[PaymentOut]
    next: str | None


class CashierTillSessionsPage(TypedDict):
    """One page of a list."""

    items: list[SessionOut]
    next: str | None


class CashierTillsPage(TypedDict):
    """One page of a list."""

    items: list[TillOut]
    next: str | None


class CatalogueAppliancesPage(TypedDict):
    """One page of a list."""

    items: list[ApplianceOut]
    next: str | None


class CatalogueBrandsPage(TypedDict):
    """One page of a list."""

    items: list[BrandOut]
    next: str | None


class CatalogueCodesPage(TypedDict):
    """One page of a list."""

    items: list[FaultCodeOut]
    next: str | None


class CatalogueImportsPage(TypedDict):
    """One page of a list."""

    items: list[BatchOut]
    next: str | None


class CatalogueLinesPage(TypedDict):
    """One page of a list."""

    items: list[NamedOut]
    next: str | None


class CatalogueModelsPage(TypedDict):
    """One page of a list."""

    items: list[ModelOut]
    next: str | None


class CataloguePartsPage(TypedDict):
    """One page of a list."""

    items: list[PartOut]
    next: str | None


class CatalogueServiceItemsPage(TypedDict):
    """One page of a list."""

    items: list[ServiceItemOut]
    next: str | None


class CauseIn(TypedDict):
    """Why one line differs."""

    accountable: NotRequired[str | None]
    cause: CountingCause
    line: int
    note: NotRequired[str]
    serials: NotRequired[list[str]]


class CentralIn(TypedDict):
    """A part, and why."""

    part: str
    reason: str


class CentralOut(TypedDict):
    """Whether only the central buyer buys it."""

    is_central: bool
    part: str


class CertificateOut(TypedDict):
    """What somebody may do."""

    ends_on: str
    is_suspended: bool
    line: str | None
    number: str
    person: str
    starts_on: str
    task: str


class Certify(TypedDict):
    """Which task on which line, from when to when, and by which exam."""

    basis: str
    ends_on: str
    line: NotRequired[str | None]
    starts_on: str
    task: AcademyTask


class ChangeAppliance(TypedDict):
    """What is put right; what is not given stays."""

    customer: NotRequired[int | None]
    delivered_on: NotRequired[str | None]
    installed_on: NotRequired[str | None]
    invoice_minor: NotRequired[int | None]
    invoice_no: NotRequired[str | None]
    made_on: NotRequired[str | None]
    model: NotRequired[int | None]
    proof: NotRequired[int | None]
    purchased_on: NotRequired[str | None]
    serial: NotRequired[str | None]


class ChangeCustomer(TypedDict):
    """What is put right; what is not given stays."""

    kind: NotRequired[CustomersKind | None]
    language: NotRequired[str | None]
    name: NotRequired[str | None]


class ChecklistItemIn(TypedDict):
    """One thing that is measured or checked from now on; a limit is a number of the item's unit."""

    code: str
    is_safety: NotRequired[bool]
    kind: WorkorderItemKind
    limit_max: NotRequired[float | str | None]
    limit_min: NotRequired[float | str | None]
    line: NotRequired[str | None]
    names: dict[str, str]
    unit: NotRequired[str]


class ChecklistItemOut(TypedDict):
    """One thing to measure or to check."""

    code: str
    id: int
    is_safety: bool
    kind: str
    limit_max: str | None
    limit_min: str | None
    name: str
    unit: str


class Checks(TypedDict):
    """What was found, by the key of its item: the number as measured, or "yes" / "no"."""

    values: dict[str, str]


class ClimateIn(TypedDict):
    """Tenths of a degree and of a percent."""

    celsius_tenths: int
    humidity_tenths: int


class ClimateOut(TypedDict):
    """A reading, and what was done about it."""

    action: str
    celsius_tenths: int
    humidity_tenths: int
    id: int
    is_outside: bool
    read_at: str
    store: str
    unit: str


class CloseCashDay(TypedDict):
    """What has to be explained."""

    remark: NotRequired[str]


class CloseDay(TypedDict):
    """A day on which a unit, or without one the whole brand, is closed."""

    on: str
    reason: str
    unit: NotRequired[str | None]


class ClosedDayOut(TypedDict):
    """A closed day."""

    id: int
    is_withdrawn: bool
    on: str
    reason: str
    unit: str | None


class Code(TypedDict):
    """The one-time code that the customer read out."""

    code: str
    declined: NotRequired[list[int]]
    language: NotRequired[Literal["", "en", "zh-hans", "zh-hant"]]
    option: NotRequired[int | None]


class CollectIn(TypedDict):
    """How much is paid, how, and for which receipts on credit; none for the oldest first."""

    amount_minor: int
    method: CashierMethod
    receipts: NotRequired[list[str]]
    tendered_minor: NotRequired[int | None]
    terminal_ref: NotRequired[str]


class CollectionOut(TypedDict):
    """A payment on an account, with its receipt."""

    amount_minor: int
    at: str
    change_minor: int
    currency: str
    customer: int
    method: str
    receipt_number: str
    unit: str


class ComeBackOut(TypedDict):
    """A repair that did not hold: the job that it came back as, and who bears it."""

    at: str
    bearer: str
    charged_to: str
    days: int | None
    earlier_number: str
    fault_family: str
    order: str
    technician: str | None
    unit: str


class CommitmentOut(TypedDict):
    """A promised date for missing parts."""

    id: int
    order: str
    promised_part_on: str
    promised_ready_at: str
    revision: int
    state: str


class ComplianceOut(TypedDict):
    """Of an outlet's charges in a month so many were within the list of their day, or signed; `per_mille` is
    rounded down."""

    charges: int
    currency: str
    excess_minor: int
    fair: int
    month: str
    per_mille: int
    unit: str


class CompliancesOut(TypedDict):
    """The last month first."""

    items: list[ComplianceOut]


class ConfirmIn(TypedDict):
    """The day and the sum that the supplier confirmed."""

    expected_on: str
    total_minor: int


class ConfirmReport(TypedDict):
    """What the keeper says of it."""

    remark: NotRequired[str]


class ConsentIn(TypedDict):
    """What the customer agrees to from now on."""

    marketing: NotRequired[bool | None]
    service: NotRequired[bool | None]


class Contact(TypedDict):
    """One try to reach the customer."""

    channel: str
    note: NotRequired[str]
    outcome: WorkorderContactAttemptResult
    person: NotRequired[str | None]


class ContactOut(TypedDict):
    """The whole number and address, which somebody asked for by name."""

    contact: list[str]


class Content(TypedDict):
    """A text of a unit, whole: see guiju.line.telephone.rules.menu for what a menu is made of."""

    content: dict[str, Any]
    unit: str


class ControlledStoreIn(TypedDict):
    """A store that nobody opens alone."""

    cameras: NotRequired[str]
    code: str
    inside: NotRequired[str]
    kind: CustodyStoreKind
    names: dict[str, str]
    unit: str


class ControlledStoreOut(TypedDict):
    """A store that nobody opens alone."""

    code: str
    id: int
    kind: str
    name: str
    state: str
    unit: str


class Convert(TypedDict):
    """Whose, which machine, and what was agreed."""

    appliance: int
    customer: int
    fee_collection: NotRequired[WorkorderFeeCollection]
    language: NotRequired[str | None]
    mode: NotRequired[WorkorderMode | None]
    problem: NotRequired[str]
    symptoms: NotRequired[list[str] | None]
    terms_accepted: bool


class CorrectLabour(TypedDict):
    """What the minutes should have been, and why; 0 where nothing was worked."""

    minutes: int
    reason: str


class CountIn(TypedDict):
    """Which store or bins, by whom, and who answers for them."""

    bins: NotRequired[list[int]]
    first_counter: str
    keeper: str
    kind: CountingCountKind
    planned_on: NotRequired[str | None]
    reason: NotRequired[str]
    second_counter: str
    store: int
    successor: NotRequired[str | None]


class CountLineOut(TypedDict):
    """A part in a bin; its figures are empty while the count is blind."""

    accountable: str
    bin: str
    cause: str
    counted: int | None
    difference: int | None
    expected: int | None
    frozen: int | None
    id: int
    note: str
    part: str
    to_recount: bool
    worth_minor: int | None


class CountOut(TypedDict):
    """A count."""

    approved_at: str | None
    closed_at: str | None
    first_counter: str
    frozen_at: str | None
    handed_in_at: str | None
    keeper: str
    kind: str
    number: str
    planned_on: str
    reason: str
    recounter: str | None
    round: int
    second_counter: str
    state: str
    store: str
    successor: str | None
    unit: str


class CountSession(TypedDict):
    """What was counted, and why it differs if it does."""

    card_minor: NotRequired[int | None]
    pieces: dict[str, int]
    variance_reason: NotRequired[str]
    wallet_minor: NotRequired[int | None]


class Counted(TypedDict):
    """What was counted, and why it differs from the book."""

    pieces: dict[str, int]
    reason: NotRequired[str]


class CountedIn(TypedDict):
    """So many of one thing, as they were counted; `instead_of` is the ordered part where another one came."""

    delivered: int
    instead_of: NotRequired[str | None]
    part: NotRequired[str | None]
    words: NotRequired[str]


class CountingCountsPage(TypedDict):
    """One page of a list."""

    items: list[CountOut]
    next: str | None


class Counts(TypedDict):
    """How many entries of each list are new."""

    codes: int
    items: int
    lines: int


class CoveredOut(TypedDict):
    """What somebody else pays for, and by which clause; it costs the customer nothing."""

    because: str
    code: str
    coverage: str
    payer: str
    quantity: int
    source: str


class CreditIn(TypedDict):
    """How much a customer may owe, and for how many days."""

    customer: int
    days: int
    limit_minor: int


class CreditOut(TypedDict):
    """A customer's credit."""

    customer: int
    days: int
    limit_minor: int
    state: str
    used_minor: int


class CreditTermsIn(TypedDict):
    """Another limit and other days, and why."""

    days: int
    limit_minor: int
    reason: str


class Credited(TypedDict):
    """What the supplier gave for it."""

    credit_minor: int
    reference: str


class CustodianIn(TypedDict):
    """Who holds the locks of which group, from when on."""

    ends_on: NotRequired[str | None]
    lock_group: CustodyLockGroup
    person: str
    starts_on: str


class CustodianOut(TypedDict):
    """Somebody holds the locks of one group."""

    ends_on: str | None
    id: int
    lock_group: str
    person: str
    starts_on: str
    store: str


class CustodyControlledOpeningsPage(TypedDict):
    """One page of a list."""

    items: list[OpeningOut]
    next: str | None


class CustodyControlledStoresPage(TypedDict):
    """One page of a list."""

    items: list[ControlledStoreOut]
    next: str | None


class CustodyCustodianGrantsPage(TypedDict):
    """One page of a list."""

    items: list[CustodianOut]
    next: str | None


class CustomerOut(TypedDict):
    """A card as a list shows it."""

    id: int
    kind: str
    language: str
    name: str
    phones_masked: list[str]
    unit: str


class CustomerWhole(TypedDict):
    """A card with its numbers and addresses."""

    addresses: list[AddressOut]
    id: int
    kind: str
    language: str
    name: str
    phones: list[PhoneOut]
    phones_masked: list[str]
    unit: str


class CustomersCustomersPage(TypedDict):
    """One page of a list."""

    items: list[CustomerOut]
    next: str | None


class DebtOut(TypedDict):
    """What one payment on credit left open."""

    amount_minor: int
    currency: str
    customer: int
    due_on: str
    left_minor: int
    order: str
    receipt: str
    taken_on: str
    unit: str


class Decide(TypedDict):
    """The cause that was found."""

    cause: str
    fault_family: NotRequired[str]


class DecisionIn(TypedDict):
    """The minutes of the body that decided, from a threshold on."""

    decision: NotRequired[str]


class Decline(TypedDict):
    """Why not, if the customer said."""

    reason: NotRequired[str]


class DeclineUnit(TypedDict):
    """What the customer would like instead, if they say."""

    note: NotRequired[str]


class Delivery(TypedDict):
    """What was delivered, against the supplier's note; of which lot and with which serials, for a part that is
    tracked by them."""

    bin: int
    document: str
    expires_on: NotRequired[str | None]
    lot: NotRequired[str]
    part: str
    quantity: int
    serials: NotRequired[list[str]]


class DeliveryIn(TypedDict):
    """What came to one unit, by its delivery note."""

    lines: list[CountedIn]
    note: str
    unit: str


class DeliveryOut(TypedDict):
    """One piece of news on its way to one reaction."""

    attempts: int
    id: int
    kind: str
    next_at: str
    reaction: str
    state: str
    told_at: str


class Demand(TypedDict):
    """By which law."""

    legal_basis: str


class DepositIn(TypedDict):
    """How the customer leaves the deposit; how much is said by the loan, or by the quote that was agreed to."""

    method: Literal["CASH", "CARD", "TRANSFER"]
    terminal_ref: NotRequired[str]


class DepositListed(TypedDict):
    """A deposit as a list shows it: with its job, and whether the loaner is back."""

    amount_minor: int
    at: str
    back_minor: int | None
    currency: str
    kept_minor: int
    loan: int
    method: str
    order: str
    receipt_number: str
    returned_at: str | None
    serial: str
    settled_at: str | None


class DepositOut(TypedDict):
    """What was left for a loaner, and what went back."""

    amount_minor: int
    at: str
    back_minor: int | None
    currency: str
    kept_minor: int
    loan: int
    method: str
    receipt_number: str
    settled_at: str | None


class Diagnose(TypedDict):
    """What is wrong and why."""

    cause: str
    fault: str
    findings: str
    measurements: NotRequired[list[Measurement]]
    photos: NotRequired[list[int]]


class Discount(TypedDict):
    """What is taken off which option, and why, by its code; nothing takes a discount back and needs none."""

    code: NotRequired[WorkshopDiscountReason | None]
    discount_minor: int
    option: NotRequired[int | None]
    reason: NotRequired[str]


class DispatchAssignmentsPage(TypedDict):
    """One page of a list."""

    items: list[AssignmentOut]
    next: str | None


class DispatchComeBacksPage(TypedDict):
    """One page of a list."""

    items: list[ComeBackOut]
    next: str | None


class DisplayOut(TypedDict):
    """A till with a screen for the customer, and what stands on it."""

    bill: str | None
    shown_at: str | None
    tendered_minor: int | None
    till: int


class DisplayProofIn(TypedDict):
    """Of which outlet, and the photograph of its wall: `POST /photos` of today with the kind "DISPLAY"."""

    photo: int
    unit: str


class DisplayProofOut(TypedDict):
    """A proof that a price list hung on an outlet's wall."""

    id: int
    photo: int
    photo_sha256: str
    price_list: str
    proved_at: str
    proved_by: str
    proved_on: str
    unit: str


class Dispose(TypedDict):
    """What became of it, and for how much."""

    disposal: FollowupDisposal
    proceeds_minor: int


class DisposeOld(TypedDict):
    """What became of the old unit."""

    disposition: ExchangeDisposition
    note: NotRequired[str]


class Done(TypedDict):
    """It is done, and there is nothing to show for it."""

    done: NotRequired[bool]


class DueOut(TypedDict):
    """A count that should be planned; `bins` are those of a cycle count."""

    bins: list[str]
    kind: str
    last_on: str | None


class EditionOut(TypedDict):
    """A text in one of its versions."""

    content: dict[str, Any]
    id: int
    published_at: str | None
    retired_at: str | None
    state: str
    unit: str
    version: int


class EmergencyOut(TypedDict):
    """What was found of an emergency purchase afterwards."""

    due_on: str
    note: str
    request: str
    was_justified: bool | None


class EndpointIn(TypedDict):
    """Where news goes, and which."""

    name: str
    types: list[str]
    url: str


class EndpointOut(TypedDict):
    """An endpoint; its secret is never shown again."""

    failures: int
    id: int
    made_at: str
    name: str
    paused_because: str
    state: str
    troubled_at: str | None
    types: list[str]
    unit: str
    url: str


class EndpointWithSecretOut(TypedDict):
    """The same with its secret: in the first answer alone. To the same request sent again the secret is null."""

    failures: int
    id: int
    made_at: str
    name: str
    paused_because: str
    secret: str | None
    state: str
    troubled_at: str | None
    types: list[str]
    unit: str
    url: str


class Enrol(TypedDict):
    """A new customer."""

    consent_marketing: NotRequired[bool]
    consent_service: NotRequired[bool]
    kind: NotRequired[CustomersKind]
    language: NotRequired[str]
    name: str
    phones: list[str]
    unit: str


class EntryOut(TypedDict):
    """One deed: who did what to what, when, and because of which other deed."""

    actor_name: str
    at: str
    because: str | None
    channel: str
    facts: dict[str, Any]
    key: str
    role: str
    subject_label: str
    subject_type: str
    verb: str


class EstimateIn(TypedDict):
    """What one is thought to cost."""

    estimate_minor: int


Event = TypedDict(
    "Event",
    {
        "agent": "NotRequired[str]",
        "direction": "NotRequired[TelephoneDirection]",
        "event": "str",
        "from": "NotRequired[str]",
        "id": "str",
        "recording_ref": "NotRequired[str]",
        "system": "str",
        "unit": "NotRequired[str]",
    },
)


class Examined(TypedDict):
    """What an old part turned out to be."""

    note: NotRequired[str]
    result: StoreroomAuditResult


class ExceptionOut(TypedDict):
    """A price outside the published list that was asked for; with the list's range, both nothing where it names
    no such thing."""

    code: str
    currency: str
    id: int
    list_max_minor: int
    list_min_minor: int
    note: str
    order: str
    reason: str
    unit_minor: int


class ExchangeExchangeCasesPage(TypedDict):
    """One page of a list."""

    items: list[CaseSeen]
    next: str | None


class ExchangeExchangeUnitsPage(TypedDict):
    """One page of a list."""

    items: list[UnitSeen]
    next: str | None


class Expect(TypedDict):
    """The supplier's date, and where it is from."""

    basis: str
    expected_on: str


class ExpenseOut(TypedDict):
    """What was spent."""

    amount_minor: int
    answer: str
    answered_at: str | None
    answered_by: str | None
    at: str
    box: str
    kind: str
    number: str
    reason: str
    spent_by: str
    state: str
    unit: str
    voucher: str


class ExplainIn(TypedDict):
    """Every difference and every unknown scan."""

    answers: NotRequired[list[UnknownIn]]
    causes: NotRequired[list[CauseIn]]


class ExportIn(TypedDict):
    """Which list, and as what kind of file."""

    form: NotRequired[Literal["csv", "xlsx"]]
    sheet: CatalogueSheet


class Failed(TypedDict):
    """And what is not in order."""

    defects: list[str]
    is_self_check: NotRequired[bool]
    note: NotRequired[str]
    photos: NotRequired[list[int]]
    values: dict[str, str]


class FaultCodeIn(TypedDict):
    """A symptom, a fault or a cause."""

    code: str
    family: NotRequired[str]
    kind: CatalogueCodeKind
    line: NotRequired[str | None]
    names: dict[str, str]


class FaultCodeOut(TypedDict):
    """A code and its name in the reader's language."""

    code: str
    family: str
    kind: str
    line: str | None
    name: str


class FetchedOut(TypedDict):
    """The transfer that was asked for."""

    from_store: str
    number: str
    state: str
    to_store: str


class FewIn(TypedDict):
    """Why nobody else can, in a shop of one or two."""

    because: str


class FieldError(TypedDict):
    """What is wrong with one field, such as offers.0.quantity."""

    field: str
    message: str


class FigureOut(TypedDict):
    """A figure as it holds in one place on one day."""

    key: str
    source: str
    unit_of_measure: str
    value: int | str | None
    version: str


class FileOut(TypedDict):
    """A file, in base64."""

    content: str


class Finish(TypedDict):
    """What was done."""

    advice: NotRequired[str]
    work_done: str


class FireChecked(TypedDict):
    """When it is looked at again, and until when it serves."""

    expires_on: str
    next_check_on: str


class FireIn(TypedDict):
    """What fights fire, and where it is."""

    expires_on: str
    kind: UpkeepFire
    next_check_on: str
    number: str
    place: str


class FireOut(TypedDict):
    """Fire equipment."""

    checked_on: str
    expires_on: str
    id: int
    kind: str
    next_check_on: str
    number: str
    place: str
    retired_on: str | None
    store: str
    unit: str


class Fit(TypedDict):
    """What went in, and what became of what came out."""

    new_serial: NotRequired[str]
    old_condition: str
    old_outcome: StoreroomOldPartOutcome
    old_serial: NotRequired[str]
    quantity: NotRequired[int]


class FitLineIn(TypedDict):
    """A kind of appliance, and why the part is for it or is not."""

    line: str
    reason: str


class FitModelIn(TypedDict):
    """A model, and why the part fits it or does not."""

    model: int
    reason: str


class FitOut(TypedDict):
    """A model that a part names."""

    brand: str
    code: str
    id: int


class FollowupUnclaimedPage(TypedDict):
    """One page of a list."""

    items: list[CaseOut]
    next: str | None


class ForceClose(TypedDict):
    """Why somebody else closes it, and what lay in it where nobody had counted."""

    card_minor: NotRequired[int | None]
    pieces: NotRequired[dict[str, int] | None]
    reason: str
    wallet_minor: NotRequired[int | None]


class FoundInIt(TypedDict):
    """What a third person counted, and what happened."""

    note: str
    pieces: dict[str, int]


class FoundOut(TypedDict):
    """What happened, and what is done about it."""

    note: str


class GoodsReceiptOut(TypedDict):
    """A goods receipt."""

    lines: list[ReceiptLineOut]
    note: str
    number: str
    order: str
    signatures: int
    state: str
    unit: str


class GrantExchange(TypedDict):
    """What the customer chose."""

    choice: ExchangeChoice
    note: NotRequired[str]


class GrantOut(TypedDict):
    """A role that somebody holds."""

    ends_on: str | None
    id: int
    person: str
    role: str
    starts_on: str
    unit: str


class GrantRole(TypedDict):
    """A role in a unit and those under it, half-open."""

    ends_on: NotRequired[str | None]
    role: PeopleRole
    starts_on: str
    unit: str


class HandOn(TypedDict):
    """Who goes on with it, and why."""

    override_reason: NotRequired[str]
    reason: str
    technician: str


class HandOut(TypedDict):
    """What is handed out of which bin."""

    picks: list[PickIn]


class HandOverIn(TypedDict):
    """Who came for it, and what went with it."""

    accessories_returned: NotRequired[dict[str, int]]
    claim_code: NotRequired[str]
    demonstrated: bool
    exception_note: NotRequired[str]
    old_parts: NotRequired[CashierOldParts | None]
    old_parts_settled: NotRequired[bool]
    proof: CashierClaimProof
    proof_note: NotRequired[str]
    signature: NotRequired[int | None]


class HandOverOut(TypedDict):
    """What goes from hand to hand; of what somebody has still to count blind, the amount is not told."""

    amount_minor: int | None
    answered_at: str | None
    cause: str
    counted_minor: int | None
    currency: str
    deposit: str | None
    giver: str
    hand: str
    note: str
    number: str
    offered_at: str
    receiver: str | None
    state: str
    unit: str


class HangUp(TypedDict):
    """Where the recording is, if there is one."""

    recording_ref: NotRequired[str]


class Hire(TypedDict):
    """Somebody new; whoever may not admit leaves them waiting for who may."""

    name: str
    number: str
    phone: NotRequired[str]
    unit: str


class HoldIn(TypedDict):
    """Why the work stands still."""

    hold: WorkorderHold
    reason: str


class HowMany(TypedDict):
    """How many."""

    quantity: int


class InBin(TypedDict):
    """Where it lies."""

    bin: int


class InspectedIn(TypedDict):
    """What was found of one counted line."""

    accepted: int
    line: int
    rejected: NotRequired[int]
    why: NotRequired[str]


class InspectionIn(TypedDict):
    """What was found of every line."""

    lines: list[InspectedIn]


class InspectionOut(TypedDict):
    """One final test, and where the job stands after it."""

    at: str
    order: OrderOut
    result: str


class InspectionSeen(TypedDict):
    """The inspection of one week."""

    done_at: str | None
    done_by: str | None
    due_at: str
    id: int
    note: str
    score: int | None
    state: str
    store: str
    unit: str
    week_on: str


class IntakeLoanersPage(TypedDict):
    """One page of a list."""

    items: list[LoanerSeen]
    next: str | None


class InvoiceIn(TypedDict):
    """What the supplier asks, under its own number."""

    amount_minor: int
    lines: list[BilledIn]
    reference: str


class ItemKept(TypedDict):
    """The item as it is kept."""

    code: str
    id: int
    until: str | None
    version: int


class JudgedIn(TypedDict):
    """Which pieces, and why."""

    bin: int
    condition: NotRequired[StockCondition]
    document: str
    lot: NotRequired[str]
    owner: NotRequired[StockOwner]
    part: str
    quantity: int
    reason: str
    serials: NotRequired[list[str]]


class KeyOut(TypedDict):
    """A key, without what it opens with."""

    id: int
    label: str
    last_used_on: str | None
    made_at: str
    person: str
    prefix: str
    revoked_at: str | None
    verbs: list[str]


class Labour(TypedDict):
    """How long somebody worked on what."""

    minutes: int
    task: str


class LabourOut(TypedDict):
    """One entry of labour; with `undoes`, what takes another one back."""

    at: str
    id: int
    minutes: int
    reason: str
    task: str
    technician: str
    undoes: int | None


class Lacking(TypedDict):
    """Of which parts what lacks of their level should be bought, or fetched from the store that fills this one."""

    parts: list[str]


class LanguageIn(TypedDict):
    """Which language one's own screens speak."""

    language: Literal["en", "zh-hans", "zh-hant"]


class LeadTo(TypedDict):
    """What came of the call."""

    order: NotRequired[str | None]
    request: NotRequired[str | None]


class LeafletIn(TypedDict):
    """For which model and machines, by serial numbers or by the maker's batch, and in which languages."""

    batch: NotRequired[str]
    languages: list[Literal["en", "zh-hans", "zh-hant"]]
    model: str
    serial_from: NotRequired[str]
    serial_to: NotRequired[str]


class LeafletOut(TypedDict):
    """A leaflet for the product box; `token` ends the address of its page, /p/box/{token}."""

    batch: str
    languages: str
    model: str
    number: str
    price_list: str
    serial_from: str
    serial_to: str
    token: str


class LeaveIn(TypedDict):
    """From when on and until when somebody is away, half-open."""

    ends_at: str
    starts_at: str


class LeaveOut(TypedDict):
    """When somebody is away."""

    ends_at: str
    id: int
    person: str
    starts_at: str


class Lend(TypedDict):
    """Which unit goes out, how it looks, and who signed for it."""

    condition: str
    deposit_minor: NotRequired[int | None]
    loaner: int
    signature: int


class LetterOut(TypedDict):
    """A letter that a customer got."""

    level: int
    number: str
    overdue_minor: int
    written_on: str


class LevelOut(TypedDict):
    """So many of a part are kept in a store."""

    decided_at: str
    id: int
    level: int
    part: str
    reason: str
    store: str
    unit: str


class LiesIn(TypedDict):
    """In which bin a counted line lies; the serials, or the lot and its last day, of parts that are tracked by
    them."""

    bin: int
    expires_on: NotRequired[str | None]
    line: int
    lot: NotRequired[str]
    serials: NotRequired[list[str]]


class LinesOut(TypedDict):
    """All that a count says so far."""

    is_blind: bool
    lines: list[CountLineOut]
    unknown: list[UnknownOut]


class LoadOut(TypedDict):
    """What a technician has in hand."""

    is_away: bool
    name: str
    open_jobs: int
    technician: str
    waiting_for_answer: int


class LoanSeen(TypedDict):
    """A loaner with a customer, or back."""

    deposit_minor: int
    excepted_at: str | None
    id: int
    lent_at: str
    loaner: int
    order: str
    returned_at: str | None
    serial: str


class LoanerSeen(TypedDict):
    """A unit that the outlet lends."""

    deposit_minor: int
    description: str
    id: int
    retired_at: str | None
    serial: str
    unit: str


class LockIn(TypedDict):
    """A lock of a store."""

    kind: CustodyLockKind
    lock_group: CustodyLockGroup
    number: str


class LockOut(TypedDict):
    """A lock."""

    kind: str
    lock_group: str
    number: str


class Log(TypedDict):
    """A call that somebody writes down by hand; no number is a withheld one."""

    direction: NotRequired[TelephoneDirection]
    phone: NotRequired[str]
    unit: str


class LoginIn(TypedDict):
    """The name and the first password by which a person comes in."""

    language: NotRequired[Literal["en", "zh-hans", "zh-hant"]]
    password: str
    username: str


class LoginOut(TypedDict):
    """How somebody comes in."""

    language: str
    person: str
    username: str


class Looked(TypedDict):
    """Where it was looked for."""

    note: str


class LookedOver(TypedDict):
    """What was seen, item by item."""

    note: NotRequired[str]
    results: dict[str, bool]


class Losing(TypedDict):
    """What will not come any more, and what was found out about it."""

    cause: TransfersCause
    part: str
    quantity: int
    reason: str


class LyingOut(TypedDict):
    """So many of a part in one place; `reference` says for what they are held."""

    bin: str
    id: int
    kind: str
    lot: str
    owner: str
    part: str
    quantity: int
    reference: str
    store: str
    unit: str


class Measurement(TypedDict):
    """One value as it was measured."""

    name: str
    unit: NotRequired[str]
    value: str


class MessageOut(TypedDict):
    """A message to a customer, as it was sent; the number is masked."""

    at: str
    channel: str
    id: int
    language: str
    order: str
    state: str
    template: str
    text: str
    to_masked: str


class MinimumOut(TypedDict):
    """No fewer of a part are suggested for a store."""

    id: int
    least: int
    part: str
    reason: str
    set_at: str
    store: str
    unit: str


class ModelIn(TypedDict):
    """A type of a maker; without a name it is called as its plate says."""

    brand: str
    code: str
    line: str
    names: NotRequired[dict[str, str] | None]


class ModelOut(TypedDict):
    """A type of a maker; `id` names it where a machine is registered."""

    brand: str
    code: str
    id: int
    line: str
    name: str


class MoneyMoveOut(TypedDict):
    """So much money from one place to another, because of a document."""

    amount_minor: int
    at: str
    currency: str
    document: str
    id: int
    movement: str
    source: str
    source_reference: str
    target: str
    target_reference: str
    unit: str


class MoneyMovesPage(TypedDict):
    """One page of a list."""

    items: list[MoneyMoveOut]
    next: str | None


class MoveCash(TypedDict):
    """What goes into the drawer or out of it, why, and by which slip."""

    amount_minor: int
    kind: CashierCashMove
    paper: str
    reason: str


class MoveCustody(TypedDict):
    """Who has the appliance from now on."""

    holder: str
    person: NotRequired[str | None]
    place: NotRequired[str]
    to: WorkorderHeld


class MoveOut(TypedDict):
    """So many of a part from one place to another, because of a document."""

    at: str
    document: str
    id: int
    movement: str
    part: str
    quantity: int
    reason: str
    source: str
    target: str


class Moved(TypedDict):
    """What was booked."""

    moves: list[MoveOut]


class MovementOut(TypedDict):
    """Cash that went into a drawer or out of it."""

    amount_minor: int
    at: str
    kind: str
    number: str


class Moving(TypedDict):
    """What is put in or taken out, and how many lay there before."""

    authority: NotRequired[str]
    before: int
    direction: CustodyDirection
    item: str
    quantity: int
    return_by: NotRequired[str | None]
    serial: NotRequired[str]


class MovingIn(TypedDict):
    """Which pieces, and into which bin."""

    bin: int
    condition: NotRequired[StockCondition]
    document: str
    lot: NotRequired[str]
    owner: NotRequired[StockOwner]
    part: str
    quantity: int
    serials: NotRequired[list[str]]
    to_bin: int


class MovingOut(TypedDict):
    """What was written down."""

    after: int
    authority: str
    before: int
    direction: str
    item: str
    line: int
    quantity: int
    session: str


class NamedOut(TypedDict):
    """An entry of a list, and its name in the reader's language."""

    code: str
    is_active: bool
    name: str


class NatureIn(TypedDict):
    """Whether a part is small, and which hazard it is."""

    hazard: NotRequired[UpkeepHazard | None]
    is_small: NotRequired[bool]
    part: str


class NatureOut(TypedDict):
    """What a part is like."""

    hazard: str
    is_small: bool
    part: str


class NewAppliance(TypedDict):
    """A machine that is new to the unit; a maker that is new is entered."""

    brand: str
    installed_on: NotRequired[str | None]
    invoice_minor: NotRequired[int | None]
    invoice_no: NotRequired[str]
    line: str
    model: NotRequired[int | None]
    purchased_on: NotRequired[str | None]
    serial: NotRequired[str]


class NewBox(TypedDict):
    """A box of petty cash: its float, and who answers for it."""

    code: str
    float_minor: int
    keeper: str
    unit: str


class NewCustomer(TypedDict):
    """Who is new to the unit."""

    consent_marketing: NotRequired[bool]
    consent_service: NotRequired[bool]
    kind: NotRequired[CustomersKind]
    language: NotRequired[str]
    name: str
    phones: list[str]


class NewEndpointIn(TypedDict):
    """The same, and of which unit and those below it."""

    name: str
    types: list[str]
    unit: str
    url: str


class NewKeeper(TypedDict):
    """Who answers for the box from now on."""

    keeper: str
    pieces: dict[str, int]
    reason: NotRequired[str]


class NewsDeliveriesPage(TypedDict):
    """One page of a list."""

    items: list[DeliveryOut]
    next: str | None


class NightOut(TypedDict):
    """Who watches over a safe in a night."""

    id: int
    night: str
    officer: str
    unit: str


class NoFault(TypedDict):
    """The tests that showed that nothing is wrong."""

    demonstration_offered: bool
    tests: str


class NotApproved(TypedDict):
    """Why it is not approved."""

    reason: str


class NotHere(TypedDict):
    """How it will be had, and by when."""

    basis: NotRequired[str]
    expected_on: NotRequired[str | None]
    is_emergency: NotRequired[bool]
    kind: NotRequired[StoreroomProcurementKind]


class Note(TypedDict):
    """A word about it."""

    note: NotRequired[str]


class NoteIn(TypedDict):
    """What was said."""

    note: str


class Nothing(TypedDict):
    """Nothing needs to be said."""


class NoticesAttemptsPage(TypedDict):
    """One page of a list."""

    items: list[TryOut]
    next: str | None


class NoticesMessagesPage(TypedDict):
    """One page of a list."""

    items: list[MessageOut]
    next: str | None


class NoticesWordingsPage(TypedDict):
    """One page of a list."""

    items: list[WordingOut]
    next: str | None


class OfferIn(TypedDict):
    """One line of a quote: a service item or a part; without a price the list's lowest is taken."""

    is_optional: NotRequired[bool]
    item: NotRequired[str | None]
    mark: NotRequired[WorkshopPartMark]
    part: NotRequired[str | None]
    quantity: NotRequired[int]
    unit_minor: NotRequired[int | None]


class OfferOut(TypedDict):
    """What one of a part costs, from when until when."""

    basis: str
    currency: str
    ends_on: str | None
    id: int
    lead_days: int
    part: str
    price_minor: int
    starts_on: str
    supplier: str


class OfferUnit(TypedDict):
    """A used unit or another model, and what it costs where the list of units does not say it."""

    other: int
    price_minor: NotRequired[int | None]


class Offered(TypedDict):
    """All that the asker has in the pouch of an outlet's cash: to a colleague, or to the till where nobody is
    named."""

    to: NotRequired[str | None]
    unit: str


class OldPartIn(TypedDict):
    """What came out, and what becomes of it."""

    condition: str
    outcome: StoreroomOldPartOutcome
    quantity: int
    serial: NotRequired[str]


class OldPartOut(TypedDict):
    """A tagged old part."""

    outcome: str
    quantity: int
    removed_at: str
    tag: str


class OldPartSeen(TypedDict):
    """An old part and where it is."""

    batch: str | None
    charge_minor: int | None
    condition: str
    credit_minor: int | None
    due_on: str | None
    is_chargeable: bool
    is_sampled: bool
    order: str
    outcome: str
    part: str
    quantity: int
    removed_at: str
    result: str
    serial: str
    state: str
    tag: str
    unit: str


class OnDuty(TypedDict):
    """Who watches over the safe of an outlet in which night."""

    night: str
    officer: str
    unit: str


class OpenBin(TypedDict):
    """Before which bin the counter stands."""

    bin: int


class OpenCase(TypedDict):
    """On which ground, and what was paid where the appliance's card does not say it."""

    ground: ExchangeGround
    price_minor: NotRequired[int | None]
    reason: NotRequired[str]


class OpenParcel(TypedDict):
    """Which of its bags were in the parcel."""

    found: list[str]


class OpenRepairIn(TypedDict):
    """A file of the Open Repair Data Standard, and where its machines are registered."""

    content: str
    file_name: str
    provider: NotRequired[str]
    unit: str


class OpenSession(TypedDict):
    """What lies in the drawer, and by which notes and coins."""

    float_minor: int
    pieces: NotRequired[dict[str, int]]


class Opening(TypedDict):
    """Because of which document a store is opened, and what for."""

    authority: str
    authority_kind: CustodyAuthority
    purpose: str


class OpeningOut(TypedDict):
    """One opening of a store: who signed in by which lock group, and when it was locked."""

    authority: str
    closed_at: str | None
    first: str | None
    first_group: str
    is_emergency: bool
    number: str
    opened_at: str | None
    purpose: str
    second: str | None
    second_group: str
    state: str
    store: str
    unit: str
    until: str | None


class OrderIn(TypedDict):
    """The terms of the order; else those of the offer."""

    terms: NotRequired[str]


class OrderLineOut(TypedDict):
    """One ordered line, and how much of it has come."""

    accepted: int
    billed: int
    delivered: int
    id: int
    part: str | None
    price_minor: int
    quantity: int
    rejected: int
    unit: str
    words: str


class OrderOut(TypedDict):
    """A job as a list shows it."""

    appliance_id: int
    appliance_serial: str
    billing: str
    coverage: str
    customer_id: int
    customer_name: str
    deposit_held_minor: int
    deposit_owed_minor: int
    first_promised_at: str | None
    held: str
    hold: str
    number: str
    opened_at: str
    outcome: str
    priority: str
    promised_at: str | None
    shelf: str
    state: str
    technician: str | None
    unit: str


class OrderWhole(TypedDict):
    """A job with what hangs on it, as far as the asker may see it."""

    accessories: list[AccessoryOut]
    allowed: list[str]
    appliance_id: int
    appliance_serial: str
    bill: str | None
    billing: str
    commitment: CommitmentOut | None
    coverage: str
    customer_id: int
    customer_name: str
    deposit_held_minor: int
    deposit_owed_minor: int
    first_promised_at: str | None
    held: str
    hold: str
    number: str
    opened_at: str
    outcome: str
    priority: str
    problem: str
    promised_at: str | None
    quote: QuoteOut | None
    requests: list[RequestOut]
    shelf: str
    state: str
    technician: str | None
    unit: str


class Otherwise(TypedDict):
    """How many are kept instead, and why."""

    level: int
    reason: str


class Override(TypedDict):
    """What the manager decides instead."""

    coverage: WarrantyCoverage
    reason: str


class Packed(TypedDict):
    """The number on the bag, and what was counted into it."""

    pieces: dict[str, int]
    seal_number: str


class PartIn(TypedDict):
    """A spare part; the cost is for one base unit."""

    base_unit: NotRequired[CatalogueBaseUnit]
    code: str
    cost_minor: NotRequired[int | None]
    is_serialised: NotRequired[bool]
    lines: NotRequired[list[str]]
    models: NotRequired[list[int]]
    names: dict[str, str]
    returns_old: NotRequired[bool]
    tracks_lots: NotRequired[bool]


class PartOut(TypedDict):
    """A spare part; one that names no model fits all of its lines, and one of no line fits every kind of
    appliance."""

    base_unit: str
    code: str
    is_active: bool
    is_serialised: bool
    lines: list[str]
    models: list[FitOut]
    name: str
    returns_old: bool
    superseded_by: str | None
    supply_ends_on: str | None
    tracks_lots: bool


class PartsDepositOut(TypedDict):
    """What was left before parts were ordered, what the bill took of it, and what went back."""

    amount_minor: int
    at: str
    back_method: str
    back_minor: int | None
    back_number: str
    back_reason: str
    currency: str
    left_minor: int
    method: str
    order: str
    quote: str
    receipt_number: str
    settled_at: str | None
    used_minor: int


class Passed(TypedDict):
    """And the shelf on which it waits for its owner."""

    is_self_check: NotRequired[bool]
    note: NotRequired[str]
    photos: NotRequired[list[int]]
    shelf: NotRequired[str]
    values: dict[str, str]


class PastOut(TypedDict):
    """One earlier repair."""

    barrier: str
    event_on: str | None
    outcome: str
    problem: str
    source: str
    source_id: str


class PauseIn(TypedDict):
    """Until when no letters are written, and why."""

    reason: str
    until_on: str


class PauseOut(TypedDict):
    """Until when no letters are written."""

    ended_at: str | None
    reason: str
    until_on: str


class Pay(TypedDict):
    """How much, and how."""

    amount_minor: int
    method: CashierMethod
    tendered_minor: NotRequired[int | None]
    terminal_ref: NotRequired[str]
    wallet: NotRequired[str]


class PayBack(TypedDict):
    """Under which number the money left."""

    bank_ref: str


class PaymentIn(TypedDict):
    """The bank's own number of the transfer."""

    payment: str


class PaymentOut(TypedDict):
    """A payment with its receipt."""

    amount_minor: int
    at: str
    bill: str
    change_minor: int
    is_void: bool
    method: str
    receipt_number: str
    rounded_minor: int
    wallet: str


class PeopleKeysPage(TypedDict):
    """One page of a list."""

    items: list[KeyOut]
    next: str | None


class PeoplePeoplePage(TypedDict):
    """One page of a list."""

    items: list[PersonOut]
    next: str | None


class PeopleRoleGrantsPage(TypedDict):
    """One page of a list."""

    items: list[GrantOut]
    next: str | None


class PeopleUnitsPage(TypedDict):
    """One page of a list."""

    items: list[UnitOut]
    next: str | None


class Period(TypedDict):
    """From when on and until when nothing is booked any more, half-open."""

    ends_at: str
    starts_at: str


class PeriodOut(TypedDict):
    """A closed period."""

    ends_at: str
    starts_at: str
    unit: str


class PersonOut(TypedDict):
    """Somebody of the house."""

    name: str
    number: str
    status: str
    unit: str


class PettyEntryOut(TypedDict):
    """What was put into a box or counted in it."""

    amount_minor: int
    at: str
    expected_minor: int | None
    kind: str
    number: str
    reason: str


class PhoneIn(TypedDict):
    """One more number."""

    phone: str


class PhoneOut(TypedDict):
    """A number on a card, masked; by `id` it is taken away."""

    id: int
    masked: str


class PickIn(TypedDict):
    """So many of a part out of one bin, and which ones."""

    bin: int
    lot: NotRequired[str]
    owner: NotRequired[StockOwner]
    part: str
    quantity: int
    serials: NotRequired[list[str]]


class PiecesIn(TypedDict):
    """So many of a part in a bin, and which ones: how good, whose, of which lot, with which serials; one
    document is booked once."""

    bin: int
    condition: NotRequired[StockCondition]
    document: str
    lot: NotRequired[str]
    owner: NotRequired[StockOwner]
    part: str
    quantity: int
    serials: NotRequired[list[str]]


class PlanningLevelsPage(TypedDict):
    """One page of a list."""

    items: list[LevelOut]
    next: str | None


class PlanningMinimumsPage(TypedDict):
    """One page of a list."""

    items: list[MinimumOut]
    next: str | None


class PlanningSuggestionsPage(TypedDict):
    """One page of a list."""

    items: list[SuggestionOut]
    next: str | None


class PolicyClosedDaysPage(TypedDict):
    """One page of a list."""

    items: list[ClosedDayOut]
    next: str | None


class PolicyValuesPage(TypedDict):
    """One page of a list."""

    items: list[ValueOut]
    next: str | None


class PostponeIn(TypedDict):
    """Another day, and why."""

    expected_on: str
    reason: str


class PreferIn(TypedDict):
    """How a customer wants to be told."""

    address: NotRequired[str]
    channel: NoticesChannel


class PreferenceOut(TypedDict):
    """How a customer wants to be told; the address is not shown."""

    channel: str
    set_at: str


class PrepareReturn(TypedDict):
    """What was looked at before it goes back unrepaired."""

    accepted_as_is: NotRequired[str]
    accessories_complete: bool
    reassembled: bool
    safety_checked: bool
    shelf: NotRequired[str]


Press = TypedDict(
    "Press",
    {
        "from": "NotRequired[str]",
        "keys": "NotRequired[str]",
        "system": "str",
        "unit": "NotRequired[str]",
    },
)


class Pressing(TypedDict):
    """How pressing it is."""

    priority: WorkorderPriority
    reason: str


class PriceLineIn(TypedDict):
    """What a service item or a part costs, at least and at most; without a most the price is fixed."""

    conditions: NotRequired[str]
    item: NotRequired[str | None]
    max_minor: NotRequired[int | None]
    min_minor: int
    part: NotRequired[str | None]
    place: NotRequired[Literal["", "HOME", "SHOP"]]
    unit: str


class PriceLineOut(TypedDict):
    """A line of a price list."""

    conditions: str
    currency: str
    id: int
    item: str | None
    max_minor: int
    min_minor: int
    part: str | None
    place: str
    price_list: str
    unit: str


class PriceListIn(TypedDict):
    """From when on it shall hold; without a unit it is the whole brand's."""

    currency: NotRequired[str]
    ends_on: NotRequired[str | None]
    starts_on: str
    unit: NotRequired[str | None]


class PriceListOut(TypedDict):
    """A price list."""

    currency: str
    ends_on: str | None
    number: str
    starts_on: str
    state: str
    unit: str | None


class PriceOf(TypedDict):
    """What one of a requested line costs."""

    line: int
    price_minor: int


class PricingDisplayProofsPage(TypedDict):
    """One page of a list."""

    items: list[DisplayProofOut]
    next: str | None


class PricingPriceLinesPage(TypedDict):
    """One page of a list."""

    items: list[PriceLineOut]
    next: str | None


class PricingPriceListsPage(TypedDict):
    """One page of a list."""

    items: list[PriceListOut]
    next: str | None


class PrintIn(TypedDict):
    """Why it is printed again; nothing for the original."""

    reason: NotRequired[str]


class PrintingOut(TypedDict):
    """A print of a receipt: 1 is the original, what comes later is a duplicate."""

    at: str
    ordinal: int
    reason: str
    receipt_number: str


class Prioritise(TypedDict):
    """How pressing it is."""

    priority: WorkorderPriority
    reason: str


class Problem(TypedDict):
    """Why it was not done."""

    allowed: NotRequired[list[str]]
    code: str
    detail: str
    errors: NotRequired[list[FieldError]]
    field: NotRequired[str | None]
    status: int
    title: str
    type: str


class ProblemCode(TypedDict):
    """A code, where it comes from, and what a person reads with it; blanks like %(number)s are filled when it is
    told."""

    code: str
    contexts: list[str]
    sentence: str
    status: list[int]
    type: str


class ProductLineIn(TypedDict):
    """A kind of appliance."""

    code: str
    names: dict[str, str]


class ProfileIn(TypedDict):
    """A law as its file tells it, and who looked at it."""

    content: str
    reason: str


class ProfileOut(TypedDict):
    """A law that somebody adopted."""

    ends_on: str | None
    jurisdiction: str
    reason: str
    starts_on: str
    version: str


class Promise(TypedDict):
    """By when to call back; in the time that the house allows itself unless told otherwise."""

    due_at: NotRequired[str | None]
    note: NotRequired[str]
    phone: NotRequired[str]


class PromiseOutcomeOut(TypedDict):
    """Whether an order was ready in time; late by none is in time."""

    agreed_at: str
    first_at: str
    late_agreed_minutes: int
    late_first_minutes: int
    order: str
    ready_at: str
    revisions: int
    technician: str | None
    unit: str


class ProofIn(TypedDict):
    """Where the picture belongs: to an order, or to the unit whose order is yet to be."""

    kind: NotRequired[str]
    order: NotRequired[str | None]
    unit: NotRequired[str | None]


class ProofOut(TypedDict):
    """A picture that was kept."""

    id: int
    kind: str
    sha256: str


class Propose(TypedDict):
    """The new date, what it rests on, and what the customer gets if it is missed."""

    basis: str
    cause: WorkshopDelayCause
    promised_part_on: str
    promised_ready_at: str
    remedy: WorkshopRemedy


class ProtectionIn(TypedDict):
    """What was tested, and when it is due again."""

    is_ok: bool
    item: CustodyProtection
    next_on: str
    note: NotRequired[str]


class ProtectionOut(TypedDict):
    """A protection was tested."""

    checked_on: str
    is_ok: bool
    item: str
    next_on: str


class ProviderIn(TypedDict):
    """Only the rows of this provider, if one is named."""

    provider: NotRequired[str]


class PurchaseIn(TypedDict):
    """What should be bought for a unit, and what for."""

    is_emergency: NotRequired[bool]
    lines: list[WantedIn]
    need_by: NotRequired[str | None]
    purpose: NotRequired[SupplyPurpose]
    reason: str
    reference: NotRequired[str]
    unit: str


class PurchaseLineOut(TypedDict):
    """One thing that is asked for."""

    category: str
    estimate_minor: int | None
    id: int
    part: str | None
    quantity: int
    withdrawn_at: str | None
    words: str


class PurchaseOrderOut(TypedDict):
    """A purchase order; its lines for whoever may see what was ordered, which the receiver may not."""

    appointed_at: str | None
    currency: NotRequired[str | None]
    expected_on: str | None
    lines: NotRequired[list[OrderLineOut] | None]
    number: str
    state: str
    supplier: str
    total_minor: NotRequired[int | None]
    unit: str


class PurchaseOrderWhole(TypedDict):
    """The same with its lines."""

    appointed_at: str | None
    currency: NotRequired[str | None]
    expected_on: str | None
    lines: NotRequired[list[OrderLineOut] | None]
    number: str
    state: str
    supplier: str
    total_minor: NotRequired[int | None]
    unit: str


class PurchaseOut(TypedDict):
    """A purchase request; `joined` are others that were one purchase with it when it was approved."""

    currency: str
    is_emergency: bool
    joined: list[str]
    lines: list[PurchaseLineOut]
    need_by: str | None
    number: str
    purpose: str
    reason: str
    reference: str
    sourcing: str | None
    state: str
    total_minor: int
    unit: str
    weight_minor: int | None


class PurchasesInvoicesPage(TypedDict):
    """One page of a list."""

    items: list[SupplierInvoiceOut]
    next: str | None


class PurchasesOffersPage(TypedDict):
    """One page of a list."""

    items: list[OfferOut]
    next: str | None


class PurchasesOrdersPage(TypedDict):
    """One page of a list."""

    items: list[PurchaseOrderWhole]
    next: str | None


class PurchasesSourcingsPage(TypedDict):
    """One page of a list."""

    items: list[SourcingOut]
    next: str | None


class PutAwayIn(TypedDict):
    """In which bins what is good lies."""

    bins: list[LiesIn]


class QuoteIn(TypedDict):
    """What is offered, and beside it other ways to help, of which the customer chooses one."""

    kind: NotRequired[WorkshopOptionKind]
    note: NotRequired[str]
    offers: list[OfferIn]
    others: NotRequired[list[AlternativeIn]]
    repair_warranty_days: NotRequired[int | None]
    service_hours: int


class QuoteLineOut(TypedDict):
    """One line of a quote; an optional one may be declined by its id when the rest is approved."""

    amount_minor: int
    code: str
    id: int
    is_declined: bool
    is_listed: bool
    is_optional: bool
    list_max_minor: int
    list_min_minor: int
    mark: str
    option: int
    quantity: int
    unit_minor: int


class QuoteOptionOut(TypedDict):
    """One way to help; `place` is what its lines call `option`, and what an approval chooses."""

    deposit_minor: int
    discount_minor: int
    kind: str
    note: str
    place: int
    repair_warranty_days: int
    service_hours: int
    total_minor: int


class QuoteOut(TypedDict):
    """A quote; `option` is the place of the option that counts, and the sums are its."""

    covered: list[CoveredOut]
    currency: str
    declined_minor: int
    deposit_minor: int
    discount_minor: int
    lines: list[QuoteLineOut]
    number: str
    option: int
    options: list[QuoteOptionOut]
    order: str
    state: str
    total_minor: int
    valid_until: str | None
    version: int


class Reason(TypedDict):
    """Why."""

    reason: str


class ReceiptLineOut(TypedDict):
    """One counted line."""

    accepted: int | None
    delivered: int
    id: int
    part: str | None
    rejected: int | None
    why: str
    words: str


class Receive(TypedDict):
    """How the appliance came, with its pictures and the customer's signature."""

    accessories: NotRequired[list[AccessoryIn]]
    condition: str
    data_statement: NotRequired[str]
    declared_value_minor: NotRequired[int]
    discrepancy_note: NotRequired[str]
    person: NotRequired[str | None]
    photos: list[int]
    reproduced: bool
    serial_matches: NotRequired[bool]
    shelf: str
    signature: int


class Receiving(TypedDict):
    """What came into which bin; in what condition."""

    bin: int
    condition: NotRequired[StockCondition]
    part: str
    quantity: int
    serials: NotRequired[list[str]]


class RecountIn(TypedDict):
    """Who counts again; left out where the two exchange their bins."""

    counter: NotRequired[str | None]


class RecountSession(TypedDict):
    """What somebody else counted."""

    pieces: dict[str, int]


class Recounted(TypedDict):
    """How many lie there, by the line of the last movement of each thing."""

    counted: dict[str, int]


class RefundIn(TypedDict):
    """How much goes back, why, and by which tender where it is another than it came by."""

    amount_minor: int
    method: NotRequired[str]
    reason: str


class RefundOut(TypedDict):
    """Money that went back."""

    amount_minor: int
    at: str
    number: str


class Refuse(TypedDict):
    """Why it is not ours, and whom to ask instead."""

    reason: IntakeRejectReason
    referral: NotRequired[str]


class RegisterAppliance(TypedDict):
    """A machine that is new to the unit; a maker that is new is entered."""

    brand: str
    customer: NotRequired[int | None]
    delivered_on: NotRequired[str | None]
    installed_on: NotRequired[str | None]
    invoice_minor: NotRequired[int | None]
    invoice_no: NotRequired[str]
    line: str
    made_on: NotRequired[str | None]
    model: NotRequired[int | None]
    proof: NotRequired[int | None]
    purchased_on: NotRequired[str | None]
    serial: NotRequired[str]
    unit: str


class RegisterOrder(TypedDict):
    """What the receptionist types to register."""

    appliance: int
    channel: NotRequired[WorkorderChannel]
    contact: NotRequired[str]
    customer: int
    fee_collection: NotRequired[WorkorderFeeCollection]
    language: NotRequired[str | None]
    mode: NotRequired[WorkorderMode]
    parent: NotRequired[str | None]
    problem: str
    symptoms: NotRequired[list[str]]
    terms_accepted: bool
    unit: str


class RegistrationRegistrationsPage(TypedDict):
    """One page of a list."""

    items: list[RegistrationSeen]
    next: str | None


class RegistrationSeen(TypedDict):
    """A registration, and what became of it."""

    appliance_id: int | None
    at: str
    brand: str
    channel: str
    customer_id: int | None
    decided_at: str | None
    line: str
    model: str
    number: str
    purchased_on: str
    serial: str
    state: str
    unit: str


class Reject(TypedDict):
    """Why the manager does not agree."""

    reason: str


class ReleaseCode(TypedDict):
    """What came of looking into the wrong tries."""

    reason: str


class Renegotiate(TypedDict):
    """Another date, signed again."""

    basis: str
    promised_part_on: str
    promised_ready_at: str
    signature: int


class Reopen(TypedDict):
    """Why its author shall look at it again."""

    reason: str


class Repeats(TypedDict):
    """The request or the order that it repeats: exactly one of them."""

    order: NotRequired[str | None]
    original: NotRequired[str | None]


class ReplaceAppliance(TypedDict):
    """The unit that the owner is given in the place of this one; without a model the same as before."""

    model: NotRequired[int | None]
    serial: str


class ReportSeen(TypedDict):
    """A store's report of a day, a week or a month."""

    confirmed_at: str | None
    confirmed_by: str | None
    ends_on: str
    figures: dict[str, Any]
    id: int
    kind: str
    made_at: str
    remark: str
    starts_on: str
    store: str
    unit: str


class ReportsStoreReportsPage(TypedDict):
    """One page of a list."""

    items: list[ReportSeen]
    next: str | None


class RequestOut(TypedDict):
    """What a job asked the store for."""

    answer_by: str
    fitted_quantity: int
    number: str
    order: str
    part: str
    quantity: int
    returned_quantity: int
    state: str


class RequestPart(TypedDict):
    """A part for a job."""

    need_by: NotRequired[str | None]
    part: str
    quantity: int


class RequestSeen(TypedDict):
    """What a customer asked for, and the order that came of it."""

    answered_at: str | None
    at: str
    channel: str
    contact: str
    contact_name: str
    customer: int | None
    due_at: str | None
    number: str
    order: str | None
    state: str
    unit: str


class RequestsRequestsPage(TypedDict):
    """One page of a list."""

    items: list[RequestSeen]
    next: str | None


class RequisitionLineOut(TypedDict):
    """So many of a part: asked for, handed out, brought back."""

    issued: int
    part: str
    returned: int
    wanted: int


class RequisitionOut(TypedDict):
    """A requisition with its lines."""

    asked_at: str
    end_reason: str
    issued_at: str | None
    lines: list[RequisitionLineOut]
    number: str
    purpose: str
    signed_at: str | None
    state: str
    store: str
    unit: str


class RequisitionRow(TypedDict):
    """A requisition in a list."""

    asked_at: str
    asked_by: str
    issued_at: str | None
    number: str
    purpose: str
    signed_at: str | None
    state: str
    store: str
    unit: str


class RequisitionsRequisitionsPage(TypedDict):
    """One page of a list."""

    items: list[RequisitionRow]
    next: str | None


class Retire(TypedDict):
    """The first day on which it no longer holds."""

    ends_on: str


class ReturnIn(TypedDict):
    """Why a deposit before parts goes back, and how: the way it came unless told otherwise; cash against the
    customer's signature."""

    bank_ref: NotRequired[str]
    method: NotRequired[Literal["CASH", "CARD", "TRANSFER"] | None]
    reason: str
    signature: NotRequired[int | None]


class Returned(TypedDict):
    """What goes back, by the accessory's key; what is missing needs a word."""

    exception_note: NotRequired[str]
    returned: dict[str, int]


class Review(TypedDict):
    """What the appliance is worth, to two people."""

    photo: int
    valuation_minor: int
    valued_also_by: str
    valued_by: str


class ReviewIn(TypedDict):
    """What was found afterwards."""

    note: str
    was_justified: bool


class RevisePromise(TypedDict):
    """Another date, why, what it rests on, and how the customer agreed to it if anybody asked."""

    agreed: NotRequired[WorkorderAgreed | None]
    agreed_note: NotRequired[str]
    basis: NotRequired[str]
    cause: WorkorderPromiseCause
    proof: NotRequired[int | None]
    reason: str
    signature: NotRequired[int | None]
    to: str


class Rework(TypedDict):
    """What is wrong again."""

    problem: str
    symptoms: NotRequired[list[str]]


class RunOut(TypedDict):
    """A store as it was planned."""

    aim_per_10000: int
    at: str
    echelon: str
    engine: str
    filled_from: str | None
    is_learnt: bool
    months: int
    number: str
    store: str
    target_per_10000: int
    unit: str
    until: str
    version: str


class Saying(TypedDict):
    """One thing to say; `name` is what its recording is called."""

    name: str
    text: str


class ScanIn(TypedDict):
    """What was read, as it was read."""

    text: str


class ScannedOut(TypedDict):
    """What a scan did."""

    bin: str
    opened: bool
    part: str | None
    quantity: int | None
    unknown: str | None


class Score(TypedDict):
    """Points for each of the six steps."""

    marks: dict[str, int]
    note: NotRequired[str]


class ScoreOut(TypedDict):
    """Points were given."""

    agent: str
    id: int
    month: Any


class ScrapReason(TypedDict):
    """Why."""

    reason: str


class Seals(TypedDict):
    """The numbers that were read off the bags, and whether the camera runs."""

    camera_ok: bool
    note: NotRequired[str]
    seen: list[str]


class SealsOut(TypedDict):
    """What the person on duty found."""

    at: str
    camera_ok: bool
    note: str
    seals_ok: bool


class SelfCheckIn(TypedDict):
    """Who repaired it and may also test it, in a shop with fewer than three people."""

    technician: str


class SelfCheckLeaveOut(TypedDict):
    """That it was allowed."""

    at: str


class SendOldParts(TypedDict):
    """Which bags go back to head office in one parcel."""

    carrier: NotRequired[str]
    parts: list[str]
    unit: str
    waybill: str


class Sending(TypedDict):
    """What is sent out of which bin, and who takes it."""

    carrier: NotRequired[str]
    picks: list[PickIn]


class SentOut(TypedDict):
    """A message, and what became of it; the number is masked."""

    channel: str
    id: int
    next_at: str
    number: str
    state: str
    template: str
    to_masked: str


class ServiceItemIn(TypedDict):
    """A test, labour or another service."""

    code: str
    fault_level: NotRequired[int]
    kind: CatalogueItemKind
    line: NotRequired[str | None]
    names: dict[str, str]
    service_hours: NotRequired[int]
    standard_minutes: NotRequired[int]


class ServiceItemOut(TypedDict):
    """A service item."""

    code: str
    fault_level: int
    kind: str
    line: str | None
    name: str
    service_hours: int
    standard_minutes: int


class SessionOut(TypedDict):
    """A cashier's turn at a till; what should lie in it is not told before it is counted."""

    counted_minor: int | None
    expected_minor: int | None
    float_added_minor: int
    float_minor: int
    id: int
    state: str
    till: str
    to_recount: bool
    z_number: str


class SetValue(TypedDict):
    """Another value from a day on; without a unit it is the whole brand's."""

    reason: str
    starts_on: str
    unit: NotRequired[str | None]
    value: int | str | None


class SettingApart(TypedDict):
    """Which pieces, in what condition they turned out to be, and why."""

    becomes: StockCondition
    bin: int
    condition: NotRequired[StockCondition]
    document: str
    lot: NotRequired[str]
    owner: NotRequired[StockOwner]
    part: str
    quantity: int
    reason: str
    serials: NotRequired[list[str]]


class SettleTender(TypedDict):
    """Which tender a provider has paid out by a line, and the fee that it kept back."""

    fee_minor: NotRequired[int]
    tender: str


class Settled(TypedDict):
    """What the bank has in the end, by which line of its statement if any, and what happened."""

    credited_minor: int
    line: NotRequired[int | None]
    note: str


class SettlementOut(TypedDict):
    """What a provider paid to the bank."""

    fee_minor: int
    gross_minor: int
    line: int
    tender: str


class SheetIn(TypedDict):
    """A file of one list; `chosen` puts its headings to our columns: {"Artikel": "code"}."""

    chosen: NotRequired[dict[str, str]]
    content: str
    file_name: str
    sheet: CatalogueSheet


class SheetOut(TypedDict):
    """The bin before which the counter stands."""

    bin: str
    opened_at: str
    state: str


class ShowIn(TypedDict):
    """What the customer has laid on the counter so far."""

    tendered_minor: NotRequired[int | None]


class Sign(TypedDict):
    """The customer's signature."""

    signature: int


class Slip(TypedDict):
    """What the bank gave for it."""

    account_tail: NotRequired[str]
    photo: int
    slip_number: str


class SourceIn(TypedDict):
    """What is bought together, by which unit's buyer; until when a tender takes offers."""

    closes_at: NotRequired[str | None]
    requests: list[str]
    unit: str


class SourcingOut(TypedDict):
    """A search for a supplier; the offers of a tender are shown when it has closed."""

    awarded_to: str | None
    closes_at: str | None
    currency: str
    is_excepted: bool
    method: str
    number: str
    quotes: list[SupplierQuoteOut]
    quotes_needed: int
    reason: str
    requests: list[str]
    state: str
    unit: str
    weight_minor: int


class Spent(TypedDict):
    """What was paid, what for, and the number of its paper."""

    amount_minor: int
    kind: BankingExpense
    photo: NotRequired[int | None]
    reason: str
    voucher: str


class SpokenOut(TypedDict):
    """What the telephone system does next: say this, then wait for a key, for digits, connect, or hang up."""

    act: str
    agents: str
    call: int
    digits_most: int
    language: str
    says: list[Saying]


class StartTimer(TypedDict):
    """Whether the clock of another job is stopped first."""

    stop_other: NotRequired[bool]


class Statement(TypedDict):
    """The bank's statement of an outlet's account: a table of date, amount, reference and text, or camt.053."""

    statement: str
    unit: str


class StockBinsPage(TypedDict):
    """One page of a list."""

    items: list[BinOut]
    next: str | None


class StockMovesPage(TypedDict):
    """One page of a list."""

    items: list[MoveOut]
    next: str | None


class StockOnHandPage(TypedDict):
    """One page of a list."""

    items: list[LyingOut]
    next: str | None


class StockStoresPage(TypedDict):
    """One page of a list."""

    items: list[StoreOut]
    next: str | None


class StopTimer(TypedDict):
    """What the time was for."""

    task: NotRequired[str]


class StoreIn(TypedDict):
    """A store of a unit."""

    code: str
    kind: StockStoreKind
    names: dict[str, str]
    unit: str


class StoreOut(TypedDict):
    """A store."""

    code: str
    id: int
    kind: str
    name: str
    unit: str


class StoreroomOldPartBatchesPage(TypedDict):
    """One page of a list."""

    items: list[BatchSeen]
    next: str | None


class StoreroomOldPartsPage(TypedDict):
    """One page of a list."""

    items: list[OldPartSeen]
    next: str | None


class StoreroomPartRequestsPage(TypedDict):
    """One page of a list."""

    items: list[RequestOut]
    next: str | None


class Submit(TypedDict):
    """What somebody asks for, and whom to answer."""

    appliance: NotRequired[int | None]
    brand: NotRequired[str]
    channel: NotRequired[WorkorderChannel]
    consent: bool
    contact_name: str
    description: str
    email: NotRequired[str]
    language: NotRequired[str]
    mode: NotRequired[WorkorderMode | None]
    model: NotRequired[str]
    phone: NotRequired[str]
    photos: NotRequired[list[int]]
    product_line: NotRequired[str | None]
    serial: NotRequired[str]
    symptoms: NotRequired[list[str]]
    unit: str


class SuccessorIn(TypedDict):
    """The part that is used in the place of this one."""

    successor: str


class SuggestionOut(TypedDict):
    """So many of a part should be kept; `history` is what was asked for in each month, null where nothing is
    known."""

    because: list[list[Any]]
    before: int | None
    history: list[int | None]
    id: int
    kind: str
    last_buy: int | None
    level: int
    part: str
    plan: str
    rate_milli: int
    service_per_10000: int
    store: str
    unit: str
    until: str


class SupplierIn(TypedDict):
    """A house to buy from."""

    categories: list[SupplyCategory]
    code: str
    contact: NotRequired[str]
    licence_no: NotRequired[str]
    name: str
    phone: NotRequired[str]


class SupplierInvoiceOut(TypedDict):
    """A supplier's invoice."""

    amount_minor: int
    currency: str
    number: str
    order: str
    payment: str
    reference: str
    state: str
    supplier: str
    unit: str


class SupplierOfferIn(TypedDict):
    """What one of a part costs from a day on."""

    basis: str
    currency: NotRequired[str]
    lead_days: int
    part: str
    price_minor: int
    starts_on: str


class SupplierOut(TypedDict):
    """A house to buy from."""

    categories: list[str]
    code: str
    licence_no: str
    name: str
    state: str


class SupplierQuoteIn(TypedDict):
    """What a supplier offers for all of it; without prices, its prices in force."""

    basis: str
    lead_days: NotRequired[int | None]
    prices: NotRequired[list[PriceOf] | None]
    supplier: str
    terms: NotRequired[str]
    valid_until: str


class SupplierQuoteOut(TypedDict):
    """What a supplier offers for all of it."""

    id: int
    lead_days: int
    supplier: str
    terms: str
    total_minor: int
    valid_until: str


class SupplyEndIn(TypedDict):
    """The last day on which the maker takes an order."""

    ends_on: str


class SupplyPurchasesPage(TypedDict):
    """One page of a list."""

    items: list[PurchaseOut]
    next: str | None


class SupplyReceiptsPage(TypedDict):
    """One page of a list."""

    items: list[GoodsReceiptOut]
    next: str | None


class SupplySuppliersPage(TypedDict):
    """One page of a list."""

    items: list[SupplierOut]
    next: str | None


class TakeBack(TypedDict):
    """How it came back."""

    condition: str
    deposit_back_minor: NotRequired[int | None]


class TakeIn(TypedDict):
    """What the receptionist types for whoever stands at the counter: a card by its key, or what makes one."""

    appliance: int | NewAppliance
    channel: NotRequired[WorkorderChannel]
    contact: NotRequired[str]
    customer: int | NewCustomer
    fee_collection: NotRequired[WorkorderFeeCollection]
    language: NotRequired[str | None]
    mode: NotRequired[WorkorderMode]
    parent: NotRequired[str | None]
    problem: str
    symptoms: NotRequired[list[str]]
    terms_accepted: bool
    unit: str


class TalliedOut(TypedDict):
    """What was entered."""

    part: str
    quantity: int


class TallyIn(TypedDict):
    """How many there are."""

    part: str
    quantity: int


class TaxOut(TypedDict):
    """What a bill charges at one rate, in hundredths of a percent."""

    net_minor: int
    rate_bp: int
    tax_minor: int


class TelephoneCallBacksPage(TypedDict):
    """One page of a list."""

    items: list[CallBackOut]
    next: str | None


class TelephoneCallsPage(TypedDict):
    """One page of a list."""

    items: list[CallOut]
    next: str | None


class TellOfAppliance(TypedDict):
    """What the owner tells, and the pictures that prove it."""

    brand: str
    channel: NotRequired[WorkorderChannel]
    consent: bool
    contact_name: str
    invoice_no: NotRequired[str]
    model: NotRequired[str]
    phone: str
    product_line: str
    proofs: list[int]
    purchased_on: str
    serial: str
    unit: str


class TermsIn(TypedDict):
    """What is promised from a day on, for one product line or for all that have no terms of their own."""

    excluded_causes: NotRequired[list[str]]
    jurisdiction: NotRequired[str]
    line: NotRequired[str | None]
    model: NotRequired[int | None]
    months: NotRequired[dict[str, int]]
    parts: NotRequired[dict[str, int]]
    repair_warranty_days: NotRequired[int | None]
    starts_by: NotRequired[WarrantyStartsBy]
    starts_on: str
    version: str
    whole_unit_months: NotRequired[int | None]


class TermsOut(TypedDict):
    """Warranty terms."""

    ends_on: str | None
    excluded_causes: list[str]
    jurisdiction: str
    line: str | None
    model: str | None
    months: dict[str, int]
    parts: dict[str, int]
    repair_warranty_days: int | None
    starts_on: str
    version: str
    whole_unit_months: int | None


class Tick(TypedDict):
    """Which step of the script was kept, or was not after all."""

    is_done: NotRequired[bool]
    step: TelephoneStep


class TillIn(TypedDict):
    """Which outlet gets which till."""

    code: str
    unit: str


class TillOut(TypedDict):
    """A till of an outlet."""

    code: str
    id: int
    unit: str


class ToCarrier(TypedDict):
    """Who carries it from now on."""

    to: str


class ToCountOut(TypedDict):
    """A part that is to be counted in the open bin; how many were found so far."""

    base_unit: str
    name: str
    part: str
    quantity: int | None


class Told(TypedDict):
    """What happened."""

    note: str


class ToppedUp(TypedDict):
    """How much finance puts in."""

    amount_minor: int


class TrailEntriesPage(TypedDict):
    """One page of a list."""

    items: list[EntryOut]
    next: str | None


class TransferLineOut(TypedDict):
    """So many of a part: asked for, sent, received, declared lost; the rest of what was sent is on the way."""

    lost: int
    on_the_way: int
    part: str
    received: int
    sent: int
    wanted: int


class TransferOut(TypedDict):
    """A transfer with its lines."""

    carrier: str
    ended_at: str | None
    from_store: str
    from_unit: str
    lines: list[TransferLineOut]
    need_by: str | None
    number: str
    reason: str
    sent_at: str | None
    state: str
    to_store: str
    to_unit: str


class TransferRow(TypedDict):
    """A transfer in a list."""

    ended_at: str | None
    from_store: str
    from_unit: str
    number: str
    requested_at: str
    sent_at: str | None
    state: str
    to_store: str
    to_unit: str


class TransfersTransfersPage(TypedDict):
    """One page of a list."""

    items: list[TransferRow]
    next: str | None


class Triage(TypedDict):
    """What it is about, and how it comes."""

    appliance: NotRequired[int | None]
    customer: NotRequired[int | None]
    mode: NotRequired[WorkorderMode]
    product_line: str
    symptoms: NotRequired[list[str]]


class Tried(TypedDict):
    """How it went."""

    note: NotRequired[str]


class TryOut(TypedDict):
    """One attempt to send one message."""

    began_at: str
    channel: str
    ended_at: str | None
    id: int
    is_taken: bool
    message: int
    says: str


class Undoing(TypedDict):
    """Which moves, and why; one document undoes once."""

    document: str
    moves: list[int]
    reason: str


class UnitChange(TypedDict):
    """What is put right; what is not given stays."""

    address: NotRequired[str | None]
    hours: NotRequired[str | None]
    is_active: NotRequired[bool | None]
    licence_no: NotRequired[str | None]
    names: NotRequired[dict[str, str] | None]
    phone: NotRequired[str | None]


class UnitIn(TypedDict):
    """A unit under its parent; what is not said is as at the parent."""

    address: NotRequired[str]
    code: str
    currency: NotRequired[str]
    hours: NotRequired[str]
    jurisdiction: NotRequired[str]
    kind: PeopleUnitKind
    licence_no: NotRequired[str]
    names: dict[str, str]
    parent: str
    phone: NotRequired[str]
    time_zone: NotRequired[str]


class UnitOut(TypedDict):
    """A unit."""

    address: str
    code: str
    currency: str
    is_active: bool
    jurisdiction: str
    kind: str
    name: str
    parent: str | None
    path: str
    phone: str
    time_zone: str


class UnitSeen(TypedDict):
    """A unit that is given in exchange."""

    added_at: str
    brand: str
    id: int
    is_new: bool
    line: str
    model: str | None
    price_minor: int | None
    retired_at: str | None
    serial: str
    unit: str


class UnknownIn(TypedDict):
    """What an unknown scan was."""

    note: NotRequired[str]
    outcome: CountingUnknownOutcome
    unknown: int


class UnknownOut(TypedDict):
    """What was scanned and names no part."""

    bin: str
    id: int
    note: str
    outcome: str
    text: str
    times: int


class Unrepairable(TypedDict):
    """Why it cannot be repaired."""

    note: str
    reason: WorkshopUnrepairableReason
    second_opinion: NotRequired[str]


class Until(TypedDict):
    """The first day on which it no longer holds; today if none is given."""

    ends_on: NotRequired[str | None]


class UpkeepClimatePage(TypedDict):
    """One page of a list."""

    items: list[ClimateOut]
    next: str | None


class UpkeepFireEquipmentPage(TypedDict):
    """One page of a list."""

    items: list[FireOut]
    next: str | None


class UpkeepInspectionsPage(TypedDict):
    """One page of a list."""

    items: list[InspectionSeen]
    next: str | None


class ValueOut(TypedDict):
    """Something that was written for a figure."""

    ends_on: str | None
    id: int
    key: str
    reason: str
    starts_on: str
    state: str
    unit: str | None
    value: int | str | None


class Verified(TypedDict):
    """Whom one asked, and how."""

    verified: str


class VisitChargeOut(TypedDict):
    """One charge of a visit, with how it came about."""

    amount_minor: int
    because: str
    charge: str


class VisitOut(TypedDict):
    """What a visit costs beside the work, each charge once however many appliances are seen."""

    charges: list[VisitChargeOut]
    currency: str
    total_minor: int
    version: str


class VoidOut(TypedDict):
    """A payment that counts no more."""

    at: str
    reason: str
    receipt_number: str


class Wait(TypedDict):
    """Whether the customer signs from afar."""

    customer_is_remote: NotRequired[bool]


class WaitingOut(TypedDict):
    """A request in the store's queue."""

    answer_by: str
    fitted_quantity: int
    is_late: bool
    number: str
    order: str
    part: str
    quantity: int
    returned_quantity: int
    state: str


class WallWarningOut(TypedDict):
    """Of what an outlet was told about its price board."""

    at: str
    due_on: str | None
    id: int
    person: str
    price_list: str
    proof: int | None
    state: str
    unit: str


class WalletRequestOut(TypedDict):
    """A request for payment; the payment has its receipt once it is paid. `code` is what the customer scans."""

    amount_minor: int
    bill: str
    code: str
    currency: str
    good_until: str
    number: str
    reference: str
    says: str
    state: str
    wallet: str


class WalletReturnOut(TypedDict):
    """What the provider is to give back."""

    amount_minor: int
    number: str
    request: str
    says: str
    state: str


class WantedIn(TypedDict):
    """One thing that is asked for: a part, or words with their category; `estimate_minor` is for one."""

    category: NotRequired[SupplyCategory]
    estimate_minor: NotRequired[int | None]
    part: NotRequired[str | None]
    quantity: int
    words: NotRequired[str]


class WarningOut(TypedDict):
    """One of us was told that a promise will break or is broken: of the job, or of its missing part."""

    at: str
    due_at: str
    id: int
    is_of_part: bool
    order: str
    person: str
    seen_at: str | None
    stage: str
    step: str
    unit: str


class WarningsWallWarningsPage(TypedDict):
    """One page of a list."""

    items: list[WallWarningOut]
    next: str | None


class WarningsWarningsPage(TypedDict):
    """One page of a list."""

    items: list[WarningOut]
    next: str | None


class WarrantyProfilesPage(TypedDict):
    """One page of a list."""

    items: list[ProfileOut]
    next: str | None


class WarrantyTermsPage(TypedDict):
    """One page of a list."""

    items: list[TermsOut]
    next: str | None


class WebhookAttemptOut(TypedDict):
    """One attempt to send one message."""

    address: str
    began_at: str
    ended_at: str | None
    id: int
    message: int
    says: str
    status: int | None
    took_ms: int | None


class WebhookOut(TypedDict):
    """One message to one endpoint; `key` is its webhook-id."""

    body: str
    done_at: str | None
    endpoint: int
    id: int
    key: str
    next_at: str
    state: str
    subject: str
    told_at: str
    tries: int
    type: str


class WebhooksAttemptsPage(TypedDict):
    """One page of a list."""

    items: list[WebhookAttemptOut]
    next: str | None


class WebhooksEndpointsPage(TypedDict):
    """One page of a list."""

    items: list[EndpointOut]
    next: str | None


class WebhooksMessagesPage(TypedDict):
    """One page of a list."""

    items: list[WebhookOut]
    next: str | None


class Why(TypedDict):
    """Why."""

    reason: str


class WhyAsked(TypedDict):
    """Why."""

    reason: str


class WhyNot(TypedDict):
    """Why it is not taken over."""

    reason: str


class WishIn(TypedDict):
    """So many of a part."""

    part: str
    quantity: int


class WordingIn(TypedDict):
    """Other words for a message, from a day on; an empty text is the house's own again."""

    channel: NoticesChannel
    language: str
    starts_on: str
    subject: NotRequired[str]
    template: NoticesTemplate
    text: str
    unit: str


class WordingOut(TypedDict):
    """The words of a message."""

    channel: str
    language: str
    made_at: str
    made_by: str
    starts_on: str
    subject: str
    template: str
    text: str
    unit: str
    version: int


class WorkCheckIn(TypedDict):
    """One thing that is ticked off or measured at the bench from now on; a limit is a number of the item's unit."""

    code: str
    is_required: NotRequired[bool]
    kind: WorkorderItemKind
    limit_max: NotRequired[float | str | None]
    limit_min: NotRequired[float | str | None]
    line: NotRequired[str | None]
    names: dict[str, str]
    unit: NotRequired[str]
    work: WorkshopWorkKind


class WorkCheckKept(TypedDict):
    """The item as it is kept."""

    code: str
    id: int
    until: str | None
    version: int


class WorkCheckSeen(TypedDict):
    """One item of a job's checklist, and what was found last."""

    code: str
    id: int
    is_required: bool
    kind: str
    name: str
    passed: bool | None
    text: str
    unit: str
    version: int
    work: str


class WorkorderOrdersPage(TypedDict):
    """One page of a list."""

    items: list[OrderOut]
    next: str | None


class WorkorderPromiseOutcomesPage(TypedDict):
    """One page of a list."""

    items: list[PromiseOutcomeOut]
    next: str | None


class WorkshopCommitmentsPage(TypedDict):
    """One page of a list."""

    items: list[CommitmentOut]
    next: str | None


class WorkshopPriceExceptionsPage(TypedDict):
    """One page of a list."""

    items: list[ExceptionOut]
    next: str | None


class WorkshopQuotesPage(TypedDict):
    """One page of a list."""

    items: list[QuoteOut]
    next: str | None


class WriteOffIn(TypedDict):
    """How much is given up, and why."""

    amount_minor: int
    reason: str


class WriteOffOut(TypedDict):
    """What was given up."""

    amount_minor: int
    at: str
    number: str
    reason: str
