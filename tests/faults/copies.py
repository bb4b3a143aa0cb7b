"""Copies of the test database as it was at a moment of the story; every question of a harness is asked of a copy of its own.

New rows get numbers of seven digits there, so that two courses of events can be compared although one has skipped some.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections

from tests.rows import written

FIRST_NEW = 1_000_000
# How often all tables are looked at, where one looks mostly at those that were seen to change.
BRIEFLY = 30
# Made with the tables, and the same at every moment.
SETTLED = frozenset({"django_migrations", "django_content_type", "auth_permission"})
# What nobody's deed is: sessions are the browser's.
NOT_OURS = frozenset({"django_session"})
Rows = dict[str, list[dict[str, Any]]]
_names = itertools.count(1)


class Copies:
    """Where the copies are kept; one kind for each database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = sorted(written(connection) - SETTLED)
        self.kept: list[str] = []
        # How many requests the copy that is lent now has heard.
        self.heard = 0

    def keep(self, first: int = FIRST_NEW) -> str:
        """Keep the database that is asked now as it is; gives the copy's name.

        first   after which new rows are numbered there: higher where there are new ones already
        """
        raise NotImplementedError

    def rows(self, database: str) -> Rows:
        """Every row of a copy, by table."""
        raise NotImplementedError

    def clone(self, kept: str) -> str:
        """A copy of a copy, to be spoilt."""
        raise NotImplementedError

    def drop(self, database: str) -> None:
        """Throw a copy away."""
        raise NotImplementedError

    @contextmanager
    def lent(self, kept: str) -> Generator[str]:
        """A copy of a copy, for as long as the block lasts."""
        database, self.heard = self.clone(kept), 0
        try:
            yield database
        finally:
            self.drop(database)

    @contextmanager
    def briefly(self) -> Generator[None]:
        """Look, for as long as the block lasts, mostly where something was ever seen to change; every verb must be known before."""
        yield

    def rest(self) -> None:
        """Hold nothing between the tests."""

    def close(self) -> None:
        """Throw all away."""
        for each in self.kept:
            self.drop(each)


class Files(Copies):
    """SQLite: a copy is a file."""

    def keep(self, first: int = FIRST_NEW) -> str:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        copy = self.clone(str(connection.settings_dict["NAME"]))
        with closing(sqlite3.connect(copy)) as raw, raw:
            raw.execute("DELETE FROM sqlite_sequence")
            raw.executemany("INSERT INTO sqlite_sequence VALUES (?, ?)", [(each, first) for each in self.tables])
        self.kept.append(copy)
        return copy

    def clone(self, kept: str) -> str:
        copy = self.folder / f"{next(_names)}.sqlite3"
        shutil.copyfile(kept, copy)
        return str(copy)

    def drop(self, database: str) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(database + ending).unlink(missing_ok=True)

    def rows(self, database: str) -> Rows:
        found: Rows = {}
        with closing(sqlite3.connect(database)) as raw:
            for table in self.tables:
                asked = raw.execute(f'SELECT * FROM "{table}"')
                if lines := asked.fetchall():
                    names = [column for column, *_ in asked.description]
                    found[table] = [dict(zip(names, line, strict=True)) for line in lines]
        return found


