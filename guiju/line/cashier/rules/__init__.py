"""Bills, payments and the till as arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_
from guiju.line.workorder.rules import State


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
    WALLET = "WALLET"
    TRANSFER = "TRANSFER"
    CREDIT = "CREDIT"
    # What was left before parts were ordered: it came in earlier, and nothing comes in now.
    DEPOSIT = "DEPOSIT"


METHOD_LABELS: Mapping[Method, str] = {
    Method.CASH: N_("Cash"),
    Method.CARD: N_("Bank card"),
    Method.WALLET: N_("Wallet"),
    Method.TRANSFER: N_("Bank transfer"),
    Method.CREDIT: N_("On credit"),
    Method.DEPOSIT: N_("Out of the deposit"),
}
# How a deposit is left, and how it goes back.
LEFT_BY = (Method.CASH, Method.CARD, Method.TRANSFER)
# How a bill is paid by anybody, and how what was paid may go back.
PAID_BY = (Method.CASH, Method.CARD, Method.WALLET, Method.TRANSFER)


class SessionState(StrEnum):
    """Whether a till is being worked at: counted blind, and closed when its takings have left."""

    OPEN = "OPEN"
    COUNTED = "COUNTED"
    CLOSED = "CLOSED"


SESSION_LABELS: Mapping[SessionState, str] = {
    SessionState.OPEN: N_("Open"),
    SessionState.COUNTED: N_("Counted, not closed yet"),
    SessionState.CLOSED: N_("Closed"),
}
# Somebody answers for this drawer now, and nobody else opens it.
UNDER_WAY = (SessionState.OPEN, SessionState.COUNTED)
# What is counted when a till is closed, each against what the book or the slips say (S6-36).
COUNTED_METHODS = (Method.CASH, Method.CARD, Method.WALLET)


class CashMove(StrEnum):
    """What goes into a drawer, or out of it, that no customer pays."""

    MORE_FLOAT = "MORE_FLOAT"
    LESS_FLOAT = "LESS_FLOAT"
    MAKE_GOOD = "MAKE_GOOD"


CASH_MOVE_LABELS: Mapping[CashMove, str] = {
    CashMove.MORE_FLOAT: N_("Change brought in"),
    CashMove.LESS_FLOAT: N_("Change taken away"),
    CashMove.MAKE_GOOD: N_("Shortage made good"),
}


def grown_by(kind: CashMove, amount_minor: int) -> int:
    """By how much the float of a session grows."""
    return {CashMove.MORE_FLOAT: amount_minor, CashMove.LESS_FLOAT: -amount_minor, CashMove.MAKE_GOOD: 0}[kind]


def expected(*, float_minor: int, received: int, paid_back: int, made_good: int, gone: int) -> int:
    """What must lie in a drawer: opening + receipts − refunds − what left for the bank or the safe.

    source   FIN-1, EX-11
    """
    return float_minor + received + made_good - paid_back - gone


def needs_second(variance_minor: int, *, limit_minor: int) -> bool:
    """Whether somebody else has to count again (3.10)."""
    return abs(variance_minor) >= limit_minor > 0


class CreditState(StrEnum):
    """Whether a customer may owe us money."""

    ASKED = "ASKED"
    OPEN = "OPEN"
    STOPPED = "STOPPED"
    CLOSED = "CLOSED"


CREDIT_LABELS: Mapping[CreditState, str] = {
    CreditState.ASKED: N_("Waiting for approval"),
    CreditState.OPEN: N_("May be used"),
    CreditState.STOPPED: N_("Suspended"),
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


class Way(StrEnum):
    """How what a customer left before parts were ordered goes back now."""

    FREELY = "FREELY"
    BILL = "BILL"
    APPROVED = "APPROVED"


# The repair came to nothing, or another way to help is being looked for: nothing is ordered, so nothing answers for it.
GIVEN_UP = frozenset({State.DECLINED, State.NO_FAULT, State.UNREPAIRABLE, State.EXCHANGE_PENDING})


def deposit_way(state: str, *, is_billed: bool) -> Way:
    """Freely where nothing is repaired or the bill took its part, after the bill where it is due, and as another approves before."""
    if state in {State.READY, State.UNCOLLECTED}:
        return Way.FREELY if is_billed else Way.BILL
    return Way.FREELY if state in GIVEN_UP else Way.APPROVED


class PartsDepositState(StrEnum):
    """How the deposit before parts stands."""

    OWED = "OWED"
    HELD = "HELD"
    TO_RETURN = "TO_RETURN"
    CREDITED = "CREDITED"
    RETURNED = "RETURNED"


PARTS_DEPOSIT_LABELS: Mapping[PartsDepositState, str] = {
    PartsDepositState.OWED: N_("Not left yet"),
    PartsDepositState.HELD: N_("Held for the customer"),
    PartsDepositState.TO_RETURN: N_("To be given back"),
    PartsDepositState.CREDITED: N_("Credited on the bill"),
    PartsDepositState.RETURNED: N_("Given back to the customer"),
}


def parts_deposit_state(*, left_minor: int, back_minor: int, way: Way) -> PartsDepositState:
    """How a deposit stands that was taken: what is left of it, what went back, and how it would go back now."""
    if left_minor:
        return PartsDepositState.TO_RETURN if way == Way.FREELY else PartsDepositState.HELD
    return PartsDepositState.RETURNED if back_minor else PartsDepositState.CREDITED


class Overcharged(StrEnum):
    """What is the matter with a charge."""

    ABOVE = "ABOVE"
    UNLISTED = "UNLISTED"
    TOO_HEAVY = "TOO_HEAVY"


OVERCHARGED_LABELS: Mapping[Overcharged, str] = {
    Overcharged.ABOVE: N_("Above the list"),
    Overcharged.UNLISTED: N_("Not on the list"),
    Overcharged.TOO_HEAVY: N_("Heavier work than the fault"),
}


def overcharge(unit_minor: int, quantity: int, most_minor: int | None) -> tuple[Overcharged | None, int]:
    """What is the matter with a charge, and how much of it is too much.

    most_minor   the most that one may cost by the list; None where the list names no such thing: then all of it is too much
    Example: 2 at 700.00 where the list ends at 620.00: 160.00 too much.
    """
    if most_minor is None:
        return Overcharged.UNLISTED, unit_minor * quantity
    if unit_minor > most_minor:
        return Overcharged.ABOVE, (unit_minor - most_minor) * quantity
    return None, 0


# The first line of a sealed receipt; another form is another number.
RECEIPT_FORMAT = "GJ1"
# A six-digit code has a million values: five tries leave a guesser one chance in two hundred thousand.
CLAIM_TRIES_MAX = 5


class ClaimProof(StrEnum):
    """By what the customer showed that the appliance is theirs (WO-8)."""

    CLAIM_CODE = "CLAIM_CODE"
    IDENTITY = "IDENTITY"


class OldParts(StrEnum):
    """What became of the customer's old parts at the hand-over (C10); what stays here does so by the customer's signature alone."""

    RETURNED = "RETURNED"
    SHOWN = "SHOWN"
    WAIVED = "WAIVED"


OLD_PARTS_LABELS: Mapping[OldParts, str] = {
    OldParts.RETURNED: N_("Given back"),
    OldParts.SHOWN: N_("Shown, and left with us by signature"),
    OldParts.WAIVED: N_("Not wanted, by signature"),
}

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


@dataclass(frozen=True, slots=True)
class SealedLine:
    """What was charged for one thing, beside what the list of that day asked."""

    code: str
    quantity: int
    unit_minor: int
    amount_minor: int
    list_min_minor: int
    list_max_minor: int

    @property
    def is_within_the_list(self) -> bool:
        """Whether the price of one lies in the range that was published."""
        return self.list_min_minor <= self.unit_minor <= self.list_max_minor


@dataclass(frozen=True, slots=True)
class SealedReceipt:
    """A receipt as it is sealed: no name, nothing personal, but every figure (S1-40; peers idea 3).

    outlet, receipt, bill, currency   their codes
    paid_on                           ISO date in the outlet's zone
    """

    outlet: str
    receipt: str
    bill: str
    paid_on: str
    currency: str
    lines: tuple[SealedLine, ...]
    discount_minor: int
    total_minor: int

    def text(self) -> str:
        """One line a fact, always the same for the same receipt: this is what the seal is under."""
        head = (RECEIPT_FORMAT, self.outlet, self.receipt, self.bill, self.paid_on, self.currency)
        lines = (
            f"{each.code};{each.quantity};{each.unit_minor};{each.amount_minor};{each.list_min_minor};{each.list_max_minor}"
            for each in self.lines
        )
        return "\n".join((*head, *lines, f"{self.discount_minor};{self.total_minor}"))

    @staticmethod
    def read(text: str) -> SealedReceipt:
        """The receipt of that text.

        raises   ValueError for a text of another form
        """
        form, outlet, receipt, bill, paid_on, currency, *lines, sums = text.split("\n")
        if form != RECEIPT_FORMAT:
            raise ValueError(form)
        discount, total = sums.split(";")
        parted = (line.split(";") for line in lines)
        read = tuple(SealedLine(code, *map(int, figures)) for code, *figures in parted)
        return SealedReceipt(outlet, receipt, bill, paid_on, currency, read, int(discount), int(total))

    @property
    def adds_up(self) -> bool:
        """Whether the lines make the total."""
        made = sum(each.amount_minor for each in self.lines) - self.discount_minor
        return made == self.total_minor and all(
            each.amount_minor == each.quantity * each.unit_minor for each in self.lines
        )

    def said(self) -> list[str]:
        """The receipt for a terminal: each charge beside the list's range."""
        lines = [
            f"{each.code}: {each.quantity} x {each.unit_minor}, list {each.list_min_minor} to {each.list_max_minor}"
            f"{'' if each.is_within_the_list else ' - OUTSIDE THE LIST'}"
            for each in self.lines
        ]
        sums = f"total {self.total_minor} {self.currency} in minor units (fen, cents); discount {self.discount_minor}"
        return [f"{self.receipt} of {self.outlet}, {self.paid_on}", *lines, sums]
