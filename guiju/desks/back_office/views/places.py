"""Stores, bins and tills: what must stand in an outlet before it can work."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Store
from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.staff_forms import BinForm, StoreForm, TillForm
from guiju.desks.back_office.views.people import units_for
from guiju.desks.common.asked import Request
from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Till

VERBS = {"open_store": "stock.open_store", "add_bin": "stock.add_bin", "add_till": "cashier.add_till"}


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: Request) -> HttpResponse:
    """What stands where, and a form for each kind of place."""
    actor: Actor = request.actor
    context = enter(actor, "places")
    bound: dict[str, Form] = {}
    if request.method == "POST":
        name = request.POST.get("do", "")
        if name not in VERBS:
            raise Http404
        if not actor.may(VERBS[name]):
            raise NotAllowed
        form = _form(name, actor, request.POST)
        if perform(request, form, lambda data: _act(name, data, actor), what=f"places.{name}"):
            messages.success(request, gettext("It is set up."))
            return redirect("back_office:places")
        bound[name] = form
    forms = {name: bound.get(name) or _form(name, actor) for name, verb in VERBS.items() if actor.may(verb)}
    tills = Till.objects.filter(actor.scope("cashier.see").q()).select_related("unit").order_by("unit__path", "code")
    stores = Store.objects.visible_to(actor).select_related("unit").prefetch_related("bins")
    more = {"forms": forms, "stores": stores.order_by("unit__path", "code"), "tills": tills}
    return render(request, "back_office/places.html", {**context, **more}, status=422 if bound else 200)


def _form(name: str, actor: Actor, data: Any = None) -> Form:
    if name == "add_bin":
        return BinForm(data, stores=_stores(actor), auto_id=f"{name}-%s")
    kind = StoreForm if name == "open_store" else TillForm
    return kind(data, units=units_for(actor, VERBS[name]), auto_id=f"{name}-%s", initial={"unit": actor.unit_id})


def _stores(actor: Actor) -> QuerySet[Store]:
    reached = Store.objects.filter(actor.scope("stock.add_bin").q())
    return reached.select_related("unit").order_by("unit__path", "code")


def _act(name: str, data: Any, actor: Actor) -> Any:
    if name == "add_till":
        return cashier.add_till(**data, by=actor, at=now())
    if name == "add_bin":
        return stock.add_bin(data["store"], code=data["code"], by=actor, at=now())
    return stock.open_store(**data, by=actor, at=now())
