"""How tests read a page: what in it a strict policy would refuse."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import guiju.desks.common

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SVG_EMPTY = {"path", "rect", "circle", "use"}


@cache
def icons() -> frozenset[str]:
    """What can be drawn."""
    sprite = Path(guiju.desks.common.__file__).parent / "static/vendor/icons.svg"
    return frozenset(each.get("id", "") for each in ElementTree.parse(sprite).getroot())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.pointed_at: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        where = f"<{tag}> line {self.getpos()[0]}"
        if tag == "script" and not given.get("src") and given.get("type") != "application/json":
            self.faults.append(f"{where}: an inline script")
        if tag == "style" or "style" in given:
            self.faults.append(f"{where}: an inline style")
        self.faults += [f"{where}: a handler {name}" for name in given if name.startswith(("on", "hx-on"))]
        self.faults += [
            f"{where}: from another host"
            for name in ("src", "href", "action")
            if (given.get(name) or "").startswith(("http:", "https:", "//"))
        ]
        if tag == "use" and (drawn := (given.get("href") or "").partition("#")[2]) not in icons():
            self.faults.append(f"{where}: no drawing is called {drawn}")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.pointed_at += (given.get(name) or "").split()
        if tag not in VOID | SVG_EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID | SVG_EMPTY:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> line {self.getpos()[0]} closes {self.open[-1:] or 'nothing'}")
        else:
            self.open.pop()


def faults(html: str) -> list[str]:
    """What is wrong with a page: inline code, foreign hosts, crossed tags, ids given twice, labels for nothing."""
    reader = _Reader()
    reader.feed(html)
    twice = sorted({name for name in reader.ids if reader.ids.count(name) > 1})
    lost = sorted(set(reader.pointed_at) - set(reader.ids))
    return (
        reader.faults
        + [f"never closed: {tag}" for tag in reader.open]
        + [f"id twice: {name}" for name in twice]
        + [f"points at nothing: {name}" for name in lost]
    )


def assert_strict(html: str) -> None:
    """A page that the strict policy shows whole, and a screen reader can follow."""
    assert faults(html) == []
