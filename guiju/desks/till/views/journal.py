"""What accounting takes from the books: the journal, and who did the work that was charged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms as plain
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.books.money import queries as book
from guiju.books.money.rules import CHART, KIND_LABELS, MOVEMENT_LABELS, Movement
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import sheets
from guiju.kernel.actor import Actor
from guiju.kernel.amounts import Money
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import queries as cashier
from guiju.line.cashier.queries import commission
from guiju.oversight.reports.queries import cash
from guiju.standing.catalogue.rules.tables import guard
from guiju.standing.people.models import Unit

JOURNAL, COMMISSION, TAX = "journal", "commission", "tax"
# A year and a quarter: what is asked for at once by mistake must not keep a worker for an hour.
DAYS_MAX = 460


class ExportForm(forms.Form):
    """Which book, of which outlet, of which days."""

    what = plain.ChoiceField(
        label=_("What"),
        choices=[
            (JOURNAL, _("Journal of the money book")), (COMMISSION, _("Labour that was charged, by who did it")),
            (TAX, _("Tax that was charged, by bill and rate")),
        ],
        initial=JOURNAL, widget=plain.RadioSelect,
    )  # fmt: skip
    unit = plain.ModelChoiceField(label=_("Outlet"), queryset=Unit.objects.none(), empty_label=None)
    first = forms.DayField(label=_("From"))
    last = forms.DayField(label=_("Until"), help_text=_("This day too."))

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        units = Unit.objects.filter(actor.scope("money.see").q(unit="pk")).order_by("code")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order, and not too many."""
        data: dict[str, Any] = super().clean() or {}
        if {"first", "last"} <= set(data):
            if data["last"] < data["first"]:
                self.add_error("last", _("This day is before the first."))
            elif (data["last"] - data["first"]).days > DAYS_MAX:
                self.add_error("last", _("Ask for a year at most."))
        return data


@require_safe
def books(request: Request) -> HttpResponse:
    """Choose what, of which days; and the chart of accounts."""
    return _page(request, ExportForm(actor=_seeing(request), initial=_last_month()))


@require_safe
def export(request: Request) -> HttpResponseBase:
    """The file, row by row."""
    actor = _seeing(request)
    form = ExportForm(request.GET, actor=actor)
    if not form.is_valid():
        return _page(request, form, status=422)
    unit, first, last = (form.cleaned_data[name] for name in ("unit", "first", "last"))
    span = {"since": cash.span_of(unit, first)[0], "until": cash.span_of(unit, last)[1]}
    tell = {JOURNAL: _journal, COMMISSION: _commission, TAX: _taxes}[form.cleaned_data["what"]]
    heads, rows = tell(unit, actor, span)
    answer = StreamingHttpResponse(sheets.as_csv(heads, rows), content_type=sheets.FORMS["csv"])
    name = f"{form.cleaned_data['what']}-{unit.code}-{first:%Y%m%d}-{last:%Y%m%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _seeing(request: Request) -> Actor:
    actor: Actor = request.actor
    if not actor.may("money.see"):
        raise NotAllowed
    return actor


def _last_month() -> dict[str, Any]:
    ends = now().date().replace(day=1) - timedelta(days=1)
    return {"first": ends.replace(day=1), "last": ends}


def _page(request: Request, form: ExportForm, *, status: int = 200) -> HttpResponse:
    chart = [(CHART[kind], _(KIND_LABELS[kind])) for kind in sorted(CHART, key=lambda each: CHART[each])]
    return render(request, "till/journal.html", {"form": form, "chart": chart}, status=status)


def _journal(unit: Unit, by: Actor, span: Any) -> tuple[list[str], Iterator[list[Any]]]:
    heads = [
        gettext("Move"), gettext("When"), gettext("Document"), gettext("Why"), gettext("Account"), gettext("Place"), gettext("Reference"),
        gettext("Debit amount"), gettext("Credit amount"), gettext("Currency"),
    ]  # fmt: skip
    return heads, (
        [
            each.move, each.at.astimezone(cash.zone_of(unit)), guard(each.document), _why(each.kind), each.account,
            gettext(KIND_LABELS[each.place]), guard(each.reference), _amount(each.debit_minor, each.currency),
            _amount(each.credit_minor, each.currency), each.currency,
        ]
        for each in book.journal(unit, by=by, **span)
    )  # fmt: skip


def _commission(unit: Unit, by: Actor, span: Any) -> tuple[list[str], Iterator[list[Any]]]:
    heads = [
        gettext("Day"), gettext("Job"), gettext("Bill"), gettext("Number"), gettext("Name"), gettext("Minutes"), gettext("Labour charged"),
        gettext("Currency"),
    ]  # fmt: skip
    return heads, (
        [
            each.day,
            each.order,
            each.bill,
            guard(each.number),
            guard(each.name),
            each.minutes,
            _amount(each.base_minor, each.currency),
            each.currency,
        ]
        for each in commission.commission(unit, by=by, **span)
    )


def _taxes(unit: Unit, by: Actor, span: Any) -> tuple[list[str], Iterator[list[Any]]]:
    heads = [
        gettext("Day"), gettext("Bill"), gettext("Job"), gettext("Rate"), gettext("Without tax"), gettext("Tax"), gettext("With tax"),
        gettext("Currency"),
    ]  # fmt: skip
    return heads, (
        [
            each.day, each.bill, each.order, each.taxed.rate, _amount(each.taxed.net_minor, each.currency),
            _amount(each.taxed.tax_minor, each.currency), _amount(each.taxed.gross_minor, each.currency), each.currency,
        ]
        for each in cashier.charged(unit, by=by, **span)
    )  # fmt: skip


def _why(kind: str) -> str:
    return gettext(MOVEMENT_LABELS[Movement(kind)]) if kind in list(Movement) else gettext("Undone")


def _amount(minor: int, currency: str) -> Decimal:
    return Money(minor, currency).decimal
