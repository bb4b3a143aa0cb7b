"""The deposit before parts on the pages: taken at the till, seen by the customer, given back against a signature (C07)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guiju.line.cashier.models import PartsDeposit
from guiju.line.intake import actions as intake
from guiju.line.storeroom.models import Procurement
from guiju.line.workorder import queries as workorder
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cashier import deposits
from tests.line.cast_line import Shop, fresh

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def read(client: Client, path: str) -> str:
    """A page, which keeps the strict policy."""
    html = client.get(path).content.decode()
    assert_strict(html)
    return html


@pytest.mark.shows("C07")
def test_the_part_is_ordered_once_the_till_has_taken_the_deposit(signed_in: SignedIn, shop: Shop) -> None:
    order = deposits.an_order(shop)
    asked = stages.a_requested_part(shop, order)
    shen, answer = signed_in("shen"), f"/stores/requests/{asked.number}/"
    assert "still has to leave a deposit of ¥180.00" in read(shen, answer)
    refused = shen.post(f"{answer}none", {"kind": "PURCHASE"})
    assert refused.status_code == 422
    assert "Take it at the till first" in refused.content.decode()
    lin = read(signed_in("lin"), f"/reception/orders/{order.number}/")
    assert f"/till/jobs/{order.number}/#parts-deposit" in lin
    assert "请在我们的收银台交付" in read(Client(), f"/t/{workorder.track_token(order)}")

    cai, page = signed_in("cai"), f"/till/jobs/{order.number}/"
    assert order.number in read(cai, "/till/")
    assert "Take the deposit" in read(cai, page)
    assert "Take the deposit" not in read(signed_in("ma"), page)
    wrong = cai.post(f"{page}take-parts-deposit", {"method": "CARD"})
    assert wrong.status_code == 422
    assert "Enter the number on the card slip" in wrong.content.decode()
    for _time in range(2):
        cai.post(f"{page}take-parts-deposit", {"method": "CARD", "terminal_ref": "C-1", "once": "d1"})
    deposit = PartsDeposit.objects.get(order=order)
    assert deposit.receipt_number in read(cai, page)
    assert order.number not in read(cai, "/till/")
    assert "仍归您所有" in read(Client(), f"/t/{workorder.track_token(order)}")
    assert shen.post(f"{answer}none", {"kind": "PURCHASE"}).status_code == 302
    assert Procurement.objects.filter(request=asked).exists()
    assert cai.get(f"/orders/{order.number}/papers/deposit.pdf").status_code == 200


@pytest.mark.shows("C07", "FIN-8")
def test_who_cancels_signs_for_the_cash_that_goes_back(signed_in: SignedIn, shop: Shop) -> None:
    stages.an_open_till(shop)
    order = deposits.an_order(shop)
    deposit = deposits.left(shop, order)
    cai, page = signed_in("cai"), f"/till/jobs/{order.number}/"
    back = f"{page}parts-deposits/{deposit.receipt_number}/return"
    assert back not in read(cai, page), "the repair goes on"
    intake.cancel(order, reason="Too dear after all", by=shop.reception, at=shop.later())
    assert "To be given back" in read(cai, "/till/")
    assert back in read(cai, page)
    unsigned = cai.post(back, {"reason": "Cancelled", "method": "CASH"})
    assert unsigned.status_code == 422
    assert "signs for the cash" in unsigned.content.decode()
    signed = {"reason": "Cancelled", "method": "CASH", "signature_name": "Liang", "signature_typed": "1"}
    for _time in range(2):
        assert cai.post(back, signed | {"once": "b1"}).status_code == 302
    assert fresh(order).deposit_held_minor == 0
    assert PartsDeposit.objects.get(pk=deposit.pk).back_signature is not None
    assert "已退还" in read(Client(), f"/t/{workorder.track_token(order)}")


@pytest.mark.shows("C07", "FIN-6")
def test_while_the_repair_goes_on_three_people_give_it_back(signed_in: SignedIn, shop: Shop) -> None:
    order = deposits.an_order(shop)
    deposit = deposits.left(shop, order, method="CARD", terminal_ref="C-1")
    page = f"/till/jobs/{order.number}/"
    here = f"{page}parts-deposits/{deposit.receipt_number}/"
    lin, ma, cai = (signed_in(name) for name in ("lin", "ma", "cai"))
    assert lin.post(f"{here}ask-back", {"reason": ""}).status_code == 422
    assert lin.post(f"{here}ask-back", {"reason": "Another card"}).status_code == 302
    assert "Another card" in read(ma, page)
    assert cai.post(f"{here}approve-back").status_code == 403
    ma.post(f"{here}approve-back")
    assert "Another card" in read(cai, page)
    assert (
        cai.post(f"{here}return", {"reason": "Another card", "method": "CARD", "bank_ref": "C-1B"}).status_code == 302
    )
    assert fresh(order).deposit_owed_minor == deposits.DEPOSIT
