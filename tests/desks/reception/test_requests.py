"""Requests at the reception: the list, what becomes of one, and the order in a few keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guiju.kernel.actor import Actor
from guiju.line.intake import actions as intake
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder.models import WorkOrder
from guiju.standing.customers.models import Customer
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once
from tests.line.cast_line import a_picture

LIST = "/reception/requests/"


def asked(shop: Any, **changed: Any) -> ServiceRequest:
    """A request from the website, with two photos."""
    typed = {
        "unit": shop.unit, "channel": "WEB", "contact_name": "Ou Yang", "phone": "138 0000 7788", "product_line": shop.line,
        "brand": "Haier", "serial": "HA-1", "symptoms": [shop.symptom], "description": "The drum does not turn.",
        "photos": [a_picture(1), a_picture(2)], "proof": "PUZZLE",
    } | changed  # fmt: skip
    return intake.submit(**typed, by=Actor.stranger(shop.unit.pk), at=changed.pop("at", None) or shop.later())


def _url(request: ServiceRequest) -> str:
    return f"{LIST}{request.number}/"


@pytest.mark.shows("S6-01", "A02")
def test_the_list_shows_who_waits_the_most_urgent_first(shop, lin_browser, signed_in):
    late = asked(shop)
    shop.now = timezone.now()
    fresh, unproven = asked(shop, serial="2", contact_name="Fresh"), asked(shop, serial="3", proof="UNPROVEN")
    html = lin_browser.get(LIST).content.decode()
    assert_strict(html)
    assert html.index(late.number) < html.index(fresh.number)
    assert "Not proven" in html
    assert "138****7788" in html.replace(" ", "")
    assert "13800007788" not in html.replace(" ", "")
    assert "Requests to answer" in lin_browser.get("/reception/").content.decode()
    assert unproven.number not in signed_in("zhou").get(LIST).content.decode()
    assert signed_in("zhou").get(_url(late)).status_code == 404
    assert signed_in("shen").get(LIST).status_code == 403


def test_an_overdue_one_is_marked(shop, lin_browser):
    shop.now = timezone.now() - timedelta(days=3)
    html = lin_browser.get(_url(asked(shop))).content.decode()
    assert_strict(html)
    assert "Overdue" in html


@pytest.mark.shows("A06", "G-6")
def test_the_page_shows_photos_the_card_and_the_number_only_when_asked(shop, lin_browser, signed_in):
    known = shop.a_customer(name="Liang Ming")
    request = asked(shop, phone=known.phones.get().e164)
    html = lin_browser.get(_url(request)).content.decode()
    assert "Liang Ming" in html
    picture = request.photos.first().evidence_id
    shown = lin_browser.get(f"{_url(request)}pictures/{picture}")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert signed_in("zhou").get(f"{_url(request)}pictures/{picture}").status_code == 404
    whole = known.phones.get().e164.removeprefix("+86")
    assert whole not in html.replace(" ", "")
    read = lin_browser.post(f"{_url(request)}contact", once()).content.decode()
    assert whole in read.replace(" ", "")


@pytest.mark.shows("S6-02")
def test_triage_advice_and_reopening(shop, lin_browser):
    request = asked(shop)
    triaged = lin_browser.post(f"{_url(request)}triage", {"product_line": shop.line.pk, "mode": "CARRY_IN"} | once())
    assert triaged.status_code == 302
    refused = lin_browser.post(f"{_url(request)}solve", {"advice": "Clean the filter."} | once())
    assert refused.status_code == 422
    html = refused.content.decode()
    assert_strict(html)
    assert "only when the customer says so" in html
    assert ">\nClean the filter.</textarea>" in html
    said = {"advice": "Clean the filter.", "confirmed": "on"}
    assert lin_browser.post(f"{_url(request)}solve", said | once()).status_code == 302
    request.refresh_from_db()
    assert request.state == "RESOLVED_BY_ADVICE"
    assert lin_browser.post(f"{_url(request)}reopen", {"reason": "Called again"} | once()).status_code == 302


@pytest.mark.shows("S6-01", "CRM-2")
def test_refusing_linking_and_withdrawing(shop, lin_browser, signed_in):
    first, second = asked(shop), asked(shop, serial="HA-2")
    assert second.number in lin_browser.get(_url(first)).content.decode()
    nobody = lin_browser.post(f"{_url(second)}refuse", {"reason": "OTHER_BRAND", "referral": ""} | once())
    assert (
        "whom the customer may ask" in nobody.content.decode().split('id="refuse_referral_error"')[1].split("</p>")[0]
    )
    assert lin_browser.post(f"{_url(second)}link", {"original": first.number} | once()).status_code == 302
    second.refresh_from_db()
    assert second.duplicate_of == first
    assert "Asked again" in lin_browser.get(_url(first)).content.decode()
    assert signed_in("bo").post(f"{_url(first)}withdraw", {"reason": "They called"} | once()).status_code == 403
    assert lin_browser.post(f"{_url(first)}withdraw", {"reason": "They called"} | once()).status_code == 302
    first.refresh_from_db()
    assert first.state == "CANCELLED"


@pytest.mark.shows("S6-01", "S6-09", "A04")
def test_an_unknown_caller_becomes_a_customer_a_machine_and_an_order_at_once(shop, lin_browser):
    _ = shop.price_list, shop.labour
    request = asked(shop)
    page = lin_browser.get(f"{_url(request)}order").content.decode()
    assert_strict(page)
    assert 'value="HA-1"' in page
    assert "Test fee" in page
    typed = {
        "machine": "new", "name": "Ou Yang", "phone": "+8613800007788", "line": shop.line.pk, "brand": "Haier", "model": "",
        "serial": "HA-1", "purchased_on": "2026-10-01", "problem": "The drum does not turn.", "mode": "CARRY_IN",
        "fee_collection": "ON_COLLECTION",
    }  # fmt: skip
    refused = lin_browser.post(f"{_url(request)}order", typed | once())
    assert refused.status_code == 422
    assert_strict(refused.content.decode())
    assert not Customer.objects.filter(name="Ou Yang").exists()
    done = lin_browser.post(f"{_url(request)}order", typed | {"terms_accepted": "on"} | once())
    order = WorkOrder.objects.get()
    assert done["Location"] == f"/reception/orders/{order.number}/"
    request.refresh_from_db()
    assert (request.state, request.order, request.coverage) == ("CONVERTED", order, "IN_WARRANTY")
    assert [each.code for each in order.symptoms.all()] == [shop.symptom]
    html = lin_browser.get(done["Location"]).content.decode()
    assert request.number in html
    came = lin_browser.get(f"/orders/{order.number}/arrival/").content.decode()
    assert "Photos that came with the request" in came
    picture = request.photos.first().evidence_id
    assert lin_browser.get(f"/orders/{order.number}/pictures/{picture}").status_code == 200
    # Twice is once: the page leads back to what there is.
    again = lin_browser.post(f"{_url(request)}order", typed | {"terms_accepted": "on"} | once())
    assert again.status_code == 422
    assert WorkOrder.objects.count() == 1


@pytest.mark.shows("A06")
def test_a_known_customer_with_the_machine_needs_one_tick(shop, lin_browser):
    _ = shop.price_list, shop.labour
    machine = shop.an_appliance()
    request = asked(shop, phone=machine.customer.phones.get().e164, serial=machine.serial)
    page = lin_browser.get(f"{_url(request)}order").content.decode()
    assert machine.customer.name in page
    typed = {
        "machine": str(machine.pk), "problem": "The drum does not turn.", "mode": "CARRY_IN", "fee_collection": "ON_COLLECTION",
        "terms_accepted": "on",
    }  # fmt: skip
    assert lin_browser.post(f"{_url(request)}order", typed | once()).status_code == 302
    assert WorkOrder.objects.get().appliance == machine


def test_another_customers_machine_is_not_taken_by_its_serial(shop, lin_browser):
    theirs = shop.an_appliance()
    request = asked(shop, serial=theirs.serial)
    page = lin_browser.get(f"{_url(request)}order").content.decode()
    assert theirs.customer.name not in page


@pytest.mark.shows("A05")
def test_the_codes_for_the_door_and_for_a_machine(shop, lin_browser, client):
    machine = shop.an_appliance()
    for path, leads in (("/reception/door", "?by=qr"), (f"/reception/appliances/{machine.pk}/sticker", "?appliance=")):
        html = lin_browser.get(path).content.decode()
        assert_strict(html)
        address = html.split('<p class="address">')[1].split("</p>")[0]
        assert leads in client.get(address.removeprefix("http://testserver"))["Location"]
