"""axe finds nothing at any desk, in the light and in the dark; and it would, if there were something.

The pages are drawn first and shown to the browser from memory: no server runs, and each desk costs a second. What is
pictured of the whole house is asked too: `./run screens`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from guiju.line.workorder.queries import track_token
from tests.line import stages
from tests.line.cast_line import Shop
from tests.plugin import chromium
from tools.axe import RULES, Themes, faults, show
from tools.fonts import use_our_font

pytestmark = [pytest.mark.browser]

HOUSE = "http://house.example"
DARK_AND_LIGHT = ("light", "dark")
WIDTHS = (1280, 390)
SABOTEUR = """<!doctype html><html lang="en"><head><title>x</title></head><body><main><h1>x</h1>
<p style="color:#999;background:#bbb">Hardly to be read</p><input type="text"></main></body></html>"""


def pages_of(shop: Shop) -> Iterator[tuple[str, str]]:
    """Who sits where: each desk's first page, and the page of a job there."""
    quoted, _ = stages.a_quoted_order(shop)
    ready = stages.a_ready_order(shop, parts=0)
    number = quoted.number
    yield "lin", "/reception/"
    yield "lin", f"/reception/orders/{number}/"
    yield "lin", "/reception/calls/"
    yield "lin", f"/orders/{number}/"
    yield "bo", "/control-room/"
    yield "bo", f"/control-room/{number}/"
    yield "chen", "/bench/"
    yield "chen", f"/bench/{number}/"
    yield "shen", "/stores/"
    yield "qin", "/inspection/"
    yield "cai", "/till/"
    yield "cai", f"/till/jobs/{ready.number}/"
    yield "ma", "/back-office/people/"
    yield "lin", "/find?q=1380"
    yield "", f"/t/{track_token(quoted)}"
    yield "", "/request/"
    yield "", "/account/login/"


def in_browser(pages: dict[str, str], look: Callable[[Page], list[str]]) -> list[str]:
    """What is seen on these pages; in a thread of its own, because the driver's loop and Django's rows do not mix."""

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (file := find(path.removeprefix("/static/"))) is not None:
            route.fulfill(path=Path(str(file)))
        else:
            route.fulfill(status=404, body="")

    def told() -> list[str]:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_default_timeout(10_000)
            page.route("**/*", serve)
            seen = []
            for path in pages:
                page.emulate_media(color_scheme="light", reduced_motion="reduce")
                page.goto(HOUSE + path)
                seen += [f"{path} {said}" for said in look(page)]
            browser.close()
            return seen

    use_our_font()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(told).result()


def shut_out(page: Page) -> list[str]:
    """What axe finds in either theme and at either width, and whether the page fits its window."""
    said = []
    for theme, width in zip(DARK_AND_LIGHT, WIDTHS, strict=True):
        show(page, width, 844, theme)
        said += [f"{theme} {width}: {fault}" for fault in faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            said.append(f"{width}: wider than its window")
    return said


@pytest.mark.django_db
def test_axe_finds_nothing_at_any_desk(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    browsers: dict[str, Any] = {"": Client()}
    drawn = {}
    for name, path in pages_of(shop):
        browser = browsers.setdefault(name, browsers.get(name) or signed_in(name))
        browser.cookies["django_language"] = "zh-hans"
        response = browser.get(path)
        assert response.status_code == 200, (name, path, response.status_code)
        drawn[urlsplit(path).path] = response.content.decode()
    assert in_browser(drawn, shut_out) == []


def test_axe_bites() -> None:
    said = " ".join(in_browser({"/saboteur": SABOTEUR}, shut_out))
    assert "color-contrast" in said
    assert "label" in said


THEMED = """<!doctype html><html lang="en"><title>Themed</title><style>
  @media (prefers-color-scheme: dark) { a { color: white; %s } }
</style><main><h1>Here</h1><a href="/">There</a></main></html>"""


@pytest.mark.parametrize(("moves", "asked"), [("", "colours"), ("padding: 1px", "all"), ("visibility: hidden", "all")])
def test_another_theme_is_asked_everything_where_a_box_moves(moves: str, asked: str) -> None:
    def asked_in_both(page: Page) -> list[str]:
        themes = Themes()
        said = []
        for theme in DARK_AND_LIGHT:
            show(page, 390, 844, theme)
            said.append("all" if themes.rules(page) == RULES else "colours")
        return said

    assert in_browser({"/": THEMED % moves}, asked_in_both) == ["/ all", f"/ {asked}"]
