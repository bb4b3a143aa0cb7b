"""A customer's account: what is owed and how late, the statement, the receipt of what was paid on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import words
from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.listing.sheets import as_csv
from guiju.desks.common.steps import step_at, take
from guiju.desks.till.account_forms import StatementForm
from guiju.desks.till.accounts import DEBT_FORMS, DEBT_STEPS, FORMS, STEPS, Stand, debt_rows, offered
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import CreditAccount
from guiju.line.receivables import queries
from guiju.line.receivables.queries import Statement

# How far back a statement goes unless somebody asks otherwise: a quarter of a year, as accounts are sent.
STATEMENT_DAYS = 92


@require_safe
def account(request: Request, pk: int) -> HttpResponse:
    """What a customer owes, and what may be done about it."""
    return _page(request, _open(request, pk))


@require_POST
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    stand = _open(request, pk)
    step = step_at(STEPS, slug, by=request.actor, on=stand.account)
    form = FORMS[step.form](stand, request.POST) if step.form else None
    if take(request, step, stand.account, form) or form is None:
        return redirect("till:account", pk)
    return _page(request, stand, status=422, refused={step.form: form})


@require_POST
def debt_act(request: Request, number: str, slug: str) -> HttpResponse:
    """Ask that a debt is given up, or decide it."""
    debt = get_object_or_404(queries.debts(by=request.actor), payment__receipt_number=number)
    step = step_at(DEBT_STEPS, slug, by=request.actor, on=debt.account)
    form = DEBT_FORMS[step.form](debt, request.POST) if step.form else None
    if take(request, step, debt, form) or form is None:
        return redirect("till:account", debt.account_id)
    return _page(request, _open(request, debt.account_id), status=422, bound={(debt.pk, step.form): form})


@require_safe
def statement(request: Request, pk: int) -> HttpResponseBase:
    """What was put on the account and what was paid, line by line, to print or to take away."""
    stand = _open(request, pk)
    form = StatementForm(request.GET if "from_on" in request.GET else None)
    until = stand.on
    begins = until - timedelta(days=STATEMENT_DAYS)
    if form.is_bound and form.is_valid():
        begins, until = form.cleaned_data["from_on"], form.cleaned_data["until_on"]
    found = _between(stand.account, begins, until)
    if request.GET.get("as") == "csv":
        return _file(stand.account, found)
    if not form.is_bound:
        form = StatementForm(initial={"from_on": begins, "until_on": until})
    context = {"stand": stand, "account": stand.account, "form": form, "begins": begins, "until": until, "found": found}
    status = 422 if form.is_bound and not form.is_valid() else 200
    ages = queries.aged(stand.debts, stand.on)
    return render(request, "till/statement.html", context | {"ages": ages.items()}, status=status)


@require_safe
def collection(request: Request, number: str) -> HttpResponse:
    """The receipt of a payment on an account."""
    made = get_object_or_404(queries.collections(by=request.actor), number=number)
    lines = made.lines.select_related("debt__payment__bill__order").order_by("pk")
    return render(request, "till/collection.html", {"made": made, "account": made.account, "lines": lines})


def _open(request: Request, pk: int) -> Stand:
    """The account, if this person may see it, as it stands on the day of its unit."""
    found = get_object_or_404(till.credit_accounts(by=request.actor), pk=pk)
    return Stand(found, found.unit.day(now()))


def _between(account: CreditAccount, begins: Any, until: Any) -> Statement:
    zone = ZoneInfo(account.unit.time_zone)
    starts = datetime.combine(begins, time.min, zone)
    return queries.statement(
        account, starts_at=starts, ends_at=datetime.combine(until + timedelta(days=1), time.min, zone)
    )


def _file(account: CreditAccount, found: Statement) -> StreamingHttpResponse:
    """The statement for a spreadsheet: amounts in whole units of the currency."""
    heads = [gettext(each) for each in ("When", "Number", "Job", "On credit", "Payment", "Owed", "Currency")]
    code = account.currency

    def rows() -> Iterator[list[Any]]:
        for each in found.entries:
            sums = (words.major(minor, code) for minor in (each.owed_minor, each.paid_minor, each.balance_minor))
            yield [each.at.replace(tzinfo=None), each.number, each.order, *sums, code]

    answer = StreamingHttpResponse(as_csv(heads, rows()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="statement-{account.pk}.csv"'
    return answer


def _page(
    request: Request,
    stand: Stand,
    *,
    status: int = 200,
    refused: Mapping[str, Form] | None = None,
    bound: Mapping[tuple[int, str], Form] | None = None,
) -> HttpResponse:
    actor, refused = request.actor, refused or {}
    forms = {name: refused.get(name) or blank(stand) for name, blank in FORMS.items()}
    context = {
        "stand": stand,
        "account": stand.account,
        "rows": debt_rows(actor, stand, bound or {}),
        "ages": queries.aged(stand.debts, stand.on).items(),
        "letters": queries.letters_of(stand.account)[:20],
        "collections": queries.collections(by=actor).filter(account=stand.account).order_by("-pk")[:20],
        "may": offered(actor, stand),
        "refused": refused,
        "forms": forms,
    }
    return render(request, "till/account.html", context, status=status)
