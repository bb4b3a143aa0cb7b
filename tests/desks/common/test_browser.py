"""What the frame does in a real browser, under the real policy: keys, scanner, signature, photos, no fault of access."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.plugin import chromium
from tools.fonts import use_our_font

pytestmark = [pytest.mark.browser, pytest.mark.no_books]

KEYS_OF_A_PERSON_MS = 120
# A scanner's keys come within milliseconds of one another, which the driver of a loaded machine cannot keep: they are
# pressed inside the page, with what a browser does of its own after each.
SCAN = """(text) => {
  const target = document.activeElement ?? document.body;
  const press = (key) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  for (const sign of text) {
    if (press(sign) && target.matches("input, textarea")) document.execCommand("insertText", false, sign);
  }
  if (press("Enter") && target.form) target.form.requestSubmit();
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(__file__).parents[2] / "vendor/axe.min.js"


@pytest.fixture
def browse(live_server: Any) -> Callable[..., Any]:
    """Run a story in Chromium; in a thread of its own, because the driver's loop and Django's rows do not mix."""
    use_our_font()

    def run(story: Callable[[Page], Any], **how: Any) -> Any:
        def told() -> Any:
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_context(base_url=live_server.url, **how).new_page()
                broken: list[str] = []
                page.on("pageerror", lambda error: broken.append(str(error)))
                page.on("console", lambda line: broken.append(line.text) if "Content Security" in line.text else None)
                page.set_default_timeout(8000)
                page.goto("/show/bench/")
                answer = story(page)
                browser.close()
                assert broken == []
                return answer

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(told).result()

    return run


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (20, 20), "white").save(file, "PNG")
    return file.getvalue()


def test_a_scan_opens_what_it_read_and_typing_does_not(browse: Any) -> None:
    def story(page: Page) -> tuple[str, str]:
        page.keyboard.type("hello world", delay=KEYS_OF_A_PERSON_MS)
        page.wait_for_timeout(300)
        typed = page.url
        page.evaluate(SCAN, "WO-FS01-20261102-00017")
        page.wait_for_url("**/find?q=*")
        return typed, page.url

    typed, scanned = browse(story)
    assert typed.endswith("/show/bench/")
    assert scanned.endswith("/find?q=WO-FS01-20261102-00017")


def test_a_scan_inside_a_form_fills_the_field_and_never_sends_it(browse: Any) -> None:
    def story(page: Page) -> tuple[str, int, int]:
        page.evaluate(
            "window.sent = 0; document.addEventListener('submit', (e) => { e.preventDefault(); window.sent++; })"
        )
        page.focus("#id_name")
        page.evaluate(SCAN, "BC4700E2300417")
        page.wait_for_timeout(200)
        after_scan = page.evaluate("window.sent")
        filled = page.input_value("#id_name")
        # The same field does send by a person's Enter: the scan was told apart, not the field made dead.
        page.keyboard.type("x", delay=KEYS_OF_A_PERSON_MS)
        page.wait_for_timeout(200)
        page.keyboard.press("Enter")
        return filled, after_scan, page.evaluate("window.sent")

    assert browse(story) == ("BC4700E2300417", 0, 1)


def test_keys_reach_what_they_name_and_can_be_switched_off(browse: Any) -> None:
    def story(page: Page) -> tuple[str, str, str]:
        page.keyboard.press("/")
        page.wait_for_timeout(100)
        found = page.evaluate("document.activeElement.id")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.wait_for_selector("#keys[open]")
        sheet = page.inner_text("#keys")
        page.uncheck("[data-keys-wanted]")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        page.wait_for_timeout(100)
        return found, sheet, page.evaluate("document.activeElement.id")

    found, sheet, after = browse(story)
    assert found == "find"
    assert "New intake\tn" in sheet
    assert after != "find"


def test_a_refused_form_keeps_the_drawn_signature(browse: Any) -> None:
    def story(page: Page) -> tuple[str, str, str]:
        canvas = page.locator("canvas")
        canvas.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        box = canvas.bounding_box()
        assert box
        page.mouse.move(box["x"] + 30, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 180, box["y"] + 90, steps=8)
        page.mouse.up()
        drawn = page.input_value("[data-signature-drawn]")
        page.click("text=Receive the appliance")
        page.wait_for_selector(".form-errors:focus")
        return drawn, page.input_value("[data-signature-drawn]"), page.evaluate("document.activeElement.className")

    drawn, kept, focused = browse(story)
    assert drawn.startswith("data:image/png;base64,")
    assert kept == drawn
    assert focused == "form-errors"


