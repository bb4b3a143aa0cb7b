"""The units that are given in the place of others: on the list, kept for one case, in the customer's hands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.line.exchange import events, queries
from guiju.line.exchange.actions.life import NotNeeded, lock, require, step
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.exchange.rules import CaseState, Choice, Ground
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance, Brand, Model, ProductLine
from guiju.standing.catalogue.rules import SERIAL_LONGEST
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class UnitKnown(Refusal):
    """The same plate twice."""

    sentence = N_("A unit with this serial number is on the list already.")
    field = "serial"


class NotNew(Refusal):
    """What was sold or repaired before is not new (TG-16, WTY-4)."""

    sentence = N_("This serial number has a card: the unit was sold or repaired before, and is not new.")
    field = "is_new"
    status = 422


class UnitTaken(Refusal):
    """It is kept for somebody else, or it is gone."""

    sentence = N_("This unit is not here to be given. Choose another one.")
    field = "other"


class NotAgreed(Refusal):
    """A used unit, or another model, only with the customer's name under it (WTY-4)."""

    sentence = N_("A used unit or another model is given only when the customer has agreed in writing.")
    field = "consent"
    status = 422


class SameModelHere(Refusal):
    """There is one of the same model."""

    sentence = N_("A new unit of the same model stands here: %(serial)s. It comes first.")
    field = "other"


