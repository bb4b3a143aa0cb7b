"""The life of a request, when it has to be answered, and what a stranger's puzzle is worth. Plain values in and out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from guiju.kernel.words import N_
from guiju.line.workorder.rules import Opening


class RequestState(StrEnum):
    NEW = "NEW"
    TRIAGED = "TRIAGED"
    CONVERTED = "CONVERTED"
    RESOLVED_BY_ADVICE = "RESOLVED_BY_ADVICE"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    CLOSED = "CLOSED"


# Somebody has to do something about it.
OPEN = frozenset({RequestState.NEW, RequestState.TRIAGED})

# Domain 3.1. A walk-in's request is converted in the moment in which it is made, and has no history before that.
REQUEST_ARROWS: Mapping[RequestState, Mapping[RequestState, str]] = {
    RequestState.NEW: {
        RequestState.TRIAGED: "intake.triage",
        RequestState.DUPLICATE: "intake.link_duplicate",
        RequestState.REJECTED: "intake.reject",
        RequestState.CANCELLED: "intake.cancel_request",
    },
    RequestState.TRIAGED: {
        RequestState.RESOLVED_BY_ADVICE: "intake.solve_by_advice",
        RequestState.CONVERTED: "intake.convert",
        RequestState.DUPLICATE: "intake.link_duplicate",
        RequestState.REJECTED: "intake.reject",
        RequestState.CANCELLED: "intake.cancel_request",
    },
    RequestState.CONVERTED: {
        RequestState.CANCELLED: "intake.cancel",
        RequestState.CLOSED: "intake.close_request",
    },
    RequestState.RESOLVED_BY_ADVICE: {RequestState.TRIAGED: "intake.reopen"},
    RequestState.CLOSED: {RequestState.TRIAGED: "intake.reopen"},
    RequestState.DUPLICATE: {},
    RequestState.REJECTED: {},
    RequestState.CANCELLED: {},
}

REQUEST_LABELS: Mapping[RequestState, str] = {
    RequestState.NEW: N_("New request"),
    RequestState.TRIAGED: N_("Triaged"),
    RequestState.CONVERTED: N_("Turned into a work order"),
    RequestState.RESOLVED_BY_ADVICE: N_("Solved by advice"),
    RequestState.DUPLICATE: N_("Duplicate"),
    RequestState.REJECTED: N_("Not accepted"),
    RequestState.CANCELLED: N_("Cancelled"),
    RequestState.CLOSED: N_("Closed"),
}

# What whoever asked reads on the page behind the link. That another request is the same is our business: the page of a
# duplicate must not tell a stranger that somebody else asked.
ASKER_SEES: Mapping[RequestState, str] = {
    RequestState.NEW: N_("We have your request"),
    RequestState.TRIAGED: N_("We are looking at your request"),
    RequestState.CONVERTED: N_("Your repair is booked"),
    RequestState.RESOLVED_BY_ADVICE: N_("Solved"),
    RequestState.DUPLICATE: N_("We have your request"),
    RequestState.REJECTED: N_("We cannot take this repair"),
    RequestState.CANCELLED: N_("You have withdrawn your request"),
    RequestState.CLOSED: N_("Finished"),
}


class RejectReason(StrEnum):
    """Why a request is not ours to do (3.1 "coded reason")."""

    OTHER_BRAND = "OTHER_BRAND"
    OUT_OF_AREA = "OUT_OF_AREA"
    UNSUPPORTED = "UNSUPPORTED"
    # What came through the public form and means nothing: nobody is written to.
    NOT_GENUINE = "NOT_GENUINE"


REJECT_LABELS: Mapping[RejectReason, str] = {
    RejectReason.OTHER_BRAND: N_("A brand that we do not repair"),
    RejectReason.OUT_OF_AREA: N_("Outside our area"),
    RejectReason.UNSUPPORTED: N_("A kind of appliance that we do not repair"),
    RejectReason.NOT_GENUINE: N_("Not a real request"),
}


class Proof(StrEnum):
    """What speaks for it that a person asked."""

    HOUSE = "HOUSE"
    PUZZLE = "PUZZLE"
    UNPROVEN = "UNPROVEN"


PROOF_LABELS: Mapping[Proof, str] = {
    Proof.HOUSE: N_("Typed in by us"),
    Proof.PUZZLE: N_("Sent from a browser that did its sum"),
    Proof.UNPROVEN: N_("Not proven: look before you call"),
}


# Said instead of a warranty's verdict while nobody knows which machine it is.
APPLIANCE_UNKNOWN = N_("We do not know the appliance yet.")


class Knocker(StrEnum):
    """Of whom the tries are counted."""

    ADDRESS = "ADDRESS"
    UNPROVEN = "UNPROVEN"
    PHONE = "PHONE"


# Over how long the tries are counted: an address is shared by many behind one provider, a telephone is one person's.
KNOCKS_OVER: Mapping[Knocker, timedelta] = {
    Knocker.ADDRESS: timedelta(hours=1),
    Knocker.UNPROVEN: timedelta(hours=1),
    Knocker.PHONE: timedelta(days=1),
}


def window_of(at: datetime, span: timedelta) -> datetime:
    """The beginning of the hour or day (UTC) in which a try is counted."""
    return at - (at - datetime(2020, 1, 1, tzinfo=UTC)) % span


def is_solved(puzzle: str, answer: str, *, bits: int) -> bool:
    """Whether the digest of puzzle and answer begins with so many zero bits: about 2^bits tries for whoever asks, one for us.

    source   Dwork and Naor 1992, "Pricing via processing"; docs/decisions/0011-a-strangers-proof.md
    """
    # The answer is a short number; what is longer was not found by our script.
    if not answer.isascii() or not answer.isdigit() or len(answer) > 20:
        return False
    digest = hashlib.sha256(f"{puzzle}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def answer_by(asked_at: datetime, *, hours: int, opening: Opening) -> datetime:
    """When a request has to be answered: so many hours later, counting only those at which the shop is open; in UTC.

    source   4.12 sla.first_response; a request of the night is answered in the morning
    """
    left = timedelta(hours=hours)
    here = asked_at.astimezone(ZoneInfo(opening.time_zone))
    # Two weeks hold every weekday twice; a shop that never opens answers by the calendar alone.
    for _ in range(14 + hours):
        opens, closes = _at(here, opening.opens), _at(here, opening.closes)
        here = max(here, opens)
        if not opening.is_closed(here.date()) and here < closes:
            if here + left <= closes:
                return (here + left).astimezone(UTC)
            left -= closes - here
        here = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return asked_at + timedelta(hours=hours)


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


# Between the customer's page and the proof that follows it in the QR code of the customer's half.
CLAIM_MARK = "#"


def claim_said(given: str) -> str:
    """The claim code in what was typed or scanned: six digits, or what stands behind the mark of a scanned link."""
    return given.strip().rpartition(CLAIM_MARK)[2]


def is_half_without_proof(given: str) -> bool:
    """Whether a link of ours was scanned that finds the job and proves nothing: that of the appliance's own half."""
    return "://" in given and CLAIM_MARK not in given
