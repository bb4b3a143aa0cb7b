"""The second screen of a till: nobody signs in at it, and it shows the bill that is being paid, or the house."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.doors import public, sealed
from guiju.desks.common.orders import open_order
from guiju.desks.common.perform import perform
from guiju.desks.common.place import place_of, standing_in
from guiju.desks.common.squares import squares
from guiju.desks.till.forms import ShowForm
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.kernel.words import LANGUAGES
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Till
from guiju.line.cashier.queries.displays import Showing, at_display, display_token


@require_POST
def open_display(request: Request, pk: int) -> HttpResponse:
    """Give my till a screen, and go to its address: it is opened on the second screen, or typed into another device."""
    actor: Actor = request.actor
    scope = actor.scope("cashier.open_display")
    till = get_object_or_404(Till.objects.filter(scope.q(), is_active=True).select_related("unit"), pk=pk)
    if not actor.may("cashier.open_display", on=till):
        raise NotAllowed
    cashier.open_display(till, by=actor, at=now())
    return redirect("display:show", display_token(till.pk))


@require_POST
def show_bill(request: Request, number: str) -> HttpResponse:
    """Put the bill of a job on the screen; the page sends this by itself, and again when notes are laid down."""
    order = open_order(request, number)
    bill = queries.bill_of(order)
    if bill is None or not request.actor.may("cashier.show_bill", on=order):
        raise NotAllowed
    form = ShowForm(request.POST)
    perform(request, form, lambda data: cashier.show_bill(bill, **data, by=request.actor, at=now()).pk)
    return redirect("till:job", order.number)


@public
@require_safe
@reach.as_house
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The page on the second screen."""
    return _screen(request, token, "till/display.html")


@public
@require_safe
@reach.as_house
def look(request: HttpRequest, token: str) -> HttpResponse:
    """What has changed on it, or that nothing has."""
    return _screen(request, token, "till/display.html#screen", seen=request.GET.get("v", ""))


def _screen(request: HttpRequest, token: str, template: str, *, seen: str = "") -> HttpResponse:
    showing = at_display(token, at=now())
    if showing is None:
        raise Http404
    if seen == showing.version:
        return sealed(HttpResponse(status=204))
    language = showing.bill.order.language if showing.bill else ""
    with translation.override(language or translation.get_language() or "zh-hans"), standing_in(place_of(showing.unit)):
        return sealed(render(request, template, _content(request, showing, token)))


def _content(request: HttpRequest, showing: Showing, token: str) -> dict[str, Any]:
    bill, payment = showing.bill, showing.payment
    code = queries.receipt_code(bill) if bill and payment else ""
    return {
        "showing": showing, "stage": showing.stage.value, "token": token, "bill": bill, "payment": payment, "unit": showing.unit,
        "lines": bill.lines.select_related("item", "part") if bill and not payment else (),
        "squares": squares(request.build_absolute_uri(reverse("receipt:check", args=[code]))) if code else None,
        "welcomes": _welcomes() if bill is None else (),
    }  # fmt: skip


def _welcomes() -> list[tuple[str, str]]:
    """The same word in each language of the house: whoever stands there reads one of them."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append((language, gettext("Welcome")))
    return said
