"""A cashier walks from the drawer to the bank by the pages alone: the day's takings, then the evening's through the safe."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.line.banking.models import BankDeposit, BankLine, CashAlarm, SafeBag
from guiju.line.banking.rules import BagState, DepositState
from tests.cast import password_of
from tests.desks.common.page import assert_strict
from tests.line.banking.conftest import Money, money
from tests.line.cast_line import a_picture

__all__ = ["money"]
pytestmark = pytest.mark.django_db
# Every page at the hour of the story.
VIEWS = "guiju.desks.till.views.banking.now"


def typed(pieces: dict[int, int], name: str = "pieces") -> dict[str, str]:
    return {f"{name}_{each}": str(count) for each, count in pieces.items()}


def at(monkeypatch: pytest.MonkeyPatch, then: datetime) -> None:
    monkeypatch.setattr(VIEWS, lambda: then)


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    assert_strict(answer.content.decode())
    return answer.content.decode()


def done(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    answer = client.post(url, data or {}, follow=True)
    assert answer.status_code == 200, re.findall(
        r'(?s)class="(?:invalid-feedback|alert)[^>]*>(.{0,200})', answer.content.decode()
    )
    return answer.content.decode()


def test_from_the_drawer_to_the_bank(money: Money, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cai, ma, qin, fang = (signed_in(name) for name in ("cai", "ma", "qin", "fang"))
    money.takes(20000)
    at(monkeypatch, money.waits_until("15:40"))
    assert "16:00" in shown(cai, "/till/bank/")
    page = shown(cai, "/till/bank/prepare/?lying_10000=5&lying_5000=3&lying_1000=4&lying_100=10")
    # Of 700 the 200 of the takings go in the large notes.
    assert "200" in page
    done(cai, "/till/bank/prepare/", typed({10000: 1, 5000: 1}))
    deposit = BankDeposit.objects.get()
    assert (deposit.amount_minor, deposit.state) == (15000, DepositState.PREPARED)
    where = shown(ma, "/till/bank/where/")
    assert "cai" in where
    assert "T1" in where
    assert "T1" not in shown(cai, "/till/bank/where/"), "whoever counts a drawer does not read what must lie in it"
    picture = SimpleUploadedFile("slip.png", a_picture(41), content_type="image/png")
    page = f"/till/bank/deposits/{deposit.number}/"
    assert "slip_number" in shown(cai, page)
    assert "slip_number" not in shown(fang, page), "only whoever carries it banks it"
    done(cai, f"{page}bank", {"slip_number": "SL-1", "photo": picture, "account_tail": "6789"})
    assert "SL-1" in shown(fang, page)
    assert fang.get(f"{page}slip.jpg").status_code == 200

    at(monkeypatch, money.waits_until("18:30"))
    assert "pieces" in shown(cai, "/till/bank/pack/")
    done(cai, "/till/bank/pack/", typed({5000: 1}) | {"seal_number": "S-77"})
    bag = SafeBag.objects.get()
    page = f"/till/bank/bags/{bag.number}/"
    assert 'name="username"' in shown(cai, page)
    wrong = cai.post(f"{page}countersign", {"username": "cai", "password": password_of("cai")})
    assert wrong.status_code == 422
    done(cai, f"{page}countersign", {"username": "lin", "password": password_of("lin")})
    done(ma, "/till/bank/nights/name", {"night": "2026-11-02", "officer": money.shop.cast.people["qin"].pk})
    session = money.opened()
    done(cai, f"{page}lock-up", {"safe": money.safe.pk})
    money.locked(session, {1: 1})
    night = f"/till/bank/nights/{SafeBag.objects.get().duty_id}/"
    assert "seen" in shown(qin, night)
    done(qin, night, {"seen": "S-77", "camera_ok": "on"})
    assert 'name="seen"' not in shown(ma, night)
    assert "S-77" in shown(fang, "/till/bank/bags/")

    at(monkeypatch, money.waits_until("09:20", days=1))
    session = money.opened()
    done(cai, f"{page}retrieve", {"seal_ok": "on"})
    money.locked(session, {1: 0})
    assert "S-77" in shown(cai, "/till/bank/")
    done(cai, "/till/bank/carry", {"bags": [bag.pk]})
    morning = BankDeposit.objects.order_by("-pk")[0]
    at(monkeypatch, money.waits_until("10:05"))
    picture = SimpleUploadedFile("slip.png", a_picture(42), content_type="image/png")
    done(cai, f"/till/bank/deposits/{morning.number}/bank", {"slip_number": "SL-2", "photo": picture})
    bag.refresh_from_db()
    assert bag.state == BagState.DEPOSITED
    # Five minutes after ten: late, which the manager has seen.
    alarm = CashAlarm.objects.get()
    assert str(morning.number) in shown(ma, "/till/bank/")
    done(ma, f"/till/bank/alarms/{alarm.pk}/seen")
    assert morning.number in shown(fang, "/till/bank/deposits/")

    # Finance brings the bank's statement in, and confirms the day's deposit by its line.
    monkeypatch.setattr("guiju.desks.till.views.bank_book.now", lambda: money.at)
    statement = SimpleUploadedFile("s.csv", b"date,amount,reference\n2026-11-02,150.00,SL-1\n", content_type="text/csv")
    assert cai.get("/till/bank/statement/").status_code == 403
    assert "SL-1" in done(fang, "/till/bank/statement/", {"file": statement})
    assert_strict(fang.get("/till/bank/statement/").content.decode())
    line = BankLine.objects.get()
    assert "SL-1" in shown(fang, f"/till/bank/deposits/{deposit.number}/")
    done(fang, f"/till/bank/deposits/{deposit.number}/reconcile", {"line": line.pk})
    deposit.refresh_from_db()
    assert deposit.state == DepositState.RECONCILED
    broken = SimpleUploadedFile("s.csv", b"date,amount,reference\nx,1,A\n", content_type="text/csv")
    assert "Line 2" in fang.post("/till/bank/statement/", {"file": broken}).content.decode()


def test_what_goes_wrong_is_said_where_it_was_typed(
    money: Money, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cai, fang, chen = (signed_in(name) for name in ("cai", "fang", "chen"))
    money.takes(20000)
    at(monkeypatch, money.waits_until("15:40"))
    too_much = cai.post("/till/bank/prepare/", typed({10000: 3}))
    assert too_much.status_code == 422
    assert "above the float" in too_much.content.decode()
    assert chen.get("/till/bank/").status_code == 403
    assert fang.get("/till/bank/pack/").status_code == 403
    bag = money.a_sealed_bag(10000)
    page = f"/till/bank/bags/{bag.number}/"
    done(cai, f"{page}incident", {"note": "The seal is torn"})
    assert cai.post(f"{page}settle", typed({5000: 2}) | {"note": "x"}).status_code == 403
    done(fang, f"{page}settle", typed({5000: 2}) | {"note": "Torn in the drawer, all is there"})
    done(fang, "/till/bank/carry", {"bags": [bag.pk]})
    loose = BankDeposit.objects.get()
    done(fang, f"/till/bank/deposits/{loose.number}/take-back", {"note": "Closed"})
    packed = money.pack(5000, "S-2")
    done(cai, f"/till/bank/bags/{packed.number}/unpack")
    assert cai.post("/till/bank/nothing", follow=True).status_code == 200
    assert not BankDeposit.objects.filter(state=DepositState.NIL).exists()
