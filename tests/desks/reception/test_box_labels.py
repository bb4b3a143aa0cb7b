"""The label for the product box: its code leads to the registration, of the outlet or with the machine filled in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guiju.desks.common.squares import squares
from guiju.kernel import secrets
from tests.desks.common.page import assert_strict


@pytest.mark.shows("B11", "C02")
@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_label_is_printed_in_three_languages_and_three_sizes(shop: Any, lin_browser: Client, language: str) -> None:
    machine = shop.an_appliance(customer=None)
    for paper in ("/reception/door.pdf", f"/reception/appliances/{machine.pk}/sticker.pdf"):
        for size in ("label-60x40mm", "label-50x30mm", "label-70x50mm", "a4", "a5"):
            answer = lin_browser.get(f"{paper}?for=register&size={size}&language={language}")
            assert answer["Content-Type"] == "application/pdf"
            assert answer.content[:4] == b"%PDF"
        assert lin_browser.get(f"{paper}?size=label-60x40mm").status_code == 404, "the code for a repair is no label"
        assert lin_browser.get(f"{paper}?for=register&size=roll-80mm").status_code == 404


@pytest.mark.shows("B11")
def test_the_code_in_the_box_fills_in_what_stands_on_the_machine(
    shop: Any, client: Client, lin_browser: Client
) -> None:
    machine = shop.an_appliance()
    page = lin_browser.get(f"/reception/appliances/{machine.pk}/sticker?for=register").content.decode()
    assert_strict(page)
    mark = secrets.sticker("appliance", machine.pk)
    address = f"http://testserver/q/g-{mark}"
    assert address in page
    assert str(squares(address)["path"]) in page
    scanned = client.get(f"/q/g-{mark}")
    assert scanned["Location"] == f"/request/FS01/register?by=qr&appliance={mark}"
    html = client.get(scanned["Location"]).content.decode()
    assert_strict(html)
    assert f'value="{machine.serial}"' in html
    assert machine.customer.name not in html, "whose it is the code tells nobody"
    assert client.get(f"/q/g-{mark[:-2]}xx").status_code == 404
    assert machine.serial not in client.get("/request/FS01/register?by=qr&appliance=made-up").content.decode()
