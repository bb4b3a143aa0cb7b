"""Lists for programs: filters and orders that are named beforehand, and pages that stay put while rows are added.

A page begins behind the last row of the page before it, not at a number: what is entered meanwhile moves nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, Literal, get_origin

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints, create_model

from guiju.api.problems import PROBLEMS
from guiju.kernel import paging
from guiju.kernel.actor import Actor
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.kernel.words import N_

# A screen is 50 rows. Four of them are answered in about the time of one, and no answer is ever as long as the table.
LIMIT_USUAL = 50
LIMIT_MAX = 200
# As many ways as one list is asked in: by whom, narrowed by what, in which order.
SHAPES_MAX = 256
PAGING = ("cursor", "limit", "sort")

Limit = Annotated[int, Field(ge=1, le=LIMIT_MAX, description=f"Rows on a page, at most {LIMIT_MAX}.")]
Cursor = Annotated[
    str, StringConstraints(max_length=1000), Field(description="The `next` of the page before; empty for the first.")
]


class UnknownFilter(Refusal):
    """A filter that does not exist would be taken for one that lets everything through.

    allowed   the filters that there are
    """

    sentence = N_("There is no filter “%(name)s” here. These may be used: %(filters)s.")
    status = 422

    def __init__(self, name: str, allowed: Sequence[str]) -> None:
        super().__init__(field=name[:80], name=name[:80], filters=", ".join(allowed))
        self.allowed = list(allowed)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list.

    kind   the type that the value must have; `list[…]` where it may be given several times
    holds  the column that must be equal to it, or what the value means
    """

    kind: Any
    holds: str | Callable[[Any], Q]

    def q(self, value: Any) -> Q:
        """The same as a condition."""
        if callable(self.holds):
            return self.holds(value)
        return Q(**{f"{self.holds}__in" if isinstance(value, list) else self.holds: value})

    @property
    def is_column(self) -> bool:
        """Whether another value is the same question; to have none or one are two."""
        return isinstance(self.holds, str) and not self.holds.endswith("__isnull")


@dataclass(frozen=True)
class Listing:
    """A list at one address.

    right   the verb without which the list is not opened at all
    rows    those that the asker may see, with what `shows` needs of them
    shows   a page of rows as the answer has them, in as many statements for two hundred as for one; else the answer's `of`
    sorts   the orders that may be asked for, each a column that is never empty, or an order that says that it may be
    first   the order unless one is asked for
    """

    path: str
    name: str
    right: str
    answer: type[Schema]
    rows: Callable[[Actor], QuerySet[Any]]
    shows: Callable[[Sequence[Any]], list[Any]] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    sorts: Mapping[str, Any] = field(default_factory=lambda: {"id": "pk"})
    first: str = "-id"

    @cached_property
    def first_rows(self) -> Prepared[Any]:
        """The first page as a prepared question; values of columns by the name of their filter."""

        def rows(
            actor: Actor,
            order: paging.Order,
            limit: int,
            meant: Sequence[tuple[str, Any]],
            /,
            *is_empty: bool,
            **columns: Any,
        ) -> QuerySet[Any]:
            some = _narrowed(self, actor, {**dict(meant), **columns})
            return paging.first_rows(some, order, limit=limit, is_empty=any(is_empty))

        return Prepared(rows, shapes_max=SHAPES_MAX)

    @property
    def operation(self) -> str:
        """As the description names it: workorder.orders."""
        return f"{self.right.partition('.')[0]}.{self.name}"


def show(router: Router, listings: Sequence[Listing]) -> None:
    """Give every list its address."""
    for listing in listings:
        router.get(
            listing.path,
            response={200: page_of(listing.operation, listing.answer), **PROBLEMS},
            operation_id=listing.operation,
            summary=(inspect.getdoc(listing.rows) or listing.name).partition("\n")[0],
        )(_operation(listing))


def page_of(name: str, answer: type[Schema]) -> type[Schema]:
    """The shape of a page of such rows."""
    # By its context too: two books have moves.
    title = "".join(word.capitalize() for word in name.replace(".", "_").split("_")) + "Page"
    following = Annotated[str | None, Field(description="The cursor of the next page; null on the last.")]
    made: type[Schema] = create_model(title, __base__=Schema, items=(list[answer], ...), next=(following, ...))  # type: ignore[valid-type]
    made.__doc__ = "One page of a list."
    return made


