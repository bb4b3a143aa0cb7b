"""What customers owe after they have left: due by a day, paid in parts, reminded of, given up by two, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.jobs import nightly
from guiju.kernel.approval import NothingAsked, SamePerson
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import bills, credit, delivery, owing
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.cashier.queries import tills
from guiju.line.cashier.rules import CreditState, Method
from guiju.line.receivables import actions as receivables
from guiju.line.receivables import queries, rules
from guiju.line.receivables.actions import collecting, reminding, writing_off
from guiju.line.receivables.models import Collection, CollectionLine, Letter, Pause
from guiju.line.receivables.rules import Age
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told
from tests.line.receivables.owing import DAYS, TOTAL, a_debt, an_account, collected

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def refused(sentence: str, write: Callable[[], object]) -> None:
    """The database says no, by that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert sentence in broken_constraints(broken.value)


def now(account: CreditAccount) -> CreditAccount:
    return CreditAccount.objects.select_related("unit", "customer").get(pk=account.pk)


def left(account: CreditAccount) -> list[int]:
    return list(Debt.objects.filter(account=account).order_by("pk").values_list("left_minor", flat=True))


@pytest.mark.parametrize(
    ("days", "is_age"),
    [(-5, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.TO_30), (30, Age.TO_30), (31, Age.TO_60), (60, Age.TO_60), (61, Age.TO_90),
     (90, Age.TO_90), (91, Age.OVER_90), (4000, Age.OVER_90)],
)  # fmt: skip
def test_a_debt_is_as_old_as_it_is_late(days: int, is_age: Age) -> None:
    assert rules.age(days) is is_age
    assert sum(rules.aged([(7, days), (5, 0)]).values()) == 12


def test_a_payment_pays_the_first_debt_first_and_never_more_than_all() -> None:
    assert rules.spread(150, [(1, 100), (2, 80), (3, 5)]) == {1: 100, 2: 50}
    assert rules.spread(185, [(1, 100), (2, 80), (3, 5)]) == {1: 100, 2: 80, 3: 5}
    with pytest.raises(ValueError, match="1"):
        rules.spread(186, [(1, 100), (2, 80), (3, 5)])
    assert [rules.level(days, (7, 21, 45)) for days in (6, 7, 20, 21, 44, 45, 99)] == [0, 1, 1, 2, 2, 3, 3]


@pytest.mark.shows("S6-29", "FIN-9", "G11")
def test_an_account_is_paid_in_parts_the_oldest_job_first_or_the_one_that_is_named(shop: Shop) -> None:
    first = a_debt(shop)
    account, customer = first.account, first.account.customer
    shop.later(days=3)
    second = a_debt(shop, customer, amount=TOTAL - 100)
    taken_on = shop.unit.day(first.payment.at)
    assert (first.due_on, first.left_minor) == (taken_on + timedelta(days=DAYS), TOTAL)
    stages.an_open_till(shop)
    cash = collected(shop, account, 1000, method=Method.CASH, tendered_minor=2000, terminal_ref="")
    assert (cash.change_minor, left(account)) == (1000, [TOTAL - 1000, TOTAL - 100])
    chosen = collected(shop, account, 500, receipts=[second.payment.receipt_number])
    over = collected(shop, account, TOTAL, method=Method.TRANSFER)
    assert left(account) == [0, TOTAL - 1600]
    assert [int(each.number.rsplit("-", 1)[1]) for each in (cash, chosen, over)] == [1, 2, 3]
    assert now(account).used_minor == TOTAL - 1600 == book.balance(MoneyKind.CREDIT, f"CUSTOMER-{customer.pk}")
    session = stages.an_open_till(shop)
    assert book.balance(MoneyKind.TILL, session.till.reference) == 50000 + 1000
    assert list(told("receivables.Collected"))[-1]["remaining_minor"] == TOTAL - 1600
    # The drawer's report knows what was taken on accounts, by each tender.
    taken = tills.taken_by_tender(session)
    assert (taken[Method.CASH], taken[Method.CARD], taken[Method.TRANSFER]) == (1000, 500, TOTAL)
    whole = queries.statement(account, starts_at=first.payment.at, ends_at=shop.later())
    assert [each.kind for each in whole.entries] == ["CREDIT", "CREDIT", "COLLECTED", "COLLECTED", "COLLECTED"]
    late = queries.statement(account, starts_at=chosen.at, ends_at=shop.later())
    assert (late.opening_minor, late.closing_minor, whole.closing_minor) == (
        2 * TOTAL - 1100,
        TOTAL - 1600,
        TOTAL - 1600,
    )


