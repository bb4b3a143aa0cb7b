"""Cash that is taken at the customer's home: it goes into the technician's pouch, up to a limit, and is handed in by a deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.cashier.models import Payment, TillSession
from guiju.line.cashier.rules import Method
from guiju.line.workorder.models import WorkOrder
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class PouchFull(Refusal):
    """Nobody walks about with that much of other people's money."""

    sentence = N_(
        "So much cash is not carried in one pouch. Hand in what is there first, or let the customer pay in another way."
    )
    field = "amount_minor"


def pouch_for(method: str, session: TillSession | None, order: WorkOrder, *, by: Actor, at: datetime) -> dict[str, Any]:
    """In whose pouch the cash comes to lie, and by when it is handed in; nothing where there is a drawer, or this person has no pouch."""
    if method != Method.CASH or session is not None or "TE" not in by.roles or not order.belongs_to(by):
        return {}
    hours = policy.figure("cash.pouch_hours", unit=order.unit, on=order.unit.day(at)).value
    return {"pouch_id": by.natural_person_id, "pouch_due_at": at + timedelta(hours=int(hours))}


def cash_place(payment: Payment) -> tuple[MoneyKind, str]:
    """Where the cash of a payment came to lie: a drawer, or a pouch."""
    if payment.pouch_id is not None:
        return MoneyKind.POUCH, pouch_reference(payment.pouch_id)
    return MoneyKind.TILL, payment.session.till.reference if payment.session else ""


def pouch_reference(person_id: int | None) -> str:
    """How the money book knows the pouch of a person."""
    return f"PERSON-{person_id}"


def refuse_full_pouch(person_id: int, unit: Unit, at: datetime) -> None:
    """Refuse what fills a pouch above its limit; asked when the book has moved, for then its place is ours.

    raises   PouchFull
    """
    limit = policy.figure("cash.pouch_limit", unit=unit, on=unit.day(at)).value
    if book.balance(MoneyKind.POUCH, pouch_reference(person_id), unit=unit) > int(limit):
        raise PouchFull