class Database(Copies):
    """PostgreSQL: making a database of five hundred tables takes a second, so the one there is gets back the rows that it had."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._admin: psycopg.Connection[Any] | None = None
        self._moments: dict[str, dict[str, list[str]]] = {}
        self._firsts: dict[str, int] = {}
        self._seen: dict[str, tuple[str | None, list[str]]] = {}
        self._columns: dict[str, str] = {}
        # The tables that were seen to change, and how often one looked in nothing but those.
        self._lively: set[str] = set()
        self._is_brief, self._looks = False, 0

    @property
    def admin(self) -> psycopg.Connection[Any]:
        """A connection that nobody kills."""
        if self._admin is None or self._admin.closed:
            known = connection.settings_dict
            self._admin = psycopg.connect(
                dbname=known["NAME"], user=known["USER"], password=known["PASSWORD"] or None, host=known["HOST"],
                port=known["PORT"] or None, autocommit=True,
            )  # fmt: skip
        return self._admin

    @contextmanager
    def briefly(self) -> Generator[None]:
        """Five hundred tables at each look would be most of the time. All of them are looked at every `BRIEFLY` times and at the end, and
        nothing puts back the others in between: a row that strays into one of them is found then."""
        self._is_brief = True
        try:
            yield
        finally:
            self._is_brief = False
        known = set(self._lively)
        self._now()
        assert self._lively == known, f"Rows strayed into {sorted(self._lively - known)}"

    def _looked_at(self) -> list[str]:
        self._looks += 1
        return sorted(self._lively) if self._is_brief and self._looks % BRIEFLY else self.tables

    def _now(self) -> dict[str, list[str]]:
        """All rows, by table; those of a table in which nothing was written since are remembered."""
        # Where a row stands and who wrote it: no two writings of it agree in both, and to read no more than that costs little.
        place = "SELECT '{0}', string_agg(ctid::text || xmin::text, '') FROM \"{0}\""
        asked = " UNION ALL ".join(place.format(table) for table in self._looked_at())
        with self.admin.transaction(), self.admin.cursor() as cursor:
            # One moment for both questions.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            places = dict(cursor.execute(asked).fetchall())
            for table, place in places.items():
                if table not in self._seen or self._seen[table][0] != place:
                    if table in self._seen:
                        self._lively.add(table)
                    lines = cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t').fetchall()
                    self._seen[table] = place, [line for (line,) in lines]
        return {table: lines for table, (_, lines) in self._seen.items() if lines}

    def keep(self, first: int = FIRST_NEW) -> str:
        name = f"moment {next(_names)}"
        self._moments[name], self._firsts[name] = self._now(), first
        return name

    def clone(self, kept: str) -> str:
        """Bring back the rows of that moment, in the tables that have others now."""
        self._alone()
        then, now = self._moments[kept], self._now()
        with self.admin.transaction(), self.admin.cursor() as cursor:
            # Neither triggers nor foreign keys ask about what is only put back.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in then.keys() | now.keys():
                if sorted(then.get(table, [])) != sorted(now.get(table, [])):
                    self._put_back(cursor, table, then.get(table, []))
            cursor.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s) FROM pg_sequences"
                " WHERE last_value IS DISTINCT FROM %s",
                [self._firsts[kept]] * 2,
            )
        return str(connection.settings_dict["NAME"])

    def _put_back(self, cursor: Any, table: str, lines: list[str]) -> None:
        cursor.execute(f'DELETE FROM "{table}"')
        if lines:
            columns = self._columns_of(cursor, table)
            cursor.execute(
                f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE'
                f' SELECT {columns} FROM jsonb_populate_recordset(NULL::"{table}", %s)',
                [f"[{','.join(lines)}]"],
            )

    def _columns_of(self, cursor: Any, table: str) -> str:
        """What can be written, as it stands in an INSERT; a table keeps its columns."""
        if table not in self._columns:
            cursor.execute(
                "SELECT string_agg(format('%%I', column_name), ', ') FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            (self._columns[table],) = cursor.fetchone()
        return self._columns[table]

    def _alone(self) -> None:
        """Wait until the connections of those who were killed are gone; they are ended if they are not."""
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        self.admin.execute(f"SELECT pg_terminate_backend(pid, 5000) {others}")

    def drop(self, database: str) -> None:
        """There is none of its own."""

    def rows(self, database: str) -> Rows:
        lines = self._moments[database] if database in self._moments else self._now()
        return {table: [json.loads(line) for line in each] for table, each in lines.items()}

    def waits(self) -> bool:
        """Whether somebody waits for somebody else's lock."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return bool((self.admin.execute(asked).fetchone() or (0,))[0])

    def rest(self) -> None:
        """Let go of the connection between the tests, else the test database could not be dropped."""
        if self._admin is not None:
            self._admin.close()


def copies(folder: Path) -> Copies:
    """The kind that the test database needs."""
    return Database(folder) if connection.vendor == "postgresql" else Files(folder)


# --- Comparing

Volatile = Mapping[str, Iterable[str]]
Shape = Mapping[str, Counter[str]]


def shape(rows: Rows, volatile: Volatile, known: tuple[Rows, Shape] | None = None) -> Shape:
    """What can be compared: without instants and random keys, and with every new number as one word.

    known   rows and their shape; a table that is as it is there needs no second look
    """
    then, shapes = known or ({}, {})
    return {
        table: shapes[table]
        if table in shapes and then[table] == lines
        else Counter(_line(line, frozenset(volatile.get(table, ()))) for line in lines)
        for table, lines in rows.items()
        if table not in NOT_OURS
    }


def _line(line: Mapping[str, Any], volatile: frozenset[str]) -> str:
    return _plain({name: value for name, value in line.items() if name not in volatile})


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
    return re.sub(r"\b[1-9]\d{6}\b", "new", text)


def differing(one: Rows, other: Rows) -> dict[str, set[str]]:
    """The columns in which two tellings of the same verb differ: instants, random keys, and what is made of them."""
    found: dict[str, set[str]] = {}
    for table in one.keys() & other.keys():
        for mine, yours in zip(_ordered(one[table]), _ordered(other[table]), strict=False):
            found.setdefault(table, set()).update(name for name in mine if _plain(mine[name]) != _plain(yours[name]))
    return found


def _ordered(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(lines, key=lambda line: str(line.get("id", "")))


def difference(one: Shape, other: Shape) -> str:
    """In words: what the first has that the other has not, and the reverse."""
    said = []
    for table in sorted(one.keys() | other.keys()):
        more, less = (
            one.get(table, Counter()) - other.get(table, Counter()),
            other.get(table, Counter()) - one.get(table, Counter()),
        )
        said += [f"+{table} {line[:160]}" for line in more] + [f"-{table} {line[:160]}" for line in less]
    return "; ".join(said[:6])
