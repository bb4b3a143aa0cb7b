"""The verbs of the store keeper for a job: reserve, issue, take back; and of the technician: ask for a part."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin
from guiju.books.stock.rules import ANY, Which
from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.numbering import next_number
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom.events import Answered, Issued, Requested, TakenBack
from guiju.line.storeroom.models import PartRequest, Procurement
from guiju.line.storeroom.rules import (
    MISSING,
    REQUEST_ARROWS,
    ProcurementState,
    RequestState,
)
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.readiness.supply import actions as supply
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part
from guiju.standing.policy import queries as policy

# A part may be asked for from the moment the fault is known until the work is finished.
ASKING_STATES = frozenset({State.DIAGNOSING, State.APPROVED, State.WAITING_PARTS, State.REPAIRING})


class NotTheTime(Refusal):
    """The job is not at a point where parts can be asked for."""

    sentence = N_("Parts can be asked for only while the job is being diagnosed or repaired.")


class BinElsewhere(Refusal):
    """The bin belongs to another store."""

    sentence = N_("This bin belongs to another outlet's store.")
    field = "bin"


class MoreThanUnused(Refusal):
    """More is given back than was issued and not fitted."""

    sentence = N_("Only %(unused)s of this part were issued and not fitted.")
    field = "quantity"


def request_part(
    order: WorkOrder, *, part: Part, quantity: int, need_by: date | None = None, by: Actor, at: datetime
) -> PartRequest:
    """Ask the store for a part for this job.

    quantity  in the part's base unit, at least 1
    raises    NotTheTime, Invalid, catalogue.DoesNotFit
    source    S6-17; the store answers within `inv.answer_minutes`
    """
    with doing("storeroom.request_part", on=order, by=by, at=at, part=part.code, quantity=quantity) as deed:
        order = workorder.lock(order)
        if order.state not in ASKING_STATES:
            raise NotTheTime
        if quantity < 1:
            raise Invalid(Sentence(N_("Ask for at least one.")), field="quantity")
        catalogue.refuse_unfit([part], order.appliance)
        minutes = policy.figure("inv.answer_minutes", unit=order.unit, on=order.unit.day(at)).value
        request = PartRequest.objects.create(
            number=next_number("PT", order.unit.code, order.unit.day(at)),
            order=order,
            part=part,
            quantity=quantity,
            requested_by_id=by.natural_person_id,
            requested_at=at,
            need_by=need_by,
            answer_by=at + timedelta(minutes=int(minutes)),
        )
        turn.keep(request)
        deed.note(request=request.number)
        deed.tell(Requested(order.pk, order.number, request.pk, part.code, quantity))
    return request


def answer_available(request: PartRequest, *, bin: Bin, by: Actor, at: datetime) -> PartRequest:
    """Say that the part is here, and reserve it for the job.

    raises  WrongState, BinElsewhere, stock.NotEnough
    source  S6-18, INV-2
    """
    with doing("storeroom.answer_available", on=request.order, by=by, at=at) as deed:
        request = lock(request)
        _reserve(request, bin, deed, at)
        deed.tell(Answered(request.order_id, request.order.number, request.pk, request.part.code, True, None))
    return request


def reserve_arrived(request: PartRequest, *, bin: Bin, by: Actor, at: datetime) -> PartRequest:
    """The ordered part has come: reserve it for the job that waits for it.

    raises  WrongState, BinElsewhere, stock.NotEnough
    """
    with doing("storeroom.reserve_arrived", on=request.order, by=by, at=at) as deed:
        request = lock(request)
        _reserve(request, bin, deed, at)
        Procurement.objects.filter(request=request).update(state=ProcurementState.ARRIVED, ended_at=at)
        deed.tell(Answered(request.order_id, request.order.number, request.pk, request.part.code, True, None))
    return request


def issue(request: PartRequest, *, by: Actor, at: datetime) -> PartRequest:
    """Hand the reserved part to the job.

    raises  WrongState
    source  S6-21, WO-14: the stock book and the job say the same
    """
    with doing("storeroom.issue", on=request.order, by=by, at=at) as deed:
        request = lock(request)
        advance(request, to=RequestState.ISSUED, arrows=REQUEST_ARROWS, by=by, at=at, deed=deed, issued_at=at)
        stock.issue(
            request.part,
            _bin_of(request),
            request.quantity,
            reference=request.order.number,
            # The step was won just now, and is taken once: no book can know this document yet.
            document=turn.draw(f"{request.number}/ISSUE"),
            by=deed.consequence(),
            at=at,
        )
        missing = PartRequest.objects.filter(order_id=request.order_id, state__in=MISSING).exists()
        deed.tell(
            Issued(request.order_id, request.order.number, request.pk, request.part.code, request.quantity, not missing)
        )
    return request


def take_back(request: PartRequest, *, quantity: int, by: Actor, at: datetime) -> PartRequest:
    """Put parts that the job did not use back on their shelf.

    raises  MoreThanUnused, WrongState
    source  S6-21, I09
    """
    with doing("storeroom.take_back", on=request.order, by=by, at=at, quantity=quantity) as deed:
        request = lock(request)
        if request.state != RequestState.ISSUED or not 0 < quantity <= request.unused_quantity:
            raise MoreThanUnused(unused=request.unused_quantity if request.state == RequestState.ISSUED else 0)
        stock.take_back(
            request.part,
            _bin_of(request),
            quantity,
            reference=request.order.number,
            document=f"{request.number}/BACK-{request.returned_quantity + quantity}",
            by=deed.consequence(),
            at=at,
        )
        returned = request.returned_quantity + quantity
        if returned == request.quantity:
            advance(
                request, to=RequestState.RETURNED, arrows=REQUEST_ARROWS, by=by, at=at, deed=deed, returned_quantity=returned
            )  # fmt: skip
        else:
            PartRequest.objects.filter(pk=request.pk).update(returned_quantity=returned)
            request.returned_quantity = returned
        deed.tell(TakenBack(request.order_id, request.order.number, request.pk, request.part.code, quantity))
    return request


def cancel_request(request: PartRequest, *, by: Actor, at: datetime) -> PartRequest:
    """The job no longer needs the part: free what was reserved and stop what was ordered.

    raises  WrongState
    """
    with doing("storeroom.cancel_request", on=request.order, by=by, at=at) as deed:
        request = lock(request)
        was_reserved = request.state == RequestState.RESERVED
        advance(request, to=RequestState.CANCELLED, arrows=REQUEST_ARROWS, by=by, at=at, deed=deed)
        if was_reserved:
            stock.release(
                request.part,
                _bin_of(request),
                request.quantity,
                reference=request.order.number,
                document=f"{request.number}/RELEASE",
                by=deed.consequence(),
                at=at,
            )
        Procurement.objects.filter(request=request, state=ProcurementState.OPEN).update(
            state=ProcurementState.CANCELLED, ended_at=at
        )
        supply.withdraw(request.number, by=deed.consequence(), at=at)
    return request


def release_all(order: WorkOrder, *, by: Actor, at: datetime) -> int:
    """Cancel every request of a job that will not go on; gives how many there were.

    Repeatable: what is cancelled already is left alone.
    """
    waiting = PartRequest.objects.filter(order=order, state__in=MISSING).order_by("pk")
    for request in waiting:
        cancel_request(request, by=by, at=at)
    return len(waiting)


def mark_fitted(request: PartRequest, *, quantity: int, by: Actor, at: datetime) -> PartRequest:
    """Note that issued parts are now in the appliance.

    raises  MoreThanUnused
    """
    with doing("storeroom.mark_fitted", on=request.order, by=by, at=at, quantity=quantity):
        request = lock(request)
        if request.state != RequestState.ISSUED or not 0 < quantity <= request.unused_quantity:
            raise MoreThanUnused(unused=request.unused_quantity if request.state == RequestState.ISSUED else 0)
        PartRequest.objects.filter(pk=request.pk).update(fitted_quantity=request.fitted_quantity + quantity)
        request.fitted_quantity += quantity
    return request


def receive_stock(
    *, part: Part, bin: Bin, quantity: int, document: str, which: Which = ANY, by: Actor, at: datetime
) -> None:
    """Put delivered parts on their shelf, against the delivery note.

    document  the supplier's delivery note; the same note and part, and lot, received twice is received once
    which     of which lot, until when it may be used, with which serials
    raises    Invalid, SerialsMissing, SerialsMiscounted, SerialElsewhere
    source    S6-21: no stock change without a document
    """
    with doing("storeroom.receive_stock", on=bin.store, by=by, at=at, part=part.code, quantity=quantity) as deed:
        if not document.strip():
            raise Invalid(Sentence(N_("Which delivery note does it come with?")), field="document")
        if quantity < 1:
            raise Invalid(Sentence(N_("Receive at least one.")), field="quantity")
        stock.receive(
            part,
            bin,
            quantity,
            document="/".join(filter(None, [bin.store.code, document.strip(), part.code, which.lot.strip()])),
            which=which,
            by=deed.consequence(),
            at=at,
        )


def lock(request: PartRequest) -> PartRequest:
    """Lock the job first, then its request: always in this order, so that two verbs cannot wait for each other."""
    order = workorder.lock(request.order)
    locked = turn.kept(request) or turn.keep(_LOCKED(pk=request.pk)[0])
    locked.order = order
    return locked


def lock_numbered(number: str, *, of: WorkOrder) -> PartRequest:
    """A request of a job that is locked already."""
    request = _LOCKED(number=number)[0]
    request.order = of
    return turn.kept(request) or turn.keep(request)


def _lockable(**key: Any) -> QuerySet[PartRequest]:
    rows = PartRequest.objects.select_for_update(of=("self",)).select_related("part", "bin__store").order_by()
    return rows.filter(**key)


_LOCKED: Prepared[PartRequest] = Prepared(_lockable)


def _bin_of(request: PartRequest) -> Bin:
    """The bin in which the part was reserved; the constraint a_reserved_part_lies_in_a_bin promises that there is one."""
    if request.bin is None:
        raise LookupError(f"{request.number} has no bin")
    return request.bin


def _reserve(request: PartRequest, bin: Bin, deed: Deed, at: datetime) -> None:
    """Move the quantity from the shelf to the job's holding place, and the request to RESERVED."""
    if bin.store.unit_id != request.order.unit_id:
        raise BinElsewhere
    advance(
        request,
        to=RequestState.RESERVED,
        arrows=REQUEST_ARROWS,
        by=deed.by,
        at=at,
        deed=deed,
        bin=bin,
        answered_at=request.answered_at or at,
    )
    try:
        stock.reserve(
            request.part,
            bin,
            request.quantity,
            reference=request.order.number,
            document=f"{request.number}/RESERVE",
            by=deed.consequence(),
            at=at,
        )
    except stock.NotEnough as short:
        # Another bin may have enough: that is what the keeper can change.
        short.field = "bin"
        raise
