"""A technician with cash in hand, on the telephone: taken at the customer's home, offered, and signed for by both."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.line.banking.models import CashHandOver
from guiju.line.banking.rules.handing import HandState
from tests.cast import password_of
from tests.desks.till.test_banking import done, shown, typed
from tests.line.banking.conftest import Money, money
from tests.line.banking.test_takings import held

__all__ = ["money"]
pytestmark = pytest.mark.django_db


@pytest.mark.shows("FIN-2")
def test_from_the_customers_home_into_the_drawer(money: Money, signed_in: Any) -> None:
    chen, wu, cai, ma = (signed_in(name) for name in ("chen", "wu", "cai", "ma"))
    order, unit = money.bill.order.number, money.shop.unit
    assert order in shown(chen, "/field/")
    page = done(chen, f"/field/jobs/{order}/pay", {"method": "CASH", "amount_minor": "200", "tendered_minor": "200"})
    assert "RC-FS01" in page
    assert "200" in shown(chen, "/field/")
    page = done(chen, "/field/offer", {"unit": unit.pk, "to": money.shop.cast.people["wu"].pk})
    assert "wu" in page
    row = CashHandOver.objects.get()
    answer = wu.post(f"/field/hand-overs/{row.number}/accept", {"password": "guess"})
    assert (answer.status_code, "This password is wrong." in answer.content.decode()) == (422, True)
    done(wu, f"/field/hand-overs/{row.number}/accept", {"password": password_of("wu")})
    done(wu, "/field/offer", {"unit": unit.pk, "to": ""})
    done(wu, f"/field/hand-overs/{CashHandOver.objects.latest('pk').number}/withdraw")
    done(wu, "/field/offer", {"unit": unit.pk, "to": ""})
    row = CashHandOver.objects.latest("pk")
    # The cashier reads nowhere what must come out.
    _ = money.session
    assert "200" not in shown(cai, "/till/pouches/")
    assert "¥200" not in shown(cai, f"/till/pouches/{row.number}/")
    assert "¥200" in shown(ma, "/till/pouches/")
    done(cai, f"/till/pouches/{row.number}/count", typed({5000: 3}) | {"password": password_of("cai")})
    page = shown(cai, f"/till/pouches/{row.number}/")
    assert "¥150" in page
    assert "¥50" in page
    assert "Sign the difference" in shown(wu, "/field/")
    explained = {"cause": "CHANGE", "note": "Fifty too much", "password": password_of("wu")}
    done(cai, f"/till/pouches/{row.number}/explain", explained | {"username": "wu"})
    row.refresh_from_db()
    assert (row.state, held(money)) == (HandState.ACCEPTED, {"TILL": 65000})
    assert "Fifty too much" in shown(ma, f"/till/pouches/{row.number}/")


def test_what_is_brought_is_not_taken_and_a_deposit_changes_hands(money: Money, signed_in: Any) -> None:
    chen, cai, ma = (signed_in(name) for name in ("chen", "cai", "ma"))
    money.takes(20000)
    order = money.bill.order.number
    done(chen, f"/field/jobs/{order}/pay", {"method": "CASH", "amount_minor": "20"})
    done(chen, "/field/offer", {"unit": money.shop.unit.pk, "to": ""})
    row = CashHandOver.objects.get()
    done(cai, f"/till/pouches/{row.number}/refuse", {"note": "Come after five"})
    assert "Hand over all of it" in shown(chen, "/field/")
    deposit = money.prepare(20000)
    assert "/field/" in shown(cai, f"/till/bank/deposits/{deposit.number}/")
    done(cai, f"/field/deposits/{deposit.number}/offer", {"to": money.shop.cast.people["ma"].pk})
    row = CashHandOver.objects.latest("pk")
    done(ma, f"/field/hand-overs/{row.number}/refuse", {"note": "I have no time"})
    done(cai, f"/field/deposits/{deposit.number}/offer", {"to": money.shop.cast.people["ma"].pk})
    row = CashHandOver.objects.latest("pk")
    done(ma, f"/field/hand-overs/{row.number}/accept", {"password": password_of("ma")})
    assert deposit.number in shown(ma, "/field/")
    assert deposit.number not in shown(cai, "/field/")
