"""The life of a count, what is far off, what is due, and whose word is enough."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guiju.kernel.words import N_, Sentence


class CountKind(StrEnum):
    """Why a count is made (domain 2.9)."""

    FULL = "FULL"
    CYCLE = "CYCLE"
    SPOT = "SPOT"
    VAN = "VAN"
    HANDOVER = "HANDOVER"


KIND_LABELS: Mapping[CountKind, str] = {
    CountKind.FULL: N_("Full count"),
    CountKind.CYCLE: N_("Cycle count"),
    CountKind.SPOT: N_("Spot check"),
    CountKind.VAN: N_("Van count"),
    CountKind.HANDOVER: N_("Count at a handover"),
}


# These take every bin of the store.
OF_ALL_BINS = frozenset({CountKind.FULL, CountKind.VAN, CountKind.HANDOVER})


class CountState(StrEnum):
    """Where a count stands (3.9)."""

    PLANNED = "PLANNED"
    FROZEN = "FROZEN"
    COUNTING = "COUNTING"
    COUNTED = "COUNTED"
    RECOUNT = "RECOUNT"
    REVIEW = "REVIEW"
    APPROVED = "APPROVED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


COUNT_LABELS: Mapping[CountState, str] = {
    CountState.PLANNED: N_("Planned"),
    CountState.FROZEN: N_("Ready to be counted"),
    CountState.COUNTING: N_("Being counted"),
    CountState.COUNTED: N_("Counted"),
    CountState.RECOUNT: N_("Being recounted"),
    CountState.REVIEW: N_("Waits for approval"),
    CountState.APPROVED: N_("Approved"),
    CountState.CLOSED: N_("Closed"),
    CountState.CANCELLED: N_("Cancelled"),
}

COUNT_ARROWS: Mapping[CountState, Mapping[CountState, str]] = {
    CountState.PLANNED: {CountState.FROZEN: "counting.freeze", CountState.CANCELLED: "counting.cancel"},
    CountState.FROZEN: {CountState.COUNTING: "counting.open_bin", CountState.CANCELLED: "counting.cancel"},
    CountState.COUNTING: {CountState.COUNTED: "counting.hand_in", CountState.CANCELLED: "counting.cancel"},
    CountState.COUNTED: {CountState.RECOUNT: "counting.recount", CountState.REVIEW: "counting.explain"},
    CountState.RECOUNT: {CountState.COUNTED: "counting.hand_in"},
    CountState.REVIEW: {CountState.APPROVED: "counting.approve", CountState.COUNTING: "counting.reject"},
    CountState.APPROVED: {CountState.CLOSED: "counting.close"},
    CountState.CLOSED: {},
    CountState.CANCELLED: {},
}
# Somebody stands at the shelves.
AT_THE_SHELVES = frozenset({CountState.FROZEN, CountState.COUNTING, CountState.RECOUNT})
# The sheets are handed in: what the book expected may be seen, unless something is still to be recounted.
HANDED_IN = frozenset({CountState.COUNTED, CountState.REVIEW, CountState.APPROVED, CountState.CLOSED})


class BinState(StrEnum):
    """Where a bin of a count stands; FREE once the count is over."""

    DUE = "DUE"
    OPEN = "OPEN"
    DONE = "DONE"
    FREE = "FREE"


BIN_LABELS: Mapping[BinState, str] = {
    BinState.DUE: N_("To be counted"),
    BinState.OPEN: N_("Being counted now"),
    BinState.DONE: N_("Counted"),
    BinState.FREE: N_("Over"),
}


class SheetState(StrEnum):
    """How one person's pass over one bin ended."""

    OPEN = "OPEN"
    FINISHED = "FINISHED"
    LEFT = "LEFT"


class Cause(StrEnum):
    """Why the bin holds other than the book says; there is no empty one."""

    UNBOOKED_ISSUE = "UNBOOKED_ISSUE"
    UNBOOKED_RECEIPT = "UNBOOKED_RECEIPT"
    UNBOOKED_RETURN = "UNBOOKED_RETURN"
    WRONG_BIN = "WRONG_BIN"
    WRONG_PART = "WRONG_PART"
    SHORT_DELIVERY = "SHORT_DELIVERY"
    DAMAGED = "DAMAGED"
    EARLIER_COUNT = "EARLIER_COUNT"
    UNIT_OF_MEASURE = "UNIT_OF_MEASURE"
    THEFT = "THEFT"
    UNKNOWN = "UNKNOWN"


