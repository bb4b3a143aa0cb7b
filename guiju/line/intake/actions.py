"""The verbs of the front desk: register, receive, cancel, and give accessories back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from guiju.kernel import lifecycle, secrets
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, NotOffered, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.intake import queries
from guiju.line.intake.events import Cancelled, DeviceReceived, Registered
from guiju.line.intake.models import Accessory, ClaimTag, IntakeCheck, IntakePhoto, ServiceRequest
from guiju.line.intake.rules import REQUEST_ARROWS, RequestState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import OURS, Channel, FeeCollection, Held, Mode, Outcome, Priority, State
from guiju.standing.catalogue.models import Appliance, FaultCode
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import queries as coverage
from guiju.standing.warranty.rules import Coverage, PauseCause

TAG_SERIES = "CT"
Word = TypeVar("Word", bound=StrEnum)


class OpenAlready(Refusal):
    """CRM-2: a second order for the same fault would be a duplicate."""

    sentence = N_("This appliance is on order %(number)s already, which is not finished.")
    field = "appliance"


class TermsNotAccepted(Refusal):
    """PRC-4: nothing is charged that the customer has not seen."""

    sentence = N_("The customer has to accept the test fee, the date and how to pay before the order is made.")
    field = "terms_accepted"
    status = 422


class TooFewPhotos(Refusal):
    """How the appliance came must be beyond dispute."""

    sentence = N_("Take at least %(least)s different photos of the appliance; there are %(given)s.")
    field = "photos"
    status = 422


class DiscrepancyNotSigned(Refusal):
    """Another serial than the papers say: the customer signs for what was found."""

    sentence = N_("The serial number differs: write down which one was found, and have it signed.")
    field = "discrepancy_note"
    status = 422


class AccessoriesMissing(Refusal):
    """WO-13."""

    sentence = N_("Not all accessories go back: write down why, and have it signed.")
    field = "exception_note"
    status = 422


def register(
    *,
    unit: Unit,
    customer: Customer,
    appliance: Appliance,
    problem: str,
    symptoms: Iterable[FaultCode] = (),
    channel: str = Channel.COUNTER,
    mode: str = Mode.CARRY_IN,
    fee_collection: str = FeeCollection.ON_COLLECTION,
    terms_accepted: bool,
    language: str | None = None,
    contact: str = "",
    parent: WorkOrder | None = None,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Order a repair: a number, a promised date, the test fee of the list, and what the warranty probably says.

    language   in which the customer is written to; the customer's own unless told otherwise
    parent     the repair that this one makes good; then the job is urgent and free until the diagnosis says otherwise
    raises     TermsNotAccepted, OpenAlready, Invalid, ModeNotOffered
    source     S6-01, S6-09, S6-10, S6-11; 3.2 "register". At most 20 statements.
    """
    with doing("intake.register", on=None, unit_id=unit.pk, by=by, at=at) as deed:
        if not terms_accepted:
            raise TermsNotAccepted
        if _word(Mode, mode, "mode") is not Mode.CARRY_IN:
            raise workorder.ModeNotOffered
        _belong(unit, customer, appliance)
        terms = queries.terms_for(unit=unit, appliance=appliance, at=at)
        if terms.standing:
            raise OpenAlready(number=terms.standing)
        order = workorder.open_order(
            unit=unit,
            customer=customer,
            appliance=appliance,
            problem=_text(problem, "problem", N_("Write down what the customer says is wrong.")),
            symptoms=symptoms,
            parent=parent,
            channel=_word(Channel, channel, "channel"),
            fee_collection=_word(FeeCollection, fee_collection, "fee_collection"),
            language=language or customer.language,
            currency=unit.currency,
            terms_accepted_at=at,
            **_rework() if parent else _charged(terms),
            at=at,
            deed=deed,
        )
        workorder.precheck_coverage(order, terms.verdict, by=by, at=at)
        promised = {"promised_at": terms.promise.at, "first_promised_at": terms.promise.at}
        workorder.advance(order, to=State.REGISTERED, by=by, at=at, deed=deed, registered_at=at, **promised)
        _write_request(order, contact, at)
        deed.note(promised_at=terms.promise.at, because=terms.promise.because, test_fee_minor=order.test_fee_minor)
        deed.tell(Registered(order.pk, order.number, terms.promise.at))
    return order


