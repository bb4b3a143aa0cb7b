"""Who gets in where: every page, asked by everybody of both outlets and of head office (reliability 4.5).

`rows.txt` is the reviewed table: a line a page and method, with the people who are let in. Each refusal stands beside the people
for whom the same request, on the same row, is answered. A page without a line fails; so does a line without a page.
`pytest tests/access/write_rows.py` writes the table anew, for somebody to read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.access.asking import METHODS, OTHER, OWN, routes, who_gets_in
from tests.access.scene import Scene
from tests.line.cast_line import Shop

ROWS = Path(__file__).parent / "rows.txt"
# Pages that show one row of FS01: nobody of another outlet may even learn that it exists.
OF_ONE_ROW = ("number", "pk")
# These pk's are of the brand's own lists, which every outlet reads.
OF_THE_BRAND = (
    "stores:part",
    "back_office:file",
    "back_office:adopt",
    "back_office:drop",
    "back_office:resend",
    "back_office:decide",
)


def table() -> dict[tuple[str, str], str]:
    """The reviewed answers, by method and page."""
    rows = {}
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        method, route, *people = line.split()
        rows[method, route] = " ".join(people)
    return rows


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.slow
@pytest.mark.shows("T01", "T03", "T05", "T13", "G-3", "S1-04")
def test_every_page_lets_in_whom_it_should(
    shop: Shop, signed_in: Callable[[str], Client], settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    scene = Scene(shop)
    clients = {name: signed_in(name) for name in (*OWN, *OTHER)}
    found = {
        (method, route.name): who_gets_in(clients, scene, route, method) for route in routes() for method in METHODS
    }
    assert {key: people for key, people in found.items() if people != "-"} == table()


def test_nobody_of_another_outlet_reaches_a_row_of_this_one() -> None:
    of_one_row = {route.name for route in routes() if route.keys & set(OF_ONE_ROW)} - set(OF_THE_BRAND)
    strangers = {
        (method, route): set(people.split()) & set(OTHER)
        for (method, route), people in table().items()
        if route in of_one_row
    }
    assert {key: people for key, people in strangers.items() if people} == {}


def test_the_auditor_writes_nothing_and_the_administrator_approves_nothing() -> None:
    rows = table()
    approving = {
        "till:approve_refund",
        "till:approve_credit",
        "control_room:confirm_unrepairable",
        "control_room:reject_unrepairable",
    }
    assert {
        route
        for (method, route), people in rows.items()
        if method == "POST" and route in approving and "ad" in people.split()
    } == set()
    # To read a whole number is a deed that leaves a trace, and changes nothing else (G-6).
    reading = {"reception:read_phone"}
    desks = ("reception:", "control_room:", "bench:", "stores:", "inspection:", "till:")
    assert {
        route for (method, route), people in rows.items()
        if method == "POST" and route.startswith(desks) and "an" in people.split()
    } == reading  # fmt: skip
