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
    WALLET = "WALLET"
    TRANSFER = "TRANSFER"
    FLOAT = "FLOAT"
    PETTY = "PETTY"
    POUCH = "POUCH"
    BAG = "BAG"
    SAFE = "SAFE"
    CARRIER = "CARRIER"
    BANK = "BANK"
    FEES = "FEES"
    SPENT = "SPENT"
    ROUNDED = "ROUNDED"
    WRITTEN_OFF = "WRITTEN_OFF"
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
    MoneyKind.WALLET: N_("Wallet"),
    MoneyKind.TRANSFER: N_("Bank transfer"),
    MoneyKind.FLOAT: N_("Change float"),
    MoneyKind.PETTY: N_("Petty cash"),
    MoneyKind.POUCH: N_("Pouch of a technician"),
    MoneyKind.BAG: N_("Sealed bag"),
    MoneyKind.SAFE: N_("Safe bag"),
    MoneyKind.CARRIER: N_("On the way to the bank"),
    MoneyKind.BANK: N_("Bank"),
    MoneyKind.FEES: N_("Fees"),
    MoneyKind.SPENT: N_("Spent out of petty cash"),
    MoneyKind.ROUNDED: N_("Rounding of cash"),
    MoneyKind.WRITTEN_OFF: N_("Written off"),
    MoneyKind.PROCEEDS: N_("Proceeds of unclaimed goods"),
    MoneyKind.OVER_SHORT: N_("Over and short"),
    MoneyKind.BRAND_FUNDS: N_("Money of the brand"),
    MoneyKind.UNITS_REFUNDED: N_("Paid back for returned units"),
}

# What we have earned and where change comes from: their balance is what went out of them. A deposit is money that we owe.
# What the brand pays for itself comes from outside this book.
WITHOUT_BOTTOM = frozenset({
    MoneyKind.REVENUE, MoneyKind.DEPOSIT_HELD, MoneyKind.FLOAT, MoneyKind.OVER_SHORT, MoneyKind.BRAND_FUNDS, MoneyKind.ROUNDED,
})  # fmt: skip
# Where cash is: at any instant each coin of the takings is in exactly one of these (FIN-2).
CASH = frozenset({
    MoneyKind.TILL, MoneyKind.PETTY, MoneyKind.POUCH, MoneyKind.BAG, MoneyKind.SAFE, MoneyKind.CARRIER,
})  # fmt: skip
# How a customer pays, at the counter and at home.
RECEIVING = frozenset({
    MoneyKind.TILL, MoneyKind.POUCH, MoneyKind.CARD, MoneyKind.WALLET, MoneyKind.TRANSFER, MoneyKind.CREDIT,
})  # fmt: skip


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
    LOCK_UP = "LOCK_UP"
    CARRY = "CARRY"
    PUT_BACK = "PUT_BACK"
    BANKING = "BANKING"
    FEE = "FEE"
    HAND_IN = "HAND_IN"
    HAND_ON = "HAND_ON"
    SPEND = "SPEND"
    MAKE_GOOD = "MAKE_GOOD"
    ROUND = "ROUND"
    WRITE_OFF = "WRITE_OFF"
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
    Movement.DROP: N_("Takings into a bag"),
    Movement.LOCK_UP: N_("Bag into the safe"),
    Movement.CARRY: N_("Takings given to whoever carries them"),
    Movement.PUT_BACK: N_("Takings brought back"),
    Movement.BANKING: N_("Takings to the bank"),
    Movement.FEE: N_("Fee kept back"),
    Movement.HAND_IN: N_("Pouch handed in"),
    Movement.HAND_ON: N_("Handed to somebody else"),
    Movement.SPEND: N_("Petty expense"),
    Movement.MAKE_GOOD: N_("Shortage made good"),
    Movement.ROUND: N_("Cash rounded"),
    Movement.WRITE_OFF: N_("Credit written off"),
    Movement.OVER: N_("Counted over"),
    Movement.SHORT: N_("Counted short"),
    Movement.UNIT_REFUND: N_("Price of a unit paid back"),
}

