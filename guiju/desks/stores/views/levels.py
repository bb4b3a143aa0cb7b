"""How much to keep: what lies below its level, what is suggested, and a person's answer."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.books.stock.models import Store
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import Step, step_at, take
from guiju.desks.stores.picking import part_of
from guiju.desks.stores.picture import picture
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning import queries
from guiju.readiness.planning.models import Decision, Minimum, PlanRun, StockLevel, Suggestion
from guiju.readiness.planning.queries import PLANNED, Month
from guiju.readiness.planning.rules.reckoning import engine
from guiju.readiness.planning.rules.words import ENGINE_LABELS, KIND_LABELS, REASONS, Echelon, Engine, Kind, Reason
from guiju.standing.catalogue.models import Part

# A screen of each; what is answered makes room for the next.
ROWS = 50


class ChangeForm(forms.Form):
    """Another number than the suggested one, and why."""

    level = plain.IntegerField(label=_("How many to keep"), min_value=0, max_value=planning.LEVEL_MAX)
    reason = plain.CharField(label=_("Why another number"), max_length=200)


class LeastForm(forms.Form):
    """The least of one part, and why."""

    part = plain.CharField(label=_("Part"), max_length=60, help_text=_("Scan or type the part number."))
    least = plain.IntegerField(
        label=_("At least"), min_value=0, max_value=planning.LEVEL_MAX, help_text=_("0 ends what was set.")
    )
    reason = plain.CharField(label=_("Why"), max_length=200)

    def clean_part(self) -> Part:
        """The part of that number, however it is written."""
        return part_of(self.cleaned_data["part"])


STEPS = {
    step.slug: step
    for step in (
        Step("accept", "planning.accept", planning.accept, _("The level is in force.")),
        Step("change", "planning.change", planning.change, _("The level is in force."), "change"),
    )
}


LEAST = Step("least", "planning.keep_at_least", planning.keep_at_least, _("The next plan keeps to it."), "least")


@require_safe
def home(request: Request) -> HttpResponse:
    """One store: what to order, what to answer, and what is kept at least."""
    return _home(request, request.GET.get("store", ""))


@require_POST
def least(request: Request, pk: int) -> HttpResponse:
    """Set or end the least of one part in one store."""
    store = get_object_or_404(_planned(request.actor), pk=pk)
    step = step_at({LEAST.slug: LEAST}, LEAST.slug, by=request.actor, on=store)
    form = LeastForm(request.POST, auto_id="least_%s")
    if not take(request, step, store, form):
        return _home(request, str(pk), form=form, status=422)
    response = redirect("stores:levels")
    response["Location"] += f"?store={store.pk}"
    return response


def _home(request: Request, wanted: str, *, form: LeastForm | None = None, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    if not actor.may("planning.see"):
        raise NotAllowed
    stores = _stores(actor)
    store = next((each for each in stores if str(each.pk) == wanted), stores[0] if stores else None)
    below = queries.reorder([store], by=actor) if store else []
    feeder = queries.feeder_of(store) if store else None
    there = queries.at_the_feeder(feeder, [each.level.part_id for each in below[:ROWS]]) if feeder else {}
    waiting = queries.suggestions(by=actor).filter(run__store=store).order_by("part__code")
    context = {
        "stores": stores,
        "store": store,
        "run": PlanRun.objects.visible_to(actor).filter(store=store).order_by("-pk").first() if store else None,
        "feeder": feeder,
        "filled": queries.filled_by(store) if store and not feeder else 0,
        "progress": queries.progress(stores, at=now()),
        "engine": ENGINE_LABELS[engine()],
        "below": [(each, there.get(each.level.part_id, 0)) for each in below[:ROWS]],
        "below_more": len(below) - ROWS,
        "waiting": list(waiting[: ROWS + 1]) if store else [],
        "rows": ROWS,
        "has_levels": bool(below) or StockLevel.objects.visible_to(actor).filter(store=store).exists(),
        "may_ask": store is not None and actor.may("planning.fetch" if feeder else "planning.order", on=store),
        "may_plan": store is not None and actor.may("planning.plan", on=store),
        "may_set": store is not None and actor.may(LEAST.verb, on=store),
        "least": form or LeastForm(auto_id="least_%s"),
        "minimums": Minimum.objects.visible_to(actor)
        .filter(store=store)
        .select_related("part", "set_by")
        .order_by("part__code")[:ROWS],
    }
    return render(request, "stores/levels.html", context, status=status)


@require_POST
def plan(request: Request, pk: int) -> HttpResponse:
    """Reckon one store anew."""
    store = get_object_or_404(_planned(request.actor), pk=pk)
    if not request.actor.may("planning.plan", on=store):
        raise NotAllowed
    perform(request, None, lambda _data: planning.plan(store, by=request.actor, at=now()))
    response = redirect("stores:levels")
    response["Location"] += f"?store={store.pk}"
    return response


@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """Ask to buy what was ticked."""
    store = get_object_or_404(_planned(request.actor), pk=pk)
    if not request.actor.may("planning.order", on=store):
        raise NotAllowed
    keys = [int(key) for key in request.POST.getlist("part") if key.isdecimal()][:ROWS]
    parts = list(Part.objects.filter(pk__in=keys))
    done = perform(request, None, lambda _data: planning.order(store, parts=parts, by=request.actor, at=now()))
    if done:
        messages.success(request, say("Purchase request %(number)s is written.") % {"number": done.answer})
    response = redirect("stores:levels")
    response["Location"] += f"?store={store.pk}"
    return response


@require_POST
def fetch(request: Request, pk: int) -> HttpResponse:
    """Ask the store that fills this one for what was ticked."""
    store = get_object_or_404(_planned(request.actor), pk=pk)
    if not request.actor.may("planning.fetch", on=store):
        raise NotAllowed
    keys = [int(key) for key in request.POST.getlist("part") if key.isdecimal()][:ROWS]
    parts = list(Part.objects.filter(pk__in=keys))
    done = perform(request, None, lambda _data: planning.fetch(store, parts=parts, by=request.actor, at=now()))
    if done:
        messages.success(request, say("Transfer %(number)s is asked for.") % {"number": done.answer})
    response = redirect("stores:levels")
    response["Location"] += f"?store={store.pk}"
    return response


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """A suggestion with its reasons and its picture."""
    return _page(request, _open(request, pk))


@require_POST
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Answer it."""
    row = _open(request, pk)
    step = step_at(STEPS, slug, by=request.actor, on=row)
    form = ChangeForm(request.POST, auto_id="change_%s") if step.form else None
    if take(request, step, row, form) or form is None:
        return redirect("stores:level", row.pk)
    return _page(request, _open(request, pk), form=form, status=422)


