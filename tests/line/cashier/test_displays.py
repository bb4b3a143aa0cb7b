"""The customer's screen of a till: the bill that is being paid, thanks with the code of the receipt, and nothing else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from guiju.kernel.coins import likely_notes
from guiju.kernel.refusing import Invalid, NotAllowed, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import bills, displays
from guiju.line.cashier.models import Display
from guiju.line.cashier.queries.displays import Stage, at_display, display_token
from guiju.line.cashier.rules import Method
from tests.cast import FOUNDED
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(
    ("owed", "currency", "likely"),
    [
        (6100, "CNY", [6100, 7000, 10000]), (5000, "CNY", [5000, 10000]), (10000, "CNY", [10000]),
        (4610, "USD", [4610, 5000, 10000]), (101, "JPY", [101, 110, 150, 200]),
    ],
)  # fmt: skip
def test_the_notes_that_are_likely_are_the_next_ten_fifty_and_hundred(
    owed: int, currency: str, likely: list[int]
) -> None:
    assert likely_notes(owed, currency) == likely


@pytest.mark.shows("S1-40")
def test_the_screen_follows_the_bill_from_hello_to_thanks(shop: Shop) -> None:
    bill, cai = stages.a_bill(shop, stages.a_ready_order(shop)), shop.actor("cai")
    till = cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    token = display_token(till.pk)
    assert at_display(token, at=shop.now) is None, "nobody has opened a screen here"
    with pytest.raises(bills.TillClosed):
        cashier.show_bill(bill, by=cai, at=shop.later())
    session = stages.an_open_till(shop)
    with pytest.raises(displays.NoDisplay):
        cashier.show_bill(bill, by=cai, at=shop.later())
    with pytest.raises(NotAllowed):
        cashier.open_display(till, by=shop.actor("shen"), at=shop.later())
    first = cashier.open_display(till, by=cai, at=shop.later())
    assert cashier.open_display(till, by=cai, at=shop.later()) == first

    def stage() -> tuple[Stage, int | None, int | None]:
        shown = at_display(token, at=shop.now)
        assert shown is not None
        return shown.stage, shown.tendered_minor, shown.change_minor

    assert stage() == (Stage.IDLE, None, None)
    with pytest.raises(Invalid):
        cashier.show_bill(bill, tendered_minor=-1, by=cai, at=shop.later())
    cashier.show_bill(bill, by=cai, at=shop.later())
    assert stage() == (Stage.BILL, None, None)
    cashier.show_bill(bill, tendered_minor=bill.total_minor + 4000, by=cai, at=shop.later())
    assert stage() == (Stage.BILL, bill.total_minor + 4000, 4000)
    cashier.take_payment(
        bill, method=Method.CASH, amount_minor=bill.total_minor, tendered_minor=bill.total_minor + 4000, by=cai,
        at=shop.later(),
    )  # fmt: skip
    assert stage() == (Stage.THANKS, bill.total_minor + 4000, 4000)
    shop.later(seconds=61)
    assert stage() == (Stage.IDLE, None, None)
    other = stages.a_bill(shop, stages.a_ready_order(shop))
    cashier.show_bill(other, by=cai, at=shop.later())
    shop.later(minutes=11)
    assert stage()[0] == Stage.IDLE, "a bill that nobody pays is not read by the next customer"
    cashier.count_till(
        session,
        pieces={10000: (50000 + bill.total_minor) // 10000},
        card_minor=0,
        variance_reason="x",
        by=cai,
        at=shop.later(),
    )
    assert stage()[0] == Stage.CLOSED
    assert at_display(token[:-1] + ("0" if token[-1] != "0" else "1"), at=shop.now) is None


@pytest.mark.shows("S1-40")
def test_a_screen_shows_no_bill_of_another_outlet(shop: Shop, other_shop: Shop) -> None:
    session = stages.an_open_till(shop)
    display = cashier.open_display(session.till, by=shop.actor("cai"), at=shop.later())
    other_shop.now = shop.now
    theirs = stages.a_bill(shop, stages.a_ready_order(shop))
    display.bill, display.shown_at = theirs, shop.now
    display.save()
    for name, changed in {
        "what_is_shown_as_given_is_for_a_bill": {"tendered_minor": -1},
        "what_is_shown_has_its_moment": {"shown_at": None},
        "a_till_shows_the_bills_of_its_own_outlet": {
            "till": cashier.add_till(unit=other_shop.unit, code="T9", by=other_shop.actor("he"), at=FOUNDED)
        },
    }.items():
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            Display.objects.filter(pk=display.pk).update(**changed)
        assert name in broken_constraints(broken.value)


@pytest.mark.leaks
def test_whoever_stands_there_reads_the_bill_and_nothing_of_the_customer(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    bill, cai = stages.a_bill(shop, order), shop.actor("cai")
    # The page asks the clock of the house.
    shop.now = max(shop.now, timezone.now())
    session = stages.an_open_till(shop)
    at = session.opened_at
    cashier.open_display(session.till, by=cai, at=at)
    page = f"/display/{display_token(session.till_id)}/"
    assert order.unit.name in Client().get(page).content.decode()
    cashier.show_bill(bill, by=cai, at=shop.later())
    shown = Client().get(page)
    said = shown.content.decode()
    assert "460.00" in said
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    customer = order.customer
    for secret in (customer.name, customer.phones.first().e164, order.number, order.appliance.serial):
        assert secret not in said
    version = said.partition("now?v=")[2].partition('"')[0]
    assert Client().get(f"{page}now?v={version}").status_code == 204
    assert "<main" in Client().get(f"{page}now?v=old").content.decode()
    assert Client().get("/display/1-ffffffffffffffffffffffff/").status_code == 404