CAUSE_LABELS: Mapping[Cause, str] = {
    Cause.UNBOOKED_ISSUE: N_("Taken out and not booked"),
    Cause.UNBOOKED_RECEIPT: N_("Delivered and not booked"),
    Cause.UNBOOKED_RETURN: N_("Brought back and not booked"),
    Cause.WRONG_BIN: N_("Lies in another bin"),
    Cause.WRONG_PART: N_("Another part was booked for it"),
    Cause.SHORT_DELIVERY: N_("The delivery was short"),
    Cause.DAMAGED: N_("Damaged and thrown away"),
    Cause.EARLIER_COUNT: N_("An earlier count was wrong"),
    Cause.UNIT_OF_MEASURE: N_("Booked in another unit"),
    Cause.THEFT: N_("Theft is suspected"),
    Cause.UNKNOWN: N_("Not found out"),
}
# Nobody believes these without a sentence.
CAUSES_WITH_A_NOTE = frozenset({Cause.THEFT, Cause.UNKNOWN})


class UnknownOutcome(StrEnum):
    """What a scan turned out to be that names no part and no bin."""

    WRONG_LABEL = "WRONG_LABEL"
    NOT_IN_CATALOGUE = "NOT_IN_CATALOGUE"
    CUSTOMERS = "CUSTOMERS"
    OLD_PART = "OLD_PART"
    NO_PART = "NO_PART"


UNKNOWN_LABELS: Mapping[UnknownOutcome, str] = {
    UnknownOutcome.WRONG_LABEL: N_("One of our parts with a wrong label"),
    UnknownOutcome.NOT_IN_CATALOGUE: N_("A part that the catalogue does not know yet"),
    UnknownOutcome.CUSTOMERS: N_("A customer's own"),
    UnknownOutcome.OLD_PART: N_("An old part"),
    UnknownOutcome.NO_PART: N_("No part at all, or misread"),
}


def read(text: str) -> str:
    """What a scanner or a keyboard gave, as our codes are written: half-width, no blanks around, capital letters.

    A Chinese keyboard types Ａ－０１ where the label says A-01; a code that is the address of a page ends with what it names.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    # Full-width input has a dash of its own in each keyboard; labels have one.
    plain = "".join("-" if sign in "‐‑‒–—―−ー" else sign for sign in plain if sign.isprintable())
    if plain.startswith(("HTTP://", "HTTPS://")):
        plain = plain.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    return plain.strip()


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far off a count may be before somebody else counts again: so many pieces, or such a share of what was expected.

    percent   as Decimal or int; the larger of the two holds, so that one screw of a thousand calls nobody back
    """

    pieces: int
    percent: object

    def is_exceeded(self, *, expected: int, counted: int) -> bool:
        """Whether the difference is over it; exactly on it is within (4.12)."""
        off = abs(counted - expected)
        # In hundredths, so that no division rounds.
        return off > self.pieces and off * 100 > expected * self.percent  # type: ignore[operator]


# --- What is due


class Class(StrEnum):
    """How closely a part is watched: A most."""

    A = "A"
    B = "B"
    C = "C"


# Pareto's usual cuts: what makes up the first 80 % is A, up to 95 % B; a part that never moved is C.
A_UP_TO_PERCENT, B_UP_TO_PERCENT = 80, 95


@dataclass(frozen=True, slots=True)
class Usage:
    """What went out of one part in a year.

    value_minor   at cost
    moves         how often, which is how often it can have gone wrong
    """

    part_id: int
    value_minor: int
    moves: int


def classes(usage: Iterable[Usage]) -> dict[int, Class]:
    """A, B or C of each part: the better of its place by value and its place by movement (S6-25)."""
    rows = list(usage)
    by_value = _cut([(each.part_id, each.value_minor) for each in rows])
    by_moves = _cut([(each.part_id, each.moves) for each in rows])
    return {each.part_id: min(by_value[each.part_id], by_moves[each.part_id]) for each in rows}


