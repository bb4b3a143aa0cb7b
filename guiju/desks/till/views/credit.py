"""Who may owe us money: asked by the outlet's manager, approved by finance or head office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.listing import show
from guiju.desks.common.perform import perform
from guiju.desks.till.forms import CreditForm, FindCustomerForm
from guiju.desks.till.views.lists import CREDIT
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.standing.customers import queries as customers
from guiju.standing.customers.models import Customer


@require_safe
def home(request: Request) -> HttpResponse:
    """The credit accounts; above them a customer to ask for."""
    actor: Actor = request.actor
    wanted = request.GET.get("q", "").strip()
    may_ask = actor.may("cashier.open_credit")
    context = {
        "form": FindCustomerForm(request.GET if wanted else None),
        "wanted": wanted,
        "may_ask": may_ask,
        "found": customers.find(wanted, by=actor) if wanted and may_ask else [],
    }
    return show(
        request, CREDIT, "till/credit.html", desk_url=reverse("till:home"), desk_title=gettext("Till"), **context
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask that a customer may pay later."""
    actor: Actor = request.actor
    customer = get_object_or_404(Customer.objects.visible_to(actor).select_related("unit"), pk=pk)
    if not actor.may("cashier.open_credit", on=customer):
        raise NotAllowed
    if request.method == "POST":
        form = CreditForm(request.POST)
        if perform(request, form, lambda data: cashier.open_credit(customer, **data, by=actor, at=now())):
            messages.success(request, gettext("Asked. Finance or head office decides."))
            return redirect("till:credit")
        status = 422
    else:
        form, status = CreditForm(), 200
    context = {"form": form, "customer": customer, "standing": queries.credit_of(customer.pk)}
    return render(request, "till/ask_credit.html", context, status=status)