def receive(
    order: WorkOrder,
    *,
    condition: str,
    reproduced: bool,
    photos: Sequence[Evidence],
    signature: Evidence,
    shelf: str,
    accessories: Iterable[tuple[str, int]] = (),
    serial_matches: bool = True,
    discrepancy_note: str = "",
    declared_value_minor: int = 0,
    data_statement: str = "",
    person: Person | None = None,
    by: Actor,
    at: datetime,
) -> ClaimTag:
    """Take the appliance over the counter: checked, pictured, signed, tagged, and put on a shelf.

    condition     in words: scratches, dents, what is missing
    photos        at least `intake.photos_min`, each a different picture
    person        who took it, where that is not who types
    raises        WrongState, TooFewPhotos, DiscrepancyNotSigned, Invalid, PlaceMissing, ApplianceElsewhere
    source        S6-07, S6-12; 3.2 "receive device"; TG-7 (a guarantee stands still while we have the appliance)
    """
    with doing("intake.receive", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.REGISTERED)
        _enough_photos(order, photos, signature, at)
        if not serial_matches and len(discrepancy_note.strip()) < 5:
            raise DiscrepancyNotSigned
        if declared_value_minor < 0:
            raise Invalid(Sentence(N_("A value is not negative.")), field="declared_value_minor")
        if not shelf.strip():
            raise workorder.PlaceMissing
        workorder.advance(order, to=State.RECEIVED, by=by, at=at, deed=deed, received_at=at)
        holder = order.unit.code
        workorder.move_custody(
            order, to=Held.IN_SHOP, holder=holder, place=shelf, person=person, by=deed.consequence(), at=at
        )
        IntakeCheck.objects.create(
            order=order,
            condition=_text(condition, "condition", N_("Describe the appliance: scratches, dents, what is missing.")),
            reproduced=reproduced,
            serial_matches=serial_matches,
            discrepancy_note="" if serial_matches else discrepancy_note.strip(),
            declared_value_minor=declared_value_minor,
            data_statement=data_statement.strip(),
            signature=signature,
            received_by_id=person.pk if person else by.person_id,
            received_by_name=person.name if person else by.name,
            at=at,
        )
        IntakePhoto.objects.bulk_create([IntakePhoto(order=order, evidence=photo) for photo in photos])
        _list_accessories(order, accessories)
        tag = _give_tag(order, at)
        _pause_warranty(order, deed, at)
        _rebase_promise(order, deed, at)
        deed.note(shelf=shelf, photos=len(photos), tag=tag.number, serial_matches=serial_matches)
        deed.tell(DeviceReceived(order.pk, order.number, tag.number))
    return tag


