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
