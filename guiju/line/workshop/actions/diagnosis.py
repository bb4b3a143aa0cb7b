"""Finding the fault and its cause; and the two ways in which there is nothing to repair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import Approval, Evidence
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING, RequestState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Held, State
from guiju.line.workshop.events import (
    DeclaredUnrepairable,
    Diagnosed,
    NoFaultFound,
    ReturnPrepared,
    UnrepairableRejected,
)
from guiju.line.workshop.models import Diagnosis, DiagnosisPhoto, ReturnCheck
from guiju.line.workshop.queries import UNREPAIRABLE_APPROVAL
from guiju.line.workshop.rules import REASON_LENGTH_MIN, UnrepairableReason
from guiju.standing.catalogue.models import FaultCode
from guiju.standing.catalogue.rules import CodeKind
from guiju.standing.warranty.rules import FREE


class NotCovered(Refusal):
    """The customer pays, so the customer is asked first."""

    sentence = N_("This repair is not covered: the customer has to approve a quote first.")


class SecondOpinionMissing(Refusal):
    """In warranty nobody declares an appliance dead alone."""

    sentence = N_("In warranty a second technician has to agree: write down whose opinion it is.")
    field = "second_opinion"


class PartsUnaccounted(Refusal):
    """Issued parts are neither fitted nor returned."""

    sentence = N_("Parts that were issued are neither fitted nor returned: %(numbers)s.")


class NotReadyToReturn(Refusal):
    """The appliance is not whole, or not safe and not accepted as it is."""

    sentence = N_("It can go back when it is reassembled, complete, and safe, or accepted as it is in writing.")


def start_diagnosis(order: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    """Take the appliance from its shelf to the bench, and begin.

    raises  WrongState
    source  S6-12, 3.2
    """
    with doing("workshop.start_diagnosis", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        step = partial(workorder.advance, order, to=State.DIAGNOSING, by=by, at=at, deed=deed)
        if order.held == Held.IN_SHOP:
            workorder.move_custody(
                order, to=Held.WITH_TECH, holder=by.name, place=order.shelf, step=step, by=deed.consequence(), at=at
            )
        else:
            step()
    return order


def diagnose(
    order: WorkOrder,
    *,
    fault: FaultCode,
    cause: FaultCode,
    findings: str,
    measurements: Sequence[Mapping[str, Any]] = (),
    photos: Sequence[Evidence] = (),
    by: Actor,
    at: datetime,
) -> Diagnosis:
    """Write down what is wrong and why; who pays is decided from it at once.

    measurements  [{"name": …, "value": …, "unit": …}], as measured
    photos        of the damage
    raises        WrongState, Invalid
    source        3.2 "decide coverage", WTY-6
    """
    with doing("workshop.diagnose", on=order, by=by, at=at, fault=fault.code, cause=cause.code) as deed:
        order = workorder.lock(order)
        deed.still(order)
        workorder.require(order, State.DIAGNOSING, State.REPAIRING)
        _right_kinds(fault, cause)
        if not findings.strip():
            raise Invalid(Sentence(N_("Write down what you found.")), field="findings")
        found = Diagnosis.objects.create(
            order=order,
            fault=fault,
            cause=cause,
            findings=findings.strip(),
            measurements=list(measurements),
            technician_id=by.natural_person_id,
            at=at,
        )
        DiagnosisPhoto.objects.bulk_create(DiagnosisPhoto(diagnosis=found, photo=photo) for photo in photos)
        coverage = order.coverage
        if order.state == State.DIAGNOSING:
            decision = workorder.decide_coverage(
                order,
                cause=cause.code,
                fault_family=fault.family,
                part_class=fault.part_class,
                by=deed.consequence(),
                at=at,
            )
            coverage = decision.coverage
        deed.tell(Diagnosed(order.pk, order.number, fault.code, cause.code, str(coverage)))
    return found


def find_no_fault(order: WorkOrder, *, tests: str, demonstration_offered: bool, by: Actor, at: datetime) -> Diagnosis:
    """Say that nothing is wrong, with the tests that showed it.

    raises  WrongState, Invalid
    source  3.2: tests recorded, a demonstration offered to the customer
    """
    with doing("workshop.find_no_fault", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        if not tests.strip():
            raise Invalid(Sentence(N_("Write down what you tested.")), field="tests")
        if not demonstration_offered:
            raise Invalid(Sentence(N_("Offer the customer to see it working first.")), field="demonstration_offered")
        cause = FaultCode.objects.filter(kind=CodeKind.CAUSE, code="NO_FAULT").first()
        if cause is None:
            # The brand's own list of causes lacks the one that the warranty's rules go by.
            raise Invalid(Sentence(N_("Choose a cause from the list.")), field="tests")
        found = Diagnosis.objects.create(
            order=order,
            cause=cause,
            is_no_fault=True,
            demonstration_offered=True,
            findings=tests.strip(),
            technician_id=by.natural_person_id,
            at=at,
        )
        workorder.decide_coverage(order, cause=cause.code, fault_family="", by=deed.consequence(), at=at)
        workorder.advance(order, to=State.NO_FAULT, by=by, at=at, deed=deed)
        deed.tell(NoFaultFound(order.pk, order.number))
    return found


def approve_free(order: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    """Go on without a quote, because the repair is covered.

    raises  NotCovered, WrongState
    source  WO-4; 3.2 "approve free repair"
    """
    with doing("workshop.approve_free", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        if order.state == State.DIAGNOSING and (order.coverage not in FREE or not _is_diagnosed(order)):
            raise NotCovered
        workorder.advance(order, to=State.APPROVED, by=by, at=at, deed=deed)
    return order


def declare_unrepairable(
    order: WorkOrder, *, reason: UnrepairableReason, note: str, second_opinion: str = "", by: Actor, at: datetime
) -> Approval:
    """Say that it cannot be repaired; the outlet manager has to confirm it.

    raises  WrongState, Invalid, SecondOpinionMissing
    source  3.2: TE and OM; a second opinion in warranty
    """
    with doing("workshop.declare_unrepairable", on=order, by=by, at=at, reason=str(reason)) as deed:
        order = workorder.lock(order)
        deed.still(order)
        workorder.require(order, State.DIAGNOSING, State.REPAIRING)
        if not note.strip():
            raise Invalid(Sentence(N_("Explain why it cannot be repaired.")), field="note")
        if order.coverage in FREE and not second_opinion.strip():
            raise SecondOpinionMissing
        content = {"reason": str(reason), "note": note.strip(), "second_opinion": second_opinion.strip()}
        return approval.ask(UNREPAIRABLE_APPROVAL, order, content, by=by, at=at, deed=deed)


def confirm_unrepairable(order: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    """Confirm, as another person than the technician, that it cannot be repaired.

    raises  WrongState, NotApproved, approval's refusal of the same person
    source  3.2, 5.4
    """
    with doing("workshop.confirm_unrepairable", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        asked = approval.waiting(UNREPAIRABLE_APPROVAL, order)
        approval.grant(asked, content=asked.content, by=by, at=at)
        workorder.advance(order, to=State.UNREPAIRABLE, by=by, at=at, deed=deed)
        storeroom.release_all(order, by=deed.consequence(), at=at)
        deed.tell(DeclaredUnrepairable(order.pk, order.number, str(asked.content["reason"])))
    return order


def reject_unrepairable(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Send the job back to the bench: the manager is not convinced that it cannot be repaired, and says why.

    raises  NothingAsked, approval's refusal of the same person, Invalid
    source  3.2 "TE+OM", 5.4
    """
    with doing("workshop.reject_unrepairable", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        # Also of a job that moved on meanwhile: what was asked must not wait for ever.
        asked = approval.waiting(UNREPAIRABLE_APPROVAL, order)
        if len(reason.strip()) < REASON_LENGTH_MIN:
            raise Invalid(Sentence(N_("Give a reason of at least five letters.")), field="reason")
        approval.reject(asked, reason=reason.strip(), by=by, at=at)
        deed.tell(UnrepairableRejected(order.pk, order.number, asked.asked_by_id, asked.reason))
    return asked


def prepare_return(
    order: WorkOrder,
    *,
    reassembled: bool,
    accessories_complete: bool,
    safety_checked: bool,
    accepted_as_is: str = "",
    shelf: str = "",
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Make the appliance ready to go back unrepaired, marked as such.

    raises  NotReadyToReturn, PartsUnaccounted, WrongState
    source  WO-7, 3.2
    """
    with doing("workshop.prepare_return", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        storeroom.release_all(order, by=deed.consequence(), at=at)
        refuse_unaccounted(order)
        with refusing(a_return_is_whole_and_safe_or_accepted_as_it_is=NotReadyToReturn):
            ReturnCheck.objects.create(
                order=order,
                reassembled=reassembled,
                accessories_complete=accessories_complete,
                safety_checked=safety_checked,
                accepted_as_is=accepted_as_is.strip(),
                technician_id=by.natural_person_id,
                at=at,
            )
        step = partial(workorder.advance, order, to=State.READY, by=by, at=at, deed=deed, ready_at=at)
        if order.held == Held.WITH_TECH:
            place = shelf.strip() or order.shelf
            workorder.move_custody(
                order, to=Held.IN_SHOP, holder=order.unit.name, place=place, step=step, by=deed.consequence(), at=at
            )
        else:
            step()
        deed.tell(ReturnPrepared(order.pk, order.number))
    return order


def asked_for(order: WorkOrder) -> list[PartRequest]:
    """What the job asked the store for and has not got, and what it has got."""
    return _ASKED(order=order.pk)


_ASKED: Prepared[PartRequest] = Prepared(
    lambda *, order: (
        PartRequest.objects.filter(order_id=order, state__in=MISSING | {RequestState.ISSUED})
        .select_related("part")
        .order_by("pk")
    )
)


def refuse_unaccounted(order: WorkOrder, asked: Iterable[PartRequest] | None = None) -> None:
    """Refuse to go on while issued parts are neither in the appliance nor back on their shelf.

    asked   what was asked for, where it is at hand already
    raises  PartsUnaccounted
    source  I09
    """
    loose = [
        each
        for each in (asked_for(order) if asked is None else asked)
        if each.state == RequestState.ISSUED and each.unused_quantity
    ]
    if loose:
        raise PartsUnaccounted(numbers=", ".join(request.part.code for request in loose))


def _is_diagnosed(order: WorkOrder) -> bool:
    return Diagnosis.objects.filter(order=order, is_no_fault=False).exists()


def _right_kinds(fault: FaultCode, cause: FaultCode) -> None:
    if fault.kind != CodeKind.FAULT:
        raise Invalid(Sentence(N_("Choose a fault from the list.")), field="fault")
    if cause.kind != CodeKind.CAUSE:
        raise Invalid(Sentence(N_("Choose a cause from the list.")), field="cause")
