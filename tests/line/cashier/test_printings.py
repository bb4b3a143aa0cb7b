"""Receipts are numbered without a gap per till and day, and printed once: what is printed again says so (FIN-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from guiju.kernel.models import Counter
from guiju.kernel.refusing import Invalid, NotAllowed, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import printings
from guiju.line.cashier.models import Bill, Payment, Printing, Refund
from guiju.line.cashier.queries.printings import (
    a_number_names_the_till_at_which_it_was_given,
    receipt_numbers_have_no_gaps,
)
from guiju.line.cashier.rules import Method
from guiju.oversight.papers.queries import outcomes
from guiju.oversight.papers.queries.shared import Print
from guiju.oversight.reports.queries import cash
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def paid(shop: Shop, bill: Bill, amount: int, method: Method = Method.CARD) -> Payment:
    more = {} if method == Method.CASH else {"terminal_ref": "POS 1"}
    return cashier.take_payment(bill, method=method, amount_minor=amount, **more, by=shop.actor("cai"), at=shop.later())


def refused(sentence: str, write: Callable[[], object]) -> None:
    """The database says no, by that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert sentence in broken_constraints(broken.value)


def back(shop: Shop, payment: Payment, amount: int) -> Refund:
    cashier.ask_refund(payment, amount_minor=amount, reason="Scratched", by=shop.reception, at=shop.later())
    cashier.approve_refund(payment, by=shop.actor("ma"), at=shop.later())
    return cashier.pay_refund(payment, amount_minor=amount, reason="Scratched", by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("FIN-4")
def test_each_till_numbers_its_own_day_and_what_comes_without_one_the_outlets_year(shop: Shop) -> None:
    bill, day = stages.a_bill(shop, stages.a_ready_order(shop)), f"{shop.unit.day(shop.now):%Y%m%d}"
    plain = paid(shop, bill, 100)
    session = stages.an_open_till(shop)
    first, second = paid(shop, bill, 200), paid(shop, bill, 300, Method.CASH)
    went = back(shop, second, 100)
    assert [plain.receipt_number, first.receipt_number, second.receipt_number, went.number] == [
        f"RC-FS01-{day}-00001", f"RC-FS01.T1-{day}-00001", f"RC-FS01.T1-{day}-00002", f"RF-FS01.T1-{day}-00001",
    ]  # fmt: skip
    shop.later(days=1)
    morrow = f"{shop.unit.day(shop.now):%Y%m%d}"
    assert paid(shop, bill, 400).receipt_number == f"RC-FS01.T1-{morrow}-00001"
    assert list(receipt_numbers_have_no_gaps()) == []
    assert list(a_number_names_the_till_at_which_it_was_given()) == []
    assert session.till.code == "T1"


@pytest.mark.no_books
@pytest.mark.shows("FIN-4")
def test_verify_notices_a_number_that_is_missing_in_the_middle_or_at_the_end(shop: Shop) -> None:
    bill, day = stages.a_bill(shop, stages.a_ready_order(shop)), f"{shop.unit.day(shop.now):%Y%m%d}"
    stages.an_open_till(shop)
    for amount in (100, 200, 300):
        paid(shop, bill, amount)
    assert list(receipt_numbers_have_no_gaps()) == []
    counter = Counter.objects.get(series="RC", org__startswith="TILL-")
    Counter.objects.filter(pk=counter.pk).update(last=4)
    assert list(receipt_numbers_have_no_gaps()) == [f"RC-FS01.T1 {day}: 00004 was given, the last that stands is 00003"]
    late = paid(shop, bill, 400)
    assert late.receipt_number.endswith("-00005")
    assert list(receipt_numbers_have_no_gaps()) == [f"RC-FS01.T1 {day}: 00004 is missing, the last is 00005"]


@pytest.mark.shows("FIN-4", "6.11")
def test_the_first_print_is_the_original_and_each_later_one_has_its_count_and_its_reason(shop: Shop) -> None:
    bill, cai = stages.a_bill(shop, stages.a_ready_order(shop)), shop.actor("cai")
    stages.an_open_till(shop)
    payment = paid(shop, bill, bill.total_minor, Method.CASH)
    with pytest.raises(NotAllowed):
        cashier.print_receipt(payment, by=shop.actor("shen"), at=shop.later())
    with pytest.raises(Invalid):
        cashier.print_receipt(payment, reason="Why not", by=cai, at=shop.later())
    first = cashier.print_receipt(payment, by=cai, at=shop.later())
    with pytest.raises(printings.PrintedAlready):
        cashier.print_receipt(payment, reason="  ", by=cai, at=shop.later())
    again = cashier.print_receipt(payment, reason="The roll was empty", by=shop.reception, at=shop.later())
    went = back(shop, payment, 100)
    of_refund = [cashier.print_receipt(went, reason=why, by=cai, at=shop.later()) for why in ("", "Torn", "Torn again")]
    assert [each.ordinal for each in (first, again, *of_refund)] == [1, 2, 1, 2, 3]
    assert [each.reason for each in queries.printings_of(payment)] == ["", "The roll was empty"]
    unit, span = shop.unit, cash.cash_cuts()
    told = cash.cash_figures(unit, unit.day(shop.now), span)["reprints"]
    assert [(each["receipt"], each["duplicate"], each["by"]) for each in told] == [
        (payment.receipt_number, 1, again.printed_by.name), (went.number, 1, of_refund[1].printed_by.name),
        (went.number, 2, of_refund[2].printed_by.name),
    ]  # fmt: skip
    assert "reprints" not in cash.cash_figures(
        unit, unit.day(shop.now), {k: v for k, v in span.items() if k != "printings"}
    )


@pytest.mark.shows("FIN-4")
def test_only_the_logged_original_is_without_a_mark(shop: Shop) -> None:
    bill, cai = stages.a_bill(shop, stages.a_ready_order(shop)), shop.actor("cai")
    stages.an_open_till(shop)
    half = paid(shop, bill, 1000, Method.CASH)
    list_before = outcomes.receipt(bill.order, Print("https://x/", "cai", shop.now))
    assert (list_before.receipt_number, list_before.mark) == (None, None)  # type: ignore[union-attr]
    part = cashier.print_receipt(half, by=cai, at=shop.later())
    rest = paid(shop, bill, bill.total_minor - 1000)
    first = cashier.print_receipt(rest, by=cai, at=shop.later())
    again = cashier.print_receipt(rest, reason="Lost", by=cai, at=shop.later())
    marks = {}
    for name, printing in {"part": part, "first": first, "again": again, "looked at": None}.items():
        with override("zh-hans" if name == "again" else "en"):
            paper = outcomes.receipt(bill.order, Print("https://x/", "cai", shop.now, printing=printing))
        marks[name] = (paper.receipt_number, paper.mark)  # type: ignore[union-attr]
    assert marks == {
        "part": (half.receipt_number, None), "first": (rest.receipt_number, None),
        "again": (rest.receipt_number, "重印 DUPLICATE 第 1 次"), "looked at": (rest.receipt_number, "COPY, not the original"),
    }  # fmt: skip


@pytest.mark.shows("FIN-4")
def test_a_print_that_is_written_past_the_verb_is_refused_too(shop: Shop) -> None:
    bill, cai = stages.a_bill(shop, stages.a_ready_order(shop)), shop.actor("cai")
    stages.an_open_till(shop)
    payment, wrong = paid(shop, bill, 1000, Method.CASH), paid(shop, bill, 500, Method.CASH)
    cashier.void_payment(wrong, reason="Typed badly", by=cai, at=shop.later())
    with pytest.raises(printings.VoidNotPrinted):
        cashier.print_receipt(wrong, by=cai, at=shop.later())
    first = cashier.print_receipt(payment, by=cai, at=shop.later())
    row = {
        "bill": bill,
        "payment": payment,
        "ordinal": 2,
        "reason": "x",
        "printed_by": first.printed_by,
        "at": shop.now,
    }

    def writing(**changed: object) -> Callable[[], object]:
        return lambda: Printing.objects.create(**row | changed)

    refused("a_receipt_has_one_original", writing(ordinal=1, reason=""))
    refused("a_duplicate_is_printed_for_a_reason", writing(reason=""))
    refused("no_print_is_left_out", writing(ordinal=3))
    refused("what_is_printed_is_a_payment_or_a_refund", writing(payment=None, ordinal=1, reason=""))
    refused("what_is_void_is_not_printed", writing(payment=wrong, ordinal=1, reason=""))
    refused("a_print_is_never_forgotten", first.delete)
    refused("a_print_is_never_forgotten", lambda: Printing.objects.update(at=shop.now + timedelta(1)))
    writing()()
    went = back(shop, payment, 100)
    of_refund = cashier.print_receipt(went, by=cai, at=shop.later())
    refused(
        "a_refunds_receipt_has_one_original", writing(payment=None, refund=went, ordinal=of_refund.ordinal, reason="")
    )
