"""The places of a book, found by what names them, locked, and made where nothing was yet."""

# ruff: noqa: SLF001, S608  (Django documents _meta; the SQL is made of our own names)

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db import connection, models

from . import turn
from .ledger import lockable
from .prepared import Prepared


def places(model: type[Any], wanted: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[Any]:
    """Find the places by their columns, and lock them, in one question; a place that nothing was ever in is made.

    wanted   for each the columns that name it, and those with which it is made
    """
    keys = [key for key, _ in wanted]
    found = _found(model, keys)
    made = [(key, also) for key, also in wanted if _name(key) not in found]
    for key, also in made:
        if (row := _made(model, {**key, **also})) is not None:
            found[_name(key)] = turn.keep_new(row)
    # Of two who first put something there at once, one makes the place and the other finds it.
    if others := [key for key, _ in made if _name(key) not in found]:
        found |= _found(model, others)
    return [found[_name(key)] for key in keys]


def _made(model: type[Any], columns: Mapping[str, Any]) -> Any | None:
    """A new place, and ours; none where somebody else was faster. Django's own insert would not say which of the two it was."""
    row = model(**columns)
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    names = ", ".join(connection.ops.quote_name(each.column) for each in fields)
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    marks = ", ".join(["%s"] * len(values))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING RETURNING id", values)
        made = cursor.fetchone()
    if made is None:
        return None
    row.pk, row._state.adding, row._state.db = made[0], False, connection.alias
    return row


def _found(model: type[Any], keys: Sequence[Mapping[str, Any]]) -> dict[Hashable, Any]:
    shapes = tuple(tuple((name, value is None) for name, value in key.items()) for key in keys)
    given = {
        f"{name}_{place}": value for place, key in enumerate(keys) for name, value in key.items() if value is not None
    }
    rows = _PLACES(model, shapes, **given)
    return {_name({name: getattr(row, name) for name in keys[0]}): turn.kept(row) or turn.keep(row) for row in rows}


def _name(key: Mapping[str, Any]) -> Hashable:
    return tuple(sorted((name, None if value is None else str(value)) for name, value in key.items()))


def _either(model: type[Any], shapes: Sequence[Sequence[tuple[str, bool]]], **given: Any) -> models.QuerySet[Any]:
    either = models.Q()
    for place, shape in enumerate(shapes):
        either |= models.Q(**{
            f"{name}__isnull" if is_missing else name: True if is_missing else given[f"{name}_{place}"]
            for name, is_missing in shape
        })  # fmt: skip
    return lockable(model).filter(either)


_PLACES: Prepared[Any] = Prepared(_either)
