"""The lives of a quote and of a parts commitment, and the arithmetic of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from guiju.kernel.amounts import round_half_up
from guiju.kernel.words import N_, Sentence


class QuoteState(StrEnum):
    """Where a quote stands (3.4)."""

    DRAFT = "DRAFT"
    ISSUED = "ISSUED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"


QUOTE_LABELS: Mapping[QuoteState, str] = {
    QuoteState.DRAFT: N_("Draft"),
    QuoteState.ISSUED: N_("Sent to the customer"),
    QuoteState.APPROVED: N_("Approved"),
    QuoteState.DECLINED: N_("Declined"),
    QuoteState.EXPIRED: N_("Expired"),
    QuoteState.SUPERSEDED: N_("Replaced by a newer version"),
}

QUOTE_ARROWS: Mapping[QuoteState, Mapping[QuoteState, str]] = {
    QuoteState.DRAFT: {QuoteState.ISSUED: "workshop.issue_quote", QuoteState.SUPERSEDED: "workshop.draft_quote"},
    QuoteState.ISSUED: {
        QuoteState.APPROVED: "workshop.approve_quote",
        QuoteState.DECLINED: "workshop.decline_quote",
        QuoteState.EXPIRED: "workshop.expire_quote",
        QuoteState.SUPERSEDED: "workshop.revise_quote",
    },
    QuoteState.APPROVED: {QuoteState.SUPERSEDED: "workshop.revise_quote"},
    QuoteState.DECLINED: {},
    QuoteState.EXPIRED: {},
    QuoteState.SUPERSEDED: {},
}


class LineKind(StrEnum):
    """What a quote line charges for."""

    TEST = "TEST"
    LABOUR = "LABOUR"
    PART = "PART"
    OTHER = "OTHER"
    # On a bill alone: what another unit costs more than the old one (3.5).
    UNIT = "UNIT"


LINE_LABELS: Mapping[LineKind, str] = {
    LineKind.TEST: N_("Test"),
    LineKind.LABOUR: N_("Labour"),
    LineKind.PART: N_("Part"),
    LineKind.OTHER: N_("Other"),
    LineKind.UNIT: N_("Difference in price of the other unit"),
}
# What a quote may charge for.
QUOTED = frozenset(LineKind) - {LineKind.UNIT}


class OptionKind(StrEnum):
    """A way to help the customer; to take the appliance back as it is stands beside them always, and is no option of ours."""

    REPAIR = "REPAIR"
    REPLACE_MODULE = "REPLACE_MODULE"
    REPLACE_UNIT = "REPLACE_UNIT"


OPTION_LABELS: Mapping[OptionKind, str] = {
    OptionKind.REPAIR: N_("Repair it"),
    OptionKind.REPLACE_MODULE: N_("Replace the module"),
    OptionKind.REPLACE_UNIT: N_("Replace the appliance"),
}
# More than three cannot be compared on a telephone.
OPTIONS_MAX = 3


class PartMark(StrEnum):
    """What a part on a quote is, because it changes what it is worth (6.3, WTY-4)."""

    ORIGINAL = "ORIGINAL"
    NEW = "NEW"
    REFURBISHED = "REFURBISHED"


MARK_LABELS: Mapping[PartMark, str] = {
    PartMark.ORIGINAL: N_("Original part, new"),
    PartMark.NEW: N_("New part of another maker"),
    PartMark.REFURBISHED: N_("Refurbished part"),
}


class Consent(StrEnum):
    """How the customer said yes."""

    SIGNATURE = "SIGNATURE"
    CODE = "CODE"
    RECORDED = "RECORDED"


CONSENT_LABELS: Mapping[Consent, str] = {
    Consent.SIGNATURE: N_("Signed"),
    Consent.CODE: N_("One-time code"),
    Consent.RECORDED: N_("Recorded call or message"),
}

# A six-digit code has a million values: five tries leave a guesser one chance in two hundred thousand.
CODE_TRIES_MAX = 5
# Of one quote: each is a message that costs something, and a customer who needs a sixth would rather be called.
CODES_MAX = 5
# 3.2: a quote lapses only after the customer was tried this often.
CONTACTS_BEFORE_EXPIRY = 3


# Letters; less than this tells nobody anything (2.2 Reason).
REASON_LENGTH_MIN = 5


class DiscountReason(StrEnum):
    """Why something is taken off (C04)."""

    WAITED = "WAITED"
    OUR_FAULT = "OUR_FAULT"
    REGULAR = "REGULAR"
    SEVERAL = "SEVERAL"
    HARDSHIP = "HARDSHIP"
    OTHER = "OTHER"


DISCOUNT_REASONS: Mapping[DiscountReason, str] = {
    DiscountReason.WAITED: N_("The customer waited longer than promised"),
    DiscountReason.OUR_FAULT: N_("Something went wrong on our side"),
    DiscountReason.REGULAR: N_("A regular customer"),
    DiscountReason.SEVERAL: N_("Several appliances at once"),
    DiscountReason.HARDSHIP: N_("The customer is hard up"),
    DiscountReason.OTHER: N_("Another reason"),
}


class ExceptionReason(StrEnum):
    """Why something costs what the list does not allow."""

    RARE_PART = "RARE_PART"
    PRICE_ROSE = "PRICE_ROSE"
    EXTRA_WORK = "EXTRA_WORK"
    UNLISTED = "UNLISTED"
    CUSTOMER_WISH = "CUSTOMER_WISH"
    GOODWILL = "GOODWILL"


EXCEPTION_REASONS: Mapping[ExceptionReason, str] = {
    ExceptionReason.RARE_PART: N_("The part is rare, or made for this appliance"),
    ExceptionReason.PRICE_ROSE: N_("The maker asks more than when the list was made"),
    ExceptionReason.EXTRA_WORK: N_("It is far more work than such a fault is"),
    ExceptionReason.UNLISTED: N_("The list does not name it yet"),
    ExceptionReason.CUSTOMER_WISH: N_("The customer wants something dearer"),
    ExceptionReason.GOODWILL: N_("We charge less than the list, as goodwill"),
}


class CommitmentState(StrEnum):
    """Where a parts commitment stands (3.3)."""

    PROPOSED = "PROPOSED"
    SIGNED = "SIGNED"
    REFUSED = "REFUSED"
    MET = "MET"
    BREACHED = "BREACHED"
    RESOLVED = "RESOLVED"
    VOID = "VOID"


COMMITMENT_LABELS: Mapping[CommitmentState, str] = {
    CommitmentState.PROPOSED: N_("Waiting for the customer's signature"),
    CommitmentState.SIGNED: N_("Signed"),
    CommitmentState.REFUSED: N_("Refused by the customer"),
    CommitmentState.MET: N_("Kept"),
    CommitmentState.BREACHED: N_("Broken"),
    CommitmentState.RESOLVED: N_("Broken, remedy given"),
    CommitmentState.VOID: N_("No longer needed"),
}

COMMITMENT_ARROWS: Mapping[CommitmentState, Mapping[CommitmentState, str]] = {
    CommitmentState.PROPOSED: {
        CommitmentState.SIGNED: "workshop.sign_commitment",
        CommitmentState.REFUSED: "workshop.refuse_commitment",
        CommitmentState.VOID: "workshop.void_commitment",
    },
    CommitmentState.SIGNED: {
        CommitmentState.MET: "workshop.meet_commitment",
        CommitmentState.BREACHED: "workshop.breach_commitment",
        CommitmentState.VOID: "workshop.void_commitment",
    },
    CommitmentState.BREACHED: {CommitmentState.RESOLVED: "workshop.resolve_commitment"},
    CommitmentState.REFUSED: {},
    CommitmentState.MET: {},
    CommitmentState.RESOLVED: {},
    CommitmentState.VOID: {},
}

# 3.3: more than this many revisions need the outlet manager.
REVISIONS_WITHOUT_MANAGER = 2


class DelayCause(StrEnum):
    """Why the part is not there."""

    NO_STOCK = "NO_STOCK"
    SUPPLIER_DELAY = "SUPPLIER_DELAY"
    EOL = "EOL"


DELAY_LABELS: Mapping[DelayCause, str] = {
    DelayCause.NO_STOCK: N_("Not in stock"),
    DelayCause.SUPPLIER_DELAY: N_("The supplier is late"),
    DelayCause.EOL: N_("No longer made"),
}


class Remedy(StrEnum):
    """What the customer gets if the signed date is missed (S6-44)."""

    LOANER = "LOANER"
    DISCOUNT = "DISCOUNT"
    EXCHANGE = "EXCHANGE"
    CANCEL_FREE = "CANCEL_FREE"


REMEDY_LABELS: Mapping[Remedy, str] = {
    Remedy.LOANER: N_("A loaner until it is repaired"),
    Remedy.DISCOUNT: N_("A discount on the repair"),
    Remedy.EXCHANGE: N_("An exchange of the appliance"),
    Remedy.CANCEL_FREE: N_("Cancel free of charge"),
}


class UnrepairableReason(StrEnum):
    """Why it cannot be repaired."""

    EOL_PART = "EOL_PART"
    UNECONOMIC = "UNECONOMIC"
    SAFETY = "SAFETY"
    DESTROYED = "DESTROYED"


UNREPAIRABLE_LABELS: Mapping[UnrepairableReason, str] = {
    UnrepairableReason.EOL_PART: N_("The part is no longer made"),
    UnrepairableReason.UNECONOMIC: N_("The repair would cost more than it is worth"),
    UnrepairableReason.SAFETY: N_("It would not be safe"),
    UnrepairableReason.DESTROYED: N_("It is damaged beyond repair"),
}


@dataclass(frozen=True)
class QuotedLine:
    """A line as it is offered: `quantity` in base units, prices in minor units of the order's currency."""

    kind: str
    code: str
    quantity: int
    unit_minor: int
    list_min_minor: int
    list_max_minor: int

    @property
    def amount_minor(self) -> int:
        return self.quantity * self.unit_minor


