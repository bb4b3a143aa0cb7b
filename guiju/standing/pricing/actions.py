"""How a price list is written, shown and taken down."""

from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import EXPONENTS, MINOR_MAX
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people import queries as people
from guiju.standing.people.models import Unit
from guiju.standing.pricing import queries, rules
from guiju.standing.pricing.models import PriceLine, PriceList


class PriceOutsideList(Refusal):
    """More, or less, than the customer was shown."""

    sentence = N_("This price is outside the published list.")
    field = "unit_minor"
    status = 422


class PricedAlready(Refusal):
    """A list prices each thing once."""

    sentence = N_("The list has a price for this already. Take that line off first.")
    field = "item"


class NothingPriced(Refusal):
    """An empty list shows the customer nothing."""

    sentence = N_("The list has no lines yet.")


class SamePerson(Refusal):
    """Who wrote a list does not publish it."""

    sentence = N_("You wrote on this list, so another person must publish it.")
    status = 403


class ListsOverlap(Refusal):
    """Two lists of one scope on one day."""

    sentence = N_("Another published list is in force on some of these days.")
    field = "starts_on"


class StartsInPast(Refusal):
    """What was shown yesterday can't be changed today."""

    sentence = N_("Another list was in force since then. Let this one start today or later.")
    field = "starts_on"
    status = 422


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
    conditions: str = "",
    by: Actor,
    at: datetime,
) -> PriceLine:
    """Write the price of one service or one part on a draft.

    min_minor, max_minor   minor units of the list's currency, both included; without a most the price is fixed
    unit                   what the price is for, as it is shown: "per piece" (PRC-6)
    raises                 WrongState, PricedAlready, Invalid
    source                 PRC-2; C01
    """
    with doing("pricing.add_line", on=price_list, by=by, at=at) as deed:
        price_list = _draft(price_list)
        if (item is None) == (part is None):
            raise Invalid(Sentence(N_("A line is for one service or for one part.")), field="item")
        most = min_minor if max_minor is None else max_minor
        _refuse_odd(min_minor, most, unit)
        with refusing(price_line_prices_an_item_once=PricedAlready, price_line_prices_a_part_once=PricedAlready):
            line = PriceLine.objects.create(
                price_list=price_list,
                item=item,
                part=part,
                min_minor=min_minor,
                max_minor=most,
                unit=unit.strip(),
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


def publish(price_list: PriceList, *, by: Actor, at: datetime) -> PriceList:
    """Put a list in force from its first day on; the open list before it ends on that day. It is never edited again.

    raises   SamePerson, NothingPriced, ListsOverlap, StartsInPast, WrongState
    source   PRC-3, G-2, G-4; 3.23
    """
    with doing("pricing.publish", on=price_list, by=by, at=at) as deed:
        price_list = _draft(price_list)
        home = queries.home_of(price_list.unit)
        lines = list(price_list.lines.all())
        if not lines:
            raise NothingPriced
        small = people.is_small_shop(home)
        if not small and by.person_id in {price_list.drafted_by_id, *(line.added_by_id for line in lines)}:
            raise SamePerson
        _succeed(price_list, today=home.day(at), deed=deed)
        with refusing(price_lists_of_one_scope_never_overlap=ListsOverlap):
            advance(
                price_list,
                to=rules.State.PUBLISHED,
                arrows=rules.ARROWS,
                labels=rules.LABELS,
                by=by,
                at=at,
                deed=deed,
                published_by_id=by.person_id,
                published_at=at,
                small_shop=small,
            )
        deed.note(lines=len(lines))
    return price_list


def retire(price_list: PriceList, *, ends_on: date, by: Actor, at: datetime) -> PriceList:
    """Take a published list down from a day on; it stays readable for ever.

    ends_on   the first day on which it is no longer in force
    raises    Invalid, WrongState
    source    PRC-3
    """
    with doing("pricing.retire", on=price_list, by=by, at=at) as deed:
        price_list = _lock(price_list)
        if ends_on <= price_list.starts_on or (price_list.ends_on is not None and ends_on > price_list.ends_on):
            raise Invalid(Sentence(N_("Name a day on which the list is in force.")), field="ends_on")
        advance(
            price_list,
            to=rules.State.RETIRED,
            arrows=rules.ARROWS,
            labels=rules.LABELS,
            by=by,
            at=at,
            deed=deed,
            ends_on=ends_on,
        )
    return price_list


def hold_to_list(line: PriceLine, *, price_minor: int) -> None:
    """Refuse a price for one unit that the published line does not allow.

    price_minor   minor units of the list's currency
    raises        PriceOutsideList
    source        PRC-2; EX-10
    """
    verdict = rules.judge(price_minor, line.min_minor, line.max_minor, currency=line.price_list.currency)
    if verdict.refused:
        raise PriceOutsideList(*verdict.because)


def _lock(price_list: PriceList) -> PriceList:
    return PriceList.objects.select_for_update(of=("self",)).select_related("unit").get(pk=price_list.pk)


def _draft(price_list: PriceList) -> PriceList:
    price_list = _lock(price_list)
    if price_list.state != rules.State.DRAFT:
        raise WrongState(Sentence(N_("A published list is never edited: draft a new one.")))
    return price_list


def _refuse_odd(least: int, most: int, unit: str) -> None:
    if not 0 <= least <= most:
        raise Invalid(
            Sentence(N_("The least price is not less than nothing, and not above the most.")), field="min_minor"
        )
    if most > MINOR_MAX:
        raise Invalid(Sentence(N_("This is more than any bill.")), field="max_minor")
    if not unit.strip() or len(unit.strip()) > 40:
        raise Invalid(Sentence(N_("Say what the price is for, such as: per piece.")), field="unit")


def _succeed(price_list: PriceList, *, today: date, deed: Deed) -> None:
    """End the open list of the same scope on the day on which this one starts."""
    before = PriceList.objects.select_for_update().filter(
        queries.of_scope(price_list.unit_id), state=rules.State.PUBLISHED, ends_on__isnull=True
    )
    for earlier in before.filter(starts_on__lt=price_list.starts_on):
        if price_list.starts_on < today:
            raise StartsInPast
        if price_list.ends_on is None:
            earlier.ends_on = price_list.starts_on
            earlier.save(update_fields=["ends_on"])
            deed.note(ends=earlier.number)
