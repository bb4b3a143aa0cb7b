"""Every page that there is in the demo company, found by walking: `python -m tools.places` prints them for tools.screens.

Each colleague opens the pages that have no blanks in their address, and follows the links from there. A page is told by its
name in the address table, by the step that it asks about, and by how far the job on it has come: a new page, a new step or a
new state is found without a word here. What is folded away on a page is unfolded once more, and every form is sent empty
once, to see how it says what is missing. Runs with the settings of the demo company.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from html.parser import HTMLParser
from typing import Any

# Whoever comes first is pictured there: people at their own desks before those who may look at everything. The last ones
# sit in an outlet where little has happened, so that its desks are empty.
COLLEAGUES = ("lin", "bo", "chen", "shen", "qin", "cai", "fang", "ma", "nie", "admin", "tao", "an")
NEWCOMERS = ("zhou", "jia", "sun")
# Pages where the work differs so much from state to state that each is worth a picture.
BY_STATE = {"reception:order", "control_room:job", "bench:job", "till:job", "track:show"}
# The library's own doors that our settings keep shut, and what is no page.
PASSED_OVER = re.compile(
    r"^account_(signup|email|set_password|reset|inactive|confirm)|^mfa_(auth|reauth|download|login|deact)|^live$|^health$"
)


@dataclass(frozen=True)
class Place:
    """A page: its name, where it is, who sits there (nobody for a stranger).

    keys     what is pressed before the picture is taken, such as "?" for the list of keys
    answers  the status with which it answers
    unfolds  whether all that is folded away on it is opened first
    sends    the address of the form that is sent empty first
    """

    name: str
    path: str
    login: str = ""
    keys: str = ""
    answers: int = 200
    unfolds: bool = False
    sends: str = ""


def fixed() -> Iterator[Place]:
    """What no link leads to: the doors, the pages that say no, what opens over a page, and nothing found."""
    yield Place("welcome", "/")
    yield Place("sign-in", "/account/login/")
    yield Place("says-403", "/back-office/people/", "chen", answers=403)
    yield Place("says-404", "/orders/WO-NOWHERE/", "lin", answers=404)
    for said, status in (
        ("400", 400),
        ("409", 409),
        ("429", 429),
        ("500", 500),
        ("old-form", 403),
        ("locked-out", 429),
        ("full", 503),
    ):
        yield Place(f"says-{said}", f"/design/?says={said}", "ma", answers=status)
    # The same address shows another page: the walk, which knows pages by their names, would not see it.
    yield Place("control-room-lanes", "/control-room/?show=lanes", "bo")
    yield Place("frame-keys", "/control-room/", "bo", keys="?")
    yield Place("frame-palette", "/control-room/", "bo", keys="Control+k")
    yield Place("find-many", "/find?q=1382026", "ma")
    yield Place("find-nothing", "/find?q=zzzz-0000", "lin")


class Read(HTMLParser):
    """What matters here of a page: where its links lead, whether something is folded away, and what its forms insist on."""

    # What opens over the page, and is pictured by itself where it matters.
    FLOATS = frozenset({"menu", "confirm"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.folds = False
        # The addresses of the forms with a field that must not stay empty.
        self.insisting: dict[str, None] = {}
        self._form = ""
        self._in_main = False
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        has = {name: value or "" for name, value in attributes}
        if tag == "a" and (link := has.get("href", "")).startswith("/"):
            self.links.append(re.sub(r"[?#].*", "", link))
        elif tag == "main":
            self._in_main = True
        elif tag == "details" and self._in_main:
            self.folds = self.folds or not self.FLOATS & set(has.get("class", "").split())
        elif tag == "form":
            self._form = has.get("action", ".") if has.get("method", "").lower() == "post" else ""
        elif self._form and "required" in has and self._in_main and not has.get("value"):
            self.insisting[self._form] = None

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "form":
            self._form = ""
        elif tag == "main":
            self._in_main = False


class Walker:
    """One person who follows every link to a page that they have not seen yet."""

    def __init__(self, login: str, suffix: str = "") -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        self._login, self._suffix = login, suffix
        self._client = Client(SERVER_NAME="127.0.0.1")
        if login:
            self._client.force_login(get_user_model().objects.get(username=login), "guiju.conf.backends.LoginBackend")
        self._known: set[str] = set()

    def walk(self, start: list[str], *, follow: bool = True) -> Iterator[Place]:
        """Every page that can be reached from these, the first of its kind alone."""
        waiting = deque(start)
        while waiting:
            path = waiting.popleft()
            name = name_of(path)
            if not name or name in self._known:
                continue
            self._known.add(name)
            answer = self._client.get(path)
            said = answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
            # A part of a page that is fetched by another is pictured there.
            if answer.status_code != 200 or "<html" not in said:
                continue
            place = Place(name + self._suffix, path, self._login)
            page = Read(said)
            yield place
            if page.folds:
                yield replace(place, name=f"{place.name}-unfolded", unfolds=True)
            for address in page.insisting:
                # A form without an address of its own is sent to its page.
                what = name_of(address if address.startswith("/") else path)
                if what and not address.startswith("/"):
                    what = name
                if what:
                    yield replace(place, name=f"{what}{self._suffix}-errors", unfolds=page.folds, sends=address)
            if follow:
                waiting.extend(page.links)


def name_of(path: str) -> str:
    """What the page at this address is called; nothing for what is no page of ours."""
    from django.urls import Resolver404, resolve

    if path.endswith(".pdf") or "/pictures/" in path or path.startswith(("/api/", "/static/")):
        return ""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    name = found.view_name or ""
    if not name or PASSED_OVER.search(name):
        return ""
    state = _state_of(found.kwargs) if name in BY_STATE else ""
    said = [name, *(str(found.kwargs[key]) for key in ("slug", "step", "what") if key in found.kwargs), state]
    return "-".join(part for part in said if part).replace(":", "-").replace("_", "-").lower()


def _state_of(blanks: dict[str, Any]) -> str:
    from guiju.line.workorder.models import WorkOrder
    from guiju.line.workorder.queries import by_track_token

    if "token" in blanks:
        order = by_track_token(str(blanks["token"]))
        return str(order.state) if order else ""
    return str(WorkOrder.objects.filter(number=blanks.get("number")).values_list("state", flat=True).first() or "")


def without_blanks(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """The addresses that need no number or name filled in."""
    from django.urls import get_resolver

    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from without_blanks(pattern.url_patterns, address)
        elif pattern.name and not re.search(r"[<(^]", address):
            yield address


def links_of_customers() -> Iterator[str]:
    """The link that each customer holds, one for each state of a job."""
    from guiju.line.workorder.models import WorkOrder
    from guiju.line.workorder.queries import track_token
    from guiju.line.workorder.rules import State

    for state in State:
        if order := WorkOrder.objects.filter(state=state).order_by("pk").first():
            yield f"/t/{track_token(order)}"


def places() -> Iterator[Place]:
    """Every page once, with the first person who gets there; then the desks of the empty outlet."""
    seen: set[str] = set()
    for place in fixed():
        seen.add(place.name)
        yield place
    start = [path for path in without_blanks() if path not in ("/", "/track")]
    walks = [Walker("").walk([*links_of_customers(), "/request/"])]
    walks += [Walker(login).walk(start) for login in COLLEAGUES]
    for walk in walks:
        for place in walk:
            if place.name not in seen:
                seen.add(place.name)
                yield place
    desks = [path for path in start if not path.startswith(("/account", "/find", "/request"))]
    for login in NEWCOMERS:
        for place in Walker(login, "-empty").walk(desks, follow=False):
            if place.name not in seen:
                seen.add(place.name)
                yield place


def main() -> None:
    """Print them, a line of JSON each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    import django

    django.setup()
    # Doors that stay shut for a person are expected here, and no news.
    logging.disable(logging.WARNING)
    for place in places():
        sys.stdout.write(json.dumps(asdict(place)) + "\n")


if __name__ == "__main__":
    main()
