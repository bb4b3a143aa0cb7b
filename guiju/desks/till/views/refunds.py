"""A receipt, and money that goes back: asked by one, approved by another, paid by the cashier."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import forms as common
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import Act, perform
from guiju.desks.till.forms import RefundForm, RejectForm
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Payment
from guiju.line.cashier.rules import Method


@require_safe
def receipt(request: Request, number: str) -> HttpResponse:
    """One payment: the change, its paper, and its refunds."""
    return _page(request, _open(request, number))


@require_POST
def ask(request: Request, number: str) -> HttpResponse:
    """Ask that money goes back."""
    payment = _open(request, number, "cashier.ask_refund")
    form = RefundForm(request.POST, auto_id="ask_%s")
    return _do(
        request,
        payment,
        "ask",
        form,
        lambda data: cashier.ask_refund(payment, **data, by=request.actor, at=now()).pk,
        said=gettext("Asked. The manager or finance decides."),
    )


@require_POST
def approve(request: Request, number: str) -> HttpResponse:
    """Allow what was asked."""
    payment = _open(request, number, "cashier.approve_refund")
    return _do(
        request,
        payment,
        "",
        None,
        lambda _: cashier.approve_refund(payment, by=request.actor, at=now()).pk,
        said=gettext("Approved. The cashier pays it back."),
    )


@require_POST
def reject(request: Request, number: str) -> HttpResponse:
    """Refuse what was asked, and say why."""
    payment = _open(request, number, "cashier.reject_refund")
    form = RejectForm(request.POST, auto_id="reject_%s")
    return _do(
        request,
        payment,
        "reject",
        form,
        lambda data: cashier.reject_refund(payment, **data, by=request.actor, at=now()).pk,
        said=gettext("Refused."),
    )


@require_POST
def pay_back(request: Request, number: str) -> HttpResponse:
    """Pay exactly what was approved."""
    payment = _open(request, number, "cashier.pay_refund")
    granted = queries.refund_approval(payment)
    content = granted.content if granted else {}
    return _do(
        request,
        payment,
        "",
        None,
        lambda _: cashier.pay_refund(
            payment,
            amount_minor=content.get("amount_minor", 0),
            reason=content.get("reason", ""),
            by=request.actor,
            at=now(),
        ),
        said=gettext("Paid back."),
    )


def _open(request: Request, number: str, verb: str = "") -> Payment:
    """The payment of that receipt, if this person may see it, and do this to it."""
    payment = get_object_or_404(queries.payments(by=request.actor), receipt_number=number)
    if verb and not request.actor.may(verb, on=payment.bill):
        raise NotAllowed
    return payment


def _do(
    request: Request, payment: Payment, name: str, form: common.Form | None, act: Act, *, said: str
) -> HttpResponse:
    done = perform(request, form, act)
    if done:
        messages.success(request, said)
    if done or form is None:
        return redirect("till:receipt", payment.receipt_number)
    return _page(request, payment, status=422, **{name: form})


def _page(request: Request, payment: Payment, *, status: int = 200, **bound: common.Form) -> HttpResponse:
    actor: Actor = request.actor
    bill = payment.bill
    refunds = list(payment.refunds.select_related("paid_by").order_by("pk"))
    left = payment.amount_minor - sum(each.amount_minor for each in refunds)
    approval = queries.refund_approval(payment)
    state = approval.state if approval else ""
    may = {verb: actor.may(f"cashier.{verb}", on=bill) for verb in _VERBS}
    is_asked, is_granted = state == Approval.State.ASKED, state == Approval.State.GRANTED
    context: dict[str, Any] = {
        "payment": payment,
        "bill": bill,
        "order": bill.order,
        "refunds": refunds,
        "approval": approval,
        "may_ask": may["ask_refund"] and not is_asked and left > 0 and payment.method != Method.CREDIT,
        "may_approve": may["approve_refund"] and is_asked,
        "may_reject": may["reject_refund"] and is_asked,
        "may_pay": may["pay_refund"] and is_granted,
        "ask": bound.get("ask") or RefundForm(initial={"amount_minor": left}, auto_id="ask_%s"),
        "reject": bound.get("reject") or RejectForm(auto_id="reject_%s"),
        "reject_refused": "reject" in bound,
    }
    return render(request, "till/receipt.html", context, status=status)


_VERBS = ("ask_refund", "approve_refund", "reject_refund", "pay_refund")
