"""Cash to the smallest coin, and money that goes back by another tender than it came."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.coins import fewest
from guiju.kernel.refusing import Invalid, NotApproved, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import bills, refunds
from guiju.line.cashier.models import Payment, Refund
from guiju.line.cashier.rules import Method
from guiju.line.cashier.rules.wallets import rounding
from guiju.oversight.reports.queries import cash
from guiju.standing.policy import actions as policy
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TOTAL = stages.MIN_LABOUR + stages.MIN_COMPRESSOR
FLOAT = 50000


@pytest.mark.parametrize(
    ("amount", "step", "off"),
    [
        (12345, 0, 0),
        (12345, 1, 0),
        (12344, 10, -4),
        (12345, 10, 5),
        (12340, 10, 0),
        (4, 10, -4),
        (12350, 100, 50),
        (12349, 100, -49),
    ],
)
def test_cash_is_rounded_to_the_smallest_coin_half_of_it_up(amount: int, step: int, off: int) -> None:
    assert rounding(amount, step_minor=step) == off


def drawer(session: Any) -> int:
    return book.balance(MoneyKind.TILL, session.till.reference)


def rounded(shop: Shop) -> int:
    return -book.balance(MoneyKind.ROUNDED, "", unit=shop.unit)


def smallest_coin(shop: Shop, minor: int) -> None:
    """What the outlet's cash is rounded to from the beginning."""
    policy.set_value(
        "cash.rounding_minor", unit=shop.unit, value=minor, starts_on=shop.unit.day(shop.now), reason="No fen are in use",
        by=shop.actor("fang"), at=shop.later(),
    )  # fmt: skip


def test_only_the_last_part_in_cash_is_rounded_and_the_book_knows_the_rest(shop: Shop) -> None:
    smallest_coin(shop, 10)
    session, bill = stages.an_open_till(shop), stages.a_bill(shop, stages.a_ready_order(shop))
    who: dict[str, Any] = {"by": shop.actor("cai")}
    # No other tender, and no first part.
    cashier.take_payment(bill, method=Method.CARD, amount_minor=1006, terminal_ref="POS 1", **who, at=shop.later())
    cashier.take_payment(bill, method=Method.CASH, amount_minor=1000, **who, at=shop.later())
    assert (drawer(session), rounded(shop)) == (FLOAT + 1000, 0)
    left = TOTAL - 2006
    with pytest.raises(bills.TooLittleTendered):
        cashier.take_payment(
            bill, method=Method.CASH, amount_minor=left, tendered_minor=left - left % 10 - 10, **who, at=shop.later()
        )
    last = cashier.take_payment(
        bill, method=Method.CASH, amount_minor=left, tendered_minor=left + 10000, **who, at=shop.later()
    )
    off = rounding(left, step_minor=10)
    assert (last.rounded_minor, last.came_minor, last.change_minor) == (off, left + off, 10000 - off)
    assert off != 0
    assert (drawer(session), rounded(shop)) == (FLOAT + 1000 + left + off, off)
    told = queries.report(session)
    assert (told.rounded_minor, {each.method: each.received_minor for each in told.tenders}[Method.CASH]) == (
        off,
        1000 + left + off,
    )
    figures = cash.cash_figures(shop.unit, session.business_on, cash.cash_cuts())
    assert figures["rounded_minor"] == off
    # Void: the drawer is as it was, and the book of what was rounded too.
    cashier.void_payment(last, reason="Counted wrongly", **who, at=shop.later())
    assert (drawer(session), rounded(shop)) == (FLOAT + 1000, 0)
    # What goes back in cash is rounded alike, and what was counted agrees.
    last = cashier.take_payment(bill, method=Method.CASH, amount_minor=left, **who, at=shop.later())
    back: dict[str, Any] = {"amount_minor": left, "reason": "Scratched"}
    cashier.ask_refund(last, **back, by=shop.reception, at=shop.later())
    cashier.approve_refund(last, by=shop.actor("fang"), at=shop.later())
    gone = cashier.pay_refund(last, **back, **who, at=shop.later())
    assert (gone.went_minor, drawer(session), rounded(shop)) == (left + off, FLOAT + 1000, 0)
    counted = cashier.count_till(session, pieces=fewest(FLOAT + 1000, "CNY"), card_minor=1006, **who, at=shop.later())
    assert counted.variance_minor == 0
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Payment.objects.create(
            bill=bill, method=Method.CARD, amount_minor=1, rounded_minor=1, terminal_ref="x", receipt_number="x",
            taken_by=session.cashier, at=shop.later(),
        )  # fmt: skip
    assert "nothing_but_cash_is_rounded" in broken_constraints(broken.value)


@pytest.mark.shows("FIN-8")
def test_a_refund_goes_another_way_only_as_it_was_approved(shop: Shop) -> None:
    session, bill = stages.an_open_till(shop), stages.a_bill(shop, stages.a_ready_order(shop))
    paid = cashier.take_payment(
        bill, method=Method.CARD, amount_minor=TOTAL, terminal_ref="POS 1", by=shop.actor("cai"), at=shop.later()
    )
    said: dict[str, Any] = {"amount_minor": 1000, "reason": "The card is closed"}
    pays: dict[str, Any] = {"by": shop.actor("cai")}
    for method in ("CREDIT", "WALLET", "GOLD"):
        with pytest.raises(Invalid):
            cashier.ask_refund(paid, **said, method=method, by=shop.reception, at=shop.later())
    cashier.ask_refund(paid, **said, by=shop.reception, at=shop.later())
    granted = cashier.approve_refund(paid, by=shop.actor("fang"), at=shop.later())
    with pytest.raises(NotApproved):
        cashier.pay_refund(paid, **said, method="CASH", **pays, at=shop.later())
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Refund.objects.create(
            number="x", payment=paid, amount_minor=1000, method="CASH", reason="x", approval=granted, session=session,
            paid_by=session.cashier, at=shop.later(),
        )  # fmt: skip
    assert "a_refund_by_another_tender_was_approved_so" in broken_constraints(broken.value)
    cashier.ask_refund(paid, **said, method="CASH", by=shop.reception, at=shop.later())
    cashier.approve_refund(paid, by=shop.actor("fang"), at=shop.later())
    # What was approved is paid so, and in no other way.
    with pytest.raises(NotApproved):
        cashier.pay_refund(paid, **said, **pays, at=shop.later())
    gone = cashier.pay_refund(paid, **said, method="CASH", **pays, at=shop.later())
    assert (gone.went_by, book.balance(MoneyKind.TILL, session.till.reference)) == (Method.CASH, FLOAT - 1000)
    assert {each.method: each.paid_back_minor for each in queries.report(session).tenders} == {
        Method.CASH: 1000,
        Method.CARD: 0,
    }
    with pytest.raises(refunds.MoreThanPaid):
        cashier.ask_refund(paid, **said | {"amount_minor": TOTAL}, method="CASH", by=shop.reception, at=shop.later())
