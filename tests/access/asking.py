"""Asking every route as everybody: what each answer means, and which routes there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access.scene import CANARY, Scene
from tests.cast import ROLES

OWN = tuple(name for name, (_role, unit) in ROLES.items() if unit != "GZ02")
OTHER = tuple(name for name, (_role, unit) in ROLES.items() if unit == "GZ02")
REFUSED = frozenset({403, 404})
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """A page of the site: its name, and the blanks of its address."""

    name: str
    keys: frozenset[str]


def routes(patterns: Any = None, space: str = "") -> Iterator[Route]:
    """Every page of the desks; sign-in is the library's, and the API has a matrix of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not hasattr(pattern, "url_patterns"):
            named = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
            if pattern.name:
                yield Route(space + pattern.name, frozenset({*named, *pattern.pattern.regex.groupindex}))
        elif not str(pattern.pattern).startswith(("account", "api")):
            yield from routes(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))


def ask(client: Client, scene: Scene, route: Route, method: str) -> tuple[int, bool]:
    """The status of the answer, and whether FS01's canary is in it; whatever it did is undone."""
    address = reverse(route.name, kwargs=scene.keys(route.name, set(route.keys)))
    with transaction.atomic():
        # A page may only lead on to another: what counts is where the person ends up.
        answer = client.get(address, follow=True) if method == "GET" else client.post(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, CANARY.encode() in body


def who_gets_in(clients: dict[str, Client], scene: Scene, route: Route, method: str) -> str:
    """The people who are not refused, in the order of the cast; `-` where the page has no such method."""
    found = []
    for name in (*OWN, *OTHER):
        status, leaks = ask(clients[name], scene, route, method)
        if status == 405:
            return "-"
        # Whoever holds the customer's link may read the customer's page: that door has tests of its own.
        if name in OTHER and leaks and not route.name.startswith("track:"):
            raise AssertionError(f"{method} {route.name} shows FS01's words to {name}")
        if status not in REFUSED:
            found.append(name)
    return " ".join(found)
