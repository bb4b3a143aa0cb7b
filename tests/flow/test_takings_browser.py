"""A day at the till, from the float to the bank's own word next morning, through Chromium: every coin is signed for by two (S6 1.6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import Sum
from django.utils.timezone import now
from playwright.sync_api import FilePayload, Page

from guiju.books.money import queries as book
from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import CASH, MoneyKind
from guiju.jobs import nightly
from guiju.kernel.coins import fewest
from guiju.line.banking import queries as banking
from guiju.line.banking.models import BankDeposit, SafeBag
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import TillSession
from guiju.oversight.reports.models import CashDay
from guiju.readiness.custody.models import AccessSession, ControlledStore
from tests.cast import FOUNDED, password_of
from tests.flow.crew import Crew, crew, do, driver, shop
from tests.line import stages
from tests.line.banking.conftest import a_safe
from tests.line.cast_line import Shop, a_picture

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FLOAT_MINOR = 50_000
Clock = Callable[[date, str], None]


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Sets the clock of the house, in Foshan; it goes on from there."""
    with ExitStack() as stack:

        def show(on: date, wall: str) -> None:
            stack.close()
            then = datetime.combine(on, time.fromisoformat(wall), ZoneInfo("Asia/Shanghai"))
            stack.enter_context(time_machine.travel(then, tick=True))

        yield show


def two_bank_days(shop: Shop) -> tuple[date, date]:
    """The next day on which the bank is open, on the next one too: whoever runs this may do so at a weekend."""
    day = shop.unit.day(shop.now) + timedelta(days=1)
    while not all(banking.is_bank_day(shop.unit, day + timedelta(days=each)) for each in (0, 1)):
        day += timedelta(days=1)
    return day, day + timedelta(days=1)


def pieces(name: str, minor: int) -> dict[str, str]:
    """The boxes of a count, for an amount in as few notes and coins as can be."""
    return {f"{name}_{each}": str(count) for each, count in fewest(minor, "CNY").items()}


def holders(shop: Shop) -> dict[str, int]:
    """Where the outlet's cash is; the float is not told apart."""
    found = {
        str(kind): MoneyAccount.objects.filter(unit=shop.unit, kind=kind).aggregate(held=Sum("balance"))["held"]
        for kind in CASH
    }
    return {kind: minor for kind, minor in found.items() if minor}


def pay_by_keyboard(cai: Page, order: str) -> None:
    """Draw the bill and take the money, exactly: no hand leaves the keys."""
    cai.goto(f"/till/jobs/{order}/", wait_until="domcontentloaded")
    cai.keyboard.press("d")
    cai.locator("[name=tendered_minor]:focus").wait_for()
    cai.keyboard.insert_text("2000")
    cai.keyboard.press("Enter")
    cai.wait_for_url("**/till/receipts/**")


def propose_and_take(cai: Page, lying_minor: int) -> None:
    """Count the drawer, let the house say what goes to the bank, and take just that."""
    do(cai, "/till/bank/prepare/", "#count form", "Proposed:", **pieces("lying", lying_minor))
    do(cai, "", "#deposit form", "It is in your hands until the bank has it.")


def slip(number: int) -> FilePayload:
    """A picture of the bank's slip."""
    return {"name": "slip.jpg", "mimeType": "image/jpeg", "buffer": a_picture(number)}


def open_by_two(crew: Crew, purpose: str) -> str:
    """Cai and ma open the safe, each with the own password at the own screen; the number of the opening."""
    safe = ControlledStore.objects.get()
    asked = {"authority_kind": "DEPOSIT", "authority": "BG", "purpose": purpose}
    crew.at(
        "cai", do, f"/stores/controlled/{safe.pk}/", 'form[action$="/open"]', "Now two custodians sign in.", **asked
    )
    door = str(AccessSession.objects.latest("pk").number)
    page = f"/stores/controlled/openings/{door}/"
    crew.at("cai", do, page, "#sign form", "Signed in.", password=password_of("cai"))
    crew.at("ma", do, page, "#sign form", "The store is open.", password=password_of("ma"), camera_ok=True)
    return door


def lock_by_two(crew: Crew, door: str, lie_there: int) -> None:
    """Both count what lies there, and sign out."""
    page = f"/stores/controlled/openings/{door}/"
    crew.at("cai", do, page, "#recount form", "Lock it and sign out", line_1=str(lie_there))
    crew.at("cai", do, page, "#sign form", "Signed out.", password=password_of("cai"))
    crew.at("ma", do, page, "#sign form", "Signed out.", password=password_of("ma"))


