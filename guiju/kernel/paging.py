"""Pages of a list that stay put while rows are added: a page begins behind a row, not at a number.

The database walks an index from that row on, so the ten-thousandth page costs what the first one does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Case, F, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull

from .pieces import declared_for
from .refusing import Refusal
from .words import N_


class CursorInvalid(Refusal):
    """A cursor is ours, and belongs to the list, the filters and the order that it was given for."""

    sentence = N_("This cursor does not belong to this list. Begin again without it.")
    status = 422
    field = "cursor"


@dataclass(frozen=True, slots=True)
class Order:
    """One way to put rows in order; between equals the key decides.

    column        a column or an expression
    is_back       the largest comes first
    may_be_empty  rows without it come last, whichever way it goes
    """

    column: Any
    is_back: bool = False
    may_be_empty: bool = False

    @property
    def turned(self) -> Order:
        """The same order, read from its end."""
        return replace(self, is_back=not self.is_back)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in an order: its value there, and its key."""

    value: Any
    key: int


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, and the rows behind which the pages around it begin."""

    rows: list[Any]
    before: Place | None
    after: Place | None


def page(
    rows: QuerySet[Any], order: Order, *, limit: int, behind: Place | None = None, is_backward: bool = False
) -> Page:
    """The rows behind that place; or, read backward, those just before it.

    raises   CursorInvalid when the place is none of this order
    """
    placed = _placed(rows, order)
    # One row more than is shown tells whether there are more, without counting them.
    found = list(_walk(placed, order, limit + 1, behind, is_backward=is_backward))
    has_more = len(found) > limit
    found = found[:limit]
    if is_backward:
        if not has_more:
            # The beginning is a whole page, not what was left of one.
            return page(rows, order, limit=limit)
        found.reverse()
        return Page(found, _place(found[0]), _place(found[-1]))
    return Page(
        found, _place(found[0]) if found and behind else None, _place(found[-1]) if has_more and found else None
    )


def first_page(order: Order, *, limit: int, ask: Callable[[bool], list[Any]]) -> Page:
    """The first page of a list whose stages are asked elsewhere, for example by a prepared question of `first_rows`.

    ask   the rows of `first_rows` with this order and limit, for rows with a value or for those without
    """
    found: list[Any] = []
    for is_empty in _stages(order):
        found += ask(is_empty)
        if len(found) > limit:
            break
    return Page(found[:limit], None, _place(found[limit - 1]) if len(found) > limit else None)


def first_rows(rows: QuerySet[Any, Any], order: Order, *, limit: int, is_empty: bool) -> QuerySet[Any, Any]:
    """One row more than the page, from the beginning: of those with a value in this order, or of those without."""
    some: QuerySet[Any, Any] = _in_order(_placed(rows, order), order, is_back=order.is_back, is_empty=is_empty)[
        : limit + 1
    ]
    return some


def _placed(rows: QuerySet[Any, Any], order: Order) -> QuerySet[Any, Any]:
    placed: QuerySet[Any, Any] = rows.annotate(
        placed_by=F(order.column) if isinstance(order.column, str) else order.column
    )
    return placed


def _stages(order: Order) -> list[bool]:
    return [False, True] if order.may_be_empty else [False]


def _in_order(rows: QuerySet[Any, Any], order: Order, *, is_back: bool, is_empty: bool) -> QuerySet[Any, Any]:
    sign = "-" if is_back else ""
    some = rows.filter(placed_by__isnull=is_empty) if order.may_be_empty else rows
    return some.order_by(f"{sign}pk") if is_empty else some.order_by(f"{sign}placed_by", f"{sign}pk")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found by looking along an order.

    keys      of the rows that fit, in their order
    is_whole  the page is full, or the rows have come to their end; otherwise more may fit behind `after`
    """

    keys: list[int]
    before: Place | None
    after: Place | None
    is_whole: bool = True


# So many rows are looked at for one page, first a few, then more.
WINDOWS = (500, 5_000, 15_000)


