"""Drawing a quote up: from the published list, line by line, with the range beside each price."""

from __future__ import annotations

import secrets as randomness
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guiju.kernel import turn
from guiju.kernel.deed import Deed
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.models import Quote, QuoteLine
from guiju.line.workshop.rules import LineKind, QuotedLine, total_minor
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.models import PriceLine
from guiju.standing.warranty import queries as warranty


class NothingQuoted(Refusal):
    """A quote needs lines."""

    sentence = N_("Put at least one line on the quote.")
    field = "lines"
    status = 422


class NotListed(Refusal):
    """What is not on the published list cannot be charged (PRC-1)."""

    sentence = N_("%(code)s is not on the published price list.")
    field = "lines"
    status = 422


class OutsideTheList(Refusal):
    """The price is outside the published range (S1-41, EX-10)."""

    sentence = N_(
        "%(code)s may cost between %(minimum)s and %(maximum)s. Anything else needs the network manager's exception"
        " and the customer's explicit signature."
    )
    field = "lines"
    status = 422


@dataclass(frozen=True)
class Offer:
    """One line as the technician offers it: a service item or a part, and a price inside the published range.

    quantity     in the part's base unit, or times the service
    unit_minor   in minor units of the order's currency; None takes the list's lowest price
    is_optional the repair is possible without it: the customer may leave it out
    """

    quantity: int = 1
    unit_minor: int | None = None
    item: ServiceItem | None = None
    part: Part | None = None
    is_optional: bool = False

    @property
    def code(self) -> str:
        return (self.part or self.item).code  # type: ignore[union-attr]


def draw_up(order: WorkOrder, offers: Sequence[Offer], service_hours: int, deed: Deed, at: datetime) -> Quote:
    """Write a draft with its lines, each at a price that the published list allows."""
    if not offers or not all(offer.part or offer.item for offer in offers):
        raise NothingQuoted
    if service_hours < 1:
        raise Invalid(Sentence(N_("Say how many working hours the repair takes.")), field="service_hours")
    listed = pricing.lines_for(
        [(each.item, each.part) for each in offers],
        unit=order.unit,
        on=order.unit.day(at),
        place=orders.place_of(order),
    )
    priced = [(offer, _priced(order, offer, line)) for offer, line in zip(offers, listed, strict=True)]
    lines = [_quoted(offer, price_line) for offer, price_line in priced]
    on = order.unit.day(at)
    last = Quote.objects.filter(order=order).order_by("-version").values_list("version", flat=True).first()
    quote = Quote.objects.create(
        number=next_number("QT", order.unit.code, on),
        order=order,
        version=(last or 0) + 1,
        currency=order.currency,
        total_minor=total_minor(lines),
        service_hours=service_hours,
        repair_warranty_days=warranty.repair_warranty_days(order.appliance, on=on),
        test_fee_minor=order.test_fee_minor,
        price_list=priced[0][1].price_list.number,
        drafted_by_id=deed.by.natural_person_id,
        drafted_at=at,
        code_salt=randomness.token_hex(16),
    )
    QuoteLine.objects.bulk_create(
        QuoteLine(
            quote=quote,
            kind=line.kind,
            item=offer.item,
            part=offer.part,
            price_line=price_line,
            quantity=line.quantity,
            unit_minor=line.unit_minor,
            list_min_minor=line.list_min_minor,
            list_max_minor=line.list_max_minor,
            amount_minor=line.amount_minor,
            is_optional=offer.is_optional,
        )
        for (offer, price_line), line in zip(priced, lines, strict=True)
    )
    return turn.keep(quote)


def _priced(order: WorkOrder, offer: Offer, line: PriceLine | None) -> PriceLine:
    """The published line for what is offered, or a refusal."""
    if offer.quantity < 1:
        raise Invalid(Sentence(N_("A quote line is for at least one.")), field="lines")
    if line is None:
        raise NotListed(code=offer.code)
    unit_minor = line.min_minor if offer.unit_minor is None else offer.unit_minor
    if not line.min_minor <= unit_minor <= line.max_minor:
        raise OutsideTheList(
            code=offer.code,
            minimum=orders.money(order, line.min_minor),
            maximum=orders.money(order, line.max_minor),
        )
    return line


def _quoted(offer: Offer, line: PriceLine) -> QuotedLine:
    unit_minor = line.min_minor if offer.unit_minor is None else offer.unit_minor
    return QuotedLine(_kind(offer), offer.code, offer.quantity, unit_minor, line.min_minor, line.max_minor)


def _kind(offer: Offer) -> LineKind:
    if offer.item is None:
        return LineKind.PART
    return {ItemKind.TEST: LineKind.TEST, ItemKind.LABOUR: LineKind.LABOUR}.get(offer.item.kind, LineKind.OTHER)  # type: ignore[call-overload,no-any-return]
