"""Take a picture of every desk, at its desk's width and on a phone, light and dark, in the three languages: `./run screens`.

The pictures are there for a person to look at. They go to ./var/screens/<page>-<width>-<theme>-<language>.png; a page that
answers with an error is named aloud, and the run then fails.

--data DIR   of a demo company that exists already; else one is made and thrown away
--only NAME  pages whose name begins so, such as "bench"
--quick      desk width, light, simplified Chinese alone
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from guiju.conf.demo.people import PASSWORD
from tools.fonts import use_our_font
from tools.testing import GUIJU, ROOT, find_chromium

FOLDER = ROOT / "var" / "screens"
WIDTHS = {1280: 860, 390: 844}
THEMES = ("light", "dark")
LANGUAGES = ("zh-hans", "zh-hant", "en")
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
START_SECONDS = 60
# What the customer's link says of a quote is the page that matters most.
LINK = """
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.queries import track_token
for state in ("QUOTED", "REPAIRING", "READY"):
    order = WorkOrder.objects.filter(state=state).first()
    if order: print(f"track-{state.lower()}=/t/{track_token(order)}\\norder-{state.lower()}=/orders/{order.number}/")
"""
# Photographs below the fold load only when somebody scrolls there.
HURRY = """Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


class Place(NamedTuple):
    """A page: its name, where it is, and who sits there (nobody for a stranger).

    inner   what the address of a page behind it looks like: the first link of that kind is followed and pictured too
    """

    name: str
    path: str
    login: str = ""
    inner: str = ""


PLACES = (
    Place("welcome", "/"),
    Place("sign-in", "/account/login/"),
    Place("reception", "/reception/", "lin", r"/reception/orders/[\w-]+/$"),
    Place("control-room", "/control-room/", "bo", r"/control-room/WO-[\w-]+/$"),
    Place("control-room-decisions", "/control-room/decisions/", "ma"),
    Place("bench", "/bench/", "chen", r"/bench/WO-[\w-]+/$"),
    Place("stores", "/stores/", "shen", r"/stores/requests/[\w-]+/$"),
    Place("stores-stock", "/stores/stock/", "shen", r"/stores/parts/\d+/$"),
    Place("inspection", "/inspection/", "qin", r"/inspection/WO-[\w-]+/$"),
    Place("till", "/till/", "cai", r"/till/jobs/[\w-]+/$"),
    Place("back-office", "/back-office/", "nie", r"/back-office/[\w-]+/"),
    Place("find", "/find?q=1382026", "ma"),
)


class Camera:
    """Takes the pictures and counts them."""

    def __init__(self, browser: Browser, address: str, *, quick: bool) -> None:
        self._browser, self._address = browser, address
        self._states: dict[str, BrowserContext] = {}
        self._looks = [
            (width, theme, language)
            for width in list(WIDTHS)[: 1 if quick else None]
            for theme in THEMES[: 1 if quick else None]
            for language in LANGUAGES[: 1 if quick else None]
        ]
        self.taken = 0
        self.failures: list[str] = []

    def picture(self, place: Place) -> None:
        """Picture the page, and the first one behind it."""
        page = self._seat(place.login).new_page()
        try:
            self._every_look(page, place.name, place.path)
            if place.inner:
                self._behind(page, place)
        finally:
            page.close()

    def _behind(self, page: Page, place: Place) -> None:
        page.goto(self._address + place.path)
        links = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.getAttribute('href'))")
        found = next((link for link in links if re.search(place.inner, link)), None)
        if found:
            self._every_look(page, f"{place.name}-one", found)
        elif re.search(place.inner, page.url):
            return
        else:
            self.failures.append(f"{place.name}: nothing on {place.path} leads to {place.inner}")

    def _every_look(self, page: Page, name: str, path: str) -> None:
        for width, theme, language in self._looks:
            page.context.add_cookies([{"name": "django_language", "value": language, "url": self._address}])
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            answer = page.goto(self._address + path, wait_until="load")
            if answer is None or answer.status >= 400:
                self.failures.append(f"{name}: {path} answered {answer.status if answer else 'nothing'}")
                return
            self._look_for_overflow(page, f"{name}-{width}-{language}")
            page.evaluate(HURRY)
            page.screenshot(path=str(FOLDER / f"{name}-{width}-{theme}-{language}.png"), full_page=True)
            self.taken += 1

    def _look_for_overflow(self, page: Page, name: str) -> None:
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        said = f"{name}: the page is {beyond} px wider than the window"
        if beyond > 0 and said not in self.failures:
            self.failures.append(said)

    def _seat(self, login: str) -> BrowserContext:
        """A browser of this person's own, signed in once through the form."""
        if login not in self._states:
            context = self._states[login] = self._browser.new_context(base_url=self._address)
            context.set_default_timeout(20_000)
            if login:
                page = context.new_page()
                page.goto(f"{self._address}/account/login/")
                page.fill("#id_login", login)
                page.fill("#id_password", PASSWORD)
                page.press("#id_password", "Enter")
                page.wait_for_url(lambda url: "/account/login" not in url)
                page.close()
        return self._states[login]


