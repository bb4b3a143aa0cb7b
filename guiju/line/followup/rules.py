"""The life of an uncollected appliance, and when a job may be closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from guiju.kernel.words import N_


class CaseState(StrEnum):
    """How far the matter of an uncollected appliance has gone (3.6)."""

    REMINDED_1 = "REMINDED_1"
    REMINDED_2 = "REMINDED_2"
    DEMAND_SENT = "DEMAND_SENT"
    DISPOSAL_REVIEW = "DISPOSAL_REVIEW"
    DISPOSED = "DISPOSED"
    COLLECTED = "COLLECTED"


CASE_LABELS: Mapping[CaseState, str] = {
    CaseState.REMINDED_1: N_("Reminded once"),
    CaseState.REMINDED_2: N_("Reminded twice"),
    CaseState.DEMAND_SENT: N_("Formal demand sent"),
    CaseState.DISPOSAL_REVIEW: N_("Disposal under review"),
    CaseState.DISPOSED: N_("Disposed of"),
    CaseState.COLLECTED: N_("The customer came"),
}

CASE_ARROWS: Mapping[CaseState, Mapping[CaseState, str]] = {
    CaseState.REMINDED_1: {
        CaseState.REMINDED_2: "followup.remind",
        CaseState.COLLECTED: "followup.welcome_back",
    },
    CaseState.REMINDED_2: {
        CaseState.DEMAND_SENT: "followup.send_demand",
        CaseState.COLLECTED: "followup.welcome_back",
    },
    CaseState.DEMAND_SENT: {
        CaseState.DISPOSAL_REVIEW: "followup.review_disposal",
        CaseState.COLLECTED: "followup.welcome_back",
    },
    CaseState.DISPOSAL_REVIEW: {
        CaseState.DISPOSED: "followup.dispose",
        CaseState.COLLECTED: "followup.welcome_back",
    },
    CaseState.DISPOSED: {},
    CaseState.COLLECTED: {},
}

# The case still waits for the customer.
WAITING = frozenset({CaseState.REMINDED_1, CaseState.REMINDED_2, CaseState.DEMAND_SENT, CaseState.DISPOSAL_REVIEW})


class Disposal(StrEnum):
    """What is done with an appliance that nobody wants back."""

    SET_OFF = "SET_OFF"
    AUCTION = "AUCTION"
    SALE = "SALE"
    RECYCLE = "RECYCLE"


DISPOSAL_LABELS: Mapping[Disposal, str] = {
    Disposal.SET_OFF: N_("Set off against the debt, as agreed"),
    Disposal.AUCTION: N_("Auctioned"),
    Disposal.SALE: N_("Sold"),
    Disposal.RECYCLE: N_("Recycled"),
}

# 3.6 counts from the day on which the appliance was ready.
SECOND_REMINDER_DAYS = "unclaimed.notice2_days"
FIRST_REMINDER_DAYS = "unclaimed.notice1_days"
DEMAND_AFTER_DAYS = "unclaimed.demand_after_days"
DEMAND_DAYS = "unclaimed.demand_days"


@dataclass(frozen=True)
class Proceeds:
    """How the money from a disposal falls: debt first, the rest is the customer's."""

    to_debt_minor: int
    surplus_minor: int
    shortfall_minor: int


def split(*, proceeds_minor: int, owed_minor: int) -> Proceeds:
    """Pay the debt from the proceeds; what is over is held for the customer, what lacks is still owed (3.6)."""
    to_debt = min(proceeds_minor, owed_minor)
    return Proceeds(to_debt, proceeds_minor - to_debt, owed_minor - to_debt)


def is_due(*, ready_at: datetime, days: int, at: datetime) -> bool:
    """Whether so many days have passed since the appliance was ready."""
    return at >= ready_at + timedelta(days=days)
