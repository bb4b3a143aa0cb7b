"""Buying: what waits for somebody, and each paper of a purchase with the steps that it may take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office.buying import PAPERS, Paper, WantedForm, offered
from guiju.desks.back_office.figures import name_of
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.papers import send_kept
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at, take
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.kernel.words import Sentence
from guiju.oversight.papers import queries as papers
from guiju.readiness.supply import queries
from guiju.readiness.supply.models import PurchaseRequest, QuoteLine, Sourcing
from guiju.readiness.supply.rules import UNDER_WAY, RequestState
from guiju.standing.people.queries import unit_of
from guiju.standing.policy.rules import CATALOGUE

# Who approves, and who looks at it afterwards: they read what was split.
WATCHES = ("supply.approve_request", "supply.review_few")
# A work list: what is older waits until these are done.
ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def buying(request: Request) -> HttpResponse:
    """What waits: requests, searches, orders on their way, invoices; and a form to ask for a part."""
    actor: Actor = request.actor
    context = enter(actor, "buying")
    unit = unit_of(actor)
    may_ask = unit is not None and actor.may("supply.draft_request", unit_id=unit.pk)
    form, status = WantedForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if unit is None or not may_ask:
            raise NotAllowed
        if perform(request, form, lambda _data: form.ask(unit, by=actor, at=now()), what="buying.ask"):
            messages.success(request, gettext("It waits for approval."))
            return redirect("back_office:buying")
        status = 422
    may_watch = any(actor.may(verb) for verb in WATCHES)
    more = {"form": form, "may_ask": may_ask, "may_watch": may_watch, "waiting": _waiting(actor)}
    return render(request, "back_office/buying.html", {**context, **more}, status=status)


def _waiting(actor: Actor) -> list[dict[str, Any]]:
    """Each kind of paper with those of its rows that wait for somebody, the oldest first."""
    states = {
        "requests": ("SUBMITTED", "APPROVED"), "sourcings": ("OPEN", "AWARDED"),
        "orders": ("DRAFT", "APPROVED", "SENT", *sorted(UNDER_WAY)), "invoices": ("ENTERED", "EXCEPTION", "MATCHED"),
    }  # fmt: skip
    titles = {
        "requests": gettext("Purchase requests"), "sourcings": gettext("Suppliers sought"), "orders": gettext("Purchase orders"),
        "invoices": gettext("Invoices"),
    }  # fmt: skip
    found = []
    for kind, paper in PAPERS.items():
        if actor.may(paper.right):
            rows = paper.rows(actor).filter(state__in=states[kind])
            if kind == "sourcings":
                rows = rows.exclude(state="AWARDED", orders__isnull=False)
            found.append({"paper": paper, "title": titles[kind], "rows": list(rows.order_by("pk")[:ROWS])})
    return found


@require_safe
def pieces(request: Request) -> HttpResponse:
    """What looks like one purchase split to stay under a limit: for whoever approves, and for the auditor (J08)."""
    actor: Actor = request.actor
    context = enter(actor, "buying")
    if not any(actor.may(verb) for verb in WATCHES):
        raise NotAllowed
    rows = [
        {"found": each, "limit": name_of(CATALOGUE[each.split.limit]), "requests": zip(each.requests, each.split.pieces, strict=True)}
        for each in queries.in_pieces(actor, at=now())
    ]  # fmt: skip
    return render(request, "back_office/in_pieces.html", {**context, "rows": rows})


@require_safe
def paper(request: Request, kind: str, number: str) -> HttpResponse:
    """One paper of a purchase, with all that belongs to it."""
    found, row = _open(request.actor, kind, number)
    return _page(request, found, row)


@require_safe
def purchase_file(request: Request, number: str) -> HttpResponse:
    """All that belongs to an order, as a paper (6.21)."""
    _found, row = _open(request.actor, "orders", number)
    return send_kept(request, lambda how: papers.purchase_file(row, how), row.number)


@require_POST
def paper_do(request: Request, kind: str, number: str, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    found, row = _open(request.actor, kind, number)
    steps = {each.step.slug: each for each in found.steps}
    step = step_at({each.step.slug: each.step for each in found.steps}, slug, by=request.actor, on=row)
    make = steps[slug].form
    form = make(row, request.actor, request.POST) if make else None
    if take(request, step, row, form) or form is None:
        return redirect("back_office:paper", kind, row.number)
    return _page(request, found, row, status=422, refused=(slug, form))


def _open(actor: Actor, kind: str, number: str) -> tuple[Paper, Any]:
    if kind not in PAPERS:
        raise Http404
    found = PAPERS[kind]
    if not actor.may(found.right):
        raise NotAllowed
    return found, get_object_or_404(found.rows(actor), number=number)


def _page(request: Request, found: Paper, row: Any, *, status: int = 200, refused: Any = None) -> HttpResponse:
    actor: Actor = request.actor
    steps = []
    for each in offered(found, row, actor):
        form = each.form(row, actor) if each.form else None
        if refused and refused[0] == each.step.slug:
            form = refused[1]
        steps.append({"slug": each.step.slug, "label": each.label, "form": form})
    context = {**enter(actor, "buying"), "paper": found, "row": row, "steps": steps, **_BESIDE[found.kind](row, actor)}
    return render(request, found.template, context, status=status)


def _of_request(row: Any, actor: Actor) -> dict[str, Any]:
    """What is asked for; to whoever may approve it also what it counts for, with the others that are one purchase with it."""
    lines = list(row.lines.select_related("part", "asked_by"))
    standing = [each for each in lines if each.withdrawn_at is None]
    waits = row.state == RequestState.SUBMITTED and actor.may("supply.approve_request", on=row)
    weight = queries.weight_of(row, standing, at=now()) if waits else None
    return {"lines": lines, "total": sum(each.amount_minor for each in standing), "weight": weight}


def _seen(sourcing: Sourcing, actor: Actor) -> set[int]:
    """Which of the requests behind it this person may open: those of other stores are a number only."""
    return set(PurchaseRequest.objects.visible_to(actor).filter(sourcing=sourcing).values_list("pk", flat=True))


def _of_sourcing(row: Sourcing, actor: Actor) -> dict[str, Any]:
    """The offers side by side: a line a row, a supplier a column."""
    sealed = row.is_sealed(now())
    quotes = [] if sealed else list(row.quotes.select_related("supplier"))
    asked = QuoteLine.objects.filter(quote__in=quotes).values_list("quote_id", "line_id", "price_minor")
    prices = {(quote, line): price for quote, line, price in asked}
    lines = [
        {"line": line, "prices": [prices.get((quote.pk, line.pk)) for quote in quotes]}
        for line in queries.lines_of(row)
    ]
    since = row.unit.day(row.opened_at) - timedelta(days=365)
    columns = [{"quote": quote, "score": queries.score_of(quote.supplier, since=since)} for quote in quotes]
    return {
        "sealed": sealed, "columns": columns, "lines": lines, "orders": list(row.orders.order_by("pk")),
        "requests": list(row.requests.select_related("unit")), "seen": _seen(row, actor),
    }  # fmt: skip


def _of_order(row: Any, actor: Actor) -> dict[str, Any]:
    """The whole file of the purchase: request, offers, order, deliveries, invoices (6.21)."""
    lines = list(row.lines.select_related("part", "unit", "line__request"))
    return {
        "lines": lines,
        "stores": _by_store(lines),
        "seen": _seen(row.sourcing, actor),
        "receipts": list(row.receipts.select_related("unit", "received_by", "inspected_by").order_by("pk")),
        "invoices": list(row.invoices.order_by("pk")),
        "requests": list(row.sourcing.requests.select_related("unit", "requested_by", "decided_by")),
    }


def _by_store(lines: Iterable[Any]) -> list[dict[str, Any]]:
    """Which store gets how much, of an order for several; nothing to say of an order for one."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        said = found.setdefault(line.unit.code, {"unit": line.unit, "pieces": 0, "came": 0, "amount_minor": 0})
        said["pieces"] += line.quantity
        said["came"] += line.delivered
        said["amount_minor"] += line.amount_minor
    return list(found.values()) if len(found) > 1 else []


def _of_invoice(row: Any, _actor: Actor) -> dict[str, Any]:
    return {
        "lines": list(row.lines.select_related("line__part")),
        "because": [str(Sentence.from_json(each)) for each in row.because],
    }


_BESIDE = {"requests": _of_request, "sourcings": _of_sourcing, "orders": _of_order, "invoices": _of_invoice}