@pytest.mark.shows("S6-29")
@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"amount_minor": TOTAL + 1}, bills.TooMuch),
        ({"amount_minor": 0}, Invalid),
        ({"method": Method.CREDIT}, Invalid),
        ({"terminal_ref": " "}, bills.ReferenceMissing),
        ({"method": Method.CASH, "by": "shut"}, bills.TillClosed),
        ({"method": Method.CASH, "tendered_minor": 99}, bills.TooLittleTendered),
        ({"receipts": ["RC-FS01-20260101-99999"]}, collecting.NothingOwed),
        ({"by": "chen"}, NotAllowed),
    ],
)
def test_what_is_collected_is_owed_and_lies_somewhere(shop: Shop, said: dict[str, Any], refusal: type[Refusal]) -> None:
    account = a_debt(shop).account
    if said.get("by") != "shut":
        stages.an_open_till(shop)
    who = shop.actor({"shut": "cai"}.get(said.get("by", "cai"), said.get("by", "cai")))
    asked: dict[str, Any] = {"method": Method.CARD, "terminal_ref": "POS 1", "amount_minor": 100} | {
        k: v for k, v in said.items() if k != "by"
    }
    with pytest.raises(refusal):
        receivables.collect(account, **asked, by=who, at=shop.later())
    assert now(account).used_minor == TOTAL
    stages.an_open_till(shop)
    collected(shop, account, TOTAL)
    with pytest.raises(collecting.NothingOwed):
        collected(shop, account, 1)


@pytest.mark.shows("S6-29", "G12")
def test_who_is_late_gets_nothing_more_on_credit_and_takes_nothing_home_on_it(shop: Shop) -> None:
    debt = a_debt(shop)
    account, order = debt.account, debt.payment.bill.order
    shop.later(days=DAYS)
    other = stages.a_bill(shop, stages.a_ready_order(shop, appliance=shop.an_appliance(account.customer)))
    put = partial(cashier.take_payment, other, method=Method.CREDIT, amount_minor=100, by=shop.actor("cai"))
    out = partial(cashier.hand_over, by=shop.actor("cai"))
    # On its last day it is in time.
    assert debt.due_on == shop.unit.day(shop.now)
    put(at=shop.later())
    shop.later(days=1)
    with pytest.raises(owing.Overdue, match=debt.due_on.isoformat()):
        put(at=shop.later())
    with pytest.raises(delivery.NotReleased, match="overdue"):
        out(fresh(order), **stages.handing_over(order), at=shop.later())
    collected(shop, account, TOTAL)
    put(at=shop.later())
    out(fresh(order), **stages.handing_over(order), at=shop.later())
    assert fresh(order).state == "DELIVERED"


