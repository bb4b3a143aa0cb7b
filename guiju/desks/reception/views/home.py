"""The first page: one box that finds, and what waits at the counter."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.desks.reception.guard import needs
from guiju.desks.reception.looking import found
from guiju.desks.reception.views.calls import live
from guiju.kernel.actor import Actor
from guiju.line.followup import queries as followup
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop.models import PartsCommitment, Quote
from guiju.line.workshop.rules import CommitmentState, QuoteState
from guiju.oversight.notices import queries as noticed

SHOWN_MOST = 40
"""A list that is longer is worked off from its oldest end, and says how many there are."""
_READY = {"ready": State.READY, "uncollected": State.UNCOLLECTED}


@require_safe
@needs("intake.register", "followup.see")
def home(request: HttpRequest) -> HttpResponse:
    """What came in today, and what waits for the customer or for us."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(
        request,
        "reception/home.html",
        waiting(actor, timezone.now()) | {"live": live(actor), "wall_due": noticed.wall_due(actor)},
    )


@require_safe
@needs("intake.register")
def look(request: HttpRequest) -> HttpResponse:
    """What the box finds while one types."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = " ".join(request.GET.get("q", "").split())
    return render(request, "reception/look.html", {"text": text, "rows": found(actor, text)})


def waiting(actor: Actor, at: datetime) -> dict[str, Any]:
    """The lists of the first page, each from its end that is worked off first."""
    seen = WorkOrder.objects.visible_to(actor).with_names()
    keys = WorkOrder.objects.visible_to(actor).values("pk")
    # The day begins at midnight of the place where this page is read.
    morning = datetime.combine(timezone.localdate(at), time(), tzinfo=timezone.get_current_timezone())
    quotes = Quote.objects.filter(order__in=keys, state__in=[QuoteState.DRAFT, QuoteState.ISSUED])
    unsigned = PartsCommitment.objects.filter(order__in=keys, state=CommitmentState.PROPOSED)
    about = ("order__customer", "order__appliance__brand", "order__appliance__line")
    lists: dict[str, QuerySet[Any]] = {
        "today": seen.filter(registered_at__gte=morning).order_by("-registered_at"),
        "expected": seen.filter(state=State.REGISTERED, registered_at__lt=morning).order_by("registered_at"),
        "quotes": quotes.select_related(*about).order_by("drafted_at"),
        "unsigned": unsigned.select_related(*about).order_by("proposed_at"),
        "requests": ServiceRequest.objects.visible_to(actor).with_names().filter(answered_at=None).waiting(),
        "to_call": followup.to_call(by=actor).select_related("appliance__brand"),
    }
    shown = {name: list(rows[:SHOWN_MOST]) for name, rows in lists.items()}
    # What stands ready is asked for together; only where there is too much of it, one after the other.
    lists |= {name: seen.filter(state=state).order_by("ready_at") for name, state in _READY.items()}
    together = list(seen.filter(state__in=list(_READY.values())).order_by("ready_at")[: SHOWN_MOST + 1])
    for name, state in _READY.items():
        is_whole = len(together) <= SHOWN_MOST
        shown[name] = [each for each in together if each.state == state] if is_whole else list(lists[name][:SHOWN_MOST])
    # Only a list that does not fit must be counted.
    counts = {name: len(rows) if len(rows) < SHOWN_MOST else lists[name].count() for name, rows in shown.items()}
    return shown | {"counts": counts, "now": at}
