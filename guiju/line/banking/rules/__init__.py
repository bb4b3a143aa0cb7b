"""The lives of a bag and of a deposit, the days and hours of the bank, and what is banked of a drawer. Plain values in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from guiju.kernel.words import N_


class Batch(StrEnum):
    """Of which part of the day takings are: a bag is of the day or the evening, a deposit of the day or the next morning."""

    DAY = "DAY"
    EVENING = "EVENING"
    MORNING = "MORNING"


BATCH_LABELS: Mapping[Batch, str] = {
    Batch.DAY: N_("Daytime"),
    Batch.EVENING: N_("Of the evening"),
    Batch.MORNING: N_("Of the next morning"),
}


class BagState(StrEnum):
    """Where a bag stands (3.10)."""

    PACKED = "PACKED"
    SEALED = "SEALED"
    IN_SAFE = "IN_SAFE"
    RETRIEVED = "RETRIEVED"
    DEPOSITED = "DEPOSITED"
    RECONCILED = "RECONCILED"
    INCIDENT = "INCIDENT"
    EMPTIED = "EMPTIED"


BAG_LABELS: Mapping[BagState, str] = {
    BagState.PACKED: N_("Waits for the second signature"),
    BagState.SEALED: N_("Sealed by two"),
    BagState.IN_SAFE: N_("In the safe"),
    BagState.RETRIEVED: N_("On the way to the bank"),
    BagState.DEPOSITED: N_("At the bank"),
    BagState.RECONCILED: N_("Confirmed by the bank"),
    BagState.INCIDENT: N_("Something is wrong"),
    BagState.EMPTIED: N_("Empty"),
}
BAG_ARROWS: Mapping[BagState, Mapping[BagState, str]] = {
    BagState.PACKED: {BagState.SEALED: "banking.countersign_bag", BagState.EMPTIED: "banking.unpack_bag"},
    BagState.SEALED: {
        BagState.IN_SAFE: "banking.lock_up",
        BagState.RETRIEVED: "banking.prepare_bags",
        BagState.INCIDENT: "banking.report_incident",
    },
    BagState.IN_SAFE: {BagState.RETRIEVED: "banking.retrieve", BagState.INCIDENT: "banking.report_incident"},
    BagState.RETRIEVED: {BagState.DEPOSITED: "banking.bank_it", BagState.SEALED: "banking.take_back"},
    BagState.DEPOSITED: {BagState.RECONCILED: "banking.reconcile"},
    BagState.RECONCILED: {},
    # Whoever was not there has counted it and says what happened; then it may go to the bank.
    BagState.INCIDENT: {
        BagState.RETRIEVED: "banking.settle_incident",
        BagState.EMPTIED: "banking.settle_incident",
    },
    BagState.EMPTIED: {},
}
# Two have signed for what is in it.
SIGNED = frozenset(BagState) - {BagState.PACKED, BagState.EMPTIED}
# It has left the till and is not at the bank.
UNDER_WAY = frozenset({BagState.SEALED, BagState.IN_SAFE, BagState.RETRIEVED, BagState.INCIDENT})


class DepositState(StrEnum):
    """Where a deposit stands (3.10)."""

    PREPARED = "PREPARED"
    DEPOSITED = "DEPOSITED"
    EXCEPTION = "EXCEPTION"
    RECONCILED = "RECONCILED"
    TAKEN_BACK = "TAKEN_BACK"
    NIL = "NIL"


DEPOSIT_LABELS: Mapping[DepositState, str] = {
    DepositState.PREPARED: N_("Prepared, on the way"),
    DepositState.DEPOSITED: N_("At the bank"),
    DepositState.EXCEPTION: N_("The bank's statement does not agree"),
    DepositState.RECONCILED: N_("Confirmed by the bank"),
    DepositState.TAKEN_BACK: N_("Brought back"),
    DepositState.NIL: N_("Nothing to bring"),
}
DEPOSIT_ARROWS: Mapping[DepositState, Mapping[DepositState, str]] = {
    DepositState.PREPARED: {DepositState.DEPOSITED: "banking.bank_it", DepositState.TAKEN_BACK: "banking.take_back"},
    DepositState.DEPOSITED: {
        DepositState.RECONCILED: "banking.reconcile",
        DepositState.EXCEPTION: "banking.except_deposit",
    },
    DepositState.EXCEPTION: {DepositState.RECONCILED: "banking.settle_exception"},
    DepositState.RECONCILED: {},
    DepositState.TAKEN_BACK: {},
    DepositState.NIL: {},
}
# The bank has it.
BANKED = frozenset({DepositState.DEPOSITED, DepositState.EXCEPTION, DepositState.RECONCILED})


class Alarm(StrEnum):
    """What somebody has to look at, and the clock or a verb has said so."""

    PROMPT = "PROMPT"
    NO_DEPOSIT = "NO_DEPOSIT"
    OVERDUE = "OVERDUE"
    LATE = "LATE"
    NOT_AT_THE_BANK = "NOT_AT_THE_BANK"
    SAFE_FULL = "SAFE_FULL"
    INCIDENT = "INCIDENT"
    CAMERA = "CAMERA"
    SEALS = "SEALS"
    EXCEPTION = "EXCEPTION"
    POUCH_LATE = "POUCH_LATE"


ALARM_LABELS: Mapping[Alarm, str] = {
    Alarm.PROMPT: N_("Prepare the deposit before the cut-off"),
    Alarm.NO_DEPOSIT: N_("No deposit was prepared in time"),
    Alarm.OVERDUE: N_("A deposit is on the way and past its time"),
    Alarm.LATE: N_("A deposit came to the bank late"),
    Alarm.NOT_AT_THE_BANK: N_("A bag is not at the bank though it was due"),
    Alarm.SAFE_FULL: N_("More lies in the safe than the bank allows"),
    Alarm.INCIDENT: N_("A bag: something is wrong with it"),
    Alarm.CAMERA: N_("The camera at the safe does not run"),
    Alarm.SEALS: N_("The duty officer did not find every bag"),
    Alarm.EXCEPTION: N_("The statement and a deposit differ"),
    Alarm.POUCH_LATE: N_("Cash of a pouch is not handed in though it was due"),
}

# Days after which a deposit that the bank's statement does not show is an exception (3.10).
EXCEPTION_AFTER = 2
# How long before the cut-off the cashier is reminded (3.10: 15:30 for 16:00).
PROMPT_BEFORE = timedelta(minutes=30)
# From then on a night has begun that ends at the next noon, by the clock of the wall.
NOON = time(12)
# No holiday of any state is longer; past that the calendar itself is wrong.
CLOSED_DAYS_MAX = 60


def instant(day: date, clock: time, zone: str) -> datetime:
    """The instant at which the wall clock of that zone shows that time; of an hour that there is twice, the first."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def exists(day: date, zone: str) -> bool:
    """Whether there is such a day: Apia had no 30th of December 2011."""
    noon = datetime.combine(day, NOON, ZoneInfo(zone))
    return noon.astimezone(UTC).astimezone(ZoneInfo(zone)).date() == day


