"""What hangs on a row, asked for in one statement whose words are made once and not at every page.

A page of an order asks twenty small questions beside its row. The database answers them in half a millisecond; Django takes ten
times as long to put them into SQL, in the same words each time.
"""

# ruff: noqa: S611  (the SQL is what Django made of our own querysets)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def in_words(rows: QuerySet[Any]) -> Mapping[str, RawSQL]:
    """The annotations of these rows as ready SQL, to be put on other rows of the same table by `annotate`.

    Keep the answer, such as by `functools.cache`. Nothing in them may depend on who asks or when, nor on rows that are joined.
    """
    compiler = rows.query.get_compiler(connection=connection)
    made = {}
    for name, expression in rows.query.annotations.items():
        sql, values = compiler.compile(expression)
        made[name] = RawSQL(sql, values, output_field=expression.output_field)
    if len(rows.query.alias_map) > 1:
        raise ValueError("What is kept in words may not join: the rows that it is put on do not.")
    return made
