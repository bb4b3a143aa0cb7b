"""Where money can be, and the ways that it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_


class MoneyKind(StrEnum):
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
    PROCEEDS = "PROCEEDS"
    OVER_SHORT = "OVER_SHORT"
    BRAND_FUNDS = "BRAND_FUNDS"
    UNITS_REFUNDED = "UNITS_REFUNDED"


KIND_LABELS: Mapping[MoneyKind, str] = {
    MoneyKind.OWED_BY_CUSTOMER: N_("Owed by the customer"),
    MoneyKind.BRAND_OWES: N_("Owed by the brand"),
    MoneyKind.CREDIT: N_("On credit"),
    MoneyKind.REVENUE: N_("Revenue"),
    MoneyKind.DEPOSIT_HELD: N_("Deposit of a customer"),
    MoneyKind.TILL: N_("Till"),
    MoneyKind.CARD: N_("Card terminal"),
    MoneyKind.TRANSFER: N_("Bank transfer"),
    MoneyKind.FLOAT: N_("Change float"),
    MoneyKind.SAFE: N_("Safe bag"),
    MoneyKind.BANK: N_("Bank"),
    MoneyKind.PROCEEDS: N_("Proceeds of unclaimed goods"),
    MoneyKind.OVER_SHORT: N_("Over and short"),
    MoneyKind.BRAND_FUNDS: N_("Money of the brand"),
    MoneyKind.UNITS_REFUNDED: N_("Paid back for returned units"),
}

# What we have earned and where change comes from: their balance is what went out of them. A deposit is money that we owe.
# What the brand pays for itself comes from outside this book.
WITHOUT_BOTTOM = frozenset(
    {MoneyKind.REVENUE, MoneyKind.DEPOSIT_HELD, MoneyKind.FLOAT, MoneyKind.OVER_SHORT, MoneyKind.BRAND_FUNDS}
)
# How a customer pays at the counter.
RECEIVING = frozenset({MoneyKind.TILL, MoneyKind.CARD, MoneyKind.TRANSFER, MoneyKind.CREDIT})


class Movement(StrEnum):
    """Why money moves."""

    CHARGE = "CHARGE"
    SETTLE = "SETTLE"
    GIVE_BACK = "GIVE_BACK"
    CREDIT_NOTE = "CREDIT_NOTE"
    COLLECT = "COLLECT"
    DEPOSIT = "DEPOSIT"
    USE_DEPOSIT = "USE_DEPOSIT"
    SURPLUS = "SURPLUS"
    FLOAT_OUT = "FLOAT_OUT"
    FLOAT_IN = "FLOAT_IN"
    DROP = "DROP"
    BANKING = "BANKING"
    OVER = "OVER"
    SHORT = "SHORT"
    UNIT_REFUND = "UNIT_REFUND"


MOVEMENT_LABELS: Mapping[Movement, str] = {
    Movement.CHARGE: N_("Charge"),
    Movement.SETTLE: N_("Payment"),
    Movement.GIVE_BACK: N_("Refund"),
    Movement.CREDIT_NOTE: N_("Credit note"),
    Movement.COLLECT: N_("Payment of credit"),
    Movement.DEPOSIT: N_("Deposit taken"),
    Movement.USE_DEPOSIT: N_("Deposit used"),
    Movement.SURPLUS: N_("Surplus kept for the customer"),
    Movement.FLOAT_OUT: N_("Float given out"),
    Movement.FLOAT_IN: N_("Float given back"),
    Movement.DROP: N_("Takings to the safe"),
    Movement.BANKING: N_("Takings to the bank"),
    Movement.OVER: N_("Counted over"),
    Movement.SHORT: N_("Counted short"),
    Movement.UNIT_REFUND: N_("Price of a unit paid back"),
}

_RECEIVED = frozenset({MoneyKind.TILL, MoneyKind.CARD, MoneyKind.TRANSFER})
_OWED = frozenset({MoneyKind.OWED_BY_CUSTOMER, MoneyKind.BRAND_OWES})


@dataclass(frozen=True)
class Way:
    """From which places to which a kind of movement may go."""

    sources: frozenset[MoneyKind]
    targets: frozenset[MoneyKind]


WAYS: Mapping[Movement, Way] = {
    Movement.CHARGE: Way(frozenset({MoneyKind.REVENUE}), _OWED),
    Movement.SETTLE: Way(_OWED, RECEIVING | {MoneyKind.BANK}),
    Movement.GIVE_BACK: Way(RECEIVING, frozenset({MoneyKind.OWED_BY_CUSTOMER})),
    Movement.CREDIT_NOTE: Way(_OWED, frozenset({MoneyKind.REVENUE})),
    Movement.COLLECT: Way(frozenset({MoneyKind.CREDIT}), _RECEIVED),
    Movement.DEPOSIT: Way(frozenset({MoneyKind.DEPOSIT_HELD}), _RECEIVED),
    Movement.USE_DEPOSIT: Way(frozenset({MoneyKind.OWED_BY_CUSTOMER}), frozenset({MoneyKind.DEPOSIT_HELD})),
    # Sold for more than was owed on it: the rest is the customer's (3.6).
    Movement.SURPLUS: Way(frozenset({MoneyKind.DEPOSIT_HELD}), frozenset({MoneyKind.PROCEEDS})),
    Movement.FLOAT_OUT: Way(frozenset({MoneyKind.FLOAT}), frozenset({MoneyKind.TILL})),
    Movement.FLOAT_IN: Way(frozenset({MoneyKind.TILL}), frozenset({MoneyKind.FLOAT})),
    Movement.DROP: Way(frozenset({MoneyKind.TILL}), frozenset({MoneyKind.SAFE})),
    # Never to a supplier or a purse: takings are never used for expenses (FIN-3).
    Movement.BANKING: Way(_RECEIVED | {MoneyKind.SAFE, MoneyKind.PROCEEDS}, frozenset({MoneyKind.BANK})),
    Movement.OVER: Way(frozenset({MoneyKind.OVER_SHORT}), frozenset({MoneyKind.TILL})),
    Movement.SHORT: Way(frozenset({MoneyKind.TILL}), frozenset({MoneyKind.OVER_SHORT})),
    # Never out of a till: takings are never used for expenses (FIN-3); the brand answers for what it sold (3.5).
    Movement.UNIT_REFUND: Way(frozenset({MoneyKind.BRAND_FUNDS}), frozenset({MoneyKind.UNITS_REFUNDED})),
}


def goes(kind: Movement, source: MoneyKind, target: MoneyKind) -> bool:
    """Whether money goes that way for that reason."""
    way = WAYS[kind]
    return source in way.sources and target in way.targets
