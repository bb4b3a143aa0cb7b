"""Who opens a controlled store with whom, and the life of one opening. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_, Sentence


class StoreKind(StrEnum):
    """What nobody reaches alone (2.15)."""

    SAFE = "SAFE"
    HIGH_VALUE_PARTS = "HIGH_VALUE_PARTS"
    SEAL_CABINET = "SEAL_CABINET"
    SPECIAL_DRUGS = "SPECIAL_DRUGS"
    DANGEROUS_GOODS = "DANGEROUS_GOODS"
    ARCHIVE = "ARCHIVE"
    INSTRUMENTS = "INSTRUMENTS"


STORE_LABELS: Mapping[StoreKind, str] = {
    StoreKind.SAFE: N_("Safe"),
    StoreKind.HIGH_VALUE_PARTS: N_("High-value parts"),
    StoreKind.SEAL_CABINET: N_("Seals"),
    StoreKind.SPECIAL_DRUGS: N_("Special drugs"),
    StoreKind.DANGEROUS_GOODS: N_("Dangerous goods"),
    StoreKind.ARCHIVE: N_("Archive"),
    StoreKind.INSTRUMENTS: N_("Instruments"),
}


class LockGroup(StrEnum):
    """The two groups of locks of a store; nobody holds both."""

    ONE = "1"
    TWO = "2"


GROUP_LABELS: Mapping[LockGroup, str] = {LockGroup.ONE: N_("Lock group 1"), LockGroup.TWO: N_("Lock group 2")}


class LockKind(StrEnum):
    """By what a lock opens."""

    KEY = "KEY"
    PIN = "PIN"
    CARD = "CARD"
    DIGITAL = "DIGITAL"


LOCK_LABELS: Mapping[LockKind, str] = {
    LockKind.KEY: N_("By key"),
    LockKind.PIN: N_("By a number"),
    LockKind.CARD: N_("Card"),
    LockKind.DIGITAL: N_("Electronic"),
}


class Protection(StrEnum):
    """What protects a store and is tested: three irons and two devices (S2-81), and what they guard."""

    DOOR = "DOOR"
    WINDOW = "WINDOW"
    CABINET = "CABINET"
    ALARM = "ALARM"
    MONITOR = "MONITOR"
    TECHNICAL = "TECHNICAL"


PROTECTION_LABELS: Mapping[Protection, str] = {
    Protection.DOOR: N_("Door"),
    Protection.WINDOW: N_("Window grille"),
    Protection.CABINET: N_("Cabinet"),
    Protection.ALARM: N_("Alarm"),
    Protection.MONITOR: N_("Fire and camera"),
    Protection.TECHNICAL: N_("Technical check of the contents"),
}


class Authority(StrEnum):
    """Because of which document a store is opened (3.19)."""

    ISSUE_ORDER = "ISSUE_ORDER"
    RECEIPT = "RECEIPT"
    DEPOSIT = "DEPOSIT"
    SEAL_REQUEST = "SEAL_REQUEST"
    DRUG_ISSUE = "DRUG_ISSUE"
    INSPECTION = "INSPECTION"
    COUNT = "COUNT"


AUTHORITY_LABELS: Mapping[Authority, str] = {
    Authority.ISSUE_ORDER: N_("Issue order"),
    Authority.RECEIPT: N_("Receipt of goods"),
    Authority.DEPOSIT: N_("Deposit"),
    Authority.SEAL_REQUEST: N_("Seal request"),
    Authority.DRUG_ISSUE: N_("Drug issue"),
    Authority.INSPECTION: N_("Inspection"),
    Authority.COUNT: N_("Stock count"),
}


class Direction(StrEnum):
    """Which way something goes through the door."""

    IN = "IN"
    OUT = "OUT"


DIRECTION_LABELS: Mapping[Direction, str] = {Direction.IN: N_("Put in"), Direction.OUT: N_("Taken out")}


class StoreState(StrEnum):
    """Whether a store may be opened at all."""

    IN_USE = "IN_USE"
    FROZEN = "FROZEN"


STORE_STATE_LABELS: Mapping[StoreState, str] = {
    StoreState.IN_USE: N_("In use"),
    StoreState.FROZEN: N_("Frozen by a difference"),
}
STORE_ARROWS: Mapping[StoreState, Mapping[StoreState, str]] = {
    StoreState.IN_USE: {StoreState.FROZEN: "custody.recount"},
    StoreState.FROZEN: {StoreState.IN_USE: "custody.settle"},
}


class State(StrEnum):
    """Where one opening stands (3.19)."""

    REQUESTED = "REQUESTED"
    FIRST_AUTH = "FIRST_AUTH"
    OPEN = "OPEN"
    RECOUNTED = "RECOUNTED"
    DISCREPANCY = "DISCREPANCY"
    ALARM = "ALARM"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"
    DENIED = "DENIED"
    WITHDRAWN = "WITHDRAWN"


STATE_LABELS: Mapping[State, str] = {
    State.REQUESTED: N_("Nobody has signed in"),
    State.FIRST_AUTH: N_("Waits for the second person"),
    State.OPEN: N_("Open"),
    State.RECOUNTED: N_("Counted, waits for both to sign out"),
    State.DISCREPANCY: N_("The count does not agree"),
    State.ALARM: N_("Open for too long"),
    State.CLOSED: N_("Locked"),
    State.EXPIRED: N_("The second person did not come in time"),
    State.DENIED: N_("Denied"),
    State.WITHDRAWN: N_("Not needed after all"),
}

ARROWS: Mapping[State, Mapping[State, str]] = {
    State.REQUESTED: {
        State.FIRST_AUTH: "custody.sign_first",
        State.WITHDRAWN: "custody.withdraw",
        State.DENIED: "custody.count_wrong_password",
    },
    State.FIRST_AUTH: {
        State.OPEN: "custody.sign_second",
        State.DENIED: "custody.sign_second",
        State.EXPIRED: "custody.expire",
    },
    State.OPEN: {
        State.RECOUNTED: "custody.recount",
        State.DISCREPANCY: "custody.recount",
        State.ALARM: "custody.raise_alarm",
    },
    State.RECOUNTED: {State.CLOSED: "custody.sign_out", State.ALARM: "custody.raise_alarm"},
    State.ALARM: {State.CLOSED: "custody.close_alarm", State.DISCREPANCY: "custody.recount"},
    State.DISCREPANCY: {State.CLOSED: "custody.settle"},
    State.CLOSED: {},
    State.EXPIRED: {},
    State.DENIED: {},
    State.WITHDRAWN: {},
}

# Two people have been let in.
ENTERED = frozenset({State.OPEN, State.RECOUNTED, State.DISCREPANCY, State.ALARM, State.CLOSED})
# The store's door is somebody's business now: nobody else opens it meanwhile.
UNDER_WAY = frozenset({State.FIRST_AUTH, State.OPEN, State.RECOUNTED, State.DISCREPANCY, State.ALARM})
# Things go in and out.
MOVING = frozenset({State.OPEN, State.ALARM})


@dataclass(frozen=True, slots=True)
class Custodian:
    """Somebody at the door, as the house knows them today.

    lock_group   of the grant that holds today for this store; none without one
    """

    person_id: int
    lock_group: LockGroup | None
    is_certified: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may sign here, and why not."""

    because: tuple[Sentence, ...] = ()

    @property
    def refused(self) -> bool:
        return bool(self.because)


