"""The life of a part request, and what may become of an old part."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class RequestState(StrEnum):
    """Where a part request stands."""

    REQUESTED = "REQUESTED"
    ON_ORDER = "ON_ORDER"
    RESERVED = "RESERVED"
    ISSUED = "ISSUED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"


REQUEST_LABELS: Mapping[RequestState, str] = {
    RequestState.REQUESTED: N_("Waiting for the store's answer"),
    RequestState.ON_ORDER: N_("None here, on order"),
    RequestState.RESERVED: N_("Reserved for the job"),
    RequestState.ISSUED: N_("Issued to the job"),
    RequestState.RETURNED: N_("Returned unused"),
    RequestState.CANCELLED: N_("Cancelled"),
}

REQUEST_ARROWS: Mapping[RequestState, Mapping[RequestState, str]] = {
    RequestState.REQUESTED: {
        RequestState.RESERVED: "storeroom.answer_available",
        RequestState.ON_ORDER: "storeroom.answer_none",
        RequestState.CANCELLED: "storeroom.cancel_request",
    },
    RequestState.ON_ORDER: {
        RequestState.RESERVED: "storeroom.reserve_arrived",
        RequestState.CANCELLED: "storeroom.cancel_request",
    },
    RequestState.RESERVED: {
        RequestState.ISSUED: "storeroom.issue",
        RequestState.CANCELLED: "storeroom.cancel_request",
    },
    RequestState.ISSUED: {RequestState.RETURNED: "storeroom.take_back"},
    RequestState.RETURNED: {},
    RequestState.CANCELLED: {},
}

# What a job still waits for: the part is not in the technician's hands yet.
MISSING = frozenset({RequestState.REQUESTED, RequestState.ON_ORDER, RequestState.RESERVED})


class ProcurementKind(StrEnum):
    """How the store gets a part that it does not have."""

    PURCHASE = "PURCHASE"
    TRANSFER = "TRANSFER"


PROCUREMENT_LABELS: Mapping[ProcurementKind, str] = {
    ProcurementKind.PURCHASE: N_("Buy it"),
    ProcurementKind.TRANSFER: N_("Have it sent from another store"),
}


class ProcurementState(StrEnum):
    """Whether the missing part has come."""

    OPEN = "OPEN"
    ARRIVED = "ARRIVED"
    CANCELLED = "CANCELLED"


class OldPartOutcome(StrEnum):
    """What becomes of a removed part; there is no "unknown" (WO-9)."""

    RETURN_TO_HQ = "RETURN_TO_HQ"
    RETURN_TO_CUSTOMER = "RETURN_TO_CUSTOMER"
    SCRAP = "SCRAP"
    CORE_CREDIT = "CORE_CREDIT"
    WAIVED = "WAIVED"


# What is decided when the part comes out; that the customer leaves it here is said at the hand-over, and signed for.
DECIDED_AT_REMOVAL = tuple(outcome for outcome in OldPartOutcome if outcome is not OldPartOutcome.WAIVED)
OUTCOME_LABELS: Mapping[OldPartOutcome, str] = {
    OldPartOutcome.RETURN_TO_HQ: N_("Goes back to head office"),
    OldPartOutcome.RETURN_TO_CUSTOMER: N_("Given to the customer"),
    OldPartOutcome.SCRAP: N_("Scrapped"),
    OldPartOutcome.CORE_CREDIT: N_("Sent in for credit"),
    OldPartOutcome.WAIVED: N_("Left with us by the customer"),
}


# What head office waits for.
TO_RETURN = frozenset({OldPartOutcome.RETURN_TO_HQ, OldPartOutcome.CORE_CREDIT})
# What is ours to destroy where it came out: the customer left it here, or nobody wants it back.
TO_SCRAP = frozenset({OldPartOutcome.SCRAP, OldPartOutcome.WAIVED})


class OldPartState(StrEnum):
    """Where an old part is."""

    KEPT = "KEPT"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    CREDITED = "CREDITED"
    SCRAPPED = "SCRAPPED"
    MISSING = "MISSING"


OLD_PART_LABELS: Mapping[OldPartState, str] = {
    OldPartState.KEPT: N_("In its bag at the outlet"),
    OldPartState.SENT: N_("On its way to head office"),
    OldPartState.RECEIVED: N_("At head office"),
    OldPartState.CREDITED: N_("Credited by the supplier"),
    OldPartState.SCRAPPED: N_("Destroyed"),
    OldPartState.MISSING: N_("Missing"),
}
OLD_PART_ARROWS: Mapping[OldPartState, Mapping[OldPartState, str]] = {
    OldPartState.KEPT: {
        OldPartState.SENT: "storeroom.send_old_parts",
        OldPartState.SCRAPPED: "storeroom.scrap_old_part",
        OldPartState.MISSING: "storeroom.miss_old_part",
    },
    OldPartState.SENT: {
        OldPartState.RECEIVED: "storeroom.receive_old_parts",
        OldPartState.MISSING: "storeroom.receive_old_parts",
    },
    OldPartState.RECEIVED: {
        OldPartState.CREDITED: "storeroom.credit_old_part",
        OldPartState.SCRAPPED: "storeroom.scrap_old_part",
    },
    OldPartState.MISSING: {OldPartState.KEPT: "storeroom.find_old_part"},
    OldPartState.CREDITED: {},
    OldPartState.SCRAPPED: {},
}


class BatchState(StrEnum):
    """How far a parcel of old parts has come."""

    SENT = "SENT"
    RECEIVED = "RECEIVED"
    CLOSED = "CLOSED"


BATCH_LABELS: Mapping[BatchState, str] = {
    BatchState.SENT: N_("On its way"),
    BatchState.RECEIVED: N_("Opened, the sample is examined"),
    BatchState.CLOSED: N_("Examined"),
}
BATCH_ARROWS: Mapping[BatchState, Mapping[BatchState, str]] = {
    BatchState.SENT: {BatchState.RECEIVED: "storeroom.receive_old_parts"},
    BatchState.RECEIVED: {BatchState.CLOSED: "storeroom.audit_old_part"},
    BatchState.CLOSED: {},
}


class AuditResult(StrEnum):
    """What an old part turned out to be (2.9)."""

    GENUINE_DEFECT = "GENUINE_DEFECT"
    NO_FAULT = "NO_FAULT"
    WRONG_PART = "WRONG_PART"
    DAMAGED = "DAMAGED"


RESULT_LABELS: Mapping[AuditResult, str] = {
    AuditResult.GENUINE_DEFECT: N_("Really broken"),
    AuditResult.NO_FAULT: N_("Nothing is wrong with it"),
    AuditResult.WRONG_PART: N_("Another part than was said"),
    AuditResult.DAMAGED: N_("Damaged by handling"),
}
# What the outlet did not send, or spoiled, is as if it had not come; a part without a fault is a finding about the diagnosis.
CHARGED_FOR = frozenset({AuditResult.WRONG_PART, AuditResult.DAMAGED})


def sample(marks: Mapping[str, str], *, percent: int) -> frozenset[str]:
    """Which of a parcel's tags are examined: so many of a hundred, at least one, and none that the sender could have foretold.

    marks   of each tag, made with a secret of the house: the smallest are taken
    """
    count = -(-len(marks) * percent // 100)
    if percent and marks:
        count = max(1, count)
    return frozenset(sorted(marks, key=lambda tag: (marks[tag], tag))[:count])


def bucket_of(days: int) -> str:
    """In which column of the ageing an old part stands: by the days since it came out."""
    return next((name for name, most in (("0-7", 7), ("8-14", 14), ("15-30", 30)) if days <= most), "31+")
