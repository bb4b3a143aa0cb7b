"""My till: open it with a float, count it blind, close it; and the drawers that a manager answers for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import Step, step_at
from guiju.desks.till.forms import CountForm, ForceForm, MoveForm, OpenForm, RecountForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.banking import queries as banking
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Till, TillSession
from guiju.line.cashier.rules import SessionState

STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("move-cash", "cashier.move_cash", cashier.move_cash, _("Written down."), "move"),
        Step("count", "cashier.count_till", cashier.count_till, _("Counted."), "count"),
        Step("recount", "cashier.recount_till", cashier.recount_till, _("Counted again. This count stands."), "recount"),
        Step("end", "cashier.close_till_session", cashier.close_till_session, _("The till is closed.")),
        Step("force", "cashier.force_close", cashier.force_close, _("The till is closed."), "force"),
        Step("countersign", "cashier.countersign", cashier.countersign, _("Signed.")),
    )
}  # fmt: skip


@require_safe
def home(request: Request) -> HttpResponse:
    """My till, the jobs that can be collected, the deposits for loaners, and the refunds that wait for me."""
    return _home(request)


@require_POST
def open_till(request: Request) -> HttpResponse:
    """Count the float into the drawer and begin."""
    actor: Actor = request.actor
    if not actor.may("cashier.open_till_session"):
        raise NotAllowed
    form = OpenForm(request.POST, tills=_tills(actor))
    if perform(request, form, lambda data: cashier.open_till_session(**data, by=actor, at=now())):
        messages.success(request, gettext("Your till is open."))
        return redirect("till:home")
    return _home(request, form, status=422)


@require_safe
def close(request: Request) -> HttpResponse:
    """To my till: where it is counted and closed."""
    if not request.actor.may("cashier.close_till_session"):
        raise NotAllowed
    mine = queries.session_of(request.actor)
    if mine is None:
        messages.error(request, gettext("You have no till open."))
        return redirect("till:home")
    return redirect("till:session", mine.pk)


@require_safe
def session(request: Request, pk: int) -> HttpResponse:
    """A till's day: what was taken; what was expected only once it is counted, or for whoever oversees it."""
    return _session(request, _visible(request.actor, pk), {})


@require_http_methods(["POST"])
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """One step of a session; what was typed is kept where it is refused."""
    actor: Actor = request.actor
    shown = _visible(actor, pk)
    step = step_at(STEPS, slug, by=actor, on=shown)
    form = _form(step.form, shown, request.POST) if step.form else None
    if perform(request, form, lambda data: step.act(shown, **data, by=actor, at=now())):
        messages.success(request, str(step.said))
        return redirect("till:session", shown.pk)
    if form is None:
        return redirect("till:session", shown.pk)
    return _session(request, _visible(actor, pk), {step.form: form}, status=422)


@require_safe
def drawers(request: Request) -> HttpResponse:
    """Who has which drawer open since when, and what must lie in it; what waits to be counted again or signed."""
    actor: Actor = request.actor
    if not actor.may("drawers.see"):
        raise NotAllowed
    context = {"drawers": queries.under_way(by=actor), "to_sign": queries.to_countersign(by=actor)}
    return render(request, "till/drawers.html", context)


def _visible(actor: Actor, pk: int) -> TillSession:
    scope = actor.scope("cashier.see")
    rows = TillSession.objects.filter(scope.q(unit="till__unit_id"))
    return get_object_or_404(rows.select_related("till__unit", "cashier", "closed_by", "countersigned_by"), pk=pk)


def _form(name: str, shown: TillSession, *sent: Any) -> Form:
    ids = {"auto_id": f"{name}_%s"}
    if name == "force":
        return ForceForm(*sent, is_counted=shown.state == SessionState.COUNTED, **ids)
    forms: dict[str, type[Form]] = {"move": MoveForm, "count": CountForm, "recount": RecountForm}
    if name not in forms:
        raise Http404
    return forms[name](*sent, **ids)


def _offered(actor: Actor, shown: TillSession) -> set[str]:
    """The steps that this person can take now."""
    is_mine = actor.person_id == shown.cashier_id
    fits = {
        SessionState.OPEN: {"move-cash", "count"} if is_mine else {"force"},
        SessionState.COUNTED: ({"recount"} if shown.to_recount and not is_mine else set())
        | ({"end"} if is_mine and not shown.to_recount else set())
        | ({"force"} if not is_mine and not shown.to_recount else set()),
        SessionState.CLOSED: {"countersign"}
        if not shown.countersigned_by_id and actor.person_id not in {shown.cashier_id, shown.closed_by_id}
        else set(),
    }[SessionState(shown.state)]
    return {slug for slug in fits if actor.may(STEPS[slug].verb, on=shown)}


def _session(request: Request, shown: TillSession, bound: Mapping[str, Form], *, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    offered = _offered(actor, shown)
    is_counted = shown.state != SessionState.OPEN
    context = {
        "session": shown,
        "payments": queries.payments_of_session(shown),
        "refunds": queries.refunds_of_session(shown),
        "is_counted": is_counted,
        "is_closed": shown.state == SessionState.CLOSED,
        "variance_minor": shown.variance_minor,
        # Known to the cashier once it is counted, and to whoever oversees the drawers at any time.
        "takings_minor": banking.takings_of(shown) if offered & {"end", "force"} else 0,
        # Whoever counts must not know what is expected (G03).
        "report": queries.report(shown) if is_counted or actor.may("drawers.see", on=shown) else None,
        "offered": {slug.replace("-", "_"): True for slug in offered},
        "forms": {
            STEPS[slug].form: bound.get(STEPS[slug].form) or _form(STEPS[slug].form, shown)
            for slug in offered
            if STEPS[slug].form
        },
    }
    return render(request, "till/session.html", context, status=status)


def _tills(actor: Actor) -> Any:
    """The tills that this person may open."""
    scope = actor.scope("cashier.open_till_session")
    return Till.objects.filter(scope.q(), is_active=True).order_by("code")


def _home(request: Request, form: OpenForm | None = None, *, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    if not actor.may("cashier.see"):
        raise NotAllowed
    mine, recounts = queries.mine_and_to_recount(by=actor)
    bills = {bill.order_id: bill for bill in queries.bills_of_ready(by=actor)}
    context: dict[str, Any] = {
        "session": mine,
        "payments": queries.payments_of_session(mine) if mine else [],
        "ready": [{"order": order, "bill": bills.get(order.pk)} for order in queries.ready_orders(by=actor)],
        "refunds": queries.open_refunds(by=actor),
        "deposits": queries.open_deposits(by=actor),
        "parts": queries.parts_deposits_due(by=actor),
        "recounts": recounts,
        "wallets": queries.wallets_to_see_to(by=actor),
        "may_oversee": actor.may("drawers.see"),
    }
    if mine is None and actor.may("cashier.open_till_session"):
        tills = _tills(actor)
        context |= {"form": form or OpenForm(tills=tills), "has_tills": tills.exists()}
    return render(request, "till/home.html", context, status=status)
