"""What accounting takes from the books: a journal that balances, and who did the work that was charged."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from guiju.books.money.rules import CHART, KIND_LABELS, MoneyKind
from guiju.line.cashier.rules import Method
from guiju.line.workshop import actions as workshop
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cashier.test_bills import TOTAL, paying
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def taken(browser: Client, shop: Shop, what: str, **changed: str) -> list[dict[str, str]]:
    """The file, as a program reads it."""
    day = shop.unit.day(shop.now)
    asked = {
        "what": what,
        "unit": str(shop.unit.pk),
        "first": f"{day - timedelta(days=2)}",
        "last": f"{day + timedelta(days=1)}",
    }
    answer = browser.get("/till/journal/file", asked | changed)
    assert answer.status_code == 200, answer.content.decode()
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_every_place_has_its_own_account() -> None:
    assert set(CHART) == set(MoneyKind) == set(KIND_LABELS)
    assert max(Counter(CHART.values()).values()) == 1


@pytest.mark.shows("G-7")
def test_the_journal_balances_and_names_each_document(signed_in: SignedIn, shop: Shop) -> None:
    stages.an_open_till(shop)
    payment = paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), TOTAL, Method.CASH)
    browser = signed_in("fang")
    assert_strict(browser.get("/till/journal/").content.decode())
    rows = taken(browser, shop, "journal")
    assert (
        sum(Decimal(each["Debit amount"]) for each in rows) == sum(Decimal(each["Credit amount"]) for each in rows) > 0
    )
    of_payment = [each for each in rows if each["Document"] == payment.receipt_number]
    assert [(each["Account"], each["Debit amount"], each["Credit amount"]) for each in of_payment] == [
        (CHART[MoneyKind.TILL], "460.00", "0.00"), (CHART[MoneyKind.OWED_BY_CUSTOMER], "0.00", "460.00"),
    ]  # fmt: skip
    early = str(shop.unit.day(shop.now) - timedelta(days=40))
    assert taken(browser, shop, "journal", first=early, last=early) == []
    for changed in (
        {"last": "2020-01-01"},
        {"first": "2020-01-01"},
        {"first": "x"},
        {"unit": str(shop.cast.units["GZ02"].pk)},
    ):
        day = str(shop.unit.day(shop.now))
        wrong = browser.get(
            "/till/journal/file", {"what": "journal", "unit": shop.unit.pk, "first": day, "last": day} | changed
        )
        assert wrong.status_code == 422
    assert signed_in("chen").get("/till/journal/").status_code == 403


@pytest.mark.shows("G14")
def test_labour_is_shared_out_by_minutes_on_the_day_of_the_work(signed_in: SignedIn, shop: Shop) -> None:
    order, _request = stages.a_repairing_order(shop)
    workshop.log_labour(order, minutes=20, task="Belt", by=shop.actor("chen"), at=shop.later())
    done = stages.a_ready_order(shop)
    stages.a_bill(shop, done)
    rows = [each for each in taken(signed_in("fang"), shop, "commission") if each["Job"] == done.number]
    assert sum(Decimal(each["Labour charged"]) for each in rows) == Decimal(stages.MIN_LABOUR) / 100
    assert all(int(each["Minutes"]) > 0 for each in rows)
    assert {each["Day"] for each in rows} == {str(shop.unit.day(done.ready_at))}
