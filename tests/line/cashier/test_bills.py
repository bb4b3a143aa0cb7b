"""The till: bills within what was approved, payments with gap-free receipts, refunds by two, a hand-over that is proved."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.approval import SamePerson
from guiju.kernel.refusing import NotAllowed, NotApproved
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import bills, credit, delivery, owing, refunds, tills
from guiju.line.cashier.models import Bill, BillLine, Payment, Refund, TillSession
from guiju.line.cashier.rules import ClaimProof, Method
from guiju.line.intake import actions as intake
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TOTAL = stages.MIN_LABOUR + stages.MIN_COMPRESSOR


def paying(shop: Shop, bill: Bill, amount: int, method: Method = Method.CARD, **more: object) -> Payment:
    """The cashier takes money."""
    more = {"terminal_ref": "POS 1"} | more if method != Method.CASH else more
    return cashier.take_payment(bill, method=method, amount_minor=amount, **more, by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("S6-29", "FIN-4")
def test_a_bill_is_paid_in_parts_with_one_receipt_after_another(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    first = paying(shop, bill, 10000)
    assert fresh(bill.order).billing == "PART_PAID"
    with pytest.raises(bills.TooMuch):
        paying(shop, bill, TOTAL)
    second = paying(shop, bill, TOTAL - 10000)
    numbers = [int(each.receipt_number.rsplit("-", 1)[1]) for each in (first, second)]
    assert numbers == [1, 2]
    assert fresh(bill.order).billing == "PAID"


@pytest.mark.shows("WO-3")
def test_the_database_refuses_a_bill_above_the_approved_quote(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    assert bill.total_minor == TOTAL
    with pytest.raises(IntegrityError), transaction.atomic():
        Bill.objects.filter(pk=bill.pk).update(total_minor=TOTAL + 1)


@pytest.mark.shows("WO-4")
def test_a_covered_repair_costs_nothing(shop: Shop) -> None:
    order = stages.a_diagnosed_order(shop, bought={"purchased_on": shop.now.date()})
    chen = shop.actor("chen")
    workshop.approve_free(order, by=chen, at=shop.later())
    workshop.start_repair(fresh(order), by=chen, at=shop.later())
    workshop.log_labour(fresh(order), minutes=5, task="Belt", by=chen, at=shop.later())
    workshop.finish(fresh(order), work_done="Belt set.", by=chen, at=shop.later())
    from guiju.line.quality import actions as quality

    quality.pass_order(
        fresh(order), values=stages.a_checklist(shop), shelf="R-01", by=shop.actor("qin"), at=shop.later()
    )
    bill = stages.a_bill(shop, fresh(order))
    assert (bill.total_minor, bill.state) == (0, "PAID")
    cashier.hand_over(fresh(order), **stages.handing_over(order), by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("S6-37")
def test_a_declined_repair_costs_the_published_test_fee(shop: Shop) -> None:
    _ = shop.test, shop.price_list
    order, quote = stages.a_quoted_order(shop)
    workshop.decline_quote(quote, by=shop.reception, at=shop.later())
    workshop.prepare_return(
        fresh(order), reassembled=True, accessories_complete=True, safety_checked=True, by=shop.actor("chen"), at=shop.later()
    )  # fmt: skip
    bill = stages.a_bill(shop, fresh(order))
    assert bill.total_minor == order.test_fee_minor == 3000


def test_cash_needs_an_open_till_and_gives_change(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    with pytest.raises(bills.TillClosed):
        paying(shop, bill, TOTAL, Method.CASH)
    session = stages.an_open_till(shop)
    with pytest.raises(bills.TooLittleTendered):
        paying(shop, bill, TOTAL, Method.CASH, tendered_minor=TOTAL - 1)
    payment = paying(shop, bill, TOTAL, Method.CASH, tendered_minor=50000)
    assert payment.change_minor == 4000
    assert book.balance(MoneyKind.TILL, session.till.reference, unit=shop.unit) == 50000 + TOTAL


@pytest.mark.shows("FIN-5")
def test_a_till_opens_only_when_the_last_session_is_closed(shop: Shop) -> None:
    session = stages.an_open_till(shop)
    with pytest.raises((tills.TillTaken, tills.CashierBusy)):
        cashier.open_till_session(session.till, float_minor=0, by=shop.actor("cai"), at=shop.later(days=1))
    # Nor by anybody else at the same till.
    other = {"cashier_id": shop.actor("fang").person_id, "business_on": session.business_on, "currency": "CNY"}
    with pytest.raises(IntegrityError), transaction.atomic():
        TillSession.objects.create(till=session.till, **other, float_minor=0, opened_at=shop.later())
    cashier.count_till(session, pieces={10000: 5}, by=shop.actor("cai"), at=shop.later())
    cashier.close_till_session(session, by=shop.actor("cai"), at=shop.later())
    cashier.open_till_session(session.till, float_minor=0, by=shop.actor("cai"), at=shop.later())
    assert TillSession.objects.count() == 2


@pytest.mark.shows("FIN-8", "FIN-6", "G-2", "I14")
def test_a_refund_is_asked_by_one_approved_by_another_and_paid_by_the_cashier(shop: Shop) -> None:
    payment = paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), TOTAL)
    asked = {"amount_minor": 6000, "reason": "The belt was not needed"}
    cai = shop.actor("cai")
    with pytest.raises(NotApproved):
        cashier.pay_refund(payment, **asked, by=cai, at=shop.later())
    with pytest.raises(refunds.MoreThanPaid):
        cashier.ask_refund(payment, amount_minor=TOTAL + 1, reason="x", by=shop.reception, at=shop.later())
    cashier.ask_refund(payment, **asked, by=shop.reception, at=shop.later())
    with pytest.raises(NotAllowed):
        cashier.approve_refund(payment, by=shop.reception, at=shop.later())
    cashier.approve_refund(payment, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(NotApproved):
        cashier.pay_refund(payment, amount_minor=6001, reason=asked["reason"], by=cai, at=shop.later())
    cashier.pay_refund(payment, **asked, by=cai, at=shop.later())
    with pytest.raises((NotApproved, IntegrityError)), transaction.atomic():
        cashier.pay_refund(payment, **asked, by=cai, at=shop.later())
    assert Bill.objects.get(pk=payment.bill_id).refunded_minor == 6000
    # The database, too, counts what went back already.
    paid, rest = Refund.objects.get(), TOTAL - 6000
    again = cashier.ask_refund(payment, amount_minor=rest, reason="All of it", by=shop.reception, at=shop.later())
    alike = {"payment": payment, "reason": "x", "approval": again, "paid_by": paid.paid_by, "at": paid.at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(number="RF-2", amount_minor=rest + 1, **alike)
    with transaction.atomic():
        Refund.objects.create(number="RF-2", amount_minor=rest, **alike)
        transaction.set_rollback(True)


def test_the_manager_approves_refunds_only_up_to_the_limit(shop: Shop) -> None:
    order = stages.a_ready_order(shop, parts=2)
    payment = paying(shop, stages.a_bill(shop, order), stages.MIN_LABOUR + 2 * stages.MIN_COMPRESSOR)
    cashier.ask_refund(payment, amount_minor=60000, reason="All wrong", by=shop.reception, at=shop.later())
    with pytest.raises(refunds.OverTheLimit):
        cashier.approve_refund(payment, by=shop.actor("ma"), at=shop.later())
    cashier.approve_refund(payment, by=shop.actor("fang"), at=shop.later())


@pytest.mark.shows("FIN-9", "G11")
def test_credit_is_allowed_by_another_and_never_beyond_its_limit(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    with pytest.raises(owing.NoCredit):
        paying(shop, bill, TOTAL, Method.CREDIT)
    account = cashier.open_credit(
        bill.order.customer, limit_minor=TOTAL - 1, days=30, by=shop.actor("ma"), at=shop.later()
    )
    with pytest.raises(owing.NoCredit):
        paying(shop, bill, 100, Method.CREDIT)
    with pytest.raises((NotAllowed, SamePerson)):
        cashier.approve_credit(account, by=shop.actor("ma"), at=shop.later())
    cashier.approve_credit(account, by=shop.actor("fang"), at=shop.later())
    with pytest.raises(owing.CreditUsedUp):
        paying(shop, bill, TOTAL, Method.CREDIT)
    paying(shop, bill, TOTAL - 1, Method.CREDIT)
    paying(shop, bill, 1)
    assert queries.bill_of(bill.order).state == "ON_CREDIT"
    with pytest.raises(credit.CreditAlready):
        cashier.open_credit(bill.order.customer, limit_minor=5, days=30, by=shop.actor("ma"), at=shop.later())


@pytest.mark.shows("WO-8", "G12", "WO-13")
def test_nothing_goes_out_unpaid_unproved_or_incomplete(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    cai = shop.actor("cai")
    with pytest.raises(delivery.NotReleased):
        cashier.hand_over(order, **stages.handing_over(order), by=cai, at=shop.later())
    bill = stages.a_bill(shop, order)
    with pytest.raises(delivery.NotReleased):
        cashier.hand_over(order, **stages.handing_over(order), by=cai, at=shop.later())
    paying(shop, bill, TOTAL)
    for wrong in ({"claim_code": "000000"}, {"demonstrated": False}, {"proof": ClaimProof.IDENTITY}):
        with pytest.raises(delivery.NotReleased):
            cashier.hand_over(order, **stages.handing_over(order, **wrong), by=cai, at=shop.later())
    with pytest.raises(intake.AccessoriesMissing):
        cashier.hand_over(order, **stages.handing_over(order, accessories_returned={}), by=cai, at=shop.later())
    assert fresh(order).state == State.READY
    cashier.hand_over(order, **stages.handing_over(order), by=cai, at=shop.later())
    assert fresh(order).state == State.DELIVERED


@pytest.mark.shows("S1-41", "PRC-1")
def test_the_database_bills_no_price_outside_the_published_range(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    line = bill.lines.all()[0]

    def charge(unit_minor: int) -> BillLine:
        columns = ("bill_id", "kind", "item_id", "part_id", "list_min_minor", "list_max_minor")
        same = {name: getattr(line, name) for name in columns}
        return BillLine.objects.create(**same, quantity=1, unit_minor=unit_minor, amount_minor=unit_minor)

    for outside in (line.list_min_minor - 1, line.list_max_minor + 1):
        with pytest.raises(IntegrityError, match="a_charged_price_is_in_the_published_range"), transaction.atomic():
            charge(outside)
    with transaction.atomic():
        assert charge(line.list_max_minor).pk
        transaction.set_rollback(True)
