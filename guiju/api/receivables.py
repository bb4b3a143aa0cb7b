"""What customers on credit owe: paid in parts, reminded of, given up by two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db.models import Q
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.cashier import ApprovalOut
from guiju.api.fields import Because, Day, Input, Key, Line, Minor, Nothing, Short
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.cashier.rules import Method
from guiju.line.receivables import actions, queries


def account(key: int, by: Actor) -> CreditAccount:
    """The account of a customer of an outlet whose money the asker may see: a cashier reads no register of customers."""
    rows = CreditAccount.objects.filter(by.scope("cashier.see").q()).select_related("customer", "unit")
    return finding.one(rows, customer_id=key)


def debt(receipt: str, by: Actor) -> Debt:
    """What is owed on credit to an outlet whose money the asker may see, by the receipt that put it there."""
    rows = Debt.objects.visible_to(by).select_related("account__customer", "account__unit", "payment", "unit")
    return finding.one(rows, payment__receipt_number=receipt.strip().upper())


ACCOUNT = Target("customer", Key, account)
DEBT = Target("receipt", Short, debt)


class CollectIn(Input):
    """How much is paid, how, and for which receipts on credit; none for the oldest first."""

    method: Method
    amount_minor: Minor
    receipts: list[Short] = Field(default=[], max_length=200)
    tendered_minor: Minor | None = None
    terminal_ref: Short = ""


class PauseIn(Input):
    """Until when no letters are written, and why."""

    until_on: Day
    reason: Line


class WriteOffIn(Input):
    """How much is given up, and why."""

    amount_minor: Minor
    reason: Line


class CollectionOut(Mirror):
    """A payment on an account, with its receipt."""

    paths: ClassVar[Mapping[str, str]] = {
        "receipt_number": "number", "customer": "account.customer_id", "unit": "unit.code", "currency": "account.currency",
    }  # fmt: skip

    receipt_number: str
    customer: int
    unit: str
    method: str
    amount_minor: int
    change_minor: int
    currency: str
    at: datetime


class DebtOut(Mirror):
    """What one payment on credit left open."""

    paths: ClassVar[Mapping[str, str]] = {
        "receipt": "payment.receipt_number", "order": "payment.bill.order.number", "customer": "account.customer_id",
        "unit": "unit.code", "currency": "account.currency",
    }  # fmt: skip

    receipt: str
    order: str
    customer: int
    unit: str
    amount_minor: int
    left_minor: int
    currency: str
    taken_on: date
    due_on: date


class LetterOut(Mirror):
    """A letter that a customer got."""

    number: str
    level: int
    overdue_minor: int
    written_on: date


class PauseOut(Mirror):
    """Until when no letters are written."""

    until_on: date
    reason: str
    ended_at: datetime | None


class WriteOffOut(Mirror):
    """What was given up."""

    number: str
    amount_minor: int
    reason: str
    at: datetime


def _is_open(asked: bool) -> Q:  # noqa: FBT001  (a filter is asked for its value)
    return Q(left_minor__gt=0) if asked else Q(left_minor=0)


router = Router(tags=["receivables"])
speak(
    router,
    [
        Verb("/credits/{customer}/collect", actions.collect, CollectIn, CollectionOut, ACCOUNT),
        Verb("/credits/{customer}/remind", actions.remind, Nothing, LetterOut, ACCOUNT),
        Verb("/credits/{customer}/pause-letters", actions.pause_letters, PauseIn, PauseOut, ACCOUNT),
        Verb("/credits/{customer}/resume-letters", actions.resume_letters, Nothing, PauseOut, ACCOUNT),
        Verb("/debts/{receipt}/ask-write-off", actions.ask_write_off, WriteOffIn, ApprovalOut, DEBT),
        Verb("/debts/{receipt}/approve-write-off", actions.approve_write_off, Nothing, WriteOffOut, DEBT),
        Verb("/debts/{receipt}/reject-write-off", actions.reject_write_off, Because, ApprovalOut, DEBT),
    ],
)
show(
    router,
    [
        Listing(
            "/debts", "debts", "cashier.see", DebtOut, lambda by: queries.debts(by=by),
            filters={
                "customer": Filter(Key, "account__customer"), "order": Filter(Short, "payment__bill__order__number"),
                "unit": Filter(Short, "unit__code"), "is_open": Filter(bool, _is_open), "due_before": Filter(Day, "due_on__lt"),
            },
            sorts={"id": "pk", "due_on": "due_on", "left_minor": "left_minor"},
        ),
        Listing(
            "/collections", "collections", "cashier.see", CollectionOut, lambda by: queries.collections(by=by),
            filters={
                "customer": Filter(Key, "account__customer"), "unit": Filter(Short, "unit__code"),
                "method": Filter(list[Method], "method"),
            },
            sorts={"id": "pk", "at": "at", "amount_minor": "amount_minor"},
        ),
    ],
)  # fmt: skip
