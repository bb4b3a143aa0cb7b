"""The money book: every cent is somewhere, and takings go only known ways."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from guiju.books.money import actions as money
from guiju.books.money import queries
from guiju.books.money.actions import Part
from guiju.books.money.models import ClosedPeriod, MoneyAccount, MoneyMove
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import verification
from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.people.models import Unit
from tests.books.conftest import World, person, refused
from tests.cast import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOUSE = Actor.system("till")
TILL = (MoneyKind.TILL, "T1")


def common(world: World, minor: int, document: str) -> dict[str, Any]:
    return {"unit": world.here, "amount_minor": minor, "currency": "CNY", "document": document, "by": HOUSE, "at": NOON}


def charge(world: World, minor: int, order: str = "WO-1", document: str = "B-1") -> list[MoneyMove]:
    return money.charge(reference=order, **common(world, minor, document))


def settle(
    world: World, minor: int, order: str = "WO-1", document: str = "P-1", into: tuple[str, str] = TILL
) -> list[MoneyMove]:
    return money.settle(reference=order, into=into[0], into_reference=into[1], **common(world, minor, document))


def give_back(world: World, minor: int, order: str = "WO-1", document: str = "R-1") -> list[MoneyMove]:
    way = {"out_of": TILL[0], "out_of_reference": TILL[1]}
    return money.give_back(reference=order, **way, **common(world, minor, document))


def post(world: World, document: str, *parts: Part) -> list[MoneyMove]:
    return money.post(parts, unit=world.here, currency="CNY", document=document, by=HOUSE, at=NOON)


@pytest.mark.no_books  # moved by hand: no bag and no deposit stands behind it
@pytest.mark.shows("EX-11", "FIN-1", "I11")
def test_the_worked_example_of_a_day_at_the_till(world):
    """EX-11: 500 + 2,340.50 − 60 − 1,800 − 480.50 = 500.00 in the drawer at close."""
    money.put_float(till_reference="T1", **common(world, 50000, "F-1"))
    charge(world, 234050)
    settle(world, 234050)
    give_back(world, 6000)
    carrier, bag = (MoneyKind.CARRIER, "D-1"), (MoneyKind.BAG, "BAG-7")
    post(world, "D-1", Part(Movement.CARRY, 180000, TILL, carrier))
    post(world, "D-1/BANK", Part(Movement.BANKING, 180000, carrier, (MoneyKind.BANK, "")))
    post(world, "S-1", Part(Movement.DROP, 48050, TILL, bag))
    post(world, "S-1/IN", Part(Movement.LOCK_UP, 48050, bag, (MoneyKind.SAFE, "BAG-7")))
    assert queries.balance(MoneyKind.TILL, "T1") == 50000
    assert queries.balance(MoneyKind.SAFE, "BAG-7") == 48050
    assert queries.balance(MoneyKind.BANK, unit=world.here) == 180000
    assert queries.balance(MoneyKind.REVENUE, unit=world.here) == -(234050 - 6000)


@pytest.mark.shows("G-7")
def test_what_is_charged_is_owed_until_it_is_paid(world):
    charge(world, 38000)
    assert queries.owed("WO-1") == 38000
    settle(world, 8000, document="P-1")
    settle(world, 30000, document="P-2", into=(MoneyKind.CARD, ""))
    assert (queries.owed("WO-1"), queries.paid("WO-1")) == (0, 38000)
    assert (queries.balance(MoneyKind.TILL, "T1"), queries.balance(MoneyKind.CARD)) == (8000, 30000)


def test_more_than_is_owed_is_not_taken(world):
    charge(world, 38000)
    with pytest.raises(money.MoreThanOwed):
        settle(world, 38001)
    with pytest.raises(money.MoreThanOwed):
        settle(world, 1, order="WO-2")
    settle(world, 38000)


@pytest.mark.shows("F08")
def test_twice_is_once(world):
    assert charge(world, 38000) == charge(world, 38000)
    assert settle(world, 38000) == settle(world, 38000)
    assert give_back(world, 500) == give_back(world, 500)
    assert queries.balance(MoneyKind.TILL, "T1") == 37500
    with pytest.raises(money.DocumentReused):
        charge(world, 38001)


@pytest.mark.shows("FIN-8")
def test_what_is_given_back_comes_out_of_the_till_and_is_no_longer_earned(world):
    charge(world, 38000)
    settle(world, 38000)
    give_back(world, 8000)
    assert (queries.owed("WO-1"), queries.paid("WO-1")) == (0, 30000)
    assert queries.balance(MoneyKind.REVENUE, unit=world.here) == -30000
    with pytest.raises(money.NotThere):
        give_back(world, 30001, document="R-2")


def test_a_deposit_is_owed_to_the_customer_until_it_is_used(world):
    post(world, "D-1", Part(Movement.DEPOSIT, 10000, (MoneyKind.DEPOSIT_HELD, "WO-1"), TILL))
    assert queries.balance(MoneyKind.DEPOSIT_HELD, "WO-1") == -10000
    charge(world, 38000)
    settle(world, 10000, document="D-2", into=(MoneyKind.DEPOSIT_HELD, "WO-1"))
    assert (queries.owed("WO-1"), queries.paid("WO-1"), queries.balance(MoneyKind.DEPOSIT_HELD, "WO-1")) == (
        28000,
        10000,
        0,
    )


@pytest.mark.no_books
def test_more_of_a_deposit_is_not_used_than_was_taken(world):
    post(world, "D-1", Part(Movement.DEPOSIT, 10000, (MoneyKind.DEPOSIT_HELD, "WO-1"), TILL))
    charge(world, 38000)
    with pytest.raises(money.DepositTooSmall), transaction.atomic():
        settle(world, 10001, document="D-2", into=(MoneyKind.DEPOSIT_HELD, "WO-1"))
    assert verification.run() == []


def test_what_a_count_shows_over_or_short_is_booked(world):
    money.put_float(till_reference="T1", **common(world, 50000, "F-1"))
    said = {"unit": world.here, "till_reference": "T1", "currency": "CNY", "by": HOUSE, "at": NOON}
    money.post_variance(variance_minor=-350, document="C-1", **said)
    assert queries.balance(MoneyKind.TILL, "T1") == 49650
    money.post_variance(variance_minor=1000, document="C-2", **said)
    assert (queries.balance(MoneyKind.TILL, "T1"), queries.balance(MoneyKind.OVER_SHORT)) == (50650, -650)
    money.take_float(till_reference="T1", **common(world, 50650, "F-2"))
    assert queries.balance(MoneyKind.TILL, "T1") == 0
    with pytest.raises(money.NotThere):
        money.take_float(till_reference="T1", **common(world, 1, "F-3"))


def test_what_unclaimed_goods_brought_above_the_debt_is_the_customers(world):
    money.hold_surplus(reference="WO-1", **common(world, 7000, "S-1"))
    assert queries.balance(MoneyKind.DEPOSIT_HELD, "WO-1") == -7000
    assert queries.balance(MoneyKind.PROCEEDS, unit=world.here) == 7000


def test_each_currency_is_its_own_money(world):
    charge(world, 100)
    money.charge(reference="WO-1", **common(world, 900, "B-2") | {"currency": "HKD"})
    with pytest.raises(money.MoreThanOwed):
        settle(world, 101)
    settle(world, 100)
    assert queries.owed("WO-1") == 900


@pytest.mark.shows("FIN-3")
@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        (Movement.FLOAT_OUT, TILL, (MoneyKind.REVENUE, "")),
        (Movement.SETTLE, TILL, (MoneyKind.OWED_BY_CUSTOMER, "WO-1")),
        (Movement.DROP, TILL, (MoneyKind.FLOAT, "")),
        (Movement.BANKING, (MoneyKind.BANK, ""), TILL),
        (Movement.BANKING, TILL, (MoneyKind.BANK, "")),
        (Movement.SPEND, TILL, (MoneyKind.SPENT, "")),
        (Movement.SPEND, (MoneyKind.SAFE, "BAG-7"), (MoneyKind.SPENT, "")),
    ],
)
def test_takings_go_only_known_ways(world, kind, source, target):
    charge(world, 100)
    settle(world, 100)
    with pytest.raises(ValueError, match="does not go"):
        post(world, "X-1", Part(kind, 50, source, target))


def test_what_is_waived_is_no_longer_owed(world):
    charge(world, 38000)
    money.waive(reference="WO-1", **common(world, 8000, "W-1"))
    assert (queries.owed("WO-1"), queries.balance(MoneyKind.REVENUE, unit=world.here)) == (30000, -30000)
    with pytest.raises(money.MoreThanOwed):
        money.waive(reference="WO-1", **common(world, 30001, "W-2"))


@pytest.mark.parametrize("minor", [0, -1, 1.5, "2", True], ids=str)
def test_nothing_is_no_amount(world, minor):
    with pytest.raises(Invalid) as refusal:
        charge(world, minor)
    assert refusal.value.field == "amount"


@pytest.mark.shows("G-5", "I13", "T41")
def test_a_closed_period_takes_no_move(world):
    day = {"starts_at": NOON - timedelta(days=2), "ends_at": NOON - timedelta(days=1)}
    period = money.close_period(world.here, **day, by=world.fang, at=NOON)
    assert News.objects.get(kind="money.PeriodClosed").payload["unit_id"] == world.here.pk
    inside = NOON - timedelta(days=1, microseconds=1)
    said = common(world, 100, "B-1")
    with pytest.raises(money.PeriodClosed):
        money.charge(reference="WO-1", **said | {"at": inside})
    assert queries.is_closed(world.here, inside)
    assert not queries.is_closed(world.here, NOON)
    money.charge(reference="WO-1", **said)
    # Another unit's book is its own.
    money.charge(reference="WO-2", **said | {"unit": world.there, "document": "B-2", "at": inside})
    with pytest.raises(money.PeriodClosed):
        money.close_period(world.here, **day, by=world.fang, at=NOON)
    with pytest.raises(Invalid, match="over"):
        money.close_period(world.here, starts_at=NOON, ends_at=NOON + timedelta(hours=1), by=world.fang, at=NOON)
    with refused("closedperiod_stays_closed"):
        ClosedPeriod.objects.filter(pk=period.pk).delete()


@pytest.mark.shows("G-2", "G-3", "T01")
def test_nobody_books_money_by_hand_and_others_do_not_see_it(world):
    charge(world, 100)
    for role in ("CA", "FI", "OM", "AD"):
        with pytest.raises(NotAllowed):
            money.charge(reference="WO-1", **common(world, 1, "X") | {"by": person(5, "By hand", role, world.here)})
    with pytest.raises(NotAllowed):
        money.close_period(
            world.here, starts_at=NOON - timedelta(1), ends_at=NOON, by=person(5, "Cai", "CA", world.here), at=NOON
        )
    stranger = person(8, "Zhou", "FI", world.there)
    for rows in (MoneyAccount, MoneyMove):
        assert rows.objects.visible_to(world.fang).exists()
        assert not rows.objects.visible_to(stranger).exists()
        assert not rows.objects.visible_to(person(6, "Shen", "SK", world.here)).exists()
    assert queries.moves_of(MoneyKind.OWED_BY_CUSTOMER, "WO-1", by=world.fang).count() == 1
    assert not queries.moves_of(MoneyKind.OWED_BY_CUSTOMER, "WO-1", by=stranger).exists()
    assert TrailEntry.objects.get(verb="money.charge").facts["amounts_minor"] == [100]


@pytest.mark.no_books
@pytest.mark.shows("I08", "I10", "FIN-1")
@pytest.mark.parametrize(
    ("name", "bend"),
    [
        ("moneymove_is_never_changed", lambda move: MoneyMove.objects.filter(pk=move.pk).update(amount=9)),
        ("moneymove_is_never_changed", lambda move: MoneyMove.objects.filter(pk=move.pk).delete()),
        ("moneymove_moves_something", lambda move: copy(move, amount=-1)),
        ("moneymove_is_of_a_known_kind", lambda move: copy(move, kind="GIFT")),
        ("moneymove_is_of_one_currency", lambda move: copy(move, target=place(move, currency="HKD"))),
        (
            "moneymove_stays_in_its_unit",
            lambda move: copy(move, target=place(move, unit=Unit.objects.get(code="GZ02"))),
        ),
        ("moneyaccount_holds_no_less_than_nothing", lambda move: account(move).update(balance=-1)),
        ("moneyaccount_keeps_its_place", lambda move: account(move).update(reference="WO-2")),
        ("moneyaccount_has_a_bottom", lambda move: account(move).update(may_go_negative=True)),
        ("moneyaccount_is_in_real_money", lambda move: place(move, currency="XXX")),
        ("moneyaccount_is_a_known_place", lambda move: place(move, kind="POCKET")),
        ("moneyaccount_one_a_place", lambda move: place(move, balance=0)),
    ],
)
def test_the_database_itself_refuses_a_bent_book(world, name, bend):
    (move,) = charge(world, 100)
    with refused(name):
        bend(move)


def copy(move: MoneyMove, **changed: Any) -> None:
    fields = {each.name: getattr(move, each.name) for each in MoneyMove._meta.concrete_fields if each.name != "id"}
    MoneyMove.objects.bulk_create([MoneyMove(**fields | {"document": "X-1"} | changed)])


def account(move: MoneyMove) -> Any:
    return MoneyAccount.objects.filter(pk=move.target_id)


def place(move: MoneyMove, **said: Any) -> MoneyAccount:
    same = {"unit": move.target.unit, "kind": MoneyKind.OWED_BY_CUSTOMER, "reference": "WO-1", "currency": "CNY"}
    return MoneyAccount.objects.create(**same | said)


class Counter(RuleBasedStateMachine):
    """Random days at the till, against plain numbers."""

    world: World
    orders = st.sampled_from(["WO-1", "WO-2"])
    some = st.integers(1, 500)

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.owed = {"WO-1": 0, "WO-2": 0}
        self.paid = {"WO-1": 0, "WO-2": 0}
        self.till, self.earned, self.number = 0, 0, 0

    def attempt(self, verb: Any, minor: int, order: str, is_possible: bool, refusal: Any) -> bool:
        self.number += 1
        if is_possible:
            verb(self.world, minor, order, f"D-{self.number}")
            return True
        with pytest.raises(refusal), transaction.atomic():
            verb(self.world, minor, order, f"D-{self.number}")
        return False

    @rule(minor=some, order=orders)
    def charge(self, minor: int, order: str) -> None:
        self.attempt(charge, minor, order, True, None)
        self.owed[order] += minor
        self.earned += minor

    @rule(minor=some, order=orders)
    def settle(self, minor: int, order: str) -> None:
        if self.attempt(settle, minor, order, minor <= self.owed[order], money.MoreThanOwed):
            self.owed[order] -= minor
            self.paid[order] += minor
            self.till += minor

    @rule(minor=some, order=orders)
    def give_back(self, minor: int, order: str) -> None:
        if self.attempt(give_back, minor, order, minor <= self.till, money.NotThere):
            self.till -= minor
            self.paid[order] -= minor
            self.earned -= minor

    @invariant()
    def the_book_says_what_we_say(self) -> None:
        for order in self.owed:
            assert (queries.owed(order), queries.paid(order)) == (self.owed[order], self.paid[order])
        assert queries.balance(MoneyKind.TILL, "T1") == self.till
        assert queries.balance(MoneyKind.REVENUE, unit=self.world.here) == -self.earned
        assert verification.run() == []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)


@pytest.mark.shows("G-7", "I10", "FIN-1")
def test_any_days_at_the_till_agree_with_plain_numbers(world):
    class Here(Counter):
        pass

    Here.world = world
    run_state_machine_as_test(Here, settings=settings(max_examples=8, stateful_step_count=15, deadline=None))