_RECEIVED = RECEIVING - {MoneyKind.CREDIT}
_ELSEWHERE = frozenset({MoneyKind.CARD, MoneyKind.WALLET, MoneyKind.TRANSFER})
_CARRIED = frozenset({MoneyKind.POUCH, MoneyKind.CARRIER})
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
    Movement.FLOAT_OUT: Way(frozenset({MoneyKind.FLOAT}), frozenset({MoneyKind.TILL, MoneyKind.PETTY})),
    Movement.FLOAT_IN: Way(frozenset({MoneyKind.TILL, MoneyKind.PETTY}), frozenset({MoneyKind.FLOAT})),
    Movement.DROP: Way(frozenset({MoneyKind.TILL}), frozenset({MoneyKind.BAG})),
    Movement.LOCK_UP: Way(frozenset({MoneyKind.BAG}), frozenset({MoneyKind.SAFE})),
    Movement.CARRY: Way(frozenset({MoneyKind.TILL, MoneyKind.BAG, MoneyKind.SAFE}), frozenset({MoneyKind.CARRIER})),
    Movement.PUT_BACK: Way(frozenset({MoneyKind.CARRIER}), frozenset({MoneyKind.TILL, MoneyKind.BAG})),
    # Never to a supplier or a purse: takings are never used for expenses (FIN-3). Cash comes to the bank by whoever carries it.
    Movement.BANKING: Way(_ELSEWHERE | {MoneyKind.CARRIER, MoneyKind.PROCEEDS}, frozenset({MoneyKind.BANK})),
    Movement.FEE: Way(_ELSEWHERE, frozenset({MoneyKind.FEES})),
    Movement.HAND_IN: Way(frozenset({MoneyKind.POUCH}), frozenset({MoneyKind.TILL})),
    Movement.HAND_ON: Way(_CARRIED, _CARRIED),
    # What is spent comes out of a float of its own, and never out of takings (FIN-3).
    Movement.SPEND: Way(frozenset({MoneyKind.PETTY}), frozenset({MoneyKind.SPENT})),
    # A count differs; or what the bank has credited differs from what was carried there.
    Movement.OVER: Way(frozenset({MoneyKind.OVER_SHORT}), CASH | {MoneyKind.BANK}),
    Movement.SHORT: Way(CASH | {MoneyKind.BANK}, frozenset({MoneyKind.OVER_SHORT})),
    Movement.MAKE_GOOD: Way(frozenset({MoneyKind.OVER_SHORT}), frozenset({MoneyKind.TILL})),
    Movement.ROUND: Way(_OWED | {MoneyKind.ROUNDED}, _OWED | {MoneyKind.ROUNDED}),
    Movement.WRITE_OFF: Way(frozenset({MoneyKind.CREDIT}), frozenset({MoneyKind.WRITTEN_OFF})),
    # Never out of a till: takings are never used for expenses (FIN-3); the brand answers for what it sold (3.5).
    Movement.UNIT_REFUND: Way(frozenset({MoneyKind.BRAND_FUNDS}), frozenset({MoneyKind.UNITS_REFUNDED})),
}


def goes(kind: Movement, source: MoneyKind, target: MoneyKind) -> bool:
    """Whether money goes that way for that reason."""
    way = WAYS[kind]
    return source in way.sources and target in way.targets


# The number under which each kind of place stands in an accounting system; the first four digits are those of the national chart of
# small and medium enterprises, what follows the point is ours. docs/journal.md tells it to accountants.
CHART: Mapping[MoneyKind, str] = {
    MoneyKind.TILL: "1001.01",
    MoneyKind.PETTY: "1001.02",
    MoneyKind.POUCH: "1001.03",
    MoneyKind.BAG: "1001.04",
    MoneyKind.SAFE: "1001.05",
    MoneyKind.CARRIER: "1001.06",
    MoneyKind.FLOAT: "1001.09",
    MoneyKind.BANK: "1002",
    MoneyKind.CARD: "1012.01",
    MoneyKind.WALLET: "1012.02",
    MoneyKind.TRANSFER: "1012.03",
    MoneyKind.OWED_BY_CUSTOMER: "1122.01",
    MoneyKind.CREDIT: "1122.02",
    MoneyKind.BRAND_OWES: "1122.03",
    MoneyKind.OVER_SHORT: "1901",
    MoneyKind.DEPOSIT_HELD: "2203",
    MoneyKind.PROCEEDS: "2241.01",
    MoneyKind.BRAND_FUNDS: "2241.02",
    MoneyKind.REVENUE: "6001.01",
    MoneyKind.UNITS_REFUNDED: "6001.02",
    MoneyKind.ROUNDED: "6001.03",
    MoneyKind.SPENT: "6602",
    MoneyKind.FEES: "6603",
    MoneyKind.WRITTEN_OFF: "6702",
}
