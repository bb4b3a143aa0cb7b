"""Controlled stores: what is open, opening one, and the store's own locks and custodians."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.books.stock.models import Bin, Store
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.second import whoever_signs
from guiju.desks.common.steps import Step, step_at
from guiju.desks.stores import controlled_forms as forms
from guiju.desks.stores.controlled_steps import (
    OF_OPENINGS,
    OF_STORES,
    OPENING_FORMS,
    SIGNED,
    STORE_FORMS,
    is_on_anothers_screen,
    offered,
)
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, Refusal
from guiju.kernel.words import Sentence
from guiju.readiness.custody import actions as custody
from guiju.readiness.custody import queries
from guiju.readiness.custody.models import AccessSession, ControlledMovement, ControlledStore, CustodianGrant
from guiju.readiness.custody.rules import State, StoreState
from guiju.standing.people.actions import WrongPassword
from guiju.standing.people.models import Unit


@require_safe
def home(request: Request) -> HttpResponse:
    """Every controlled store as it stands now, and what somebody has to look at."""
    actor: Actor = request.actor
    if not actor.may("custody.see"):
        raise NotAllowed
    context = {
        "doors": queries.doors(by=actor, at=now()),
        "alerts": queries.alerts(by=actor, at=now()),
    }
    return render(request, "stores/controlled.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Set up a store that nobody opens alone."""
    actor: Actor = request.actor
    if not actor.may("custody.set_up_store"):
        raise NotAllowed
    units = Unit.objects.filter(actor.scope("custody.set_up_store").q(unit="pk"), is_active=True)
    form = forms.NewStoreForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST":
        done = perform(request, form, lambda data: custody.set_up_store(**data, by=actor, at=now()).pk)
        if done:
            messages.success(request, gettext("Now note its locks, and who holds them."))
            return redirect("stores:controlled_store", done.answer)
    return render(request, "stores/controlled_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def store(request: Request, pk: int) -> HttpResponse:
    """One store: its locks, who holds them, what protects it, and the way in."""
    return _store_page(request, _store(request, pk))


@require_POST
def act_on_store(request: Request, pk: int, slug: str) -> HttpResponse:
    """Do one thing at a store; what cannot be done is said where it was asked."""
    row = _store(request, pk)
    step = step_at(OF_STORES, slug, by=request.actor, on=row)
    form = STORE_FORMS[step.form](row, request.actor, request.POST)
    done, answer = _take(request, step, row, form)
    if not done:
        return _store_page(request, row, status=422, **{step.form: form})
    if slug in {"open", "emergency"}:
        return redirect("stores:controlled_opening", answer)
    return redirect("stores:controlled_store", row.pk)


@require_POST
def end_grant(request: Request, pk: int) -> HttpResponse:
    """Take the locks back."""
    actor: Actor = request.actor
    row = get_object_or_404(CustodianGrant.objects.visible_to(actor).select_related("store__unit"), pk=pk)
    if not actor.may("custody.end_grant", on=row):
        raise NotAllowed
    form = forms.EndForm(request.POST)
    if perform(request, form, lambda data: custody.end_grant(row, **data, by=actor, at=now()).pk):
        messages.success(request, gettext("The locks are taken back."))
        return redirect("stores:controlled_store", row.store_id)
    return _store_page(request, row.store, status=422, refused=row, end=form)


@require_safe
def opening(request: Request, number: str) -> HttpResponse:
    """One opening: who is inside until when, and what this person can do now."""
    return _opening_page(request, _opening(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step in an opening."""
    session = _opening(request, number)
    step = step_at(OF_OPENINGS, slug, by=request.actor, on=session)
    form = OPENING_FORMS[step.form](session, request.actor, request.POST) if step.form else None
    done, _answer = _take(request, step, session, form)
    if done or form is None:
        return redirect("stores:controlled_opening", session.number)
    return _opening_page(request, _opening(request, number), status=422, **{step.form: form})


def _take(request: Request, step: Step, row: Any, form: Any) -> tuple[bool, Any]:
    """The step, and what came of it; one that is signed is never kept under the key of its form."""
    if step.slug not in SIGNED:
        done = perform(request, form, lambda data: step.act(row, **data, by=request.actor, at=now()))
        if done and step.said:
            messages.success(request, str(step.said))
        return bool(done), done.answer
    if not form.is_valid():
        return False, None
    try:
        data = dict(form.cleaned_data)
        who = _signing(request, row, step, data.pop("username", ""))
        result = step.act(row, **data, by=who, at=now())
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False, None
    if step.said:
        messages.success(request, str(step.said))
    return True, result.number


def _signing(request: Request, row: Any, step: Step, username: str) -> Actor:
    """Whoever signs: whose screen it is, or who stands beside and types the own name.

    raises   WrongPassword for a name that nobody has; UseYourOwnScreen
    """
    if not (isinstance(row, AccessSession) and is_on_anothers_screen(row, step.slug, request.actor)):
        return request.actor
    actor = whoever_signs(username, at=now())
    if actor is None:
        raise WrongPassword
    return actor


def _store(request: Request, pk: int) -> ControlledStore:
    return get_object_or_404(ControlledStore.objects.visible_to(request.actor).select_related("unit"), pk=pk)


def _opening(request: Request, number: str) -> AccessSession:
    return get_object_or_404(AccessSession.objects.visible_to(request.actor).with_names(), number=number)


def _behind(row: ControlledStore) -> Bin | Store | None:
    """The bin or the store that is guarded, if it is one."""
    kinds: Mapping[str, type[Bin | Store]] = {"stock.bin": Bin, "stock.store": Store}
    kind = kinds.get(row.guards_type)
    return kind.objects.filter(pk=row.guards_id).first() if kind else None


def _store_page(request: Request, row: ControlledStore, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor, today = request.actor, row.unit.day(now())
    under_way = queries.under_way(row)
    may = {slug: actor.may(step.verb, on=row) for slug, step in OF_STORES.items()}
    may["open"] = may["open"] and row.state == StoreState.IN_USE
    may["emergency"] = may["emergency"] and row.state == StoreState.IN_USE and under_way is None
    context: dict[str, Any] = {
        "store": row,
        "inside": _behind(row),
        "session": under_way,
        "locks": row.locks.all(),
        "grants": queries.grants(row, on=today),
        "checks": [{"check": check, "is_due": check.next_on <= today} for check in queries.last_checks(row).values()],
        "weak": queries.weak(row, on=today),
        "lacks": queries.lacking(row, on=today),
        "may": may,
        "may_end": actor.may("custody.end_grant", on=row),
        "end": bound.get("end"),
        "refused": bound.get("refused"),
        "lately": AccessSession.objects.filter(store=row).with_names().order_by("-pk")[:10],
    }
    filled = {name: bound.get(name) or blank(row, actor) for name, blank in STORE_FORMS.items() if may.get(name)}
    return render(request, "stores/controlled_store.html", context | filled, status=status)


def _opening_page(request: Request, session: AccessSession, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor: Actor = request.actor
    slugs = offered(session, actor)
    shown: Mapping[str, Any] = {
        step.form: bound.get(step.form) or OPENING_FORMS[step.form](session, actor)
        for step in (OF_OPENINGS[slug] for slug in slugs)
        if step.form
    }
    things = ControlledMovement.objects.filter(session__store=session.store)
    context: dict[str, Any] = {
        "session": session,
        "may": {slug.replace("-", "_"): slug in slugs for slug in OF_OPENINGS},
        "movements": ControlledMovement.objects.filter(session=session).select_related("moved_by"),
        "things": things.order_by("item").values_list("item", flat=True).distinct()[:100],
        "denied": [Sentence.from_json(each) for each in session.denied_because],
        "window_s": _seconds(session.window_until) if session.state == State.FIRST_AUTH else None,
        "session_s": _seconds(session.until) if session.state in {State.OPEN, State.RECOUNTED} else None,
        "is_late": session.review_by is not None and session.reviewed_at is None and session.review_by < now(),
        "another": is_on_anothers_screen(session, "second", actor),
    }
    return render(request, "stores/controlled_opening.html", context | dict(shown), status=status)


def _seconds(until: Any) -> int:
    """How many are left; none when it is over."""
    return max(0, int((until - now()).total_seconds())) if until is not None else 0