def environment(data: Path) -> dict[str, str]:
    """The demo company of that folder, whatever this shell is set to."""
    return {**os.environ, "GUIJU_DATA": str(data), "GUIJU_DEMO": "1", "DATABASE_URL": "", "GUIJU_PRODUCTION": "0"}


def links(data: Path) -> Iterator[Place]:
    """The customer's own page, and the page that every desk shares, for a quote that waits and for others."""
    shell = [*GUIJU, "shell", "--verbosity", "0", "-c", LINK]
    said = subprocess.run(shell, cwd=ROOT, env=environment(data), capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        name, _, path = line.partition("=")
        yield Place(name, path, "ma" if name.startswith("order") else "")


@contextmanager
def served(data: Path) -> Generator[str]:
    """Serve it on a free port for as long as the block lasts; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [*GUIJU, "serve", "--port", str(port), "--without-worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"The server started and answered {error.code}: a page of the house cannot be read.")
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not start.")


def take(data: Path, *, only: str, quick: bool) -> int:
    """Take the pictures; 0 when every page could be pictured."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    places = [place for place in (*PLACES, *links(data)) if place.name.startswith(only)]
    if not places:
        sys.exit(f"No page is called {only}. There are: {', '.join(place.name for place in PLACES)}, track")
    with served(data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER)
        camera = Camera(browser, address, quick=quick)
        for place in places:
            print(f"  {place.name}", flush=True)
            camera.picture(place)
        browser.close()
    print(f"{camera.taken} pictures in {FOLDER}, in {time.monotonic() - began:.0f} seconds.")
    for failure in camera.failures:
        print(f"*** FAILED {failure}", file=sys.stderr)
    return 1 if camera.failures else 0


def main(arguments: list[str]) -> int:
    """Make a demo company, or use the one that is named, and picture it."""
    parser = argparse.ArgumentParser(prog="./run screens", description="Take a picture of every desk.")
    parser.add_argument("--data", type=Path, help="folder of a demo company that exists already")
    parser.add_argument("--only", default="", help="pages whose name begins so")
    parser.add_argument("--quick", action="store_true", help="1280 px, light, 简体中文 alone")
    asked = parser.parse_args(arguments)
    if find_chromium() is None:
        sys.exit("Chromium is missing. On Debian or Ubuntu: apt-get install chromium")
    use_our_font()
    if asked.data:
        return take(asked.data.resolve(), only=asked.only, quick=asked.quick)
    with tempfile.TemporaryDirectory(prefix="guiju-screens-") as folder:
        data = Path(folder)
        subprocess.run([*GUIJU, "demo", "--no-serve"], cwd=ROOT, env=environment(data), check=True)
        return take(data, only=asked.only, quick=asked.quick)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
