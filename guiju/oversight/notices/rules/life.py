"""The life of a message: when it may go, and how often it is tried."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

from guiju.kernel.lifecycle import Arrows
from guiju.kernel.words import N_


class MessageState(StrEnum):
    """What became of a message."""

    QUEUED = "QUEUED"
    HELD = "HELD"
    SENT = "SENT"
    FAILED = "FAILED"
    UNREACHABLE = "UNREACHABLE"
    UNWANTED = "UNWANTED"


ARROWS: Arrows = {
    MessageState.QUEUED: {
        MessageState.SENT: "notices.carry",
        MessageState.FAILED: "notices.carry",
        MessageState.UNWANTED: "notices.carry",
        MessageState.UNREACHABLE: "notices.carry",
    },
    MessageState.HELD: {MessageState.QUEUED: "notices.carry"},
    MessageState.SENT: {MessageState.QUEUED: "notices.resend", MessageState.HELD: "notices.resend"},
    MessageState.FAILED: {MessageState.QUEUED: "notices.resend", MessageState.HELD: "notices.resend"},
    MessageState.UNREACHABLE: {MessageState.QUEUED: "notices.resend", MessageState.HELD: "notices.resend"},
    MessageState.UNWANTED: {MessageState.QUEUED: "notices.resend", MessageState.HELD: "notices.resend"},
}
SENDABLE_AGAIN = frozenset(state for state, arrows in ARROWS.items() if "notices.resend" in arrows.values())
LABELS: Mapping[MessageState, str] = {
    MessageState.QUEUED: N_("On its way"),
    MessageState.HELD: N_("Waits until morning"),
    MessageState.SENT: N_("Sent"),
    MessageState.FAILED: N_("Could not be sent"),
    MessageState.UNREACHABLE: N_("Nothing to write to"),
    MessageState.UNWANTED: N_("The customer does not want it"),
}

# 1 min, 5 min, 25 min, 2 h, 10 h: a gateway that is down over night is waited for; what nobody reads after a day is not sent.
FIRST_WAIT = timedelta(minutes=1)
WAIT_FACTOR = 5
TRIES_MAX = 6


def wait(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    times: int = WAIT_FACTOR ** (min(tries, TRIES_MAX) - 1)
    return FIRST_WAIT * times


def not_before(moment: datetime, *, quiet_from: time, quiet_until: time) -> datetime:
    """The first moment at which a customer may be written to, from this one on.

    moment       in the unit's own zone
    quiet_from   and quiet_until may stand over midnight; the same time twice is no quiet at all
    """
    if not _is_quiet(moment.time(), quiet_from, quiet_until):
        return moment
    # Wall time in the zone: where the clocks change in the night, morning is still morning.
    morning = moment.replace(hour=quiet_until.hour, minute=quiet_until.minute, second=0, microsecond=0, fold=0)
    return morning if morning > moment else morning + timedelta(days=1)


def _is_quiet(clock: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until
