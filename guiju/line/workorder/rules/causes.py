"""Why a promised date moves, and how the customer agreed to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from guiju.kernel.words import N_, Sentence


class PromiseCause(StrEnum):
    """Why this date was promised."""

    FIRST = "FIRST"
    RECEIPT = "RECEIPT"
    QUOTE = "QUOTE"
    PART = "PART"
    DIAGNOSIS = "DIAGNOSIS"
    WORKLOAD = "WORKLOAD"
    TEST_FAILED = "TEST_FAILED"
    CUSTOMER = "CUSTOMER"
    SOONER = "SOONER"
    OTHER = "OTHER"


CAUSE_LABELS: Mapping[PromiseCause, str] = {
    PromiseCause.FIRST: N_("The first promise"),
    PromiseCause.RECEIPT: N_("Received on a later day"),
    PromiseCause.QUOTE: N_("Service time of the approved quote"),
    PromiseCause.PART: N_("A part is missing"),
    PromiseCause.DIAGNOSIS: N_("More work than expected"),
    PromiseCause.WORKLOAD: N_("We are behind with the work"),
    PromiseCause.TEST_FAILED: N_("The final test failed"),
    PromiseCause.CUSTOMER: N_("The customer wished it"),
    PromiseCause.SOONER: N_("It will be ready sooner"),
    PromiseCause.OTHER: N_("Another reason"),
}

# What somebody may say by hand. A missing part has its signed time limit under the law's cap (3.3), a quote its own approval.
BY_HAND = (
    PromiseCause.DIAGNOSIS,
    PromiseCause.WORKLOAD,
    PromiseCause.TEST_FAILED,
    PromiseCause.CUSTOMER,
    PromiseCause.SOONER,
    PromiseCause.OTHER,
)


class Agreed(StrEnum):
    """How the customer agreed to a date.

    TERMS   with the terms, when the order was registered
    """

    TERMS = "TERMS"
    SIGNATURE = "SIGNATURE"
    CODE = "CODE"
    RECORDED = "RECORDED"


AGREED_LABELS: Mapping[Agreed, str] = {
    Agreed.TERMS: N_("Agreed with the terms"),
    Agreed.SIGNATURE: N_("Signed"),
    Agreed.CODE: N_("One-time code"),
    Agreed.RECORDED: N_("Recorded call or message"),
}


def unfit(cause: PromiseCause, *, was: datetime, to: datetime, agreed: bool) -> Sentence | None:
    """What is wrong with moving a date for this cause; nothing where it fits."""
    if cause is PromiseCause.SOONER and to > was:
        return Sentence(N_("This date is later than the one that stands, not sooner."))
    if cause is PromiseCause.CUSTOMER and not agreed:
        return Sentence(N_("If the customer wished it, note how the customer said so."))
    return None
