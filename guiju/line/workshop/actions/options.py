"""Drawing a quote up: its options, each with its own lines, time, warranty and deposit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from guiju.kernel import turn
from guiju.kernel.deed import Deed
from guiju.kernel.lifecycle import advance
from guiju.kernel.numbering import next_number
from guiju.kernel.prepared import Prepared, brought
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop.actions.drafting import Guard, Offer, Priced
from guiju.line.workshop.actions.paying import shares
from guiju.line.workshop.models import Quote, QuoteLine, QuoteOption
from guiju.line.workshop.rules import (
    OPTIONS_MAX,
    QUOTE_ARROWS,
    LineKind,
    OptionKind,
    PartMark,
    QuotedLine,
    QuoteState,
    deposit_minor,
    total_minor,
)
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.policy import queries as policy
from guiju.standing.pricing import queries as pricing
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Paid


class NothingQuoted(Refusal):
    """A quote needs lines."""

    sentence = N_("Put at least one line on the quote.")
    field = "lines"
    status = 422


class TooManyOptions(Refusal):
    """What cannot be compared is not chosen but guessed."""

    sentence = N_("Offer at most %(most)s ways to help in one quote.")
    field = "others"
    status = 422


class WarrantyTooShort(Refusal):
    """Less than the law, or our own terms, promise."""

    sentence = N_("A repair of this appliance is warranted for at least %(days)s days.")
    field = "repair_warranty_days"
    status = 422


class NoSuchOption(Refusal):
    """The customer chooses among what was offered."""

    sentence = N_("This quote has no such option. Choose one of those that stand on it.")
    field = "option"
    status = 422


@dataclass(frozen=True)
class Alternative:
    """One way to help, with its own lines, time and warranty.

    service_hours          working hours from approval to ready
    repair_warranty_days   None takes what the terms of this appliance promise; less is never offered
    discount_minor         taken off its lines, where a quote is written anew
    """

    offers: Sequence[Offer] = ()
    service_hours: int = 0
    kind: OptionKind = OptionKind.REPAIR
    repair_warranty_days: int | None = None
    note: str = ""
    discount_minor: int = field(default=0, kw_only=True)


# What a quote says of the option that leads it.
LED = ("kind", "total_minor", "discount_minor", "service_hours", "repair_warranty_days", "deposit_minor")


def draw_up(
    order: WorkOrder,
    alternatives: Sequence[Alternative],
    deed: Deed,
    at: datetime,
    *,
    after: int,
    discount_reason: str = "",
    discount_code: str = "",
    levels: list[int | None] | None = None,
) -> Quote:
    """Write a draft with its options and their lines, each at a price that the published list allows; the first one leads.

    after    the version of the quote before it; none is 0
    levels   how heavy the faults are that were found, where whoever asks knows it already
    """
    if len(alternatives) > OPTIONS_MAX:
        raise TooManyOptions(most=OPTIONS_MAX)
    on = order.unit.day(at)
    least_days = warranty.repair_warranty_days(order.appliance, on=on)
    for each in alternatives:
        _plausible(each, least_days)
    parts = [offer.part for each in alternatives for offer in each.offers if offer.part is not None]
    catalogue.refuse_unfit(parts, order.appliance, field="lines")
    shared = [shares(order, each.offers) for each in alternatives]
    price_of = _listed(order, [offer for each in shared for offer in each.charged], on, levels)
    quoted = [[price_of[id(offer)].quoted for offer in each.charged] for each in shared]
    options = [
        _option(each, place, lines, least_days, _deposit(order, lines, at))
        for place, (each, lines) in enumerate(zip(alternatives, quoted, strict=True), start=1)
    ]
    quote = Quote.objects.create(
        number=next_number("QT", order.unit.code, on),
        order=order,
        version=after + 1,
        currency=order.currency,
        discount_reason=discount_reason,
        discount_code=discount_code,
        test_fee_minor=order.test_fee_minor,
        price_list=next((each.line.price_list.number for each in price_of.values() if each.line), ""),
        covered=[{**kept, "place": place} for place, each in enumerate(shared, start=1) for kept in each.covered],
        coverage_version=shared[0].version,
        drafted_by_id=deed.by.natural_person_id,
        drafted_at=at,
        **{name: getattr(options[0], name) for name in LED},
    )
    for option in options:
        option.quote = quote
    QuoteOption.objects.bulk_create(options)
    written = QuoteLine.objects.bulk_create(
        _line(quote, place, offer, price_of[id(offer)], paid)
        for place, each in enumerate(shared, start=1)
        for offer, paid in zip(each.charged, each.paid, strict=True)
    )
    # Whoever shows it need not ask for what was just written.
    return brought(brought(turn.keep(quote), "options", options), "lines", written)


def _listed(order: WorkOrder, offers: Sequence[Offer], on: date, levels: list[int | None] | None) -> dict[int, Priced]:
    """What each offer may cost, by its identity."""
    things = [(each.item, each.part) for each in offers]
    listed = pricing.lines_for(things, unit=order.unit, on=on, place=orders.place_of(order))
    guard = Guard(order, on, levels)
    return {id(offer): guard.priced(offer, line) for offer, line in zip(offers, listed, strict=True)}


def supersede(order: WorkOrder, states: Collection[QuoteState], deed: Deed, at: datetime) -> int:
    """Let a new version stand in the place of those that are in such a state; gives the last version there is, none is 0."""
    earlier = _EARLIER(order=order.pk)
    for old in earlier:
        if old.state in states:
            advance(old, to=QuoteState.SUPERSEDED, arrows=QUOTE_ARROWS, by=deed.by, at=at, deed=deed)
    return max((old.version for old in earlier), default=0)


_EARLIER: Prepared[Quote] = Prepared(
    lambda *, order: Quote.objects.select_for_update().filter(order_id=order).order_by("version")
)


def as_alternatives(quote: Quote) -> list[Alternative]:
    """The options of a quote, to write it anew, also with what somebody else pays for; lines come with their item and part."""
    lines = list(quote.lines.select_related("item", "part").order_by("pk"))
    items = ServiceItem.objects.in_bulk([each["item"] for each in quote.covered if each["item"]])
    parts = Part.objects.in_bulk([each["part"] for each in quote.covered if each["part"]])
    return [
        Alternative(
            [
                *(_offered(line) for line in lines if line.place == option.place),
                *(
                    Offer(each["quantity"], item=items.get(each["item"]), part=parts.get(each["part"]))
                    for each in quote.covered
                    if each.get("place", 1) == option.place
                ),
            ],
            option.service_hours,
            OptionKind(option.kind),
            option.repair_warranty_days,
            option.note,
            discount_minor=option.discount_minor,
        )
        for option in quote.options.order_by("place")
    ]


def _offered(line: QuoteLine) -> Offer:
    mark = PartMark(line.mark) if line.mark else PartMark.ORIGINAL
    return Offer(line.quantity, line.unit_minor, line.item, line.part, line.is_optional, mark)


def option_of(quote: Quote, place: int) -> QuoteOption:
    """One of the options of a quote.

    raises   NoSuchOption
    """
    try:
        return quote.option(place)
    except LookupError:
        raise NoSuchOption from None


def _plausible(each: Alternative, least_days: int) -> None:
    if not each.offers or not all(offer.part or offer.item for offer in each.offers):
        raise NothingQuoted
    if each.service_hours < 1:
        raise Invalid(Sentence(N_("Say how many working hours the repair takes.")), field="service_hours")
    if each.repair_warranty_days is not None and each.repair_warranty_days < least_days:
        raise WarrantyTooShort(days=least_days)


def _option(each: Alternative, place: int, lines: Sequence[QuotedLine], least_days: int, deposit: int) -> QuoteOption:
    whole = total_minor(lines)
    total = whole - each.discount_minor
    return QuoteOption(
        place=place,
        kind=each.kind,
        note=each.note.strip()[:200],
        service_hours=each.service_hours,
        repair_warranty_days=each.repair_warranty_days or least_days,
        total_minor=total,
        discount_minor=each.discount_minor,
        deposit_minor=min(total, deposit),
    )


def _deposit(order: WorkOrder, lines: Sequence[QuotedLine], at: datetime) -> int:
    """What the rule of the place asks before these parts are ordered (C07)."""
    parts = total_minor([line for line in lines if line.kind == LineKind.PART])
    if not parts:
        return 0
    figures = policy.figures(("quote.deposit_share", "quote.deposit_from"), unit=order.unit, on=order.unit.day(at))
    share, least = (figures[name].value for name in ("quote.deposit_share", "quote.deposit_from"))
    return deposit_minor(parts, share_percent=share, from_minor=least)


def _line(quote: Quote, place: int, offer: Offer, priced: Priced, paid: Paid) -> QuoteLine:
    line = priced.quoted
    return QuoteLine(
        quote=quote,
        place=place,
        kind=line.kind,
        mark=offer.mark if offer.part is not None else "",
        item=offer.item,
        part=offer.part,
        price_line=priced.line,
        exception=priced.granted,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        list_min_minor=line.list_min_minor,
        list_max_minor=line.list_max_minor,
        amount_minor=line.amount_minor,
        is_optional=offer.is_optional,
        paid=paid.to_json(),
    )
