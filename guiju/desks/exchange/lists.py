"""All exchanges and refunds, also those that are long over."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import HangsOn, in_unit, order_url
from guiju.line.exchange.models import ExchangeCase

_NAMES = ("order__unit", "order__customer", "order__appliance__line", "other")
_CASES = HangsOn(lambda: ExchangeCase.objects.select_related(*_NAMES), "exchange.see")
CASES = Listing(
    slug="exchange_cases",
    title=_("All exchanges and refunds"),
    url="exchange:cases",
    verbs=("exchange.see",),
    rows=_CASES.rows,
    hangs=_CASES,
    is_personal=True,
    begun=_("Nobody has asked for an exchange or a refund yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Case"), "number", Kind.NUMBER, is_whole=True, url=to("exchange:case", "number")),
        Column("state", _("State"), "state", Kind.STATE, machine="exchange"),
        Column("ground", _("Ground"), "ground", Kind.WORD, machine="exchange_ground"),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("customer", _("Customer"), "order.customer.name", verb="customers.see"),
        Column("line", _("Product line"), "order.appliance.line.name", is_default=False),
        Column("serial", _("Serial"), "order.appliance.serial", Kind.NUMBER, is_default=False),
        Column("other", _("Other unit"), "other.serial", Kind.NUMBER, is_default=False),
        Column("asked", _("Asked on"), "requested_at", Kind.WHEN, sort="pk"),
        Column("unit", _("Unit"), "order.unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Number"), holds=lambda text, _actor: begins("number", text.upper()), is_indexed=True),
        Choice("state", _("State"), column="state", options=choices_of("exchange"), is_indexed=True),
        Words("unit", _("Unit"), holds=in_unit("order__unit")),
    ),
)  # fmt: skip
LISTS = (CASES,)


@require_safe
def cases(request: Request) -> HttpResponse:
    """Every case of the units that this person may see."""
    return show(request, CASES)
