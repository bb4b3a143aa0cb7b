"""Cash that was taken at the customer's home: in a pouch, from hand to hand, in at the till; each with two signatures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState, broken_constraints
from guiju.line.banking import actions as banking
from guiju.line.banking import queries
from guiju.line.banking.actions import deposits, hand_overs
from guiju.line.banking.models import BankDeposit, CashAlarm, CashHandOver, HandedReceipt
from guiju.line.banking.queries import pouches
from guiju.line.banking.rules import Alarm
from guiju.line.banking.rules.handing import Cause, HandState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions.bills import TillClosed
from guiju.line.cashier.actions.pouches import PouchFull
from guiju.line.cashier.models import Payment
from guiju.line.cashier.rules import Method
from guiju.standing.people.actions import WrongPassword
from guiju.standing.policy import actions as policy
from tests.cast import password_of
from tests.kernel.racing import together
from tests.line.banking.conftest import Money, pieces
from tests.line.banking.test_takings import alarms, held
from tests.line.cast_line import told


def pays_at_home(money: Money, amount_minor: int = 20000, name: str = "chen") -> Payment:
    """The customer pays so much in cash at home."""
    return cashier.take_payment(
        money.bill, method=Method.CASH, amount_minor=amount_minor, by=money.by(name), at=money.at
    )


def offers(money: Money, name: str = "chen", to: str = "") -> CashHandOver:
    person = money.shop.cast.people[to] if to else None
    return banking.offer_pouch(money.shop.unit, to=person, by=money.by(name), at=money.at)


def takes(money: Money, row: CashHandOver, name: str = "wu", **others: Any) -> CashHandOver:
    return banking.accept_cash(row, **{"password": password_of(name), "by": money.by(name), "at": money.at} | others)


def counts(money: Money, row: CashHandOver, amount_minor: int, **others: Any) -> CashHandOver:
    _ = money.session
    given = {"pieces": pieces(amount_minor), "password": password_of("cai"), "by": money.by("cai"), "at": money.at}
    return banking.count_pouch(row, **given | others)


def explains(money: Money, row: CashHandOver, **others: Any) -> CashHandOver:
    given: dict[str, Any] = {"cause": Cause.CHANGE, "note": "Ten too much given back", "password": password_of("chen")}
    return banking.explain_difference(row, **given | {"by": money.by("chen"), "at": money.at} | others)


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.shows("FIN-2", "FIN-7")
def test_cash_of_the_customers_home_goes_through_hands_into_the_drawer(money: Money) -> None:
    payment = pays_at_home(money)
    assert payment.receipt_number.startswith("RC-")
    assert (payment.pouch_id, payment.session_id) == (money.by("chen").person_id, None)
    assert payment.pouch_due_at == money.at + timedelta(hours=24)
    assert held(money) == {"POUCH": 20000}

    row = offers(money, to="wu")
    assert held(money) == {"POUCH": 20000}, "it is the giver's until both have signed"
    assert pouches.mine(money.by("wu"), money.at) == []
    takes(money, row)
    (pouch,) = pouches.mine(money.by("wu"), money.at)
    assert (pouch.amount_minor, pouch.receipts, pouch.due_at) == (20000, [payment], payment.pouch_due_at)
    assert pouches.mine(money.by("chen"), money.at) == []

    row = offers(money, "wu")
    assert [each.kind for each in queries.where_it_is(by=money.by("cai"), at=money.at)] == [], (
        "whoever counts reads nothing"
    )
    row = counts(money, row, 20000)
    assert (row.state, row.counted_minor, held(money)) == (HandState.ACCEPTED, 20000, {"TILL": 70000})
    assert [each["giver_id"] for each in told("banking.CashHandedOver")] == [
        money.by("chen").person_id,
        money.by("wu").person_id,
    ]
    assert pouches.board(money.by("ma"), money.at) == []
    assert queries.takings_of(money.session) == 20000, "it is taken to the bank like any other takings"


@pytest.mark.django_db
@pytest.mark.shows("FIN-1", "FIN-2")
def test_what_differs_waits_for_its_explanation_and_goes_to_over_and_short(money: Money) -> None:
    pays_at_home(money)
    short = counts(money, offers(money), 19000)
    assert (short.state, short.variance_minor, held(money)) == (
        HandState.COUNTED,
        -1000,
        {"TILL": 50000, "POUCH": 20000},
    )
    with pytest.raises(NotAllowed):
        explains(money, short, by=money.by("wu"), password=password_of("wu"))
    with pytest.raises(Invalid):
        explains(money, short, note=" ")
    explains(money, short)
    assert (held(money), book.balance("OVER_SHORT", unit=money.shop.unit)) == ({"TILL": 69000}, 1000)
    with pytest.raises(WrongState):
        explains(money, short)
    pays_at_home(money, 5000)
    explains(money, counts(money, offers(money), 5100), cause=Cause.MISCOUNT)
    assert (held(money), book.balance("OVER_SHORT", unit=money.shop.unit)) == ({"TILL": 74100}, 900)
    pays_at_home(money, 1000)
    explains(money, counts(money, offers(money), 0), cause=Cause.LOST)
    assert (held(money), book.balance("OVER_SHORT", unit=money.shop.unit)) == ({"TILL": 74100}, 1900)
    # Once the drawer is counted nothing more goes into it: the technician takes it back.
    pays_at_home(money, 1000)
    late = counts(money, offers(money), 900)
    cashier.count_till(
        money.session, pieces=pieces(74100), by=money.by("cai"), at=money.at, card_minor=0, variance_reason=""
    )
    with pytest.raises(TillClosed):
        explains(money, late)
    banking.withdraw_cash(late, by=money.by("chen"), at=money.at)
    assert held(money) == {"TILL": 74100, "POUCH": 1000}


@pytest.mark.django_db
@pytest.mark.shows("FIN-2")
def test_a_deposit_goes_from_carrier_to_carrier_and_nowhere_else_meanwhile(money: Money) -> None:
    money.takes(20000)
    deposit = money.prepare(20000, escort=money.shop.cast.people["lin"])
    people = money.shop.cast.people
    with pytest.raises(hand_overs.Escorts):
        banking.offer_deposit(deposit, to=people["lin"], by=money.by("cai"), at=money.at)
    with pytest.raises(NotAllowed):
        banking.offer_deposit(deposit, to=people["fang"], by=money.by("ma"), at=money.at)
    row = banking.offer_deposit(deposit, to=people["ma"], by=money.by("cai"), at=money.at)
    for act in (
        lambda: money.bank(deposit),
        lambda: banking.take_back(deposit, note="No", by=money.by("cai"), at=money.at),
    ):
        with pytest.raises(deposits.ChangesHands):
            act()
    takes(money, row, "ma")
    deposit.refresh_from_db()
    assert (deposit.carried_by, held(money)) == (people["ma"], {"TILL": 50000, "CARRIER": 20000})
    with pytest.raises((deposits.NotTheCarrier, NotAllowed)):
        money.bank(deposit, "cai")
    money.bank(deposit, "ma")
    assert held(money) == {"TILL": 50000}


@pytest.mark.django_db
def test_what_is_not_so_is_refused(money: Money) -> None:
    """Each beside what is allowed."""
    with pytest.raises(hand_overs.NothingHeld):
        offers(money)
    with pytest.raises(TillClosed):
        pays_at_home(money, name="cai")
    with pytest.raises(NotAllowed):
        pays_at_home(money, name="wu")
    pays_at_home(money)
    with pytest.raises(Invalid):
        offers(money, to="chen")
    row = offers(money, to="wu")
    with pytest.raises(hand_overs.SomethingUnderWay):
        offers(money)
    for name in ("cai", "chen"):
        with pytest.raises((NotAllowed, hand_overs.NotYours)):
            takes(money, row, name)
    by_cai: dict[str, Any] = {"password": password_of("cai"), "by": money.by("cai"), "at": money.at}
    with pytest.raises(hand_overs.NotYours):
        banking.count_pouch(row, pieces=pieces(20000), **by_cai)
    with pytest.raises(Invalid):
        banking.refuse_cash(row, note=" ", by=money.by("wu"), at=money.at)
    banking.refuse_cash(row, note="I go home", by=money.by("wu"), at=money.at)
    with pytest.raises(WrongState):
        takes(money, row)
    banking.withdraw_cash(offers(money, to="wu"), by=money.by("chen"), at=money.at)
    assert held(money) == {"POUCH": 20000}
    row = offers(money)
    with pytest.raises(TillClosed):
        banking.count_pouch(row, pieces=pieces(20000), **by_cai)
    with pytest.raises(hand_overs.NotYours):
        takes(money, row, "chen")
    counts(money, row, 20000)


@pytest.mark.django_db
def test_a_wrong_password_is_counted_and_the_third_takes_the_offer_back(money: Money) -> None:
    pays_at_home(money)
    row = offers(money, to="wu")
    for _ in range(3):
        with pytest.raises(WrongPassword):
            takes(money, row, password="guess")
    with pytest.raises(WrongState):
        takes(money, row)
    assert held(money) == {"POUCH": 20000}
    takes(money, offers(money, to="wu"))


@pytest.mark.django_db
@pytest.mark.shows("S6-31")
def test_a_pouch_has_a_limit_and_an_hour(money: Money) -> None:
    unit = money.shop.unit
    for key, value in (("cash.pouch_limit", 21000), ("cash.pouch_hours", 2)):
        policy.set_value(
            key, unit=unit, value=value, starts_on=unit.day(money.at), reason="Thieves", by=money.by("xu"), at=money.at
        )
    pays_at_home(money, 20000)
    with pytest.raises(PouchFull):
        pays_at_home(money, 1001)
    pays_at_home(money, 1000)
    assert list(queries.due(money.at + timedelta(hours=2))) == []
    late = money.at + timedelta(hours=2, seconds=1)
    (due,) = [each for each in queries.due(late) if each.kind == Alarm.POUCH_LATE]
    assert due.subject == "P-chen"
    alarm = banking.raise_alarm(unit, kind=due.kind, on=due.on, subject=due.subject, by=Actor.system("clock"), at=late)
    assert (alarms(), [each for each in queries.due(late) if each.kind == Alarm.POUCH_LATE]) == ([Alarm.POUCH_LATE], [])
    assert CashAlarm.objects.get() == alarm


@pytest.mark.django_db
@pytest.mark.no_books
def test_the_database_itself_holds_it(money: Money) -> None:
    payment = pays_at_home(money)
    row = offers(money, to="wu")
    people = money.shop.cast.people

    def write(giver: str, receiver: str) -> None:
        CashHandOver.objects.create(
            number=f"HO-{giver}", unit=money.shop.unit, hand="POUCH", giver=people[giver], receiver=people[receiver], amount_minor=1,
            currency="CNY", offered_at=money.at,
        )  # fmt: skip

    changes: dict[str, Any] = {
        "cash_does_not_cross_between_two": lambda: write("wu", "chen"),
        "nobody_gives_cash_while_something_is_on_the_way": lambda: write("chen", "qin"),
        "nobody_takes_cash_while_something_is_on_the_way": lambda: write("qin", "wu"),
        "nobody_hands_cash_to_themselves": lambda: write("qin", "qin"),
        "a_hand_over_is_signed_by_two": lambda: CashHandOver.objects.filter(pk=row.pk).update(state="ACCEPTED"),
        "what_was_offered_stays_as_it_was_offered": lambda: CashHandOver.objects.filter(pk=row.pk).update(
            amount_minor=1
        ),
        "cash_of_a_receipt_goes_one_way_at_a_time|cash_is_given_by_whoever_has_it": lambda: (
            HandedReceipt.objects.create(hand_over=takes_over(money), payment=payment)
        ),
    }
    for names, change in changes.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            change()
        assert set(broken_constraints(refused.value)) & set(names.split("|")), refused.value


def takes_over(money: Money) -> CashHandOver:
    """A hand-over of somebody who has nothing."""
    return CashHandOver.objects.create(
        number="HO-Y", unit=money.shop.unit, hand="TILL", giver=money.shop.cast.people["lin"], amount_minor=1,
        currency="CNY", offered_at=money.at,
    )  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("FIN-2")
def test_accepted_and_banked_at_once_the_deposit_has_one_fate(money: Money) -> None:
    """(hand-over accepted, deposit) and (hand-over accepted, hand-over withdrawn), all in one instant."""
    money.takes(20000)
    deposit = money.prepare(20000)
    row = banking.offer_deposit(deposit, to=money.shop.cast.people["ma"], by=money.by("cai"), at=money.at)
    mine = CashHandOver.objects.get
    by_cai: dict[str, Any] = {"by": money.by("cai"), "at": money.at}

    def act(number: int) -> str:
        if number == 0:
            return takes(money, mine(pk=row.pk), "ma").state
        if number == 1:
            return banking.withdraw_cash(mine(pk=row.pk), **by_cai).state
        return banking.take_back(BankDeposit.objects.get(pk=deposit.pk), note="Rain", **by_cai).state

    got = together(3, act)
    row.refresh_from_db()
    deposit.refresh_from_db()
    carrier = "ma" if row.state == "ACCEPTED" else "cai"
    where = {"TILL": 70000} if deposit.state == "TAKEN_BACK" else {"TILL": 50000, "CARRIER": 20000}
    assert (deposit.carried_by.name, held(money)) == (carrier, where), got
    assert not [each for each in got if isinstance(each, IntegrityError)], got


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("FIN-2")
def test_handed_on_and_handed_in_at_once_the_cash_has_one_holder(money: Money) -> None:
    pays_at_home(money)
    _ = money.session
    got = together(3, lambda number: offers(money, to="" if number else "wu").number)
    assert len([each for each in got if isinstance(each, str)]) == 1, got
    assert CashHandOver.objects.under_way().count() == 1


@pytest.mark.postgres
@pytest.mark.no_books
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("FIN-2")
def test_the_naive_twin_moves_the_same_cash_twice(money: Money) -> None:
    """As one would write it at first: read what is held, move it, without an offer that the database keeps."""
    from guiju.books.money import actions as money_book
    from guiju.books.money.actions import Part
    from guiju.books.money.rules import MoneyKind, Movement

    pays_at_home(money)
    pays_at_home(money, 20000)
    chen, wu, qin = (f"PERSON-{money.shop.cast.people[name].pk}" for name in ("chen", "wu", "qin"))

    def give(number: int) -> str:
        # Each has read that the first receipt is here; nothing says that it goes.
        part = Part(Movement.HAND_ON, 20000, (MoneyKind.POUCH, chen), (MoneyKind.POUCH, (wu, qin)[number]))
        money_book.post(
            [part], unit=money.shop.unit, currency="CNY", document=f"N-{number}", by=Actor.system("clock"), at=money.at
        )
        return "done"

    assert together(2, give) == ["done", "done"]
    assert list(pouches.pouches_hold_what_their_receipts_say()) != [], (
        "the same receipt was given twice, and the books tell"
    )