def next_bank_day(day: date, *, is_open: Callable[[date], bool], zone: str) -> date:
    """The first day after this one on which the bank is open.

    is_open  whether offices work on that day, by the calendar of the state
    """
    for later in range(1, CLOSED_DAYS_MAX):
        found = day + timedelta(days=later)
        if exists(found, zone) and is_open(found):
            return found
    raise ValueError(f"No bank opens within {CLOSED_DAYS_MAX} days after {day}.")


@dataclass(frozen=True)
class Deadline:
    """By when a deposit is due, and after when it is late."""

    due_at: datetime
    late_after: datetime


def day_deadline(day: date, *, cutoff: time, grace_min: int, zone: str) -> Deadline:
    """The deposit of the day: by the cut-off, and late after the grace (S6-31).

    The grace is time that passes and not the wall clock, so it is as long on a day on which the clock is put forward.
    """
    due = instant(day, cutoff, zone)
    return Deadline(due, due + timedelta(minutes=grace_min))


def morning_deadline(bank_day: date, *, by: time, zone: str) -> Deadline:
    """What was kept overnight: the first thing on the next day on which the bank is open (S6-35)."""
    due = instant(bank_day, by, zone)
    return Deadline(due, due)


def of_the_hour(deadline: Deadline, at: datetime) -> Alarm | None:
    """What is said of a drawer whose takings nobody has prepared: a reminder before the cut-off, an alarm after the grace."""
    if at > deadline.late_after:
        return Alarm.NO_DEPOSIT
    return Alarm.PROMPT if at >= deadline.due_at - PROMPT_BEFORE else None


def night_of(at: datetime, zone: str) -> date:
    """The day on which the night began that it is now: until noon that of the day before."""
    local = at.astimezone(ZoneInfo(zone))
    return local.date() if local.time() >= NOON else local.date() - timedelta(days=1)


@dataclass(frozen=True)
class Proposal:
    """What goes to the bank and what stays as change, each as {denomination in minor units: how many}."""

    to_bank: Mapping[int, int]
    to_keep: Mapping[int, int]

    @property
    def bank_minor(self) -> int:
        """What goes to the bank, in minor units."""
        return sum(denomination * count for denomination, count in self.to_bank.items())


def propose(lying: Mapping[int, int], *, keep_minor: int) -> Proposal:
    """What to bring to the bank of what lies in the drawer: the largest notes, so that small change stays for the next customer.

    keep_minor  the float; at least that much stays, and more only where no smaller piece goes
    source      S6-31, `cash.standard_float`
    """
    total = sum(denomination * count for denomination, count in lying.items())
    left = max(0, total - keep_minor)
    to_bank: dict[int, int] = {}
    for denomination in sorted(lying, reverse=True):
        count = min(lying[denomination], left // denomination)
        if count:
            to_bank[denomination] = count
            left -= count * denomination
    to_keep = {each: lying[each] - to_bank.get(each, 0) for each in lying if lying[each] > to_bank.get(each, 0)}
    return Proposal(to_bank, to_keep)


# What a provider pays to the bank, as the money book names the places.
SETTLED_TENDERS = ("CARD", "WALLET", "TRANSFER")
