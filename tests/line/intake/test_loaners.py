"""Loaners: lent with a signature, back before the appliance goes home (A17)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions.delivery import NotReleased
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.intake.models import Loan, LoanerUnit
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

WHY = "The customer brings it tomorrow"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_loaner(shop: Shop, serial: str = "LN-1", **more: Any) -> LoanerUnit:
    """A small washing machine of the outlet, for 200 yuan of deposit."""
    return intake.add_loaner(
        unit=shop.unit, description="Small washing machine", serial=serial, deposit_minor=20000, product_line=shop.line,
        by=shop.actor("ma" if shop.code == "FS01" else "he"), at=shop.later(), **more,
    )  # fmt: skip


def lending(shop: Shop, **changed: Any) -> dict[str, Any]:
    return {"condition": "Clean, with its hose.", "signature": shop.a_signature()} | changed


def a_loan(shop: Shop, order: Any, **changed: Any) -> Loan:
    loaner = changed.pop("loaner", None) or a_loaner(shop)
    return intake.lend(order, loaner=loaner, **lending(shop, **changed), by=shop.reception, at=shop.later())


@pytest.mark.shows("A17")
def test_a_loaner_goes_out_with_deposit_signature_and_condition(shop):
    order = shop.a_received_order()
    loan = a_loan(shop, order)
    assert (loan.deposit_minor, loan.condition_out, loan.lent_by_name) == (20000, "Clean, with its hose.", "lin")
    assert queries.loans_of(order) == [loan]
    assert queries.free_loaners(shop.unit) == []
    assert told("intake.LoanerLent") == [{"loan_id": loan.pk, "order_id": order.pk, "serial": "LN-1"}]


@pytest.mark.shows("A17")
def test_one_unit_is_with_one_customer(shop, other_shop):
    first, second, loaner = shop.a_received_order(), shop.a_received_order(), a_loaner(shop)
    loan = a_loan(shop, first, loaner=loaner)
    with pytest.raises(intake.LentAlready):
        a_loan(shop, second, loaner=loaner)
    with pytest.raises(Invalid):
        a_loan(shop, second, loaner=a_loaner(other_shop))
    intake.take_loaner_back(loan, condition="As it went.", by=shop.reception, at=shop.later())
    assert a_loan(shop, second, loaner=loaner).order == second


@pytest.mark.shows("A17")
def test_it_comes_back_with_its_condition_and_the_deposit_once(shop):
    loan = a_loan(shop, shop.a_received_order())
    with pytest.raises(Invalid):
        intake.take_loaner_back(loan, condition=" ", by=shop.reception, at=shop.later())
    with pytest.raises(Invalid):
        intake.take_loaner_back(loan, condition="Fine.", deposit_back_minor=20001, by=shop.reception, at=shop.later())
    back = intake.take_loaner_back(
        loan, condition="A dent; 50 kept.", deposit_back_minor=15000, by=shop.reception, at=shop.later()
    )
    assert (back.deposit_back_minor, back.returned_at) == (15000, shop.now)
    assert len(told("intake.LoanerReturned")) == 1
    with pytest.raises(intake.LoanOver):
        intake.take_loaner_back(loan, condition="Fine.", by=shop.reception, at=shop.later())


@pytest.mark.shows("A17")
def test_who_may_lend_and_who_may_except(shop):
    order = shop.a_received_order()
    with pytest.raises(NotAllowed):
        intake.add_loaner(unit=shop.unit, description="A", serial="B", by=shop.reception, at=shop.later())
    loaner = a_loaner(shop)
    with pytest.raises(NotAllowed):
        intake.lend(order, loaner=loaner, **lending(shop), by=shop.actor("chen"), at=shop.later())
    loan = a_loan(shop, order, loaner=loaner)
    with pytest.raises(NotAllowed):
        intake.except_loaner(loan, reason=WHY, by=shop.reception, at=shop.later())
    assert intake.except_loaner(loan, reason=WHY, by=shop.actor("ma"), at=shop.later()).excepted_because == WHY


@pytest.mark.shows("A17", "WO-8")
def test_the_appliance_stays_until_the_loaner_is_back_or_the_manager_says_why(shop):
    order = stages.a_paid_order(shop)
    loan = a_loan(shop, order)
    with pytest.raises(NotReleased, match="LN-1"):
        cashier.hand_over(order, **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())
    intake.except_loaner(loan, reason=WHY, by=shop.actor("ma"), at=shop.later())
    cashier.hand_over(order, **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())
    assert fresh(order).state == "DELIVERED"
    # The loaner is still on the order, and still comes back.
    loan = intake.take_loaner_back(loan, condition="As it went.", by=shop.actor("cai"), at=shop.later())
    assert loan.returned_at == shop.now
    with pytest.raises(WrongState):
        a_loan(shop, fresh(order), loaner=a_loaner(shop, "LN-2"))


@pytest.mark.shows("A17")
def test_a_loaner_that_is_back_holds_up_nobody(shop):
    order = stages.a_paid_order(shop)
    intake.take_loaner_back(a_loan(shop, order), condition="As it went.", by=shop.reception, at=shop.later())
    cashier.hand_over(order, **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())
    assert fresh(order).state == "DELIVERED"


def test_the_list_holds_each_unit_once_and_lets_go_of_what_is_here_alone(shop):
    loaner, ma = a_loaner(shop), shop.actor("ma")
    with pytest.raises(intake.KnownLoaner):
        a_loaner(shop)
    loan = a_loan(shop, shop.a_received_order(), loaner=loaner)
    with pytest.raises(intake.StillOut):
        intake.retire_loaner(loaner, reason="It is broken", by=ma, at=shop.later())
    intake.take_loaner_back(loan, condition="Broken.", by=shop.reception, at=shop.later())
    intake.retire_loaner(loaner, reason="It is broken", by=ma, at=shop.later())
    with pytest.raises(Invalid):
        a_loan(shop, shop.a_received_order(), loaner=loaner)
    assert list(LoanerUnit.objects.visible_to(shop.actor("zhou"))) == []


@pytest.mark.no_books
@pytest.mark.shows("A17")
def test_the_books_find_an_appliance_that_went_home_without_its_loaner(shop):
    order = stages.a_delivered_order(shop)
    loaner = a_loaner(shop)
    assert list(queries.a_loaner_comes_back_before_the_appliance_goes_home()) == []
    Loan.objects.create(
        loaner=loaner, order=order, deposit_minor=0, condition_out="x", signature=shop.a_signature(),
        lent_at=shop.now - timedelta(days=1), lent_by_name="x",
    )  # fmt: skip
    assert "LN-1" in next(iter(queries.a_loaner_comes_back_before_the_appliance_goes_home()))