@pytest.mark.shows("S6-29", "5.3")
def test_terms_change_by_two_and_an_account_is_suspended_and_closed(shop: Shop) -> None:
    debt = a_debt(shop)
    account, ma, fang = debt.account, shop.actor("ma"), shop.actor("fang")
    change = partial(cashier.change_credit, account, reason="A good customer", by=ma)
    with pytest.raises(credit.OwedAlready):
        change(limit_minor=TOTAL - 1, days=10, at=shop.later())
    with pytest.raises(NothingAsked):
        cashier.approve_credit(account, by=fang, at=shop.later())
    change(limit_minor=TOTAL, days=10, at=shop.later())
    assert now(account).limit_minor == 4 * TOTAL
    with pytest.raises((NotAllowed, SamePerson)):
        cashier.approve_credit(account, by=ma, at=shop.later())
    cashier.approve_credit(account, by=fang, at=shop.later())
    assert (now(account).limit_minor, now(account).days, Debt.objects.get(pk=debt.pk).due_on) == (
        TOTAL,
        10,
        debt.due_on,
    )
    change(limit_minor=5_000_001, days=10, at=shop.later())
    with pytest.raises(credit.OverCreditLimit):
        cashier.approve_credit(account, by=fang, at=shop.later())
    cashier.reject_credit(account, reason="Too much", by=fang, at=shop.later())
    cashier.suspend_credit(account, reason="A cheque came back", by=ma, at=shop.later())
    with pytest.raises(credit.CreditStands):
        cashier.suspend_credit(account, reason="Again", by=ma, at=shop.later())
    bill = stages.a_bill(shop, stages.a_ready_order(shop, appliance=shop.an_appliance(account.customer)))
    with pytest.raises(owing.CreditStopped):
        cashier.take_payment(bill, method=Method.CREDIT, amount_minor=1, by=shop.actor("cai"), at=shop.later())
    with pytest.raises(credit.OwedAlready):
        cashier.close_credit(account, reason="Moved away", by=fang, at=shop.later())
    collected(shop, account, TOTAL)
    cashier.resume_credit(account, reason="It was paid", by=fang, at=shop.later())
    cashier.close_credit(account, reason="Moved away", by=fang, at=shop.later())
    with pytest.raises(owing.NoCredit):
        cashier.take_payment(bill, method=Method.CREDIT, amount_minor=1, by=shop.actor("cai"), at=shop.later())
    change(limit_minor=TOTAL, days=10, at=shop.later())
    cashier.approve_credit(account, by=fang, at=shop.later())
    assert now(account).state == CreditState.OPEN


@pytest.mark.shows("5.4", "FIN-6")
def test_a_loss_is_asked_by_one_and_given_up_by_another_within_the_limit(shop: Shop) -> None:
    debt = a_debt(shop)
    ma, fang = shop.actor("ma"), shop.actor("fang")
    ask = partial(receivables.ask_write_off, debt, reason="Bankrupt")
    with pytest.raises(writing_off.MoreThanLeft):
        ask(amount_minor=TOTAL + 1, by=fang, at=shop.later())
    ask(amount_minor=20001, by=fang, at=shop.later())
    with pytest.raises(writing_off.OverWriteOffLimit):
        receivables.approve_write_off(debt, by=ma, at=shop.later())
    with pytest.raises(SamePerson):
        receivables.approve_write_off(debt, by=fang, at=shop.later())
    receivables.reject_write_off(debt, reason="Ask for less", by=ma, at=shop.later())
    ask(amount_minor=20000, by=fang, at=shop.later())
    gone = receivables.approve_write_off(debt, by=ma, at=shop.later())
    assert (gone.amount_minor, left(debt.account)) == (20000, [TOTAL - 20000])
    assert book.balance(MoneyKind.WRITTEN_OFF, unit=shop.unit) == 20000
    assert now(debt.account).used_minor == TOTAL - 20000
    ask(amount_minor=TOTAL - 20000, by=ma, at=shop.later())
    collected(shop, debt.account, 1)
    # What was paid meanwhile cannot be given up too.
    with pytest.raises(writing_off.MoreThanLeft):
        receivables.approve_write_off(debt, by=fang, at=shop.later())
    (lost,) = told("receivables.WrittenOff")
    assert (lost["number"], lost["amount_minor"]) == (gone.number, 20000)


