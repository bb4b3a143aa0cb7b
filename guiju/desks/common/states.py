"""The chips of the trade: what a state is called on a screen, and the tone that says how it stands."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tone(StrEnum):
    """How a thing stands, so that colour always means the same."""

    QUIET = "quiet"  # nothing to do, not begun or long done
    NEWS = "news"  # has come in, somebody should take it up
    BUSY = "busy"  # somebody is at it
    WAITING = "waiting"  # stands still until someone outside acts
    CHECK = "check"  # is being looked at by a second person
    GOOD = "good"  # done as it should be
    BAD = "bad"  # went wrong or is late


TONES: Mapping[str, Tone] = {
    code: tone
    for tone, codes in {
        Tone.QUIET: "DRAFT CLOSED CANCELLED DISPOSED SUPERSEDED VOID RETURNED WRITTEN_OFF REFUNDED NONE LEFT RETIRED COLLECTED "
        "UNDETERMINED",
        Tone.NEWS: "REGISTERED RECEIVED APPOINTED NEW REQUESTED PENDING ASKED BILLED DISPATCHED ISSUED",
        Tone.BUSY: "ACCEPTED ON_SITE DIAGNOSING REPAIRING RETURNING OPEN TRIAGED RESERVED COUNTING IN_STOCK",
        Tone.WAITING: "AWAITING_PICKUP AWAITING_PARCEL QUOTED WAITING_PARTS ON_ORDER PROPOSED EXCHANGE_PENDING PART_PAID ON_CREDIT "
        "REMINDED_1 REMINDED_2 DEMAND_SENT DISPUTED HELD",
        Tone.CHECK: "QC_PENDING SITE_SIGNOFF DISPOSAL_REVIEW VARIANCE_REVIEW REVIEW",
        Tone.GOOD: "APPROVED READY DELIVERED PAID PASS PASSED SIGNED MET RESOLVED CONVERTED ACTIVE PUBLISHED VALID IN_WARRANTY "
        "REPAIR_WARRANTY CONTRACT GOODWILL REPAIRED GRANTED DONE SENT",
        Tone.BAD: "DECLINED UNREPAIRABLE UNCOLLECTED FAIL FAILED EXPIRED REFUSED BREACHED REJECTED OVERDUE SUSPENDED OUT_OF_STOCK PARKED",
    }.items()
    for code in codes.split()
}  # fmt: skip

# The work order's own words are the plain ones; another machine that uses the same code says which machine it is.
WORDS: Mapping[str, str | Promise] = {
    "DRAFT": _("Draft"),
    "REGISTERED": _("Registered"),
    "AWAITING_PICKUP": _("Awaiting pick-up"),
    "AWAITING_PARCEL": _("Awaiting the parcel"),
    "RECEIVED": _("Received"),
    "APPOINTED": _("Visit booked"),
    "DISPATCHED": _("Dispatched"),
    "ACCEPTED": _("Accepted"),
    "ON_SITE": _("On site"),
    "DIAGNOSING": _("Being diagnosed"),
    "NO_FAULT": _("No fault found"),
    "QUOTED": _("Quote to be decided"),
    "APPROVED": _("Repair approved"),
    "DECLINED": _("Repair declined"),
    "WAITING_PARTS": _("Waiting for parts"),
    "REPAIRING": _("Being repaired"),
    "QC_PENDING": _("To be inspected"),
    "SITE_SIGNOFF": _("To be signed on site"),
    "UNREPAIRABLE": _("Cannot be repaired"),
    "EXCHANGE_PENDING": _("Exchange in progress"),
    "READY": _("Ready to collect"),
    "RETURNING": _("On its way back"),
    "UNCOLLECTED": _("Not collected"),
    "DELIVERED": _("Handed over"),
    "CLOSED": _("Closed"),
    "CANCELLED": _("Cancelled"),
    "DISPOSED": _("Disposed of"),
    "UNDETERMINED": _("Coverage not decided"),
    "IN_WARRANTY": _("In warranty"),
    "OUT_OF_WARRANTY": _("Out of warranty"),
    "REPAIR_WARRANTY": _("Repair warranty"),
    "CONTRACT": _("Service contract"),
    "GOODWILL": _("Goodwill"),
    "DISPUTED": _("In dispute"),
    "NONE": _("Not billed"),
    "BILLED": _("Billed"),
    "PART_PAID": _("Partly paid"),
    "PAID": _("Paid"),
    "ON_CREDIT": _("On credit"),
    "WRITTEN_OFF": _("Written off"),
    "REFUNDED": _("Refunded"),
    "REQUESTED": _("Requested"),
    "RESERVED": _("Reserved"),
    "ON_ORDER": _("On order"),
    "ISSUED": _("Issued"),
    "RETURNED": _("Taken back"),
    "PROPOSED": _("To be signed"),
    "SIGNED": _("Time limit signed"),
    "REFUSED": _("Refused by the customer"),
    "MET": _("Kept in time"),
    "BREACHED": _("Time limit missed"),
    "RESOLVED": _("Made good"),
    "VOID": _("Void"),
    "EXPIRED": _("Expired"),
    "SUPERSEDED": _("Replaced by a newer one"),
    "NEW": _("New"),
    "OPEN": _("Open"),
    "COUNTED": _("Counted"),
    "PASS": _("Passed"),
    "FAIL": _("Failed"),
    "REMINDED_1": _("Reminded once"),
    "REMINDED_2": _("Reminded twice"),
    "DEMAND_SENT": _("Demand notice sent"),
    "DISPOSAL_REVIEW": _("Disposal under review"),
    "COLLECTED": _("Collected"),
    "OVERDUE": _("Overdue"),
    "PENDING": _("Pending"),
    "ACTIVE": _("Active"),
    "SUSPENDED": _("Suspended"),
    "LEFT": _("Left"),
    "PUBLISHED": _("Published"),
    "RETIRED": _("Retired"),
    "DONE": _("Done"),
    "PARKED": _("Set aside"),
    "SENT": _("Sent"),
}
OTHER_MACHINES: Mapping[tuple[str, str], str | Promise] = {
    ("quote", "ISSUED"): pgettext_lazy("quote", "Sent to the customer"),
    ("quote", "APPROVED"): pgettext_lazy("quote", "Approved"),
    ("quote", "DECLINED"): pgettext_lazy("quote", "Declined"),
    ("request", "NONE"): pgettext_lazy("part request", "Not in stock"),
    ("approval", "PENDING"): pgettext_lazy("approval", "Waiting for a second person"),
    ("approval", "APPROVED"): pgettext_lazy("approval", "Approved"),
    ("approval", "REJECTED"): pgettext_lazy("approval", "Rejected"),
}
OTHER_TONES: Mapping[tuple[str, str], Tone] = {
    ("quote", "ISSUED"): Tone.WAITING,
    ("request", "NONE"): Tone.BAD,
    ("request", "ISSUED"): Tone.GOOD,
    ("approval", "PENDING"): Tone.CHECK,
}


def tone_of(code: str, machine: str = "") -> Tone:
    """The tone of a state; one that nobody has given a tone is quiet."""
    return OTHER_TONES.get((machine, code)) or TONES.get(code, Tone.QUIET)


def word_for(code: str, machine: str = "") -> str:
    """What a state is called; one that nobody has named shows its code, so that it is seen and named."""
    word = OTHER_MACHINES.get((machine, code)) or WORDS.get(code)
    return str(word) if word else code.replace("_", " ").capitalize()
