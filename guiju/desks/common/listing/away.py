"""A list that leaves the house as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from guiju.desks.common.asked import Request
from guiju.desks.common.listing import sheets
from guiju.desks.common.listing.asked import Asked, habits
from guiju.desks.common.listing.declared import Column, Listing, at_slug
from guiju.kernel import paging
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.policy import queries as policy

FIGURE = "list.export_rows"


@require_POST
def export(request: Request, listing: str) -> HttpResponseBase:
    """The list as it is filtered and sorted now, with the columns that are shown, as CSV or XLSX.

    Where names and numbers of people stand in it, that it left is in the trail before its first row is read.
    """
    wanted, actor = entered(request, listing)
    form = request.POST.get("form", "csv")
    if form not in sheets.FORMS:
        raise Http404
    if wanted.is_personal and not actor.may("people.export_list"):
        raise NotAllowed
    asked, how = Asked(wanted, actor, request.GET), habits(wanted, actor)
    columns = how.columns(wanted, actor, how.named(request.GET.get("view", "")))
    most = _most(request)
    many = paging.count(asked.rows(), most=most)
    if many > most:
        said = gettext(
            "These are more than %(most)s rows, and so many go into one file. Narrow the list, such as by days."
        )
        messages.error(request, said % {"most": f"{most:,}"})
        return redirect(f"{wanted.address()}{asked.link()}")
    if wanted.is_personal:
        people.export_list(
            request.unit, listing=listing, columns=[column.slug for column in columns], query=asked.plain, form=form,
            rows=many, by=actor, at=now(),
        )  # fmt: skip
    answer = _file(asked, columns, form, most)
    # So that the page can say how much of it has come.
    answer["X-Rows"] = str(many)
    return answer


def _most(request: Request) -> int:
    on = request.unit.day(now()) if request.unit else now().date()
    return int(policy.figure(FIGURE, unit=request.unit, on=on).value)


def _file(asked: Asked, columns: list[Column], form: str, most: int) -> HttpResponseBase:
    heads, rows = sheets.headings(columns), sheets.lines(asked, columns, most=most)
    name = f"{asked.listing.slug}-{localtime():%Y-%m-%d-%H%M}.{form}"
    if form == "xlsx":
        return FileResponse(
            sheets.as_xlsx(heads, rows), as_attachment=True, filename=name, content_type=sheets.FORMS[form]
        )
    answer = StreamingHttpResponse(sheets.as_csv(heads, rows), content_type=sheets.FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def entered(request: Any, slug: str) -> tuple[Listing, Actor]:
    """The list of that slug, if this person may open it."""
    listing, actor = at_slug(slug), request.actor
    listing.enter(actor)
    return listing, actor


def back(listing: Listing, query: str) -> HttpResponse:
    """To the list again, as it was asked for."""
    return redirect(f"{listing.address()}?{query or 'all=1'}")