def look(
    rows: QuerySet[Any], fits: Q, order: Order, *, limit: int, behind: Place | None = None, is_backward: bool = False,
    windows: Sequence[int] | None = None,
) -> Looked:  # fmt: skip
    """The next rows that fit, along an order that has an index, where what they must fit has none.

    A database that is asked for both at once may read and sort all that fits, or everything. Here each window is walked by the
    order alone, whether a row fits is only told beside it, and no more is read than the windows hold, however many rows there are.

    raises   CursorInvalid when the place is none of this order
    """
    placed = _told(rows, fits, order)
    found: list[Any] = []
    last, has_ended = behind, False
    for window in windows or WINDOWS:
        walked = list(_walk(placed, order, window, last, is_backward=is_backward))
        found += [row for row in walked if row.fits]
        has_ended = len(walked) < window
        last = _place(walked[-1]) if walked else last
        if has_ended or len(found) > limit:
            break
    has_more = len(found) > limit
    found = found[:limit]
    further = _place(found[-1]) if has_more else None if has_ended else last
    keys, is_whole = [row.pk for row in found], has_more or has_ended
    if not is_backward:
        return Looked(keys, (_place(found[0]) if found else behind) if behind else None, further, is_whole)
    if further is None:
        # The beginning is a whole page, not what was left of one.
        return look(rows, fits, order, limit=limit, windows=windows)
    return Looked(keys[::-1], further, _place(found[0]) if found else behind, is_whole)


def tally(rows: QuerySet[Any], fits: Q, order: Order, *, window: int) -> tuple[int, bool]:
    """How many of the first rows fit, and whether those were all."""
    walked = list(_walk(_told(rows, fits, order), order, window, None, is_backward=False))
    return sum(row.fits for row in walked), len(walked) < window


def _told(rows: QuerySet[Any], fits: Q, order: Order) -> QuerySet[Any, Any]:
    """Of each row its place, and whether it fits: said as a value, so that no database can begin with it."""
    answer = Case(When(fits, then=Value(value=True)), default=Value(value=False)) if fits else Value(value=True)
    told: QuerySet[Any, Any] = _placed(rows.order_by(), order).annotate(fits=answer)
    return told.values_list("pk", "placed_by", "fits", named=True)


def there_is(rows: QuerySet[Any]) -> Q:
    """That one of these rows is there, for a window that is looked through: they point to its rows by OuterRef.

    Asked as EXISTS, PostgreSQL may find out about the whole table at once, because it does not see how few rows a window has.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def few(rows: QuerySet[Any], *, most: int, along: str = "") -> list[int] | None:
    """The keys of these rows, if there are at most so many; nothing otherwise. An index must stand behind what they fit.

    along  a column on which they lie together: read along it, PostgreSQL does not look for so few from the table's first row on
    """
    keys = list(rows.order_by(*[along] if along else []).values_list("pk", flat=True)[: most + 1])
    return keys if len(keys) <= most else None


# What one search has found already, by what was asked and of whom.
_found: ContextVar[dict[Any, list[int]] | None] = ContextVar("found_in_one_search", default=None)
Found = Callable[..., list[int]]


@contextmanager
def one_search() -> Iterator[None]:
    """For as long as the block lasts, whoever is asked twice for what the same text means has asked the database once."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def once_in_a_search(ask: Found) -> Found:
    """Let a question be remembered within `one_search`; it is told apart by its text, who asks (`by`) and how many are enough."""

    @wraps(ask)
    def asking(text: str, **about: Any) -> list[int]:
        found = _found.get()
        if found is None:
            return ask(text, **about)
        key = (ask.__qualname__, ask.__module__, text, *((name, repr(value)) for name, value in sorted(about.items())))
        if key not in found:
            found[key] = ask(text, **about)
        return found[key]

    return asking


NEWEST = Order("pk", is_back=True)
# What so few have is found whole.
FEW_FOUND = 1_000


