"""The cases that wait for somebody, one case, and the units that are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common import orders
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at
from guiju.desks.exchange.forms import OfCase, RetireForm, UnitForm
from guiju.desks.exchange.steps import BY_SLUG, STEPS, Here, Step, owes_difference, waiting
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.exchange import actions as exchange
from guiju.line.exchange import queries
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit, UnitOffer
from guiju.line.exchange.rules import CaseState, Choice


@require_safe
def home(request: Request) -> HttpResponse:
    """The open cases, those first that wait for whoever looks."""
    actor = _seeing(request)
    rows = list(queries.cases(by=actor)[:200])
    mine = set(waiting(actor).values_list("pk", flat=True)) if rows else set()
    rows.sort(key=lambda case: (case.pk not in mine, case.pk))
    return render(request, "exchange/home.html", {"rows": rows, "mine": mine})


@require_safe
def show(request: Request, number: str) -> HttpResponse:
    """One case: why, what was found, what was chosen, and the next step."""
    return _page(request, _here(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Do one step of the case; what was typed stands there again when it is refused."""
    here = _here(request, number)
    step = step_at(BY_SLUG, slug, by=here.by, on=here.case.order)
    form = _form(step, here, request.POST, request.FILES)
    if perform(request, form, lambda data: step.act(here, data).number):
        messages.success(request, str(step.said))
        return redirect("exchange:case", here.case.number)
    return _page(request, _here(request, number), refused=(slug, form))


@require_safe
def picture(request: Request, number: str, pk: int) -> FileResponse:
    """The customer's signature under a used unit or another model; it is shown with its case and in no other way (T05)."""
    here = _here(request, number)
    offer = UnitOffer.objects.select_related("consent").filter(case=here.case, consent=pk).first()
    if offer is None or offer.consent is None:
        raise Http404
    return orders.sent(offer.consent)


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: Request) -> HttpResponse:
    """The units that stand here to be given, and one more for the list."""
    actor = _seeing(request)
    form = UnitForm(request.POST or None)
    if request.method == "POST":
        if not actor.may("exchange.add_unit"):
            raise NotAllowed
        unit: Any = request.unit
        if perform(request, form, lambda data: exchange.add_unit(unit=unit, **data, by=actor, at=now()).pk):
            messages.success(request, gettext("The unit is on the list."))
            return redirect("exchange:units")
    return _units(request, actor, form)


@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """Take a unit off the list."""
    actor = _seeing(request)
    if not actor.may("exchange.retire_unit"):
        raise NotAllowed
    unit = get_object_or_404(_seen(actor), pk=pk)
    form = RetireForm(request.POST, auto_id=f"retire_{unit.pk}_%s")
    if perform(request, form, lambda data: exchange.retire_unit(unit, **data, by=actor, at=now()).pk):
        messages.success(request, gettext("The unit is off the list."))
        return redirect("exchange:units")
    return _units(request, actor, UnitForm(), {unit.pk: form})


def _seeing(request: Request) -> Actor:
    actor: Actor = request.actor
    if not actor.may("exchange.see"):
        raise NotAllowed
    return actor


def _here(request: Request, number: str) -> Here:
    actor = _seeing(request)
    names = (
        "order__unit", "order__customer__unit", "order__appliance__brand", "order__appliance__line", "order__appliance__model",
        "order__appliance__unit", "order__technician", "other__brand", "other__line", "other__model", "replacement", "consent",
        "appraised_by", "confirmed_by", "decided_by", "paid_by", "disposed_by", "difference_paid_by",
    )  # fmt: skip
    case = get_object_or_404(ExchangeCase.objects.visible_to(actor).select_related(*names), number=number)
    return Here(case, actor, now())


def _form(step: Step, here: Here, *sent: Any) -> OfCase:
    # Each form's ids begin with its step: a page holds many of them.
    form = step.form(*sent, auto_id=f"{step.slug}_%s")
    form.of_case(here.case)
    return form


def _page(request: Request, here: Here, *, refused: tuple[str, OfCase] | None = None) -> HttpResponse:
    slug, form = refused or ("", None)
    case = here.case
    offered = [step for step in STEPS if step.slug == slug or step.fits(here)]
    shown: list[dict[str, Any]] = [
        {"step": step, "form": form if step.slug == slug else _form(step, here), "is_open": step.slug == slug}
        for step in offered
    ]
    may_refund = case.refund_minor is None and Choice.REFUND in queries.choices(case)
    offer = queries.offer_of(case) if case.choice == Choice.EXCHANGE else None
    chosen_money = case.choice != Choice.EXCHANGE or case.state == CaseState.OPTION_OFFERED
    context = {
        "case": case,
        "order": case.order,
        "right": queries.right_of(case),
        "choices": queries.choices(case),
        "offer": offer,
        "declined": queries.declined_of(case) if case.choice == Choice.EXCHANGE else [],
        # What is signed for now, or paid back now, is read first.
        "offer_first": offer is not None and (offer.agreed_at is None or owes_difference(case)),
        "next_steps": [each for each in shown if each["step"].is_next],
        "other_steps": [each for each in shown if not each["step"].is_next],
        "would_be": queries.refund_for(case, same_model=case.state != CaseState.OPTION_OFFERED)
        if may_refund and chosen_money and case.state not in {CaseState.REJECTED, CaseState.WITHDRAWN}
        else None,
        "may_see_order": here.by.may("workorder.see", on=case.order),
    }
    return render(request, "exchange/case.html", context, status=422 if refused else 200)


def _seen(actor: Actor) -> Any:
    return ExchangeUnit.objects.filter(actor.scope("exchange.see").q()).select_related("unit", "brand", "line", "model")


def _units(
    request: Request, actor: Actor, form: UnitForm, refused: Mapping[int, RetireForm] | None = None
) -> HttpResponse:
    refused = refused or {}
    rows = list(_seen(actor).filter(retired_at__isnull=True).order_by("-pk")[:500])
    kept = {
        case.other_id: case
        for case in ExchangeCase.objects.filter(other__in=rows, state__in=[CaseState.ALLOCATED, CaseState.EXCHANGED, CaseState.CLOSED])
    }  # fmt: skip
    here = [unit for unit in rows if unit.pk not in kept or kept[unit.pk].state == CaseState.ALLOCATED]
    context = {
        "rows": [
            {
                "unit": unit, "case": kept.get(unit.pk),
                "asks": refused.get(unit.pk) or RetireForm(auto_id=f"retire_{unit.pk}_%s")
                if unit.pk not in kept and actor.may("exchange.retire_unit", on=unit)
                else None,
            }
            for unit in here
        ],
        "form": form,
    }  # fmt: skip
    return render(request, "exchange/units.html", context, status=422 if form.errors or refused else 200)
