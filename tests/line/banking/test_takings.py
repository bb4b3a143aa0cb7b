"""From the drawer to the bank: on the day by the cut-off, or overnight in the safe and there on the next morning."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.money import queries as book
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.banking import actions as banking
from guiju.line.banking import queries
from guiju.line.banking.actions import bags as packing
from guiju.line.banking.actions import deposits, duty, safe
from guiju.line.banking.models import BankDeposit, CashAlarm, DutyRoster, SafeBag
from guiju.line.banking.rules import Alarm, BagState, DepositState
from guiju.readiness.custody.actions.doors import StoreShut
from guiju.readiness.custody.rules import State as Door
from guiju.standing.people.actions import WrongPassword
from guiju.standing.policy import actions as policy
from tests.line.banking.conftest import Money, pieces
from tests.line.cast_line import told

pytestmark = pytest.mark.django_db


def held(money: Money) -> dict[str, int]:
    """Where the cash is, by kind of holder."""
    found: dict[str, int] = {}
    for each in queries.where_it_is(by=money.by("ma"), at=money.at):
        found[each.kind] = found.get(each.kind, 0) + each.amount_minor
    return found


def alarms() -> list[str]:
    return list(CashAlarm.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.both_databases
@pytest.mark.shows("EX-11", "FIN-2", "S6-31")
def test_the_days_takings_are_at_the_bank_by_the_cut_off_and_the_evenings_on_the_next_morning(money: Money) -> None:
    money.takes(20000)
    money.waits_until("15:40")
    deposit = money.prepare(18000)
    assert held(money) == {"TILL": 52000, "CARRIER": 18000}
    money.waits_until("16:00")
    deposit = money.bank(deposit)
    assert (deposit.state, deposit.is_late) == (DepositState.DEPOSITED, False)

    money.waits_until("18:00")
    bag = money.pack(2000)
    assert held(money) == {"TILL": 52000}, "what one person alone has packed is still the till's"
    bag = money.countersign(bag)
    assert (bag.batch, held(money)) == ("EVENING", {"TILL": 50000, "BAG": 2000})
    session = money.opened()
    money.on_duty()
    bag = banking.lock_up(bag, safe=money.safe, by=money.by("cai"), at=money.at)
    money.locked(session, {1: 1})
    assert held(money) == {"TILL": 50000, "SAFE": 2000}

    money.waits_until("09:00", days=1)
    session = money.opened()
    bag = banking.retrieve(bag, seal_ok=True, by=money.by("cai"), at=money.at)
    money.locked(session, {1: 0})
    assert held(money) == {"TILL": 50000, "CARRIER": 2000}
    morning = banking.prepare_bags([bag], by=money.by("cai"), at=money.at)
    money.waits_until("10:00", days=0)
    morning = money.bank(morning)
    bag.refresh_from_db()
    assert (morning.is_late, bag.state, bag.deposit_id) == (False, BagState.DEPOSITED, morning.pk)
    assert held(money) == {"TILL": 50000}
    assert book.balance("BANK", unit=money.shop.unit) == 20000
    assert alarms() == []
    assert [each["is_late"] for each in told("banking.Deposited")] == [False, False]


@pytest.mark.shows("EX-12")
def test_a_slip_of_1641_is_late_and_the_session_may_still_close(money: Money) -> None:
    money.takes(20000)
    money.waits_until("15:50")
    deposit = money.prepare(20000)
    money.waits_until("16:41")
    deposit = money.bank(deposit)
    assert deposit.is_late
    assert alarms() == [Alarm.LATE]
    seen = banking.acknowledge(CashAlarm.objects.get(), by=money.by("ma"), at=money.at)
    assert seen.seen_by == money.shop.cast.people["ma"]
    assert queries.takings_of(money.session) == 0


@pytest.mark.shows("EX-13", "FIN-7")
def test_the_same_person_never_signs_twice(money: Money) -> None:
    money.takes(20000)
    money.waits_until("17:00")
    bag = money.pack(20000)
    with pytest.raises(packing.SamePerson):
        money.countersign(bag, "cai")
    bag = money.countersign(bag, "lin")
    # At the safe custody denies it and tells; here nothing goes in.
    session = money.opened("cai", "cai")
    assert session.state == Door.DENIED
    money.on_duty()
    with pytest.raises(StoreShut):
        banking.lock_up(bag, safe=money.safe, by=money.by("cai"), at=money.at)


def test_a_wrong_password_is_counted_and_the_third_empties_the_bag(money: Money) -> None:
    money.takes(20000)
    bag = money.pack(20000)
    for _ in range(3):
        with pytest.raises(WrongPassword):
            money.countersign(bag, "lin", password="guess")
    with pytest.raises(WrongState):
        money.countersign(bag, "lin")
    assert held(money) == {"TILL": 70000}
    money.countersign(money.pack(20000, "S-2"))


def test_what_is_not_so_is_refused(money: Money) -> None:
    """Each beside what is allowed."""
    money.takes(20000)
    with pytest.raises(packing.MoreThanTakings):
        money.pack(20100)
    with pytest.raises(NotAllowed):
        money.pack(100, name="chen")
    bag = money.pack(10000)
    with pytest.raises(packing.AnotherBagWaits):
        money.pack(5000, "S-2")
    bag = money.countersign(bag)
    with pytest.raises(packing.SealNumberTaken):
        money.pack(5000, " s-1 ")
    nothing: tuple[dict[str, Any], ...] = ({"pieces": {}}, {"seal_number": " "}, {"pieces": {3: 1}})
    for wrong in nothing:
        with pytest.raises(Invalid):
            money.pack(5000, "S-3", **wrong)
    with pytest.raises(packing.MoreThanTakings):
        money.prepare(10100)
    with pytest.raises(deposits.TakingsThere):
        banking.record_nil(money.session, by=money.by("cai"), at=money.at)
    deposit = money.prepare(10000)
    nil = banking.record_nil(money.session, by=money.by("cai"), at=money.at)
    assert (nil.state, nil.amount_minor) == (DepositState.NIL, 0)
    with pytest.raises(deposits.NotTheCarrier):
        money.bank(deposit, "ma")
    with pytest.raises(Invalid):
        money.bank(deposit, slip_number=" ")
    deposit = money.bank(deposit, slip_number="SLIP-9")
    with pytest.raises(WrongState):
        money.bank(deposit)
    loose = banking.prepare_bags([bag], by=money.by("cai"), at=money.at)
    with pytest.raises(deposits.SlipTaken):
        money.bank(loose, slip_number="slip-9")
    money.bank(loose)


def test_a_safe_is_filled_by_two_under_a_camera_with_somebody_on_duty(money: Money) -> None:
    money.takes(20000)
    money.waits_until("18:00")
    bag = money.a_sealed_bag(20000)
    put: dict[str, Any] = {"safe": money.safe, "by": money.by("cai")}
    with pytest.raises(StoreShut):
        banking.lock_up(bag, **put, at=money.at)
    session = money.opened(camera_ok=False)
    money.on_duty()
    with pytest.raises(safe.CameraDown):
        banking.lock_up(bag, **put, at=money.at)
    money.locked(session, {})
    DutyRoster.objects.all().delete()
    session = money.opened()
    with pytest.raises(safe.NobodyOnDuty):
        banking.lock_up(bag, **put, at=money.at)
    with pytest.raises(duty.HoldsALockOfTheSafe):
        money.on_duty("ma")
    roster = money.on_duty("qin")
    banking.lock_up(bag, **put, at=money.at)
    money.locked(session, {1: 1})
    with pytest.raises(duty.DutyTaken):
        money.on_duty("lin")
    qin = money.by("qin")
    with pytest.raises(Invalid):
        banking.check_seals(roster, seen=[], camera_ok=True, by=qin, at=money.at)
    with pytest.raises(NotAllowed):
        banking.check_seals(roster, seen=["S-1"], camera_ok=True, by=money.by("lin"), at=money.at)
    assert banking.check_seals(roster, seen=["s-1"], camera_ok=True, by=qin, at=money.at).seals_ok
    banking.check_seals(roster, seen=[], camera_ok=False, note="The bag is gone", by=qin, at=money.at)
    assert alarms() == [Alarm.SEALS, Alarm.CAMERA]


def test_a_broken_seal_freezes_the_bag_until_a_third_has_counted_it(money: Money) -> None:
    money.takes(20000)
    money.waits_until("18:00")
    bag = money.a_bag_in_the_safe(20000)
    money.waits_until("09:00", days=1)
    session = money.opened()
    with pytest.raises(Invalid):
        banking.retrieve(bag, seal_ok=False, by=money.by("cai"), at=money.at)
    bag = banking.retrieve(bag, seal_ok=False, note="The seal is cut", by=money.by("cai"), at=money.at)
    money.locked(session, {})
    assert (bag.state, alarms(), held(money)["SAFE"]) == (BagState.INCIDENT, [Alarm.INCIDENT], 20000)
    with pytest.raises(WrongState):
        banking.prepare_bags([bag], by=money.by("cai"), at=money.at)
    found: dict[str, Any] = {"pieces": pieces(15000), "note": "One note was taken; the police know", "at": money.at}
    with pytest.raises(NotAllowed):
        banking.settle_incident(bag, **found, by=money.by("cai"))
    bag = banking.settle_incident(bag, **found, by=money.by("fang"))
    assert held(money) == {"TILL": 50000, "CARRIER": 15000}
    deposit = banking.prepare_bags([bag], by=money.by("fang"), at=money.at)
    assert (deposit.amount_minor, money.bank(deposit, "fang").state) == (15000, DepositState.DEPOSITED)


def test_what_was_prepared_is_brought_back_and_goes_out_again(money: Money) -> None:
    money.takes(20000)
    deposit = money.prepare(10000)
    with pytest.raises(Invalid):
        banking.take_back(deposit, note=" ", by=money.by("cai"), at=money.at)
    banking.take_back(deposit, note="The bank had no power", by=money.by("cai"), at=money.at)
    assert held(money) == {"TILL": 70000}
    bag = money.a_sealed_bag(20000)
    loose = banking.prepare_bags([bag], by=money.by("ma"), at=money.at)
    banking.take_back(loose, note="Closed", by=money.by("ma"), at=money.at)
    assert held(money) == {"TILL": 50000, "BAG": 20000}
    bag.refresh_from_db()
    again = banking.prepare_bags([bag], by=money.by("ma"), at=money.at)
    assert money.bank(again, "ma").amount_minor == 20000


def test_much_is_not_carried_alone_nor_kept_without_being_said(money: Money) -> None:
    unit, today = money.shop.unit, money.shop.unit.day(money.at)
    figures = {"cash.escort_limit": 9999, "cash.safe_limit": 5000, "cash.till_limit": 60000}
    for key, value in figures.items():
        policy.set_value(
            key, unit=unit, value=value, starts_on=today, reason="A small town", by=money.by("xu"), at=money.at
        )
    money.takes(20000)
    much = [(each.kind, each.is_much) for each in queries.where_it_is(by=money.by("ma"), at=money.at)]
    assert much == [("TILL", True)]
    with pytest.raises(deposits.NeedsEscort):
        money.prepare(10000)
    with pytest.raises(deposits.NeedsEscort):
        money.prepare(10000, escort=money.shop.cast.people["cai"])
    assert money.prepare(10000, escort=money.shop.cast.people["lin"]).escort is not None
    money.a_bag_in_the_safe(5000)
    assert alarms() == []
    bag = money.a_sealed_bag(5000, "S-2")
    money.opened()
    banking.lock_up(bag, safe=money.safe, by=money.by("cai"), at=money.at)
    assert alarms() == [Alarm.SAFE_FULL]


def test_on_a_day_on_which_the_bank_is_shut_everything_is_sealed(money: Money) -> None:
    money.takes(20000)
    # The sixth of November 2026 is a Friday; on Saturday no bank opens, and on Monday by ten all must be there.
    money.waits_until("12:00", days=5)
    with pytest.raises(deposits.BankShut):
        money.prepare(10000)
    bag = money.a_sealed_bag(10000)
    assert bag.batch == "EVENING"


# What a row like the one that is there cannot be, and what it cannot become.
NEVER: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "a_bag_is_sealed_by_two": (SafeBag, {"countersigned_by_id": None}),
    "a_bag_holds_something": (SafeBag, {"amount_minor": 0, "pieces": {}}),
    "what_is_in_a_bag_is_worth_its_amount": (SafeBag, {"pieces": {"10000": 2}}),
    "a_bag_in_the_safe_names_who_put_it_there": (SafeBag, {"duty_id": None}),
    "a_bag_at_the_bank_is_of_a_deposit": (SafeBag, {"state": "DEPOSITED"}),
    "a_bag_on_the_way_has_its_carrier": (SafeBag, {"state": "RETRIEVED"}),
    "a_bag_goes_through_the_safes_door_by_two": (SafeBag, {"safe_id": None, "state": "SEALED"}),
    "what_is_deposited_is_worth_its_amount": (BankDeposit, {"pieces": {}}),
    "a_deposit_at_the_bank_has_its_slip": (BankDeposit, {"state": "DEPOSITED"}),
    "nobody_carries_much_alone": (BankDeposit, {"escort_limit_minor": 1}),
    "why_a_deposit_came_back_is_said": (BankDeposit, {"state": "TAKEN_BACK"}),
    "a_deposit_is_something_or_said_to_be_nil": (BankDeposit, {"amount_minor": 0, "pieces": {}}),
}


@pytest.mark.both_databases
def test_the_database_holds_it(money: Money) -> None:
    money.takes(20000)
    money.a_bag_in_the_safe(10000)
    money.prepare(10000)
    for name, (model, bent) in NEVER.items():
        row = model.objects.get()
        row.pk, row.number = None, "ANOTHER"
        row.seal_number = "S-9"
        for column, value in bent.items():
            setattr(row, column, value)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)
    cai, ma = (money.shop.cast.people[name] for name in ("cai", "ma"))
    changed: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        ("what_was_sealed_stays_as_it_was_sealed", SafeBag, {"seal_number": "S-9"}),
        ("what_was_prepared_stays_as_it_was_prepared", BankDeposit, {"due_at": "2031-01-01T00:00:00Z"}),
        ("nobody_is_their_own_escort", BankDeposit, {"escort": cai}),
        ("who_carried_a_deposit_does_not_confirm_it", BankDeposit, {"reconciled_by": cai}),
        ("an_exception_is_settled_by_somebody_else", BankDeposit, {"settled_by": cai, "settled_note": "Mine"}),
        ("who_was_on_duty_stays_who_was_on_duty", DutyRoster, {"officer": money.shop.cast.people["lin"]}),
    )
    for name, model, bent in changed:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.update(**bent)
    # Long before anybody held a lock of the safe.
    night = DutyRoster.objects.create(
        unit=money.shop.unit, night="2020-11-03", officer=cai, named_by=ma, named_at=money.at
    )
    with pytest.raises(IntegrityError, match="who_puts_a_bag_in_the_safe_is_not_on_duty"), transaction.atomic():
        SafeBag.objects.update(duty=night)
