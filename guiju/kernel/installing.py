"""Write the sentences of `kernel.constraints` into the database, and notice when one is missing.

Around every migration, and not inside it, because

* SQLite loses a table's triggers whenever Django remakes the table, even for a longer CharField, and stops at the
  rename when a trigger mentions a table that is missing at that moment. So they are dropped first and written again;
* one way of writing, which compares what stands there with what is declared, also mends, and can be checked.

PostgreSQL keeps its triggers through a migration; there only what changed is written anew.
"""

# ruff: noqa: SLF001  (Django documents _meta)

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from guiju.kernel import isolation, remembered, sealing
from guiju.kernel.constraints import MARK, DatabaseSentence, Installed


def drop_before_migrating(*, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """Take SQLite's triggers away, so that tables can be remade; not where there is nothing to migrate."""
    connection = connections[using]
    if connection.vendor == "sqlite" and signal.get("plan", True):
        standing, beside = _standing(connection), tables_beside(connection)
        with connection.cursor() as cursor:
            for _digest, drop in standing.values():
                cursor.execute(drop)
            for name in beside:
                cursor.execute(f'DROP TABLE "{name}"')


def install(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Bring the database level with what the models declare; doing it again changes nothing."""
    connection = connections[using]
    wanted = {each.name: (table, each) for table, each in _declared(connection)}
    standing = _standing(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, (_digest, drop) in standing.items():
            if name not in wanted:
                cursor.execute(drop)
        for name, (table, each) in wanted.items():
            if name in standing:
                if standing[name][0] == each.digest:
                    continue
                cursor.execute(standing[name][1])
            for statement in (*each.before, *each.create):
                cursor.execute(statement)
            if connection.vendor == "postgresql":
                cursor.execute(f"COMMENT ON {_named(each, table)} IS '{MARK}:{each.digest}'")
        for name in tables_beside(connection):
            if f"{name}_insert" not in wanted:
                cursor.execute(f'DROP TABLE "{name}"')
        remembered.begin(connection)
        sealing.begin(connection)
        isolation.install(connection)


def _named(each: Installed, table: str) -> str:
    """An object as a comment names it."""
    if each.create[-1].startswith("CREATE INDEX"):
        return f'INDEX "{each.name}"'
    return f'{"CONSTRAINT" if "ADD CONSTRAINT" in each.create[-1] else "TRIGGER"} "{each.name}" ON "{table}"'


def tables_beside(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables of pieces that stand beside SQLite's own (kernel.pieces); without those in which FTS5 keeps them."""
    if connection.vendor != "sqlite":
        return []
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB %s AND sql LIKE 'CREATE VIRTUAL TABLE%%'"
    with connection.cursor() as cursor:
        cursor.execute(asked, [f"{MARK}_*"])
        return [name for (name,) in cursor.fetchall()]


def missing(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of declared sentences that the database does not hold, or holds in other words."""
    connection = connections[using]
    standing = _standing(connection)
    gone = [each.name for _table, each in _declared(connection) if standing.get(each.name, ("",))[0] != each.digest]
    return sorted([*gone, *isolation.missing(connection)])


def check_sentences(*, databases: Any = None, **_ignored: Any) -> list[checks.CheckMessage]:
    """Warn of the sentences that are not in the database, all at once: at an upgrade they are many, and `migrate` comes next.

    A warning and no error, because `migrate`, which mends it, refuses to start on errors. `guiju verify` and
    `check --database default --fail-level WARNING` do fail.
    """
    return [
        checks.Warning(
            f"The database {alias!r} does not hold {len(gone)} of its sentences: {', '.join(gone)}.",
            hint="Run migrate, which writes them again.",
            id="kernel.W001",
        )
        for alias in databases or []
        if (gone := missing(using=alias))
    ]


def _declared(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, Installed]]:
    """Yield table and object of every sentence whose table stands in this database."""
    tables = set(connection.introspection.table_names())
    for model in apps.get_models():
        options = model._meta
        if options.proxy or options.db_table not in tables:
            continue
        if not router.allow_migrate_model(connection.alias, model):
            continue
        for constraint in options.constraints:
            if isinstance(constraint, DatabaseSentence):
                for wanted in constraint.objects(model, connection):
                    yield options.db_table, wanted
    yield from ((table, wanted) for table, wanted in remembered.sentences(connection) if table in tables)


def _standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Return digest and removal of each of our objects that is there, by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{MARK}_*"])
            found = [(name, Installed(name, (sql,), "").digest) for name, sql in cursor.fetchall()]
            return {name: (digest, f'DROP TRIGGER "{name}"') for name, digest in found}
        # A trigger that someone switched off (tgenabled D) does not stand.
        cursor.execute(
            """
            SELECT trigger.tgname, obj_description(trigger.oid, 'pg_trigger'),
                   format('DROP FUNCTION %%I() CASCADE', trigger.tgname), trigger.tgenabled = 'D'
            FROM pg_trigger AS trigger JOIN pg_class AS place ON place.oid = trigger.tgrelid
            WHERE NOT trigger.tgisinternal AND place.relnamespace = current_schema()::regnamespace
            UNION ALL
            SELECT sentence.conname, obj_description(sentence.oid, 'pg_constraint'),
                   format('ALTER TABLE %%s DROP CONSTRAINT %%I', sentence.conrelid::regclass, sentence.conname), false
            FROM pg_constraint AS sentence
            WHERE sentence.contype = 'x' AND sentence.connamespace = current_schema()::regnamespace
            UNION ALL
            SELECT place.relname, obj_description(place.oid, 'pg_class'), format('DROP INDEX %%I', place.relname), false
            FROM pg_class AS place WHERE place.relkind = 'i' AND place.relnamespace = current_schema()::regnamespace
            """,
            [],
        )
        rows = [row for row in cursor.fetchall() if (row[1] or "").startswith(f"{MARK}:")]
        return {name: ("" if is_off else comment.partition(":")[2], drop) for name, comment, drop, is_off in rows}
