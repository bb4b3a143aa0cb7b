"""The store's reports: made by the clock, and the keeper stands for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms as plain
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.papers import send_kept
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.papers import queries as papers
from guiju.oversight.reports import actions, queries
from guiju.oversight.reports.models import StoreReport
from guiju.oversight.reports.rules import COLUMN_LABELS
from guiju.standing.catalogue.models import Part

ROWS = 120


class ConfirmForm(forms.Form):
    """What the keeper says of it."""

    remark = plain.CharField(
        label=_("Remark"), max_length=400, required=False, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Only where something has to be explained."),
    )  # fmt: skip


def _seeing(request: Request) -> Actor:
    actor: Actor = request.actor
    if not actor.may("reports.see"):
        raise NotAllowed
    return actor


@require_safe
def reports(request: Request) -> HttpResponse:
    """The reports, those first that wait for the keeper."""
    rows = list(queries.reports(_seeing(request))[:ROWS])
    rows.sort(key=lambda each: each.confirmed_at is not None)
    waiting = sum(each.confirmed_at is None for each in rows)
    return render(request, "stores/reports.html", {"rows": rows, "waiting": waiting, "here": "reports"})


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """One report as it was made; it prints as it stands."""
    return _page(request, _report(request, pk))


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """The report as a paper (6.9)."""
    told = _report(request, pk)
    name = f"{told.unit.code}-{told.store.code}-{told.kind}-{told.starts_on:%Y%m%d}"
    return send_kept(request, lambda how: papers.store_report(told, how), name)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Stand for it."""
    told = _report(request, pk)
    if not request.actor.may("reports.confirm_report", on=told):
        raise NotAllowed
    form = ConfirmForm(request.POST)
    if perform(request, form, lambda data: actions.confirm_report(told, **data, by=request.actor, at=now()).pk):
        messages.success(request, gettext("The report is confirmed."))
        return redirect("stores:report", told.pk)
    return _page(request, _report(request, pk), form)


def _report(request: Request, pk: int) -> StoreReport:
    return get_object_or_404(queries.reports(_seeing(request)), pk=pk)


def _page(request: Request, told: StoreReport, form: ConfirmForm | None = None) -> HttpResponse:
    figures = told.figures
    sections = ("below", "idle", "classes")
    codes = {each["part"] for name in ("parts", *sections) for each in figures.get(name, ())}
    parts = {part.code: part for part in Part.objects.filter(code__in=codes)}
    columns = {column: _(label) for column, label in COLUMN_LABELS.items()}
    lines = [
        {
            **each,
            "name": parts[each["part"]].name,
            "moved": [(label, each[column]) for column, label in columns.items()],
        }
        for each in figures["parts"]
    ]
    may = told.confirmed_at is None and request.actor.may("reports.confirm_report", on=told)
    context = {
        "report": told, "figures": figures, "lines": lines, "columns": columns.values(),
        **{name: [{**each, "name": parts[each["part"]].name} for each in figures.get(name, ())] for name in sections},
        **_sums(figures), "form": form or (ConfirmForm() if may else None), "here": "reports",
    }  # fmt: skip
    return render(request, "stores/report.html", context, status=422 if form is not None else 200)


def _sums(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What is written under the tables: how often the stock turned, what is put by, and each class with its parts and its worth."""
    turnover = figures.get("turnover")
    times = turnover["times_hundredths"] if turnover else None
    by_class: dict[str, dict[str, int]] = {}
    for each in figures.get("classes", ()):
        of_class = by_class.setdefault(each["class"][0], {"parts": 0, "used_minor": 0, "value_minor": 0})
        of_class["parts"] += 1
        for name in ("used_minor", "value_minor"):
            of_class[name] += each[name] or 0
    return {
        "times": f"{times // 100}.{times % 100:02}" if times is not None else "",
        "put_by_minor": sum(each["provision_minor"] for each in figures.get("idle", ())),
        "by_class": sorted(by_class.items()),
    }
