"""The queue of part requests, and what the keeper does with one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.books.stock import queries as stock
from guiju.books.stock.queries import Lying
from guiju.desks.common import forms as common
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import Act, perform
from guiju.desks.stores.forms import ExpectForm, NoneForm, ReserveForm, TakeBackForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState

# What is offered in which state; whether this person may is asked of the rights.
OFFERED = {
    RequestState.REQUESTED: ("answer_available", "answer_none", "cancel_request"),
    RequestState.ON_ORDER: ("reserve_arrived", "expect_on", "cancel_request"),
    RequestState.RESERVED: ("issue", "cancel_request"),
    RequestState.ISSUED: ("take_back",),
    RequestState.RETURNED: (),
    RequestState.CANCELLED: (),
}


@require_safe
def home(request: Request) -> HttpResponse:
    """The queue, late requests first."""
    actor: Actor = request.actor
    if not actor.may("storeroom.see"):
        raise NotAllowed
    waiting = queries.queue(by=actor, at=now())
    late = sum(each.is_late for each in waiting)
    return render(request, "stores/home.html", {"waiting": waiting, "late": late, "states": RequestState})


@require_safe
def show(request: Request, number: str) -> HttpResponse:
    """One request with all that can be done to it now."""
    return _page(request, _open(request, number))


@require_POST
def available(request: Request, number: str) -> HttpResponse:
    """The part is here: reserve it."""
    asked = _open(request, number, "storeroom.answer_available")
    form = ReserveForm(request.POST, lying=_here(asked, request.actor), auto_id="reserve_%s")
    return _do(
        request,
        asked,
        "reserve",
        form,
        lambda data: storeroom.answer_available(asked, **data, by=request.actor, at=now()),
        said=gettext("Reserved for the job."),
    )


@require_POST
def none(request: Request, number: str) -> HttpResponse:
    """The part is not here: it is ordered for the job."""
    asked = _open(request, number, "storeroom.answer_none")
    form = NoneForm(request.POST, auto_id="none_%s")
    return _do(
        request,
        asked,
        "none",
        form,
        lambda data: storeroom.answer_none(asked, **data, by=request.actor, at=now()),
        said=gettext("The technician knows that it is on order."),
    )


@require_POST
def expect(request: Request, number: str) -> HttpResponse:
    """The delivery date has changed."""
    asked = _open(request, number, "storeroom.expect_on")
    form = ExpectForm(request.POST, auto_id="expect_%s")
    return _do(
        request,
        asked,
        "expect",
        form,
        lambda data: storeroom.expect_on(asked, **data, by=request.actor, at=now()),
        said=gettext("The new date is noted."),
    )


@require_POST
def arrived(request: Request, number: str) -> HttpResponse:
    """What was ordered has come: reserve it."""
    asked = _open(request, number, "storeroom.reserve_arrived")
    form = ReserveForm(request.POST, lying=_here(asked, request.actor), auto_id="reserve_%s")
    return _do(
        request,
        asked,
        "reserve",
        form,
        lambda data: storeroom.reserve_arrived(asked, **data, by=request.actor, at=now()),
        said=gettext("Reserved for the job."),
    )


@require_POST
def issue(request: Request, number: str) -> HttpResponse:
    """Hand the part to the job."""
    asked = _open(request, number, "storeroom.issue")
    return _do(
        request,
        asked,
        "",
        None,
        lambda _: storeroom.issue(asked, by=request.actor, at=now()),
        said=gettext("Issued to the job."),
    )


@require_POST
def take_back(request: Request, number: str) -> HttpResponse:
    """Unused parts come back."""
    asked = _open(request, number, "storeroom.take_back")
    form = TakeBackForm(request.POST, auto_id="back_%s")
    return _do(
        request,
        asked,
        "back",
        form,
        lambda data: storeroom.take_back(asked, **data, by=request.actor, at=now()),
        said=gettext("Back on its shelf."),
    )


@require_POST
def cancel(request: Request, number: str) -> HttpResponse:
    """The job does not need it any more."""
    asked = _open(request, number, "storeroom.cancel_request")
    return _do(
        request,
        asked,
        "",
        None,
        lambda _: storeroom.cancel_request(asked, by=request.actor, at=now()),
        said=gettext("Cancelled."),
    )


def _open(request: Request, number: str, verb: str = "") -> PartRequest:
    """The request of that number, if this person may see it, and do this to it."""
    rows = PartRequest.objects.visible_to(request.actor)
    rows = rows.select_related("order__unit", "order__technician", "part", "bin__store", "procurement", "requested_by")
    asked = get_object_or_404(rows, number=number)
    if verb and not request.actor.may(verb, on=asked):
        raise NotAllowed
    return asked


def _here(asked: PartRequest, actor: Actor) -> list[Lying]:
    """The bins of the job's own outlet in which the part is free."""
    return [
        each
        for each in stock.where_is(asked.part, by=actor)
        if each.bin.store.unit_id == asked.order.unit_id and each.available
    ]


def _do(
    request: Request, asked: PartRequest, name: str, form: common.Form | None, act: Act, *, said: str
) -> HttpResponse:
    """Do it and show the request again; what cannot be done is said where it was asked."""
    if perform(request, form, act):
        messages.success(request, said)
        return redirect("stores:request", asked.number)
    if form is None:
        return redirect("stores:request", asked.number)
    return _page(request, _open(request, asked.number), status=422, **{name: form})


def _page(request: Request, asked: PartRequest, *, status: int = 200, **bound: common.Form) -> HttpResponse:
    """The page of a request; a form that was refused stands there as it was filled in."""
    actor: Actor = request.actor
    lying = _here(asked, actor)
    offered = OFFERED[RequestState(asked.state)]
    may = {verb: verb in offered and actor.may(f"storeroom.{verb}", on=asked) for verb in _VERBS}
    procurement = getattr(asked, "procurement", None)
    known = {"expected_on": procurement.expected_on, "basis": procurement.basis} if procurement else {}
    context: dict[str, Any] = {
        "asked": asked,
        "procurement": procurement,
        "may": may,
        "is_late": asked.state == RequestState.REQUESTED and asked.answer_by < now(),
        "lying": stock.where_is(asked.part, by=actor),
        "has_free": bool(lying),
        "reserve": bound.get("reserve") or ReserveForm(lying=lying, auto_id="reserve_%s"),
        "none": bound.get("none") or NoneForm(auto_id="none_%s"),
        "expect": bound.get("expect") or ExpectForm(initial=known, auto_id="expect_%s"),
        "back": bound.get("back") or TakeBackForm(initial={"quantity": asked.unused_quantity}, auto_id="back_%s"),
        "refused": bound,
    }
    return render(request, "stores/request.html", context, status=status)


_VERBS = sorted({verb for verbs in OFFERED.values() for verb in verbs})
