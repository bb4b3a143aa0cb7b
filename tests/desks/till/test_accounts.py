"""A customer's account on its page: what is owed, the payment and its receipt, the statement, and what each person may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import CreditAccount, Debt
from guiju.line.receivables.models import Collection, WriteOff
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop
from tests.line.receivables.owing import TOTAL, a_debt

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


def read(answer: Any) -> str:
    """The page as it is sent, with nothing in it that the policy would refuse."""
    assert answer.status_code == 200
    html: str = answer.content.decode()
    assert_strict(html)
    return html


@pytest.mark.shows("S6-29")
def test_a_cashier_takes_part_of_what_is_owed_and_finance_reads_the_statement(shop: Shop, signed_in: SignedIn) -> None:
    debt = a_debt(shop)
    account, order = debt.account, debt.payment.bill.order
    stages.an_open_till(shop)
    page, cai = reverse("till:account", args=[account.pk]), signed_in("cai")
    shown = read(cai.get(page))
    assert order.number in shown
    assert reverse("till:collect", args=[account.pk]) in shown
    # The cashier collects, and decides nothing.
    assert all(f'/{word}"' not in shown for word in ("ask-write-off", "suspend", f"{account.pk}/change"))
    wrong = cai.post(reverse("till:collect", args=[account.pk]), {"method": "CARD", "amount_minor": "10"})
    assert wrong.status_code == 422
    assert "Enter the number" in wrong.content.decode()
    assert not Collection.objects.exists()
    paid = {"method": "CASH", "amount_minor": "10", "tendered_minor": "20", "receipts": [debt.payment.receipt_number]}
    assert cai.post(reverse("till:collect", args=[account.pk]), paid).status_code == 302
    made = Collection.objects.get()
    receipt = read(cai.get(reverse("till:collection", args=[made.number])))
    assert made.number in receipt
    fang = signed_in("fang")
    statement = reverse("till:statement", args=[account.pk])
    whole = {"from_on": "2026-01-01", "until_on": "2199-01-01"}
    sheet = read(fang.get(statement, whole))
    assert made.number in sheet
    assert debt.payment.receipt_number in sheet
    csv = b"".join(fang.get(statement, whole | {"as": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    assert [line.split(",")[1] for line in csv.strip().splitlines()[1:]] == [debt.payment.receipt_number, made.number]
    days = {"from_on": "2020-01-01", "until_on": "2020-01-31"}
    assert made.number not in fang.get(statement, days).content.decode()
    assert fang.get(statement, days | {"from_on": "x"}).status_code == 422
    assert order.number in fang.get(reverse("till:debts"), {"open": "on"}).content.decode()


@pytest.mark.shows("S6-29", "5.4")
def test_the_manager_asks_and_finance_decides_on_the_page(shop: Shop, signed_in: SignedIn) -> None:
    debt = a_debt(shop)
    account = debt.account
    page, number = reverse("till:account", args=[account.pk]), debt.payment.receipt_number
    ma, fang = signed_in("ma"), signed_in("fang")
    asked = {"limit_minor": "9000", "days": "20", "reason": "A good customer"}
    assert ma.post(reverse("till:change_credit", args=[account.pk]), asked).status_code == 302
    assert (
        ma.post(reverse("till:ask_write_off", args=[number]), {"amount_minor": "9999", "reason": "x"}).status_code
        == 422
    )
    assert (
        ma.post(reverse("till:ask_write_off", args=[number]), {"amount_minor": "10", "reason": "Gone"}).status_code
        == 302
    )
    shown = read(fang.get(page))
    assert "A good customer" in shown
    assert "Gone" in shown
    assert fang.post(reverse("till:approve_credit", args=[account.pk])).status_code == 302
    assert fang.post(reverse("till:approve_write_off", args=[number])).status_code == 302
    assert CreditAccount.objects.get().limit_minor == 900000
    assert (Debt.objects.get().left_minor, WriteOff.objects.get().amount_minor) == (TOTAL - 1000, 1000)
    until = (shop.unit.day(shop.now) + timedelta(days=400)).isoformat()
    pause = {"until_on": until, "reason": "Pays on Friday"}
    assert ma.post(reverse("till:pause_letters", args=[account.pk]), pause).status_code == 302
    assert "Pays on Friday" in read(ma.get(page))
    assert ma.post(reverse("till:resume_letters", args=[account.pk])).status_code == 302
    assert ma.post(reverse("till:suspend_credit", args=[account.pk]), {"reason": ""}).status_code == 422
    assert ma.post(reverse("till:suspend_credit", args=[account.pk]), {"reason": "Late"}).status_code == 302
    cashier.resume_credit(account, reason="Paid", by=shop.actor("fang"), at=shop.later())
    assert signed_in("cai").post(reverse("till:suspend_credit", args=[account.pk]), {"reason": "x"}).status_code == 403
