"""The database to a file and back, on SQLite and on PostgreSQL: consistent while people work, and whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from guiju.kernel import reach

SETTING = "guiju.units"

# Where Debian keeps the programs of each version, off the PATH.
SERVERS = Path("/usr/lib/postgresql")
# What libpq calls the settings and options that Django knows by other names.
NAMES = {"NAME": "PGDATABASE", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "HOST": "PGHOST", "PORT": "PGPORT"}
OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


class CannotDoThat(Exception):
    """A backup or a restore that cannot be, and why."""


@dataclass(frozen=True)
class Found:
    """What stood in the database at the instant of the dump.

    head       the last link of the audit chain
    counts     rows of each table
    evidence   SHA-256 of each picture that a row knows
    """

    head: tuple[int, str]
    counts: Mapping[str, int]
    evidence: frozenset[str]


def dump(target: Path) -> Found:
    """Write the database as it stands at one instant."""
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgresql(target)


def load(source: Path, *, expected: Mapping[str, int]) -> None:
    """Put the dumped database in the place of what is there, whole or not at all.

    expected   rows of each table, as they were counted when it was dumped
    raises     CannotDoThat
    """
    connections.close_all()
    if connection.vendor == "sqlite":
        _load_sqlite(source, expected)
    else:
        _load_postgresql(source)


def applied(source: Path) -> frozenset[tuple[str, str]]:
    """The migrations, by app and name, that had made the tables of the dumped database: its age."""
    return _applied_sqlite(source) if connection.vendor == "sqlite" else _applied_postgresql(source)


def is_empty() -> bool:
    """Whether the house has not been founded here."""
    with connection.cursor() as cursor:
        if "people_unit" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT 1 FROM people_unit LIMIT 1")
        return cursor.fetchone() is None


def _look(cursor: Any, tables: Iterable[str]) -> Found:
    """Count and read, in words that both databases know."""
    counts = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - a table's name, out of the database itself
        counts[table] = cursor.fetchone()[0]
    cursor.execute("SELECT seq, digest FROM kernel_trailseal ORDER BY seq DESC LIMIT 1")
    seq, digest = cursor.fetchone() or (0, "")
    cursor.execute("SELECT DISTINCT sha256 FROM kernel_evidence")
    return Found((seq, digest), counts, frozenset(sha256 for (sha256,) in cursor.fetchall()))


# --- SQLite


def _dump_sqlite(target: Path) -> Found:
    with closing(sqlite3.connect(_sqlite_file())) as live, closing(sqlite3.connect(target)) as copy:
        # In one step: pages that somebody writes meanwhile would make it begin again and again.
        live.backup(copy)
        # One file, without the journal beside it that the live database has.
        copy.execute("PRAGMA journal_mode=DELETE")
        return _look(copy.cursor(), _sqlite_tables(copy))


def _load_sqlite(source: Path, expected: Mapping[str, int]) -> None:
    with closing(sqlite3.connect(source)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CannotDoThat("The database in the archive is not whole. Nothing was changed.")
        if _look(copy.cursor(), _sqlite_tables(copy)).counts != dict(expected):
            raise CannotDoThat(
                "The database in the archive has other rows than its manifest says. Nothing was changed."
            )
        # Through SQLite and not by moving files: one transaction, and a server that still runs sees all of it or nothing.
        with closing(sqlite3.connect(_sqlite_file(), timeout=20)) as live:
            copy.backup(live)


def _applied_sqlite(source: Path) -> frozenset[tuple[str, str]]:
    with closing(sqlite3.connect(source)) as copy:
        return frozenset(copy.execute("SELECT app, name FROM django_migrations").fetchall())


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def _sqlite_tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found]


# --- PostgreSQL


def _dump_postgresql(target: Path) -> Found:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # The program dumps exactly what this transaction sees.
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        found = _look(cursor, connection.introspection.table_names(cursor))
        _run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--enable-row-security",
            f"--snapshot={snapshot}", f"--file={target}",
        )  # fmt: skip
        return found


def _load_postgresql(source: Path) -> None:
    script = source.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
    # What is there goes and what was dumped comes in one transaction; tables that a newer Guiju added go too.
    empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
    _run("psql", *quiet, "--single-transaction", f"--command={empty}", f"--file={script}")


def _applied_postgresql(source: Path) -> frozenset[tuple[str, str]]:
    script = source.with_suffix(".migrations")
    _run("pg_restore", "--data-only", "--table=django_migrations", f"--file={script}", str(source))
    # The rows as COPY writes them: id, app, name and when, between tabs.
    rows = (line.split("\t") for line in script.read_text(encoding="utf-8").splitlines())
    return frozenset((row[1], row[2]) for row in rows if len(row) == 4)


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [_find(program), *arguments, "--no-password"], env=_address(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotDoThat(f"{program} failed: {done.stderr.strip()}")


def _find(program: str) -> str:
    newest = max(SERVERS.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which(program)
    if found is None:
        raise CannotDoThat(
            f"{program} is missing; it comes with PostgreSQL's client programs. On Debian or Ubuntu: apt-get install postgresql-client"
        )
    return str(found)


def _address() -> dict[str, str]:
    """Where the database is, for libpq; in the environment, because others see a program's arguments."""
    given = connection.settings_dict
    named = {variable: str(given[name]) for name, variable in NAMES.items() if given[name]}
    options = {variable: str(given["OPTIONS"][name]) for name, variable in OPTIONS.items() if name in given["OPTIONS"]}
    # Row level security binds the owner too: the programs read and write as the house does.
    return {**os.environ, **named, **options, "PGOPTIONS": f"-c {SETTING}={reach.EVERYWHERE}"}
