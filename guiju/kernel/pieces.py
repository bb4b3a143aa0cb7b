"""Finding a row by any piece of a word, among a million rows as among a thousand.

Every piece of so many letters that stands in the column stands in an index, kept by the database itself: a table of FTS5 beside
ours and its triggers on SQLite, a GIN index over a function on PostgreSQL. What is sought is cut into such pieces, the index tells
the few rows that have all of them, and those are read. Neither a word's beginning nor its language matters: two Chinese characters
are found like ten digits, which the trigrams that both databases bring along cannot do (they need three).
"""

# ruff: noqa: SLF001, S608  (Django documents _meta; the SQL is made of names from our own models)

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.models.lookups import Contains

from guiju.kernel.constraints import MARK, DatabaseSentence, Installed

# Nearly every name and number is shorter; for those, SQLite counts no further.
SHORT = 24
# All that is no space belongs to a piece, be it a hyphen or a character of tomorrow's Unicode.
TOKENS = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn'"
FUNCTION = f"{MARK}_pieces"
# Its own statement on PostgreSQL; IMMUTABLE, because an index may stand on nothing else.
CREATE_FUNCTION = f"""CREATE OR REPLACE FUNCTION {FUNCTION}(said text, shortest integer, longest integer) RETURNS text[]
 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $pieces$
 SELECT coalesce(array_agg(DISTINCT substr(said, place, letters)), '{{}}')
 FROM generate_series(1, length(said)) AS place, generate_series(shortest, longest) AS letters $pieces$"""


