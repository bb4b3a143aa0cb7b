"""Finding a row by the beginning of a word, among a million rows as among a thousand, whatever language the database sorts by.

A beginning is asked for by its two ends, letter by letter as Unicode numbers them: `FS01`, and `FS01` with the last letter that
there is. SQLite sorts texts so by itself, and an ordinary index answers. PostgreSQL sorts by the locale with which its database was
made; there the ends are compared by the operators of `text_pattern_ops`, and an index of that kind answers. `LIKE 'FS01%'` would
not do under row level security: LIKE is not leakproof, so each row is first asked whether it may be seen, and no index helps.
"""

# ruff: noqa: SLF001  (Django documents _meta; the SQL is made of names from our own models)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from guiju.kernel.constraints import DatabaseSentence, Installed

# Behind the last letter that there is.
LAST = "\U0010ffff"


class Beginning(DatabaseSentence):
    """A row is found by the beginning of this column; ask for it by the lookup `begins`.

    A column that says `unique=True` needs it not: Django makes such an index for it.

    field   a text, which an ordinary index holds as well: SQLite needs no other
    among   what stands before it in the index, such as the unit in which one looks
    """

    def __init__(self, field: str, *, name: str, among: Sequence[str] = (), **others: Any) -> None:
        self.field, self.among = field, tuple(among)
        super().__init__(name=name, **others)

    def said(self) -> dict[str, Any]:
        """The arguments that make this sentence."""
        return {"field": self.field, "among": self.among}

    def on_postgres(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        """An index letter by letter."""
        options = model._meta
        fields: list[Any] = [options.get_field(name) for name in (*self.among, self.field)]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        index = f'CREATE INDEX "{self.name}" ON "{options.db_table}" ({columns} text_pattern_ops)'
        return [Installed(self.name, (index,), f'DROP INDEX IF EXISTS "{self.name}"')]

    def on_sqlite(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        """Nothing: its own indexes are letter by letter."""
        return []


@models.CharField.register_lookup
class Begins(models.Lookup):  # type: ignore[type-arg]  # generic in its stubs alone
    """`column__begins=text`: it begins with this text, letter by letter."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """By its two ends."""
        return self._between(compiler, connection, ">=", "<=")

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """In the order of the index."""
        return self._between(compiler, connection, "~>=~", "~<=~")

    def _between(self, compiler: Any, connection: Any, first: str, last: str) -> Any:
        column, values = self.process_lhs(compiler, connection)
        return f"({column} {first} %s AND {column} {last} %s)", [*values, self.rhs, *values, f"{self.rhs}{LAST}"]
