"""What is left before a part is ordered is the customer's: taken once, credited on the bill, else given back, and nothing else (C07)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel import news
from guiju.kernel.refusing import Invalid, NotAllowed, NotApproved, broken_constraints
from guiju.kernel.verification import run
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import bills, parts_deposits
from guiju.line.cashier.actions.delivery import NotReleased
from guiju.line.cashier.models import PartsDeposit, Payment
from guiju.line.cashier.rules import Method
from guiju.line.followup import actions as followup
from guiju.line.intake import actions as intake
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest, Procurement
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import Quote
from tests.kernel.test_trail import as_the_owner_of_the_database
from tests.line import stages
from tests.line.cashier.deposits import DEPOSIT, accept, an_order, given_back, held, left
from tests.line.cast_line import Shop, fresh, told
from tests.line.workshop.test_commitments import proposing

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def ordering(shop: Shop, request: PartRequest) -> PartRequest:
    return storeroom.answer_none(request, by=shop.actor("shen"), at=shop.later())


def handing_over(shop: Shop, order: WorkOrder, **changed: Any) -> None:
    said = stages.handing_over(order, demonstrated=True) | changed
    cashier.hand_over(order, **said, by=shop.actor("cai"), at=shop.later())


def ready_to_go_back(shop: Shop, order: WorkOrder) -> WorkOrder:
    while news.deliver_due(shop.later()):
        pass
    workshop.prepare_return(
        fresh(order), reassembled=True, accessories_complete=True, safety_checked=True, by=shop.actor("chen"), at=shop.later(),
    )  # fmt: skip
    return fresh(order)


def cancelled(shop: Shop, order: WorkOrder) -> WorkOrder:
    intake.cancel(order, reason="Changed my mind", by=shop.reception, at=shop.later())
    return fresh(order)


@pytest.mark.shows("C07", "FIN-1")
def test_from_the_quote_to_the_hand_over(shop: Shop) -> None:
    """Agreed to, not ordered; left, ordered; credited; the rest paid; home."""
    order = an_order(shop)
    assert order.deposit_owed_minor == DEPOSIT
    request = stages.a_requested_part(shop, order)
    with pytest.raises(workorder.DepositMissing, match=r"180\.00"):
        ordering(shop, request)
    with pytest.raises(workorder.DepositMissing):
        workshop.propose_commitment(order, **proposing(shop), by=shop.actor("chen"), at=shop.later())
    session = stages.an_open_till(shop)
    before, earned = book.balance(MoneyKind.TILL, session.till.reference), book.balance(MoneyKind.REVENUE)
    deposit = left(shop, order)
    assert (held(deposit), book.balance(MoneyKind.TILL, session.till.reference) - before) == (DEPOSIT, DEPOSIT)
    assert book.balance(MoneyKind.REVENUE) == earned, "it is nobody's income yet"
    assert (fresh(order).deposit_owed_minor, fresh(order).deposit_held_minor) == (0, DEPOSIT)
    ordering(shop, request)
    assert Procurement.objects.filter(request=request).exists()

    storeroom.cancel_request(request, by=shop.actor("shen"), at=shop.later())
    order = stages.ready_after_approval(shop, order)
    with pytest.raises(NotReleased, match=r"deposit of 180\.00 CNY back first"):
        handing_over(shop, order)
    bill = stages.a_bill(shop, order)
    (credit,) = bill.payments.all()
    assert (credit.method, credit.amount_minor, credit.deposit) == (Method.DEPOSIT, DEPOSIT, deposit)
    assert (bill.state, bill.owed_minor) == ("PART_PAID", bill.total_minor - DEPOSIT)
    assert (held(deposit), book.balance(MoneyKind.OWED_BY_CUSTOMER, order.number)) == (0, bill.owed_minor)
    cashier.take_payment(bill, method=Method.CASH, amount_minor=bill.owed_minor, by=shop.actor("cai"), at=shop.later())
    handing_over(shop, fresh(order))
    followup.record_call(fresh(order), satisfaction=5, works=True, by=shop.reception, at=shop.later(days=2))
    followup.close(fresh(order), by=shop.actor("ma"), at=shop.later(days=5))
    assert fresh(order).state == State.CLOSED
    (taken,), (credited,) = told("cashier.PartsDepositTaken"), told("cashier.PartsDepositCredited")
    assert (taken["receipt_number"], credited["bill_number"]) == (deposit.receipt_number, bill.number)
    assert not told("cashier.PartsDepositReturned")


def test_a_part_that_lies_here_needs_no_deposit_to_be_kept_for_the_job(shop: Shop) -> None:
    order = an_order(shop)
    assert stages.an_issued_part(shop, order).state == "ISSUED"


def test_a_quote_below_the_rule_asks_nothing_and_the_part_is_ordered(shop: Shop) -> None:
    order = stages.an_approved_order(shop)
    assert order.deposit_owed_minor == 0
    ordering(shop, stages.a_requested_part(shop, order))
    with pytest.raises(parts_deposits.NoneAsked):
        left(shop, order, method=Method.CARD, terminal_ref="C-1")


@pytest.mark.shows("C07", "FIN-1")
def test_it_is_taken_by_the_cashier_alone_and_once(shop: Shop) -> None:
    order = an_order(shop)
    for name in ("lin", "ma", "chen", "fu", "shen"):
        with pytest.raises(NotAllowed):
            cashier.take_parts_deposit(order, method=Method.CASH, by=shop.actor(name), at=shop.later())
    with pytest.raises(bills.TillClosed):
        left(shop, order)
    with pytest.raises(bills.ReferenceMissing):
        left(shop, order, method=Method.CARD)
    for method in (Method.CREDIT, Method.DEPOSIT):
        with pytest.raises(parts_deposits.MethodUnfit):
            left(shop, order, method=method)
    deposit = left(shop, order, method=Method.CARD, terminal_ref="C-1")
    assert (deposit.amount_minor, book.balance(MoneyKind.CARD)) == (DEPOSIT, DEPOSIT)
    with pytest.raises(parts_deposits.NoneAsked):
        left(shop, fresh(order), method=Method.CARD, terminal_ref="C-2")


def _row(deposit: PartsDeposit, **changed: Any) -> PartsDeposit:
    same = {
        name: getattr(deposit, name)
        for name in ("order", "quote", "currency", "method", "terminal_ref", "taken_by", "at", "session")
    }
    return PartsDeposit(**same | {"receipt_number": "DP-X", "amount_minor": 1} | changed)


def refused(sentence: str, write: Callable[[], object]) -> None:
    """The database says no, by that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert sentence in broken_constraints(broken.value)


