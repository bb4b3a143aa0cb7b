"""A new job: registered and received in one go, and the papers that the customer takes along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.common import orders
from guiju.desks.common.perform import perform
from guiju.desks.common.proof import Asked, keep_photos, keep_signature
from guiju.desks.reception import link, signed
from guiju.desks.reception.forms.intake import ReceiveForm, TakeInForm
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance


@require_http_methods(["GET", "HEAD", "POST"])
@needs("intake.register")
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the terms, write down the problem, take the appliance: one page, one button."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at = timezone.now()
    rows = Appliance.objects.visible_to(actor).select_related("unit", "brand", "line", "model", "customer__unit")
    machine = get_object_or_404(rows.exclude(customer=None), pk=pk)
    usual = queries.usual_accessories(machine.unit, machine.line)
    form = TakeInForm(*_sent(request), appliance=machine, at=at, usual=usual)
    if "ask" in request.POST:
        return _ask(request, form, lambda typed: signed.of_newcomer(machine, typed, told_at=at))
    if request.method == "POST" and (
        done := perform(request, form, lambda _: _ordered(form, machine, by=actor, at=at))
    ):
        return redirect("reception:taken", done.answer)
    asked = signed.asked_before(request.POST or request.GET, actor)
    context = {
        "form": form,
        "appliance": machine,
        "terms": queries.terms_for(unit=machine.unit, appliance=machine, at=asked.asked_at if asked else at),
        "past": catalogue.history(machine, by=actor)[:5],
    } | signed.panel(request, asked)
    if request.GET.get("part") == "terms":
        # The clock goes on while the customer tells: the date that stands there is the one that is promised.
        return render(request, "reception/take_in.html#terms", context)
    return render(request, "reception/take_in.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _ordered(form: TakeInForm, machine: Appliance, *, by: Actor, at: datetime) -> WorkOrder:
    """Register, and receive unless it comes another day; what was signed on the telephone counts from when it was told."""
    owner = machine.customer
    if owner is None:
        raise Http404
    agreed, how_it_came = form.parts()
    told_at = None if form.is_later else signed.told_at(how_it_came, by=by)
    # Before the order exists: it would stand in its own queue.
    asked = signed.of_newcomer(machine, form.cleaned_data, told_at=told_at).asked() if told_at else None
    with transaction.atomic():
        made = intake.register(
            unit=machine.unit, customer=owner, appliance=machine, **agreed, told_at=told_at, by=by, at=at
        )
        if not form.is_later:
            receive_as(made, how_it_came, asked=asked, by=by, at=at)
    return made


def _ask(request: HttpRequest, form: ReceiveForm, handed: Callable[[Mapping[str, Any]], signed.Handed]) -> HttpResponse:
    """Show the QR code behind which the customer reads what is written here, and signs."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form.read_by_customer()
    asked, refused = None, []
    if form.is_valid():
        asked = signed.ask(handed(form.cleaned_data), by=actor, at=timezone.now())
    else:
        refused = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields]
    context = signed.panel(request, asked) | {"refused": refused}
    page = "reception/signing.html" if request.htmx else "reception/sign.html"  # type: ignore[attr-defined]
    return render(request, page, context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("intake.receive")
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """The appliance of a job that was booked earlier comes over the counter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at = timezone.now()
    order = orders.open_order(request, number)
    if request.method != "POST" and order.state != State.REGISTERED:
        return redirect("reception:order", order.number)
    usual = queries.usual_accessories(order.unit, order.appliance.line)
    form = ReceiveForm(*_sent(request), unit=order.unit, at=at, customer=order.customer.name, usual=usual)
    if "ask" in request.POST:
        return _ask(request, form, lambda typed: signed.of_order(order, typed))
    if request.method == "POST" and perform(request, form, lambda data: _received(order, data, by=actor, at=at)):
        return redirect("reception:taken", order.number)
    context = {"form": form, "order": order} | signed.panel(request, signed.asked_before(request.POST, actor))
    return render(request, "reception/receive.html", context, status=422 if form.errors else 200)


@require_safe
@needs("intake.register")
def taken(request: HttpRequest, number: str) -> HttpResponse:
    """What the customer takes along: the number, the date, the papers, the link."""
    order = orders.open_order(request, number)
    context = {"order": order, "tag": queries.tag_of(order)} | link.of(request, order)
    return render(request, "reception/taken.html", context)


def _received(order: WorkOrder, data: Mapping[str, Any], *, by: Actor, at: datetime) -> WorkOrder:
    with transaction.atomic():
        receive_as(order, data, asked=signed.of_order(order, data).asked(), by=by, at=at)
    return order


def receive_as(
    order: WorkOrder, data: Mapping[str, Any], *, asked: Asked | None = None, by: Actor, at: datetime
) -> None:
    """Keep the pictures and the signature, and receive the appliance with them."""
    photos = keep_photos(data["photos"], order, kind="INTAKE", by=by, at=at)
    signature = keep_signature(data["signature"], order, asked=asked, by=by, at=at)
    intake.receive(
        order,
        condition=data["condition"],
        reproduced=data["reproduced"],
        photos=photos,
        signature=signature,
        shelf=data["shelf"],
        accessories=data["accessories"],
        serial_matches=not data["serial_differs"],
        discrepancy_note=data["discrepancy_note"],
        declared_value_minor=data["declared_value_minor"] or 0,
        data_statement=data["data_statement"],
        by=by,
        at=at,
    )
