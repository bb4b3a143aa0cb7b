"""A question whose SQL is written once: asked again with other values, it is only sent.

    _BY_NUMBER = Prepared(lambda *, number: WorkOrder.objects.with_names().filter(number=number))
    order = _BY_NUMBER.first(number="WO-…")

Writing the SQL of a row with its joins costs Django ten times what the database needs to find it. What the question is made of
stays a queryset that a person can read; see docs/bench.md for what it saves.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Expression, Model, QuerySet, prefetch_related_objects
from django.db.models import query as django_query

Row = TypeVar("Row")
Thing = TypeVar("Thing", bound=Model)

# As many shapes of one question as are kept: the scopes of the people who ask it, mostly. The longest unused goes first.
SHAPES_MAX = 64


class Question(str):
    """SQL of rows that an index leads to, asked again with other values: a database may keep its plan."""

    __slots__ = ()


class _Hole(Expression):
    """Where a value will stand; `place` is which one of several, in a list."""

    def __init__(self, name: str, place: int | None = None) -> None:
        super().__init__()
        self.name, self.place = name, place

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:
        """A mark, and this in the place of the value."""
        return "%s", [self]

    def filled(self, given: dict[str, Any]) -> Any:
        """The value as the driver takes it."""
        value = given[self.name]
        return _plain(value if self.place is None else value[self.place])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Model):
        return value.pk
    if value is None:
        # `= NULL` is never true: a question about what is missing is another question.
        raise TypeError("A prepared question is asked with values; say what is missing with __isnull.")
    return value


@dataclass(frozen=True, slots=True)
class _Written:
    """The question in SQL, and how its answer becomes rows."""

    sql: str
    params: tuple[Any, ...]
    is_locking: bool
    compiler: Any
    converters: Any
    populators: Any
    names: Any
    prefetched: tuple[Any, ...]


class Prepared(Generic[Row]):
    """One question, asked often.

    rows   gives the queryset: values by name, which may become lists of any length; what stands before them shapes the question
           itself, such as a scope, and must be hashable
    bringing
           what prefetch_related would: under which name, the question that takes `keys`, and the column that points back
    """

    def __init__(
        self,
        rows: Callable[..., QuerySet[Any, Row]],
        *,
        shapes_max: int = SHAPES_MAX,
        bringing: tuple[str, Prepared[Any], str] | None = None,
    ) -> None:
        self._rows, self._shapes_max, self._bringing = rows, shapes_max, bringing
        self._written: OrderedDict[Hashable, _Written | None] = OrderedDict()
        self._writing = Lock()

    def __call__(self, *shape: Any, **given: Any) -> list[Row]:
        """The rows.

        raises   TransactionManagementError where it locks and no transaction is open
        """
        given = {name: list(value) if isinstance(value, set | frozenset) else value for name, value in given.items()}
        written = self._find(shape, given)
        found = [] if written is None else _ask(written, given)
        if found and self._bringing is not None:
            _bring(found, *self._bringing)
        return found

    def first(self, *shape: Any, **given: Any) -> Row | None:
        """The first row, if there is one; the question says in which order, or that there is at most one."""
        found = self(*shape, **given)
        return found[0] if found else None

    def _find(self, shape: tuple[Any, ...], given: dict[str, Any]) -> _Written | None:
        lengths = tuple((name, len(value)) for name, value in given.items() if isinstance(value, list | tuple))
        # A question that was not given everything is another question.
        key = (connection.vendor, shape, tuple(given), lengths)
        with self._writing:
            if key in self._written:
                self._written.move_to_end(key)
                return self._written[key]
        holes = {
            name: [_Hole(name, place) for place in range(len(value))]
            if isinstance(value, list | tuple)
            else _Hole(name)
            for name, value in given.items()
        }
        written = _write(self._rows(*shape, **holes))
        with self._writing:
            self._written[key] = written
            if len(self._written) > self._shapes_max:
                self._written.popitem(last=False)
        return written


def _write(asked: QuerySet[Any, Any]) -> _Written | None:
    rows: Any = asked  # what its types do not tell
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    populators: Any = django_query.get_related_populators  # type: ignore[attr-defined]
    columns = [each[0] for each in compiler.select[: compiler.col_count]]
    # What values_list was told: then the rows are tuples.
    about = compiler.klass_info if rows._fields is None else None
    names = None
    if about is not None:
        fields = about["select_fields"]
        names = [each[0].target.attname for each in compiler.select[fields[0] : fields[-1] + 1]]
    return _Written(
        # The best way to the first few of many turns on the values: those are planned each time.
        str(sql) if rows.query.is_sliced else Question(sql),
        tuple(params), rows.query.select_for_update, compiler, compiler.get_converters(columns),
        populators(about, compiler.select, DEFAULT_DB_ALIAS) if about is not None else (),
        names, tuple(rows._prefetch_related_lookups),  # noqa: SLF001  (what prefetch_related was told)
    )  # fmt: skip


def _ask(written: _Written, given: dict[str, Any]) -> list[Any]:
    if written.is_locking and not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Rows are locked in a transaction.")
    params = [each.filled(given) if isinstance(each, _Hole) else each for each in written.params]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
        answer = cursor.fetchall()
    if written.converters:
        # Another thread's compiler wrote it; what it converts with is this thread's connection.
        converting = copy.copy(written.compiler)
        converting.connection = connection
        answer = list(converting.apply_converters(answer, written.converters))
    if written.names is None:
        return [tuple(row) for row in answer]
    found = [_made(written, row) for row in answer]
    if written.prefetched and found:
        prefetch_related_objects(found, *written.prefetched)
    return found


def _bring(found: list[Any], name: str, question: Prepared[Any], column: str) -> None:
    by_key: dict[Any, list[Any]] = {row.pk: [] for row in found}
    for each in question(keys=list(by_key)):
        by_key[getattr(each, column)].append(each)
    for row in found:
        brought(row, name, by_key[row.pk])


def brought(row: Thing, name: str, rows: Sequence[Any]) -> Thing:
    """The row with these rows behind that name, as if they had been prefetched."""
    behind = getattr(row, name).all()
    behind._result_cache = list(rows)  # noqa: SLF001  (what prefetch_related fills)
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = behind
    return row


def alone(row: Thing, name: str) -> Thing:
    """The row with nothing behind that one-to-one name: of a row that was just written nobody need ask."""
    type(row)._meta.get_field(name).set_cached_value(row, None)  # type: ignore[union-attr]  # noqa: SLF001  # Django documents _meta
    return row


def _made(written: _Written, row: Any) -> Any:
    about, annotations = written.compiler.klass_info, written.compiler.annotation_col_map
    fields = about["select_fields"]
    made = about["model"].from_db(DEFAULT_DB_ALIAS, written.names, row[fields[0] : fields[-1] + 1])
    for populator in written.populators:
        populator.populate(row, made)
    for name, place in annotations.items():
        setattr(made, name, row[place])
    return made
