"""The same done to many rows: each by its own deed, and what was not done is said row by row, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from guiju.desks.common.asked import Request
from guiju.desks.common.listing.asked import Asked
from guiju.desks.common.listing.away import back, entered
from guiju.desks.common.listing.declared import Act, Listing
from guiju.desks.common.listing.looking import look
from guiju.desks.common.perform import content_of
from guiju.kernel.once import once
from guiju.kernel.refusing import NotAllowed, Refusal

# What somebody can look over before they press the button; ten pages of a list.
ROWS_MAX = 500


# What is sent beside what is to be done: the same may be sent for a row by itself and for all at once.
OF_ALL = frozenset({"chosen", "everything", "before", "last"})


@dataclass(frozen=True)
class NotDone:
    """A row to which it was not done, and why."""

    name: str
    because: str


@require_POST
def act(request: Request, listing: str, act: str) -> HttpResponse:
    """First what would be done to which rows, and what must be told for it; then do it.

    Whoever sends it twice does it once to each row.
    """
    seen, actor = entered(request, listing)
    deed = next((each for each in seen.acts if each.slug == act), None)
    if deed is None:
        raise Http404
    if not actor.may(deed.verb):
        raise NotAllowed
    query, is_part = request.GET.urlencode(), request.headers.get("X-Sent-By") == "rows"
    rows = _chosen(request, seen)
    if not rows and is_part:
        return JsonResponse({"done": 0, "refused": []})
    if not rows:
        messages.warning(request, gettext("Choose some rows first: tick them, or press x on them."))
        return back(seen, query)
    is_sent = request.POST.get("sure") == "1"
    form = deed.form(*([request.POST] if is_sent else []), rows=rows, actor=actor) if deed.form else None
    context = {"listing": seen, "act": deed, "rows": [(row.pk, seen.name_of(row)) for row in rows], "form": form}
    context |= {"query": query, "most": ROWS_MAX, "address": f"{seen.address()}?{query or 'all=1'}"}
    if not is_sent or (form is not None and not form.is_valid()):
        return render(request, "common/list_act.html", context, status=422 if is_sent else 200)
    done, refused = _do(request, deed, seen, rows, form)
    if is_part:
        return _part(request, deed, done, refused, f"{seen.address()}?{query or 'all=1'}")
    said = ngettext("%(count)s done.", "%(count)s done.", done) % {"count": done}
    if not refused:
        messages.success(request, f"{deed.title}: {said}")
        return back(seen, query)
    more = {"done": done, "refused": refused, "form": None}
    return render(request, "common/list_done.html", context | more, status=200 if done else 409)


def _part(request: Request, deed: Act, done: int, refused: Sequence[NotDone], address: str) -> HttpResponse:
    """The answer to some of the rows, for the script that goes on with the others; behind the last, with the way back."""
    answer: dict[str, Any] = {"done": done, "refused": [(each.name, each.because) for each in refused]}
    if request.POST.get("last") and not refused:
        before = request.POST.get("before", "")
        many = done + (int(before) if before.isdecimal() and len(before) < 5 else 0)
        said = ngettext("%(count)s done.", "%(count)s done.", many) % {"count": many}
        messages.success(request, f"{deed.title}: {said}")
        answer["go"] = address
    return JsonResponse(answer)


def _chosen(request: Request, listing: Listing) -> list[Any]:
    """The rows that were ticked, as far as the person may see them; or all of the list as it is filtered, the first `ROWS_MAX`."""
    if request.POST.get("everything"):
        return look(Asked(listing, request.actor, request.GET)).page(limit=ROWS_MAX).rows
    keys = {int(key) for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 19}
    found = {row.pk: row for row in listing.rows(request.actor).filter(pk__in=sorted(keys)[:ROWS_MAX])}
    return [found[key] for key in sorted(found)]


def _do(
    request: Request, deed: Act, listing: Listing, rows: Sequence[Any], form: BaseForm | None
) -> tuple[int, list[NotDone]]:
    done, refused, key, data = 0, list[NotDone](), request.POST.get("once", ""), form.cleaned_data if form else {}
    for row in rows:
        try:
            _do_one(request, deed, row, data, f"{key[:80]}-{row.pk}" if key else None)
            done += 1
        except Refusal as refusal:
            refused.append(NotDone(listing.name_of(row), str(refusal)))
    return done, refused


def _do_one(request: Request, deed: Act, row: Any, data: Any, key: str | None) -> None:
    actor = request.actor
    if not actor.may(deed.verb, on=row):
        raise NotAllowed

    def do() -> int:
        deed.act(row, **data, by=actor, at=now())
        return int(row.pk)

    once(key, by=actor, what=f"{deed.verb} {row.pk}", body=content_of(request, besides=OF_ALL), do=do)
