"""Payments by a wallet: asked at the counter, watched while the customer pays, and what comes too late."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import orders
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.desks.common.squares import squares
from guiju.desks.common.steps import step_at, take
from guiju.desks.till.views import jobs
from guiju.desks.till.wallet_forms import STEPS, AskWalletForm
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions import wallet_errands as errands
from guiju.line.cashier.models import Payment, WalletRequest, WalletReturn
from guiju.line.cashier.rules.wallets import ASKED_ARROWS, Asked


@require_POST
def ask(request: Request, number: str) -> HttpResponse:
    """Ask the wallet. The provider is asked after the request is written, never inside its transaction."""
    order = orders.open_order(request, number)
    if not request.actor.may("cashier.ask_wallet", on=order):
        raise NotAllowed
    bill = queries.bill_of(order)
    if bill is None:
        messages.error(request, gettext("The bill is not drawn yet."))
        return redirect("till:job", order.number)
    form = AskWalletForm(request.POST, auto_id="wallet_%s")
    done = perform(request, form, lambda data: cashier.ask_wallet(bill, **data, by=request.actor, at=now()).number)
    if not done:
        return jobs.page(request, order, bound={"wallet": form}, status=422)
    asked = WalletRequest.objects.get(number=done.answer)
    if asked.state == Asked.PENDING and not asked.tries:
        errands.ask_now(asked, at=now())
    return redirect("till:wallet", asked.number)


@require_safe
def show(request: Request, number: str) -> HttpResponse:
    """How a request stands; asked again by itself while it waits."""
    return _page(request, _open(request, number), is_part=request.GET.get("part") == "state")


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Cancel it, or decide what becomes of money that came too late."""
    asked = _open(request, number)
    take(request, step_at(STEPS, slug, by=request.actor, on=asked), asked, None)
    asked = WalletRequest.objects.get(pk=asked.pk)
    if asked.state == Asked.CLOSED and asked.next_at is not None:
        # The provider closes it too, at once if it answers; it may know that the customer has paid already.
        errands.ask_now(asked, at=now())
    return redirect("till:wallet", asked.number)


@require_POST
def retry(request: Request, number: str) -> HttpResponse:
    """Ask the provider again for what it would not give back."""
    seen = WalletRequest.objects.visible_to(request.actor)
    returned = get_object_or_404(
        WalletReturn.objects.filter(request__in=seen).select_related("request__bill__order__unit"), number=number
    )
    if not request.actor.may("cashier.retry_wallet_return", on=returned):
        raise NotAllowed
    if perform(request, None, lambda _: cashier.retry_wallet_return(returned, by=request.actor, at=now())):
        messages.success(request, gettext("The wallet is asked again."))
    return redirect("till:wallet", returned.request.number)


def _open(request: Request, number: str) -> WalletRequest:
    rows = WalletRequest.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("bill__order__unit", "bill__order__customer", "asked_by"), number=number
    )


def _page(request: Request, asked: WalletRequest, *, is_part: bool) -> HttpResponse:
    payment = Payment.objects.filter(wallet_request=asked).first() if asked.state == Asked.PAID else None
    onward = set(ASKED_ARROWS[Asked(asked.state)].values())
    context: dict[str, Any] = {
        "asked": asked,
        "bill": asked.bill,
        "order": asked.bill.order,
        "payment": payment,
        "squares": squares(asked.code) if asked.code and asked.state == Asked.PENDING else None,
        "returns": list(asked.returns.order_by("pk")),
        "is_demo": settings.DEMO,
        "may_retry": request.actor.may("cashier.retry_wallet_return", on=asked),
        "may": {slug: step.verb in onward and request.actor.may(step.verb, on=asked) for slug, step in STEPS.items()},
    }
    return render(request, f"till/wallet.html{'#state' if is_part else ''}", context)