def the_evening(crew: Crew, shop: Shop, minor: int) -> SafeBag:
    """The takings into a bag, for which ma signs too; the drawer is counted blind and closed; the bag lies in the safe."""
    typed = {"seal_number": "S-7001", **pieces("pieces", minor)}
    crew.at("cai", do, "/till/bank/pack/", "form[action*=pack]", "Now a second person counts and signs.", **typed)
    bag = SafeBag.objects.get()
    page = f"/till/bank/bags/{bag.number}/"
    crew.at("ma", do, page, "#countersign form", "Sealed by two.", password=password_of("ma"))
    session = f"/till/sessions/{TillSession.objects.get().pk}/"
    crew.at("cai", do, session, 'form[action$="/count"]', "Counted.", **pieces("pieces", FLOAT_MINOR))
    crew.at("cai", do, session, 'form[action$="/end"]', "The till is closed.")
    crew.at("ma", do, session, 'form[action$="/countersign"]', "Signed.")
    qin = shop.cast.people["qin"]
    crew.at("ma", do, "/till/bank/", "#night form", "Named.", officer=str(qin.pk))
    door = open_by_two(crew, "The evening's takings")
    crew.at("cai", do, page, "#lock-up form", "The bag lies in the safe.")
    lock_by_two(crew, door, 1)
    return bag


def the_morning(crew: Crew, bag: SafeBag) -> None:
    """Out of the safe by the same two, and to the bank."""
    door = open_by_two(crew, "To the bank")
    crew.at("cai", do, f"/till/bank/bags/{bag.number}/", "#retrieve form", "Written down.", seal_ok=True)
    lock_by_two(crew, door, 0)
    crew.at("cai", do, "/till/bank/", "#carry form", "It is in your hands until the bank has it.", bags=str(bag.pk))


def bank(crew: Crew, number: int) -> BankDeposit:
    """The bank takes what was prepared last."""
    deposit = BankDeposit.objects.latest("pk")
    typed = {"slip_number": f"SLIP-{number}", "photo": slip(number)}
    crew.at("cai", do, f"/till/bank/deposits/{deposit.number}/", 'form[action$="/bank"]', "The bank has it.", **typed)
    return deposit


@pytest.mark.shows("EX-11", "EX-13", "FIN-1", "FIN-2", "FIN-6", "FIN-7", "S6-29", "S6-30", "S6-31", "S6-32", "S6-35")
def test_a_day_from_the_float_to_the_banks_own_word(crew: Crew, shop: Shop, clock: Clock) -> None:
    orders = [stages.a_ready_order(shop) for _ in range(2)]
    cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    a_safe(shop)
    today, tomorrow = two_bank_days(shop)

    clock(today, "09:00")
    crew.at("cai", do, "/till/", 'form[action$="/open"]', "My till", **pieces("pieces", FLOAT_MINOR))
    crew.at("cai", pay_by_keyboard, orders[0].number)
    taken = holders(shop)["TILL"] - FLOAT_MINOR
    clock(today, "15:30")
    crew.at("cai", propose_and_take, FLOAT_MINOR + taken)
    day = BankDeposit.objects.get()
    assert holders(shop) == {"TILL": FLOAT_MINOR + taken - day.amount_minor, "CARRIER": day.amount_minor}
    clock(today, "15:50")
    bank(crew, 1)
    clock(today, "17:10")
    crew.at("cai", pay_by_keyboard, orders[1].number)
    evening = holders(shop)["TILL"] - FLOAT_MINOR
    clock(today, "18:00")
    bag = the_evening(crew, shop, evening)
    assert holders(shop) == {"SAFE": evening}

    crew.go_home()
    clock(tomorrow, "08:40")
    the_morning(crew, bag)
    assert holders(shop) == {"CARRIER": evening}
    clock(tomorrow, "09:20")
    morning = bank(crew, 2)
    assert (morning.amount_minor, holders(shop)) == (evening, {})
    assert book.balance(MoneyKind.BANK, unit=shop.unit) == day.amount_minor + evening
    the_banks_word(crew, today, tomorrow)
    the_day_is_closed(crew, shop, today)
    assert crew.heard == []


def the_banks_word(crew: Crew, today: date, tomorrow: date) -> None:
    """Finance brings the statement in and confirms each deposit by its line; who carried it is not asked."""
    booked = [(today, 1), (tomorrow, 2)]
    amounts = list(BankDeposit.objects.order_by("pk").values_list("amount_minor", flat=True))
    lines = [f"{on},{minor / 100:.2f},SLIP-{number}" for (on, number), minor in zip(booked, amounts, strict=True)]
    file = {
        "name": "statement.csv",
        "mimeType": "text/csv",
        "buffer": "\n".join(["date,amount,reference", *lines]).encode(),
    }
    crew.at("fang", do, "/till/bank/statement/", "form[enctype]", "New lines: 2.", file=file)
    for deposit in BankDeposit.objects.order_by("pk"):
        page = f"/till/bank/deposits/{deposit.number}/"
        crew.at("fang", do, page, 'form[action$="/reconcile"]', "Confirmed by the bank's statement.")
    assert set(BankDeposit.objects.values_list("state", flat=True)) == {"RECONCILED"}


def the_day_is_closed(crew: Crew, shop: Shop, today: date) -> None:
    """The night shift has made the report of the day; finance looks at it and closes the day."""
    nightly.cash_days(now())
    report = CashDay.objects.get(business_on=today)
    crew.at("fang", do, f"/till/days/{report.pk}/", 'form[action$="/close"]', "The day is closed.")
    report.refresh_from_db()
    assert report.closed_by == shop.cast.people["fang"]
