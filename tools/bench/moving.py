"""The same databases on PostgreSQL: each moved from SQLite once, table by table, by COPY, and kept as the server keeps it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools import postgres
from tools.bench import ground

ROWS_AT_ONCE = 5_000


def on_postgres(scratch: Path, size: int, folder: Path, programs: Path, module: str = "tools.bench.ground") -> Path:
    """A fresh copy of what a server keeps of a database of that size; what is copied is moved there once.

    folder   the same on SQLite
    module   who made it
    """
    made = scratch / f"{ground.fingerprint()}-{module.rpartition('.')[2]}-{size}-postgresql"
    if not made.exists():
        unfinished = made.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        # It waits for no disk meanwhile: all of it is written when the server is stopped.
        with postgres.server(programs, data=unfinished) as address:
            move(folder, address)
        unfinished.rename(made)
    copy = scratch / "copy-postgresql"
    shutil.rmtree(copy, ignore_errors=True)
    # With its owner, whom Python would not copy.
    subprocess.run(["cp", "-a", str(made), str(copy)], check=True)
    return copy


def move(folder: Path, address: str) -> None:
    """Make the tables there, and copy every row of the folder's database into them."""
    import psycopg

    environment = ground.environment(folder, address)
    with psycopg.connect(address.replace("/guiju?", "/postgres?"), autocommit=True) as made:
        made.execute("CREATE DATABASE guiju")
    subprocess.run(
        [sys.executable, "-m", "guiju.conf.cli", "migrate", "-v", "0"], env=environment, check=True, cwd=ground.ROOT
    )
    with psycopg.connect(address) as target, sqlite3.connect(folder / ground.DATABASE) as source:
        # Rows that held on the one side hold on the other: no trigger and no foreign key is asked again.
        target.execute("SET session_replication_role = replica")
        target.execute("SET maintenance_work_mem = '256MB'")
        rows = target.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = [name for (name,) in rows if name != "django_migrations"]
        # In one statement: each by itself waits for the disk.
        target.execute("TRUNCATE {}".format(", ".join(f'"{name}"' for name in names)))
        for name in names:
            _copy(source, target, name)
    with psycopg.connect(address, autocommit=True) as target:
        # As a database is after its first night, and not in the middle of it.
        target.execute("VACUUM ANALYZE")


def _copy(source: sqlite3.Connection, target: Any, name: str) -> None:
    kinds = target.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [name],
    ).fetchall()
    if source.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is None:
        return
    indexes = _without_indexes(target, name) if _is_large(source, name) else []
    columns = ", ".join(f'"{column}"' for column, _ in kinds)
    with target.cursor().copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
        for some in _lines(source, name, kinds):
            copy.write(some)
    for create in indexes:
        target.execute(create)
    if any(column == "id" for column, _ in kinds):
        sequence = target.execute("SELECT pg_get_serial_sequence(%s, 'id')", [name]).fetchone()[0]
        if sequence:
            target.execute(f"SELECT setval('{sequence}', coalesce((SELECT max(id) FROM \"{name}\"), 1))")


def _lines(source: sqlite3.Connection, name: str, kinds: list[tuple[str, str]]) -> Iterator[str]:
    """The rows as COPY reads them, written by SQLite itself: a million of them cost Python nothing each."""
    written = " || char(9) || ".join(_written(column, kind) for column, kind in kinds)
    asked = source.execute(f'SELECT {written} FROM "{name}"')
    while some := asked.fetchmany(ROWS_AT_ONCE):
        yield "".join(f"{line}\n" for (line,) in some)


def _written(column: str, kind: str) -> str:
    value = f'"{column}"'
    if kind == "boolean":
        value = f"CASE {value} WHEN 0 THEN 'f' WHEN 1 THEN 't' END"
    elif kind not in {"integer", "bigint", "smallint"}:
        for letter, instead in (
            (92, "char(92, 92)"),
            (9, "char(92) || 't'"),
            (10, "char(92) || 'n'"),
            (13, "char(92) || 'r'"),
        ):
            value = f"replace({value}, char({letter}), {instead})"
    return f"coalesce({value}, char(92) || 'N')"


LARGE = 20_000


def _is_large(source: sqlite3.Connection, name: str) -> bool:
    return source.execute(f'SELECT 1 FROM "{name}" LIMIT 1 OFFSET {LARGE}').fetchone() is not None


def _without_indexes(target: Any, name: str) -> list[str]:
    """Take away the indexes that no constraint stands on: over all rows at once they are made in a fraction of the time."""
    found = target.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), obj_description(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [f'"{name}"'],
    ).fetchall()
    for index, _create, _said in found:
        target.execute(f"DROP INDEX {index}")
    # The comment is how kernel.installing knows that it is its own.
    comments = [f"COMMENT ON INDEX {index} IS '{said}'" for index, _create, said in found if said]
    return [*(create for _index, create, _said in found), *comments]
