"""The counter's lists: customers, appliances, requests, calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.context import LANGUAGES
from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import (
    TEXT_SHORTEST,
    all_of,
    customers_found,
    e164,
    few,
    has_customer_like,
    in_unit,
    order_url,
)
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.line.intake.models import ServiceRequest
from guiju.line.telephone.models import Call
from guiju.line.workorder.rules import PRIORITY_RANKS, Priority
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.customers.models import Customer
from guiju.standing.customers.rules import LABELS
from guiju.standing.customers.rules import Kind as CustomerKind

_LANGUAGES = {code: name for code, name, _short in LANGUAGES}


def _phones(customer: Customer) -> str:
    return ", ".join(each.e164 for each in customer.phones.all()[:2])


def _dressed(rows: Sequence[Customer]) -> None:
    prefetch_related_objects(rows, "phones")


def _like(text: str, actor: Actor) -> Q:
    return has_customer_like(text, actor, "pk")


def _found(text: str, actor: Actor) -> list[int] | None:
    return customers_found(text, actor)


CUSTOMERS = Listing(
    slug="customers",
    title=_("All customers"),
    url="reception:customers",
    verbs=("customers.see",),
    rows=lambda actor: Customer.objects.visible_to(actor).select_related("unit"),
    is_personal=True,
    begun=_("There is no customer yet."),
    dressed=_dressed,
    columns=(
        Column("name", _("Name"), "name", sort="folded", is_whole=True, url=to("reception:customer", "pk")),
        Column("phone", _("Telephone"), _phones, Kind.PHONE, whole=_phones, whole_verb="customers.read_phone"),
        Column("kind", _("Kind"), lambda row: gettext(LABELS[CustomerKind(row.kind)])),
        Column("language", _("Language"), lambda row: _LANGUAGES.get(row.language, row.language), is_default=False),
        Column("marketing", _("Wants news from us"), lambda row: _("Yes") if row.consent_marketing else _("No"), is_default=False),
        Column("enrolled", _("On the books since"), "enrolled_at", Kind.DAY, sort="pk"),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER),
    ),
    filters=(
        Words("q", _("Name or telephone"), holds=_like, finds=_found, hint=_("Its beginning, or a whole telephone number")),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
    ),
)  # fmt: skip


def _lines(_actor: Actor) -> list[tuple[str, str]]:
    return [(str(line.pk), line.name) for line in ProductLine.objects.order_by("code")]


def _machine(row: Appliance) -> str:
    return f"{row.brand.name} {row.line.name}"


def _serial(text: str, actor: Actor) -> Q:
    own = has_customer_like(text, actor)
    return begins("folded_serial", fold(text)) | own if len(fold(text)) >= TEXT_SHORTEST else own


def _serials_found(text: str, actor: Actor) -> list[int] | None:
    owners = customers_found(text, actor)
    if owners is None or len(fold(text)) < TEXT_SHORTEST:
        return None if owners is None else few(Appliance.objects.filter(customer__in=owners))
    machines = few(Appliance.objects.filter(begins("folded_serial", fold(text))))
    return all_of(machines, few(Appliance.objects.filter(customer__in=owners)))


APPLIANCES = Listing(
    slug="appliances",
    title=_("All appliances"),
    url="reception:appliances",
    verbs=("catalogue.see",),
    rows=lambda actor: Appliance.objects.visible_to(actor).select_related("brand", "line", "model", "customer", "unit"),
    is_personal=True,
    begun=_("There is no appliance yet."),
    columns=(
        Column("machine", _("Appliance"), _machine, is_whole=True, url=to("reception:appliance", "pk")),
        Column("model", _("Model"), "model.code", Kind.NUMBER),
        Column("serial", _("Serial"), "serial", Kind.NUMBER, sort="folded_serial"),
        Column("customer", _("Customer"), "customer.name", verb="customers.see"),
        Column("purchased", _("Bought"), "purchased_on", Kind.DAY),
        Column("made", _("Made in"), "made_in_year", Kind.NUMBER, is_default=False),
        Column("registered", _("On the books since"), "registered_at", Kind.DAY, sort="pk"),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Serial or customer"), holds=_serial, finds=_serials_found, hint=_("Its beginning, or a whole telephone number")),
        Choice("line", _("Product line"), column="line", options=_lines, is_indexed=True),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
    ),
)  # fmt: skip


def _request_like(text: str, _actor: Actor) -> Q:
    return begins("number", text.upper()) | Q(phone=e164(text) or "-")


def _requests_found(text: str, actor: Actor) -> list[int] | None:
    seen = ServiceRequest.objects.visible_to(actor)
    number = few(ServiceRequest.objects.filter(begins("number", text.upper())))
    return all_of(number, few(seen.filter(phone=e164(text) or "-")))


def _of_priority(chosen: str, _actor: Actor) -> Q:
    # By its rank, behind which an index stands.
    return Q(priority_rank=PRIORITY_RANKS[Priority(chosen)])


REQUESTS = Listing(
    slug="requests",
    title=_("All requests"),
    url="reception:request_list",
    verbs=("requests.see",),
    rows=lambda actor: ServiceRequest.objects.visible_to(actor).with_names().filter(due_at__isnull=False),
    is_personal=True,
    begun=_("Nobody has asked for anything yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Request"), "number", Kind.NUMBER, is_whole=True, url=to("reception:request", "number")),
        Column("state", _("State"), "state", Kind.STATE, machine="service_request"),
        Column("priority", _("Priority"), "priority", Kind.STATE, machine="priority", sort="priority_rank"),
        Column("name", _("Who asks"), lambda row: row.contact_name or (row.customer.name if row.customer else "")),
        Column("phone", _("Telephone"), "phone", Kind.PHONE, whole=lambda row: row.phone, whole_verb="intake.read_contact"),
        Column("line", _("Product line"), "line.name"),
        Column("channel", _("Channel"), "channel", Kind.WORD, machine="channel", is_default=False),
        Column("due", _("Answer by"), "due_at", Kind.WHEN),
        Column("answered", _("Answered"), "answered_at", Kind.WHEN, is_default=False),
        Column("at", _("Asked on"), "at", Kind.WHEN, sort="pk"),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Number or telephone"), holds=_request_like, finds=_requests_found,
              hint=_("Its beginning, or a whole telephone number")),
        Choice("state", _("State"), column="state", options=choices_of("service_request"), is_indexed=True),
        Choice("priority", _("Priority"), options=choices_of("priority"), holds=_of_priority, is_indexed=True),
        Choice("channel", _("Channel"), column="channel", options=choices_of("channel")),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
    ),
)  # fmt: skip


CALLS = Listing(
    slug="calls",
    title=_("All calls"),
    url="reception:call_list",
    verbs=("telephone.see",),
    rows=lambda actor: Call.objects.visible_to(actor).with_names(),
    first="-started",
    is_personal=True,
    begun=_("Nobody has called yet."),
    columns=(
        Column("started", _("Began"), "started_at", Kind.WHEN, sort="started_at", is_whole=True, url=to("reception:call", "pk")),
        Column("direction", _("Direction"), "direction", Kind.WORD, machine="direction"),
        Column("state", _("State"), "state", Kind.STATE, machine="call"),
        Column("phone", _("Telephone"), "phone", Kind.PHONE, whole=lambda row: row.phone, whole_verb="telephone.read_number"),
        Column("customer", _("Customer"), "customer.name", verb="customers.see"),
        Column("agent", _("Who spoke"), "agent.name"),
        Column("waited", _("Waited, seconds"), "wait_seconds", Kind.FIGURE),
        Column("talked", _("Spoken, seconds"), "talk_seconds", Kind.FIGURE, is_default=False),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("phone", _("Whole telephone number"), holds=lambda text, _actor: Q(phone=e164(text) or "-"), is_indexed=True),
        Choice("state", _("State"), column="state", options=choices_of("call")),
        Choice("direction", _("Direction"), column="direction", options=choices_of("direction")),
        Days("started", _("Began"), column="started_at", is_indexed=True),
    ),
)  # fmt: skip

LISTS = (CUSTOMERS, APPLIANCES, REQUESTS, CALLS)


def _page(request: HttpRequest, listing: Listing, *, back: str = "reception:home") -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    # Who does not sit at the counter has no way back there.
    more: Any = {"desk_url": reverse(back), "desk_title": _("Reception")} if actor.may("intake.register") else {}
    return show(request, listing, **more)


@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Every customer of the units that this person may see."""
    return _page(request, CUSTOMERS)


@require_safe
def appliances(request: HttpRequest) -> HttpResponse:
    """Every appliance that the units know."""
    return _page(request, APPLIANCES)


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Every request, also those that are long over."""
    return _page(request, REQUESTS)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every call, also those of last year."""
    return _page(request, CALLS)
