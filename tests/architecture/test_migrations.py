"""An initial migration makes each table whole: a new installation then remakes none of them, one constraint at a time.

`python -m tools.fold` folds what `makemigrations` has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader


def ours(settings: Any) -> list[Migration]:
    """Every migration of this house, as its file has it: the tests' own tables are made without them."""
    settings.MIGRATION_MODULES = {}
    every = MigrationLoader(None).disk_migrations.values()
    return [migration for migration in every if migration.__module__.startswith("guiju.")]


def made_in_pieces(migrations: Iterable[Migration]) -> Iterator[str]:
    """Steps of initial migrations that add to a table which the same context's initial migrations have only just made."""
    initial = [each for each in migrations if each.initial]
    steps = [(each, step) for each in initial for step in each.operations]
    new = {(each.app_label, step.name_lower) for each, step in steps if isinstance(step, CreateModel)}
    for each, step in steps:
        if isinstance(step, AddConstraint | AddIndex | AddField) and (each.app_label, step.model_name.lower()) in new:
            yield f"{each.app_label}.{each.name}: {step.describe()}"


def test_there_are_migrations_to_look_at(settings: Any) -> None:
    assert len(ours(settings)) >= 18


def test_an_initial_migration_makes_each_table_whole(settings: Any) -> None:
    assert list(made_in_pieces(ours(settings))) == []


def test_a_table_that_is_made_in_pieces_is_found() -> None:
    table = CreateModel(
        "Shelf", [("id", models.BigAutoField(primary_key=True)), ("code", models.CharField(max_length=9))]
    )
    pieces = [
        AddField("shelf", "room", models.CharField(max_length=9)),
        AddIndex("shelf", models.Index(fields=["code"], name="shelf_code")),
        AddConstraint("Shelf", models.UniqueConstraint(fields=["code"], name="a_code_is_used_once")),
    ]
    first, second, later = (Migration(name, "stock") for name in ("0001_initial", "0002_initial", "0003_shelf"))
    first.initial, second.initial, later.initial = True, True, False
    first.operations, second.operations, later.operations = [table, pieces[0]], pieces[1:2], pieces[2:]
    assert [found.split(":")[0] for found in made_in_pieces([first, second, later])] == [
        "stock.0001_initial",
        "stock.0002_initial",
    ]
    # What comes later changes tables that hold rows somewhere, and may add to them.
    assert list(made_in_pieces([later])) == []
