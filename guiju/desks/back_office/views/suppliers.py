"""Suppliers: the list, proposing one, and its card with prices and their history, accounts, orders and how it does."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.suppliers import STEPS, SupplierForm, may, offered
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Kind, Listing, Tick, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import few
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import take
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.kernel.search import fold
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply import queries
from guiju.readiness.supply.models import Offer, PurchaseOrder, Supplier
from guiju.standing.catalogue.models import Part
from guiju.standing.people.queries import unit_of

SEE = "purchases.see"
# Orders beside the card; all of them are in the papers of buying.
ORDERS = 10
YEAR = timedelta(days=365)


def _named(text: str, _actor: Actor) -> Q:
    return begins("code", text.upper())


SUPPLIERS = Listing(
    slug="suppliers",
    title=_("Suppliers"),
    url="back_office:suppliers",
    verbs=(SEE,),
    rows=lambda actor: Supplier.objects.visible_to(actor).order_by("-pk"),
    begun=_("No supplier has been proposed yet. Whoever buys proposes one, and finance admits it."),
    name_of=lambda row: row.code,
    columns=(
        Column("code", _("Code"), "code", Kind.NUMBER, sort="pk", is_whole=True, url=to("back_office:supplier", "code")),
        Column("name", _("Name"), "name"),
        Column("state", _("State"), "state", Kind.STATE, machine="supplier"),
        Column("contact", _("Whom to ask for"), "contact"),
        Column("phone", _("Telephone"), "phone", is_default=False),
        Column("licence", _("Number of its licence"), "licence_no", is_default=False),
        Column("made", _("Proposed"), "made_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Code"), holds=_named, is_indexed=True, hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("supplier")),
    ),
)  # fmt: skip


CHOICES_MAX = 200


def _whom(actor: Actor) -> list[tuple[str, str]]:
    rows = Supplier.objects.visible_to(actor).order_by("code").values_list("pk", "code", "name")[:CHOICES_MAX]
    return [(str(pk), f"{code} {name}") for pk, code, name in rows]


def _of_parts(text: str, _actor: Actor) -> Q:
    return Q(part__folded__contains=fold(text))


def _parts_found(text: str, _actor: Actor) -> list[int] | None:
    parts = few(Part.objects.filter(folded__contains=fold(text)))
    return None if parts is None else few(Offer.objects.filter(part__in=parts))


SUPPLIER_PRICES = Listing(
    slug="supplier-prices",
    title=_("Suppliers' prices"),
    url="back_office:supplier_prices",
    verbs=(SEE,),
    rows=lambda actor: Offer.objects.visible_to(actor).select_related("supplier", "part").order_by("-pk"),
    begun=_("No price of a supplier has been noted yet. It is noted on the supplier's card, or comes by file."),
    name_of=lambda row: f"{row.supplier.code} {row.part.code}",
    columns=(
        Column("code", _("Part number"), "part.code", Kind.NUMBER, sort="pk"),
        Column("part", _("Part"), lambda row: row.part.name, is_whole=True),
        Column("supplier", _("Supplier"), "supplier.name", url=to("back_office:supplier", "supplier.code")),
        Column("price", _("Price of one"), lambda row: (row.price_minor, row.currency), Kind.MONEY),
        Column("lead", _("Comes in days"), "lead_days", Kind.NUMBER),
        Column("starts", _("From the day"), "starts_on", Kind.DAY),
        Column("ends", _("Until before"), "ends_on", Kind.DAY),
        Column("basis", _("Where it is from"), "basis", is_default=False),
        Column("noted", _("Noted"), "set_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Part"), holds=_of_parts, finds=_parts_found, hint=_("A piece of its code or name")),
        Choice("supplier", _("Supplier"), column="supplier", options=_whom, is_indexed=True),
        Tick("newest", _("The newest only"), holds=lambda _actor: Q(ends_on__isnull=True)),
    ),
)  # fmt: skip


@require_safe
def supplier_prices(request: Request) -> HttpResponse:
    """What every supplier asks and asked, those noted last first."""
    return show(request, SUPPLIER_PRICES, desk_title=_("Back office"), **enter(request.actor, "buying"))


@require_safe
def suppliers(request: Request) -> HttpResponse:
    """Whom we buy from, those proposed last first."""
    return show(request, SUPPLIERS, desk_title=_("Back office"), **enter(request.actor, "buying"))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request) -> HttpResponse:
    """Write down a house to buy from; somebody else admits it."""
    actor: Actor = request.actor
    if not actor.may("supply.propose_supplier", unit_id=actor.unit_id):
        raise NotAllowed
    form = SupplierForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = perform(request, form, lambda data: supply.propose_supplier(**data, by=actor, at=now()).code)
        if done:
            messages.success(request, gettext("Somebody else has to admit it."))
            return redirect("back_office:supplier", done.answer)
    context = {**enter(actor, "buying"), "form": form}
    return render(request, "back_office/propose_supplier.html", context, status=422 if form.is_bound else 200)


@require_safe
def supplier(request: Request, code: str) -> HttpResponse:
    """One supplier: how it does, what it asks and asked, its accounts, what is ordered there."""
    return _card(request, _found(request.actor, code))


@require_POST
def supplier_do(request: Request, code: str, slug: str) -> HttpResponse:
    """Take one step; what cannot be done is said where it was asked."""
    row = _found(request.actor, code)
    if slug not in STEPS:
        raise Http404
    if not may(request.actor, slug, row):
        raise NotAllowed
    make = STEPS[slug].form
    form = make(row, request.POST) if make else None
    if take(request, STEPS[slug].step, row, form) or form is None:
        return redirect("back_office:supplier", row.code)
    return _card(request, row, status=422, refused=(slug, form))


def _found(actor: Actor, code: str) -> Supplier:
    if not actor.may(SEE):
        raise NotAllowed
    return get_object_or_404(Supplier.objects.visible_to(actor).select_related("proposed_by", "admitted_by"), code=code)


def _card(request: Request, row: Supplier, *, status: int = 200, refused: Any = None) -> HttpResponse:
    actor: Actor = request.actor
    steps = []
    for each in offered(row, actor):
        form = each.form(row) if each.form else None
        if refused and refused[0] == each.step.slug:
            form = refused[1]
        steps.append({"slug": each.step.slug, "label": each.label, "form": form})
    unit = unit_of(actor)
    today = unit.day(now()) if unit is not None else now().date()
    orders = PurchaseOrder.objects.visible_to(actor).filter(supplier=row).select_related("unit").order_by("-pk")
    context = {
        **enter(actor, "buying"), "row": row, "steps": steps, "score": queries.score_of(row, since=today - YEAR),
        "prices": _prices(row, today), "banks": row.banks.select_related("asked_by", "decided_by"), "orders": orders[:ORDERS],
    }  # fmt: skip
    return render(request, "back_office/supplier.html", context, status=status)


def _prices(row: Supplier, today: Any) -> list[dict[str, Any]]:
    """Each part with its price today, the change to the one before, the cheapest elsewhere, and the whole history."""
    offers = Offer.objects.filter(supplier=row).select_related("part").order_by("part__code", "currency", "-starts_on")
    found = []
    for (part, currency), group in groupby(offers, key=lambda each: (each.part, each.currency)):
        history = list(group)
        in_force = [
            each for each in history if each.starts_on <= today and (each.ends_on is None or each.ends_on > today)
        ]
        current = in_force[0] if in_force else None
        before = next((each for each in history if current is not None and each.starts_on < current.starts_on), None)
        found.append({
            "part": part, "currency": currency, "current": current, "history": history,
            "percent": (current.price_minor - before.price_minor) * 100 // before.price_minor if current and before else None,
            "best": queries.cheapest(part, currency=currency, on=today),
        })  # fmt: skip
    return found
