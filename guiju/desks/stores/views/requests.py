"""The queue of part requests, and what the keeper does with one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from guiju.books.stock import queries as stock
from guiju.books.stock.models import Bin
from guiju.desks.common import blind
from guiju.desks.common import forms as common
from guiju.desks.common.asked import Request
from guiju.desks.common.steps import step_at, take
from guiju.desks.stores.scanning import Scanned, read
from guiju.desks.stores.steps import FORMS, OFFERED, STEPS, here
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import queries
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState
from guiju.standing.catalogue.models import Part


@require_safe
def home(request: Request) -> HttpResponse:
    """The queue, late requests first."""
    actor: Actor = request.actor
    if not actor.may("storeroom.see"):
        raise NotAllowed
    waiting = queries.queue(by=actor, at=now())
    late = sum(each.is_late for each in waiting)
    context = {"waiting": waiting, "late": late, "states": RequestState}
    return render(request, "stores/home.html", context | _scanned(request, [each.request for each in waiting]))


def _scanned(request: Request, waiting: list[PartRequest]) -> dict[str, Any]:
    """What the scanner read, and the one thing that can be done with it now."""
    actor: Actor = request.actor
    sent = {name: request.GET.get(name, "") for name in ("scan", "bin", "part", "number")}
    if not any(sent.values()):
        return {"scan": Scanned()}
    code = sent["scan"].strip()
    named = Bin.objects.visible_to(actor).filter(code__iexact=code.rpartition("/")[2]).select_related("store")
    bins = {text for each in named for text in (str(each), each.code)}
    parts = Part.objects.filter(code__iexact=code).values_list("code", flat=True)
    scan = read(sent, waiting, bins=bins, parts=set(parts))
    asked = scan.asked
    if asked is None:
        return {"scan": scan}
    lying = here(asked, actor) if asked.state != RequestState.RESERVED else []
    enough = [each for each in lying if each.available >= asked.quantity]
    return {
        "scan": scan,
        "may_issue": asked.state == RequestState.RESERVED and actor.may("storeroom.issue", on=asked),
        "reserve": _reserving(asked, actor),
        "free": sum(each.available for each in lying),
        "from_bin": next((each.bin for each in enough if scan.bin.upper() in {str(each.bin), each.bin.code}), None)
        or next((each.bin for each in enough), None),
    }


def _reserving(asked: PartRequest, actor: Actor) -> str:
    """The step with which this request is reserved now, if this person may take it."""
    slug = {RequestState.REQUESTED: "available", RequestState.ON_ORDER: "arrived"}.get(RequestState(asked.state), "")
    return slug if slug and actor.may(STEPS[slug].verb, on=asked) else ""


@require_safe
def show(request: Request, number: str) -> HttpResponse:
    """One request with all that can be done to it now."""
    return _page(request, _open(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    asked = _open(request, number)
    step = step_at(STEPS, slug, by=request.actor, on=asked)
    form = FORMS[step.form](asked, request.actor, request.POST) if step.form else None
    if take(request, step, asked, form) or form is None:
        return redirect("stores:request", asked.number)
    return _page(request, _open(request, number), status=422, **{step.form: form})


def _open(request: Request, number: str) -> PartRequest:
    """The request of that number, if this person may see it."""
    rows = PartRequest.objects.visible_to(request.actor)
    rows = rows.select_related("order__unit", "order__technician", "part", "bin__store", "procurement", "requested_by")
    return get_object_or_404(rows, number=number)


def _page(request: Request, asked: PartRequest, *, status: int = 200, **bound: common.Form) -> HttpResponse:
    """The page of a request; a form that was refused stands there as it was filled in."""
    actor: Actor = request.actor
    offered = OFFERED[RequestState(asked.state)]
    forms: dict[str, Any] = {name: bound.get(name) or blank(asked, actor) for name, blank in FORMS.items()}
    context: dict[str, Any] = {
        "asked": asked,
        "procurement": getattr(asked, "procurement", None),
        "may": {
            slug.replace("-", "_"): slug in offered and actor.may(step.verb, on=asked) for slug, step in STEPS.items()
        },
        "is_late": asked.state == RequestState.REQUESTED and asked.answer_by < now(),
        "lying": blind.shown(stock.where_is(asked.part, by=actor), by=actor),
        "has_free": forms["reserve"].offers_any,
        "elsewhere": queries.elsewhere(asked)[:5] if "none" in offered else [],
        "refused": bound,
    }
    return render(request, "stores/request.html", context | forms, status=status)
