"""The cards of single machines, and what was done to them before."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_
from guiju.standing.catalogue import rules
from guiju.standing.catalogue.actions.lists import add_brand
from guiju.standing.catalogue.models import Appliance, Brand, Model, ProductLine, ServiceRecord
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit


class SerialKnown(Refusal):
    """One machine has one card in a unit."""

    sentence = N_(
        "The serial number %(serial)s stands on the card of %(name)s. If the appliance changed hands, change that card."
    )
    field = "serial"


class SerialUnreadable(Refusal):
    """A serial number that nobody could search."""

    sentence = N_(
        "Write the serial number as the plate shows it, in at most %(most)s characters; leave it empty when there is none."
    )
    field = "serial"
    status = 422


class SerialOfAnother(Refusal):
    """A plate belongs to one maker."""

    sentence = N_(
        "The serial number %(serial)s stands on the card of an appliance of %(brand)s. Look at the plate again: the brand or the"
        " number is another one."
    )
    field = "serial"
    status = 422


class ModelOfAnother(Refusal):
    """The model is not one of this brand and line."""

    sentence = N_("The model %(model)s is not of this brand and product line.")
    field = "model"
    status = 422


class CustomerElsewhere(Refusal):
    """The customer's card is in another unit."""

    sentence = N_("This customer has no card in this unit yet.")
    field = "customer"
    status = 422


class AlreadyReplaced(Refusal):
    """One unit is given in the place of another, once."""

    sentence = N_("Another unit was given in the place of this one already.")


class DateInFuture(Refusal):
    """Nothing was bought or installed tomorrow."""

    sentence = N_("This date lies in the future.")
    status = 422


