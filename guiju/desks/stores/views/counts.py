"""Counts: the list, planning one, counting at the shelf on a phone, and judging what was found."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.books.stock.models import Store
from guiju.desks.common import forms as common
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import SeenBy
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at, take
from guiju.desks.stores.counting import FORMS, OFFERED, STEPS, ExplainForm, PlanForm, TallyForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.papers import queries as papers
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries, rules
from guiju.readiness.counting.models import StockCount, leads_to_seen, ways_to_see
from guiju.readiness.counting.rules import CountState
from guiju.standing.catalogue.models import Part

_NAMES = ("unit", "store__unit", "keeper", "successor", "first_counter", "second_counter", "recounter")


def _named(text: str, _actor: Actor) -> Q:
    return begins("number", text.upper())


_COUNTS = SeenBy(lambda: StockCount.objects.select_related(*_NAMES), ways_to_see, leads_to_seen)
COUNTS = Listing(
    slug="stock-counts",
    title=_("Counts"),
    url="stores:counts",
    verbs=("counting.see",),
    rows=_COUNTS.rows,
    hangs=_COUNTS,
    begun=_("Nothing has been counted yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Count"), "number", Kind.NUMBER, is_whole=True, url=to("stores:count", "number")),
        Column("kind", _("Kind of count"), "kind", Kind.WORD, machine="count_kind"),
        Column("state", _("State"), "state", Kind.STATE, machine="count"),
        Column("store", _("Store"), lambda row: f"{row.unit.code} {row.store.code}", Kind.NUMBER),
        Column("planned_on", _("Planned for"), "planned_on", Kind.DAY),
        Column("first", _("First counter"), "first_counter.name"),
        Column("second", _("Second counter"), "second_counter.name"),
        Column("keeper", _("Who keeps the store"), "keeper.name", is_default=False),
        Column("closed", _("Closed"), "closed_at", Kind.WHEN, is_default=False),
        Column("reason", _("Why"), "reason", is_default=False),
    ),
    filters=(
        Words("q", _("Number"), holds=_named, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("count"), is_indexed=True),
    ),
)


@require_safe
def counts(request: Request) -> HttpResponse:
    """Every count, also those that are over."""
    return show(request, COUNTS, "stores/list.html", here="counts")


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request) -> HttpResponse:
    """Plan a count of one store; what is due there is proposed."""
    actor: Actor = request.actor
    stores = list(
        Store.objects.filter(actor.scope("counting.plan").q()).select_related("unit").order_by("unit__code", "code")
    )
    if not actor.may("counting.plan"):
        raise NotAllowed
    chosen = (request.POST if request.method == "POST" else request.GET).get("store", "")
    store = next((each for each in stores if str(each.pk) == chosen), stores[0] if stores else None)
    if store is None:
        return render(request, "stores/count_plan.html", {"stores": []})
    if request.method == "POST":
        form = PlanForm(request.POST, store=store)
        done = perform(request, form, lambda data: counting.plan(store, **data, by=actor, at=now()), what="stores.plan")
        if done:
            return redirect("stores:count", done.answer)
    else:
        form = PlanForm(store=store, initial=_proposed(request, store))
    context = {"form": form, "stores": stores, "store": store, "proposals": queries.proposals(store, at=now())}
    return render(request, "stores/count_plan.html", context, status=422 if form.errors else 200)


def _proposed(request: Request, store: Store) -> dict[str, Any]:
    """What a proposal filled in, and the one keeper where there is only one."""
    bins = [int(each) for each in request.GET.get("bins", "").split(",") if each.isdecimal()]
    keepers = list(PlanForm(store=store).fields["keeper"].queryset[:2])  # type: ignore[attr-defined]
    return {
        "kind": request.GET.get("kind", "CYCLE"), "bins": bins, "keeper": keepers[0] if len(keepers) == 1 else None,
        "planned_on": store.unit.day(now()),
    }  # fmt: skip


def _open(request: Request, number: str) -> StockCount:
    """The count of that number, if this person may see it."""
    return get_object_or_404(StockCount.objects.visible_to(request.actor).select_related(*_NAMES), number=number)


@require_safe
def count(request: Request, number: str) -> HttpResponse:
    """One count with all that can be done to it now."""
    return _page(request, _open(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    row = _open(request, number)
    step = step_at(STEPS, slug, by=request.actor, on=row)
    form = FORMS[step.form](row, request.POST) if step.form else None
    if isinstance(form, ExplainForm):
        done = bool(perform(request, form, lambda _data: step.act(row, **form.said(), by=request.actor, at=now())))
    else:
        done = take(request, step, row, form)
    if done or form is None:
        return redirect("stores:count", row.number)
    return _page(request, _open(request, number), status=422, **{step.form: form})


def _page(request: Request, row: StockCount, *, status: int = 200, **bound: common.Form) -> HttpResponse:
    actor: Actor = request.actor
    offered = OFFERED[CountState(row.state)]
    blind = queries.is_blind(row)
    lines = queries.lines_of(row)
    context: dict[str, Any] = {
        "count": row,
        "blind": blind,
        "bins": queries.progress(row, by=actor),
        "lines": lines,
        "to_recount": [each for each in lines if each.to_recount] if row.state == CountState.COUNTED else [],
        "worth": queries.worth_of(row),
        "unknown": queries.unknown_of(row),
        "approvals": row.approvals.filter(round=row.round).select_related("person"),
        "counts_here": actor.person_id in row.counter_ids and row.is_at_the_shelves,
        "may": {
            slug.replace("-", "_"): slug in offered and actor.may(step.verb, on=row) for slug, step in STEPS.items()
        },
        "refused": bound,
    }
    forms = {f"{name}_form": bound.get(name) or blank(row) for name, blank in FORMS.items()}
    return render(request, "stores/count.html", context | forms, status=status)


# --- At the shelf, on a phone


@require_safe
def shelf(request: Request, number: str) -> HttpResponse:
    """The bins of a count, or the one before which this person stands. Nothing here says how many there should be."""
    return _shelf(request, _open(request, number))


def _shelf(request: Request, row: StockCount, *, status: int = 200, **more: Any) -> HttpResponse:
    actor: Actor = request.actor
    if actor.person_id not in row.counter_ids:
        raise NotAllowed
    sheet = queries.open_sheet(row, by=actor)
    bins = queries.progress(row, by=actor)
    context = {
        "count": row,
        "sheet": sheet,
        "asked": queries.asked(sheet) if sheet else [],
        "unknown": list(sheet.unknown.all()) if sheet else [],
        "bins": bins,
        "left": [each for each in bins if each.counted.state != rules.BinState.DONE],
        "last": request.GET.get("part", ""),
    }
    return render(request, "stores/count_shelf.html", context | more, status=status)


@require_POST
def at_shelf(request: Request, number: str, slug: str) -> HttpResponse:
    """One thing at the shelf: stand before a bin, scan, enter, finish, leave."""
    row = _open(request, number)
    if request.actor.person_id not in row.counter_ids:
        raise NotAllowed
    by: dict[str, Any] = {"by": request.actor, "at": now()}
    part = ""
    if slug == "scan":
        text = request.POST.get("text", "")
        done = perform(request, None, lambda _data: _code(counting.scan(row, text=text, **by)))
        part = done.answer if done else ""
    elif slug == "tally":
        form = TallyForm(request.POST)
        part_row = get_object_or_404(Part, pk=form["part"].value()) if form.is_valid() else None
        done = perform(
            request, form, lambda data: _tallied(row, part_row, data["quantity"], by)
        )  # fmt: skip
        if not done:
            return _shelf(request, row, status=422, refused=form)
        part = done.answer
    else:
        perform(request, None, _SHELF[slug](request, row, by))
    query = f"?part={part}" if part else ""
    return redirect(f"{request.path.rpartition('/')[0]}/{query}")


def _tallied(row: StockCount, part: Part | None, quantity: int, by: dict[str, Any]) -> str:
    if part is None:
        raise Http404
    return str(counting.tally(row, part=part, quantity=quantity, **by).part.code)


def _code(scanned: counting.Scanned) -> str:
    return str(scanned.part.code) if scanned.part else ""


def _opening(request: Request, row: StockCount, by: dict[str, Any]) -> Any:
    counted = get_object_or_404(row.bins.select_related("bin__store"), pk=request.POST.get("bin") or 0)
    return lambda _data: counting.open_bin(row, bin=counted.bin, **by).pk


def _finishing(_request: Request, row: StockCount, by: dict[str, Any]) -> Any:
    return lambda _data: counting.finish_bin(row, **by).pk


def _leaving(_request: Request, row: StockCount, by: dict[str, Any]) -> Any:
    return lambda _data: counting.leave_bin(row, **by).pk


_SHELF = {"open": _opening, "finish": _finishing, "leave": _leaving}


@require_safe
def sheet(request: Request, number: str) -> HttpResponse:
    """The count as a paper (6.10): blind while it is blind, with the variance afterwards."""
    row = _open(request, number)
    actor: Actor = request.actor
    pdf = papers.count_sheet(
        row, language=request.GET.get("language") or get_language() or "en", base_url=request.build_absolute_uri("/"),
        printed_by=actor.name, at=now(),
    )  # fmt: skip
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
