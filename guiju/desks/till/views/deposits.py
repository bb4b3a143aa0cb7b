"""The deposit for a loaner: taken at the till, and given back there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from guiju.desks.common import orders
from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.till.forms import DepositForm
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.intake import queries as intake
from guiju.line.intake.models import Loan
from guiju.line.workorder.models import WorkOrder


@require_POST
def take(request: Request, number: str, pk: int) -> HttpResponse:
    """Take what the loan asks for."""
    loan = _loan(request, number, pk, "cashier.take_deposit")
    form = DepositForm(request.POST, auto_id="deposit-%s")
    verb = lambda data: cashier.take_deposit(loan, **data, by=request.actor, at=now()).receipt_number  # noqa: E731
    return _said(request, number, form, verb, gettext("The deposit is taken. It stays the customer's."))


@require_POST
def give_back(request: Request, number: str, pk: int) -> HttpResponse:
    """Pay back what was said when the loaner came back."""
    loan = _loan(request, number, pk, "cashier.return_deposit")
    verb = lambda _: cashier.return_deposit(loan, by=request.actor, at=now()).receipt_number  # noqa: E731
    return _said(request, number, None, verb, gettext("The deposit is settled."))


def rows(actor: Actor, order: WorkOrder) -> list[dict[str, Any]]:
    """The loaners of a job for which something is left, each with what can be done about it now."""
    if not getattr(order, "has_loan", True):
        return []
    loans = [loan for loan in intake.loans_of(order) if loan.deposit_minor]
    left = queries.deposits_of(order) if loans else {}
    may_take, may_give = (actor.may(f"cashier.{verb}", on=order) for verb in ("take_deposit", "return_deposit"))
    return [
        {
            "loan": loan,
            "deposit": left.get(loan.pk),
            "form": DepositForm(auto_id=f"deposit-{loan.pk}-%s")
            if may_take and loan.returned_at is None and loan.pk not in left
            else None,
            "may_settle": may_give
            and loan.returned_at is not None
            and loan.pk in left
            and left[loan.pk].settled_at is None,
        }
        for loan in loans
    ]


def _loan(request: Request, number: str, pk: int, verb: str) -> Loan:
    order = orders.open_order(request, number)
    if not request.actor.may(verb, on=order):
        raise NotAllowed
    return get_object_or_404(Loan.objects.select_related("order__unit"), pk=pk, order=order)


def _said(request: Request, number: str, form: Form | None, verb: Any, said: str) -> HttpResponse:
    if perform(request, form, verb):
        messages.success(request, said)
    elif form is not None:
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(each) for each in sentences))
    return redirect("till:job", number)
