"""The cards of customers and appliances at the reception."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.kernel.models import TrailEntry
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers.models import Customer
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import a_newcomer, once


def test_a_newcomer_and_the_appliance_are_entered_in_one_go(shop: Any, lin_browser: Any) -> None:
    _ = shop.price_list
    page = lin_browser.get("/reception/customers/new")
    assert_strict(page.content.decode())
    answer = lin_browser.post("/reception/customers/new", a_newcomer(shop.line))
    machine = Appliance.objects.get(serial="HA-778899")
    assert answer.url == f"/reception/appliances/{machine.pk}/take-in"
    assert machine.customer is not None
    assert machine.customer.name == "Ou Yang"
    assert machine.brand.name == "Haier"


def test_the_card_alone_needs_no_appliance(shop: Any, lin_browser: Any) -> None:
    typed = a_newcomer(shop.line, line="", brand="", serial="", purchased_on="", card_only="1")
    answer = lin_browser.post("/reception/customers/new", typed)
    customer = Customer.objects.get(name="Ou Yang")
    assert answer.url == f"/reception/customers/{customer.pk}/"
    assert not Appliance.objects.filter(customer=customer).exists()


@pytest.mark.shows("F08")
def test_a_form_sent_twice_makes_one_card(shop: Any, lin_browser: Any) -> None:
    typed = a_newcomer(shop.line)
    first = lin_browser.post("/reception/customers/new", typed)
    again = lin_browser.post("/reception/customers/new", typed)
    assert first.url == again.url
    assert Customer.objects.count() == 1


def test_a_number_that_cannot_be_called_is_refused_at_its_field_and_what_was_typed_stays(
    shop: Any, lin_browser: Any
) -> None:
    page = lin_browser.post("/reception/customers/new", a_newcomer(shop.line, phone="12"))
    html = page.content.decode()
    assert page.status_code == 422
    assert_strict(html)
    assert 'value="Ou Yang"' in html
    assert 'value="12"' in html
    assert "This is not a telephone number" in html.split('id="id_phone_error"')[1].split("</p>")[0]
    assert not Customer.objects.exists()


@pytest.mark.shows("A06")
def test_a_known_number_leads_to_the_card_that_has_it(shop: Any, lin_browser: Any) -> None:
    lin_browser.post("/reception/customers/new", a_newcomer(shop.line))
    known = Customer.objects.get()
    page = lin_browser.post("/reception/customers/new", a_newcomer(shop.line, name="Another", serial="X-1"))
    html = page.content.decode()
    assert page.status_code == 422
    assert "is known already" in html
    assert f'href="/reception/customers/{known.pk}/"' in html
    assert not Appliance.objects.filter(serial="X-1").exists()


@pytest.mark.shows("G-6")
def test_numbers_are_masked_until_somebody_reads_them_and_that_is_written_down(shop: Any, lin_browser: Any) -> None:
    customer = shop.a_customer()
    number = customer.phones.get().e164.removeprefix("+86")
    card = lin_browser.get(f"/reception/customers/{customer.pk}/").content.decode()
    assert_strict(card)
    assert number not in card.replace(" ", "")
    assert not TrailEntry.objects.filter(verb="customers.read_phone").exists()
    read = lin_browser.post(f"/reception/customers/{customer.pk}/phone", once()).content.decode()
    assert_strict(read)
    assert number in read.replace(" ", "").replace("-", "")
    assert TrailEntry.objects.filter(verb="customers.read_phone", subject_id=customer.pk).count() == 1


def test_a_technician_does_not_see_the_customers_cards(shop: Any, signed_in: Any, lin_browser: Any) -> None:
    customer = shop.a_customer()
    assert lin_browser.get(f"/reception/customers/{customer.pk}/").status_code == 200
    assert signed_in("chen").get(f"/reception/customers/{customer.pk}/").status_code == 403
    # Another outlet's receptionist may see cards, and not this one (G-3).
    assert signed_in("zhou").get(f"/reception/customers/{customer.pk}/").status_code == 404


def test_another_number_is_added_to_the_card(shop: Any, lin_browser: Any) -> None:
    customer = shop.a_customer()
    url = f"/reception/customers/{customer.pk}/phones/new"
    assert lin_browser.post(url, {"phone": "x", **once()}).status_code == 422
    assert lin_browser.post(url, {"phone": "137 0000 4321", **once()}).status_code == 302
    assert customer.phones.count() == 2


def test_an_appliance_of_a_known_customer_goes_on_to_the_job(shop: Any, lin_browser: Any) -> None:
    _ = shop.price_list
    customer = shop.a_customer()
    url = f"/reception/customers/{customer.pk}/appliances/new"
    assert_strict(lin_browser.get(url).content.decode())
    bad = lin_browser.post(
        url, {"line": shop.line.pk, "brand": "Guiju", "purchased_on": "2999-01-01", "serial": "S-1", **once()}
    )
    assert bad.status_code == 422
    assert "lies in the future" in bad.content.decode().split('id="id_purchased_on_error"')[1].split("</p>")[0]
    assert 'value="S-1"' in bad.content.decode()
    typed = {"line": shop.line.pk, "brand": shop.model.brand.name, "model": "gj-100", "serial": "S-1", **once()}
    good = lin_browser.post(url, typed)
    machine = Appliance.objects.get(serial="S-1")
    assert good.url == f"/reception/appliances/{machine.pk}/take-in"
    assert machine.model == shop.model


@pytest.mark.shows("B01")
def test_a_serial_of_another_brand_is_said_at_the_serial_and_what_was_typed_stays(shop: Any, lin_browser: Any) -> None:
    url = f"/reception/customers/{shop.a_customer().pk}/appliances/new"
    typed = {"line": shop.line.pk, "brand": "Haier", "serial": "HA-77-8899", "purchased_on": "2024-05-01"}
    assert lin_browser.post(url, typed | once()).status_code == 302
    page = lin_browser.post(url, typed | {"brand": "Guiju"} | once())
    html = page.content.decode()
    assert_strict(html)
    assert page.status_code == 422
    assert "of Haier" in html.split('id="id_serial_error"')[1].split("</p>")[0]
    assert 'value="HA-77-8899"' in html
    assert 'value="2024-05-01"' in html
    assert Appliance.objects.filter(serial="HA-77-8899").count() == 1


def test_a_purchase_in_the_future_of_a_newcomer_makes_neither_card(shop: Any, lin_browser: Any) -> None:
    page = lin_browser.post("/reception/customers/new", a_newcomer(shop.line, purchased_on="2999-01-01"))
    html = page.content.decode()
    assert page.status_code == 422
    assert "lies in the future" in html.split('id="id_purchased_on_error"')[1].split("</p>")[0]
    assert 'value="2999-01-01"' in html
    assert 'value="Ou Yang"' in html
    assert not Appliance.objects.exists()
    assert not Customer.objects.filter(name="Ou Yang").exists()


@pytest.mark.shows("A14", "B06")
def test_an_appliance_shows_its_jobs_and_who_would_pay(shop: Any, lin_browser: Any) -> None:
    order = shop.a_received_order()
    html = lin_browser.get(f"/reception/appliances/{order.appliance_id}/").content.decode()
    assert_strict(html)
    assert order.number in html
    assert "Out of warranty" in html