NO_GRANT = N_("Holds no lock of this store today.")
NOT_CERTIFIED = N_("Has no certificate for two-person custody today.")
SAME_PERSON = N_("The same person has signed in already; the second must be somebody else.")
SAME_GROUP = N_("Both hold locks of the same group.")


def judge(custodian: Custodian, *, first: Custodian | None = None) -> Verdict:
    """Whether this person may sign in, alone or as the second beside the first.

    source   CTL-1, CTL-2, EX-13, 5.4
    """
    because = []
    if first is not None and custodian.person_id == first.person_id:
        because.append(SAME_PERSON)
    if custodian.lock_group is None:
        because.append(NO_GRANT)
    elif first is not None and custodian.person_id != first.person_id and custodian.lock_group == first.lock_group:
        because.append(SAME_GROUP)
    if not custodian.is_certified:
        because.append(NOT_CERTIFIED)
    return Verdict(tuple(map(Sentence, because)))


def after(direction: Direction, *, before: int, quantity: int) -> int:
    """How many there are when it is done."""
    return before + quantity if direction is Direction.IN else before - quantity


def differing(expected: Mapping[int, int], counted: Mapping[int, int]) -> Sequence[int]:
    """The lines whose count is not what the record says, in their order."""
    return [line for line in sorted(expected) if counted[line] != expected[line]]
