"""Take the appliance over the counter, and give back what came with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.intake import queries
from guiju.line.intake.actions.reading import text_of
from guiju.line.intake.events import ClaimCodeRenewed, DeviceReceived
from guiju.line.intake.models import Accessory, ClaimTag, IntakeCheck, IntakePhoto
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ENDED, Agreed, Held, PromiseCause, State
from guiju.standing.people.models import Person
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import queries as coverage
from guiju.standing.warranty.rules import Coverage, PauseCause

TAG_SERIES = "CT"


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


class NotTagged(Refusal):
    """There is a claim tag once the appliance is here."""

    sentence = N_("This appliance has no claim tag yet: it was not received.")


class AccessoriesMissing(Refusal):
    """WO-13."""

    sentence = N_("Not all accessories go back: write down why, and have it signed.")
    field = "exception_note"
    status = 422


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
        check = _checked(
            order, person, by, condition=condition, reproduced=reproduced, serial_matches=serial_matches, signature=signature,
            discrepancy_note=discrepancy_note, declared_value_minor=declared_value_minor, data_statement=data_statement, at=at,
        )  # fmt: skip
        if not shelf.strip():
            raise workorder.PlaceMissing
        _put_on(shelf, order, person, deed)
        check.save()
        IntakePhoto.objects.bulk_create([IntakePhoto(order=order, evidence=photo) for photo in photos])
        _list_accessories(order, accessories)
        tag = _give_tag(order, at)
        _pause_warranty(order, deed, at)
        _rebase_promise(order, signature, deed, at)
        deed.note(shelf=shelf, photos=len(photos), tag=tag.number, serial_matches=serial_matches)
        deed.tell(DeviceReceived(order.pk, order.number, tag.number))
    return tag


def renew_claim_code(order: WorkOrder, *, by: Actor, at: datetime) -> ClaimTag:
    """Call back what the customer's lost paper proves: digits, QR code and link are new, and the paper is printed again.

    raises   NotTagged; WrongState once the appliance is gone
    source   6.2; whoever finds the old paper finds nothing with it
    """
    with doing("intake.renew_claim_code", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, *(set(State) - ENDED))
        tag = queries.tag_of(order)
        if tag is None:
            raise NotTagged
        tag.code_salt, tag.renewed_at = secrets.new_salt(), at
        tag.save(update_fields=["code_salt", "renewed_at"])
        workorder.renew_link(order, by=deed.consequence(), at=at)
        deed.note(tag=tag.number)
        deed.tell(ClaimCodeRenewed(order.pk, order.number, tag.number))
    return tag


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
            Accessory.objects.bulk_update(listed, ["returned_quantity", "exception_note"])
        deed.note(
            returned={accessory.name: accessory.returned_quantity for accessory in listed}, exception=exception_note
        )


def _checked(
    order: WorkOrder,
    person: Person | None,
    by: Actor,
    *,
    condition: str,
    serial_matches: bool,
    discrepancy_note: str,
    declared_value_minor: int,
    data_statement: str,
    **said: Any,
) -> IntakeCheck:
    """The check as it will be written, if nothing is missing in it."""
    if not serial_matches and len(discrepancy_note.strip()) < 5:
        raise DiscrepancyNotSigned
    if declared_value_minor < 0:
        raise Invalid(Sentence(N_("A value is not negative.")), field="declared_value_minor")
    return IntakeCheck(
        order=order,
        condition=text_of(condition, "condition", N_("Describe the appliance: scratches, dents, what is missing.")),
        serial_matches=serial_matches,
        discrepancy_note="" if serial_matches else discrepancy_note.strip(),
        declared_value_minor=declared_value_minor,
        data_statement=data_statement.strip(),
        received_by_id=person.pk if person else by.person_id,
        received_by_name=person.name if person else by.name,
        **said,
    )


def _put_on(shelf: str, order: WorkOrder, person: Person | None, deed: Deed) -> None:
    """On the shelf, and received, in one breath."""
    workorder.move_custody(
        order,
        to=Held.IN_SHOP,
        holder=order.unit.code,
        place=shelf,
        person=person,
        step=partial(
            workorder.advance, order, to=State.RECEIVED, by=deed.by, at=deed.at, deed=deed, received_at=deed.at
        ),
        by=deed.consequence(),
        at=deed.at,
    )


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
            Accessory(
                order=order, name=text_of(name, "accessories", N_("Give the accessory a name.")), quantity=quantity
            )
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


def _rebase_promise(order: WorkOrder, signature: Evidence, deed: Deed, at: datetime) -> None:
    """A carry-in's promise counts from receipt (3.2): one that was booked on an earlier day is counted anew, and signed for."""
    unit = order.unit
    if order.registered_at is None or unit.day(order.registered_at) == unit.day(at):
        return
    promise = queries.promise_for(unit=unit, appliance=order.appliance, at=at)
    if order.promised_at is not None and promise.at > order.promised_at:
        reason = Sentence(N_("The time counts from the day on which we received the appliance."))
        workorder.revise_promise(
            order, to=promise.at, cause=PromiseCause.RECEIPT, reason=reason, steps=promise.steps,
            agreed=Agreed.SIGNATURE,
            signature=signature, by=deed.consequence(), at=at,
        )  # fmt: skip
