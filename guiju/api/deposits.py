"""Deposits: for a loaner, and before a part is ordered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal

from django.db.models import Q, QuerySet
from ninja import Router

from guiju.api import finding
from guiju.api.answers import ORDER
from guiju.api.cashier import ApprovalOut
from guiju.api.fields import Because, Input, Line, Nothing, Short
from guiju.api.finding import EvidenceKey
from guiju.api.lists import Filter, Listing, show
from guiju.api.requests import LOAN
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions
from guiju.line.cashier.models import LoanDeposit, PartsDeposit
from guiju.line.cashier.rules import Method

PARTS = Target("receipt", Short, finding.parts_deposit)


class DepositIn(Input):
    """How the customer leaves the deposit; how much is said by the loan, or by the quote that was agreed to."""

    method: Literal["CASH", "CARD", "TRANSFER"]
    terminal_ref: Short = ""


class DepositOut(Mirror):
    """What was left for a loaner, and what went back."""

    paths: ClassVar[Mapping[str, str]] = {"loan": "loan_id"}

    receipt_number: str
    loan: int
    method: str
    amount_minor: int
    currency: str
    at: datetime
    back_minor: int | None
    kept_minor: int
    settled_at: datetime | None


class ReturnIn(Input):
    """Why a deposit before parts goes back, and how: the way it came unless told otherwise; cash against the customer's signature."""

    reason: Line
    method: Literal["CASH", "CARD", "TRANSFER"] | None = None
    bank_ref: Short = ""
    signature: EvidenceKey | None = None


class PartsDepositOut(Mirror):
    """What was left before parts were ordered, what the bill took of it, and what went back."""

    paths: ClassVar[Mapping[str, str]] = {"order": "order.number", "quote": "quote.number"}

    receipt_number: str
    order: str
    quote: str
    method: str
    amount_minor: int
    currency: str
    at: datetime
    used_minor: int
    left_minor: int
    back_minor: int | None
    back_method: str
    back_number: str
    back_reason: str
    settled_at: datetime | None


class DepositListed(DepositOut):
    """A deposit as a list shows it: with its job, and whether the loaner is back."""

    paths: ClassVar[Mapping[str, str]] = {
        "loan": "loan_id", "order": "loan.order.number", "serial": "loan.loaner.serial", "returned_at": "loan.returned_at",
    }  # fmt: skip

    order: str
    serial: str
    returned_at: datetime | None


def visible_deposits(by: Actor) -> QuerySet[LoanDeposit]:
    """What customers left for loaners in the outlets whose money the asker may see."""
    rows = LoanDeposit.objects.filter(by.scope("cashier.see").q(unit="loan__order__unit"))
    return rows.select_related("loan__order", "loan__loaner")


def visible_parts_deposits(by: Actor) -> QuerySet[PartsDeposit]:
    """What customers left before parts were ordered in the outlets whose money the asker may see."""
    rows = PartsDeposit.objects.filter(by.scope("cashier.see").q(unit="order__unit"))
    return rows.select_related("order", "quote")


def _is_settled(asked: bool) -> Q:  # noqa: FBT001  (a filter is asked for its value)
    return Q(settled_at__isnull=not asked)


def _is_back(asked: bool) -> Q:  # noqa: FBT001
    return Q(loan__returned_at__isnull=not asked)


router = Router(tags=["cashier"])
speak(
    router,
    [
        Verb("/loans/{id}/take-deposit", actions.take_deposit, DepositIn, DepositOut, LOAN),
        Verb("/loans/{id}/return-deposit", actions.return_deposit, Nothing, DepositOut, LOAN),
        Verb("/orders/{number}/take-parts-deposit", actions.take_parts_deposit, DepositIn, PartsDepositOut, ORDER),
        Verb("/parts-deposits/{receipt}/return", actions.return_parts_deposit, ReturnIn, PartsDepositOut, PARTS),
        Verb("/parts-deposits/{receipt}/ask-back", actions.ask_deposit_back, Because, ApprovalOut, PARTS),
        Verb("/parts-deposits/{receipt}/approve-back", actions.approve_deposit_back, Nothing, ApprovalOut, PARTS),
    ],
)
show(
    router,
    [
        Listing(
            "/deposits", "deposits", "cashier.see", DepositListed, visible_deposits,
            filters={
                "order": Filter(Short, "loan__order__number"), "unit": Filter(Short, "loan__order__unit__code"),
                "method": Filter(list[Method], "method"), "is_settled": Filter(bool, _is_settled),
                "is_back": Filter(bool, _is_back),
            },
            sorts={"id": "pk", "at": "at", "amount_minor": "amount_minor"},
        ),
        Listing(
            "/parts-deposits", "parts_deposits", "cashier.see", PartsDepositOut, visible_parts_deposits,
            filters={
                "order": Filter(Short, "order__number"), "unit": Filter(Short, "order__unit__code"),
                "method": Filter(list[Method], "method"), "is_settled": Filter(bool, _is_settled),
            },
            sorts={"id": "pk", "at": "at", "amount_minor": "amount_minor"},
        ),
    ],
)  # fmt: skip
