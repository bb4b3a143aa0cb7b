"""A job at the till: its bill, its payments, its hand-over."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common import orders, words
from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import take
from guiju.desks.till import parts
from guiju.desks.till.forms import HandOverForm, PayForm, ReleaseForm
from guiju.desks.till.views import deposits
from guiju.desks.till.wallet_forms import AskWalletForm
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.coins import DENOMINATIONS, likely_notes
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.actions.providers import configured
from guiju.line.cashier.actions.rounding import step_of
from guiju.line.cashier.models import Bill, CreditAccount, HandOver, PartsDeposit
from guiju.line.cashier.rules import PAID_BY, CreditState, Method
from guiju.line.cashier.rules.wallets import rounding
from guiju.line.intake import queries as intake
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State

COLLECTED_FROM = frozenset({State.READY, State.UNCOLLECTED})


@require_safe
def show(request: Request, number: str) -> HttpResponse:
    """The bill of a job, and what can be done with it now."""
    return page(request, _open(request, number, "cashier.see"))


@require_POST
def draw(request: Request, number: str) -> HttpResponse:
    """Draw the bill from what was approved."""
    order = _open(request, number, "cashier.draw_bill")
    if perform(request, None, lambda _: cashier.draw_bill(order, by=request.actor, at=now())):
        messages.success(request, gettext("The bill is drawn."))
    return redirect("till:job", order.number)


@require_POST
def pay(request: Request, number: str) -> HttpResponse:
    """Take money and show the change."""
    order = _open(request, number, "cashier.take_payment")
    bill = queries.bill_of(order)
    if bill is None:
        messages.error(request, gettext("The bill is not drawn yet."))
        return redirect("till:job", order.number)
    form = PayForm(request.POST, methods=_methods(queries.credit_of(order.customer_id)))
    done = perform(
        request,
        form,
        lambda data: cashier.take_payment(bill, **data, by=request.actor, at=now()).receipt_number,
    )
    if done:
        return redirect("till:receipt", done.answer)
    return page(request, order, form, status=422)


@require_POST
def take_parts_deposit(request: Request, number: str) -> HttpResponse:
    """Take what the customer agreed to leave before parts are ordered."""
    order = _open(request, number, "cashier.take_parts_deposit")
    form = parts.take_form(request.POST)
    verb = lambda data: cashier.take_parts_deposit(order, **data, by=request.actor, at=now()).receipt_number  # noqa: E731
    if perform(request, form, verb):
        messages.success(request, gettext("The deposit is taken. The part may be ordered."))
        return redirect("till:job", order.number)
    return page(request, order, bound={"take": form}, status=422)


@require_POST
def deposit(request: Request, number: str, receipt: str, slug: str) -> HttpResponse:
    """Take one step of giving a deposit back; what cannot be done is said where it was asked."""
    order = _open(request, number, parts.STEPS[slug].verb)
    found = get_object_or_404(PartsDeposit.objects.filter(order=order), receipt_number=receipt)
    found.order = order
    step = parts.STEPS[slug]
    form = parts.form_of(step, found, request.POST, request.FILES)
    if take(request, step, found, form) or form is None:
        return redirect("till:job", order.number)
    return page(request, order, bound={f"{found.receipt_number}/{step.form}": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request, number: str) -> HttpResponse:
    """Give the appliance back to its owner."""
    order = _open(request, number, "cashier.hand_over")
    asked: dict[str, Any] = {
        "accessories": intake.accessories_of(order),
        "has_old_parts": any(old.outcome == OldPartOutcome.RETURN_TO_CUSTOMER for old in storeroom.old_parts_of(order)),
    }
    if request.method == "POST":
        form = HandOverForm(request.POST, request.FILES, **asked)
        if perform(request, form, lambda data: _give(order, data, request.actor).pk):
            messages.success(request, gettext("The appliance is with its owner. The repair warranty runs from today."))
            return redirect("till:job", order.number)
        status = 422
    else:
        form, status = HandOverForm(**asked, initial={"signature": order.customer.name}), 200
    context = orders.summary(order) | {
        "form": form,
        "bill": queries.bill_of(order),
        "claim": queries.claim_guard(order),
        "release_form": ReleaseForm(auto_id="release-%s"),
        "may_release": request.actor.may("cashier.release_claim_code", on=order),
        "old_parts": storeroom.old_parts_of(order),
        "at_the_till": True,
        "may_now": order.state in COLLECTED_FROM,
    }
    return render(request, "till/hand_over.html", context, status=status)


@require_POST
def release_code(request: Request, number: str) -> HttpResponse:
    """Let the claim code be tried again."""
    order = _open(request, number, "cashier.release_claim_code")
    form = ReleaseForm(request.POST, auto_id="release-%s")
    if perform(request, form, lambda data: cashier.release_claim_code(order, **data, by=request.actor, at=now()).pk):
        messages.success(request, gettext("The claim code may be tried again."))
    else:
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(each) for each in sentences))
    return redirect("till:hand_over", order.number)


def _give(order: WorkOrder, data: Mapping[str, Any], actor: Actor) -> HandOver:
    """Keep the signature, and hand over with it."""
    given, at = dict(data), now()
    signed = given.pop("signature")
    if "old_parts" in given:
        given["old_parts_settled"] = given["old_parts"] is not None
    if signed is not None:
        given["signature"] = evidence.keep_signature(
            signed.image, unit_id=order.unit_id, by=actor, at=at, kind="SIGNATURE", on=order
        )
    return cashier.hand_over(order, **given, by=actor, at=at)


def _open(request: Request, number: str, verb: str) -> WorkOrder:
    """The job of that number, if this person may do this to it."""
    order = orders.open_order(request, number)
    if not request.actor.may(verb, on=order):
        raise NotAllowed
    return order


def _methods(account: CreditAccount | None) -> list[Method]:
    """How this customer may pay: on credit only with an account that somebody approved."""
    has_credit = account is not None and account.state == CreditState.OPEN
    return [*PAID_BY, *([Method.CREDIT] if has_credit else [])]


def page(
    request: Request,
    order: WorkOrder,
    form: PayForm | None = None,
    *,
    bound: Mapping[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a job at the till; `bound` holds the forms that were refused, by their names."""
    actor: Actor = request.actor
    refused = bound or {}
    bill = queries.bill_of(order)
    owed_minor = bill.owed_minor if bill else 0
    credit = queries.credit_of(order.customer_id) if owed_minor else None
    shows = queries.has_display(actor)
    if form is None and owed_minor and actor.may("cashier.take_payment", on=order):
        first = {"method": Method.CASH.value, "amount_minor": owed_minor}
        form = PayForm(methods=_methods(credit), initial=first)
    context = orders.summary(order) | {
        "bill": bill,
        "form": form,
        "lines": _lines(bill),
        "taxes": queries.taxed(bill.lines.all()) if bill else (),
        "covered": queries.covered_on(bill) if bill else [],
        "credited_minor": queries.credited_fee_minor(bill) if bill else 0,
        "may_draw": bill is None and order.state in COLLECTED_FROM and actor.may("cashier.draw_bill", on=order),
        "may_hand_over": bill is not None
        and not owed_minor
        and order.state == State.READY
        and actor.may("cashier.hand_over", on=order),
        "needs_till": shows is None and actor.may("cashier.open_till_session"),
        "shows": bool(shows),
        "done": queries.hand_over_of(order) if order.delivered_at else None,
        "credit": credit,
        "deposits": deposits.rows(actor, order),
        "at_the_till": True,
        "parts": parts.rows(actor, order, bill, refused),
        "take": (refused.get("take") or parts.take_form())
        if order.deposit_owed_minor and actor.may("cashier.take_parts_deposit", on=order)
        else None,
        "worths": " ".join(map(str, DENOMINATIONS[order.currency])),
        **_tendered(bill, form, owed_minor),
        **_by_wallet(bill, form, refused),
    }
    return render(request, "till/job.html", context, status=status)


