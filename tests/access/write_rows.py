"""Writes down who gets in where, as it is now: `pytest tests/access/write_rows.py` — then read every changed line."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.access import pages, programs
from tests.access.asking import everybodys, write
from tests.access.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]


def test_write_the_rows(scene: Scene, clients: dict[str, Client]) -> None:
    for client in clients.values():
        client.raise_request_exception = False
    write("rows.txt", everybodys(list(pages.questions(scene)), clients))
    write("api_rows.txt", everybodys(list(programs.questions(scene)), clients))
