"""What is told of customers who pay later."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Collected:
    """A customer has paid on the account; `remaining_minor` is still owed on it."""

    customer_id: int
    receipt_number: str
    amount_minor: int
    remaining_minor: int
    currency: str


@event
@dataclass(frozen=True)
class Dunned:
    """A customer is written to because something is overdue; the level is 1 for the first letter.

    order_id, order_number   the job of the oldest debt of the letter
    since                    its last day to pay, ISO
    """

    customer_id: int
    order_id: int
    order_number: str
    letter: str
    level: int
    overdue_minor: int
    since: str
    currency: str


@event
@dataclass(frozen=True)
class WrittenOff:
    """What was owed is given up."""

    customer_id: int
    number: str
    receipt_number: str
    amount_minor: int
    currency: str