def test_photos_join_and_can_be_left_out(browse: Any) -> None:
    def story(page: Page) -> list[int]:
        def count() -> int:
            page.wait_for_timeout(300)
            return int(page.evaluate("document.querySelector('#id_photos').files.length"))

        def shot(name: str) -> dict[str, Any]:
            return {"name": name, "mimeType": "image/png", "buffer": png()}

        counts = []
        page.set_input_files("#id_photos", [shot("1.png"), shot("2.png")])
        counts.append(count())
        page.set_input_files("#id_photos", [shot("3.png")])
        counts.append(count())
        page.locator(".photos-shown button").first.click()
        return [*counts, count()]

    assert browse(story) == [2, 3, 2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_shut_out_by_the_frame(browse: Any, theme: str) -> None:
    def story(page: Page) -> list[str]:
        faults = []
        pages = ("/show/bench/", "/stranger", "/account/login/", "/plain/")
        for path, width in itertools.product(pages, (1280, 390)):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(path)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            result = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
            faults += [f"{path} {width}: {each['id']} {each['nodes'][0]['target']}" for each in result["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.documentElement.dataset.bsTheme") == theme
        return faults

    assert browse(story, color_scheme=theme) == []


def test_the_palette_goes_where_one_types_and_does_what_the_page_can(browse: Any) -> None:
    def story(page: Page) -> tuple[Any, ...]:
        page.focus("#id_name")
        page.keyboard.press("Control+k")
        page.wait_for_selector("#palette[open] [data-goes]")
        first = page.inner_text(".palette-line[aria-selected=true]")
        page.keyboard.type("till", delay=KEYS_OF_A_PERSON_MS)
        page.wait_for_function(
            "document.querySelector('.palette-line[aria-selected=true]')?.dataset.goes?.includes('till')"
        )
        marked = page.get_attribute("#palette input", "aria-activedescendant")
        chosen = page.get_attribute("#palette [aria-selected=true]", "id")
        page.keyboard.press("Escape")
        back = page.evaluate("document.activeElement.id")
        page.keyboard.press("Control+k")
        page.keyboard.type("till", delay=KEYS_OF_A_PERSON_MS)
        page.keyboard.press("Enter")
        page.wait_for_url("**/show/till/")
        return first, marked == chosen, back

    first, is_told, back = browse(story)
    assert "Forms" in first
    assert is_told
    assert back == "id_name"


def test_the_palette_presses_the_theme_and_a_scan_in_it_is_looked_up(browse: Any) -> None:
    def story(page: Page) -> tuple[str, str]:
        page.keyboard.press("Control+k")
        page.keyboard.type("dark", delay=KEYS_OF_A_PERSON_MS)
        page.keyboard.press("Enter")
        page.wait_for_function("document.documentElement.dataset.bsTheme === 'dark'")
        page.keyboard.press("Control+k")
        page.wait_for_selector("#palette[open]")
        page.evaluate(SCAN, "WO-FS01-20261102-00017")
        page.wait_for_url("**/find?q=*")
        return page.evaluate("localStorage.getItem('theme')"), page.url

    theme, scanned = browse(story)
    assert theme == "dark"
    assert scanned.endswith("/find?q=WO-FS01-20261102-00017")


def test_a_form_with_photos_is_sent_once_with_its_progress_and_keeps_them_when_refused(browse: Any) -> None:
    def story(page: Page) -> tuple[Any, ...]:
        sent: list[str] = []
        page.on(
            "request", lambda asked: sent.append(asked.headers.get("x-sent-by", "")) if asked.method == "POST" else None
        )
        page.evaluate(
            """window.words = [];
            new MutationObserver(() => {
              const said = document.querySelector(".sending [role=status]")?.textContent;
              if (said) window.words.push(said);
            }).observe(document.body, { subtree: true, childList: true, characterData: true });"""
        )
        page.set_input_files("#id_photos", [{"name": "1.png", "mimeType": "image/png", "buffer": png()}])
        page.wait_for_selector(".photos-shown img")
        page.evaluate(
            "(() => { const form = document.querySelector('form[enctype]'); form.requestSubmit(); form.requestSubmit(); })()"
        )
        page.wait_for_selector(".form-errors:focus")
        kept = page.evaluate("document.querySelector('#id_photos').files.length")
        return (
            sent,
            kept,
            page.evaluate("window.words.length"),
            page.locator("form[data-busy], .sending:not(aside *)").count(),
        )

    sent, kept, words, still = browse(story)
    assert sent == ["upload"]
    assert kept == 1
    assert words > 0
    assert still == 0
