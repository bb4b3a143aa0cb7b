"""Writes down who gets in where, as it is now: `pytest tests/access/write_rows.py` — then read every changed line."""

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


@pytest.mark.django_db
@pytest.mark.no_books
def test_write_rows(shop: Shop, signed_in: Callable[[str], Client], settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    scene = Scene(shop)
    clients = {name: signed_in(name) for name in (*OWN, *OTHER)}
    for client in clients.values():
        client.raise_request_exception = False
    lines = [
        f"{method:<4} {route.name:<34} {who_gets_in(clients, scene, route, method)}".rstrip()
        for route in routes()
        for method in METHODS
    ]
    ROWS.write_text("\n".join(line for line in lines if not line.endswith(" -")) + "\n", encoding="utf-8")
