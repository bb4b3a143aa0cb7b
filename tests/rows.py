"""Which tables hold rows: those that a test has written to, that have books to be read, and that must be empty again.

Our hundred tables are empty in nearly every test. Truncating all of them, and writing Django's own rows again, took PostgreSQL a
second a test; asking every invariant took a third of all the tests' time, and building the same queries anew a fifth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import time_machine
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from guiju.kernel import trail, verification
from guiju.kernel.constraints import MARK
from guiju.kernel.prepared import Question

# Made with the tables, and the same for every test.
OF_THE_INSTALLATION = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "kernel_edition", "kernel_sealkey"}
)

Said = list[tuple[str, Any]]
Asked = Callable[[], Iterable[Any]]

# Where each question begins to read, and what it says to the database while it finds nothing there; noted once in a run.
_reads: dict[verification.Question, frozenset[str]] = {}
_says: dict[verification.Question, Said] = {}


def written(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables that people's deeds write; what SQLite keeps beside them of pieces (kernel.pieces) follows by triggers."""
    return {table for table in connection.introspection.table_names() if not table.startswith(f"{MARK}_")}


def holding(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables with rows in them."""
    tables = written(connection) - OF_THE_INSTALLATION
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in sorted(tables))
    with connection.cursor() as cursor:
        # To plan three hundred tables takes PostgreSQL twenty milliseconds, and to look into them one.
        cursor.execute(Question(" UNION ALL ".join(each)))
        return {table for (table,) in cursor.fetchall()}


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete every row, books included: their triggers are set aside, and back in the same transaction."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor, ExitStack() as afterwards:
        if connection.vendor == "postgresql":
            # The app's role may not; whoever made the test database may.
            cursor.execute("SET LOCAL ROLE NONE")
        for table in sorted(holding(connection)):
            for statement in _set_triggers_aside(table, cursor, connection):
                afterwards.callback(cursor.execute, statement)
            cursor.execute(f'DELETE FROM "{table}"')
        if connection.vendor == "postgresql":
            # A table that still has keys to check can't have its triggers back.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _set_triggers_aside(table: str, cursor: Any, connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Stop a table's triggers; gives the statements that bring them back."""
    if connection.vendor == "postgresql":
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        return iter([f'ALTER TABLE "{table}" ENABLE TRIGGER USER'])
    # Those that refuse; those that keep the pieces level do so here too.
    asked = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND sql LIKE '%%RAISE(ABORT%%'"
    )
    cursor.execute(asked, [table])
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return iter([sql for _, sql in triggers])


# --- The books


def note() -> None:
    """Note where each question begins to read; once, while no table holds rows.

    A question asks the database and nothing else, and is content with empty books. It can only go another way than it
    went here when a table from which it selected here holds rows: so where all of them are empty it need not be asked.
    """
    if _reads or holding(connection):
        return
    tables = written(connection)
    for _name, ask in verification.questions():
        said = _said_by(ask)
        _reads[ask] = frozenset().union(*(begins_with(sql, tables) for sql, _ in said))
        with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
            is_timeless = _said_by(ask) == said
        # What counts or sums has an answer of empty books too.
        if is_timeless and _find_nothing(said):
            _says[ask] = said


def _said_by(ask: verification.Question) -> Said:
    said: Said = []
    with connection.execute_wrapper(_listening(said)):
        assert list(ask()) == [], f"{ask} finds fault with empty books"
    return said


def _find_nothing(said: Said) -> bool:
    """Whether all these queries, made once and said again, still find no row.

    Then a question that said them is told nothing else than by the empty books, with which it is content. That need not be
    put to it: Django takes ten times as long for building its queries as the database for answering them.
    """
    with connection.cursor() as cursor:
        for sql, values in said:
            cursor.execute(sql, values)
            if cursor.fetchone() is not None:
                return False
    return True


def begins_with(sql: str, tables: set[str]) -> set[str]:
    """The tables without whose rows a query finds nothing, whatever it joins to them or asks beside."""
    outermost, before = sql, ""
    while outermost != before:
        outermost, before = re.sub(r"\([^()]*\)", " ", outermost), outermost
    found = set(re.findall(r'\bFROM\s+"?(\w+)', outermost)) & tables
    # A query of a query: then any table in it.
    return found if len(re.findall(r"\bFROM\b", outermost)) == len(found) else set(re.findall(r"\w+", sql)) & tables


def _listening(said: Said) -> Callable[..., Any]:
    def listen(execute: Callable[..., Any], sql: str, values: Any, *more: Any) -> Any:
        said.append((sql, values))
        return execute(sql, values, *more)

    return listen


@dataclass(slots=True)
class _Step:
    """A statement of a question that was content, and what it said next, by what it was told; nothing where that was all.

    One that said something else although it was told the same is believed no more.
    """

    said: tuple[str, Any]
    told: dict[str, _Step | None] = field(default_factory=dict)


# How each question began that was content, in the zone that stood; and those that ask something else than the database as well: the clock.
_begins: dict[tuple[Asked, str], _Step] = {}
_capricious: set[Asked] = set()


def _is_told_the_same(ask: Asked) -> bool:
    """Whether the database answers all that this question would say as it did once before, when it was content.

    A question asks the database and nothing else: told the same, it says the same. Two tests in three leave an order as another has
    left it; to say the statements again costs a tenth of writing them anew.
    """
    step = _begins.get((ask, timezone.get_current_timezone_name()))
    while step is not None and ask not in _capricious:
        told = _told(step.said)
        if told not in step.told:
            return False
        step = step.told[told]
        if step is None:
            return True
    return False


def _told(said: tuple[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(*said)
        # Numbers of SQLite are of one kind, whatever column they come from: 1 and "1" differ, as does the order of rows.
        return repr(cursor.fetchall())


def _ask(ask: Asked) -> list[Any]:
    """Put the question; where it finds nothing, what it said and was told is kept."""
    said: Said = []
    with connection.execute_wrapper(_listening(said)), _looking_at_the_clock() as looks:
        found = list(ask())
    if looks:
        _capricious.add(ask)
    if not found and said:
        _keep(ask, said)
    return found


@contextmanager
def _looking_at_the_clock() -> Generator[list[str]]:
    looks: list[str] = []
    now = timezone.now

    def look() -> datetime:
        looks.append("now")
        return now()

    with patch.object(timezone, "now", look):
        yield looks


def _keep(ask: Asked, said: Said) -> None:
    step = _begins.setdefault((ask, timezone.get_current_timezone_name()), _Step(said[0]))
    for each, following in zip(said, [*said[1:], None], strict=True):
        if step.said != each:
            _capricious.add(ask)
            return
        told = _told(each)
        known = step.told.setdefault(told, None if following is None else _Step(following))
        if known is None or following is None:
            if known is not following:
                _capricious.add(ask)
            return
        step = known


def disagreements(*, only: str = "") -> list[str]:
    """What every invariant that has rows to look at finds wrong.

    only   those of one context, as in verification.run
    """
    held = holding(connection)
    found = [
        f"{name} {says}"
        for name, ask in verification.questions(only=only)
        if ask not in _reads or (_reads[ask] & held and not (ask in _says and _find_nothing(_says[ask])))
        if not _is_told_the_same(ask)
        for says in _ask(ask)
    ]
    found += [f"PLT-1 {says}" for says in trail.walk()]
    if not _is_told_the_same(trail.astray):
        found += [f"{name} {says}" for name, says in _ask(trail.astray)]
    return found
