"""Listening to calls: the sample of the month, and the points."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.common.perform import perform
from guiju.desks.reception.forms.calls import ScoreForm
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.line.telephone import actions as telephone
from guiju.line.telephone import queries
from guiju.line.telephone.models import Call
from guiju.line.telephone.rules import STEP_LABELS, Step, month_of
from guiju.standing.people.models import Unit


@require_safe
@needs("telephone.see")
def month(request: HttpRequest) -> HttpResponse:
    """Each agent's sample of the month, what is still to be heard, and the averages."""
    actor, unit = _here(request)
    asked = _asked(request, unit)
    samples = queries.samples(unit, asked, at=timezone.now()) if actor.may("telephone.see", unit_id=unit.pk) else []
    context = {
        "month": asked,
        "before": month_of(asked - timedelta(days=1)),
        "after": month_of(asked + timedelta(days=32)) if asked < month_of(unit.day(timezone.now())) else None,
        "steps": [STEP_LABELS[step] for step in Step],
        "samples": [{"sample": each, "means": _means(unit, each)} for each in samples],
    }
    return render(request, "reception/scores.html", context)


def _means(unit: Unit, sample: queries.Sample) -> list[Any]:
    means = queries.averages(unit, sample.agent, sample.month)
    return [(STEP_LABELS[step], means.get(step)) for step in Step]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("telephone.score")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Listen, and give points step by step."""
    actor, _unit = _here(request)
    call = get_object_or_404(Call.objects.visible_to(actor).with_names(), pk=pk)
    form = ScoreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = perform(
            request, form,
            lambda data: telephone.score(call, marks=form.marks(), note=data["note"], by=actor, at=timezone.now()).pk,
        )  # fmt: skip
        if done:
            messages.success(request, _("The points are given."))
            return redirect("reception:scores")
    context = {"call": call, "form": form, "lines": queries.script_lines(call), "scored": queries.score_of(call)}
    return render(request, "reception/score.html", context, status=422 if form.errors else 200)


def _here(request: HttpRequest) -> tuple[Actor, Unit]:
    return request.actor, request.unit  # type: ignore[attr-defined]


def _asked(request: HttpRequest, unit: Unit) -> date:
    """The month of the address, else the running one."""
    try:
        return month_of(date.fromisoformat(f"{request.GET.get('month', '')}-01"))
    except ValueError:
        return month_of(unit.day(timezone.now()))
