"""A loaner's deposit is the customer's money: taken at the till, held, given back or kept for a reason, once (A17)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import bills, deposits
from guiju.line.cashier.actions.delivery import NotReleased
from guiju.line.cashier.rules import Method
from guiju.line.intake import actions as intake
from guiju.line.intake.models import Loan
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.oversight.papers.queries import loan as paper_of
from guiju.oversight.papers.queries.shared import Print
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told
from tests.line.intake.test_loaners import a_loan, a_loaner

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def taking(shop: Shop, loan: Loan, **how: Any) -> Any:
    typed = {"method": Method.CASH} | how
    return cashier.take_deposit(loan, **typed, by=shop.actor("cai"), at=shop.later())


def held(loan: Loan) -> int:
    return -book.balance(MoneyKind.DEPOSIT_HELD, f"LOAN-{loan.pk}")


def back(shop: Shop, loan: Loan, minor: int) -> None:
    intake.take_loaner_back(loan, condition="A dent.", deposit_back_minor=minor, by=shop.reception, at=shop.later())


@pytest.mark.shows("A17", "FIN-1")
def test_a_deposit_is_held_for_the_customer_and_goes_back_in_part(shop: Shop) -> None:
    order = shop.a_received_order()
    loan = a_loan(shop, order)
    with pytest.raises(bills.TillClosed):
        taking(shop, loan)
    session = stages.an_open_till(shop)
    till = session.till.reference
    before, earned = book.balance(MoneyKind.TILL, till), book.balance(MoneyKind.REVENUE)
    for name in ("lin", "ma", "chen", "fu"):
        with pytest.raises(NotAllowed):
            cashier.take_deposit(loan, method=Method.CASH, by=shop.actor(name), at=shop.later())
    with pytest.raises(bills.ReferenceMissing):
        taking(shop, loan, method=Method.CARD)
    deposit = taking(shop, loan)
    assert (held(loan), book.balance(MoneyKind.TILL, till) - before) == (20000, 20000)
    # It is nobody's income yet.
    assert book.balance(MoneyKind.REVENUE) == earned
    with pytest.raises(deposits.DepositTakenAlready):
        taking(shop, loan)
    with pytest.raises(deposits.LoanerStillOut):
        cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later())

    back(shop, loan, 15000)
    with pytest.raises(NotAllowed):
        cashier.return_deposit(loan, by=shop.actor("lin"), at=shop.later())
    cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later())
    assert (held(loan), book.balance(MoneyKind.TILL, till) - before) == (0, 5000)
    assert earned - book.balance(MoneyKind.REVENUE) == 5000
    with pytest.raises(deposits.DepositSettledAlready):
        cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later())
    (taken,), (settled,) = told("cashier.DepositTaken"), told("cashier.DepositSettled")
    assert (taken["receipt_number"], taken["amount_minor"]) == (deposit.receipt_number, 20000)
    assert (settled["back_minor"], settled["kept_minor"]) == (15000, 5000)
    paper = paper_of(fresh(order), Print("https://repair.example/", "lin", shop.now))
    assert paper is not None
    assert (paper.deposit_receipt_number, paper.deposit_back_minor, paper.deposit_kept_minor) == (
        deposit.receipt_number, 15000, 5000,
    )  # fmt: skip


def test_what_is_kept_whole_needs_no_open_till(shop: Shop) -> None:
    loan = a_loan(shop, shop.a_received_order())
    taking(shop, loan, method=Method.CARD, terminal_ref="C-1")
    back(shop, loan, 0)
    assert cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later()).kept_minor == 20000
    assert (held(loan), book.balance(MoneyKind.CARD)) == (0, 20000)


def test_nothing_is_taken_where_nothing_is_asked_or_the_loaner_is_back(shop: Shop) -> None:
    free = a_loan(shop, shop.a_received_order(), deposit_minor=0)
    with pytest.raises(deposits.NoDeposit):
        taking(shop, free, method=Method.TRANSFER, terminal_ref="T-1")
    gone = a_loan(shop, shop.a_received_order(), loaner=a_loaner(shop, "LN-2"))
    back(shop, gone, 20000)
    with pytest.raises(deposits.LoanerBack):
        taking(shop, gone, method=Method.TRANSFER, terminal_ref="T-1")
    with pytest.raises(deposits.NoDeposit):
        cashier.return_deposit(gone, by=shop.actor("cai"), at=shop.later())


def _giving(shop: Shop, order: WorkOrder) -> None:
    cashier.hand_over(order, **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("A17", "WO-8")
def test_the_appliance_stays_until_the_deposit_is_settled(shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    loan = a_loan(shop, order)
    taking(shop, loan)
    with pytest.raises(NotReleased, match="Take the loaner back first"):
        _giving(shop, order)
    back(shop, loan, 20000)
    with pytest.raises(NotReleased, match="Settle the loaner's deposit"):
        _giving(shop, order)
    cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later())
    _giving(shop, order)
    assert fresh(order).state == State.DELIVERED
    assert queries.deposits_of(order)[loan.pk].settled_at is not None


@pytest.mark.shows("A17")
def test_every_deposit_that_is_open_is_known_until_it_is_settled(shop: Shop, other_shop: Shop) -> None:
    due = a_loan(shop, shop.a_received_order())
    loan = a_loan(shop, shop.a_received_order(), loaner=a_loaner(shop, "LN-2"))
    a_loan(other_shop, other_shop.a_received_order(), loaner=a_loaner(other_shop, "LN-9"))
    free = intake.add_loaner(
        unit=shop.unit, description="Fan", serial="LN-3", deposit_minor=0, by=shop.actor("ma"), at=shop.later()
    )
    a_loan(shop, shop.a_received_order(), loaner=free)

    def known(name: str = "cai") -> list[tuple[Loan, str]]:
        return [(each.loan, str(each.state)) for each in queries.open_deposits(by=shop.actor(name))]

    assert known() == [(due, "TO_TAKE"), (loan, "TO_TAKE")]
    taking(shop, loan, method=Method.CARD, terminal_ref="C-1")
    assert known() == [(due, "TO_TAKE"), (loan, "HELD")]
    back(shop, loan, 20000)
    back(shop, due, 0)
    # Nothing was left for the first one, so there is nothing to give back.
    assert known() == [(loan, "TO_SETTLE")]
    assert len(known("nie")) == 2, "head office sees each outlet's"
    stages.an_open_till(shop)
    cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later())
    assert known() == []
