"""Checklists of the bench and of the final test: what is asked for, in which version since when, and the next version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office.check_forms import ItemForm, TestItemForm, WorkItemForm
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.measuring import asked
from guiju.desks.common.perform import perform
from guiju.kernel.refusing import NotAllowed
from guiju.line.quality import actions as quality
from guiju.line.quality.models import ChecklistItem
from guiju.line.workorder.rules import ItemKind
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import WorkCheckItem
from guiju.standing.catalogue.models import ProductLine


@dataclass(frozen=True, slots=True)
class Book:
    """One of the two checklists: its rows, its form, and who writes it."""

    slug: str
    title: str | Promise
    model: Any
    form: type[ItemForm]
    sets: Callable[..., Any]
    ends: Callable[..., Any]
    set_verb: str
    end_verb: str

    @property
    def columns(self) -> list[str]:
        """What another version takes over from the one before."""
        return [name for name in self.form.base_fields if name != "code"]


BOOKS = {
    each.slug: each
    for each in (
        Book(
            "bench", _("At the bench"), WorkCheckItem, WorkItemForm,
            workshop.set_check, workshop.end_check, "workshop.set_check", "workshop.end_check",
        ),
        Book(
            "test", _("At the final test"), ChecklistItem, TestItemForm,
            quality.add_item, quality.end_item, "quality.add_item", "quality.end_item",
        ),
    )
}  # fmt: skip


@require_safe
def checklists(request: Request) -> HttpResponse:
    """Both lists as they are asked for now, all of them or those of one product line."""
    context = enter(request.actor, "checklists")
    lines = list(ProductLine.objects.order_by("code"))
    chosen = next((each for each in lines if each.code == request.GET.get("line")), None)
    of_line = Q(line__isnull=True) | Q(line=chosen) if chosen else Q()
    books = [
        {
            "book": book,
            "rows": [_row(each) for each in book.model.objects.filter(of_line, until__isnull=True).select_related("line").order_by("code")],
            "ended": _ended(book, of_line),
            "may_set": request.actor.may(book.set_verb),
        }
        for book in BOOKS.values()
    ]  # fmt: skip
    more = {"books": books, "lines": lines, "chosen": chosen}
    return render(request, "back_office/checklists.html", {**context, **more})


def _ended(book: Book, of_line: Q) -> list[Mapping[str, Any]]:
    """The last version of what is asked for no longer."""
    living = book.model.objects.filter(until__isnull=True).values("code")
    rows = (
        book.model.objects.filter(of_line).exclude(code__in=living).select_related("line").order_by("code", "version")
    )
    return [_row(each) for each in {each.code: each for each in rows}.values()]


def _row(item: Any) -> Mapping[str, Any]:
    """An item, and what it asks for as a sentence."""
    is_tick = item.kind == ItemKind.CHECK
    return {"item": item, "asked": gettext("In order or not") if is_tick else asked(item.limit())}


def _book(slug: str) -> Book:
    if slug not in BOOKS:
        raise Http404
    return BOOKS[slug]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, book: str) -> HttpResponse:
    """Ask for another thing from now on."""
    kept = _book(book)
    context = enter(request.actor, "checklists")
    if not request.actor.may(kept.set_verb):
        raise NotAllowed
    form, status = kept.form(), 200
    if request.method == "POST":
        form, status = kept.form(request.POST), 422
        if done := _set(request, kept, form):
            return redirect("back_office:item", book, done)
    return render(request, "back_office/add_item.html", {**context, "book": kept, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, book: str, pk: int) -> HttpResponse:
    """One item with all its versions, and a form for the next one."""
    kept = _book(book)
    context = enter(request.actor, "checklists")
    row = get_object_or_404(kept.model, pk=pk)
    versions = list(kept.model.objects.filter(code=row.code).select_related("line").order_by("-version"))
    newest = versions[0]
    before = {name: getattr(newest, name) for name in kept.columns} | {
        f"name_{key}": name for key, name in newest.names.items()
    }
    form, status = kept.form(initial=before, code=row.code), 200
    if request.method == "POST":
        if not request.actor.may(kept.set_verb):
            raise NotAllowed
        form, status = kept.form(request.POST, code=row.code), 422
        if done := _set(request, kept, form):
            return redirect("back_office:item", book, done)
    more = {
        "book": kept,
        "newest": newest,
        "versions": [_row(each) for each in versions],
        "form": form,
        "may_set": request.actor.may(kept.set_verb),
        "may_end": newest.until is None and request.actor.may(kept.end_verb),
    }
    return render(request, "back_office/item.html", {**context, **more}, status=status)


def _set(request: Request, book: Book, form: ItemForm) -> int | None:
    """Write the version; its key, which the page of the item is opened by."""
    done = perform(
        request, form, lambda data: book.sets(**data, by=request.actor, at=now()).pk, what=f"checklist.{book.slug}"
    )
    if not done:
        return None
    messages.success(request, gettext("From now on it is asked for like this."))
    return int(done.answer)


@require_POST
def end(request: Request, book: str, pk: int) -> HttpResponse:
    """Ask for it no longer."""
    kept = _book(book)
    if not request.actor.may(kept.end_verb):
        raise NotAllowed
    row = get_object_or_404(kept.model, pk=pk)
    if perform(request, None, lambda _data: kept.ends(row, by=request.actor, at=now()).pk):
        messages.success(request, gettext("It is asked for no longer. What was found stays."))
    return redirect("back_office:item", book, pk)