@pytest.mark.shows("C07")
def test_the_database_holds_it_once_and_never_above_what_was_agreed(shop: Shop) -> None:
    order = an_order(shop)
    deposit = left(shop, order, method=Method.CARD, terminal_ref="C-1")
    refused("a_deposit_is_no_more_than_was_agreed", _row(deposit).save)
    with as_the_owner_of_the_database() as cursor:
        cursor.execute("UPDATE workshop_quote SET deposit_minor = 2 * deposit_minor")
    refused("a_quotes_deposit_is_held_once", _row(deposit).save)
    with as_the_owner_of_the_database() as cursor:
        cursor.execute("UPDATE workshop_quote SET deposit_minor = deposit_minor / 2")


@pytest.mark.shows("C07")
def test_the_database_lets_nothing_else_become_of_it(shop: Shop) -> None:
    order = an_order(shop)
    deposit = left(shop, order, method=Method.CARD, terminal_ref="C-1")
    mine, at = PartsDeposit.objects.filter(pk=deposit.pk), shop.now
    whole = {"settled_at": at, "back_minor": DEPOSIT, "back_reason": "Declined", "back_number": "DR-1"}

    def settling(**changed: Any) -> Callable[[], object]:
        return partial(mine.update, **whole | {"back_method": "CARD", "back_ref": "C-2"} | changed)

    refused("a_parts_deposit_is_never_edited", partial(mine.update, amount_minor=1))
    refused("a_parts_deposit_is_never_edited", mine.delete)
    refused("a_deposit_is_credited_or_given_back_to_the_cent", settling(back_minor=DEPOSIT - 1))
    refused("a_deposit_is_credited_or_given_back_to_the_cent", settling(back_minor=DEPOSIT, used_minor=1))
    refused("a_deposit_goes_back_for_a_reason", settling(back_reason=""))
    refused("a_deposit_goes_back_by_card_under_a_number", settling(back_ref=""))
    refused(
        "a_deposit_goes_back_the_way_it_came_or_by_the_bank",
        settling(back_method="CASH", back_signature=shop.a_signature(), back_session=stages.an_open_till(shop)),
    )
    cancelled(shop, order)
    given_back(shop, deposit, bank_ref="C-1-BACK", signature=None)
    refused("a_parts_deposit_is_settled_once", partial(mine.update, back_reason="Another"))


