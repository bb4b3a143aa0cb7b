"""Fold the initial migrations so that each makes its tables whole: `python -m tools.fold`; `--check` only says which are not.

`makemigrations` makes a table first and adds its keys, constraints and indexes one by one. SQLite can add none of them to a
table that stands: each remakes the table, and a new installation would wait half a minute for tables that hold nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import django
from django.db.migrations import CreateModel, Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter

ROOT = Path(__file__).resolve().parent.parent
# What the state of the models does not tell: a migration with one of these is left as it is.
MORE_THAN_TABLES = (RunPython, RunSQL, SeparateDatabaseAndState)


def initial_migrations(loader: MigrationLoader) -> Iterator[list[Migration]]:
    """Each context's initial migrations, in their order; a context has several when it was written in two goes."""
    ours = [each for each in loader.disk_migrations.values() if each.__module__.startswith("guiju.")]
    for app_label in sorted({each.app_label for each in ours}):
        mine = sorted((each for each in ours if each.app_label == app_label), key=lambda each: each.name)
        first = list(takewhile(lambda each: each.initial, mine))
        if first and not any(isinstance(each, MORE_THAN_TABLES) for one in first for each in one.operations):
            yield first


def folded(loader: MigrationLoader, migrations: list[Migration]) -> Migration:
    """One migration that makes what these make, each table in one step."""
    first, last = migrations[0], migrations[-1]
    state = loader.project_state([(last.app_label, last.name)])
    needed = {each for one in migrations for each in one.dependencies if each[0] != first.app_label}
    tables = [each for (app_label, _), each in state.models.items() if app_label == last.app_label]
    contents = {
        "initial": True,
        # A dependency on whatever model people sign in with is written as a setting, and read as a pair of names.
        "dependencies": sorted(
            ("__setting__", each.setting) if isinstance(each, SwappableTuple) else each for each in needed
        ),
        "operations": create_all(tables),
    }
    whole: type[Migration] = type("Migration", (Migration,), contents)
    return whole(first.name, first.app_label)


def create_all(models: list[ModelState]) -> list[Operation]:
    """Make each table after those that it points to.

    raises   SystemExit when two tables point to each other: SQLite would remake one of them
    """
    waiting, operations = {each.name_lower: each for each in models}, list[Operation]()
    while waiting:
        ready = [each for name, each in waiting.items() if not (targets(each) - {name}) & waiting.keys()]
        if not ready:
            raise SystemExit(f"{models[0].app_label}: these tables point to one another: {', '.join(waiting)}")
        operations.append(create(waiting.pop(ready[0].name_lower)))
    return operations


def targets(model: ModelState) -> set[str]:
    """The models of its own context that a model points to, in small letters."""
    pointed_to = (field.remote_field.model for field in model.fields.values() if field.remote_field)
    names = [str(each).lower().rpartition(".") for each in pointed_to]
    return {name for app_label, _, name in names if app_label in {"", model.app_label}}


def create(model: ModelState) -> Operation:
    """The step that makes a table with all that belongs to it."""
    options = {key: value for key, value in model.options.items() if value or key not in {"constraints", "indexes"}}
    return CreateModel(model.name, list(model.fields.items()), options, model.bases, model.managers)


def main(arguments: list[str]) -> int:
    """Write the files that change, and say which."""
    django.setup()
    loader, changed = MigrationLoader(None), 0
    for migrations in initial_migrations(loader):
        paths = [ROOT / f"{each.__module__.replace('.', '/')}.py" for each in migrations]
        before = paths[0].read_text(encoding="utf-8")
        # The line that says which Django wrote it, and when, stays: only the way of making the tables is another.
        header = "".join(takewhile(lambda line: line.startswith("#"), before.splitlines(keepends=True)))
        after = f"{header}\n{MigrationWriter(folded(loader, migrations), include_header=False).as_string().lstrip()}"
        if after == before and len(paths) == 1:
            continue
        changed += 1
        print("unfolded:" if "--check" in arguments else "folded:", *(path.relative_to(ROOT) for path in paths))
        if "--check" not in arguments:
            paths[0].write_text(after, encoding="utf-8")
            for path in paths[1:]:
                path.unlink()
    return int(changed > 0 and "--check" in arguments)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    sys.exit(main(sys.argv[1:]))
