"""Move a made database from SQLite to PostgreSQL, table by table, by COPY."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.bench import ground


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
        rows = target.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = [name for (name,) in rows if name != "django_migrations"]
        # In one statement: each by itself waits for the disk.
        target.execute("TRUNCATE {}".format(", ".join(f'"{name}"' for name in names)))
        for name in names:
            _copy(source, target, name)
    with psycopg.connect(address, autocommit=True) as target:
        target.execute("ANALYZE")


def _copy(source: sqlite3.Connection, target: Any, name: str) -> None:
    kinds = target.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [name],
    ).fetchall()
    columns = ", ".join(f'"{column}"' for column, _ in kinds)
    flags = [place for place, (_, kind) in enumerate(kinds) if kind == "boolean"]
    with target.cursor().copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
        for row in source.execute(f'SELECT {columns} FROM "{name}"'):
            values = list(row)
            for place in flags:
                values[place] = None if values[place] is None else bool(values[place])
            copy.write_row(values)
    if any(column == "id" for column, _ in kinds):
        sequence = target.execute("SELECT pg_get_serial_sequence(%s, 'id')", [name]).fetchone()[0]
        if sequence:
            target.execute(f"SELECT setval('{sequence}', coalesce((SELECT max(id) FROM \"{name}\"), 1))")


if __name__ == "__main__":
    move(Path(sys.argv[1]), os.environ["DATABASE_URL"])
