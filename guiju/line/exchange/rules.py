"""The life of an exchange or a refund, on which grounds there is one, and what of the price goes back (3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from guiju.kernel.words import N_
from guiju.standing.warranty.rules import LABELS as WARRANTY_LABELS
from guiju.standing.warranty.rules import Ground as Right


class CaseState(StrEnum):
    """How far the matter has gone."""

    REQUESTED = "REQUESTED"
    APPRAISED = "APPRAISED"
    APPROVED = "APPROVED"
    OPTION_OFFERED = "OPTION_OFFERED"
    ALLOCATED = "ALLOCATED"
    EXCHANGED = "EXCHANGED"
    REFUNDED = "REFUNDED"
    CLOSED = "CLOSED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


STATE_LABELS: Mapping[CaseState, str] = {
    CaseState.REQUESTED: N_("Waiting for the appraisal"),
    CaseState.APPRAISED: N_("Waiting for approval"),
    CaseState.APPROVED: N_("Approved"),
    CaseState.OPTION_OFFERED: N_("Another model or the money is offered"),
    CaseState.ALLOCATED: N_("The new unit waits for its owner"),
    CaseState.EXCHANGED: N_("Exchanged"),
    CaseState.REFUNDED: N_("Refunded"),
    CaseState.CLOSED: N_("Closed"),
    CaseState.REJECTED: N_("Rejected"),
    CaseState.WITHDRAWN: N_("The customer chose the repair"),
}

S = CaseState
ARROWS: Mapping[CaseState, Mapping[CaseState, str]] = {
    S.REQUESTED: {
        S.APPRAISED: "exchange.confirm_appraisal",
        S.REJECTED: "exchange.reject",
        S.WITHDRAWN: "exchange.withdraw",
    },
    S.APPRAISED: {
        S.APPROVED: "exchange.approve",
        S.REJECTED: "exchange.reject",
        S.WITHDRAWN: "exchange.withdraw",
    },
    S.APPROVED: {
        S.ALLOCATED: "exchange.allocate",
        S.OPTION_OFFERED: "exchange.offer_option",
        S.REFUNDED: "cashier.refund_unit",
        S.WITHDRAWN: "exchange.withdraw",
    },
    S.OPTION_OFFERED: {
        S.ALLOCATED: "exchange.allocate",
        S.REFUNDED: "cashier.refund_unit",
        S.WITHDRAWN: "exchange.withdraw",
    },
    S.ALLOCATED: {S.EXCHANGED: "cashier.hand_over"},
    S.EXCHANGED: {S.CLOSED: "exchange.dispose_old"},
    S.REFUNDED: {S.CLOSED: "exchange.dispose_old"},
    S.CLOSED: {},
    S.REJECTED: {},
    S.WITHDRAWN: {},
}
# The job stands still for these: EXCHANGE_PENDING.
PENDING = frozenset({S.REQUESTED, S.APPRAISED, S.APPROVED, S.OPTION_OFFERED})
# Somebody still has something to do.
OPEN = PENDING | {S.ALLOCATED, S.EXCHANGED, S.REFUNDED}
# The customer has, or is about to have, another unit or the money.
GIVEN = frozenset({S.ALLOCATED, S.EXCHANGED, S.REFUNDED, S.CLOSED})
# Nothing came of it: the job goes on as it was.
GONE_BACK = frozenset({S.REJECTED, S.WITHDRAWN})


class Ground(StrEnum):
    """Why the customer gets more than a repair: a right by rule (4.1, 4.2), what cannot be helped, kindness, or money."""

    RETURN_7D = "7D_RETURN"
    EXCHANGE_15D = "15D_EXCHANGE"
    TWO_REPAIRS = "TWO_REPAIRS"
    REPAIRER_30D = "30D_REPAIRER"
    PARTS_90D = "90D_PARTS"
    CUMULATIVE_DAYS = "CUMULATIVE_DAYS"
    UNREPAIRABLE = "UNREPAIRABLE"
    GOODWILL = "GOODWILL"
    PAID = "PAID"


GROUND_LABELS: Mapping[Ground, str] = {
    **{Ground(each.value): WARRANTY_LABELS[each] for each in Right if each is not Right.LOANER},
    Ground.UNREPAIRABLE: N_("Under guarantee, and it cannot be repaired"),
    Ground.GOODWILL: N_("Goodwill"),
    Ground.PAID: N_("The customer pays for another unit"),
}
# What the warranty's rules raise; the others are somebody's word.
BY_RULE = frozenset(Ground(each.value) for each in Right if each is not Right.LOANER)
# Nobody must have found the fault or seen the invoice for these.
WITHOUT_FAULT = frozenset({Ground.GOODWILL, Ground.PAID})


class Choice(StrEnum):
    """What the customer chose, once it was approved."""

    EXCHANGE = "EXCHANGE"
    REFUND = "REFUND"


CHOICE_LABELS: Mapping[Choice, str] = {
    Choice.EXCHANGE: N_("Another unit of the same model"),
    Choice.REFUND: N_("The money back"),
}
_CHOICES: Mapping[Ground, tuple[Choice, ...]] = {
    Ground.UNREPAIRABLE: (Choice.EXCHANGE, Choice.REFUND),
    Ground.GOODWILL: (Choice.EXCHANGE, Choice.REFUND),
    Ground.PAID: (Choice.EXCHANGE,),
}


def choices_of(ground: str, remedies: Sequence[str]) -> tuple[Choice, ...]:
    """What may be chosen on a ground.

    remedies   of the right by rule, as it was kept; nothing of them matters for a ground that is somebody's word
    """
    if Ground(ground) in BY_RULE:
        return tuple(each for each in Choice if each in remedies)
    return _CHOICES[Ground(ground)]


def depreciates(ground: str, *, same_model: bool) -> bool:
    """Whether the use may be deducted from what goes back: only where another unit of the same model was to be had and the customer
    would rather have the money; never in the first days, and never for what cannot be repaired.

    source   TG-1, TG-15
    """
    return same_model and Ground(ground) not in {Ground.RETURN_7D, Ground.UNREPAIRABLE}


def difference(*, paid_minor: int, price_minor: int) -> int:
    """What the other unit costs more than was paid for the old one; below nothing, what the customer gets back.

    No unit of the same model is to be had, so that nothing is deducted for the use: the whole price counts.

    source   3.5 "similar model (price diff) or refund"; TG-15
    """
    return price_minor - paid_minor


class Disposition(StrEnum):
    """What becomes of the old unit."""

    RETURN_HQ = "RETURN_HQ"
    REFURB = "REFURB"
    SCRAP = "SCRAP"
    RECYCLE = "RECYCLE"


DISPOSITION_LABELS: Mapping[Disposition, str] = {
    Disposition.RETURN_HQ: N_("Back to the brand"),
    Disposition.REFURB: N_("Refurbished; never given as new"),
    Disposition.SCRAP: N_("Scrapped"),
    Disposition.RECYCLE: N_("Recycled"),
}