@pytest.mark.shows("C07", "WO-5")
def test_the_database_orders_no_part_and_ends_no_job_with_a_deposit(shop: Shop) -> None:
    order = an_order(shop)
    request = stages.a_requested_part(shop, order)
    buying = {"request": request, "kind": "PURCHASE", "opened_at": shop.now}
    refused("a_part_is_ordered_once_its_deposit_is_left", partial(Procurement.objects.create, **buying))
    left(shop, order, method=Method.CARD, terminal_ref="C-1")
    mine = WorkOrder.objects.filter(pk=order.pk)
    over = {"state": "DELIVERED", "outcome": "REPAIRED", "delivered_at": shop.now}
    refused("work_order_over_holds_no_deposit", partial(mine.update, **over))
    refused(
        "work_order_owes_a_deposit_while_parts_may_be_ordered",
        partial(mine.update, state="QUOTED", deposit_owed_minor=1),
    )
    cancelled(shop, order)
    given_back(shop, PartsDeposit.objects.get(), bank_ref="C-1-BACK", signature=None)


@pytest.mark.shows("C07")
def test_the_database_lets_a_deposit_pay_the_bill_of_its_own_job_alone(shop: Shop) -> None:
    deposit = left(shop, an_order(shop), method=Method.CARD, terminal_ref="C-1")
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    said = {"bill": bill, "amount_minor": 1, "receipt_number": "RC-X", "taken_by": deposit.taken_by, "at": shop.now}
    pay = partial(Payment.objects.create, **said)
    refused("a_payment_out_of_a_deposit_names_it", partial(pay, method=Method.DEPOSIT))
    refused("a_deposit_pays_the_bill_of_its_own_job", partial(pay, method=Method.DEPOSIT, deposit=deposit))


@pytest.mark.shows("C07", "WO-8")
def test_who_declines_gets_all_of_it_back_before_the_appliance(shop: Shop) -> None:
    stages.an_open_till(shop)
    order = an_order(shop)
    deposit = left(shop, order)
    order = cancelled(shop, order)
    assert (order.state, order.deposit_owed_minor) == (State.DECLINED, 0)
    order = ready_to_go_back(shop, order)
    bill = stages.a_bill(shop, order)
    # The test that was agreed to at the counter is paid as ever; the deposit was for the parts.
    assert (bill.payments.count(), bill.paid_minor) == (0, 0)
    assert bill.total_minor == order.test_fee_minor > 0
    if bill.owed_minor:
        cashier.take_payment(
            bill, method=Method.CASH, amount_minor=bill.owed_minor, by=shop.actor("cai"), at=shop.later()
        )
    with pytest.raises(NotReleased, match="back first"):
        handing_over(shop, fresh(order))
    back = given_back(shop, deposit)
    assert (back.back_minor, back.used_minor, held(deposit)) == (DEPOSIT, 0, 0)
    with pytest.raises(parts_deposits.NothingHeld):
        given_back(shop, deposit)
    handing_over(shop, fresh(order))
    assert fresh(order).state == State.DELIVERED
    (said,) = told("cashier.PartsDepositReturned")
    assert (said["amount_minor"], said["return_number"]) == (DEPOSIT, back.back_number)