def total_minor(lines: Sequence[QuotedLine]) -> int:
    """The sum of the lines, to the cent (G-7)."""
    return sum(line.amount_minor for line in lines)


@dataclass(frozen=True)
class Choosable:
    """A line of a quote as the customer chooses it: what it costs, and the least that the list allows for it."""

    amount_minor: int
    least_minor: int
    is_declined: bool = False


@dataclass(frozen=True)
class Chosen:
    """What the customer agrees to; `declined_minor` is the sum of the lines that were left out."""

    total_minor: int
    discount_minor: int
    declined_minor: int


def choose(lines: Sequence[Choosable], discount_minor: int) -> Chosen:
    """What is left of a quote without the lines that the customer declines.

    A discount was given for the whole: each line takes its share of it with it, rounded down, so that nobody gets a larger
    part off than was allowed; and what stays is never below the published list (PRC-1).
    Example: 40.00 off 500.00; without a line of 125.00 it is 30.00 off 375.00.
    """
    all_minor = sum(line.amount_minor for line in lines)
    kept = [line for line in lines if not line.is_declined]
    kept_minor = sum(line.amount_minor for line in kept)
    share = discount_minor * kept_minor // all_minor if all_minor else 0
    off = min(share, kept_minor - sum(line.least_minor for line in kept))
    return Chosen(kept_minor - off, off, all_minor - kept_minor)


