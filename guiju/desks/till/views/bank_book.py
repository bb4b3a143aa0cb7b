"""The book behind the takings: every holder of cash now, and what the bank says came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.papers import send_kept
from guiju.desks.common.perform import perform
from guiju.desks.till import banking_forms as forms
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking import queries
from guiju.line.banking.models import BankDeposit, BankLine
from guiju.line.banking.rules import DepositState
from guiju.oversight.papers import queries as papers
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit


@require_safe
def where(request: Request) -> HttpResponse:
    """Every holder of cash now."""
    if not request.actor.may("banking.see"):
        raise NotAllowed
    holders = queries.where_it_is(by=request.actor, at=now())
    totals: dict[tuple[Unit, str], int] = {}
    for each in holders:
        key = (each.unit, each.currency)
        totals[key] = totals.get(key, 0) + each.amount_minor
    units = [
        {"unit": unit, "currency": currency, "total_minor": total,
         "holders": [each for each in holders if (each.unit, each.currency) == (unit, currency)]}
        for (unit, currency), total in totals.items()
    ]  # fmt: skip
    return render(request, "till/where.html", {"units": units})


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: Request) -> HttpResponse:
    """Bring the bank's statement in; what of it confirms no deposit yet."""
    actor, unit = request.actor, people.unit_of(request.actor)
    if unit is None or not actor.may("banking.bring_statement", on=unit):
        raise NotAllowed
    form = forms.StatementForm(request.POST, request.FILES) if request.method == "POST" else forms.StatementForm()
    if form.is_bound:
        done = perform(
            request, form,
            lambda data: len(banking.bring_statement(unit, content=data["file"].read(), by=actor, at=now())),
        )  # fmt: skip
        if done:
            messages.success(request, gettext("New lines: %(count)s.") % {"count": done.answer})
            return redirect("till:bank_statement")
    return _book(request, form, {}, status=422 if form.is_bound else 200)


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """A line of the statement is what a provider paid for cards or wallets."""
    actor: Actor = request.actor
    line = get_object_or_404(BankLine.objects.visible_to(actor).select_related("unit"), pk=pk)
    if not actor.may("banking.settle_tender", on=line):
        raise NotAllowed
    form = forms.PaidOutForm(request.POST, auto_id=f"line{pk}_%s")
    if perform(request, form, lambda data: banking.settle_tender(line, **data, by=actor, at=now()).pk):
        messages.success(request, gettext("It is at the bank, and the fee is booked."))
        return redirect("till:bank_statement")
    return _book(request, forms.StatementForm(), {pk: form}, status=422)


def _book(request: Request, form: Form, bound: Mapping[int, Form], *, status: int) -> HttpResponse:
    actor: Actor = request.actor
    lines = list(BankLine.objects.visible_to(actor).filter(deposit=None, settlement=None).select_related("unit")[:50])
    waiting = BankDeposit.objects.visible_to(actor).filter(state__in=[DepositState.DEPOSITED, DepositState.EXCEPTION])
    rows = [
        {"line": each, "form": bound.get(each.pk) or forms.PaidOutForm(auto_id=f"line{each.pk}_%s")} for each in lines
    ]
    context = {"form": form, "rows": rows, "deposits": waiting.with_names().order_by("pk")[:50]}
    return render(request, "till/bank_statement.html", context, status=status)


@require_safe
def slip_record(request: Request, number: str) -> HttpResponse:
    """The record of a deposit as a paper (6.12)."""
    row = get_object_or_404(BankDeposit.objects.visible_to(request.actor).with_names(), number=number)
    return send_kept(request, lambda how: papers.slip_record(row, how), row.number)


@require_safe
def safe_log(request: Request) -> HttpResponse:
    """What went through the door of the own outlet's safe in a month, as a paper (6.13); this month where none is said."""
    unit = people.unit_of(request.actor)
    if unit is None or not request.actor.may("banking.see", on=unit):
        raise NotAllowed
    month = _month(request.GET.get("month", "")) or unit.day(now()).replace(day=1)
    return send_kept(request, lambda how: papers.safe_log(unit, month, how), f"{unit.code}-{month:%Y%m}")


def _month(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month, which no zone moves)
    except ValueError:
        return None
