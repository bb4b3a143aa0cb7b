"""The sheet for the outlet's door, and for one machine: on paper in three languages and two sizes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from guiju.oversight.papers.press import pictures
from tests.desks.common.page import assert_strict
from tests.oversight.papers.reading import missing_glyphs, squeezed

pytestmark = pytest.mark.django_db

SAYS = {"en": "Scan to ask for a repair", "zh-hans": "扫码", "zh-hant": "掃碼"}
WIDTH_POINTS = {"a4": 595, "a5": 420}


@pytest.mark.shows("A04", "A05")
def test_the_doors_sheet_is_printed_in_three_languages_and_two_sizes(
    shop: Any, lin_browser: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = lin_browser.get("/reception/door")
    assert_strict(page.content.decode())
    address = page.context["address"]
    drawn: list[str] = []
    code_of = pictures.code_of
    monkeypatch.setattr("guiju.oversight.papers.press.sheet.code_of", lambda url: drawn.append(url) or code_of(url))
    for language, says in SAYS.items():
        for size, width in WIDTH_POINTS.items():
            answer = lin_browser.get(f"/reception/door.pdf?language={language}&size={size}")
            (sheet,) = PdfReader(BytesIO(answer.content)).pages
            words = squeezed(sheet.extract_text())
            assert squeezed(says) in words
            assert shop.unit.phone in words or squeezed(shop.unit.phone) in words
            assert squeezed(address) in words
            assert abs(float(sheet.mediabox.width) - width) < 2
            assert missing_glyphs(answer.content) == 0
    assert set(drawn) == {address}
    for wrong in ("size=roll-80mm", "size=a3", "language=fr"):
        assert lin_browser.get(f"/reception/door.pdf?{wrong}").status_code == 404
    assert signed_in("chen").get("/reception/door.pdf").status_code == 403


def test_a_machines_sheet_names_the_machine_and_nobody(shop: Any, lin_browser: Any, signed_in: Any) -> None:
    order = shop.a_received_order()
    machine = order.appliance
    paper = f"/reception/appliances/{machine.pk}/sticker.pdf?language=en&size=a5"
    (sheet,) = PdfReader(BytesIO(lin_browser.get(paper).content)).pages
    words = squeezed(sheet.extract_text())
    assert squeezed(machine.serial) in words
    assert squeezed(order.customer.name) not in words
    assert signed_in("zhou").get(paper).status_code == 404