def _tendered(bill: Bill | None, form: PayForm | None, owed_minor: int) -> dict[str, Any]:
    """What is laid on the counter: of cash the amount to the smallest coin."""
    if bill is None or form is None:
        return {"notes": []}
    step_minor = step_of(bill.order.unit, now())
    cash_minor = owed_minor + rounding(owed_minor, step_minor=step_minor)
    return {"notes": _notes(cash_minor, bill.currency), "step_minor": step_minor, "cash_minor": cash_minor}


def _by_wallet(bill: Bill | None, form: PayForm | None, refused: Mapping[str, Form]) -> dict[str, Any]:
    """Which wallets can be asked, and the request that is waited for already."""
    if bill is None or form is None:
        return {}
    return {
        "wallets": configured(),
        "waiting": queries.waited_for(bill),
        "wallet_form": refused.get("wallet")
        or AskWalletForm(initial={"amount_minor": bill.owed_minor}, auto_id="wallet_%s"),
    }


def _notes(owed_minor: int, currency: str) -> list[tuple[int, str]]:
    """What is most often laid on the counter, by the smallest notes and coins that do; with the text to type."""
    return [(minor, words.plain_money(minor, currency)) for minor in likely_notes(owed_minor, currency)]


def _lines(bill: Bill | None) -> list[dict[str, Any]]:
    """The bill's lines, each with its published range where that is more than one price."""
    if bill is None:
        return []
    outside = any(not line.list_min_minor <= line.unit_minor <= line.list_max_minor for line in bill.lines.all())
    signed = queries.exceptions_on(bill) if outside else {}
    return [
        {"line": line, "is_fixed": line.list_min_minor == line.list_max_minor, "signed_at": signed.get(line.pk)}
        for line in bill.lines.all()
    ]
