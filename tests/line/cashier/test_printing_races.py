"""Two tills at once, and one till twice: every number is given once, none is left out, and a receipt has one original."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.kernel.actor import Grant
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions.printings import PrintedAlready
from guiju.line.cashier.models import Bill, Payment, Printing
from guiju.line.cashier.queries.printings import receipt_numbers_have_no_gaps
from guiju.line.cashier.rules import Method
from tests.cast import FOUNDED
from tests.kernel.racing import together
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.shows("FIN-4")
def test_payments_at_two_tills_and_at_one_leave_no_gap_and_one_original_is_printed(shop: Shop) -> None:
    bills = [stages.a_bill(shop, stages.a_ready_order(shop)) for _ in range(4)]
    stages.an_open_till(shop)
    cai = shop.actor("cai")
    lin = replace(shop.actor("lin"), grants=(Grant("CA", frozenset({shop.unit.pk})),))
    other = cashier.add_till(unit=shop.unit, code="T2", by=shop.actor("ma"), at=FOUNDED)
    cashier.open_till_session(other, float_minor=0, by=lin, at=shop.later())
    at = shop.later()

    def pay(number: int) -> str:
        bill = Bill.objects.select_related("order__unit").get(pk=bills[number % 4].pk)
        who = lin if number % 2 else cai
        return cashier.take_payment(bill, method=Method.CASH, amount_minor=100 + number, by=who, at=at).receipt_number

    got = sorted(map(str, together(8, pay)))
    day = f"{shop.unit.day(at):%Y%m%d}"
    assert got == [f"RC-FS01.{till}-{day}-{each:05d}" for till in ("T1", "T2") for each in (1, 2, 3, 4)]
    assert list(receipt_numbers_have_no_gaps()) == []

    def print_it(_number: int) -> int:
        payment = Payment.objects.select_related("bill__order__unit").get(receipt_number=got[0])
        return cashier.print_receipt(payment, by=cai, at=at).ordinal

    printed = together(4, print_it)
    assert [each for each in printed if each == 1] == [1]
    assert len([each for each in printed if isinstance(each, PrintedAlready)]) == 3
    assert Printing.objects.count() == 1
