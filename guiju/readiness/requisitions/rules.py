"""The life of a requisition."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class State(StrEnum):
    """Where a requisition stands."""

    ASKED = "ASKED"
    SIGNED = "SIGNED"
    ISSUED = "ISSUED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


LABELS: Mapping[State, str] = {
    State.ASKED: N_("Waits for a signature"),
    State.SIGNED: N_("Signed, to be handed out"),
    State.ISSUED: N_("Handed out"),
    State.REFUSED: N_("Refused"),
    State.WITHDRAWN: N_("Withdrawn"),
}

ARROWS: Mapping[State, Mapping[State, str]] = {
    State.ASKED: {
        State.SIGNED: "requisitions.sign",
        State.REFUSED: "requisitions.refuse",
        State.WITHDRAWN: "requisitions.withdraw",
    },
    State.SIGNED: {State.ISSUED: "requisitions.issue", State.WITHDRAWN: "requisitions.withdraw"},
    State.ISSUED: {},
    State.REFUSED: {},
    State.WITHDRAWN: {},
}

OPEN = frozenset({State.ASKED, State.SIGNED})
NOT_SIGNED = frozenset({State.REFUSED, State.WITHDRAWN})


def in_use(*, issued: int, returned: int) -> int:
    """What of a line the house has now: handed out, and not brought back."""
    return issued - returned
