"""Who gets in where: every page and every address of the API, asked by everybody of both outlets and of head office (G13).

`rows.txt` and `api_rows.txt` are the reviewed tables: a line a route and method, with the people who are let in, and a + before
those for whom it was also done. All rows are FS01's, so each refusal stands beside the people for whom the same request, on the
same row, is answered. A route without a line fails; so does a line without a route.
`pytest tests/access/write_rows.py` writes the tables anew, for somebody to read.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.access import pages, programs
from tests.access.asking import BY_LINK, HERE, Question, everybodys, found, written
from tests.access.elsewhere import DONE_ELSEWHERE
from tests.access.people import EVERYBODY, OTHER, OWN, twins
from tests.access.scene import Scene

TABLES = {"rows.txt": pages, "api_rows.txt": programs}
# Pages that show one row of FS01: nobody of another outlet may even learn that it exists.
BLANKS = ("{", "number", "pk")
CELLS_LEAST = 12_000
# These rows are the brand's own, which every outlet reads or nobody but head office.
OF_THE_BRAND = (
    "stores:part",
    "back_office:file",
    "back_office:decide",
    # A leaflet lies in the box: whoever holds the box reads it.
    "back_office:leaflet_paper",
    # The checklists are the brand's: every bench and every test works by them.
    "back_office:item",
    "back_office:resend",
    "/figures/",
    # Every buyer may propose a price or an account; somebody of head office admits and verifies.
    "/suppliers/{code}/ask-account",
    "/suppliers/{code}/set-offer",
    "/problems/",
)


@pytest.mark.django_db
@pytest.mark.no_books
@pytest.mark.slow
@pytest.mark.shows("T01", "T03", "T05", "T13", "G-3", "S1-04", "G13")
def test_everybody_is_let_in_where_they_should_be_and_nowhere_else(scene: Scene, clients: dict[str, Client]) -> None:
    """In one piece: it comes first, others are done beside it, and to make the scene twice takes as long as three thousand requests."""
    questions = {name: list(module.questions(scene)) for name, module in TABLES.items()}
    asked = {name: everybodys(every, clients) for name, every in questions.items()}
    failed = {
        (key, name): answer.status
        for answers in asked.values()
        for key, people in answers.items()
        for name, answer in people.items()
        if answer.status >= 500
    }
    assert failed == {}
    assert {name: found(answers) for name, answers in asked.items()} == {
        name: _of(every, written(name)) for name, every in questions.items()
    }
    # A line for which there is no question is nobody's.
    assert {name: written(name).keys() - {each.key for each in every} for name, every in questions.items()} == {
        name: set() for name in TABLES
    }
    # Each of them is a cell: this person, this route and method, and a row that is or is not of their outlet.
    assert sum(len(people) for answers in asked.values() for people in answers.values()) > CELLS_LEAST


def _of(every: list[Question], lines: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    return {each.key: lines[each.key] for each in every if each.key in lines}


def test_every_route_has_its_line() -> None:
    lacking = {route.name for route in pages.routes()} - {row.split("/")[0] for _, row in written("rows.txt")}
    assert lacking == set(), "Say in tests/access/desks what fills its address, and write the rows."
    missing = set(programs.addresses()) - set(written("api_rows.txt"))
    assert missing == set(), "Say in tests/access/programs.py what fills its address, and write the rows."


def _rows() -> dict[tuple[str, str], list[str]]:
    return {key: people.split() for name in TABLES for key, people in written(name).items()}


def test_each_refusal_stands_beside_the_same_request_succeeding() -> None:
    everybody = {*EVERYBODY, "stranger"}
    let_in = {key: {each.lstrip("+") for each in people} for key, people in _rows().items()}
    nobody = {row for (_, row), people in let_in.items() if people != everybody and not people & {*OWN, "stranger"}}
    assert nobody == set()


def test_every_verb_is_done_by_somebody_here_or_in_a_story() -> None:
    undone = {
        row for (method, row), people in _rows().items() if method == "POST" and not any("+" in each for each in people)
    }
    assert undone == set(DONE_ELSEWHERE)
    for file, words in DONE_ELSEWHERE.values():
        assert words in (HERE.parent / file).read_text(encoding="utf-8"), f"{file} no longer says {words!r}"


def test_nobody_of_another_outlet_reaches_a_row_of_this_one() -> None:
    of_one_row = {route.name for route in pages.routes() if route.keys & set(BLANKS)}
    strangers = {
        (method, row): sorted({each.lstrip("+") for each in people} & set(OTHER))
        for (method, row), people in _rows().items()
        if (row.split("/")[0] in of_one_row or "{" in row) and not row.startswith((*OF_THE_BRAND, *BY_LINK))
    }
    assert {key: people for key, people in strangers.items() if people} == {}


def test_whoever_is_served_has_a_twin_in_the_other_outlet() -> None:
    there = twins()
    own = {name for name, (_role, unit) in EVERYBODY.items() if unit == "FS01"}
    assert set(there) == own
    assert all(EVERYBODY[name][0] == EVERYBODY[twin][0] for name, twin in there.items())


def test_the_auditor_writes_nothing_and_the_administrator_approves_nothing() -> None:
    rows = _rows()
    approving = ("approve", "reject", "confirm-", "confirm_", "publish", "adopt", "override", "dispose")
    assert {
        row for (method, row), people in rows.items()
        if method == "POST" and any(word in row for word in approving) and {"ad", "+ad"} & set(people)
    } == set()  # fmt: skip
    done = {row for (method, row), people in rows.items() if method == "POST" and "+an" in people}
    # To read a whole number is a deed that leaves a trace, and changes nothing else (G-6).
    # A difference in a controlled store is settled by nobody else (3.19).
    settled = {"stores:controlled_settle", "/controlled-openings/{number}/settle"}
    assert done - {"reception:read_phone"} - settled <= OWN_AFFAIRS


# What everybody does for themselves, whatever their role.
OWN_AFFAIRS = {
    "set_language",
    "list_columns",
    "list_keep",
    "front_door:ask",
    "front_door:register",
    "/people/{number}/choose-language",
}
