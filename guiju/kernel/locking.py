"""A row that is ours until the deed is done, with the names that belong to it now."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def lock(rows: QuerySet[Row], pk: Any) -> Row:
    """Lock one row of a queryset and read it with what the queryset joins; one statement, more only for whoever had to wait.

    PostgreSQL gives whoever waited for the lock the new row, but joined to what the old one pointed at; or no row at all. So
    what was joined is looked at, and read again under the lock where it is not what the row points at now.

    raises   DoesNotExist
    """
    # One row needs no order; to put the columns of seven joined tables into one takes Django as long as all the rest.
    found = next(iter(rows.select_for_update(of=("self",)).filter(pk=pk).order_by()), None)
    return settled(found, rows, pk)


def settled(found: Row | None, rows: QuerySet[Row], pk: Any) -> Row:
    """What a lock gave, if it is what it must be; else the row read again.

    raises   DoesNotExist
    """
    if found is not None and not _is_stale(found):
        return found
    manager: Any = rows.model._base_manager  # noqa: SLF001  (Django documents it)
    manager.select_for_update().get(pk=pk)
    return rows.get(pk=pk)


def _is_stale(row: Model) -> bool:
    """Whether something joined to the row is not what its own column names."""
    joined = row._state.fields_cache  # noqa: SLF001  (what select_related fills)
    return any(
        getattr(row, field.attname) != getattr(joined[field.name], "pk", None)
        for field in row._meta.concrete_fields  # noqa: SLF001  (Django documents _meta)
        if field.is_relation and field.name in joined
    )
