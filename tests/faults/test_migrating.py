"""Killed at any statement of a migration, and run again: the tables are those of the models, and no row is another one (F19, G36).

The tables of a story that has ended are taken back to an older version, rows and all, and brought forward again. A slice takes
back the newest migration, a campaign all that came after the first version.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.migrations import AddField, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from guiju.kernel import installing, verification
from tests.faults import naive
from tests.faults.apart import apart
from tests.faults.breaking import Step, counting, killed, stepping
from tests.faults.copies import Rows, Volatile, difference, differing, shape
from tests.faults.findings import EVERYTHING, Findings, chosen, told
from tests.faults.story import Story
from tests.faults.verbs import STORY

pytestmark = [
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

NEWEST = 1
CHANGES = re.compile(r"(ALTER|CREATE|DROP) TABLE|INSERT INTO \"new__|COMMIT")
# Where a slice kills: the first statements only look.
CHANGED_BEFORE = 3
Twin = Callable[[], AbstractContextManager[Any]]
# The rows, the tables, and the columns that differ each time.
Whole = tuple[Rows, dict[str, str], Volatile]


def ours() -> list[Migration]:
    """Every migration of this house after the first ones, in the order in which they are done."""
    settings.MIGRATION_MODULES = {}
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [each for each, _ in plan if each.__module__.startswith("guiju.") and not each.initial]


def take_back(number: int) -> tuple[list[str], Volatile]:
    """Take so many of the newest migrations back; gives their names, and the columns whose values are lost on the way back.

    They are fewer where the rows of the story, such as a payment by a method of today, could not be before one of them.
    """
    wanted = ours()[-number:]
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    # The tests' tables come from the models, and are what all migrations together make (tests/conf/test_migrations.py).
    for key in MigrationExecutor(connection).loader.disk_migrations:
        recorder.record_applied(*key)
    newest: list[Migration] = []
    installing.drop_before_migrating()
    for each in reversed(_with_what_builds_on_them(wanted)):
        try:
            MigrationExecutor(connection).migrate([], plan=[(each, True)])
        except IntegrityError:
            break
        newest.insert(0, each)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # it is copied next
    lost: dict[str, set[str]] = {"kernel_edition": {"mark"}}
    for each in newest:
        for step in each.operations:
            if isinstance(step, AddField):
                model = apps.get_model(each.app_label, step.model_name)
                lost.setdefault(model._meta.db_table, set()).update((step.name, f"{step.name}_id"))
    return [f"{each.app_label}.{each.name}" for each in newest], lost


def _with_what_builds_on_them(migrations: list[Migration]) -> list[Migration]:
    """These, and others that cannot be without them, such as the first one of a later context; in the order in which they are done."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    built = {key for each in migrations for key in graph.backwards_plan((each.app_label, each.name))}
    plan = executor.migration_plan(graph.leaf_nodes(), clean_start=True)
    return [each for each, _ in plan if (each.app_label, each.name) in built]


def migrate(step: Step | None = None) -> list[str]:
    """What the owner does; gives the statements."""
    settings.MIGRATION_MODULES = {}
    with stepping(step) if step else nullcontext(), counting() as steps:
        call_command("migrate", by_history=True, verbosity=0)
    return steps


def at_a_change(number: int) -> Step:
    """Kill this very process after its so manieth statement that changes a table."""
    changes = 0

    def step(_number: int, sql: str, go_on: Callable[[], Any]) -> Any:
        nonlocal changes
        got, changes = go_on(), changes + bool(CHANGES.match(sql))
        return killed(1, "after")(1, sql, lambda: got) if changes == number else got

    return step


def tables(database: str) -> dict[str, str]:
    """Every table, index and trigger as SQLite keeps it; a table that was remade says the same with other spaces."""
    with closing(sqlite3.connect(database)) as raw:
        rows = raw.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    # The tests' own database was never migrated, and has no list of what was.
    return {name: " ".join(sorted(re.findall(r"\w+", sql))) for name, sql in rows if "django_migrations" not in name}


def cut(story: Story, old: str, whole: Whole, step: Step, twin: Twin = nullcontext) -> Iterator[str]:
    """What is amiss after a migration was killed there, and run again."""

    def die() -> list[str]:
        with twin():
            return migrate(step)

    with story.copies.lent(old) as database:
        if apart(die, database=database) is not None:
            yield "nobody was killed"
        again = apart(_again, database=database)
        if again:
            yield again
            return
        rows, there, chance = whole
        if (now := tables(database)) != there:
            yield f"other tables: {sorted(name for name in now.keys() | there.keys() if now.get(name) != there.get(name))[:6]}"
        if (left := shape(story.copies.rows(database), chance)) != (kept := shape(rows, chance)):
            yield f"other rows: {difference(left, kept)}"


def _again() -> str:
    try:
        migrate()
    except Exception as error:  # noqa: BLE001  # whatever stops it is what is asked for
        return f"run again: {error}"
    found = [*installing.missing(), *(map(str, verification.run()) if EVERYTHING else ())]
    return f"run again, and then: {found[:5]}" if found else ""


@pytest.mark.slow
@pytest.mark.shows("F19", "G36")
def test_a_migration_that_was_killed_is_run_again(story: Story) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL changes tables within the transaction that it forgets")
    ended = story.kept[STORY[-1].name]
    old = story.copies.clone(ended)
    names, lost = apart(lambda: take_back(NEWEST if not EVERYTHING else len(ours())), database=old)
    assert names
    whole = _whole(story, old, lost)
    findings = Findings("migrating")
    number = len(apart(migrate, database=story.copies.clone(old))) if EVERYTHING else 0
    steps = [killed(at, "after") for at in range(1, number + 1)] or [at_a_change(CHANGED_BEFORE)]
    for at, step in findings.in_time(list(enumerate(chosen(steps, 1), 1))):
        findings.ask(f"point {at}", cut(story, old, whole, step))
    twin = Findings("without a transaction")
    twin.ask("at a change", cut(story, old, whole, at_a_change(CHANGED_BEFORE), naive.without_transaction))
    with told(findings, twin, migrations=names):
        assert not findings.found, "\n".join(findings.found[:20])
        assert any("run again" in each for each in twin.found), "\n".join(twin.found)


def _whole(story: Story, old: str, lost: Volatile) -> Whole:
    """The rows, and the tables, as they are when nobody is killed: those of the models themselves in a slice.

    In a campaign it is done twice: what differs is chance, such as the instant from which something is said to hold.
    """
    if not EVERYTHING:
        ended = story.kept[STORY[-1].name]
        return story.copies.rows(ended), tables(ended), lost
    done = []
    for _ in range(2):
        with story.copies.lent(old) as database:
            apart(migrate, database=database)
            done.append((story.copies.rows(database), tables(database)))
    (rows, there), (again, _) = done
    return rows, there, differing(rows, again)
