"""Take a picture of every page, at a desk's width and on a phone, light and dark, in the three languages: `./run screens`.

The pictures are there for a person to look at. They go to ./var/screens/<page>-<width>-<theme>-<language>.png. Each page is
also asked by axe whether it shuts somebody out. A page that answers with an error, is wider than its window, cuts a table off, or that axe
finds fault with is named aloud, and the run then fails. Which pages there are: tools/places.py.

--data DIR   of a demo company that exists already; else one is made and thrown away, with the stories of tools.extremes
--places FILE  what `python -m tools.places` has printed of it; else it is walked now
--only NAME  pages whose name begins so, such as "bench,till"
--but NAME   pages whose name does not begin so
--quick      desk width, light, simplified Chinese alone
--languages  such as zh-hans,en; all three otherwise
--widths     such as 390; both otherwise
--themes     such as dark; both otherwise
--no-axe     pictures alone
--no-keep    axe alone
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import groupby, product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from guiju.conf.demo.people import PASSWORD
from tools.axe import Themes, faults, show
from tools.fonts import use_our_font
from tools.places import Place
from tools.testing import GUIJU, ROOT, find_chromium

# What tools.extremes printed when it told its stories there.
EXTREMES = "extremes.json"
FOLDER = ROOT / "var" / "screens"
WIDTHS = {1280: 860, 390: 844}
THEMES = ("light", "dark")
LANGUAGES = ("zh-hans", "zh-hant", "en")
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
START_SECONDS = 60
# A page may be long in coming where the machine has other things to do.
PATIENCE_MS = 45_000
# A picture taller than this is looked at by nobody, and Chromium cannot draw much beyond it.
HEIGHT_MAX = 12_000
# Photographs below the fold load only when somebody scrolls there.
HURRY = """Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""

FIND = """(action) => [...document.forms].find((form) => form.method === "post" && (form.getAttribute("action") ?? ".") === action)"""
# Empties what must not stay empty; whether something is missing then. Nothing missing: sent so, it would be done.
EMPTY = """(form) => {
  form.querySelectorAll("input[required]:not([type=hidden], [type=checkbox], [type=radio]), textarea[required], select[required]")
    .forEach((field) => { field.value = ""; });
  return !form.checkValidity();
}"""
# As somebody whose browser does not look at what is required. What its button says goes along; no script of the page is
# asked, so that the answer is a page.
SEND = """(form) => {
  const button = form.querySelector("button[name]:not([type=button], [formnovalidate])");
  if (button) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.submit();
}"""
# What floats over a page would hide what stands under it.
UNFOLD = """document.querySelectorAll("main details:not(.menu)").forEach((each) => { each.open = true; })"""
# A table can be pushed along in its room; but nobody looks for figures beyond an edge, and a printed list is not pushed.
CUT_OFF = """[...document.querySelectorAll(".table-room")]
  .filter((room) => room.scrollWidth > room.clientWidth + 1)
  .map((room) => [(room.querySelector("thead")?.innerText ?? "").replace(/\\s+/g, " ").trim(), room.scrollWidth - room.clientWidth])"""
REFUSED = (200, 409, 422, 429)


class Camera:
    """Takes the pictures and counts them."""

    def __init__(self, browser: Browser, address: str, asked: argparse.Namespace) -> None:
        self._browser, self._address, self._axe, self._keeps = browser, address, asked.axe, asked.keep
        self._states: dict[str, BrowserContext] = {}
        many = 1 if asked.quick else None
        self._languages = asked.languages[:many]
        self._looks = list(product(asked.widths[:many], asked.themes[:many]))
        self.taken = self.asked = 0
        self.failures: list[str] = []

    def picture(self, place: Place) -> None:
        """Picture the page in every language, width and theme."""
        page = self._seat(place.login).new_page()
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if "Content Security" in line.text else None)
        try:
            for language in self._languages:
                self._in_language(page, place, language)
        except Error as slow:
            # One page that does not come must not keep the others from being seen.
            self.fail(f"{place.name}: {str(slow).splitlines()[0]}")
        finally:
            page.close()
        for said in dict.fromkeys(broken):
            self.fail(f"{place.name}: {said}")

    def fail(self, said: str) -> None:
        """Say at once what is wrong, once."""
        if said not in self.failures:
            self.failures.append(said)
            print(f"*** FAILED {said}", file=sys.stderr, flush=True)

    def _in_language(self, page: Page, place: Place, language: str) -> None:
        page.context.add_cookies([{"name": "django_language", "value": language, "url": self._address}])
        page.set_viewport_size({"width": self._looks[0][0], "height": WIDTHS[self._looks[0][0]]})
        answer = page.goto(self._address + place.path, wait_until="load")
        if answer is None or answer.status != place.answers:
            self.fail(f"{place.name}: {place.path} answered {answer.status if answer else 'nothing'}")
            return
        if place.sends and not self._send_empty(page, place):
            return
        page.evaluate(HURRY)
        if place.unfolds:
            page.evaluate(UNFOLD)
        if place.keys:
            page.keyboard.press(place.keys)
            page.wait_for_selector("dialog[open]")
        for width, looks in groupby(self._looks, key=lambda look: look[0]):
            themes = Themes()
            for _width, theme in looks:
                self._look(page, place, (width, theme, language), themes)

    def _send_empty(self, page: Page, place: Place) -> bool:
        """Send the form as it is; whether it was refused, and says so where it can be seen."""
        said = f"{place.name}: the empty form to {place.sends}"
        form = page.evaluate_handle(FIND, place.sends).as_element()
        if form is None:
            self.fail(f"{said} is not on {place.path}")
            return False
        if not form.evaluate(EMPTY):
            return False
        with page.expect_navigation(wait_until="load") as left:
            form.evaluate(SEND)
        answer = left.value
        if answer is None or answer.status not in REFUSED:
            self.fail(f"{said} was answered with {answer.status if answer else 'nothing'}")
            return False
        if not page.locator(".form-errors:visible, .field-error:visible").count():
            self.fail(f"{said} does not say what is missing")
        return True

    def _look(self, page: Page, place: Place, look: tuple[int, str, str], themes: Themes) -> None:
        width, theme, language = look
        name = f"{place.name}-{width}-{theme}-{language}"
        show(page, width, WIDTHS[width], theme)
        self._look_for_overflow(page, f"{place.name}-{width}-{language}")
        # What sticks to the foot of the window must not stand in the middle of the picture.
        page.evaluate(HURRY)
        tall = min(int(page.evaluate("document.documentElement.scrollHeight")), HEIGHT_MAX)
        if not place.keys:
            page.set_viewport_size({"width": width, "height": max(tall, WIDTHS[width])})
        if self._keeps:
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            self.taken += 1
        if self._axe:
            self.asked += 1
            for fault in faults(page, themes.rules(page)):
                self.fail(f"{name}: {fault}")

    def _look_for_overflow(self, page: Page, name: str) -> None:
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if beyond > 0:
            self.fail(f"{name}: the page is {beyond} px wider than the window")
        for head, hidden in page.evaluate(CUT_OFF):
            self.fail(f"{name}: {hidden} px of the table {head!r} are cut off at its edge")

    def _seat(self, login: str) -> BrowserContext:
        """A browser of this person's own, signed in once through the form."""
        if login not in self._states:
            context = self._states[login] = self._browser.new_context(base_url=self._address)
            context.set_default_timeout(PATIENCE_MS)
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


