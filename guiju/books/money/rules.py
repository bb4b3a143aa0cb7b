"""Where money can be, and the ways that it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_


class Place(StrEnum):
    """Where money can be, or who owes it."""

    OWED_BY_CUSTOMER = "OWED_BY_CUSTOMER"
    BRAND_OWES = "BRAND_OWES"
    CREDIT = "CREDIT"
    REVENUE = "REVENUE"
    DEPOSIT_HELD = "DEPOSIT_HELD"
    TILL = "TILL"
    CARD = "CARD"
    TRANSFER = "TRANSFER"
    FLOAT = "FLOAT"
    SAFE = "SAFE"
    BANK = "BANK"
    OVER_SHORT = "OVER_SHORT"


PLACE_LABELS: Mapping[Place, str] = {
    Place.OWED_BY_CUSTOMER: N_("Owed by the customer"),
    Place.BRAND_OWES: N_("Owed by the brand"),
    Place.CREDIT: N_("On credit"),
    Place.REVENUE: N_("Revenue"),
    Place.DEPOSIT_HELD: N_("Deposit of a customer"),
    Place.TILL: N_("Till"),
    Place.CARD: N_("Card terminal"),
    Place.TRANSFER: N_("Bank transfer"),
    Place.FLOAT: N_("Change float"),
    Place.SAFE: N_("Safe bag"),
    Place.BANK: N_("Bank"),
    Place.OVER_SHORT: N_("Over and short"),
}

# What we have earned and where change comes from: their balance is what went out of them. A deposit is money that we owe.
WITHOUT_BOTTOM = frozenset({Place.REVENUE, Place.DEPOSIT_HELD, Place.FLOAT, Place.OVER_SHORT})
# How a customer pays at the counter.
RECEIVING = frozenset({Place.TILL, Place.CARD, Place.TRANSFER, Place.CREDIT})
CASH = frozenset({Place.TILL, Place.SAFE, Place.BANK, Place.FLOAT})


class Movement(StrEnum):
    """Why money moves."""

    CHARGE = "CHARGE"
    SETTLE = "SETTLE"
    GIVE_BACK = "GIVE_BACK"
    CREDIT_NOTE = "CREDIT_NOTE"
    COLLECT = "COLLECT"
    DEPOSIT = "DEPOSIT"
    USE_DEPOSIT = "USE_DEPOSIT"
    FLOAT_OUT = "FLOAT_OUT"
    FLOAT_IN = "FLOAT_IN"
    DROP = "DROP"
    BANKING = "BANKING"
    OVER = "OVER"
    SHORT = "SHORT"


MOVEMENT_LABELS: Mapping[Movement, str] = {
    Movement.CHARGE: N_("Charge"),
    Movement.SETTLE: N_("Payment"),
    Movement.GIVE_BACK: N_("Refund"),
    Movement.CREDIT_NOTE: N_("Credit note"),
    Movement.COLLECT: N_("Payment of credit"),
    Movement.DEPOSIT: N_("Deposit taken"),
    Movement.USE_DEPOSIT: N_("Deposit used"),
    Movement.FLOAT_OUT: N_("Float given out"),
    Movement.FLOAT_IN: N_("Float given back"),
    Movement.DROP: N_("Takings to the safe"),
    Movement.BANKING: N_("Takings to the bank"),
    Movement.OVER: N_("Counted over"),
    Movement.SHORT: N_("Counted short"),
}

_RECEIVED = frozenset({Place.TILL, Place.CARD, Place.TRANSFER})
_OWED = frozenset({Place.OWED_BY_CUSTOMER, Place.BRAND_OWES})


@dataclass(frozen=True)
class Way:
    """From which places to which a kind of movement may go."""

    sources: frozenset[Place]
    targets: frozenset[Place]


WAYS: Mapping[Movement, Way] = {
    Movement.CHARGE: Way(frozenset({Place.REVENUE}), _OWED),
    Movement.SETTLE: Way(_OWED, RECEIVING | {Place.BANK}),
    Movement.GIVE_BACK: Way(RECEIVING, frozenset({Place.OWED_BY_CUSTOMER})),
    Movement.CREDIT_NOTE: Way(_OWED, frozenset({Place.REVENUE})),
    Movement.COLLECT: Way(frozenset({Place.CREDIT}), _RECEIVED),
    Movement.DEPOSIT: Way(frozenset({Place.DEPOSIT_HELD}), _RECEIVED),
    Movement.USE_DEPOSIT: Way(frozenset({Place.OWED_BY_CUSTOMER}), frozenset({Place.DEPOSIT_HELD})),
    Movement.FLOAT_OUT: Way(frozenset({Place.FLOAT}), frozenset({Place.TILL})),
    Movement.FLOAT_IN: Way(frozenset({Place.TILL}), frozenset({Place.FLOAT})),
    Movement.DROP: Way(frozenset({Place.TILL}), frozenset({Place.SAFE})),
    # Never to a supplier or a purse: takings are never used for expenses (FIN-3).
    Movement.BANKING: Way(frozenset({Place.TILL, Place.SAFE, Place.CARD, Place.TRANSFER}), frozenset({Place.BANK})),
    Movement.OVER: Way(frozenset({Place.OVER_SHORT}), frozenset({Place.TILL})),
    Movement.SHORT: Way(frozenset({Place.TILL}), frozenset({Place.OVER_SHORT})),
}


def goes(kind: Movement, source: Place, target: Place) -> bool:
    """Whether money goes that way for that reason."""
    way = WAYS[kind]
    return source in way.sources and target in way.targets