def cancel(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """Let the customer stop at any time before the repair is done; an appliance that we hold goes home through DECLINED.

    raises   WrongState once the repair is done; Invalid without a reason
    source   3.2 "cancel by customer"; Civil Code 787
    """
    with doing("intake.cancel", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        was, is_held = order.state, order.held in OURS
        reason = _text(reason, "reason", N_("Give a reason of at least five letters."), least=5)
        if order.hold:
            workorder.release_hold(order, by=deed.consequence(), at=at)
            order = workorder.lock(order)
        if is_held:
            workorder.advance(order, to=State.DECLINED, by=by, at=at, deed=deed)
        else:
            workorder.advance(order, to=State.CANCELLED, by=by, at=at, deed=deed, outcome=Outcome.CANCELLED)
        _cancel_request(order, by, deed, at)
        deed.note(was=was, reason=reason)
        deed.tell(Cancelled(order.pk, order.number, was, is_held, reason))
    return order


def return_accessories(
    order: WorkOrder, *, returned: Mapping[int, int], exception_note: str = "", by: Actor, at: datetime
) -> None:
    """Give back what came with the appliance; what is missing needs a written reason.

    returned   quantity by the accessory's key; one that is not named did not go back
    raises     AccessoriesMissing, Invalid
    source     WO-13
    """
    with doing("intake.return_accessories", on=order, by=by, at=at) as deed:
        listed = list(Accessory.objects.select_for_update().filter(order=order))
        if set(returned) - {accessory.pk for accessory in listed}:
            raise Invalid(Sentence(N_("This accessory did not come with the appliance.")), field="accessories_returned")
        if any(not 0 <= returned.get(accessory.pk, 0) <= accessory.quantity for accessory in listed):
            raise Invalid(Sentence(N_("No more goes back than came.")), field="accessories_returned")
        for accessory in listed:
            accessory.returned_quantity = returned.get(accessory.pk, 0)
            if accessory.returned_quantity < accessory.quantity:
                accessory.exception_note = exception_note.strip()
            with refusing(accessory_missing_has_an_exception=AccessoriesMissing):
                accessory.save(update_fields=["returned_quantity", "exception_note"])
        deed.note(
            returned={accessory.name: accessory.returned_quantity for accessory in listed}, exception=exception_note
        )


def _belong(unit: Unit, customer: Customer, appliance: Appliance) -> None:
    """G-3: one outlet never works on another's cards."""
    if customer.unit_id != unit.pk:
        raise Invalid(Sentence(N_("This customer's card belongs to another outlet.")), field="customer")
    if appliance.unit_id != unit.pk:
        raise Invalid(Sentence(N_("This appliance's card belongs to another outlet.")), field="appliance")


def _charged(terms: queries.Terms) -> dict[str, Any]:
    fee = terms.test_fee
    return {"test_fee_minor": terms.test_fee_minor, "price_list": fee.price_list if fee else None}


def _rework() -> dict[str, Any]:
    # WO-11: free of charge, and before others.
    return {"priority": Priority.HIGH, "coverage": Coverage.REPAIR_WARRANTY}


def _write_request(order: WorkOrder, contact: str, at: datetime) -> None:
    """A walk-in's request has the digits of its order: whoever holds either paper finds both."""
    ServiceRequest.objects.create(
        number=order.number.replace(workorder.SERIES, "SR", 1),
        unit=order.unit,
        customer=order.customer,
        channel=order.channel,
        state=RequestState.CONVERTED,
        contact=contact.strip(),
        order=order,
        at=at,
    )


def _cancel_request(order: WorkOrder, by: Actor, deed: Deed, at: datetime) -> None:
    request = ServiceRequest.objects.filter(order=order, state=RequestState.CONVERTED).first()
    if request is not None:
        lifecycle.advance(request, to=RequestState.CANCELLED, arrows=REQUEST_ARROWS, by=by, at=at, deed=deed)


def _enough_photos(order: WorkOrder, photos: Sequence[Evidence], signature: Evidence, at: datetime) -> None:
    least = policy.figure("intake.photos_min", unit=order.unit, on=order.unit.day(at)).value
    different = {photo.sha256 for photo in photos}
    if len(different) < least:
        raise TooFewPhotos(least=least, given=len(different))
    if any(photo.unit_id != order.unit_id for photo in [*photos, signature]):
        raise Invalid(Sentence(N_("This picture belongs to another outlet.")), field="photos")


def _list_accessories(order: WorkOrder, accessories: Iterable[tuple[str, int]]) -> None:
    listed = []
    for name, quantity in accessories:
        if quantity < 1:
            raise Invalid(Sentence(N_("An accessory is at least one piece.")), field="accessories")
        listed.append(
            Accessory(order=order, name=_text(name, "accessories", N_("Give the accessory a name.")), quantity=quantity)
        )
    Accessory.objects.bulk_create(listed)


def _give_tag(order: WorkOrder, at: datetime) -> ClaimTag:
    return ClaimTag.objects.create(
        order=order,
        number=next_number(TAG_SERIES, order.unit.code, order.unit.day(at)),
        code_salt=secrets.new_salt(),
        given_at=at,
    )


def _pause_warranty(order: WorkOrder, deed: Deed, at: datetime) -> None:
    """TG-7: the days in repair do not count against the customer's guarantee."""
    on = order.unit.day(at)
    verdict = coverage.judge(order.appliance, cause="", fault_family="", on=on)
    if verdict.outcome == Coverage.IN_WARRANTY:
        warranty.open_pause(
            order.appliance,
            order_number=order.number,
            cause=PauseCause.IN_REPAIR,
            starts_on=on,
            by=deed.consequence(),
            at=at,
        )


def _rebase_promise(order: WorkOrder, deed: Deed, at: datetime) -> None:
    """A carry-in's promise counts from receipt (3.2): one that was booked on an earlier day is counted anew, and signed for."""
    unit = order.unit
    if order.registered_at is None or unit.day(order.registered_at) == unit.day(at):
        return
    promise = queries.promise_for(unit=unit, appliance=order.appliance, at=at)
    if order.promised_at is not None and promise.at > order.promised_at:
        reason = Sentence(N_("The time counts from the day on which we received the appliance."))
        workorder.revise_promise(order, to=promise.at, reason=reason, accepted=True, by=deed.consequence(), at=at)


def _word(words: type[Word], text: str, field: str) -> Word:
    try:
        return words(text)
    except ValueError as unknown:
        raise Invalid(Sentence(N_("Choose one of the list.")), field=field) from unknown


def _text(text: str, field: str, otherwise: str, *, least: int = 1) -> str:
    if len(text.strip()) < least:
        raise Invalid(Sentence(otherwise), field=field)
    return text.strip()


__all__ = [
    "AccessoriesMissing",
    "DiscrepancyNotSigned",
    "Invalid",
    "NotOffered",
    "OpenAlready",
    "Refusal",
    "TermsNotAccepted",
    "TooFewPhotos",
    "WrongState",
    "cancel",
    "receive",
    "register",
    "return_accessories",
]