@pytest.mark.shows("S6-29")
def test_who_is_late_is_written_to_once_a_level_by_the_clock_and_not_while_it_is_paused(shop: Shop) -> None:
    debt = a_debt(shop)
    account, ma = debt.account, shop.actor("ma")
    remind = partial(receivables.remind, account, by=ma)
    shop.later(days=DAYS + 6)
    assert nightly.late_debts(shop.later()) == 0
    with pytest.raises(reminding.NothingLate):
        remind(at=shop.later())
    shop.later(days=1)
    assert (nightly.late_debts(shop.later()), nightly.late_debts(shop.later())) == (1, 0)
    on = shop.unit.day(shop.now)
    with pytest.raises(Invalid):
        receivables.pause_letters(account, until_on=on - timedelta(days=1), reason="x", by=ma, at=shop.later())
    receivables.pause_letters(
        account, until_on=on + timedelta(days=20), reason="Pays on Friday", by=ma, at=shop.later()
    )
    shop.later(days=14)
    assert nightly.late_debts(shop.later()) == 0
    with pytest.raises(reminding.Paused, match="Pays on Friday"):
        remind(at=shop.later())
    receivables.resume_letters(account, by=ma, at=shop.later())
    with pytest.raises(reminding.NotPaused):
        receivables.resume_letters(account, by=ma, at=shop.later())
    assert remind(at=shop.later()).level == 2
    collected(shop, account, 100)
    shop.later(days=30)
    assert nightly.late_debts(shop.later()) == 1
    letters = list(Letter.objects.order_by("pk").values_list("level", "overdue_minor"))
    assert letters == [(1, TOTAL), (2, TOTAL), (3, TOTAL - 100)]
    collected(shop, account, TOTAL - 100)
    shop.later(days=400)
    assert nightly.late_debts(shop.later()) == 0


@pytest.mark.shows("FIN-9")
def test_the_database_holds_what_is_owed_whatever_writes_it(shop: Shop) -> None:
    debt = a_debt(shop)
    mine, account = Debt.objects.filter(pk=debt.pk), debt.account
    refused("a_debt_is_never_forgotten", mine.delete)
    paid = collected(shop, account, 100)
    refused("a_debt_only_falls", partial(mine.update, left_minor=TOTAL))
    refused("a_debt_only_falls", partial(mine.update, due_on=date(2030, 1, 1)))
    refused("no_more_of_a_debt_is_paid_than_it_was", partial(mine.update, left_minor=-1))
    again = {
        "payment": debt.payment,
        "account": account,
        "unit": debt.unit,
        "taken_on": debt.taken_on,
        "due_on": debt.due_on,
    }
    refused("a_debt_is_what_was_put_on_credit", partial(Debt.objects.create, **again, amount_minor=1, left_minor=1))
    refused("a_collection_is_never_edited", partial(Collection.objects.filter(pk=paid.pk).update, amount_minor=1))
    made = {"account": account, "unit": debt.unit, "taken_by_id": paid.taken_by_id, "at": shop.now, "amount_minor": 1}
    create = partial(Collection.objects.create, number="AR-X", **made)
    refused("what_is_collected_lies_in_a_till_or_has_its_reference", partial(create, method="CARD"))
    refused("what_is_collected_lies_in_a_till_or_has_its_reference", partial(create, method="CASH"))
    session = stages.an_open_till(shop)
    elsewhere = shop.cast.units["GZ02"]
    refused(
        "cash_is_collected_in_an_open_till_of_the_outlet",
        partial(Collection.objects.create, number="AR-X", **made | {"unit": elsewhere}, method="CASH", session=session),
    )
    stranger = an_account(shop, shop.a_customer("Somebody else"))
    theirs = Collection.objects.create(number="AR-Y", **made | {"account": stranger}, method="CARD", terminal_ref="1")
    line = partial(CollectionLine.objects.create, debt=debt, amount_minor=1)
    refused("a_collection_pays_debts_of_its_own_account", partial(line, collection=theirs))
    refused("a_collection_pays_a_debt_once", partial(line, collection=paid))
    open_, closed = CreditAccount.objects.filter(pk=account.pk), {"state": "CLOSED"}
    refused("credit_is_approved_before_use", partial(open_.update, **closed))
    refused("a_credit_account_is_in_a_known_state", partial(open_.update, state="GONE"))
    pause = receivables.pause_letters(account, until_on=date(2030, 1, 1), reason="x", by=shop.actor("ma"), at=shop.now)
    refused("a_pause_is_ended_once_and_else_stays", partial(Pause.objects.filter(pk=pause.pk).update, reason="y"))
    assert list(queries.collections_are_the_sum_of_their_lines()) == ["AR-Y: 1 was paid, its lines say None"]
    transaction.set_rollback(True)
