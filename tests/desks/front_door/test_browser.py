"""The open door in a real browser, on a telephone: the sum is done while one types, and the request comes in proven."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from guiju.desks.front_door import puzzle
from guiju.line.intake.models import ServiceRequest
from tests.line.cast_line import a_picture
from tests.plugin import chromium
from tools.fonts import use_our_font

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_TELEPHONE = {"width": 390, "height": 844}


def _ask(page: Page) -> str:
    page.goto("/request/FS01/")
    page.select_option("[name=product_line]", label="Washing machine")
    page.fill("[name=description]", "The drum does not turn.")
    page.set_input_files("[name=photos]", [{"name": "1.jpg", "mimeType": "image/jpeg", "buffer": a_picture(1)}])
    page.fill("[name=contact_name]", "Ou Yang")
    page.fill("[name=phone]", "138 0000 7788")
    page.check("[name=consent]")
    assert not page.is_visible("[name=website]") or page.locator("[name=website]").bounding_box()["x"] < 0  # type: ignore[index]
    # Sent before the sum is done: the script waits for it, and then sends by itself.
    page.click("[data-puzzle-button]")
    page.wait_for_url("**/request/mine/**")
    return page.inner_text("main")


@pytest.mark.shows("A04", "A08")
def test_a_request_from_a_telephone_is_proven_by_its_browser(shop: Any, live_server: Any, monkeypatch: Any) -> None:
    use_our_font()
    # The test types faster than any person.
    monkeypatch.setattr(puzzle, "SECONDS_MIN", 0)
    broken: list[str] = []

    def told() -> str:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_context(base_url=live_server.url, viewport=A_TELEPHONE, locale="en").new_page()  # type: ignore[arg-type]
            page.on("pageerror", lambda error: broken.append(str(error)))
            page.on("console", lambda line: broken.append(line.text) if "Content Security" in line.text else None)
            page.set_default_timeout(20000)
            try:
                return _ask(page)
            finally:
                browser.close()

    with ThreadPoolExecutor(1) as thread:
        shown = thread.submit(told).result()
    assert broken == []
    request = ServiceRequest.objects.get()
    assert (request.proof, request.photos.count()) == ("PUZZLE", 1)
    assert request.number in shown
