"""Row level security on PostgreSQL: each table whose rows belong to a unit shows those within reach (`kernel.reach`), and takes no others.

A table's unit is read from its model: its own `unit_id`, or the unit of the first row that it cannot be without. So a new table is
isolated the moment it stands. What deviates is said in the table that GUIJU_ISOLATION names, each with its reason.
docs/decisions/0013-row-level-security.md tells why the policies are worded as they are.
"""

# ruff: noqa: SLF001, S608  (Django documents _meta; the SQL is made of names from our own models)

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import import_string

from .constraints import MARK

Model = type[models.Model]
_SAID = "current_setting('guiju.units', true)"
WITHIN, READ = f"{MARK}_within", f"{MARK}_read"


@dataclass(frozen=True, slots=True)
class Deviations:
    """What the models alone do not say; each by the label of its model.

    published   whoever is within the house reads all rows, and writes those within reach
    open_to_all has a unit, and is not isolated
    belongs_by  the fields by which a row belongs to a unit: within reach by any of them
    """

    published: Mapping[str, str] = field(default_factory=dict)
    open_to_all: Mapping[str, str] = field(default_factory=dict)
    belongs_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def deviations() -> Deviations:
    """The table of this installation."""
    found: Deviations = import_string(getattr(settings, "GUIJU_ISOLATION", "guiju.conf.isolation.DEVIATIONS"))
    return found


def fields_of(model: Model) -> tuple[Any, ...]:
    """The fields by which a row belongs to a unit; none for what belongs to no unit."""
    label, said = model._meta.label, deviations()
    if label in said.open_to_all:
        return ()
    if label in said.belongs_by:
        return tuple(model._meta.get_field(name) for name in said.belongs_by[label])
    columns = {each.column: each for each in model._meta.concrete_fields}
    if "unit_id" in columns:
        return (columns["unit_id"],)
    for each in model._meta.concrete_fields:
        parent: Any = each.related_model
        if parent and not each.null and parent is not model and fields_of(parent):
            return (each,)
    return ()


def isolated() -> list[Model]:
    """Every model whose rows belong to a unit."""
    every = apps.get_models(include_auto_created=True)
    return [each for each in every if not each._meta.proxy and each._meta.managed and fields_of(each)]


def _holds_unit(model: Model, each: Any) -> bool:
    """Whether the column is the key of a unit itself."""
    return each.column == "unit_id" or not each.is_relation or each.related_model is model


def within(model: Model, alias: str = "") -> str:
    """The SQL that is true of a row within reach."""
    before = f"{alias}." if alias else ""
    terms = [f"{_SAID} = 'all'"]
    for each in fields_of(model):
        column = f'{before}"{each.column}"'
        if _holds_unit(model, each):
            terms.append(f"strpos({_SAID}, ',' || {column} || ',') > 0")
        else:
            terms.append(f'"{_name(each.related_model)}"({column})')
    return f"({' OR '.join(terms)})"


def _name(model: Model) -> str:
    return f"{MARK}_sees_{model._meta.db_table}"


def _function(model: Model) -> str:
    """Whether a row of that key is within reach: planned once a session, where a sub-select would be planned with each statement."""
    table, key = model._meta.db_table, model._meta.pk.column
    asks = f'SELECT 1 FROM "{table}" AS parent WHERE parent."{key}" = wanted AND {within(model, "parent")}'
    return (
        f'CREATE OR REPLACE FUNCTION "{_name(model)}"(wanted bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE '
        f"AS $sees$ BEGIN RETURN EXISTS ({asks}); END $sees$"
    )


def _statements(model: Model) -> tuple[str, ...]:
    table, holds = model._meta.db_table, within(model)
    parents = [each.related_model for each in fields_of(model) if not _holds_unit(model, each)]
    published = f"CREATE POLICY {READ} ON \"{table}\" FOR SELECT USING (coalesce({_SAID}, '') <> '')"
    return (
        *map(_function, parents),
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY {WITHIN} ON "{table}" USING {holds} WITH CHECK {holds}',
        *([published] if model._meta.label in deviations().published else []),
    )


def _digest(model: Model) -> str:
    return hashlib.sha256("\n".join(_statements(model)).encode()).hexdigest()[:16]


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring the policies level with the models; doing it again changes nothing."""
    if connection.vendor != "postgresql":
        return
    wanted, standing = _wanted(connection), _standing(connection)
    with connection.cursor() as cursor:
        for table in standing.keys() - wanted.keys():
            for policy in (WITHIN, READ):
                cursor.execute(f'DROP POLICY IF EXISTS {policy} ON "{table}"')
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY')
        for table, model in wanted.items():
            if standing.get(table) == _digest(model):
                continue
            for policy in _policies(cursor, table):
                cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')
            for statement in _statements(model):
                cursor.execute(statement)
            cursor.execute(_READS_BACK, [table])
            (read_back,) = cursor.fetchone()
            cursor.execute(f"COMMENT ON POLICY {WITHIN} ON \"{table}\" IS '{MARK}:{_digest(model)}:{read_back}'")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables whose isolation the database does not hold, or holds in other words."""
    if connection.vendor != "postgresql":
        return []
    standing = _standing(connection)
    return sorted(
        f"{WITHIN} of {table}" for table, model in _wanted(connection).items() if standing.get(table) != _digest(model)
    )


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, Model]:
    tables = set(connection.introspection.table_names())
    return {each._meta.db_table: each for each in isolated() if each._meta.db_table in tables}


# What the server itself says of a table: so that a policy that somebody has altered is not taken for ours.
_SAYS = """
    md5(string_agg(policy.polname || policy.polcmd::text || policy.polpermissive || policy.polroles::text
        || coalesce(pg_get_expr(policy.polqual, policy.polrelid), '')
        || coalesce(pg_get_expr(policy.polwithcheck, policy.polrelid), ''), ' ' ORDER BY policy.polname))
"""
_READS_BACK = f"SELECT {_SAYS} FROM pg_policy AS policy WHERE policy.polrelid = %s::regclass"


def _standing(connection: BaseDatabaseWrapper) -> Mapping[str, str]:
    """The digest of what each isolated table holds; empty where row level security is off, not forced, or altered."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT place.relname, place.relrowsecurity AND place.relforcerowsecurity, {_SAYS},
                   max(obj_description(policy.oid, 'pg_policy'))
            FROM pg_class AS place JOIN pg_policy AS policy ON policy.polrelid = place.oid
            WHERE place.relnamespace = current_schema()::regnamespace GROUP BY place.oid
            """,
            [],
        )
        found = {}
        for table, is_forced, says, comment in cursor.fetchall():
            mark, _, rest = (comment or "").partition(":")
            digest, _, read_back = rest.partition(":")
            found[table] = digest if mark == MARK and is_forced and read_back == says else ""
        return found


def _policies(cursor: Any, table: str) -> Iterator[str]:
    cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table])
    return iter([name for (name,) in cursor.fetchall()])
