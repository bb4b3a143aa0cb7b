"""Every page of the site as a question: its address filled with rows of FS01, and what a person would type on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse

from guiju.line.intake.models import IntakePhoto
from tests.access import purchases, visitors
from tests.access.asking import Question
from tests.access.desks import meant, told
from tests.access.said import Key, Said, plainly
from tests.access.scene import FIGURE, Scene

OPENED: Mapping[str, str] = told("OPENED")
FIRST: Mapping[str, str] = told("FIRST")
POSTED: Mapping[str, Said] = {"set_language": Said(plainly(language="en", next="/")), **told("POSTED")}
# Routes behind which there are many verbs: each is a row of its own.
VERBS: Mapping[str, tuple[Said, ...]] = told("VERBS")
NUMBERS: Mapping[str, Key] = told("NUMBERS")
KEYS: Mapping[str, Key] = {
    "order_picture": lambda scene, _route, _at: IntakePhoto.objects.filter(order=scene.order("paid"))[0].evidence_id,
    **told("KEYS"),
}


@dataclass(frozen=True)
class Route:
    """A page of the site: its name, and the blanks of its address."""

    name: str
    keys: frozenset[str]


def routes(patterns: Any = None, space: str = "") -> Iterator[Route]:
    """Every page of the desks; sign-in is the library's, and the API has a table of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not hasattr(pattern, "url_patterns"):
            named = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
            if pattern.name:
                yield Route(space + pattern.name, frozenset({*named, *pattern.pattern.regex.groupindex}))
        elif not str(pattern.pattern).startswith(("account", "api")):
            yield from routes(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))


def questions(scene: Scene) -> Iterator[Question]:
    """Every route by both methods; a route with many verbs once for each of them.

    A route whose blanks nobody has filled is left out, and then lacks its row.
    """
    for route in routes():
        try:
            yield from list(_both_ways(scene, route))
        except Unfilled:
            continue


class Unfilled(LookupError):
    """An address has a blank, and nobody has said with what it is filled."""


def _both_ways(scene: Scene, route: Route) -> Iterator[Question]:
    opened = Said(at=OPENED.get(route.name, "paid"), slug=FIRST.get(route.name, ""))
    yield Question(route.name, "GET", _address(scene, route, opened))
    for said in VERBS.get(route.name, (POSTED.get(route.name, Said()),)):
        row = f"{route.name}/{said.slug}" if route.name in VERBS else route.name
        yield Question(row, "POST", _address(scene, route, said), said.typed(scene))


def _address(scene: Scene, route: Route, said: Said) -> str:
    known: dict[str, Callable[[], Any]] = {
        "number": lambda: _number(scene, route.name, said.at),
        "code": lambda: _number(scene, route.name, said.at),
        "token": lambda: visitors.token(scene, route.name, said.at),
        "outlet": scene.shop.unit.code.lower,
        "line": lambda: scene.shop.line.code,
        "unit": lambda: scene.shop.unit.pk,
        "template": lambda: "QUOTE",
        "channel": lambda: "SMS",
        "language": lambda: "en",
        "receipt": lambda: scene.deposit(said.at if said.at.startswith("deposit") else "deposit due").receipt_number,
        "paper": lambda: "ticket",
        "slug": lambda: said.slug or "cancel",
        "step": lambda: "GREETING",
        "key": lambda: scene.deed.key if route.name == "back_office:deed" else FIGURE,
        "what": lambda: said.slug or "abandon",
        "listing": lambda: "orders",
        "book": lambda: "bench",
        "kind": lambda: purchases.kind_of(said.at),
        "act": lambda: "hold",
        "change": lambda: "drop",
        "pk": lambda: _pk(scene, route.name, said.at),
    }
    if not route.keys <= set(known):
        raise Unfilled(route.name)
    return reverse(route.name, kwargs={name: known[name]() for name in route.keys})


def _number(scene: Scene, route: str, at: str) -> str:
    number = meant(NUMBERS, route)
    return str(number(scene, route, at) if number else scene.order(at).number)


def _pk(scene: Scene, route: str, at: str) -> int:
    key = meant(KEYS, route)
    if key is None:
        raise Unfilled(route)
    return int(key(scene, route, at))
