"""The life of a call and of a call-back, and which calls a manager listens to. Plain values in and out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from guiju.kernel.words import N_


class Direction(StrEnum):
    """Who dialled."""

    IN = "IN"
    OUT = "OUT"


DIRECTION_LABELS: Mapping[Direction, str] = {Direction.IN: N_("The customer called"), Direction.OUT: N_("We called")}


class CallState(StrEnum):
    """Where a call is."""

    RINGING = "RINGING"
    IN_MENU = "IN_MENU"
    WAITING = "WAITING"
    TALKING = "TALKING"
    ENDED = "ENDED"
    ABANDONED = "ABANDONED"


CALL_LABELS: Mapping[CallState, str] = {
    CallState.RINGING: N_("Ringing"),
    CallState.IN_MENU: N_("In the voice menu"),
    CallState.WAITING: N_("Waiting for somebody"),
    CallState.TALKING: N_("Talking"),
    CallState.ENDED: N_("Call ended"),
    CallState.ABANDONED: N_("Hung up unheard"),
}

CALL_ARROWS: Mapping[CallState, Mapping[CallState, str]] = {
    CallState.RINGING: {
        CallState.IN_MENU: "telephone.press",
        CallState.WAITING: "telephone.press",
        CallState.TALKING: "telephone.answer",
        CallState.ENDED: "telephone.hang_up",
        CallState.ABANDONED: "telephone.hang_up",
    },
    CallState.IN_MENU: {
        CallState.WAITING: "telephone.press",
        CallState.TALKING: "telephone.answer",
        CallState.ENDED: "telephone.hang_up",
        CallState.ABANDONED: "telephone.hang_up",
    },
    CallState.WAITING: {
        CallState.TALKING: "telephone.answer",
        CallState.ENDED: "telephone.hang_up",
        CallState.ABANDONED: "telephone.hang_up",
    },
    CallState.TALKING: {CallState.ENDED: "telephone.hang_up"},
    CallState.ENDED: {},
    CallState.ABANDONED: {},
}

# Nobody speaks with the caller yet.
ON_THE_LINE = frozenset({CallState.RINGING, CallState.IN_MENU, CallState.WAITING})
LIVE = ON_THE_LINE | {CallState.TALKING}


def ended_as(state: CallState, *, direction: Direction, was_served: bool) -> CallState:
    """What a call is once somebody has hung up.

    was_served   the menu gave the caller what was wanted: a status was read out, or a call back was asked for
    """
    if state is CallState.TALKING or direction is Direction.OUT or was_served:
        return CallState.ENDED
    return CallState.ABANDONED


def seconds_between(since: datetime | None, until: datetime | None) -> int:
    """Whole seconds; none while either end is open."""
    return max(0, int((until - since).total_seconds())) if since and until else 0


class CallBackReason(StrEnum):
    """Why we owe somebody a call."""

    ASKED = "ASKED"
    ABANDONED = "ABANDONED"
    PROMISED = "PROMISED"


REASON_LABELS: Mapping[CallBackReason, str] = {
    CallBackReason.ASKED: N_("Asked for in the voice menu"),
    CallBackReason.ABANDONED: N_("Hung up before we answered"),
    CallBackReason.PROMISED: N_("Promised in a call"),
}


class CallBackState(StrEnum):
    """Whether the call that we owe was made."""

    OPEN = "OPEN"
    REACHED = "REACHED"
    GIVEN_UP = "GIVEN_UP"


CALL_BACK_LABELS: Mapping[CallBackState, str] = {
    CallBackState.OPEN: N_("To be called back"),
    CallBackState.REACHED: N_("Reached"),
    CallBackState.GIVEN_UP: N_("Given up"),
}

CALL_BACK_ARROWS: Mapping[CallBackState, Mapping[CallBackState, str]] = {
    CallBackState.OPEN: {
        CallBackState.REACHED: "telephone.finish_call_back",
        CallBackState.GIVEN_UP: "telephone.give_up_call_back",
    },
    CallBackState.REACHED: {},
    CallBackState.GIVEN_UP: {},
}


def month_of(on: date) -> date:
    """The first day of the month in which the day lies."""
    return on.replace(day=1)


def seed_of(unit_code: str, agent_number: str, month: date) -> str:
    """The seed of one agent's month: anybody can draw again and get the same calls."""
    return f"{unit_code}/{agent_number}/{month:%Y-%m}"


def draw(keys: Iterable[int], *, seed: str, size: int) -> tuple[int, ...]:
    """Which of these calls are listened to: nobody chooses them, and everybody who draws again gets the same.

    Each call has its place in the draw by itself, so a call that comes later never changes the order of the others.
    """

    def place(key: int) -> tuple[bytes, int]:
        return hashlib.sha256(f"{seed}\x00{key}".encode()).digest(), key

    return tuple(sorted(set(keys), key=place)[:size])
