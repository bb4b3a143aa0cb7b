"""Writes down who gets in where, as it is now: `pytest tests/access/write_rows.py` — then read every changed line.

`ROWS="stores:shelf /stock/" pytest tests/access/write_rows.py` asks only the rows that begin so, and leaves the others as they are.
"""

from __future__ import annotations

import os

import pytest
from django.test import Client

from tests.access import pages, programs
from tests.access.asking import everybodys, write, write_some
from tests.access.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]
BEGINNINGS = tuple(os.environ.get("ROWS", "").split())


def test_write_the_rows(scene: Scene, clients: dict[str, Client]) -> None:
    for client in clients.values():
        client.raise_request_exception = False
    for name, module in (("rows.txt", pages), ("api_rows.txt", programs)):
        questions = list(module.questions(scene))
        if BEGINNINGS:
            asked = everybodys([each for each in questions if each.row.startswith(BEGINNINGS)], clients)
            if asked:
                write_some(name, asked, [each.key for each in questions])
        else:
            write(name, everybodys(questions, clients))
