"""Old bills held against the lists of their day, and what goes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.models import Approval
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import refunds
from guiju.line.cashier.models import Bill, Payment
from guiju.line.cashier.rules import Overcharged, overcharge
from guiju.standing.catalogue.models import FaultCode
from guiju.standing.pricing import actions as pricing
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop
from tests.standing.pricing.conftest import shown

pytestmark = pytest.mark.django_db


def found(shop: Shop) -> tuple[list[queries.Compliance], list[queries.Judged]]:
    today = shop.unit.day(shop.now)
    return queries.by_outlet(queries.scan(queries.bills_drawn(today - timedelta(days=30), today)))


def a_forgotten_list(shop: Shop, *, most: int = 35000) -> None:
    """The outlet has had a cheaper list on its wall since January, and it is entered only now."""
    nie, xu, then = shop.actor("nie"), shop.actor("xu"), shop.later()
    listed = pricing.draft_list(unit=shop.unit, starts_on=date(2026, 1, 1), by=nie, at=then)
    pricing.add_line(listed, part=shop.compressor, min_minor=30000, max_minor=most, unit="each", by=nie, at=then)
    shown(listed, by=nie, and_by=xu, at=then)


@pytest.mark.shows("S1-38", "S1-42")
def test_what_is_within_the_list_of_its_day_is_left_alone(shop: Shop) -> None:
    stages.a_paid_order(shop)
    (outlet,), odd = found(shop)
    assert (outlet.unit.code, outlet.charges, outlet.fair, outlet.percent, odd) == ("FS01", 2, 2, "100.0", [])
    bill = Bill.objects.get()
    with pytest.raises(refunds.NothingTooMuch):
        cashier.propose_refund(bill, by=shop.actor("nie"), at=shop.later())


@pytest.mark.shows("S1-38", "S1-41", "S1-42")
def test_an_old_overcharge_is_found_proposed_approved_and_paid_back(shop: Shop) -> None:
    stages.a_paid_order(shop)
    a_forgotten_list(shop)
    (outlet,), (judged,) = found(shop)
    (charge,) = judged.found
    assert (charge.kind, charge.most_minor, charge.excess_minor) == (Overcharged.ABOVE, 35000, 3000)
    assert (outlet.charges, outlet.fair, outlet.percent, judged.to_refund_minor) == (2, 1, "50.0", 3000)
    for name in ("lin", "ma", "xu", "an"):
        with pytest.raises(NotAllowed):
            cashier.propose_refund(judged.bill, by=shop.actor(name), at=shop.later())
    asked = cashier.propose_refund(judged.bill, by=shop.actor("nie"), at=shop.later())
    assert (asked.content["amount_minor"], asked.state) == (3000, Approval.State.ASKED)
    with pytest.raises(refunds.WaitsAlready):
        cashier.propose_refund(judged.bill, by=shop.actor("nie"), at=shop.later())
    payment = Payment.objects.select_related("bill__order").get(bill=judged.bill)
    cashier.approve_refund(payment, by=shop.actor("fang"), at=shop.later())
    cashier.pay_refund(
        payment, **{k: asked.content[k] for k in ("amount_minor", "reason")}, by=shop.actor("cai"), at=shop.later()
    )
    (_outlet,), (after,) = found(shop)
    assert after.to_refund_minor == 0
    with pytest.raises(refunds.NothingTooMuch):
        cashier.propose_refund(after.bill, by=shop.actor("nie"), at=shop.later())


def test_what_no_list_of_the_day_named_is_all_too_much(shop: Shop) -> None:
    stages.a_paid_order(shop)
    pricing.retire(shop.price_list, ends_on=date(2026, 6, 1), by=shop.actor("xu"), at=shop.later())
    _outlets, (judged,) = found(shop)
    assert {each.kind for each in judged.found} == {Overcharged.UNLISTED}
    assert judged.to_refund_minor == judged.bill.paid_minor


def test_labour_heavier_than_the_fault_is_shown_to_a_person(shop: Shop) -> None:
    stages.a_paid_order(shop)
    FaultCode.objects.filter(pk=shop.fault.pk).update(labour_level=1)
    _outlets, (judged,) = found(shop)
    assert [(each.kind, each.excess_minor) for each in judged.found] == [(Overcharged.TOO_HEAVY, 0)]
    assert judged.to_refund_minor == 0


def test_the_command_tells_it_and_changes_nothing(shop: Shop) -> None:
    stages.a_paid_order(shop)
    a_forgotten_list(shop)
    today, said = shop.unit.day(shop.now).isoformat(), StringIO()
    call_command("scan_prices", since=date(2026, 1, 1), until=date.fromisoformat(today), unit="FS01", stdout=said)
    text = said.getvalue()
    assert "FS01: 50.0 % of 2 charges within the list, 30.00 CNY too much" in text
    assert "COMP-1 380.00 CNY x 1" in text
    assert "to give back: 30.00 CNY" in text
    assert not Approval.objects.filter(purpose=refunds.REFUND_APPROVAL).exists()
    said = StringIO()
    call_command("scan_prices", since=date(2020, 1, 1), until=date(2020, 2, 1), stdout=said)
    assert "No bill from 2020-01-01" in said.getvalue()


def test_the_network_manager_reads_it_and_proposes_with_a_click(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    stages.a_paid_order(shop)
    a_forgotten_list(shop)
    office = signed_in("nie")
    day = shop.unit.day(shop.now)
    page = office.get(f"/back-office/prices/compliance/?since={day - timedelta(days=30)}&until={day}").content.decode()
    assert_strict(page)
    assert "50.0 %" in page
    assert "Propose the refund" in page
    odd = office.get("/back-office/prices/compliance/?since=2026-05-01&until=2026-04-01")
    assert odd.status_code == 422
    assert "The first day is after the last." in odd.content.decode()
    number = Bill.objects.get().number
    # Finance of another outlet's kind reads, and proposes nothing.
    assert signed_in("fang").post(f"/back-office/prices/compliance/{number}/propose").status_code == 403
    assert signed_in("ma").get("/back-office/prices/compliance/").status_code == 403
    assert office.post(f"/back-office/prices/compliance/{number}/propose").status_code == 302
    assert Approval.objects.filter(purpose=refunds.REFUND_APPROVAL).count() == 1


@given(some.integers(1, 10**6), some.integers(1, 99), some.integers(1, 10**6) | some.none())
def test_too_much_is_exactly_what_is_above_the_most(unit_minor: int, quantity: int, most: int | None) -> None:
    kind, excess = overcharge(unit_minor, quantity, most)
    assert excess == max(0, unit_minor - (most or 0)) * quantity
    assert (kind is None) == (excess == 0)


@pytest.mark.shows("S1-42")
def test_the_share_within_the_list_is_told_by_month_and_outlet(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    stages.a_paid_order(shop)
    first = shop.unit.day(shop.now)
    shop.later(days=31)
    stages.a_paid_order(shop)
    a_forgotten_list(shop)
    last = shop.unit.day(shop.now)
    rows = queries.kept_to_the_list(first, last, by=shop.actor("nie"))
    assert [(each.month, each.unit.code, each.charges, each.fair) for each in rows] == [
        (last.replace(day=1), "FS01", 2, 1),
        (first.replace(day=1), "FS01", 2, 1),
    ]
    assert queries.kept_to_the_list(first, last, by=shop.actor("he")) == []
    asked = f"since={first}&until={last}"
    told = signed_in("ma").get(f"/api/v1/price-compliance?{asked}").json()["items"]
    assert [(each["month"], each["per_mille"]) for each in told] == [(f"{last:%Y-%m}", 500), (f"{first:%Y-%m}", 500)]
    assert signed_in("ma").get(f"/api/v1/price-compliance?since={last}&until={first}").status_code == 422
    page = signed_in("nie").get(f"/back-office/prices/compliance/?{asked}")
    assert_strict(page.content.decode())
    assert "By month" in page.content.decode()
