"""My till: open it with a float, see what was taken, close it by a blind count."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.till.forms import CloseForm, OpenForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Till, TillSession
from guiju.line.cashier.rules import SessionState


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


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request) -> HttpResponse:
    """Count the drawer without knowing what the book expects, and close."""
    actor: Actor = request.actor
    if not actor.may("cashier.close_till_session"):
        raise NotAllowed
    mine = queries.session_of(actor)
    # The same form sent again finds the till closed, and is answered as the first time.
    last = mine or TillSession.objects.filter(cashier_id=actor.person_id).select_related("till").order_by("-pk").first()
    if last is None:
        messages.error(request, gettext("You have no till open."))
        return redirect("till:home")
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and perform(
        request, form, lambda data: cashier.close_till_session(last, **data, by=actor, at=now())
    ):
        return redirect("till:session", last.pk)
    if mine is None:
        return redirect("till:session", last.pk)
    status = 422 if form.is_bound else 200
    return render(request, "till/close.html", {"form": form, "session": mine}, status=status)


@require_safe
def session(request: Request, pk: int) -> HttpResponse:
    """A till's day: what was taken; what was expected only once it is closed."""
    scope = request.actor.scope("cashier.see")
    rows = TillSession.objects.filter(scope.q(unit="till__unit_id")).select_related("till__unit", "cashier")
    shown = get_object_or_404(rows, pk=pk)
    is_closed = shown.state == SessionState.CLOSED
    context = {
        "session": shown,
        "payments": queries.payments_of_session(shown),
        "refunds": queries.refunds_of_session(shown),
        "is_closed": is_closed,
        "variance_minor": shown.variance_minor,
    }
    return render(request, "till/session.html", context)


def _tills(actor: Actor) -> Any:
    """The tills that this person may open."""
    scope = actor.scope("cashier.open_till_session")
    return Till.objects.filter(scope.q(), is_active=True).order_by("code")


def _home(request: Request, form: OpenForm | None = None, *, status: int = 200) -> HttpResponse:
    actor: Actor = request.actor
    if not actor.may("cashier.see"):
        raise NotAllowed
    mine = queries.session_of(actor)
    bills = {bill.order_id: bill for bill in queries.bills_of_ready(by=actor)}
    context: dict[str, Any] = {
        "session": mine,
        "payments": queries.payments_of_session(mine) if mine else [],
        "ready": [{"order": order, "bill": bills.get(order.pk)} for order in queries.ready_orders(by=actor)],
        "refunds": queries.open_refunds(by=actor),
        "deposits": queries.open_deposits(by=actor),
        "parts": queries.parts_deposits_due(by=actor),
    }
    if mine is None and actor.may("cashier.open_till_session"):
        tills = _tills(actor)
        context |= {"form": form or OpenForm(tills=tills), "has_tills": tills.exists()}
    return render(request, "till/home.html", context, status=status)
