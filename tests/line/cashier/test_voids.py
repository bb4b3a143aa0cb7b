"""A payment that was taken wrongly is void before its drawer is counted: the bill is owed again, the number stays used (FIN-4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.coins import fewest
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import refunds, voids
from guiju.line.cashier.models import Bill, Payment, Refund, Void
from guiju.line.cashier.rules import Method
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TOTAL = stages.MIN_LABOUR + stages.MIN_COMPRESSOR


def refused(sentence: str, write: Callable[[], object]) -> None:
    """The database says no, by that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert sentence in broken_constraints(broken.value)


def paid(shop: Shop, bill: Bill, amount: int = TOTAL, method: Method = Method.CASH) -> Payment:
    more = {} if method == Method.CASH else {"terminal_ref": "POS 1"}
    return cashier.take_payment(bill, method=method, amount_minor=amount, **more, by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("FIN-4", "6.11")
def test_what_was_taken_wrongly_is_owed_again_and_its_number_is_never_given_twice(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    session = stages.an_open_till(shop)
    wrong = paid(shop, bill)
    void = partial(cashier.void_payment, wrong, by=shop.actor("cai"))
    with pytest.raises(Invalid):
        void(reason=" ", at=shop.later())
    with pytest.raises(NotAllowed):
        cashier.void_payment(wrong, reason="x", by=shop.reception, at=shop.later())
    gone = void(reason="It was the neighbour's bill", at=shop.later())
    assert (gone.payment.receipt_number, gone.payment.is_void) == (wrong.receipt_number, True)
    assert (fresh(bill.order).billing, book.balance(MoneyKind.TILL, session.till.reference)) == ("BILLED", 50000)
    with pytest.raises(voids.VoidedAlready):
        void(reason="Again", at=shop.later())
    with pytest.raises(refunds.VoidPayment):
        cashier.ask_refund(wrong, amount_minor=1, reason="x", by=shop.reception, at=shop.later())
    right = paid(shop, bill, method=Method.CARD)
    assert [int(each.receipt_number.rsplit("-", 1)[1]) for each in (wrong, right)] == [1, 2]
    shown = queries.bill_of(bill.order)
    assert shown is not None
    assert (shown.state, list(shown.payments.all())) == ("PAID", [right])
    report = queries.report(session)
    assert [(each.method, each.net_minor) for each in report.tenders] == [(Method.CARD, TOTAL)]
    assert [str(each) for each in report.voids] == [wrong.receipt_number]
    assert [each["receipt_number"] for each in told("cashier.PaymentVoided")] == [wrong.receipt_number]


@pytest.mark.shows("FIN-4")
def test_after_the_count_the_hand_over_or_a_refund_nothing_is_void(shop: Shop) -> None:
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    session = stages.an_open_till(shop)
    half = paid(shop, bill, 1000)
    rest = paid(shop, bill, TOTAL - 1000, Method.CARD)
    void = partial(cashier.void_payment, reason="x", by=shop.actor("cai"))
    cashier.ask_refund(half, amount_minor=100, reason="Scratched", by=shop.reception, at=shop.later())
    granted = cashier.approve_refund(half, by=shop.actor("ma"), at=shop.later())
    cashier.pay_refund(half, amount_minor=100, reason="Scratched", by=shop.actor("cai"), at=shop.later())
    with pytest.raises(voids.RefundedAlready):
        void(half, at=shop.later())
    row = {
        "payment": rest,
        "amount_minor": 1,
        "reason": "x",
        "approval": granted,
        "paid_by_id": rest.taken_by_id,
        "at": shop.now,
    }
    made = {"reason": "x", "voided_by_id": rest.taken_by_id, "at": shop.now}
    refused("what_went_back_cannot_be_void", partial(Void.objects.create, payment=half, **made))
    refused("a_payment_is_void_for_a_reason", partial(Void.objects.create, payment=rest, **made | {"reason": ""}))
    with transaction.atomic():
        gone = Void.objects.create(payment=rest, **made)
        refused("a_void_is_never_edited", partial(Void.objects.filter(pk=gone.pk).update, reason="y"))
        refused("a_void_payment_is_not_refunded", partial(Refund.objects.create, number="RF-X", **row))
        transaction.set_rollback(True)
    cai = shop.actor("cai")
    counted = fewest(50000 + 900, "CNY")
    cashier.count_till(session, pieces=counted, card_minor=TOTAL - 1000, by=cai, at=shop.later())
    with pytest.raises(voids.NotOfThisSession):
        void(rest, at=shop.later())
    refused("a_payment_is_void_before_its_till_is_counted", partial(Void.objects.create, payment=rest, **made))
    cashier.hand_over(fresh(bill.order), **stages.handing_over(bill.order), by=cai, at=shop.later())
    with pytest.raises(WrongState):
        void(rest, at=shop.later())
