"""The life of a transfer, and why something of it is lost."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class State(StrEnum):
    """Where a transfer stands."""

    REQUESTED = "REQUESTED"
    SENT = "SENT"
    PART_RECEIVED = "PART_RECEIVED"
    CLOSED = "CLOSED"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"


LABELS: Mapping[State, str] = {
    State.REQUESTED: N_("Asked for"),
    State.SENT: N_("On the way"),
    State.PART_RECEIVED: N_("Received in part"),
    State.CLOSED: N_("Closed"),
    State.REFUSED: N_("Refused"),
    State.CANCELLED: N_("Cancelled"),
}

# It closes by itself with the last piece that came or was declared lost; nobody closes it by hand (INV-5).
ARROWS: Mapping[State, Mapping[State, str]] = {
    State.REQUESTED: {
        State.SENT: "transfers.send",
        State.REFUSED: "transfers.refuse",
        State.CANCELLED: "transfers.cancel",
    },
    State.SENT: {State.PART_RECEIVED: "transfers.receive", State.CLOSED: "transfers.receive"},
    State.PART_RECEIVED: {State.CLOSED: "transfers.receive"},
    State.CLOSED: {},
    State.REFUSED: {},
    State.CANCELLED: {},
}

# Something is on the way.
UNDER_WAY = frozenset({State.SENT, State.PART_RECEIVED})
OPEN = UNDER_WAY | {State.REQUESTED}


class Cause(StrEnum):
    """Why pieces of a transfer are lost."""

    SHORT = "SHORT"
    DAMAGED = "DAMAGED"


CAUSE_LABELS: Mapping[Cause, str] = {
    Cause.SHORT: N_("It never came"),
    Cause.DAMAGED: N_("It came good for nothing"),
}


def on_the_way(*, sent: int, received: int, lost: int) -> int:
    """What is still on the way of one line (INV-5): what was sent, less what came, less what is declared lost."""
    return sent - received - lost


def state_after(*, on_the_way: int) -> State:
    """Where the transfer stands once something came or was declared lost: it closes with the last piece, and not before (EX-15)."""
    return State.PART_RECEIVED if on_the_way else State.CLOSED
