"""The life of a hand-over: one person gives cash, another takes it, and both sign. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class Hand(StrEnum):
    """What is handed over, and to whom: a pouch to a technician or in at a till, a deposit to another carrier."""

    POUCH = "POUCH"
    TILL = "TILL"
    DEPOSIT = "DEPOSIT"


HAND_LABELS: Mapping[Hand, str] = {
    Hand.POUCH: N_("Pouch to a colleague"),
    Hand.TILL: N_("Pouch handed in at the till"),
    Hand.DEPOSIT: N_("Deposit to another carrier"),
}


class HandState(StrEnum):
    """Where a hand-over stands."""

    OFFERED = "OFFERED"
    COUNTED = "COUNTED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


HAND_STATE_LABELS: Mapping[HandState, str] = {
    HandState.OFFERED: N_("Offered"),
    HandState.COUNTED: N_("Counted, and it differs"),
    HandState.ACCEPTED: N_("Signed by both"),
    HandState.REFUSED: N_("Not taken"),
    HandState.WITHDRAWN: N_("Kept after all"),
}
HAND_ARROWS: Mapping[HandState, Mapping[HandState, str]] = {
    HandState.OFFERED: {
        HandState.ACCEPTED: "banking.accept_cash",
        HandState.COUNTED: "banking.count_pouch",
        HandState.REFUSED: "banking.refuse_cash",
        HandState.WITHDRAWN: "banking.withdraw_cash",
    },
    # Counted blind, and it is not what the receipts say: whoever brought it explains, or takes it back.
    HandState.COUNTED: {
        HandState.ACCEPTED: "banking.explain_difference",
        HandState.REFUSED: "banking.refuse_cash",
        HandState.WITHDRAWN: "banking.withdraw_cash",
    },
    HandState.ACCEPTED: {},
    HandState.REFUSED: {},
    HandState.WITHDRAWN: {},
}
# The cash is still with whoever gives it, and nothing else is done with it.
UNDER_WAY = frozenset({HandState.OFFERED, HandState.COUNTED})


class Stage(StrEnum):
    """Where a receipt stands on its way through hands."""

    OFFERED = "OFFERED"
    HELD = "HELD"
    PASSED = "PASSED"
    DROPPED = "DROPPED"


class Cause(StrEnum):
    """Why what was counted is not what the receipts say."""

    CHANGE = "CHANGE"
    MISCOUNT = "MISCOUNT"
    LOST = "LOST"
    FALSE_NOTE = "FALSE_NOTE"
    OTHER = "OTHER"


CAUSE_LABELS: Mapping[Cause, str] = {
    Cause.CHANGE: N_("Wrong change given"),
    Cause.MISCOUNT: N_("Counted wrongly at the customer's"),
    Cause.LOST: N_("Lost or stolen"),
    Cause.FALSE_NOTE: N_("A note was false"),
    Cause.OTHER: N_("Something else"),
}
