"""The store itself: what is due, what was missed, its climate, its air and its fire equipment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.books.stock.models import Store
from guiju.desks.common.asked import Request
from guiju.desks.common.papers import send_kept
from guiju.desks.common.steps import Step, step_at, take
from guiju.desks.stores import upkeep_forms as forms
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.papers import queries as papers
from guiju.readiness.upkeep import actions as upkeep
from guiju.readiness.upkeep import queries
from guiju.readiness.upkeep.models import ClimateReading, FireEquipment, Inspection
from guiju.readiness.upkeep.rules import State

OF_ROOMS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("climate", "upkeep.read_climate", upkeep.read_climate, _("The reading is kept."), "climate"),
        Step("air", "upkeep.start_airing", upkeep.start_airing, _("The store is being aired.")),
        Step("shut", "upkeep.end_airing", upkeep.end_airing, _("The airing is over.")),
        Step("fire", "upkeep.add_fire_equipment", upkeep.add_fire_equipment, _("It is in the register."), "fire"),
    )
}
INSPECT = Step("inspect", "upkeep.inspect", upkeep.inspect, _("The inspection is kept."), "inspect")
ACT = Step("act", "upkeep.act_on_climate", upkeep.act_on_climate, _("It is written down."), "act")
CHECK = Step("check", "upkeep.check_fire_equipment", upkeep.check_fire_equipment, _("It is in order."), "check")
FORMS: Mapping[str, Callable[..., Any]] = {
    "climate": lambda *sent: forms.ClimateForm(*sent, auto_id="climate_%s"),
    "fire": lambda *sent: forms.FireForm(*sent, auto_id="fire_%s"),
    "inspect": lambda *sent: forms.InspectForm(*sent, auto_id="inspect_%s"),
    "act": lambda *sent: forms.ActForm(*sent, auto_id="act_%s"),
    "check": lambda *sent: forms.FireCheckForm(*sent, auto_id="check_%s"),
}


@require_safe
def home(request: Request) -> HttpResponse:
    """Every store with walls, and what was missed in it."""
    actor: Actor = request.actor
    if not actor.may("upkeep.see"):
        raise NotAllowed
    at = now()
    rooms = [queries.standing(store, at=at) for store in queries.rooms(by=actor)]
    return render(request, "stores/upkeep.html", {"rooms": sorted(rooms, key=lambda each: not each.is_wanting)})


@require_safe
def room(request: Request, pk: int) -> HttpResponse:
    """One store: its week, its climate, its air, its fire equipment."""
    return _page(request, _room(request, pk))


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """The inspection of a week as a paper (6.26): to be filled in while it is due."""
    rows = Inspection.objects.visible_to(request.actor).select_related("store__unit", "done_by")
    row = get_object_or_404(rows, pk=pk)
    name = f"{row.store.unit.code}-{row.store.code}-{row.week_on:%Y%m%d}"
    return send_kept(request, lambda how: papers.inspection(row, how), name)


@require_POST
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Do one thing in a store."""
    store = _room(request, pk)
    return _done(request, step_at(OF_ROOMS, slug, by=request.actor, on=store), store, store)


@require_POST
def inspect(request: Request, pk: int) -> HttpResponse:
    """Keep what was seen."""
    return _of(request, Inspection.objects.visible_to(request.actor), pk, INSPECT)


@require_POST
def act_on(request: Request, pk: int) -> HttpResponse:
    """Say what was done about a climate."""
    return _of(request, ClimateReading.objects.visible_to(request.actor), pk, ACT)


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """It was looked at."""
    return _of(request, FireEquipment.objects.visible_to(request.actor), pk, CHECK)


def _of(request: Request, rows: QuerySet[Any], pk: int, step: Step) -> HttpResponse:
    row = get_object_or_404(rows.select_related("store__unit"), pk=pk)
    return _done(request, step_at({step.slug: step}, step.slug, by=request.actor, on=row), row, row.store)


def _done(request: Request, step: Step, row: Any, store: Store) -> HttpResponse:
    form = FORMS[step.form](request.POST) if step.form else None
    if take(request, step, row, form) or form is None:
        return redirect("stores:upkeep_room", store.pk)
    return _page(request, store, status=422, refused=row, **{step.form: form})


def _room(request: Request, pk: int) -> Store:
    rows = Store.objects.filter(request.actor.scope("upkeep.see").q(), kind__in=queries.ROOMS)
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def _page(request: Request, store: Store, *, status: int = 200, refused: Any = None, **bound: Any) -> HttpResponse:
    actor: Actor = request.actor
    standing = queries.standing(store, at=now())
    shown = {name: bound.get(name) or blank() for name, blank in FORMS.items()}
    context = {
        "store": store,
        "standing": standing,
        # The oldest that was missed first; where none was, the one of this week.
        "to_inspect": [*reversed(standing.missed), *([standing.inspection] if standing.inspection else [])][:1],
        "lately": Inspection.objects.filter(store=store, state=State.DONE).select_related("done_by")[:5],
        "may": {step.slug: actor.may(step.verb, on=store) for step in (*OF_ROOMS.values(), INSPECT, ACT, CHECK)},
        "refused": refused,
    }
    return render(request, "stores/upkeep_room.html", context | shown, status=status)
