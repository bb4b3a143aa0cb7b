"""An initial migration makes each table whole: a new installation then remakes none of them, one constraint at a time.

`python -m tools.fold` folds what `makemigrations` has written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveField,
    RenameField,
    RenameModel,
)
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


# --- The version before (F19, G36)

# The migrations of the last release, by context and name: who releases writes them here, and the rule then holds for all that follow.
RELEASED: frozenset[tuple[str, str]] = frozenset()
CHANGES = Path(__file__).parents[2] / "CHANGELOG.md"


def breaking(migrations: Iterable[Migration]) -> Iterator[str]:
    """Steps after which the code of the version before no longer works: it writes no column of which it does not know."""
    every = list(migrations)
    new = {
        (each.app_label, step.name_lower) for each in every for step in each.operations if isinstance(step, CreateModel)
    }
    for each in every:
        for step in each.operations:
            is_new = (each.app_label, getattr(step, "model_name", "").lower()) in new
            if not is_new and (
                isinstance(step, RenameField | RenameModel | DeleteModel | RemoveField)
                or (isinstance(step, AddField) and not _is_filled(step.field))
            ):
                yield f"{each.app_label}.{each.name}: {step.describe()}"


def _is_filled(field: models.Field[Any, Any]) -> bool:
    """Whether the database itself puts something into the column."""
    return (
        field.null
        or field.many_to_many
        or field.db_default is not models.NOT_PROVIDED
        or isinstance(field, models.GeneratedField)
    )


@pytest.mark.shows("F19", "G36")
def test_a_migration_keeps_the_version_before_it_working(settings: Any) -> None:
    was_released = re.search(r"^## \d", CHANGES.read_text(encoding="utf-8"), re.MULTILINE) is not None
    assert bool(RELEASED) is was_released, "Write the migrations of the release into RELEASED."
    if was_released:
        assert list(breaking(each for each in ours(settings) if (each.app_label, each.name) not in RELEASED)) == []


def test_a_migration_that_breaks_the_version_before_is_found() -> None:
    second, third = Migration("0002_more", "stock"), Migration("0003_less", "stock")
    second.operations = [
        CreateModel("Bin", [("id", models.BigAutoField(primary_key=True))]),
        AddField("bin", "code", models.CharField(max_length=9)),
        AddField("shelf", "room", models.CharField(max_length=9, db_default="")),
        AddField("shelf", "row", models.IntegerField(null=True)),
        AddField("shelf", "deep", models.IntegerField(default=3)),
    ]
    third.operations = [RemoveField("shelf", "room"), RenameField("shelf", "row", "line")]
    found = list(breaking([second, third]))
    assert [each.split(":")[0] for each in found] == ["stock.0002_more", "stock.0003_less", "stock.0003_less"]
    assert "deep" in found[0]
