"""Two roles in PostgreSQL: one owns the tables and migrates them, the other serves, owns nothing and may do little.

The app's role reads and writes rows. It cannot change a line of a book, take a trigger away, empty a table, or see past row level
security; what it may is renewed after every migration, so a new table is within the rule as well.
"""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from guiju.conf.environment import SESSION_LIMITS
from guiju.kernel.constraints import AppendOnly
from guiju.kernel.pieces import FUNCTION

# Whose rows come to an end; elsewhere nobody deletes, and the database does not let the app.
DELETED_FROM = frozenset({
    "kernel.OnceKey", "kernel.Beat", "people.SavedView", "customers.Phone", "catalogue.Part_lines",
    "pricing.PriceLine", "intake.RequestSymptom", "intake.Knock", "telephone.CallTick",
})  # fmt: skip
# Libraries whose rows come and go: sign-ins, their second keys, wrong passwords.
LIBRARIES_DELETE = frozenset({"sessions", "mfa", "account", "axes"})
# Written by migrations alone.
READ_ONLY = frozenset({"auth", "contenttypes", "migrations"})


def grants(role: str, tables: Collection[str]) -> Iterator[str]:
    """The statements that give the app's role what it needs, and take away what it had beyond that."""
    name = quoted(role)
    for things in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {things} IN SCHEMA public FROM PUBLIC, {name}"
    # Until PostgreSQL 15 everybody may make tables there, and whoever makes one owns it.
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name}"
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"
    every: list[type[models.Model]] = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    for model in every:
        if not model._meta.proxy and model._meta.db_table in tables:
            yield f'GRANT {_rights(model)} ON "{model._meta.db_table}" TO {name}'


def _rights(model: type[models.Model]) -> str:
    label, app = model._meta.label, model._meta.app_label
    if app in READ_ONLY:
        return "SELECT"
    rights = ["SELECT", "INSERT"]
    fixed = next((each for each in model._meta.constraints if isinstance(each, AppendOnly)), None)
    if fixed is None:
        rights.append("UPDATE")
    elif fixed.may_change:
        fields = (model._meta.get_field(name) for name in fixed.may_change)
        columns = ", ".join(f'"{each.column}"' for each in fields)  # type: ignore[union-attr]
        rights.append(f"UPDATE ({columns})")
    if label in DELETED_FROM or app in LIBRARIES_DELETE or (fixed is not None and fixed.may_go_when):
        rights.append("DELETE")
    return ", ".join(rights)


def making(role: str, password: str, *, is_there: bool) -> Iterator[str]:
    """The statements that make the role, or mend it, with the limits of its sessions."""
    name = quoted(role)
    # Of a role that stands only a superuser may say the rest; the start refuses one that has it.
    yield f"{'ALTER' if is_there else 'CREATE'} ROLE {name} LOGIN NOCREATEDB NOCREATEROLE"
    if password:
        yield f"ALTER ROLE {name} PASSWORD {literal(password)}"
    for setting, value_ms in SESSION_LIMITS.items():
        yield f"ALTER ROLE {name} SET {setting} = '{value_ms}ms'"


def searching() -> Iterator[str]:
    """What only a superuser may say: that the index of pieces (kernel.pieces) tells nothing of the rows that it passes over.

    Without it PostgreSQL looks at a row's unit before it looks into the index, and so reads every row of the table.
    """
    yield "ALTER FUNCTION pg_catalog.arraycontains(anyarray, anyarray) LEAKPROOF"
    yield f"ALTER FUNCTION {FUNCTION}(text, integer, integer) LEAKPROOF"


def exists(database: BaseDatabaseWrapper, role: str) -> bool:
    """Whether the server knows the role."""
    with database.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


def renew() -> None:
    """Renew what the app's role may, where there is one: after a migration or a restore, which make new tables."""
    role = settings.GUIJU_APP_ROLE
    if role and connection.vendor == "postgresql" and exists(connection, role):
        with transaction.atomic():
            grant(connection, role)


def grant(database: BaseDatabaseWrapper, role: str) -> None:
    """Renew what the role may; as the owner of the tables, in one transaction with nobody locked out between."""
    with database.cursor() as cursor:
        for statement in grants(role, database.introspection.table_names(cursor)):
            cursor.execute(statement)


def quoted(name: str) -> str:
    """A role's name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: Any) -> str:
    """A word as it stands in a statement."""
    return "'" + str(text).replace("'", "''") + "'"