def register_appliance(
    *,
    unit: Unit,
    brand: Brand | str,
    line: ProductLine,
    serial: str = "",
    model: Model | None = None,
    customer: Customer | None = None,
    made_on: date | None = None,
    purchased_on: date | None = None,
    delivered_on: date | None = None,
    installed_on: date | None = None,
    invoice_no: str = "",
    invoice_minor: int | None = None,
    proof: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> Appliance:
    """Make the card of one machine, or give back the card that this customer's machine has.

    brand           a name that is new is entered
    invoice_minor   minor units of the unit's currency
    proof           the picture of the invoice or of the guarantee card
    raises          SerialKnown, SerialOfAnother, SerialUnreadable, ModelOfAnother, CustomerElsewhere, DateInFuture, BrandUnreadable
    source          B01, A14
    """
    with doing("catalogue.register_appliance", unit_id=unit.pk, by=by, at=at) as deed:
        if isinstance(brand, str):
            brand = add_brand(name=brand or rules.UNKNOWN_BRAND, by=deed.consequence(), at=at)
        _refuse_misfit(unit, brand, line, model, customer)
        days = {
            "made_on": made_on, "purchased_on": purchased_on, "delivered_on": delivered_on, "installed_on": installed_on,
        }  # fmt: skip
        _refuse_future(unit, at, **days)
        written = _serial(serial)
        standing = _standing(unit, brand, written["folded_serial"], refuse_others=True)
        if standing is not None:
            return _same_card(standing, customer, deed)
        told = {**days, "proof": proof, **_invoice(unit, invoice_no, invoice_minor)}
        with refusing(appliance_serial_stands_once_in_a_unit=SerialKnown(serial=serial, name="—")):
            appliance = Appliance.objects.create(
                unit=unit, brand=brand, line=line, model=model, customer=customer, registered_at=at, **written, **told
            )
        deed.about(turn.keep_new(appliance))
    return appliance


def change_appliance(
    appliance: Appliance,
    *,
    serial: str | None = None,
    model: Model | None = None,
    customer: Customer | None = None,
    made_on: date | None = None,
    purchased_on: date | None = None,
    delivered_on: date | None = None,
    installed_on: date | None = None,
    invoice_no: str | None = None,
    invoice_minor: int | None = None,
    proof: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> Appliance:
    """Correct the card, or give it to a new owner; what is not given stays.

    raises   SerialKnown, SerialUnreadable, ModelOfAnother, CustomerElsewhere, DateInFuture
    """
    with doing("catalogue.change_appliance", on=appliance, by=by, at=at) as deed:
        appliance = _lock(appliance)
        unit = appliance.unit
        _refuse_misfit(unit, appliance.brand, appliance.line, model, customer)
        days = {
            "made_on": made_on, "purchased_on": purchased_on, "delivered_on": delivered_on, "installed_on": installed_on,
        }  # fmt: skip
        _refuse_future(unit, at, **days)
        given: dict[str, Any] = {
            "model": model,
            "customer": customer,
            **days,
            "proof": proof,
            "invoice_no": invoice_no,
            "invoice_minor": invoice_minor,
            "invoice_currency": unit.currency if invoice_minor is not None else None,
        } | (_serial(serial) if serial is not None else {})
        changed = {
            name: value for name, value in given.items() if value is not None and getattr(appliance, name) != value
        }
        deed.note(before={name: getattr(appliance, name) for name in changed}, after=changed)
        for name, value in changed.items():
            setattr(appliance, name, value)
        if changed:
            with refusing(appliance_serial_stands_once_in_a_unit=SerialKnown(serial=serial, name="—")):
                appliance.save(update_fields=list(changed))
    return appliance


def replace_appliance(
    old: Appliance,
    *,
    serial: str,
    brand: Brand | None = None,
    model: Model | None = None,
    again: bool = False,
    by: Actor,
    at: datetime,
) -> Appliance:
    """Give the owner another unit in the place of this one: a card of its own, and both serials kept (B13).

    The dates of the sale go over to the new card; whether the guarantee runs anew from today is for the warranty's law to say.

    brand, model   None: the same as before
    again          the unit was refurbished, and has its card from its first owner already: that card goes on
    raises         AlreadyReplaced, SerialKnown, SerialUnreadable, ModelOfAnother
    source         3.5 "hand over", WTY-2, TG-16
    """
    with doing("catalogue.replace_appliance", on=old, by=by, at=at) as deed:
        old = _lock(old)
        brand = brand or old.brand
        model = model or (old.model if brand.pk == old.brand_id else None)
        _refuse_misfit(old.unit, brand, old.line, model, old.customer)
        written = _serial(serial)
        if not written["serial"] or (brand.pk == old.brand_id and written["folded_serial"] == old.folded_serial):
            raise SerialUnreadable(most=rules.SERIAL_LONGEST)
        kept = {
            name: getattr(old, name)
            for name in (
                "customer", "purchased_on", "delivered_on", "installed_on", "invoice_no", "invoice_minor",
                "invoice_currency", "proof",
            )
        }  # fmt: skip
        given = {**kept, "model": model, "replaces": old, "replaced_on": old.unit.day(at)}
        standing = _standing(old.unit, brand, written["folded_serial"]) if again else None
        with refusing(
            appliance_serial_stands_once_in_a_unit=SerialKnown(serial=serial, name="—"),
            catalogue_appliance_replaces_id=AlreadyReplaced,
        ):
            if standing is None:
                new = Appliance.objects.create(
                    unit=old.unit, brand=brand, line=old.line, registered_at=at, **written, **given
                )
            elif standing.replaces_id is None:
                new = _given_again(standing, given)
            else:
                raise SerialKnown(serial=serial, name=standing.customer.name if standing.customer else "—")
        deed.note(replaced_by=new.serial)
    return new


def _given_again(card: Appliance, given: Mapping[str, Any]) -> Appliance:
    for name, value in given.items():
        setattr(card, name, value)
    card.save(update_fields=list(given))
    return card


def record_service(
    appliance: Appliance,
    *,
    source: str,
    source_id: str,
    event_on: date | None,
    problem: str,
    outcome: str,
    barrier: str = "",
    raw: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> ServiceRecord:
    """Add a repair to the machine's history; the same one of the same source is recorded once.

    source      who tells it: "guiju" with the order's number, or a data provider with its own number
    """
    with doing("catalogue.record_service", on=appliance, by=by, at=at) as deed:
        record, _ = ServiceRecord.objects.get_or_create(
            source=source,
            source_id=source_id,
            defaults={
                "appliance": appliance,
                "event_on": event_on,
                "problem": problem,
                "outcome": rules.Outcome(outcome),
                "barrier": rules.Barrier(barrier) if barrier else "",
                "raw": dict(raw or {}),
            },
        )
        deed.note(record=str(record))
    return record


def _lock(appliance: Appliance) -> Appliance:
    rows = Appliance.objects.select_for_update(of=("self",)).select_related("unit", "brand", "line")
    return rows.get(pk=appliance.pk)


def _serial(serial: str) -> dict[str, str]:
    written = " ".join(serial.split())
    folded = fold(written)
    if len(written) > rules.SERIAL_LONGEST or (written and not folded):
        raise SerialUnreadable(most=rules.SERIAL_LONGEST)
    return {"serial": written, "folded_serial": folded}


def _invoice(unit: Unit, number: str, minor: int | None) -> dict[str, Any]:
    currency = unit.currency if minor is not None else ""
    return {"invoice_no": number.strip()[:60], "invoice_minor": minor, "invoice_currency": currency}


def _standing(unit: Unit, brand: Brand, folded: str, *, refuse_others: bool = False) -> Appliance | None:
    """The card with this number, if it is of this brand.

    raises   SerialOfAnother where asked to refuse, and only cards of other makers have a number so long
    """
    if not folded:
        return None
    alike = _STANDING(unit=unit.pk, folded=folded)
    own = next((each for each in alike if each.brand_id == brand.pk), None)
    if own is None and alike and refuse_others and len(folded) >= rules.SERIAL_OF_ONE_MAKER:
        raise SerialOfAnother(serial=alike[0].serial, brand=alike[0].brand.name)
    return own


def _with_serial(*, unit: Any, folded: Any) -> QuerySet[Appliance]:
    rows = Appliance.objects.select_for_update(of=("self",)).select_related("customer", "brand").order_by("pk")
    return rows.filter(unit_id=unit, folded_serial=folded)


_STANDING: Prepared[Appliance] = Prepared(_with_serial)


def _same_card(standing: Appliance, customer: Customer | None, deed: Deed) -> Appliance:
    """The card that stands, if it may be this customer's."""
    owner = standing.customer
    if owner is not None and customer is not None and owner.pk != customer.pk:
        raise SerialKnown(serial=standing.serial, name=owner.name, appliance_id=standing.pk)
    if owner is None and customer is not None:
        standing.customer = customer
        standing.save(update_fields=["customer"])
    deed.about(standing)
    return standing


def refuse_serial_of_another(unit: Unit, *, brand: str, serial: str) -> None:
    """Refuse a serial number that stands on the card of another maker's appliance; the brand is as somebody typed it.

    raises   SerialOfAnother, SerialUnreadable
    """
    written, known = _serial(serial), fold(brand)
    other = _of_others(unit, written["folded_serial"]).exclude(brand__folded=known).first()
    if other is not None:
        raise SerialOfAnother(serial=written["serial"], brand=other.brand.name)


def _of_others(unit: Unit, folded: str) -> QuerySet[Appliance]:
    rows = Appliance.objects.filter(unit=unit, folded_serial=folded).select_related("brand")
    return rows if len(folded) >= rules.SERIAL_OF_ONE_MAKER else rows.none()


def _refuse_misfit(unit: Unit, brand: Brand, line: ProductLine, model: Model | None, customer: Customer | None) -> None:
    if model is not None and (model.brand_id, model.line_id) != (brand.pk, line.pk):
        raise ModelOfAnother(model=model.code)
    if customer is not None and customer.unit_id != unit.pk:
        raise CustomerElsewhere


def _refuse_future(unit: Unit, at: datetime, **days: date | None) -> None:
    today = unit.day(at)
    for field, day in days.items():
        if day is not None and day > today:
            raise DateInFuture(field=field)
