"""How far a registration has come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class RegistrationState(StrEnum):
    """Where it stands."""

    WAITING = "WAITING"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"


STATE_LABELS: Mapping[RegistrationState, str] = {
    RegistrationState.WAITING: N_("Nobody has looked at it yet"),
    RegistrationState.CONFIRMED: N_("On the books"),
    RegistrationState.REFUSED: N_("Not taken over"),
}
ARROWS: Mapping[RegistrationState, Mapping[RegistrationState, str]] = {
    RegistrationState.WAITING: {
        RegistrationState.CONFIRMED: "registration.confirm",
        RegistrationState.REFUSED: "registration.refuse",
    },
    RegistrationState.CONFIRMED: {},
    RegistrationState.REFUSED: {},
}
# The invoice and the guarantee card, front and back; more belongs to a repair.
PROOFS_MAX = 3