@pytest.mark.shows("C07", "S6-44")
def test_a_broken_date_gives_it_back_whole(shop: Shop) -> None:
    order = an_order(shop)
    deposit = left(shop, order, method=Method.CARD, terminal_ref="C-1")
    ordering(shop, stages.a_requested_part(shop, order))
    proposed = workshop.propose_commitment(order, **proposing(shop), by=shop.actor("chen"), at=shop.later())
    workshop.refuse_commitment(proposed, by=shop.reception, at=shop.later())
    workshop.cancel_free(fresh(order), reason="I do not wait for it", by=shop.reception, at=shop.later())
    order = ready_to_go_back(shop, order)
    assert stages.a_bill(shop, order).total_minor == 0
    (due,) = queries.parts_deposits_due(by=shop.actor("cai"))
    assert (due.order.pk, due.state, due.amount_minor) == (order.pk, "TO_RETURN", DEPOSIT)
    given_back(shop, deposit, bank_ref="C-1-BACK", signature=None)
    assert book.balance(MoneyKind.CARD) == 0
    handing_over(shop, fresh(order))


@pytest.mark.shows("C07")
def test_what_the_bill_does_not_take_goes_back(shop: Shop) -> None:
    """The dearer part was not needed after all: the revised quote asks less than lies here."""
    stages.an_open_till(shop)
    order = an_order(shop)
    deposit = left(shop, order)
    labour = workshop.Offer(item=shop.labour)
    again = workshop.revise_quote(order, offers=[labour], service_hours=4, by=shop.actor("chen"), at=shop.later())
    order = accept(shop, Quote.objects.select_related("order").get(pk=again.pk))
    assert (order.deposit_owed_minor, order.deposit_held_minor) == (0, DEPOSIT)
    chen = shop.actor("chen")
    workshop.start_repair(order, by=chen, at=shop.later())
    workshop.log_labour(order, minutes=30, task="A loose wire", by=chen, at=shop.later(minutes=45))
    workshop.finish(fresh(order), work_done="Wire fixed.", by=chen, at=shop.later())
    from guiju.line.quality import actions as quality

    quality.pass_order(
        fresh(order), values=stages.a_checklist(shop), shelf="R-01", by=shop.actor("qin"), at=shop.later()
    )
    order = fresh(order)
    with pytest.raises(parts_deposits.BillFirst):
        given_back(shop, deposit)
    bill = stages.a_bill(shop, order)
    rest = DEPOSIT - bill.total_minor
    assert rest > 0
    assert (bill.state, fresh(order).deposit_held_minor, held(deposit)) == ("PAID", rest, rest)
    with pytest.raises(NotReleased, match="back first"):
        handing_over(shop, fresh(order))
    assert given_back(shop, deposit, reason="More than the bill").back_minor == rest
    handing_over(shop, fresh(order))


@pytest.mark.shows("C07", "C09")
def test_a_dearer_version_asks_the_difference_alone(shop: Shop) -> None:
    order = an_order(shop)
    left(shop, order, method=Method.CARD, terminal_ref="C-1")
    offers = [workshop.Offer(item=shop.labour), workshop.Offer(part=shop.compressor, unit_minor=60000, quantity=2)]
    again = workshop.revise_quote(order, offers=offers, service_hours=8, by=shop.actor("chen"), at=shop.later())
    assert fresh(order).deposit_owed_minor == 0, "nobody has agreed to it"
    order = accept(shop, Quote.objects.select_related("order").get(pk=again.pk))
    assert order.deposit_owed_minor == DEPOSIT
    request = stages.a_requested_part(shop, order)
    with pytest.raises(workorder.DepositMissing):
        ordering(shop, request)
    left(shop, order, method=Method.CARD, terminal_ref="C-2")
    assert (fresh(order).deposit_held_minor, fresh(order).deposit_owed_minor) == (2 * DEPOSIT, 0)
    ordering(shop, request)


@pytest.mark.shows("C07", "FIN-8")
def test_it_goes_back_the_way_it_came_for_a_reason_and_against_a_signature(shop: Shop) -> None:
    till = stages.an_open_till(shop)
    order = an_order(shop)
    deposit = left(shop, order)
    cancelled(shop, order)
    for name in ("lin", "ma", "fu"):
        with pytest.raises(NotAllowed):
            cashier.return_parts_deposit(deposit, reason="Declined", by=shop.actor(name), at=shop.later())
    with pytest.raises(parts_deposits.ReasonForReturn):
        given_back(shop, deposit, reason=" ")
    with pytest.raises(parts_deposits.CustomerSignature):
        given_back(shop, deposit, signature=None)
    with pytest.raises(parts_deposits.MethodUnfit):
        given_back(shop, deposit, method=Method.CARD, bank_ref="C-9")
    with pytest.raises(bills.ReferenceMissing):
        given_back(shop, deposit, method=Method.TRANSFER)
    # By the bank is always possible: the customer may have moved away.
    left(shop, an_order(shop), method=Method.TRANSFER, terminal_ref="T-1")
    back = given_back(shop, deposit, method=Method.TRANSFER, bank_ref="T-77", signature=None)
    assert (back.back_method, back.back_session) == ("TRANSFER", till)


