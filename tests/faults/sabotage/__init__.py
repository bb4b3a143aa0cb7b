"""Saboteurs: each takes one control away, and the run fails unless some test notices (`./run campaign sabotage`).

A file of this folder says what its context would miss, in CONSTRAINTS (test: names of constraints, with blanks between), SABOTEURS or
OF_ROWS (seen on PostgreSQL alone); it is taken in by being there.

SABOTAGE=name   in the environment of a test run, takes that control away before the tables are made; never outside the tests
"""

from __future__ import annotations

import os
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.faults.sabotage.ways import Saboteur, without

_FILES = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]


def _told(name: str) -> list[tuple[str, Any]]:
    """What all files tell under that name; no two of them tell of the same."""
    return [told for file in _FILES for told in getattr(file, name, {}).items()]


def _once(told: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(told) == len(dict(told)), (
        f"Told twice: {[name for name, _ in told if [n for n, _ in told].count(name) > 1]}"
    )
    return dict(told)


# What the database holds true, and where its loss would be seen.
CONSTRAINTS: dict[str, str] = _once([(name, test) for test, names in _told("CONSTRAINTS") for name in names.split()])
OF_ROWS = _once(_told("OF_ROWS"))
SABOTEURS: dict[str, Saboteur] = _once([
    *_told("SABOTEURS"),
    *((name, Saboteur(f"the database holds no {name}", without(name), test)) for name, test in CONSTRAINTS.items()),
    *((name, Saboteur(f"not so: {control}", take, test, on_postgresql=True)) for name, (control, take, test) in OF_ROWS.items()),
])  # fmt: skip


def commit() -> None:
    """Take away the control that the environment names, if any."""
    if name := os.environ.get("SABOTAGE"):
        SABOTEURS[name].commit()
