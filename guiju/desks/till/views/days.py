"""The outlet's cash, day by day: the report that the clock made, and whoever closes the day."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.books.money.rules import KIND_LABELS, MOVEMENT_LABELS, MoneyKind, Movement
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.papers import send_kept
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier.models import TillSession
from guiju.line.cashier.queries import Taxed
from guiju.line.cashier.rules import UNDER_WAY
from guiju.oversight.papers import queries as papers
from guiju.oversight.reports import actions
from guiju.oversight.reports.models import CashDay
from guiju.oversight.reports.queries import cash

ROWS = 120


class CloseDayForm(forms.Form):
    """What has to be explained."""

    remark = plain.CharField(
        label=_("Remark"), max_length=400, required=False, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Only where something has to be explained."),
    )  # fmt: skip


def _seeing(request: Request) -> Actor:
    actor: Actor = request.actor
    if not actor.may("cashdays.see"):
        raise NotAllowed
    return actor


@require_safe
def days(request: Request) -> HttpResponse:
    """The days, the latest first, and the drawers that keep a day from being told."""
    actor = _seeing(request)
    rows = list(cash.cash_days(actor)[:ROWS])
    scope = actor.scope("cashdays.see")
    open_ones = TillSession.objects.filter(scope.q(unit="till__unit_id"), state__in=UNDER_WAY).select_related(
        "till__unit", "cashier"
    )
    forgotten = [each for each in open_ones if each.business_on < each.till.unit.day(now())]
    waiting = sum(each.closed_at is None for each in rows)
    return render(request, "till/days.html", {"rows": rows, "forgotten": forgotten, "waiting": waiting})


@require_safe
def day(request: Request, pk: int) -> HttpResponse:
    """One day as it was told."""
    return _page(request, _day(request, pk))


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """The same as a paper to be signed (6.11)."""
    told = _day(request, pk)
    return send_kept(request, lambda how: papers.cash_day(told, how), f"{told.unit.code}-{told.business_on:%Y%m%d}")


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close the day."""
    told = _day(request, pk)
    if not request.actor.may("reports.close_cash_day", on=told):
        raise NotAllowed
    form = CloseDayForm(request.POST)
    if perform(request, form, lambda data: actions.close_cash_day(told, **data, by=request.actor, at=now()).pk):
        messages.success(request, gettext("The day is closed."))
        return redirect("till:day", told.pk)
    return _page(request, _day(request, pk), form)


def _day(request: Request, pk: int) -> CashDay:
    return get_object_or_404(cash.cash_days(_seeing(request)), pk=pk)


def _page(request: Request, told: CashDay, form: CloseDayForm | None = None) -> HttpResponse:
    may = told.closed_at is None and request.actor.may("reports.close_cash_day", on=told)
    names = cash.holder_names(each["reference"] for each in told.figures["holders"])
    context: dict[str, Any] = {
        "day": told,
        "sessions": told.figures["sessions"],
        "tenders": [
            {**each, "net_minor": each["received_minor"] - each["paid_back_minor"]} for each in told.figures["tenders"]
        ],
        "moved": [{**each, "what": _(MOVEMENT_LABELS[Movement(each["kind"])])} for each in told.figures["moved"]],
        "holders": [
            {
                **each,
                "what": _(KIND_LABELS[MoneyKind(each["kind"])]),
                "who": names.get(each["reference"], each["reference"]),
            }
            for each in told.figures["holders"]
        ],
        "taxes": [Taxed(**each) for each in told.figures.get("taxes", ())],
        "listed": [
            *(each for told_session in told.figures["sessions"] for each in told_session["voids"]),
            *told.figures.get("reprints", ()),
        ],
        "unsigned": cash.unsigned(told) if told.closed_at is None else [],
        "form": form or (CloseDayForm() if may else None),
    }
    return render(request, "till/day.html", context, status=422 if form is not None else 200)