@pytest.mark.shows("C07", "FIN-6", "FIN-8")
def test_while_the_repair_goes_on_another_person_approves(shop: Shop) -> None:
    stages.an_open_till(shop)
    order = an_order(shop)
    deposit = left(shop, order)
    why = {"reason": "It was meant to be by card"}
    with pytest.raises(NotApproved):
        given_back(shop, deposit, **why)
    with pytest.raises(parts_deposits.ReasonForReturn):
        cashier.ask_deposit_back(deposit, reason="", by=shop.reception, at=shop.later())
    cashier.ask_deposit_back(deposit, **why, by=shop.reception, at=shop.later())
    with pytest.raises(NotApproved):
        given_back(shop, deposit, **why)
    with pytest.raises(NotAllowed):
        cashier.approve_deposit_back(deposit, by=shop.actor("cai"), at=shop.later())
    cashier.approve_deposit_back(
        deposit,
        by=shop.actor("ma"),
        at=shop.later(),
    )
    with pytest.raises(NotApproved):
        given_back(shop, deposit, reason="Something else")
    given_back(shop, deposit, **why)
    # It is asked for again, and taken again.
    assert (fresh(order).deposit_owed_minor, fresh(order).deposit_held_minor) == (DEPOSIT, 0)
    assert left(shop, fresh(order), method=Method.CARD, terminal_ref="C-1").amount_minor == DEPOSIT
    cancelled(shop, fresh(order))
    again = PartsDeposit.objects.get(settled_at=None)
    with pytest.raises(parts_deposits.NotNeeded):
        cashier.ask_deposit_back(again, reason="Declined now", by=shop.reception, at=shop.later())


@pytest.mark.shows("C07")
def test_nobody_pays_a_bill_out_of_a_deposit_by_hand(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    bill = stages.a_bill(shop, order)
    with pytest.raises(Invalid, match="never by hand"):
        cashier.take_payment(bill, method=Method.DEPOSIT, amount_minor=100, by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("FIN-8")
def test_what_a_deposit_paid_is_refunded_the_way_the_deposit_came(shop: Shop) -> None:
    order = an_order(shop)
    left(shop, order, method=Method.CARD, terminal_ref="C-1")
    bill = stages.a_bill(shop, stages.ready_after_approval(shop, order))
    payment = Payment.objects.get(bill=bill, method=Method.DEPOSIT)
    said: dict[str, Any] = {"amount_minor": 1000, "reason": "Scratched on the shelf"}
    cashier.ask_refund(payment, **said, by=shop.reception, at=shop.later())
    cashier.approve_refund(payment, by=shop.actor("ma"), at=shop.later())
    cashier.pay_refund(payment, **said, by=shop.actor("cai"), at=shop.later())
    assert book.balance(MoneyKind.CARD) == DEPOSIT - 1000


@pytest.mark.shows("C07")
@pytest.mark.no_books
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workorder_workorder SET deposit_held_minor = 1",
        "UPDATE workorder_workorder SET deposit_owed_minor = 1",
        "UPDATE cashier_partsdeposit SET used_minor = 1",
        "UPDATE money_moneyaccount SET balance = balance + 1 WHERE kind = 'DEPOSIT_HELD'",
    ],
)
def test_verify_finds_a_deposit_that_does_not_agree(shop: Shop, change: str) -> None:
    order = an_order(shop)
    left(shop, order, method=Method.CARD, terminal_ref="C-1")
    assert not [each for each in run() if each.invariant == "C07"]
    with as_the_owner_of_the_database() as cursor:
        cursor.execute(change)
    assert [each for each in run() if each.invariant == "C07"]