def places_in(data: Path, printed: Path | None = None) -> Iterator[Place]:
    """Every page of the demo company in that folder; `printed` is a walk that was made before."""
    walk = [sys.executable, "-m", "tools.places"]
    extremes = data / EXTREMES
    if printed is None:
        said = subprocess.run(walk, cwd=ROOT, env=environment(data), capture_output=True, text=True, check=True).stdout
    else:
        said = printed.read_text(encoding="utf-8")
    for line in (extremes.read_text(encoding="utf-8") if extremes.exists() else "").splitlines() + said.splitlines():
        yield Place(**json.loads(line))


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
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"The server started and answered {error.code}: a page of the house cannot be read.")
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not start.")


def make(data: Path) -> None:
    """The demo company, and what a quiet day does not bring it."""
    subprocess.run([*GUIJU, "demo", "--no-serve"], cwd=ROOT, env=environment(data), check=True)
    told = [sys.executable, "-m", "tools.extremes"]
    said = subprocess.run(told, cwd=ROOT, env=environment(data), capture_output=True, text=True, check=True).stdout
    (data / EXTREMES).write_text(said, encoding="utf-8")


def take(data: Path, asked: argparse.Namespace) -> int:
    """Take the pictures; 0 when every page could be pictured and nobody is shut out."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    known = list(places_in(data, asked.places))
    places = [place for place in known if place.name.startswith(asked.only) and not place.name.startswith(asked.but)]
    if not places:
        called = ", ".join(asked.only)
        sys.exit(f"No page is called {called}. There are: {', '.join(sorted(place.name for place in known))}")
    with served(data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER)
        camera = Camera(browser, address, asked)
        for count, place in enumerate(places, 1):
            print(f"  {count}/{len(places)} {place.name}", flush=True)
            camera.picture(place)
        browser.close()
    seconds = time.monotonic() - began
    print(
        f"{camera.taken} pictures of {len(places)} pages in {FOLDER}, axe asked {camera.asked} times, in {seconds:.0f} seconds."
    )
    print(f"{len(camera.failures)} faults.")
    return 1 if camera.failures else 0


def several(said: str) -> tuple[str, ...]:
    """What was asked for, with commas between."""
    return tuple(said.split(","))


def main(arguments: list[str]) -> int:
    """Make a demo company, or use the one that is named, and picture it."""
    parser = argparse.ArgumentParser(prog="./run screens", description="Take a picture of every page.")
    parser.add_argument("--data", type=Path, help="folder of a demo company that exists already")
    parser.add_argument("--places", type=Path, help="the pages that tools.places has printed")
    parser.add_argument("--only", type=several, default=("",), help="pages whose name begins so: bench,till")
    parser.add_argument("--but", type=several, default=(), help="pages whose name does not begin so")
    parser.add_argument("--quick", action="store_true", help="1280 px, light, 简体中文 alone")
    parser.add_argument("--languages", type=several, default=LANGUAGES, help="zh-hans,en")
    parser.add_argument("--widths", type=lambda said: tuple(map(int, several(said))), default=tuple(WIDTHS), help="390")
    parser.add_argument("--themes", type=several, default=THEMES, help="dark")
    parser.add_argument("--axe", action=argparse.BooleanOptionalAction, default=True, help="ask axe about each page")
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="keep the pictures")
    asked = parser.parse_args(arguments)
    if find_chromium() is None:
        sys.exit("Chromium is missing. On Debian or Ubuntu: apt-get install chromium")
    use_our_font()
    if asked.data:
        return take(asked.data.resolve(), asked)
    with tempfile.TemporaryDirectory(prefix="guiju-screens-") as folder:
        data = Path(folder)
        make(data)
        return take(data, asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
