"""The migrations make the tables of the models: a new installation, as the tests, makes its tables from the models at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.db import connection

# PostgreSQL's own description of a table, of what must hold of it, and of the way into it.
ASKED_OF_POSTGRES = """
SELECT table_name, format('%s %s(%s) %s %s %s', column_name, udt_name, character_maximum_length, is_nullable, column_default, is_identity)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT conrelid::regclass::text, format('%s %s', conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
UNION ALL
SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT tgrelid::regclass::text, format('%s %s %s', pg_get_triggerdef(oid), obj_description(oid, 'pg_trigger'), tgenabled)
FROM pg_trigger WHERE NOT tgisinternal
"""


def ours(description: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What is said of this house's own tables."""
    tables = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("guiju.")}
    return {(table, part) for table, part in description if table in tables}


def migrate(data: Path, database: str = "", *said: str) -> None:
    """Make a new installation, along the whole history unless it is said otherwise."""
    program, words = ("guiju.conf.cli", said) if said else ("tests.conf.history", ("--by-history",))
    command = [sys.executable, "-m", program, "migrate", "--verbosity", "0", *words]
    environment = {**os.environ, "GUIJU_DATA": str(data), "DATABASE_URL": database}
    subprocess.run(command, env=environment, check=True)


def parts(sql: str) -> Iterator[str]:
    """The columns and constraints in a CREATE TABLE, in whatever order; anything else whole."""
    head, _, inside = sql.partition("(")
    if not head.startswith("CREATE TABLE"):
        yield sql
        return
    depth, part = 0, ""
    for letter in inside[: inside.rindex(")")]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def described_by_sqlite(rows: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(table, part) for table, sql in rows if sql for part in parts(sql)}


@pytest.fixture
def empty_database() -> Iterator[str]:
    import psycopg

    address = urlsplit(os.environ["GUIJU_TEST_POSTGRES_URL"])
    name = f"migrated_{os.getpid()}"
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(address._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.django_db
def test_on_sqlite_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("is about SQLite")
    migrate(tmp_path)
    asked = "SELECT tbl_name, sql FROM sqlite_master"
    with closing(sqlite3.connect(tmp_path / "guiju.sqlite3")) as migrated:
        from_migrations = ours(described_by_sqlite(migrated.execute(asked).fetchall()))
    with connection.cursor() as cursor:
        from_models = ours(described_by_sqlite(cursor.execute(asked).fetchall()))
        assert len(from_models) > 800
        assert from_migrations == from_models
        # The comparison sees the smallest difference.
        cursor.execute("ALTER TABLE people_unit ADD COLUMN extra bool")
        assert {
            table for table, _ in ours(described_by_sqlite(cursor.execute(asked).fetchall())) ^ from_migrations
        } == {"people_unit"}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db
def test_on_postgresql_the_migrations_make_the_tables_of_the_models(tmp_path: Path, empty_database: str) -> None:
    import psycopg

    migrate(tmp_path, empty_database)
    with psycopg.connect(empty_database) as migrated:
        from_migrations = ours(set(migrated.execute(ASKED_OF_POSTGRES).fetchall()))
    with connection.cursor() as cursor:
        cursor.execute(ASKED_OF_POSTGRES)
        from_models = ours(set(cursor.fetchall()))
        assert len(from_models) > 800
        assert from_migrations == from_models
        # The comparison sees the smallest difference.
        cursor.execute("ALTER TABLE people_unit ALTER COLUMN code TYPE varchar(99)")
        cursor.execute(ASKED_OF_POSTGRES)
        assert {table for table, _ in ours(set(cursor.fetchall())) ^ from_migrations} == {"people_unit"}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_new_installation_is_made_at_once_and_one_cut_off_is_finished(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("is about SQLite")
    migrate(tmp_path, "", "--skip-checks")
    with closing(sqlite3.connect(tmp_path / "guiju.sqlite3")) as made:
        asked, done = "SELECT tbl_name, sql FROM sqlite_master", "SELECT app, name FROM django_migrations ORDER BY 1, 2"
        tables, applied = ours(described_by_sqlite(made.execute(asked).fetchall())), made.execute(done).fetchall()
        with connection.cursor() as cursor:
            assert tables == ours(described_by_sqlite(cursor.execute(asked).fetchall()))
        assert len(applied) > 100
        # Killed behind the tables, nothing of it is written down yet.
        made.execute("DELETE FROM django_migrations")
        made.commit()
    migrate(tmp_path, "", "--skip-checks")
    with closing(sqlite3.connect(tmp_path / "guiju.sqlite3")) as made:
        assert made.execute(done).fetchall() == applied
        assert ours(described_by_sqlite(made.execute(asked).fetchall())) == tables