class Pieces(DatabaseSentence):
    """A row is found by any piece of this column; ask for it by the lookup `holds`.

    field     a text
    length    letters of a piece: two where words are short (names), three where they are made of few different letters (digits)
    """

    def __init__(self, field: str, *, length: int, name: str, **others: Any) -> None:
        self.field, self.length = field, length
        super().__init__(name=name, **others)

    def said(self) -> dict[str, Any]:
        """The arguments that make this sentence."""
        return {"field": self.field, "length": self.length}

    @property
    def shortest(self) -> int:
        """The shortest piece on PostgreSQL: a name may be asked for by one letter, a number by one digit may not."""
        return 1 if self.length == 2 else self.length

    @property
    def table(self) -> str:
        """SQLite's table beside ours."""
        return f"{MARK}_{self.name}"

    def on_postgres(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        """A function and an index over it."""
        column, _letters = self._column(model)
        among = f'{FUNCTION}("{column}", {self.shortest}, {self.length})'
        index = f'CREATE INDEX "{self.name}" ON "{model._meta.db_table}" USING gin ({among})'
        return [Installed(self.name, (CREATE_FUNCTION, index), f'DROP INDEX IF EXISTS "{self.name}"')]

    def on_sqlite(self, model: type[models.Model], connection: BaseDatabaseWrapper) -> list[Installed]:
        """A table of pieces without the texts themselves, and the triggers that keep it level.

        The first trigger brings the table: where it is missing, rows may have been written past it, and all are read anew.
        """
        options = model._meta
        column, letters = self._column(model)
        key, beside = options.pk.column, self.table
        enter = f'INSERT INTO "{beside}" (rowid, pieces) '
        gone = f'INSERT INTO "{beside}" ("{beside}", rowid, pieces) VALUES (\'delete\', OLD."{key}", {self._cut("OLD", column, letters)})'
        came = f'{enter}VALUES (NEW."{key}", {self._cut("NEW", column, letters)})'
        made = (
            f'DROP TABLE IF EXISTS "{beside}"',
            f'CREATE VIRTUAL TABLE "{beside}" USING fts5(pieces, content=\'\', detail=none, tokenize="{TOKENS}")',
            f'{enter}SELECT "{key}", {self._cut(options.db_table, column, letters)} FROM "{options.db_table}"',
        )
        return [
            self._trigger(options.db_table, "INSERT", came, before=made),
            self._trigger(options.db_table, "DELETE", gone),
            self._trigger(options.db_table, f'UPDATE OF "{key}", "{column}"', f"{gone}; {came}"),
        ]

    def _column(self, model: type[models.Model]) -> tuple[str, int]:
        """Its name, and the letters that it holds at most."""
        field: Any = model._meta.get_field(self.field)
        return str(field.column), int(field.max_length)

    def _trigger(self, table: str, event: str, does: str, before: tuple[str, ...] = ()) -> Installed:
        name = f"{self.table}_{event.partition(' ')[0].lower()}"
        create = f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" FOR EACH ROW BEGIN {does}; END'
        return Installed(name, (create,), f'DROP TRIGGER IF EXISTS "{name}"', before)

    def _cut(self, row: str, column: str, letters: int) -> str:
        """The pieces that begin at each letter. The last are shorter, so that a single letter is found where it ends a word."""
        text = f'"{row}"."{column}"' if row not in {"OLD", "NEW"} else f'{row}."{column}"'
        few, all_ = (json.dumps([*range(1, most + 1)], separators=(",", ":")) for most in (SHORT, max(SHORT, letters)))
        places = f"CASE WHEN length({text}) <= {SHORT} THEN '{few}' ELSE '{all_}' END"
        return (
            f"(SELECT group_concat(substr({text}, place.value, {self.length}), ' ')"
            f" FROM json_each({places}) AS place WHERE place.value <= length({text}))"
        )

    def cut(self, text: str) -> list[str]:
        """The pieces of what is sought, which a row must all have; none where it is too short to be cut."""
        if len(text) <= self.length:
            return [text]
        starts = {*range(0, len(text) - self.length, self.length), len(text) - self.length}
        return sorted({text[start : start + self.length] for start in starts})


def declared_for(field: Any) -> Pieces | None:
    """The sentence about this column, if there is one."""
    found = (each for each in field.model._meta.constraints if isinstance(each, Pieces) and each.field == field.name)
    return next(found, None)


@models.CharField.register_lookup
class Holds(Contains):
    """`column__holds=text`: this text stands somewhere in it, as with `contains`, found by its pieces."""

    lookup_name = "holds"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """By the table beside."""
        sentence, sought = self._sought()
        holds, values = Contains(self.lhs, self.rhs).as_sql(compiler, connection)
        if sentence is None:
            return holds, values
        key = f'{compiler.quote_name_unless_alias(self.lhs.alias)}."{self.lhs.target.model._meta.pk.column}"'
        # A piece shorter than those kept is the beginning of one.
        mark = "*" if len(sought[0]) < sentence.length else ""
        match = " AND ".join('"{}"{}'.format(piece.replace('"', '""'), mark) for piece in sought)
        beside = f'SELECT rowid FROM "{sentence.table}" WHERE "{sentence.table}" MATCH %s'
        return f"({key} IN ({beside}) AND {holds})", [match, *values]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """By the index over its pieces."""
        sentence, sought = self._sought()
        holds, values = Contains(self.lhs, self.rhs).as_sql(compiler, connection)
        if sentence is None or len(sought[0]) < sentence.shortest:
            return holds, values
        column, nothing = compiler.compile(self.lhs)
        among = f"{FUNCTION}({column}, {sentence.shortest}, {sentence.length})"
        marks = ", ".join(["%s"] * len(sought))
        return f"({among} @> ARRAY[{marks}]::text[] AND {holds})", [*nothing, *sought, *values]

    def _sought(self) -> tuple[Pieces | None, list[str]]:
        """The sentence by which it is found, and the pieces; nothing for a column without one, and for what has no pieces."""
        sentence = declared_for(self.lhs.target) if isinstance(self.lhs, Col) else None
        text = self.rhs if isinstance(self.rhs, str) else ""
        if sentence is None or not text or any(letter.isspace() or not letter.isprintable() for letter in text):
            return None, []
        return sentence, sentence.cut(text)
