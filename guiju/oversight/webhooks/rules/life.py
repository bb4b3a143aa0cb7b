"""The life of an endpoint and of a delivery, and how long to wait."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from guiju.kernel.lifecycle import Arrows
from guiju.kernel.words import N_


class EndpointState(StrEnum):
    """Whether news goes there."""

    ON = "ON"
    PAUSED = "PAUSED"
    REVOKED = "REVOKED"


class Pause(StrEnum):
    """Why nothing goes there for the time being."""

    BY_HAND = "BY_HAND"
    FAILING = "FAILING"
    GONE = "GONE"


class DeliveryState(StrEnum):
    """What became of one message to one endpoint."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


ARROWS: Arrows = {
    EndpointState.ON: {EndpointState.PAUSED: "webhooks.pause", EndpointState.REVOKED: "webhooks.revoke"},
    EndpointState.PAUSED: {EndpointState.ON: "webhooks.resume", EndpointState.REVOKED: "webhooks.revoke"},
}
LABELS: Mapping[EndpointState, str] = {
    EndpointState.ON: N_("On"),
    EndpointState.PAUSED: N_("Paused"),
    EndpointState.REVOKED: N_("Revoked"),
}
PAUSE_LABELS: Mapping[Pause, str] = {
    Pause.BY_HAND: N_("Paused by hand"),
    Pause.FAILING: N_("Paused because it failed for days"),
    Pause.GONE: N_("Paused because the receiver said that it is gone"),
}
DELIVERY_LABELS: Mapping[DeliveryState, str] = {
    DeliveryState.PENDING: N_("Waiting"),
    DeliveryState.DELIVERED: N_("Arrived"),
    DeliveryState.FAILED: N_("Given up"),
}

# 5 s, 20 s, 80 s, 5 min, 21 min, 1.4 h, 5.7 h, then every 12 hours: a receiver that restarts hears at once, one that is down over
# a weekend still does, and the last attempts are no burden.
FIRST_WAIT_SECONDS = 5
WAIT_FACTOR = 4
LONGEST_WAIT_SECONDS = 12 * 60 * 60
# Up to a fifth longer, so that what failed together is not tried together.
JITTER_DIVISOR = 5
# An endpoint in trouble rests, so that its slowness takes no lane from the others: 2 s, 4 s … 5 minutes.
LONGEST_REST_SECONDS = 300


def wait(tries: int, *, key: str) -> timedelta:
    """How long to wait after so many tries of one message; longer by a share that hangs on the message and the try."""
    seconds = min(FIRST_WAIT_SECONDS * WAIT_FACTOR ** min(tries - 1, 12), LONGEST_WAIT_SECONDS)
    share = int.from_bytes(hashlib.sha256(f"{key} {tries}".encode()).digest()[:2])
    return timedelta(seconds=seconds, milliseconds=seconds * 1000 * share // (0xFFFF * JITTER_DIVISOR))


def asked_for(retry_after: str, *, at: datetime, most: timedelta) -> timedelta:
    """How long the receiver asks us to wait (RFC 9110: seconds, or a date); nothing where it asks nothing that can be read.

    most   longer is not obeyed: a receiver that errs must not silence itself for good
    """
    said = retry_after.strip()
    if said.isascii() and said.isdecimal():
        # Cut before it is counted: a number of a thousand digits is no time.
        return min(timedelta(seconds=int(said[:9])), most)
    try:
        until = parsedate_to_datetime(said)
    except (TypeError, ValueError, IndexError, OverflowError):
        return timedelta(0)
    # A date without a zone is one of RFC 9110 too: GMT.
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - at, timedelta(0)), most)


def rest(failures: int) -> timedelta:
    """How long an endpoint rests that did not answer so many times in a row."""
    return timedelta(seconds=min(2 ** min(failures, 12), LONGEST_REST_SECONDS))
