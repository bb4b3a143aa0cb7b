"""How a price list is written."""

from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import EXPONENTS, MINOR_MAX
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import queries, rules
from guiju.standing.pricing.models import PriceLine, PriceList


class PricedAlready(Refusal):
    """A list prices each thing once."""

    sentence = N_("The list has a price for this already. Take that line off first.")
    field = "item"


_NEVER_EDITED = N_("A published list is never edited: draft a new one.")
_REOPEN_FIRST = N_("The list was checked like this. Send it back to its author before something on it changes.")


def draft_list(
    *, unit: Unit | None, starts_on: date, ends_on: date | None = None, currency: str = "", by: Actor, at: datetime
) -> PriceList:
    """Begin a price list.

    unit       whose prices; None: the brand's, for every unit that has no nearer list
    ends_on    exclusive; None: until the next list is published
    currency   the unit's own unless named
    raises     Invalid
    """
    with doing("pricing.draft_list", unit_id=unit.pk if unit else None, by=by, at=at) as deed:
        home = queries.home_of(unit)
        currency = currency or home.currency
        if currency not in EXPONENTS:
            raise Invalid(
                Sentence(N_("%(currency)s is no currency that is traded in."), {"currency": currency}), field="currency"
            )
        if ends_on is not None and ends_on <= starts_on:
            raise Invalid(Sentence(N_("The list must end after it starts.")), field="ends_on")
        price_list = PriceList.objects.create(
            number=next_number("PL", home.code, home.day(at)),
            unit=unit,
            currency=currency,
            starts_on=starts_on,
            ends_on=ends_on,
            drafted_by_id=by.person_id,
        )
        deed.about(price_list)
    return price_list


def add_line(
    price_list: PriceList,
    *,
    item: ServiceItem | None = None,
    part: Part | None = None,
    min_minor: int,
    max_minor: int | None = None,
    unit: str,
    place: str = "",
    conditions: str = "",
    by: Actor,
    at: datetime,
) -> PriceLine:
    """Write the price of one service or one part on a draft.

    min_minor, max_minor   minor units of the list's currency, both included; without a most the price is fixed
    unit                   what the price is for, as it is shown: "per piece" (PRC-6)
    place                  a Place where a service costs this; empty: everywhere
    raises                 WrongState, PricedAlready, Invalid
    source                 PRC-2; C01
    """
    with doing("pricing.add_line", on=price_list, by=by, at=at) as deed:
        price_list = _draft(price_list)
        if (item is None) == (part is None):
            raise Invalid(Sentence(N_("A line is for one service or for one part.")), field="item")
        most = min_minor if max_minor is None else max_minor
        _refuse_odd(min_minor, most, unit)
        if place and (part is not None or place not in set(rules.Place)):
            raise Invalid(
                Sentence(N_("Only a service can cost something else at home than in the shop.")), field="place"
            )
        with refusing(price_line_prices_an_item_once=PricedAlready, price_line_prices_a_part_once=PricedAlready):
            line = PriceLine.objects.create(
                price_list=price_list,
                item=item,
                part=part,
                min_minor=min_minor,
                max_minor=most,
                unit=unit.strip(),
                place=place,
                conditions=conditions.strip()[:200],
                added_by_id=by.person_id,
            )
        deed.note(line=str(item or part), min_minor=min_minor, max_minor=most)
    return line


def remove_line(line: PriceLine, *, by: Actor, at: datetime) -> None:
    """Take a line off a draft.

    raises   WrongState
    """
    with doing("pricing.remove_line", on=line.price_list, by=by, at=at) as deed:
        _draft(line.price_list)
        deed.note(line=str(line.item or line.part), min_minor=line.min_minor, max_minor=line.max_minor)
        PriceLine.objects.filter(pk=line.pk).delete()


def lock(price_list: PriceList) -> PriceList:
    """The list, until the deed is done."""
    return PriceList.objects.select_for_update(of=("self",)).select_related("unit").get(pk=price_list.pk)


def _draft(price_list: PriceList) -> PriceList:
    price_list = lock(price_list)
    if price_list.state != rules.State.DRAFT:
        shown = price_list.state in rules.SHOWN
        raise WrongState(Sentence(_NEVER_EDITED if shown else _REOPEN_FIRST))
    return price_list


def _refuse_odd(least: int, most: int, unit: str) -> None:
    if least < 1:
        raise Invalid(Sentence(N_("A price is more than nothing: what is free is not on the list.")), field="min_minor")
    if least > most:
        raise Invalid(Sentence(N_("The least price is not above the most.")), field="min_minor")
    if most > MINOR_MAX:
        raise Invalid(Sentence(N_("This is more than any bill.")), field="max_minor")
    if not unit.strip() or len(unit.strip()) > 40:
        raise Invalid(Sentence(N_("Say what the price is for, such as: per piece.")), field="unit")
