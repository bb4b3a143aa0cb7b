"""Wallets: which there are, and the life of a request for payment, plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from guiju.kernel.lifecycle import Arrows
from guiju.kernel.words import N_


class Wallet(StrEnum):
    """On whose application the customer pays."""

    ALIPAY = "ALIPAY"
    WECHAT = "WECHAT"


WALLET_LABELS: Mapping[Wallet, str] = {
    Wallet.ALIPAY: N_("Alipay"),
    Wallet.WECHAT: N_("WeChat Pay"),
}


class Asked(StrEnum):
    """How a request for payment stands.

    LATE   money came although it was closed, or fits nothing that is owed: it is kept until it pays a bill or goes back
    """

    PENDING = "PENDING"
    PAID = "PAID"
    CLOSED = "CLOSED"
    FAILED = "FAILED"
    LATE = "LATE"
    RETURNED = "RETURNED"


ASKED_LABELS: Mapping[Asked, str] = {
    Asked.PENDING: N_("Waiting for the wallet"),
    Asked.PAID: N_("Paid"),
    Asked.CLOSED: N_("Cancelled"),
    Asked.FAILED: N_("Refused by the wallet"),
    Asked.LATE: N_("Paid too late: to be matched or given back"),
    Asked.RETURNED: N_("Given back"),
}
ASKED_ARROWS: Arrows = {
    Asked.PENDING: {
        Asked.PAID: "cashier.receive_wallet",
        Asked.CLOSED: "cashier.cancel_wallet",
        Asked.FAILED: "cashier.receive_wallet",
        Asked.LATE: "cashier.receive_wallet",
    },
    Asked.CLOSED: {Asked.LATE: "cashier.receive_wallet"},
    Asked.FAILED: {Asked.LATE: "cashier.receive_wallet"},
    Asked.LATE: {Asked.PAID: "cashier.match_wallet", Asked.RETURNED: "cashier.return_wallet"},
    Asked.PAID: {},
    Asked.RETURNED: {},
}


class Back(StrEnum):
    """How money stands that the wallet's provider is to give back."""

    WAITING = "WAITING"
    DONE = "DONE"
    FAILED = "FAILED"


BACK_LABELS: Mapping[Back, str] = {
    Back.WAITING: N_("On its way back"),
    Back.DONE: N_("Given back by the wallet"),
    Back.FAILED: N_("The wallet refuses to give it back"),
}
BACK_ARROWS: Arrows = {
    Back.WAITING: {Back.DONE: "cashier.receive_wallet", Back.FAILED: "cashier.receive_wallet"},
    Back.FAILED: {Back.WAITING: "cashier.retry_wallet_return"},
    Back.DONE: {},
}


class Answer(StrEnum):
    """What a provider says of an order of ours; UNKNOWN is no answer, and asked again."""

    WAITING = "WAITING"
    PAID = "PAID"
    CLOSED = "CLOSED"
    FAILED = "FAILED"
    BACK = "BACK"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider told, checked against its signature.

    number        ours, of the order or of its refund
    reference     the provider's own number
    amount_minor  what was paid; None where it was not said
    code          what the customer scans, where it was asked for
    """

    answer: Answer
    number: str = ""
    reference: str = ""
    amount_minor: int | None = None
    currency: str = ""
    code: str = ""
    says: str = ""


# A code on the display is good for so long; a customer who stands at the counter has paid or gone by then.
GOOD_FOR = timedelta(minutes=5)
# A provider is asked again after so many seconds: soon while somebody waits, and once an hour at the end, never for the last time.
WAITS_SECONDS = (2, 2, 3, 5, 5, 10, 15, 30, 60, 300, 900, 3600)


def wait(tries: int) -> timedelta:
    """How long until the provider is asked again, after so many times."""
    return timedelta(seconds=WAITS_SECONDS[min(max(tries, 1), len(WAITS_SECONDS)) - 1])


def rounding(amount_minor: int, *, step_minor: int) -> int:
    """What cash is paid more (above nothing) or less (below) than an amount, half a step up.

    Example: 123.45 yuan where no coin is less than a jiao: 5 fen more.
    """
    if step_minor <= 1:
        return 0
    return (2 * amount_minor + step_minor) // (2 * step_minor) * step_minor - amount_minor
