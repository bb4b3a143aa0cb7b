"""A question about the house's own lists, whose answer is kept for as long as nobody has written into them.

    @remembered_list
    class ClosedDay(models.Model): ...

    _CLOSED = Remembered(lambda *, since: ClosedDay.objects.filter(on__gte=since))

Brands, prices, terms, closed days: every verb reads them, and they change once a week. A trigger on each of these tables puts a new mark
on the edition of all lists, and the statement that finds out who asks brings the mark along. While it is the same, an answer in memory is
the database's own; nothing is believed for a time. docs/decisions/0015-remembered-lists.md.
"""

# ruff: noqa: SLF001, S608  (Django documents _meta; the SQL is made of names from our own models)

from __future__ import annotations

import copy
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet, Subquery

from . import reach
from .constraints import MARK, Installed
from .models import Edition
from .prepared import Prepared

Row = TypeVar("Row")

# As many answers as are kept of one question; the longest unused goes first.
ANSWERS_MAX = 512
EDITION = 1
_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_READS = re.compile(r'\b(?:FROM|JOIN)\s+"(\w+)"')

# The tables of all lists that are remembered.
_lists: set[str] = set()
List = TypeVar("List", bound=type[Model])


def remembered_list(model: List) -> List:
    """Let each write into this model's table be another edition. At the model itself, which every process loads, `migrate` too."""
    _lists.add(model._meta.db_table)
    return model


@dataclass(slots=True)
class _Asking:
    """The edition that stood when this request began; nothing once the request has written into a list itself."""

    edition: str | None


_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)


def edition() -> Subquery:
    """The mark of the lists as they stand, to be brought along by a statement that is sent anyway."""
    return Subquery(Edition.objects.filter(pk=EDITION).values("mark"))


@contextmanager
def as_of(mark: str | None) -> Generator[None]:
    """Within the block, answers of that edition may be given from memory; without a mark everything is asked."""
    asking = _Asking(mark)

    def attentive(execute: Any, sql: str, *given: Any) -> Any:
        written = _WRITES.match(sql)
        if written and written[1] in _lists:
            asking.edition = None
        return execute(sql, *given)

    before = _asking.set(asking)
    try:
        with connection.execute_wrapper(attentive):
            yield
    finally:
        _asking.reset(before)


class Remembered(Prepared[Row]):
    """A prepared question that reads nothing but remembered lists.

    raises   TypeError when it is first asked and reads another table
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Row]]) -> None:
        super().__init__(rows)
        self._answers: OrderedDict[Hashable, list[Row]] = OrderedDict()
        self._answering = Lock()

    def __call__(self, *shape: Any, **given: Any) -> list[Row]:
        """The rows; each caller gets copies of its own."""
        asking = _asking.get()
        if asking is None or asking.edition is None:
            return super().__call__(*shape, **given)
        # What a reach hides is no answer for another one.
        key = (connection.vendor, asking.edition, reach.now(), shape, tuple((n, _fixed(v)) for n, v in given.items()))
        with self._answering:
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
        if known is None:
            known = super().__call__(*shape, **given)
            # Unless this request has written meanwhile, which only it can see.
            if asking.edition is not None:
                self._keep(key, known)
        return [_copied(row) for row in known]

    def _find(self, shape: tuple[Any, ...], given: dict[str, Any]) -> Any:
        written = super()._find(shape, given)
        # An answer that depends on what no trigger watches would be kept for ever.
        if written is not None and (unwatched := set(_READS.findall(written.sql)) - _lists):
            raise TypeError(f"A remembered question reads {', '.join(sorted(unwatched))}, which is no remembered list.")
        return written

    def _keep(self, key: Hashable, rows: list[Row]) -> None:
        with self._answering:
            self._answers[key] = rows
            if len(self._answers) > ANSWERS_MAX:
                self._answers.popitem(last=False)


def _fixed(value: Any) -> Hashable:
    return tuple(sorted(value, key=str)) if isinstance(value, set | frozenset | list) else value


def _copied(row: Any) -> Any:
    """Another object of the same row, so that who changes theirs changes no one else's."""
    if not isinstance(row, Model):
        return row
    made: Any = object.__new__(type(row))
    vars(made).update(vars(row))
    made._state = copy.copy(row._state)  # as Django's own copying does
    made._state.fields_cache = dict(row._state.fields_cache)
    return made


def sentences(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, Installed]]:
    """The triggers that mark a new edition, each with its table."""
    for table in sorted(_lists):
        if connection.vendor == "postgresql":
            yield table, _on_postgres(table)
        else:
            yield from ((table, _on_sqlite(table, event)) for event in ("INSERT", "UPDATE", "DELETE"))


_MARKS = "INSERT INTO kernel_edition (id, mark) VALUES ({}, {}) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark"


def begin(connection: BaseDatabaseWrapper) -> None:
    """The first edition of a database that has none yet."""
    if Edition._meta.db_table not in connection.introspection.table_names():
        return
    first = f"INSERT INTO kernel_edition (id, mark) VALUES ({EDITION}, %s) ON CONFLICT (id) DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(first, [secrets.token_hex(16)])


def _on_sqlite(table: str, event: str) -> Installed:
    name = f"{MARK}_edition_{table}_{event.lower()}"
    marks = _MARKS.format(EDITION, "lower(hex(randomblob(16)))")
    create = f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" FOR EACH ROW BEGIN {marks}; END'
    return Installed(name, (create,), f'DROP TRIGGER IF EXISTS "{name}"')


def _on_postgres(table: str) -> Installed:
    name = f"edition_{table}"
    marks = _MARKS.format(EDITION, "replace(gen_random_uuid()::text, '-', '')")
    does = f"BEGIN {marks}; RETURN NULL; END"
    function = f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $edition$ {does} $edition$'
    events = "INSERT OR UPDATE OR DELETE OR TRUNCATE"
    trigger = f'CREATE TRIGGER "{name}" AFTER {events} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()'
    return Installed(name, (function, trigger), f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')