def add_unit(
    *,
    unit: Unit,
    brand: Brand,
    line: ProductLine,
    serial: str,
    model: Model | None = None,
    is_new: bool = True,
    price_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> ExchangeUnit:
    """Put a unit on the list of those that are given in exchange.

    price_minor   what it costs in the shop today, in minor units of the outlet's currency
    raises   UnitKnown, NotNew, ModelOfAnother, Invalid
    source   S6-20 "stock of exchange units", TG-16
    """
    with doing("exchange.add_unit", unit_id=unit.pk, by=by, at=at) as deed:
        if model is not None and (model.brand_id, model.line_id) != (brand.pk, line.pk):
            raise catalogue.ModelOfAnother(model=model.code)
        written = " ".join(serial.split())
        folded = fold(written)
        if not folded or len(written) > SERIAL_LONGEST:
            raise catalogue.SerialUnreadable(most=SERIAL_LONGEST)
        if price_minor is not None and price_minor < 1:
            raise Invalid(Sentence(N_("A price is more than nothing.")), field="price_minor")
        if is_new and Appliance.objects.filter(brand=brand, folded_serial=folded).exists():
            raise NotNew
        with refusing(exchange_unit_serial_stands_once_in_a_unit=UnitKnown):
            added = ExchangeUnit.objects.create(
                unit=unit, brand=brand, line=line, model=model, serial=written, folded_serial=folded, is_new=is_new,
                price_minor=price_minor, added_at=at,
            )  # fmt: skip
        deed.about(added)
    return added


def retire_unit(other: ExchangeUnit, *, reason: str, by: Actor, at: datetime) -> ExchangeUnit:
    """Take a unit off the list: sold, sent on, broken.

    raises   UnitTaken, ReasonMissing
    """
    with doing("exchange.retire_unit", on=other, by=by, at=at) as deed:
        why = workorder.reasoned(reason)
        found = _free(other, other.unit)
        ExchangeUnit.objects.filter(pk=found.pk).update(retired_at=at, retired_because=why[:300])
        found.retired_at, found.retired_because = at, why[:300]
        deed.note(serial=found.serial, reason=why)
    return found


def allocate(case: ExchangeCase, *, other: ExchangeUnit, by: Actor, at: datetime) -> ExchangeCase:
    """Keep a unit for the customer: a new one of the same model, or a used one or another model for which the customer has signed.

    raises   WrongState, NotNeeded, UnitTaken, NotAgreed, SameModelHere, PartsUnaccounted
    source   3.5 "same model available"; WTY-4, TG-16
    """
    with doing("exchange.allocate", on=case.order, by=by, at=at) as deed:
        case = lock(case)
        require(case, CaseState.APPROVED, CaseState.OPTION_OFFERED)
        order = case.order
        if case.choice != Choice.EXCHANGE:
            raise NotNeeded
        chosen = free_unit(other, order)
        is_same = queries.is_same_model(order, chosen)
        agreed: dict[str, Any] = {}
        if not (is_same and chosen.is_new):
            if (first := queries.same_model(order).first()) is not None:
                raise SameModelHere(serial=first.serial)
            offer = queries.offer_of(case)
            if offer is None or offer.agreed_at is None or offer.other_id != chosen.pk:
                raise NotAgreed
            agreed = {"offer": offer, "consent_id": offer.consent_id, "difference_minor": offer.difference_minor}
        with refusing(
            exchange_unit_used_or_other_was_agreed_in_writing=NotAgreed, exchange_unit_goes_to_one_customer=UnitTaken
        ):
            kept = {"other": chosen, "is_new": chosen.is_new, "is_same_model": is_same}
            step(case, CaseState.ALLOCATED, deed, **kept, **agreed)
        workshop.refuse_unaccounted(order)
        # Nobody pays for the repair any more: the bill says what is left of it, and what the other unit costs more.
        workorder.advance(order, to=State.READY, by=by, at=at, deed=deed, ready_at=at)
        deed.note(case=case.number, serial=chosen.serial, is_new=chosen.is_new, is_same_model=is_same)
        deed.tell(events.UnitAllocated(order.pk, order.number, case.pk, case.number, chosen.serial))
    return case


def hand_over_unit(case: ExchangeCase, *, deed: Deed, at: datetime) -> Appliance:
    """Write down, inside the deed of the hand-over, that the customer has the other unit: a card of its own, both serials known.

    source   3.5 "hand over", WTY-2; EX-3, B10, B13
    """
    case = lock(case)
    require(case, CaseState.ALLOCATED)
    other, old = case.other, case.order.appliance
    if other is None:
        raise LookupError(f"{case.number} is allocated and has no unit")
    new = catalogue.replace_appliance(
        old, serial=other.serial, brand=other.brand, model=other.model, again=other.came_of_id is not None,
        by=deed.consequence(), at=at,
    )  # fmt: skip
    step(case, CaseState.EXCHANGED, deed, replacement=new, settled_at=at, **_outlet_fee(case, at))
    deed.note(case=case.number, old_serial=old.serial, new_serial=new.serial)
    deed.tell(events.UnitExchanged(case.order_id, case.order.number, case.pk, case.number, old.serial, new.serial))
    return new


def free_unit(other: ExchangeUnit, order: WorkOrder) -> ExchangeUnit:
    """A unit of the order's own kind of appliance that stands here for nobody, locked until the deed is done.

    raises   UnitTaken
    """
    chosen = _free(other, order.unit)
    if chosen.line_id != order.appliance.line_id:
        raise UnitTaken(Sentence(N_("This is another kind of appliance.")))
    return chosen


def _outlet_fee(case: ExchangeCase, at: datetime) -> dict[str, Any]:
    """What the brand owes the outlet for its trouble; there is no statement yet that takes it over, so that the case keeps it.

    source   3.5 "STL exchange fee", 2.12 FeeSchedule
    """
    if case.ground == Ground.PAID:
        return {}
    unit = case.order.unit
    fee = policy.figure("stl.exchange_fee", unit=unit, on=unit.day(at))
    return {"outlet_fee_minor": fee.value, "outlet_fee_source": fee.version[:200]}


def keep_refurbished(case: ExchangeCase, at: datetime) -> ExchangeUnit:
    """The old unit, on the list again as what it is."""
    old = case.order.appliance
    if not old.folded_serial:
        raise Invalid(Sentence(N_("A unit without a serial number is not given to anybody.")), field="disposition")
    with refusing(exchange_unit_serial_stands_once_in_a_unit=UnitKnown):
        return ExchangeUnit.objects.create(
            unit=case.order.unit, brand=old.brand, line=old.line, model=old.model, serial=old.serial,
            folded_serial=old.folded_serial, is_new=False, came_of=case, added_at=at,
        )  # fmt: skip


def _free(other: ExchangeUnit, unit: Unit) -> ExchangeUnit:
    """That unit, if it stands there for nobody, locked until the deed is done."""
    # Two who reach for the same unit stand in a row here.
    list(ExchangeUnit.objects.select_for_update(of=("self",)).filter(pk=other.pk))
    found = queries.free_units(unit).filter(pk=other.pk).first()
    if found is None:
        raise UnitTaken
    return found
