"""What fills the pages of each desk, and what is typed on them: a file a desk or a context, taken in by being there.

A file may tell (a route is named as in `reverse`; one that ends in * stands for all that begin so, and the longest is meant):

POSTED    route: what is typed                                VERBS     route behind which there are many verbs: each of them
OPENED    route: the station whose job is opened, else "paid" FIRST     route: the verb in the address of the page that is opened
NUMBERS   route: what fills its `number` or `code`            KEYS      route: what fills its `pk`
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

_FILES = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]


def told(table: str) -> dict[str, Any]:
    """What all files tell in the table of that name; no two of them tell of the same route."""
    found: dict[str, Any] = {}
    for file in _FILES:
        rows = getattr(file, table, {})
        assert not found.keys() & rows.keys(), f"{file.__name__} tells again: {found.keys() & rows.keys()}"
        found |= rows
    return found


def meant(rows: Mapping[str, Any], route: str) -> Any:
    """The row of that route, or else of the longest beginning that is told; None where there is none."""
    ways = (route, *(route[:length] + "*" for length in range(len(route), 0, -1)))
    return next((rows[way] for way in ways if way in rows), None)
