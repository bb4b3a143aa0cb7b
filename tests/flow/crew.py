"""Browsers for stories with several people: one Chromium for all of them, and a telephone in the hand of whoever has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.flow.test_walk_in_browser import CUSTOMER, PATIENCE_MS, House
from tests.line.cast_line import Shop, this_morning
from tests.plugin import chromium
from tools.fonts import use_our_font

SignedIn = Callable[[str], Client]
A_DESK: dict[str, Any] = {"locale": "en-GB"}
A_TELEPHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2,
    "color_scheme": "dark", "locale": "en",
}  # fmt: skip
# The browser says of every refused form that its answer was a 422; that is no complaint of ours.
REFUSED = "status of 422"


class Driver:
    """One Chromium, in a thread of its own, for every story of these files."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.play: Playwright = self.thread.submit(lambda: sync_playwright().start()).result()
        self.browser: Browser = self.thread.submit(
            self.play.chromium.launch, executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        ).result()

    def close(self) -> None:
        """End it."""
        self.thread.submit(self.browser.close).result()
        self.thread.submit(self.play.stop).result()
        self.thread.shutdown()


class Crew(House):
    """Everybody's own browser window, signed in already: that the form lets people in is told in the walk-in's own story.

    customer   what the customer looks through: a telephone at night, where nothing else is said
    """

    def __init__(
        self, address: str, driver: Driver, signed_in: SignedIn, customer: dict[str, Any] = A_TELEPHONE
    ) -> None:
        self.complaints: list[str] = []
        self._signed_in, self._customer = signed_in, customer
        self._sessions: dict[str, str] = {}
        self._address = address
        self._pages: dict[str, Page] = {}
        self._thread = driver.thread
        self._play = driver.play
        self._browser = driver.browser

    @property
    def heard(self) -> list[str]:
        """What pages complained of, refused forms left out."""
        return [line for line in self.complaints if REFUSED not in line]

    def close(self) -> None:
        """Close everybody's window; the browser stays for the next story."""
        for page in self._pages.values():
            with suppress(Exception):
                self._thread.submit(page.context.close).result()

    def go_home(self) -> None:
        """Everybody closes the window, and signs in anew on the next morning."""
        self.close()
        self._pages.clear()
        self._sessions.clear()

    def _let_in(self, who: str) -> None:
        # Rows are written by the test's own thread.
        if who != CUSTOMER and who not in self._sessions:
            self._sessions[who] = self._signed_in(who).cookies[django_settings.SESSION_COOKIE_NAME].value

    def _page_of(self, who: str) -> Page:
        if who not in self._pages:
            seen = self._customer if who == CUSTOMER else A_DESK
            context = self._browser.new_context(base_url=self._address, **seen)
            context.set_default_timeout(PATIENCE_MS)
            self._listen(context, who)
            if who in self._sessions:
                name = django_settings.SESSION_COOKIE_NAME
                context.add_cookies([{"name": name, "value": self._sessions[who], "url": self._address}])
            self._pages[who] = context.new_page()
        return self._pages[who]


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """Chromium, started once."""
    use_our_font()
    started = Driver()
    yield started
    started.close()


@pytest.fixture
def crew(live_server: Any, driver: Driver, signed_in: SignedIn) -> Iterator[Crew]:
    """The outlet's browsers, and the customer's telephone."""
    opened = Crew(live_server.url, driver, signed_in)
    yield opened
    opened.close()


@pytest.fixture
def shop(shop: Shop, settings: Any, tmp_path: Path) -> Shop:
    """FS01 this morning: pages act by the real clock, and what came before them must be earlier."""
    settings.MEDIA_ROOT = tmp_path
    shop.now = this_morning()
    _ = shop.price_list, shop.labour, shop.symptom, shop.fault, shop.defect
    return shop


def stays(page: Page) -> None:
    """Mark this page: the mark is gone once it has been loaded anew."""
    page.evaluate("window.stayed = true")


def has_stayed(page: Page) -> bool:
    """Whether it is still the page that was marked."""
    return bool(page.evaluate("window.stayed === true"))


def do(page: Page, /, address: str, form: str, says: str, **typed: Any) -> None:
    """Open a page, fill in one of its forms and send it; what the house says then.

    address   empty for the page that stands there
    typed     by the name of the field: words, a choice, True for a box to tick, or a file
    """
    if address:
        page.goto(address, wait_until="domcontentloaded")
    place = page.locator(form).first
    folded = place.locator("xpath=ancestor::details[not(@open)]")
    if folded.count():
        folded.last.locator("summary").click()
    for name, words in typed.items():
        field = place.locator(f'[name="{name}"]').first
        kind = field.evaluate("each => each.type")
        if kind == "radio" or (kind == "checkbox" and words is not True):
            place.locator(f'[name="{name}"][value="{words}"]').check()
        elif kind == "checkbox":
            field.check()
        elif kind == "file":
            field.set_input_files(words)
        elif kind == "select-one":
            field.select_option(words)
        else:
            field.fill(words)
    # What it says may stand on the page already: it is the page that comes which is read.
    with page.expect_navigation(wait_until="domcontentloaded"):
        place.locator("button:not([type=button])").last.click()
    page.get_by_text(says).first.wait_for()
