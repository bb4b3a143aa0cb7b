"""What a real installation on PostgreSQL must not be served with: asked at every start, and answered in sentences.

Each control below holds by itself until somebody connects as the wrong role or switches a setting off to be quick; nothing in daily
work would show it. So the server looks, and does not start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from guiju.conf.environment import SESSION_LIMITS
from guiju.kernel import isolation

VERSION_LEAST = 14
EXTENSION = "btree_gist"
# Without any of them a power cut loses what was acknowledged, or leaves torn pages behind.
DURABLE = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": ("on", "remote_write", "remote_apply")}
# What lets a role write where the app never does.
BEYOND = ("TRUNCATE", "REFERENCES", "TRIGGER")


def found(connection: BaseDatabaseWrapper) -> list[str]:
    """Every weakness of this database and of the role that we came in by; none on SQLite, which has neither."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (version,) = cursor.fetchone()
        if version < VERSION_LEAST:
            return [f"The server is PostgreSQL {version}; Guiju needs {VERSION_LEAST} or newer."]
        return [each for ask in QUESTIONS for each in ask(cursor)] + [
            f"Row level security is missing, off or altered: {each}. Run guiju migrate."
            for each in isolation.missing(connection)
        ]


def _role(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
    name, is_super, goes_round, makes_roles = cursor.fetchone()
    if is_super:
        yield f"The role {name} is a superuser, whom no row level security binds. Serve as a role that guiju roles makes."
    if goes_round:
        yield f"The role {name} goes round row level security (BYPASSRLS). ALTER ROLE {name} NOBYPASSRLS."
    if makes_roles and not is_super:
        yield f"The role {name} can make itself other roles (CREATEROLE). ALTER ROLE {name} NOCREATEROLE."


def _owner(cursor: Any) -> Iterator[str]:
    # Membership counts: SET ROLE makes a member the owner.
    cursor.execute(
        "SELECT count(*), min(relname) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p', 'S', 'v') AND pg_has_role(current_user, relowner, 'MEMBER')"
        " AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
    )
    many, one = cursor.fetchone()
    if many:
        yield (
            f"The role that serves owns {many} tables and sequences, {one} among them, and could take their rules away. "
            "Name the owner in GUIJU_OWNER_URL and another role in DATABASE_URL."
        )


def _grants(cursor: Any) -> Iterator[str]:
    for right in BEYOND:
        cursor.execute(
            "SELECT min(relname) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
            " AND has_table_privilege(current_user, oid, %s) AND NOT pg_has_role(current_user, relowner, 'MEMBER')",
            [right],
        )
        (table,) = cursor.fetchone()
        if table:
            yield f"The role that serves may {right} on {table}. Run guiju roles, which takes it away."


def _limits(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT name, setting::bigint FROM pg_settings WHERE name = ANY(%s)", [list(SESSION_LIMITS)])
    for name, value_ms in cursor.fetchall():
        if value_ms == 0:
            yield f"{name} is off: one stuck question would hold its locks for ever. ALTER ROLE … SET {name} = '{SESSION_LIMITS[name]}ms'."


def _durability(cursor: Any) -> Iterator[str]:
    for name, allowed in DURABLE.items():
        cursor.execute("SELECT current_setting(%s)", [name])
        (value,) = cursor.fetchone()
        if value not in allowed:
            yield f"{name} is {value}: a power cut would lose what was acknowledged. Set it to on."


def _extension(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [EXTENSION])
    if cursor.fetchone() is None:
        yield f"The extension {EXTENSION} is missing, by which spans never overlap. CREATE EXTENSION {EXTENSION}."


QUESTIONS: tuple[Callable[[Any], Iterator[str]], ...] = (_role, _owner, _grants, _limits, _durability, _extension)
