"""A company many times over: each row is copied by the database itself, with what hangs on it, until there are as many as wanted.

Copy number k of a row stands k times BLOCK further on, and so do the rows that it points to, if those are copied too. What must
be unique is written anew, moments move on by a minute a copy. For looking and measuring, never for business.
"""

# ruff: noqa: SLF001  (Django documents _meta; the SQL is made of names from our own models)

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.db import connection, models

from guiju.kernel.pieces import Pieces

# No seed has a key beyond it.
BLOCK = 100_000
# The copy's number in a text, of the same length in each: what begins alike stays together.
MARK = f"'-' || cast({BLOCK * 10} + k.n AS varchar(7))"


def multiply(
    kinds: Collection[type[models.Model]],
    wanted: int,
    *,
    shared: Collection[type[models.Model]] = (),
    only: Mapping[str, str] = MappingProxyType({}),
    changed: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> dict[str, int]:
    """Copy the rows of these models until there are at least so many of each; how many there are, by table.

    kinds    what they point to among themselves is copied along, all else is shared
    shared   copied as well, but what points to one points to the same one in every copy: a technician has many jobs
    only     by table, which rows are copied (SQL)
    changed  by table and column, what a copy holds instead (SQL, `k.n` is the copy's number): what lists are searched by
    """
    alone = [kind for kind in kinds if kind not in shared]
    wishes, written = _wishes(alone, wanted, only) | _wishes(shared, wanted, only), {}
    with connection.cursor() as cursor:
        _without_triggers(cursor)
        for kind in (*_in_order(shared), *_in_order(alone)):
            table = kind._meta.db_table
            values = {field.column: _value(field, alone) for field in _written(kind)} | dict(changed.get(table, {}))
            names = ", ".join(f'"{column}"' for column in values)
            if wishes[kind]:
                cursor.execute(
                    f'INSERT INTO "{table}" ({names}) '
                    f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {max(wishes[kind].values())}) "
                    f'SELECT {", ".join(values.values())} FROM "{table}" CROSS JOIN k WHERE {_which(wishes[kind])}'
                )
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            written[table] = int(cursor.fetchone()[0])
            _cut_anew(cursor, kind)
    return written


def _without_triggers(cursor: Any) -> None:
    """No trigger is asked for each of a million rows; the constraints of the rows themselves hold."""
    if connection.vendor != "sqlite":
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def _cut_anew(cursor: Any, kind: type[models.Model]) -> None:
    """What a row is found by stands beside SQLite's tables, and a trigger would have written it."""
    if connection.vendor == "sqlite":
        for sentence in kind._meta.constraints:
            for statement in sentence.on_sqlite(kind, connection)[0].before if isinstance(sentence, Pieces) else ():
                cursor.execute(statement)


def _wishes(
    kinds: Collection[type[models.Model]], wanted: int, only: Mapping[str, str]
) -> dict[type[models.Model], dict[int, int]]:
    """How often each row is copied, by its key: as often as it takes, and as often as whatever points to it."""
    wishes = {}
    for kind in kinds:
        seeds = kind._base_manager.extra(where=[only.get(kind._meta.db_table, "1 = 1")]).values_list("pk", flat=True)
        wishes[kind] = dict.fromkeys(seeds, -(-wanted // max(1, len(seeds))))
    for kind in reversed(list(_in_order(kinds))):
        # Those of its own kind last, and the later before the earlier that it points to.
        for field in sorted(_pointing(kind), key=lambda each: each.remote_field.model is kind):
            above = wishes.get(field.remote_field.model, {})
            pairs = kind._base_manager.order_by("-pk").values_list("pk", field.attname)
            for key, pointed in pairs:
                if pointed in above:
                    above[pointed] = max(above[pointed], wishes[kind].get(key, 0))
    return wishes


def _which(wished: Mapping[int, int]) -> str:
    """Copy number k of those rows that are to be copied so often (SQL)."""
    by_times: dict[int, list[int]] = {}
    for key, times in wished.items():
        by_times.setdefault(times, []).append(key)
    return " OR ".join(f"k.n <= {times} AND id IN ({', '.join(map(str, keys))})" for times, keys in by_times.items())


def analyse() -> None:
    """Let the database count, as it does by itself in the night."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of all rows: from a sample it would plan the same question now this way, now another.
            cursor.execute("SET default_statistics_target = 1000")
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("RESET default_statistics_target")


def _in_order(kinds: Collection[type[models.Model]]) -> Iterator[type[models.Model]]:
    """Each behind those that it points to."""
    left = list(dict.fromkeys(kinds))
    while left:
        kind = next(one for one in left if not {each for each in _pointed_to(one) if each in left and each is not one})
        left.remove(kind)
        yield kind


def _pointing(kind: type[models.Model]) -> Iterator[Any]:
    return (field for field in kind._meta.concrete_fields if isinstance(field, models.ForeignKey))


def _pointed_to(kind: type[models.Model]) -> Iterator[type[models.Model]]:
    return (field.remote_field.model for field in _pointing(kind))


def _written(kind: type[models.Model]) -> list[Any]:
    return [field for field in kind._meta.concrete_fields if not getattr(field, "generated", False)]


def _value(field: Any, kinds: Collection[type[models.Model]]) -> str:
    table, column = field.model._meta.db_table, f'"{field.model._meta.db_table}"."{field.column}"'
    if field.primary_key and isinstance(field, models.AutoField | models.BigAutoField):
        return f"{column} + {BLOCK} * k.n"
    if isinstance(field, models.ForeignKey):
        return f"{column} + {BLOCK} * k.n" if field.remote_field.model in kinds else column
    if _must_differ(field, kinds):
        return _other(field, column, table)
    if isinstance(field, models.DateTimeField):
        return _later(column)
    return column


def _must_differ(field: Any, kinds: Collection[type[models.Model]]) -> bool:
    """Whether it is the first of something unique of which no key differs anyhow."""
    if field.unique:
        return True
    for constraint in field.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        named = [field.model._meta.get_field(name) for name in constraint.fields]
        if any(isinstance(each, models.ForeignKey) and each.remote_field.model in kinds for each in named):
            continue
        plain = [each for each in named if not isinstance(each, models.ForeignKey)]
        if plain and plain[-1] is field:
            return True
    return False


def _other(field: Any, column: str, table: str) -> str:
    if isinstance(field, models.UUIDField):
        return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    if isinstance(field, models.IntegerField):
        return f"{column} + {BLOCK} * k.n"
    if isinstance(field, models.CharField | models.TextField):
        # Where the mark would be too long, the text loses its beginning.
        room = (field.max_length or 10_000) - len("-1000000")
        short = f"substr({column}, CASE WHEN length({column}) > {room} THEN length({column}) - {room - 1} ELSE 1 END)"
        return f"CASE WHEN {column} = '' THEN '' ELSE {short} || {MARK} END"
    raise NotImplementedError(f"{table}.{field.column}")


def _later(column: str) -> str:
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%S', {column}, '+' || k.n || ' minutes')"
    return f"{column} + k.n * interval '1 minute'"