def newest(rows: QuerySet[Any], column: str, text: str, *, most: int) -> list[int]:
    """The keys of what a searching person means by a piece of a column, newest first: all while they are few, otherwise enough.

    column  one whose pieces are kept (kernel.pieces); of a text shorter than those only the newest rows are asked
    most    so many are enough
    """
    # What many have is met at once. An index would first gather all of them, however few are wanted.
    keys = look(rows, Q(**{f"{column}__contains": text}), NEWEST, limit=most, windows=WINDOWS[:1]).keys
    sentence = declared_for(rows.model._meta.get_field(column))  # noqa: SLF001  (Django documents _meta)
    if len(keys) == most or sentence is None or len(text) < sentence.shortest:
        return keys
    return newest_of(rows.filter(**{f"{column}__holds": text}), most=FEW_FOUND)


def newest_of(rows: QuerySet[Any], *, most: int) -> list[int]:
    """The keys of the newest of the rows to which an index leads.

    Zero is added to the key lest PostgreSQL takes the order's own index and walks past the whole table for what few have.
    """
    return list(rows.order_by((F("pk") + 0).desc()).values_list("pk", flat=True)[:most])


def _walk(
    rows: QuerySet[Any, Any], order: Order, limit: int, behind: Place | None, *, is_backward: bool
) -> Iterator[Any]:
    """Rows in their order, those without a value after all others; each kind is walked along its index."""
    stages = _stages(order)
    if is_backward:
        stages.reverse()
    if behind is not None:
        stages = stages[stages.index(order.may_be_empty and behind.value is None) :]
    is_back = order.is_back is not is_backward
    left = limit
    for number, is_empty in enumerate(stages):
        some = _in_order(rows, order, is_back=is_back, is_empty=is_empty)
        if behind is not None and number == 0:
            some = some.filter(_beyond(rows, behind, is_back=is_back, is_empty=is_empty))
        found = list(some[:left])
        yield from found
        left -= len(found)
        if left <= 0:
            return


def _beyond(rows: QuerySet[Any, Any], behind: Place, *, is_back: bool, is_empty: bool) -> Q:
    way = "lt" if is_back else "gt"
    if is_empty:
        return Q(**{f"pk__{way}": behind.key})
    try:
        value = rows.query.annotations["placed_by"].output_field.to_python(behind.value)
    except (ValidationError, ValueError, TypeError) as stale:
        raise CursorInvalid from stale
    # Said in this way the database begins at that value; said as one "or", it would begin at the first row of all.
    further = Q(**{f"placed_by__{way}": value}) | Q(**{f"pk__{way}": behind.key})
    return Q(**{f"placed_by__{way}e": value}) & further


def _place(row: Any) -> Place:
    value = row.placed_by
    return Place(value.isoformat() if hasattr(value, "isoformat") else value, row.pk)


def seal(place: Place, *, mark: str, salt: str) -> str:
    """The place as a word that a reader can hand back and not change."""
    return signing.dumps([mark, place.value, place.key], salt=salt, compress=True)


def opened(cursor: str, *, mark: str, salt: str) -> Place:
    """The place that was given for this list with these filters.

    raises   CursorInvalid
    """
    try:
        given_for, value, key = signing.loads(cursor, salt=salt)
    except (signing.BadSignature, ValueError) as forged:
        raise CursorInvalid from forged
    if given_for != mark or not isinstance(key, int):
        raise CursorInvalid
    return Place(value, key)


def mark_of(asked: Mapping[str, Sequence[str]], sort: str) -> str:
    """What was asked for besides the page, in few letters."""
    filters = sorted((name, sorted(values)) for name, values in asked.items())
    return hashlib.sha256(repr((sort, filters)).encode("utf-8", "replace")).hexdigest()[:16]


def count(rows: QuerySet[Any], *, most: int) -> int:
    """How many there are, but counted no further than one above `most`: nobody waits for a million to be counted."""
    return rows.order_by()[: most + 1].count()
