"""A stranger registers a new appliance with the proof of its purchase; the reception takes it over (B11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guiju.kernel import secrets
from guiju.line.registration.models import Registration
from guiju.standing.catalogue.models import Appliance
from tests.desks.common.page import assert_strict
from tests.desks.front_door.conftest import a_solved_puzzle
from tests.desks.reception.typed import once
from tests.line.cast_line import a_picture

URL = "/request/FS01/register"


def typed(shop: Any, **changed: Any) -> dict[str, Any]:
    told = {
        "product_line": shop.line.pk, "brand": "Guiju", "model": "GJ-100", "serial": "GJ-2026-000123",
        "purchased_on": (timezone.localdate() - timedelta(days=30)).isoformat(), "invoice_no": "F-1", "contact_name": "Mei Lan",
        "phone": "139 0000 1234", "consent": "on", "website": "",
        "proofs": SimpleUploadedFile("invoice.jpg", a_picture(3), "image/jpeg"),
    }  # fmt: skip
    return told | a_solved_puzzle() | once() | changed


@pytest.mark.shows("B11")
def test_the_qr_code_leads_to_a_page_without_login_and_the_reception_takes_it_over(
    shop: Any, browser: Client, lin_browser: Client
) -> None:
    scanned = browser.get(f"/q/r-{secrets.sticker('door', shop.unit.pk)}")
    assert scanned["Location"] == f"{URL}?by=qr"
    assert_strict(browser.get(URL).content.decode())
    done = browser.post(f"{URL}?by=qr", typed(shop))
    assert done.status_code == 302
    assert_strict(browser.get(done["Location"]).content.decode())
    made = Registration.objects.get()
    assert (made.channel, made.phone, made.proofs.count()) == ("QR", "+8613900001234", 1)
    html = lin_browser.get("/reception/registrations/").content.decode()
    assert_strict(html)
    assert "GJ-2026-000123" in html
    proof = f"/reception/registrations/{made.number}/proofs/{made.proofs.get().evidence_id}"
    assert lin_browser.get(proof).status_code == 200
    assert browser.get(proof).status_code in {302, 403, 404}
    taken = lin_browser.post(f"/reception/registrations/{made.number}/confirm", once())
    assert taken["Location"] == f"/reception/appliances/{Appliance.objects.get().pk}/"


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(shop: Any, browser: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    future = browser.post(URL, typed(shop, purchased_on=tomorrow))
    html = future.content.decode()
    assert future.status_code == 422
    assert "This date lies in the future." in html.split('id="id_purchased_on_error"')[1].split("</p>")[0]
    assert f'value="{tomorrow}"' in html
    assert 'value="GJ-2026-000123"' in html
    bare = browser.post(URL, typed(shop, proofs=""))
    assert "id_proofs_error" in bare.content.decode()
    hostile = browser.post(
        URL, typed(shop, proofs=SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg"))
    )
    assert hostile.status_code == 422
    assert "id_proofs_error" in hostile.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.shows("B01")
def test_a_serial_of_another_brand_is_said_at_the_serial(shop: Any, browser: Client, lin_browser: Client) -> None:
    browser.post(URL, typed(shop))
    lin_browser.post(f"/reception/registrations/{Registration.objects.get().number}/confirm", once())
    again = browser.post(URL, typed(shop, brand="Haier", phone="139 0000 4321", contact_name="Ou Yang"))
    assert again.status_code == 422
    said = again.content.decode().split('id="id_serial_error"')[1].split("</p>")[0]
    assert "of Guiju" in said
    assert "Mei Lan" not in again.content.decode(), "nobody learns whose it is"


@pytest.mark.shows("T33")
def test_strangers_are_counted_as_at_the_requests(shop: Any, browser: Client) -> None:
    answers = [
        browser.post(URL, typed(shop, serial=f"GJ-2026-9{n:05d}", phone="139 0000 7777")).status_code for n in range(12)
    ]
    assert 429 in answers
    assert answers[0] == 302


def test_it_is_not_taken_over_for_a_reason(shop: Any, browser: Client, lin_browser: Client) -> None:
    browser.post(URL, typed(shop))
    made = Registration.objects.get()
    url = f"/reception/registrations/{made.number}/refuse"
    refused = lin_browser.post(url, {"reason": "no"} | once())
    assert refused.status_code == 422
    assert 'value="no"' in refused.content.decode()
    assert lin_browser.post(url, {"reason": "The invoice is of another shop"} | once()).status_code == 302
    made.refresh_from_db()
    assert made.state == "REFUSED"
