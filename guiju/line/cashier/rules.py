"""Bills, payments and the till as arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_


class BillState(StrEnum):
    """How far a bill is settled."""

    DUE = "DUE"
    PART_PAID = "PART_PAID"
    PAID = "PAID"
    ON_CREDIT = "ON_CREDIT"
    REFUNDED = "REFUNDED"


BILL_LABELS: Mapping[BillState, str] = {
    BillState.DUE: N_("To be paid"),
    BillState.PART_PAID: N_("Paid in part"),
    BillState.PAID: N_("Paid"),
    BillState.ON_CREDIT: N_("On credit"),
    BillState.REFUNDED: N_("Refunded"),
}


class Method(StrEnum):
    """How money comes in."""

    CASH = "CASH"
    CARD = "CARD"
    TRANSFER = "TRANSFER"
    CREDIT = "CREDIT"


METHOD_LABELS: Mapping[Method, str] = {
    Method.CASH: N_("Cash"),
    Method.CARD: N_("Bank card"),
    Method.TRANSFER: N_("Bank transfer"),
    Method.CREDIT: N_("On credit"),
}


class SessionState(StrEnum):
    """Whether a till is being worked at."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class CreditState(StrEnum):
    """Whether a customer may owe us money."""

    ASKED = "ASKED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


CREDIT_LABELS: Mapping[CreditState, str] = {
    CreditState.ASKED: N_("Waiting for approval"),
    CreditState.OPEN: N_("Open"),
    CreditState.CLOSED: N_("Closed"),
}


class DepositState(StrEnum):
    """How a deposit for a loaner stands until it is settled."""

    TO_TAKE = "TO_TAKE"
    HELD = "HELD"
    TO_SETTLE = "TO_SETTLE"


DEPOSIT_LABELS: Mapping[DepositState, str] = {
    DepositState.TO_TAKE: N_("To be taken"),
    DepositState.HELD: N_("Held until the loaner is back"),
    DepositState.TO_SETTLE: N_("The loaner is back: to be settled"),
}


def deposit_state(*, is_taken: bool, is_back: bool) -> DepositState:
    """What is to be done about the deposit of a loan that is not settled."""
    if not is_taken:
        return DepositState.TO_TAKE
    return DepositState.TO_SETTLE if is_back else DepositState.HELD


# A six-digit code has a million values: five tries leave a guesser one chance in two hundred thousand.
CLAIM_TRIES_MAX = 5


class ClaimProof(StrEnum):
    """By what the customer showed that the appliance is theirs (WO-8)."""

    CLAIM_CODE = "CLAIM_CODE"
    IDENTITY = "IDENTITY"


PROOF_LABELS: Mapping[ClaimProof, str] = {
    ClaimProof.CLAIM_CODE: N_("Claim code"),
    ClaimProof.IDENTITY: N_("Identity shown"),
}


@dataclass(frozen=True)
class Settled:
    """What a bill has seen: all in minor units of its currency."""

    total_minor: int
    paid_minor: int
    credit_minor: int
    refunded_minor: int

    @property
    def owed_minor(self) -> int:
        return self.total_minor - self.paid_minor - self.credit_minor

    @property
    def state(self) -> BillState:
        if self.refunded_minor and self.refunded_minor == self.paid_minor:
            return BillState.REFUNDED
        if self.owed_minor > 0:
            return BillState.PART_PAID if self.paid_minor or self.credit_minor else BillState.DUE
        return BillState.ON_CREDIT if self.credit_minor else BillState.PAID


def change_minor(*, tendered_minor: int, amount_minor: int) -> int:
    """What the customer gets back from a note that is too large."""
    return tendered_minor - amount_minor


def expected_minor(*, float_minor: int, cash_in_minor: int, cash_out_minor: int) -> int:
    """What should lie in the till: float plus takings less refunds (FIN-1, EX-11)."""
    return float_minor + cash_in_minor - cash_out_minor


@dataclass(frozen=True)
class AccessoryBack:
    """An accessory as it came in and as it goes out; quantities in pieces."""

    name: str
    came: int
    goes: int
    exception: str


def missing_accessories(accessories: Sequence[AccessoryBack]) -> list[AccessoryBack]:
    """What came in and does not go out, without a signed exception (WO-13)."""
    return [each for each in accessories if each.goes != each.came and not each.exception.strip()]
