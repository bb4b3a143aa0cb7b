"""Where money lies, out of which till it goes, and what of the customer's is held here."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed
from guiju.line.cashier.actions.bills import TillClosed, till_for
from guiju.line.cashier.models import LoanDeposit, PartsDeposit, TillSession
from guiju.line.cashier.rules import Method
from guiju.standing.people.models import Unit

OUT_OF = {
    Method.CASH: MoneyKind.TILL,
    Method.CARD: MoneyKind.CARD,
    Method.WALLET: MoneyKind.WALLET,
    Method.TRANSFER: MoneyKind.TRANSFER,
}


def place(method: str, session: TillSession | None) -> tuple[MoneyKind, str]:
    """Where money lies that came, or goes, in this way: the book's account and its reference."""
    lies = OUT_OF[Method(method)]
    return lies, session.till.reference if session and lies == MoneyKind.TILL else ""


def till_to_pay_from(method: str, by: Actor, at: datetime) -> TillSession | None:
    """The till out of which cash goes; nothing for what goes otherwise.

    raises   TillClosed
    """
    session = till_for(method, by, at)
    if method == Method.CASH and session is None:
        raise TillClosed
    return session


def hold(deposit: LoanDeposit | PartsDeposit, *, unit: Unit, deed: Deed, at: datetime) -> None:
    """A deposit was taken: it lies where it came to, and stays the customer's."""
    held, lies = (MoneyKind.DEPOSIT_HELD, deposit.reference), place(deposit.method, deposit.session)
    money.post(
        [Part(Movement.DEPOSIT, deposit.amount_minor, held, lies)],
        unit=unit, currency=deposit.currency, document=deposit.receipt_number, by=deed.consequence(), at=at,
    )  # fmt: skip
    deed.note(receipt=deposit.receipt_number, amount_minor=deposit.amount_minor)
