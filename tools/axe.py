"""Ask axe whether a page in the browser shuts somebody out (WCAG 2.2 AA). axe lies in tests/vendor and is never served."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent / "tests/vendor/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Only what is wrong: axe then need not describe all that is right, which is most of its time.
RUN = "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
# All that a theme can spoil as long as each box of the page stands where it stood in the other theme.
OF_COLOURS = ("color-contrast", "link-in-text-block")
BOXES = """[...document.querySelectorAll("body, body *")].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.tagName, x, y, width, height, getComputedStyle(each).visibility].join();
}).join(";")"""
# However short a change of colour is, it ends with a frame, and a busy machine paints late.
PAINTED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(); await frame();
  const finite = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(finite.map((each) => each.finished));
  await frame();
}"""


@cache
def _script() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    """What axe finds on the page as it stands: a sentence for each node, with the rule that it breaks."""
    # Run by the driver and not by a <script>, so that the strict policy of the page need not be weakened for it.
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_script())
    found: dict[str, Any] = page.evaluate(RUN, list(rules))
    return [
        f"{each['id']}: {' '.join(map(str, node['target']))} ({node['failureSummary'].splitlines()[-1].strip()})"
        for each in found["violations"]
        for node in each["nodes"]
    ]


class Themes:
    """Which rules a page is asked by: all of them in the first theme; in another one those of colours, where no box has moved."""

    def __init__(self) -> None:
        self._boxes: str | None = None

    def rules(self, page: Page) -> tuple[str, ...]:
        """Of the page as it stands, in the theme that is shown."""
        boxes: str = page.evaluate(BOXES)
        if boxes == self._boxes:
            return OF_COLOURS
        self._boxes = boxes
        return RULES


def show(page: Page, width: int, height: int, theme: str) -> None:
    """Show the page in that width and theme, and wait until it has been painted so."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(
        "([width, theme]) => innerWidth === width && (document.documentElement.dataset.bsTheme ?? theme) === theme",
        arg=[width, theme],
    )
    page.evaluate(PAINTED)
