"""What somebody has in hand of the house's cash, from which jobs, and by when it is handed in; what goes from hand to hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import orders
from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.common.second import SignForm, signed
from guiju.desks.common.steps import Step, step_at
from guiju.desks.field import forms
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking.models import BankDeposit, CashHandOver
from guiju.line.banking.queries import pouches
from guiju.line.banking.rules import DepositState
from guiju.line.banking.rules.handing import Hand, HandState
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries as tills
from guiju.line.cashier.models import Bill
from guiju.line.cashier.rules import Method
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit

# Who carries money to the bank, and so may take it over from somebody who does.
CARRIERS = ("CA", "FI", "OM")
STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("accept", "banking.accept_cash", banking.accept_cash, _("Signed by both. It is in your hands now."), "accept"),
        Step("explain", "banking.explain_difference", banking.explain_difference, _("Signed by both. The pouch is handed in."), "explain"),
        Step("refuse", "banking.refuse_cash", banking.refuse_cash, _("It stays with whoever offered it."), "refuse"),
        Step("withdraw", "banking.withdraw_cash", banking.withdraw_cash, _("You keep it.")),
    )
}  # fmt: skip
FORMS: Mapping[str, Callable[..., Form]] = {
    "accept": lambda row, *sent: SignForm(*sent, auto_id=f"accept_{row.pk}_%s"),
    "explain": lambda row, *sent: forms.ExplainForm(*sent, auto_id=f"explain_{row.pk}_%s"),
    "refuse": lambda row, *sent: forms.NoteForm(*sent, auto_id=f"refuse_{row.pk}_%s"),
}


@require_safe
def home(request: Request) -> HttpResponse:
    """What I hold, from which jobs, and by when it is handed in; what is offered to me, and what I offer."""
    return _page(request)


@require_POST
def pay(request: Request, number: str) -> HttpResponse:
    """Take money at the customer's home: cash goes into the pouch."""
    order = orders.open_order(request, number)
    if not request.actor.may("cashier.take_payment", on=order):
        raise NotAllowed
    bill = tills.bill_of(order)
    if bill is None:
        messages.error(request, gettext("The bill is not drawn yet."))
        return redirect("field:home")
    form = _pay_form(bill, request.POST)
    done = perform(
        request, form, lambda data: cashier.take_payment(bill, **data, by=request.actor, at=now()).receipt_number
    )
    if done:
        messages.success(request, gettext("Taken. The receipt has the number %(number)s.") % {"number": done.answer})
        return redirect("field:home")
    return _page(request, status=422, paid={bill.pk: form})


@require_POST
def offer(request: Request) -> HttpResponse:
    """Offer all that is in the pouch: to a colleague, or at the till."""
    actor = request.actor
    unit = get_object_or_404(Unit, pk=request.POST.get("unit", "") if request.POST.get("unit", "").isdecimal() else 0)
    if not actor.may("banking.offer_pouch", on=None, unit_id=unit.pk):
        raise NotAllowed
    form = _offer_form(actor, unit, request.POST)
    if perform(request, form, lambda data: banking.offer_pouch(unit, **data, by=actor, at=now())):
        messages.success(request, gettext("Offered. It is yours until the other has signed."))
        return redirect("field:home")
    return _page(request, status=422, offers={unit.pk: form})


@require_POST
def offer_deposit(request: Request, number: str) -> HttpResponse:
    """Offer the deposit that one carries to another carrier."""
    actor = request.actor
    rows = BankDeposit.objects.filter(carried_by=actor.natural_person_id, state=DepositState.PREPARED).select_related(
        "unit"
    )
    row = get_object_or_404(rows, number=number)
    if not actor.may("banking.offer_deposit", on=row):
        raise NotAllowed
    form = _carrier_form(actor, row, request.POST)
    if perform(request, form, lambda data: banking.offer_deposit(row, **data, by=actor, at=now())):
        messages.success(request, gettext("Offered. It is yours until the other has signed."))
        return redirect("field:home")
    return _page(request, status=422, carried={row.pk: form})