def _planned(actor: Actor) -> QuerySet[Store]:
    scope = actor.scope("planning.see")
    return Store.objects.filter(scope.q(), kind__in=PLANNED).select_related("unit")


def _stores(actor: Actor) -> list[Store]:
    return list(_planned(actor).order_by("unit__path", "code")[:200])


def _open(request: Request, pk: int) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.actor).select_related("run__store__unit", "run__source__unit", "part")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request, row: Suggestion, *, form: ChangeForm | None = None, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    decision = Decision.objects.filter(suggestion=row).select_related("decided_by").first()
    is_newest = not PlanRun.objects.filter(store=row.run.store_id, pk__gt=row.run_id).exists()
    drawn = picture(
        row.history, until=Month.of(row.run.until), span=row.run.span_months, rate_milli=row.rate_milli, level=row.level
    )
    context: dict[str, Any] = {
        "row": row,
        "part": row.part,
        "decision": decision,
        "is_newest": is_newest,
        "may": {slug: decision is None and is_newest and actor.may(step.verb, on=row) for slug, step in STEPS.items()},
        "form": form or ChangeForm(initial=_proposed(row), auto_id="change_%s"),
        "reasons": [say(REASONS[Reason(word)]) % said for word, said in row.because],
        "kind": say(KIND_LABELS[Kind(row.kind)]),
        "engine": say(ENGINE_LABELS[Engine(row.run.engine)]),
        "rate": f"{row.rate_milli / 1000:.2f}",
        "is_centre": row.run.echelon == Echelon.CENTRE.value,
        "is_outlet": row.run.echelon == Echelon.OUTLET.value,
        "source": queries.called(row.run.source) if row.run.source else "",
        "service": f"{row.service_per_10000 / 100:.1f}",
        "picture": drawn,
        "alternative": _said(row, drawn.bars),
    }
    return render(request, "stores/level.html", context, status=status)


def _proposed(row: Suggestion) -> dict[str, Any]:
    """While the maker still takes an order, all that will ever be asked for is the other number that one would keep."""
    if (row.last_buy or 0) > row.level:
        return {"level": row.last_buy, "reason": say("Last-time buy")}
    return {"level": row.level}


def _said(row: Suggestion, bars: Any) -> str:
    """The picture in a sentence."""
    known = [bar.asked for bar in bars if bar.asked is not None]
    sentence = say(
        "In %(months)s months %(asked)s were asked for, at most %(most)s in one;"
        " about %(rate)s a month are expected, and %(level)s are to be kept."
    )
    return sentence % {
        "months": len(known), "asked": sum(known), "most": max(known, default=0), "rate": f"{row.rate_milli / 1000:.2f}",
        "level": row.level,
    }  # fmt: skip
