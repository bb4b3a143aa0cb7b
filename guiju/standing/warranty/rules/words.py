"""The words of the guarantee: what covers a repair, what is covered, from which day, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from guiju.kernel.words import N_

# Days. Fewer than these are void: the national rules (TG-11) and the provinces that name a figure (4.2) all say 30 or more.
# A province that demands more says so in its profile, never here.
LEAST_REPAIR_WARRANTY_DAYS = 30

# Causes that no guarantee covers unless somebody promised more: misuse and force majeure (TG-14), by the catalogue's codes.
EXCLUDED_UNLESS_TERMS_SAY = frozenset({"MISUSE", "ENVIRONMENT"})


class Coverage(StrEnum):
    """Who pays for the repair, and under what promise."""

    UNDETERMINED = "UNDETERMINED"
    IN_WARRANTY = "IN_WARRANTY"
    OUT_OF_WARRANTY = "OUT_OF_WARRANTY"
    REPAIR_WARRANTY = "REPAIR_WARRANTY"
    CONTRACT = "CONTRACT"
    GOODWILL = "GOODWILL"
    DISPUTED = "DISPUTED"


# Paid by somebody else than the customer: turning one of these into a charge is to the customer's disadvantage (WTY-7).
FREE = frozenset({Coverage.IN_WARRANTY, Coverage.REPAIR_WARRANTY, Coverage.CONTRACT, Coverage.GOODWILL})


class Cost(StrEnum):
    """What a repair costs, each kind covered apart from the others (B03)."""

    LABOUR = "LABOUR"
    PARTS = "PARTS"
    TRAVEL = "TRAVEL"


class StartsBy(StrEnum):
    """The day from which the guarantee runs."""

    INVOICE = "INVOICE"
    DELIVERY = "DELIVERY"
    INSTALLATION = "INSTALLATION"
    PRODUCTION = "PRODUCTION"


class PauseCause(StrEnum):
    """Why the owner could not use the appliance."""

    IN_REPAIR = "IN_REPAIR"
    WAITING_PARTS = "WAITING_PARTS"


class Scope(StrEnum):
    """What a repair is warranted for."""

    LABOUR = "LABOUR"
    PART = "PART"


class Ground(StrEnum):
    """Why the customer may have more than a repair (3.5)."""

    RETURN_7D = "7D_RETURN"
    EXCHANGE_15D = "15D_EXCHANGE"
    TWO_REPAIRS = "TWO_REPAIRS"
    REPAIRER_30D = "30D_REPAIRER"
    PARTS_90D = "90D_PARTS"
    CUMULATIVE_DAYS = "CUMULATIVE_DAYS"
    LOANER = "LOANER"


class Remedy(StrEnum):
    """What may be had on a ground."""

    REPAIR = "REPAIR"
    EXCHANGE = "EXCHANGE"
    REFUND = "REFUND"
    LOANER = "LOANER"


LABELS: Mapping[StrEnum, str] = {
    Coverage.UNDETERMINED: N_("Not decided yet"),
    Coverage.IN_WARRANTY: N_("In warranty"),
    Coverage.OUT_OF_WARRANTY: N_("Out of warranty"),
    Coverage.REPAIR_WARRANTY: N_("Repair warranty"),
    Coverage.CONTRACT: N_("Service contract"),
    Coverage.GOODWILL: N_("Goodwill"),
    Coverage.DISPUTED: N_("Disputed"),
    Cost.LABOUR: N_("Labour"),
    Cost.PARTS: N_("Parts"),
    Cost.TRAVEL: N_("Travel"),
    StartsBy.INVOICE: N_("Date of the invoice"),
    StartsBy.DELIVERY: N_("Date of delivery"),
    StartsBy.INSTALLATION: N_("Date of installation"),
    StartsBy.PRODUCTION: N_("Date of production"),
    PauseCause.IN_REPAIR: N_("In repair"),
    PauseCause.WAITING_PARTS: N_("Waiting for parts"),
    Scope.LABOUR: N_("Labour"),
    Scope.PART: N_("Part"),
    Ground.RETURN_7D: N_("A fault within the days for a return"),
    Ground.EXCHANGE_15D: N_("A fault within the days for an exchange"),
    Ground.TWO_REPAIRS: N_("Repaired as often as the law allows, and still faulty"),
    Ground.REPAIRER_30D: N_("The repair takes longer than the law allows"),
    Ground.PARTS_90D: N_("The producer does not supply the part in time"),
    Ground.CUMULATIVE_DAYS: N_("Too many days in repair, taken together"),
    Ground.LOANER: N_("The repair takes longer than the customer must wait without one"),
    Remedy.REPAIR: N_("Repair"),
    Remedy.EXCHANGE: N_("Exchange"),
    Remedy.REFUND: N_("Refund"),
    Remedy.LOANER: N_("Loaner"),
}


def choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Code and label of each word, as a form's select reads them."""
    return [(word.value, LABELS[word]) for word in words]