def _cut(weights: Sequence[tuple[int, int]]) -> dict[int, Class]:
    """The class of each by the share of the total that lies before it."""
    total, before, found = sum(weight for _, weight in weights), 0, {}
    for part_id, weight in sorted(weights, key=lambda each: (-each[1], each[0])):
        if weight <= 0 or before * 100 >= total * B_UP_TO_PERCENT:
            found[part_id] = Class.C
        else:
            found[part_id] = Class.A if before * 100 < total * A_UP_TO_PERCENT else Class.B
        before += weight
    return found


@dataclass(frozen=True, slots=True)
class Shelved:
    """A part that lies in a bin, and when a count last looked at it there; never is None."""

    bin_id: int
    part_id: int
    last_counted_on: date | None


@dataclass(frozen=True, slots=True)
class DueBin:
    """A bin that should be counted, because of the part in it that has waited longest past its time.

    overdue_days   None where it was never counted
    """

    bin_id: int
    part_class: Class
    overdue_days: int | None
    parts: int


def due(
    shelved: Iterable[Shelved], watched: Mapping[int, Class], days: Mapping[Class, int], *, on: date
) -> list[DueBin]:
    """The bins that a cycle count should take next: never counted before overdue, A before B before C (S6-25).

    watched   the class of each part; one that is not in it is C
    days      how many days after a count the next is due, by class
    """
    found: dict[int, DueBin] = {}
    for each in shelved:
        part_class = watched.get(each.part_id, Class.C)
        late = None if each.last_counted_on is None else (on - each.last_counted_on).days - days[part_class]
        if late is not None and late < 0:
            continue
        this = DueBin(each.bin_id, part_class, late, 1)
        before = found.get(each.bin_id)
        first = this if before is None else min(this, before, key=_urgency)
        parts = 1 + (before.parts if before else 0)
        found[each.bin_id] = DueBin(each.bin_id, first.part_class, first.overdue_days, parts)
    return sorted(found.values(), key=lambda each: (*_urgency(each), each.bin_id))


def _urgency(each: DueBin) -> tuple[str, int]:
    # Among those of a class the never counted first, then the longest overdue.
    return each.part_class.value, -(10**6) if each.overdue_days is None else -each.overdue_days


# --- Whose word is enough

# Who decides together what is over each one's own limit (5.3).
BODY = ("FI", "NM", "LM")


@dataclass(frozen=True, slots=True)
class Worth:
    """What the differences of a count are worth at cost.

    is_known   false where a part that differs has no cost: then only finance can say what it is worth
    """

    loss_minor: int
    found_minor: int
    is_known: bool

    @property
    def total_minor(self) -> int:
        """Both, because what is too much of one is often too little of another."""
        return self.loss_minor + self.found_minor


def wanted(
    worth: Worth, signed: Iterable[str], *, limits: Mapping[str, int | None], collective_minor: int
) -> list[str]:
    """The roles whose signature is still missing; none when these are enough.

    limits   by role, in minor units; None is without limit
    source   5.3: up to the own limit one is enough, over finance's limit finance and another sign, from the collective amount on all
    """
    given = frozenset(signed)
    if any(suffices(role, worth, limits) for role in given):
        return []
    if any(suffices(role, worth, limits) for role in limits):
        return [role for role in limits if suffices(role, worth, limits)]
    if worth.total_minor >= collective_minor:
        return [role for role in BODY if role not in given]
    missing = [] if "FI" in given else ["FI"]
    return missing + ([] if given & {"NM", "LM"} else ["NM"])


def suffices(role: str, worth: Worth, limits: Mapping[str, int | None]) -> bool:
    """Whether this one may approve it alone."""
    if role not in limits or (not worth.is_known and role != "FI"):
        return False
    limit = limits[role]
    return limit is None or worth.total_minor <= limit


def adds(role: str, worth: Worth, limits: Mapping[str, int | None]) -> bool:
    """Whether a signature of this role brings it nearer: alone, or as one of those who decide together."""
    return suffices(role, worth, limits) or (role in BODY and not any(suffices(each, worth, limits) for each in limits))


def uncounted(names: Sequence[str]) -> Sentence:
    """Which parts of the bin nobody has looked for yet; never how many there should be."""
    return Sentence(N_("Not counted yet: %(parts)s. Count it, or enter 0."), {"parts": ", ".join(names)})
