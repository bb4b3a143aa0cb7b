"""The figures of the house: what holds here today, what held before, and how it is changed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office import figures as shown
from guiju.desks.back_office.forms import FigureForm, FindFigureForm
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.policy import queries
from guiju.standing.policy.models import ParameterValue
from guiju.standing.policy.rules import CATALOGUE, FAMILY_LABELS, STATE_LABELS, VERBS, Parameter, State
from guiju.standing.warranty import queries as warranty

ROWS = 40


@require_safe
def figures(request: Request) -> HttpResponse:
    """Every figure with the value in force in the person's unit, and the drafts that wait."""
    context = enter(request.actor, "figures")
    typed = request.GET
    on = request.unit.day(now()) if request.unit else now().date()
    found = shown.rows(request.unit, on, text=typed.get("q", ""), family=typed.get("family", ""))
    page = Paginator(found, ROWS).get_page(typed.get("page"))
    waiting = [_draft_row(each) for each in _drafts(request.actor)]
    more = {"form": FindFigureForm(typed or None), "page": page, "on": on, "drafts": waiting}
    return render(request, "back_office/figures.html", {**context, **more})


def _drafts(actor: Actor) -> list[ParameterValue]:
    visible = ParameterValue.objects.visible_to(actor).filter(state=State.DRAFT.value)
    return [row for row in visible.select_related("unit", "set_by") if row.key in CATALOGUE]


def _draft_row(row: ParameterValue) -> Mapping[str, Any]:
    parameter = CATALOGUE[row.key]
    return {"row": row, "name": shown.name_of(parameter), "value": shown.value_of(parameter, parameter.read(row.value))}


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: Request, key: str) -> HttpResponse:
    """One figure: what holds, everything that was ever written for it, and a form for another value."""
    actor: Actor = request.actor
    context = enter(actor, "figures")
    if key not in CATALOGUE:
        raise Http404
    parameter = CATALOGUE[key]
    on = request.unit.day(now()) if request.unit else now().date()
    force = queries.figure(key, unit=request.unit, on=on)
    units = list(Unit.objects.visible_to(actor))
    if request.method == "POST":
        verb = VERBS[parameter.family] if request.POST.get("do") != "draft" else "policy.draft_value"
        if not actor.may(verb):
            raise NotAllowed
        form = FigureForm(request.POST, parameter=parameter, units=units)
        if _written(request, form, key):
            return redirect("back_office:figure", key)
        status = 422
    else:
        initial = {"value": shown.typed_of(parameter, force.value), "starts_on": on}
        form, status = FigureForm(initial=initial, parameter=parameter, units=units), 200
    more = {"form": form, "force": force, "scopes": _history(actor, parameter), **_about(actor, parameter)}
    value = shown.value_of(parameter, force.value)
    return render(request, "back_office/figure.html", {**context, **more, "value": value}, status=status)


def _written(request: Request, form: FigureForm, key: str) -> bool:
    """Set the figure, or propose it, by the button that was pressed."""
    is_draft = request.POST.get("do") == "draft"
    act = policy.draft_value if is_draft else policy.set_value
    done = perform(request, form, lambda data: act(key, **data, by=request.actor, at=now()), what=f"figure.{key}")
    if done:
        said = gettext("The draft waits for somebody who may set it.") if is_draft else gettext("The figure is set.")
        messages.success(request, said)
    return bool(done)


def _about(actor: Actor, parameter: Parameter) -> Mapping[str, Any]:
    default = parameter.read(parameter.default)
    return {
        "parameter": parameter,
        "name": shown.name_of(parameter),
        "measure": shown.measure_of(parameter),
        "family": gettext(FAMILY_LABELS[parameter.family]),
        "default": shown.value_of(parameter, default),
        "laws": [(law, shown.value_of(parameter, told.value)) for law, told in warranty.laws_on(parameter.key)],
        "may_set": shown.may_set(actor, parameter),
        "may_draft": actor.may("policy.draft_value"),
    }


def _history(actor: Actor, parameter: Parameter) -> list[Mapping[str, Any]]:
    """Everything written for this figure that the person may see: the brand's first, then unit by unit."""
    rows = ParameterValue.objects.visible_to(actor).filter(key=parameter.key).select_related("unit", "set_by")
    ordered = sorted(rows, key=lambda row: (row.unit.path if row.unit else "", row.starts_on, row.pk), reverse=True)
    return [
        {
            "row": row,
            "value": shown.value_of(parameter, parameter.read(row.value)),
            "state": gettext(STATE_LABELS[State(row.state)]),
            "may_adopt": row.state == State.DRAFT and actor.may(VERBS[parameter.family], on=row),
            "may_drop": row.state == State.DRAFT and actor.may("policy.drop_draft", on=row),
        }
        for row in ordered
    ]


@require_POST
def adopt(request: Request, pk: int) -> HttpResponse:
    """Set a figure to what somebody drafted."""
    draft = _seen(request, pk)
    if perform(request, None, lambda _data: policy.adopt(draft, by=request.actor, at=now())):
        messages.success(request, gettext("The figure is set."))
    return redirect("back_office:figure", draft.key)


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Put a draft aside."""
    draft = _seen(request, pk)
    if perform(request, None, lambda _data: policy.drop_draft(draft, by=request.actor, at=now())):
        messages.success(request, gettext("The draft is put aside."))
    return redirect("back_office:figure", draft.key)


def _seen(request: Request, pk: int) -> ParameterValue:
    """The draft; what a person may not do with it is said on a page, not in a message."""
    draft = get_object_or_404(ParameterValue.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    verb = VERBS[CATALOGUE[draft.key].family] if request.path.endswith("/adopt") else "policy.drop_draft"
    if not request.actor.may(verb, on=draft):
        raise NotAllowed
    return draft