def _operation(listing: Listing) -> Callable[..., Any]:
    def operate(request: HttpRequest, response: HttpResponse, **given: Any) -> Any:
        return _answer(listing, request, response, given)

    nothing = inspect.Parameter.empty
    kinds: list[tuple[str, Any, Any]] = [("request", HttpRequest, nothing), ("response", HttpResponse, nothing)]
    kinds += [
        (name, _asked(each.kind), [] if get_origin(each.kind) is list else None)
        for name, each in listing.filters.items()
    ]
    orders = Literal[tuple(f"{sign}{word}" for word in listing.sorts for sign in ("", "-"))]  # type: ignore[valid-type]
    kinds += [("sort", orders, listing.first), ("cursor", Cursor, ""), ("limit", Limit, LIMIT_USUAL)]
    operate.__signature__ = inspect.Signature([  # type: ignore[attr-defined]
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=kind, default=default)
        for name, kind, default in kinds
    ])  # fmt: skip
    operate.__name__ = operate.__qualname__ = listing.name
    operate.__doc__ = inspect.getdoc(listing.rows)
    return operate


def _asked(kind: Any) -> Any:
    """A filter may be left out, but not left empty."""
    if get_origin(kind) is list:
        return Annotated[kind, Query(max_length=40)]  # type: ignore[type-arg]  # a call here, whatever its annotation says
    return kind | None


def _answer(listing: Listing, request: Any, response: HttpResponse, given: dict[str, Any]) -> dict[str, Any]:
    actor: Actor = request.actor
    if not actor.may(listing.right):
        raise NotAllowed
    for name in request.GET:
        if name not in listing.filters and name not in PAGING:
            raise UnknownFilter(name, [*listing.filters, *PAGING])
    narrowed = {name: given[name] for name in listing.filters if given[name] is not None and given[name] != []}
    found, following = page(listing, actor, narrowed, asked=request.GET, given=given)
    if following is not None:
        query = request.GET.copy()
        query["cursor"] = following
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    shown = listing.shows(found) if listing.shows else [listing.answer.of(row) for row in found]  # type: ignore[attr-defined]
    return {"items": shown, "next": following}


def page(
    listing: Listing, actor: Actor, narrowed: Mapping[str, Any], *, asked: QueryDict, given: Mapping[str, Any]
) -> tuple[list[Model], str | None]:
    """The rows behind the cursor, and the cursor behind them if there are more.

    narrowed   what is asked of each filter that is used
    raises     CursorInvalid
    """
    sort, salt = given["sort"], f"guiju.api.cursor.{listing.operation}"
    by, is_back = listing.sorts[sort.removeprefix("-")], sort.startswith("-")
    order = replace(by, is_back=is_back) if isinstance(by, paging.Order) else paging.Order(by, is_back=is_back)
    mark = paging.mark_of({name: asked.getlist(name) for name in asked if name not in PAGING}, sort)
    limit = given["limit"]
    if given["cursor"]:
        behind = paging.opened(given["cursor"], mark=mark, salt=salt)
        rows = _narrowed(listing, actor, narrowed)
        found = paging.page(rows, order, limit=limit, behind=behind)
    else:
        found = paging.first_page(order, limit=limit, ask=_first(listing, actor, order, limit, narrowed))
    return found.rows, paging.seal(found.after, mark=mark, salt=salt) if found.after else None


def _narrowed(listing: Listing, actor: Actor, narrowed: Mapping[str, Any]) -> QuerySet[Any]:
    rows = listing.rows(actor)
    for name, value in narrowed.items():
        rows = rows.filter(listing.filters[name].q(value))
    return rows


def _first(
    listing: Listing, actor: Actor, order: paging.Order, limit: int, narrowed: Mapping[str, Any]
) -> Callable[[bool], list[Any]]:
    """The rows of the first page, by SQL that is written once: what differs each time are the values of the columns."""
    columns = {name: value for name, value in narrowed.items() if listing.filters[name].is_column}
    meant = {name: value for name, value in narrowed.items() if name not in columns}
    if all(isinstance(value, bool) for value in meant.values()):
        shape = (actor, order, limit, tuple(meant.items()))
        return lambda is_empty: listing.first_rows(*shape, is_empty, **columns)
    # What a search means is found out from its words: each is another question.
    rows = _narrowed(listing, actor, narrowed)
    return lambda is_empty: list(paging.first_rows(rows, order, limit=limit, is_empty=is_empty))
