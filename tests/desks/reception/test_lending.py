"""Loaners at the counter."""

from __future__ import annotations

import pytest

from guiju.line.intake.models import Loan, LoanerUnit
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, signed
from tests.line.cast_line import fresh
from tests.line.intake.test_loaners import a_loaner
from tests.line.stages import a_paid_order


@pytest.mark.shows("A17")
def test_the_manager_keeps_the_list(shop, lin_browser, signed_in):
    ma = signed_in("ma")
    typed = {"description": "Small washing machine", "serial": "LN-1", "deposit_minor": "200"}
    assert lin_browser.post("/reception/loaners/", typed | once()).status_code == 422
    assert ma.post("/reception/loaners/", typed | once()).status_code == 302
    loaner = LoanerUnit.objects.get()
    assert loaner.deposit_minor == 20000
    html = ma.get("/reception/loaners/").content.decode()
    assert_strict(html)
    assert "LN-1" in html
    again = ma.post("/reception/loaners/", typed | once())
    assert "on the list already" in again.content.decode().split('id="id_serial_error"')[1].split("</p>")[0]
    refused = ma.post(f"/reception/loaners/{loaner.pk}/retire", {"reason": "old"} | once())
    assert refused.status_code == 422
    assert 'value="old"' in refused.content.decode(), "what was typed is kept where it was typed"
    assert ma.post(f"/reception/loaners/{loaner.pk}/retire", {"reason": "It is broken"} | once()).status_code == 302
    assert "LN-1" not in signed_in("ma").get("/reception/loaners/").content.decode()


@pytest.mark.shows("A17")
def test_a_loaner_goes_out_and_comes_back_on_the_jobs_page(shop, lin_browser, signed_in):
    order, loaner = shop.a_received_order(), a_loaner(shop)
    url = f"/reception/orders/{order.number}/"
    assert "Lend a unit meanwhile" in lin_browser.get(url).content.decode()
    lent = {"loaner": loaner.pk, "condition": "Clean.", "deposit_minor": ""} | signed()
    assert lin_browser.post(f"{url}lend", lent | once()).status_code == 302
    loan = Loan.objects.get()
    assert (loan.deposit_minor, loan.order) == (20000, order)
    came = lin_browser.get(f"/orders/{order.number}/arrival/").content.decode()
    assert "LN-1" in came
    signature = lin_browser.get(f"/orders/{order.number}/pictures/{loan.signature_id}")
    assert signature.status_code == 200
    assert (
        signed_in("bo").post(f"{url}take-loaner-back", {"loan": loan.pk, "condition": "Fine."} | once()).status_code
        == 403
    )
    assert (
        lin_browser.post(f"{url}take-loaner-back", {"loan": loan.pk, "condition": "Fine."} | once()).status_code == 302
    )
    loan.refresh_from_db()
    assert loan.deposit_back_minor == 20000


@pytest.mark.shows("A17", "WO-8")
def test_the_manager_excepts_a_loaner_on_the_jobs_page(shop, lin_browser, signed_in):
    order, loaner = a_paid_order(shop), a_loaner(shop)
    url = f"/reception/orders/{order.number}/"
    lin_browser.post(f"{url}lend", {"loaner": loaner.pk, "condition": "Clean."} | signed() | once())
    loan = Loan.objects.get()
    typed = {"loan": loan.pk, "reason": "It comes tomorrow"}
    assert lin_browser.post(f"{url}except-loaner", typed | once()).status_code == 403
    assert "Hand over without the loaner" in signed_in("ma").get(url).content.decode()
    assert signed_in("ma").post(f"{url}except-loaner", typed | once()).status_code == 302
    loan.refresh_from_db()
    assert loan.excepted_because == "It comes tomorrow"
    assert fresh(order).state == "READY"