@require_POST
def act(request: Request, number: str, slug: str) -> HttpResponse:
    """Sign, refuse or take back what goes from hand to hand."""
    actor: Actor = request.actor
    rows = CashHandOver.objects.visible_to(actor).with_names()
    row = get_object_or_404(rows, number=number)
    step = step_at(STEPS, slug, by=actor, on=row)
    form = FORMS[step.form](row, request.POST) if step.form else None
    if form is not None and "password" in form.fields:
        is_done = signed(request, form, lambda who, data: step.act(row, **data, by=who, at=now()))
    else:
        is_done = bool(perform(request, form, lambda data: step.act(row, **data, by=actor, at=now())))
    if is_done:
        messages.success(request, str(step.said))
        return redirect("field:home")
    return _page(request, status=422, signing={(row.pk, step.form): form} if form is not None else {})


def waiting(actor: Actor) -> QuerySet[CashHandOver]:
    """What waits for this person's signature."""
    rows = CashHandOver.objects.under_way()
    to_me = rows.filter(receiver=actor.natural_person_id).exclude(hand=Hand.TILL)
    return to_me | rows.filter(giver=actor.natural_person_id, state=HandState.COUNTED)


def _pay_form(bill: Bill, *sent: Any) -> forms.PayForm:
    first = {"method": Method.CASH.value, "amount_minor": bill.owed_minor}
    return forms.PayForm(*sent, initial=first, auto_id=f"pay_{bill.pk}_%s")


def _offer_form(actor: Actor, unit: Unit, *sent: Any) -> forms.OfferForm:
    found = pouches.receivers(unit, actor, at=now(), roles=("TE",))
    return forms.OfferForm(*sent, receivers=found, to_the_till=True, auto_id=f"offer_{unit.pk}_%s")


def _carrier_form(actor: Actor, row: BankDeposit, *sent: Any) -> forms.OfferForm:
    found = [each for each in pouches.receivers(row.unit, actor, at=now(), roles=CARRIERS) if each.pk != row.escort_id]
    return forms.OfferForm(*sent, receivers=found, to_the_till=False, auto_id=f"carry_{row.pk}_%s")


def _page(
    request: Request, *, status: int = 200, paid: Mapping[int, Form] | None = None, offers: Mapping[int, Form] | None = None,
    carried: Mapping[int, Form] | None = None, signing: Mapping[tuple[int, str], Form] | None = None,
) -> HttpResponse:  # fmt: skip
    actor, at = request.actor, now()
    if not (actor.may("banking.offer_pouch") or actor.may("banking.offer_deposit")):
        raise NotAllowed
    to_me, mine = pouches.between(actor)
    # While something of mine is on the way, nothing else is offered.
    is_free = not mine and not to_me
    held = [
        {
            "pouch": pouch, "is_late": pouch.is_late(at),
            "form": ((offers or {}).get(pouch.unit.pk) or _offer_form(actor, pouch.unit)) if is_free else None,
        }
        for pouch in pouches.mine(actor, at)
    ]  # fmt: skip
    deposits = [
        {"deposit": row, "form": ((carried or {}).get(row.pk) or _carrier_form(actor, row)) if is_free else None}
        for row in pouches.carried_by(actor)
    ]
    bills = tills.owed_at_home(actor) if actor.may("cashier.take_payment") else []
    context = {
        "held": held,
        "deposits": deposits,
        "to_me": [_offered(each, signing or {}, "accept", "refuse") for each in to_me],
        "mine": [
            _offered(each, signing or {}, *(("explain",) if each.state == HandState.COUNTED else ())) for each in mine
        ],
        "bills": [{"bill": bill, "form": (paid or {}).get(bill.pk) or _pay_form(bill)} for bill in bills],
        "unit": people.unit_of(actor),
    }
    return render(request, "field/home.html", context, status=status)


def _offered(row: CashHandOver, bound: Mapping[tuple[int, str], Form], *names: str) -> dict[str, Any]:
    return {"row": row} | {name: bound.get((row.pk, name)) or FORMS[name](row) for name in names}
