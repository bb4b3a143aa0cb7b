"""Cash where the smallest coin is larger than a cent: what is paid in cash is rounded, and the difference is a move of its own."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.line.cashier.models import Bill
from guiju.line.cashier.rules import Method
from guiju.line.cashier.rules.wallets import rounding
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

Place = tuple[str, str]
ROUNDED: Place = (MoneyKind.ROUNDED, "")


def step_of(unit: Unit, at: datetime) -> int:
    """The smallest coin of an outlet, in minor units; nothing where cash is not rounded."""
    return int(policy.figure("cash.rounding_minor", unit=unit, on=unit.day(at)).value or 0)


def rounded(bill: Bill, method: str, amount_minor: int, at: datetime) -> int:
    """By how much the cash differs that pays the last part of a bill; no other tender, and no other part, is rounded."""
    if method != Method.CASH or amount_minor != bill.owed_minor:
        return 0
    return rounding(amount_minor, step_minor=step_of(bill.order.unit, at))


def rounded_back(unit: Unit, method: str, amount_minor: int, at: datetime) -> int:
    """By how much the cash differs that goes back."""
    return rounding(amount_minor, step_minor=step_of(unit, at)) if method == Method.CASH else 0


def parts_in(amount_minor: int, rounded_minor: int, *, owed: Place, into: Place) -> list[Part]:
    """A payment in the book: what came, and what was rounded; together they settle the amount."""
    return [
        *_some(Movement.ROUND, rounded_minor, ROUNDED, owed),
        *_some(Movement.SETTLE, amount_minor + rounded_minor, owed, into),
        *_some(Movement.ROUND, -rounded_minor, owed, ROUNDED),
    ]


def parts_back(amount_minor: int, rounded_minor: int, *, owed: Place, out_of: Place) -> list[Part]:
    """The same the other way: afterwards the amount is owed again."""
    return [
        *_some(Movement.GIVE_BACK, amount_minor + rounded_minor, out_of, owed),
        *_some(Movement.ROUND, -rounded_minor, ROUNDED, owed),
        *_some(Movement.ROUND, rounded_minor, owed, ROUNDED),
    ]


def _some(kind: Movement, amount_minor: int, source: Place, target: Place) -> list[Part]:
    return [Part(kind, amount_minor, source, target)] if amount_minor > 0 else []
