"""A page of a list: its rows, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.desks.common.listing import cells
from guiju.desks.common.listing.asked import Asked, habits
from guiju.desks.common.listing.declared import ROWS, Column, Listing
from guiju.desks.common.listing.looking import Found, Look, look
from guiju.kernel import paging
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal

# Counted no further: "more than 1,000" is answer enough, and a million is never counted.
COUNT_MAX = 1_000


@dataclass(frozen=True)
class Head:
    """The head of a column; with its link, the list is sorted by it, and by the same link the other way round."""

    title: str
    dress: str
    link: str
    sorted: str


@dataclass(frozen=True)
class Row:
    """A row as it is drawn."""

    key: int
    name: str
    cells: list[cells.Cell]
    is_late: bool


def show(request: Any, listing: Listing, template: str = "common/list.html", **more: Any) -> HttpResponse:
    """The page of a list. Who opens it without asking for anything sees their own first view.

    raises   NotAllowed
    """
    answer = shown(request, listing)
    if isinstance(answer, HttpResponse):
        return answer
    status = 422 if answer["asked"].form.errors or answer["stale"] else 200
    return render(request, template, {"list": answer, **more}, status=status)


def shown(request: HttpRequest, listing: Listing) -> dict[str, Any] | HttpResponse:
    """What `common/listing.html` draws; or the way to the view that was meant.

    raises   NotAllowed
    """
    with paging.one_search():
        return _shown(request, listing)


def _shown(request: HttpRequest, listing: Listing) -> dict[str, Any] | HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    listing.enter(actor)
    how = habits(listing, actor)
    if not request.GET and how.first is not None:
        return redirect(f"{request.path}?{_query_of(how.first)}")
    view = how.named(request.GET.get("view", ""))
    asked = Asked(listing, actor, request.GET)
    columns = how.columns(listing, actor, view)
    found = look(asked)
    page, stale = _page(asked, found)
    if listing.dressed:
        listing.dressed(page.rows)
    has_more = bool(page.after or page.before)
    many = found.count(most=COUNT_MAX) if has_more else f"{len(page.rows):,}"
    acts = listing.acts_for(actor)
    return {
        "listing": listing, "asked": asked, "stale": stale, "view": view, "chips": list(asked.chips()),
        "heads": [_head(column, asked) for column in columns],
        "rows": [_row(row, columns, listing) for row in page.rows],
        "before": _turned(asked, "before", page.before), "after": _turned(asked, "after", page.after),
        "start": asked.link(), "everything": "?all=1", "count": many,
        "is_whole": page.is_whole,
        "acts": acts, "columns": _chooser(listing, actor, columns),
        "views": [(each, f"?{_query_of(each)}", each.person_id == actor.person_id) for each in how.views if each.name],
        "may_share": actor.may("people.share_view"),
        "may_export": not listing.is_personal or actor.may("people.export_list"),
        "may_keep": actor.person_id is not None,
        "query": request.GET.urlencode(),
    }  # fmt: skip


def _query_of(view: Any) -> str:
    return f"{view.query}&view={view.pk}" if view.query else f"view={view.pk}"


def _page(asked: Asked, found: Look) -> tuple[Found, str]:
    """The page that was asked for, or the first with what is the matter."""
    stale = ""
    for word in ("after", "before"):
        if cursor := asked.query.get(word):
            try:
                behind = paging.opened(cursor, mark=_mark(asked), salt=_salt(asked))
                return found.page(limit=ROWS, behind=behind, is_backward=word == "before"), ""
            except Refusal as refusal:
                stale = str(refusal)
    return found.page(limit=ROWS), stale


def _mark(asked: Asked) -> str:
    return paging.mark_of(asked.filters, asked.sort)


def _salt(asked: Asked) -> str:
    return f"guiju.desks.list.{asked.listing.slug}"


def _turned(asked: Asked, word: str, place: paging.Place | None) -> str:
    if place is None:
        return ""
    view = asked.query.get("view")
    return asked.link(view=view or None, **{word: paging.seal(place, mark=_mark(asked), salt=_salt(asked))})


def _head(column: Column, asked: Asked) -> Head:
    slug, sort = column.slug, asked.sort
    if not column.sort:
        return Head(str(column.title), cells.dress(column.kind), "", "")
    is_this = sort.removeprefix("-") == slug
    way = ("descending" if sort.startswith("-") else "ascending") if is_this else ""
    wanted = f"-{slug}" if sort == slug else slug
    return Head(str(column.title), cells.dress(column.kind), asked.link(sort=wanted), way)


def _row(row: Any, columns: list[Column], listing: Listing) -> Row:
    is_late = bool(listing.late and listing.late(row))
    return Row(row.pk, listing.name_of(row), [_cell(row, column) for column in columns], is_late)


def _cell(row: Any, column: Column) -> cells.Cell:
    value = column.value(row)
    return cells.Cell(
        label=str(column.title),
        text=cells.said(column.kind, value, column.machine),
        dress=cells.dress(column.kind),
        url=column.url(row) if column.url and value else "",
        code=str(value) if column.kind is cells.Kind.STATE and value else "",
        tone=cells.tone(column.kind, value, column.machine),
        is_whole=column.is_whole,
    )


def _chooser(listing: Listing, actor: Actor, shown: list[Column]) -> list[Mapping[str, Any]]:
    """The columns to tick: those that are shown first, in their order, then the others."""
    others = [column for column in listing.columns_for(actor) if column not in shown]
    return [{"column": column, "is_shown": column in shown} for column in [*shown, *others]]
