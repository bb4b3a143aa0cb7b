"""A receipt, and money that goes back: asked by one, approved by another, paid by the cashier."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import forms as common
from guiju.desks.common.asked import Request
from guiju.desks.common.steps import step_at, take
from guiju.desks.till.forms import PrintForm
from guiju.desks.till.steps import FORMS, OFFERED, STEPS, Paid
from guiju.kernel.coins import fewest
from guiju.line.cashier import queries
from guiju.line.cashier.models import Payment
from guiju.line.workorder.rules import State


@require_safe
def receipt(request: Request, number: str) -> HttpResponse:
    """One payment: the change, its paper, and its refunds."""
    return page(request, _open(request, number))


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Take one step of a refund; what cannot be done is said where it was asked."""
    payment = _open(request, number)
    step = step_at(STEPS, slug, by=request.actor, on=payment.bill)
    form = FORMS[step.form](_paid(payment), request.POST) if step.form else None
    if take(request, step, payment, form) or form is None:
        return redirect("till:receipt", payment.receipt_number)
    return page(request, payment, status=422, **{step.form: form})


def _open(request: Request, number: str) -> Payment:
    """The payment of that receipt, if this person may see it."""
    return get_object_or_404(queries.payments(by=request.actor), receipt_number=number)


def _paid(payment: Payment) -> Paid:
    refunds = list(payment.refunds.select_related("paid_by").order_by("pk"))
    return Paid(payment, refunds, queries.refund_approval(payment))


def _may_hand_over(request: Request, payment: Payment) -> bool:
    """All is paid, and the appliance waits: it goes to its owner next."""
    order = payment.bill.order
    waits = order.state == State.READY and not payment.bill.owed_minor
    return waits and request.actor.may("cashier.hand_over", on=order)


def page(request: Request, payment: Payment, *, status: int = 200, **bound: common.Form) -> HttpResponse:
    """One payment, with the forms as they were sent."""
    paid = _paid(payment)
    context: dict[str, Any] = {
        "payment": payment,
        "bill": payment.bill,
        "order": payment.bill.order,
        "approval": paid.approval,
        "may": {
            slug.replace("-", "_"): OFFERED[slug](paid) and request.actor.may(step.verb, on=payment.bill)
            for slug, step in STEPS.items()
        }
        | {"hand_over": _may_hand_over(request, payment)},
        "refused": bound,
        "coins": list(fewest(payment.change_minor, payment.bill.currency).items()),
        "prints": queries.printings_of(payment),
        "may_print": not payment.is_void and request.actor.may("cashier.print_receipt", on=payment.bill),
        "print_form": bound.get("print_") or PrintForm(auto_id="print__%s"),
        "went_back": [
            {
                "refund": each,
                "coins": list(fewest(payment.change_minor, payment.bill.currency).items()),
                "prints": queries.printings_of(each),
                "form": bound.get(f"print_{each.number}") or PrintForm(auto_id=f"print_{each.number}_%s"),
            }
            for each in paid.refunds
        ],
    }
    forms = {name: bound.get(name) or blank(paid) for name, blank in FORMS.items()}
    return render(request, "till/receipt.html", context | forms, status=status)
