"""Money that goes back, and customers who may owe us some, in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.line.cashier import queries
from guiju.line.cashier.models import CreditAccount, Payment, Refund
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("G-2", "FIN-6", "FIN-8")
def test_a_refund_is_asked_approved_and_paid_by_three(signed_in: SignedIn, shop: Shop) -> None:
    stages.a_paid_order(shop)
    payment = Payment.objects.get()
    page = f"/till/receipts/{payment.receipt_number}/"
    asks, manages, pays = signed_in("lin"), signed_in("ma"), signed_in("cai")
    much = asks.post(f"{page}ask", {"amount_minor": "9999", "reason": "Scratched by us"})
    assert much.status_code == 422
    assert "At most" in str(much.context["ask"].errors["amount_minor"])
    assert "Scratched by us" in much.content.decode()
    assert_strict(much.content.decode())
    typed = {"amount_minor": "60", "reason": "Scratched by us"}
    assert pays.post(f"{page}ask", typed).status_code == 403
    assert asks.post(f"{page}ask", typed).status_code == 302
    assert signed_in("he").post(f"{page}approve").status_code == 404
    assert pays.post(f"{page}approve").status_code == 403
    assert not Refund.objects.exists()
    pays.post(f"{page}pay-back")
    assert not Refund.objects.exists()
    assert payment.receipt_number in manages.get("/till/").content.decode()
    assert_strict(manages.get(page).content.decode())
    assert manages.post(f"{page}approve", {"once": "1"}).status_code == 302
    assert manages.post(f"{page}pay-back").status_code == 403
    assert_strict(pays.get(page).content.decode())
    for key in ("2", "2", "3"):
        assert pays.post(f"{page}pay-back", {"once": key}).status_code == 302
    (refund,) = Refund.objects.all()
    assert refund.amount_minor == 6000
    assert refund.number in pays.get(page).content.decode()
    assert queries.open_refunds(by=shop.actor("ma")) == []


def test_a_refund_is_refused_with_a_reason(signed_in: SignedIn, shop: Shop) -> None:
    stages.a_paid_order(shop)
    page = f"/till/receipts/{Payment.objects.get().receipt_number}/"
    signed_in("lin").post(f"{page}ask", {"amount_minor": "60", "reason": "They want it"})
    finance = signed_in("fang")
    empty = finance.post(f"{page}reject", {"reason": ""})
    assert empty.status_code == 422
    assert "reason" in empty.context["reject"].errors
    assert_strict(empty.content.decode())
    assert finance.post(f"{page}reject", {"reason": "The work was good"}).status_code == 302
    assert "The work was good" in signed_in("lin").get(page).content.decode()


@pytest.mark.shows("S6-29", "G11")
def test_credit_is_asked_by_the_manager_and_approved_by_finance(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_ready_order(shop, parts=0)
    stages.a_bill(shop, order)
    manager, ask = signed_in("ma"), f"/till/credit/ask/{order.customer_id}/"
    assert "Liang Ming" in manager.get("/till/credit/?q=liang").content.decode()
    wrong = manager.post(ask, {"limit_minor": "1000", "days": "999"})
    assert wrong.status_code == 422
    assert 'value="1000"' in wrong.content.decode()
    assert "days" in wrong.context["form"].errors
    assert_strict(wrong.content.decode())
    typed = {"limit_minor": "1000", "days": "30"}
    assert signed_in("lin").post(ask, typed).status_code == 403
    assert signed_in("he").post(ask, typed).status_code == 404
    assert manager.post(ask, typed).status_code == 302
    account = CreditAccount.objects.get()
    pay, on_credit = f"/till/jobs/{order.number}/pay", {"method": "CREDIT", "amount_minor": "80"}
    assert signed_in("cai").post(pay, on_credit).status_code == 422
    assert manager.post(f"/till/credit/{account.pk}/approve").status_code == 403
    finance = signed_in("fang")
    assert_strict(finance.get("/till/credit/").content.decode())
    assert finance.post(f"/till/credit/{account.pk}/approve").status_code == 302
    account.refresh_from_db()
    assert account.state == "OPEN"
    assert signed_in("cai").post(pay, on_credit).status_code == 302
    bill = queries.bill_of(order)
    assert bill is not None
    assert bill.state == "ON_CREDIT"
