"""Price lists: drafted by one person, published by another, and never edited after."""

from datetime import date
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from guiju.desks.back_office.price_forms import LineForm, ListForm, ReopenForm
from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.views.lists import PRICE_LISTS
from guiju.desks.back_office.views.people import units_for
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import show
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing import queries
from guiju.standing.pricing.models import PriceLine, PriceList
from guiju.standing.pricing.rules import PHASE_LABELS, PLACE_LABELS, UNSHOWN, Finding, Place, State, phase

CODES_MAX = 300


@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: Request) -> HttpResponse:
    """Every list that the person may see, and a form to begin one."""
    actor: Actor = request.actor
    context = enter(actor, "prices")
    units = units_for(actor, "pricing.draft_list")
    has_brand = actor.scope("pricing.draft_list").unit_ids is None
    form, status = ListForm(units=units, has_brand=has_brand), 200
    if request.method == "POST":
        if not actor.may("pricing.draft_list"):
            raise NotAllowed
        form, status = ListForm(request.POST, units=units, has_brand=has_brand), 422
        done = perform(request, form, lambda data: pricing.draft_list(**data, by=actor, at=now()), what="prices.draft")
        if done:
            return redirect("back_office:price_list", done.answer)
    more = {"form": form, "may_draft": actor.may("pricing.draft_list")}
    answer = show(request, PRICE_LISTS, "back_office/prices.html", desk_title=gettext("Back office"), **more, **context)
    answer.status_code = status if status != 200 else answer.status_code
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def price_list(request: Request, number: str) -> HttpResponse:
    """One list with its lines; a draft can be written on."""
    actor: Actor = request.actor
    context = enter(actor, "prices")
    row = _seen(actor, number)
    form, status = LineForm(currency=row.currency), 200
    if request.method == "POST":
        if not actor.may("pricing.add_line", on=row):
            raise NotAllowed
        form, status = LineForm(request.POST, currency=row.currency), 422
        if perform(request, form, lambda data: pricing.add_line(row, **data, by=actor, at=now()).pk):
            messages.success(request, gettext("The price is on the list."))
            return redirect("back_office:price_list", number)
    lines = PriceLine.objects.filter(price_list=row).select_related("item", "part").order_by("pk")
    is_draft = row.state == State.DRAFT
    today = queries.home_of(row.unit).day(now())
    found = _examined(row, today)
    more = {
        "list": row,
        "lines": [_shown(line, found) for line in lines],
        "found": found,
        "refused": sum(each.refuses for each in found),
        "phase": _phase(row, today),
        "reopen": ReopenForm()
        if row.state in UNSHOWN and not is_draft and actor.may("pricing.reopen", on=row)
        else None,
        "may_check": is_draft and actor.may("pricing.check", on=row),
        "may_approve": row.state == State.CHECKED and actor.may("pricing.approve", on=row),
        "form": form,
        "codes": _codes(),
        "may_write": is_draft and actor.may("pricing.add_line", on=row),
        "may_remove": is_draft and actor.may("pricing.remove_line", on=row),
        "may_publish": row.state == State.APPROVED and actor.may("pricing.publish", on=row),
    }
    return render(request, "back_office/price_list.html", {**context, **more}, status=status)


def _examined(row: PriceList, today: date) -> list[Finding]:
    """What is the matter with a list that nobody was shown yet."""
    return queries.examination(row, today=today) if row.state in UNSHOWN else []


def _shown(line: PriceLine, found: list[Finding]) -> dict[str, Any]:
    """A line with what was found about it."""
    thing = queries.thing_of(line)
    said = [each for each in found if each.code == thing.code]
    place = gettext(PLACE_LABELS[Place(line.place)]) if line.place else ""
    return {"row": line, "thing": thing, "found": said, "place": place}


def _phase(row: PriceList, today: date) -> str:
    """What a list that is shown is worth today; nothing as long as it is not."""
    if row.state in UNSHOWN:
        return ""
    return gettext(PHASE_LABELS[phase(starts_on=row.starts_on, ends_on=row.ends_on, on=today)])


def _codes() -> list[tuple[str, str]]:
    """What can be priced, to choose from while typing."""
    services, parts = ServiceItem.objects.order_by("code")[:CODES_MAX], Part.objects.order_by("code")[:CODES_MAX]
    return [(thing.code, thing.name) for thing in chain[Any](services, parts)]


def _seen(actor: Actor, number: str) -> PriceList:
    rows = PriceList.objects.visible_to(actor).select_related(
        "unit", "drafted_by", "checked_by", "approved_by", "published_by"
    )
    return get_object_or_404(rows, number=number)


@require_POST
def check(request: Request, number: str) -> HttpResponse:
    """Have the list examined."""
    row = _asked(request, number, "pricing.check")
    if perform(request, None, lambda _data: pricing.check(row, by=request.actor, at=now())):
        messages.success(request, gettext("The list is checked and waits for a second person."))
    return redirect("back_office:price_list", number)


@require_POST
def approve(request: Request, number: str) -> HttpResponse:
    """Agree to exactly what was checked."""
    row = _asked(request, number, "pricing.approve")
    if perform(request, None, lambda _data: pricing.approve(row, by=request.actor, at=now())):
        messages.success(request, gettext("The list is approved."))
    return redirect("back_office:price_list", number)


@require_POST
def reopen(request: Request, number: str) -> HttpResponse:
    """Send the list back to its author."""
    row = _asked(request, number, "pricing.reopen")
    form = ReopenForm(request.POST)
    if perform(request, form, lambda data: pricing.reopen(row, **data, by=request.actor, at=now())):
        messages.success(request, gettext("The list is a draft again."))
    elif form.errors:
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
    return redirect("back_office:price_list", number)


@require_POST
def publish(request: Request, number: str) -> HttpResponse:
    """Put the list in force."""
    row = _asked(request, number, "pricing.publish")
    if perform(request, None, lambda _data: pricing.publish(row, by=request.actor, at=now())):
        messages.success(request, gettext("The list is published."))
    return redirect("back_office:price_list", number)


def _asked(request: Request, number: str, verb: str) -> PriceList:
    """The list, for somebody who may do this to it.

    raises   NotAllowed
    """
    row = _seen(request.actor, number)
    if not request.actor.may(verb, on=row):
        raise NotAllowed
    return row


@require_POST
def remove(request: Request, number: str, pk: int) -> HttpResponse:
    """Take a line off a draft."""
    row = _seen(request.actor, number)
    if not request.actor.may("pricing.remove_line", on=row):
        raise NotAllowed
    line = get_object_or_404(PriceLine.objects.select_related("price_list", "item", "part"), pk=pk, price_list=row)
    if perform(request, None, lambda _data: pricing.remove_line(line, by=request.actor, at=now())):
        messages.success(request, gettext("The line is off the list."))
    return redirect("back_office:price_list", number)
