"""A unit that is used or of another model: offered with its difference in price, and signed for by the customer (3.5, WTY-4)."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.exchange import events, queries, rules
from guiju.line.exchange.actions.life import NotNeeded, SamePerson, amend, lock, require, step
from guiju.line.exchange.actions.units import NotAgreed, SameModelHere, free_unit
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit, UnitOffer
from guiju.line.exchange.rules import CaseState, Choice, Ground
from guiju.line.workorder import queries as orders


class UnitUnpriced(Refusal):
    """Without its price there is no difference."""

    sentence = N_("Write what this unit costs in the shop today: the difference is reckoned from it.")
    field = "price_minor"
    status = 422


class PriceStands(Refusal):
    """The list of units says what it costs, and no counter says otherwise."""

    sentence = N_("This unit costs %(price)s: its price stands on the list of units.")
    field = "price_minor"
    status = 422


class NoDifference(Refusal):
    """The other unit cost as much or more, or the customer has the money."""

    sentence = N_("Nothing of the difference in price has to go back.")


class NothingOffered(Refusal):
    """There is nothing to sign."""

    sentence = N_("No unit is offered to the customer now.")


class AgreedAlready(Refusal):
    """One signature is enough."""

    sentence = N_("The customer has agreed to this unit already.")


def offer_unit(
    case: ExchangeCase, *, other: ExchangeUnit, price_minor: int | None = None, by: Actor, at: datetime
) -> ExchangeCase:
    """Offer a similar model, or a used unit, with what it costs more or less than was paid; an offer before it counts no more.

    price_minor   what it costs in the shop today, in minor units of the job's currency; what the list of units says unless given.
                  Where the customer pays for another unit, the quote says it and there is no difference
    raises        WrongState, NotNeeded, UnitTaken, SameModelHere, UnitUnpriced, PriceStands
    source        3.5 "similar model (price diff)", WTY-4
    """
    with doing("exchange.offer_unit", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        require(case, CaseState.APPROVED, CaseState.OPTION_OFFERED)
        if case.choice != Choice.EXCHANGE:
            raise NotNeeded
        chosen = free_unit(other, case.order)
        if (standing := queries.same_model(case.order).first()) is not None:
            raise SameModelHere(serial=standing.serial)
        price = _price(case, chosen, price_minor)
        if case.state == CaseState.APPROVED:
            step(case, CaseState.OPTION_OFFERED, deed)
            deed.tell(events.OptionOffered(case.order_id, case.order.number, case.pk, case.number))
        end_offers(case, at)
        offer = UnitOffer.objects.create(
            case=case, other=chosen, is_new=chosen.is_new, is_same_model=queries.is_same_model(case.order, chosen),
            paid_minor=case.price_minor, price_minor=price,
            difference_minor=rules.difference(paid_minor=case.price_minor, price_minor=price),
            offered_by_id=by.person_id, offered_at=at,
        )  # fmt: skip
        deed.note(case=case.number, serial=chosen.serial, price_minor=price, difference_minor=offer.difference_minor)
        deed.tell(
            events.UnitOffered(
                case.order_id, case.order.number, case.pk, case.number, offer.difference_minor, case.currency
            )
        )
    return case


def agree_to_unit(case: ExchangeCase, *, consent: Evidence | None, by: Actor, at: datetime) -> ExchangeCase:
    """The customer signs for the unit that is offered, and for its difference in price.

    consent   the signature, kept as a picture of the job's own outlet
    raises    WrongState, NothingOffered, AgreedAlready, UnitTaken, NotAgreed, Invalid
    source    3.5, WTY-4
    """
    with doing("exchange.agree_to_unit", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        require(case, CaseState.OPTION_OFFERED)
        offer = queries.offer_of(case)
        if offer is None:
            raise NothingOffered
        if offer.agreed_at is not None:
            raise AgreedAlready
        if consent is None:
            raise NotAgreed
        if consent.unit_id != case.order.unit_id:
            raise Invalid(Sentence(N_("This picture belongs to another outlet.")), field="consent")
        free_unit(offer.other, case.order)
        UnitOffer.objects.filter(pk=offer.pk).update(
            consent=consent, agreed_at=at, agreed_by_name=case.order.customer.name
        )
        deed.note(case=case.number, serial=offer.other.serial, difference_minor=offer.difference_minor)
        deed.tell(events.UnitAgreed(case.order_id, case.order.number, case.pk, case.number))
    return case


def decline_unit(case: ExchangeCase, *, note: str = "", by: Actor, at: datetime) -> ExchangeCase:
    """The customer does not want the unit that is offered. The case stands where it stood: another unit, the whole price, or the repair.

    note      what the customer would like instead; none need be given
    raises    WrongState, NothingOffered, AgreedAlready
    source    3.5 "similar model (price diff) or refund"
    """
    with doing("exchange.decline_unit", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        require(case, CaseState.OPTION_OFFERED)
        offer = queries.offer_of(case)
        if offer is None:
            raise NothingOffered
        if offer.agreed_at is not None:
            raise AgreedAlready
        said = note.strip()[:400]
        UnitOffer.objects.filter(pk=offer.pk).update(declined_at=at, declined_note=said, ended_at=at)
        deed.note(case=case.number, serial=offer.other.serial, note=said)
        deed.tell(events.UnitDeclined(case.order_id, case.order.number, case.pk, case.number, said))
    return case


def settle_difference(case: ExchangeCase, *, number: str, bank_ref: str, deed: Deed) -> ExchangeCase:
    """Keep what went back of the difference, inside the deed of the one who pays it: once, and by another than granted the exchange.

    raises   WrongState, NoDifference, SamePerson
    source   3.5 "similar model (price diff)"
    """
    case = lock(case)
    require(case, CaseState.ALLOCATED, CaseState.EXCHANGED)
    if case.difference_minor >= 0 or case.difference_number:
        raise NoDifference
    with refusing(exchange_difference_goes_back_by_another_than_granted_it=SamePerson):
        amend(
            case, difference_number=number, difference_ref=bank_ref, difference_paid_by_id=deed.by.natural_person_id,
            difference_paid_at=deed.at,
        )  # fmt: skip
    return case


def end_offers(case: ExchangeCase, at: datetime) -> None:
    """What was offered counts no more."""
    UnitOffer.objects.filter(case=case, ended_at__isnull=True).update(ended_at=at)


def _price(case: ExchangeCase, chosen: ExchangeUnit, told: int | None) -> int:
    if case.ground == Ground.PAID:
        # The quote says what it costs: the signature is under the unit alone.
        return case.price_minor
    if chosen.price_minor is not None:
        if told not in {None, chosen.price_minor}:
            raise PriceStands(price=orders.money(case.order, chosen.price_minor))
        return chosen.price_minor
    if told is None or told < 1:
        raise UnitUnpriced
    return told