def labour_fits(level: int, faults: Sequence[int | None]) -> bool:
    """Whether labour of that level may be charged for what was found: no heavier than the heaviest fault allows (S1-38).

    faults   the levels of the faults that were found; None where nobody has said how heavy it is, and then nothing is judged
    """
    known = [each for each in faults if each is not None]
    return len(known) < len(faults) or not known or level <= max(known)


def deposit_minor(parts_minor: int, *, share_percent: Decimal, from_minor: int | None) -> int:
    """What is asked before parts are ordered: a share of what they cost, half a cent rounded up.

    parts_minor   the sum of the parts on the quote
    from_minor    below it nothing is asked; None where the rule asks for no deposit at all
    Example: 30 % of 2,400.05 is 720.02.
    """
    if from_minor is None or parts_minor < from_minor:
        return 0
    return round_half_up(parts_minor * share_percent / 100)


def deposit_left(deposit_minor: int, *, parts_minor: int, kept_minor: int, total_minor: int) -> int:
    """The deposit without the parts that the customer leaves out: its share of them goes too; never above what is agreed to."""
    share = deposit_minor * kept_minor // parts_minor if parts_minor else 0
    return min(share, total_minor)


def is_large_discount(discount_minor: int, *, of_minor: int, limit_percent: Decimal) -> bool:
    """Whether more is taken off than the counter may take off on its own (3.4 `quote.discount_limit`)."""
    return discount_minor * 100 > of_minor * limit_percent


def cap_date(*, received_on: date, cap_days: int | None) -> date | None:
    """The last day that a signed deadline may name, or None where no cap applies.

    cap_days  days counted from the day after receipt (4.1: 30 at the repairer, 90 for the producer's parts)
    """
    return received_on + timedelta(days=cap_days) if cap_days is not None else None


def missing_for_waiting(*, on_order: int, is_signed: bool, in_grace: bool) -> tuple[Sentence, ...]:
    """What is still missing before a job may wait for parts (EX-30, WO-5); empty when nothing is."""
    missing = []
    if not on_order:
        missing.append(Sentence(N_("No part of this job is on order: the store has to answer first.")))
    if not (is_signed or in_grace):
        missing.append(Sentence(N_("The customer has not signed the new date.")))
    return tuple(missing)


class WorkKind(StrEnum):
    """At which work of the bench something is ticked off or measured."""

    DIAGNOSIS = "DIAGNOSIS"
    REPAIR = "REPAIR"


WORK_LABELS: Mapping[WorkKind, str] = {WorkKind.DIAGNOSIS: N_("Diagnosis"), WorkKind.REPAIR: N_("Repair")}

# An entry is within a day (the database holds it too).
LABOUR_MINUTES_MAX = 1440


class TimerEnd(StrEnum):
    """Who or what stopped a technician's clock."""

    STOPPED = "STOPPED"
    SWITCHED = "SWITCHED"
    JOB = "JOB"
    FORGOTTEN = "FORGOTTEN"


def minutes_between(start: datetime, end: datetime) -> int:
    """The minutes of a stretch of work, begun ones counted whole; at least one, at most a day."""
    return min(max(-((start - end) // timedelta(minutes=1)), 1), LABOUR_MINUTES_MAX)
