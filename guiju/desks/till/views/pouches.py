"""Pouches at the till: what technicians bring is counted blind and signed for by both; the manager's board of who has what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.common.second import signed
from guiju.desks.till import banking_forms, pouch_forms
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking.models import CashHandOver
from guiju.line.banking.queries import pouches
from guiju.line.banking.rules.handing import UNDER_WAY, Hand, HandState
from guiju.line.cashier import queries as tills
from guiju.line.cashier.rules import SessionState


@require_safe
def board(request: Request) -> HttpResponse:
    """What is brought to the tills now, and what lies in whose pouch since when."""
    actor, at = request.actor, now()
    if not actor.may("banking.see"):
        raise NotAllowed
    going = {
        (each.unit_id, each.giver_id): each for each in CashHandOver.objects.visible_to(actor).under_way().with_names()
    }
    context = {
        "coming": pouches.to_count(actor) if actor.may("banking.count_pouch") else [],
        "pouches": [
            {"pouch": each, "is_late": each.is_late(at), "going": going.get((each.unit.pk, each.holder.pk))}
            for each in pouches.board(actor, at)
        ],
        "is_overseen": actor.may("drawers.see"),
        "lately": _lately(actor),
    }
    return render(request, "till/pouches.html", context)


@require_safe
def pouch(request: Request, number: str) -> HttpResponse:
    """One hand-over: counted and signed here, or read afterwards."""
    return _page(request, _row(request, number), {})


@require_POST
def count(request: Request, number: str) -> HttpResponse:
    """Count it blind and sign."""
    return _sign(request, number, "count", pouch_forms.CountPouchForm(request.POST), banking.count_pouch)


@require_POST
def explain(request: Request, number: str) -> HttpResponse:
    """Whoever brought it explains the difference and signs, on the cashier's screen; whether they may, the verb asks."""
    form = pouch_forms.ExplainForm(request.POST, for_another=True)
    return _sign(request, number, "explain", form, banking.explain_difference)


def _sign(request: Request, number: str, name: str, form: Form, act: Callable[..., CashHandOver]) -> HttpResponse:
    """Sign on the screen of somebody who may count here."""
    row = _row(request, number)
    if not request.actor.may("banking.count_pouch", on=row):
        raise NotAllowed
    if not signed(request, form, lambda who, data: act(row, **data, by=who, at=now())):
        return _page(request, row, {name: form}, status=422)
    if _row(request, number).state == HandState.ACCEPTED:
        messages.success(request, gettext("Signed by both. The pouch is handed in."))
    return redirect("till:pouch", number)


@require_POST
def refuse(request: Request, number: str) -> HttpResponse:
    """It is not taken here."""
    row = _row(request, number)
    if not request.actor.may("banking.refuse_cash", on=row):
        raise NotAllowed
    form = banking_forms.NoteForm(request.POST)
    if perform(request, form, lambda data: banking.refuse_cash(row, **data, by=request.actor, at=now())):
        messages.success(request, gettext("It stays with whoever brought it."))
        return redirect("till:pouches")
    return _page(request, row, {"refuse": form}, status=422)


def _lately(actor: Actor) -> list[dict[str, Any]]:
    """What was answered lately; whoever counts pouches reads no amount that may still come to be counted."""
    rows = CashHandOver.objects.visible_to(actor).with_names().exclude(state__in=list(UNDER_WAY)).order_by("-pk")[:20]
    return [
        {"row": each, "is_shown": not each.is_blind or each.belongs_to(actor) or actor.may("drawers.see", on=each)}
        for each in rows
    ]


def _is_open(actor: Actor) -> bool:
    session = tills.session_of(actor)
    return session is not None and session.state == SessionState.OPEN


def _row(request: Request, number: str) -> CashHandOver:
    actor = request.actor
    if not actor.may("banking.see"):
        raise NotAllowed
    return get_object_or_404(CashHandOver.objects.visible_to(actor).with_names(), number=number)


def _page(request: Request, row: CashHandOver, bound: dict[str, Form], *, status: int = 200) -> HttpResponse:
    actor = request.actor
    mine = actor.person_id == row.giver_id
    counts = row.hand == Hand.TILL and not mine and actor.may("banking.count_pouch", on=row)
    shown: dict[str, Form] = {}
    if counts and row.state == HandState.OFFERED:
        shown["count"] = bound.get("count") or pouch_forms.CountPouchForm()
    if counts and row.state == HandState.COUNTED:
        shown["explain"] = bound.get("explain") or pouch_forms.ExplainForm(for_another=True)
    if row.hand == Hand.TILL and row.state in UNDER_WAY and not mine and actor.may("banking.refuse_cash", on=row):
        shown["refuse"] = bound.get("refuse") or banking_forms.NoteForm(auto_id="refuse_%s")
    is_shown = not row.is_blind or row.belongs_to(actor) or actor.may("drawers.see", on=row)
    receipts = [] if not is_shown else row.receipts.select_related("payment__bill__order__customer").order_by("pk")
    context = {
        "row": row, "forms": shown, "receipts": receipts, "needs_till": "count" in shown and not _is_open(actor),
        "pieces": [(int(each), count, int(each) * count) for each, count in row.pieces.items()],
    }  # fmt: skip
    return render(request, "till/pouch.html", context, status=status)
