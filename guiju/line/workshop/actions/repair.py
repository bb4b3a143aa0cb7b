"""The repair itself: begin, wait, go on, note time and parts, finish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.prepared import Prepared
from guiju.kernel.refusing import Invalid, Refusal
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING, OldPartOutcome, RequestState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import queries
from guiju.line.workshop.actions.checks import refuse_open_checks
from guiju.line.workshop.actions.diagnosis import asked_for, refuse_unaccounted
from guiju.line.workshop.actions.labour import stop_all
from guiju.line.workshop.actions.paying import covered_quantity
from guiju.line.workshop.events import RepairFinished
from guiju.line.workshop.models import LabourEntry, PartsCommitment, PartUsage, Quote, QuoteLine, RepairSummary
from guiju.line.workshop.rules import CommitmentState, QuoteState, missing_for_waiting
from guiju.standing.warranty.rules import FREE


class PartsMissing(Refusal):
    """The parts are not in the technician's hands."""

    sentence = N_("These parts are not issued yet: %(codes)s.")


class NotReadyToWait(Refusal):
    """A job waits for parts only with an order and a signed date (WO-5, EX-30)."""

    sentence = N_("This job cannot wait for parts yet.")


class NotQuoted(Refusal):
    """More is fitted than the customer agreed to pay for (WO-2)."""

    sentence = N_("The customer approved %(approved)s of %(code)s. Revise the quote before you fit more.")


class NotAsAccepted(Refusal):
    """The rows are not what the customer read (WO-2)."""

    sentence = N_(
        "The quote is not the one that the customer agreed to any more. Revise it, and ask again before you go on."
    )


class NoLabour(Refusal):
    """A repair took some time."""

    sentence = N_("Note the labour first.")


def start_repair(order: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    """Begin to repair, with all parts in hand.

    raises  WrongState, PartsMissing, NotAsAccepted
    source  3.2 "parts all available", WO-2
    """
    with doing("workshop.start_repair", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        if order.state == State.APPROVED:
            _refuse_missing(asked_for(order))
            refuse_unaccepted(order)
        workorder.advance(order, to=State.REPAIRING, by=by, at=at, deed=deed)
    return order


def wait_for_parts(order: WorkOrder, *, customer_is_remote: bool = False, by: Actor, at: datetime) -> WorkOrder:
    """Let the job wait for its part: it is on order, and the customer signed the new date.

    customer_is_remote  the customer signs from afar within `wo.parts_sign_grace` hours (Q-5)
    raises              WrongState, NotReadyToWait with what is missing
    source              WO-5, EX-30, 3.3
    """
    with doing("workshop.wait_for_parts", on=order, by=by, at=at, customer_is_remote=customer_is_remote) as deed:
        order = workorder.lock(order)
        living = PartsCommitment.objects.filter(
            order=order, state__in=[CommitmentState.PROPOSED, CommitmentState.SIGNED]
        ).first()
        missing = missing_for_waiting(
            on_order=PartRequest.objects.filter(order=order, state=RequestState.ON_ORDER).count(),
            is_signed=living is not None and living.state == CommitmentState.SIGNED,
            in_grace=customer_is_remote
            and living is not None
            and living.grace_until is not None
            and at <= living.grace_until,
        )
        if missing and order.state in {State.APPROVED, State.REPAIRING}:
            raise NotReadyToWait(*missing)
        stop_all(order, deed=deed, at=at)
        workorder.advance(order, to=State.WAITING_PARTS, by=by, at=at, deed=deed)
    return order


def resume_repair(order: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    """Go on, because all that was asked for is issued.

    raises  WrongState, PartsMissing
    """
    with doing("workshop.resume_repair", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        if order.state == State.WAITING_PARTS:
            _refuse_missing(asked_for(order))
        workorder.advance(order, to=State.REPAIRING, by=by, at=at, deed=deed)
    return order


def fit_part(
    request: PartRequest,
    *,
    quantity: int = 1,
    old_condition: str,
    old_outcome: OldPartOutcome,
    old_serial: str = "",
    new_serial: str = "",
    by: Actor,
    at: datetime,
) -> PartUsage:
    """Put an issued part into the appliance, and tag the one that came out.

    raises  WrongState, NotQuoted, NotAsAccepted, storeroom.MoreThanUnused, Invalid
    source  WO-2, WO-9, 3.2
    """
    with doing("workshop.fit_part", on=request.order, by=by, at=at, part=request.part.code, quantity=quantity) as deed:
        order = request.order = workorder.lock(request.order)
        deed.still(order)
        workorder.require(order, State.REPAIRING)
        if order.coverage not in FREE:
            refuse_unaccepted(order)
            _refuse_unquoted(order, request, quantity)
        storeroom.mark_fitted(request, quantity=quantity, by=deed.consequence(), at=at)
        storeroom.record_old_part(
            request,
            quantity=quantity,
            condition=old_condition,
            outcome=old_outcome,
            serial=old_serial,
            by=deed.consequence(),
            at=at,
        )
        return PartUsage.objects.create(
            order=order,
            request=request,
            quantity=quantity,
            new_serial=new_serial.strip(),
            technician_id=by.natural_person_id,
            at=at,
        )


def finish(order: WorkOrder, *, work_done: str, advice: str = "", by: Actor, at: datetime) -> RepairSummary:
    """Say that the work is done; somebody else tests it now.

    raises  WrongState, NoLabour, ChecksOpen, PartsUnaccounted, PartsMissing, Invalid
    source  3.2 "finish work", WO-9
    """
    with doing("workshop.finish", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        if order.state == State.REPAIRING:
            if not work_done.strip():
                raise Invalid(Sentence(N_("Write down what was done.")), field="work_done")
            stop_all(order, deed=deed, at=at)
            if not LabourEntry.objects.filter(order=order).standing().exists():
                raise NoLabour
            refuse_open_checks(order)
            asked = asked_for(order)
            _refuse_missing(asked)
            refuse_unaccounted(order, asked)
        workorder.advance(order, to=State.QC_PENDING, by=by, at=at, deed=deed)
        attempt = RepairSummary.objects.filter(order=order).count() + 1
        summary = RepairSummary.objects.create(
            order=order,
            attempt=attempt,
            work_done=work_done.strip(),
            advice=advice.strip(),
            technician_id=by.natural_person_id,
            at=at,
        )
        deed.tell(RepairFinished(order.pk, order.number))
    return summary


def _refuse_missing(requests: Iterable[PartRequest]) -> None:
    codes = [request.part.code for request in requests if request.state in MISSING]
    if codes:
        raise PartsMissing(codes=", ".join(codes))


def refuse_unaccepted(order: WorkOrder) -> None:
    """What is charged is done only as it was read and agreed to.

    raises   NotAsAccepted
    """
    if order.coverage in FREE:
        return
    approved = queries.approved_quote(order)
    if approved is not None and not queries.is_as_accepted(approved):
        raise NotAsAccepted


def _refuse_unquoted(order: WorkOrder, request: PartRequest, quantity: int) -> None:
    """A chargeable part is fitted only as far as the approved quote goes."""
    ((approved, fitted),) = _SO_FAR(order=order.pk, part=request.part_id)
    if fitted + quantity <= approved:
        return
    quote = Quote.objects.filter(order=order, state=QuoteState.APPROVED).first()
    # What somebody else pays for stands on the quote too, and costs the customer nothing.
    free = covered_quantity(quote.covered, request.part_id, place=quote.place) if quote is not None else 0
    if fitted + quantity > approved + free:
        raise NotQuoted(approved=approved, code=request.part.code)


def _so_far(*, order: Any, part: Any) -> QuerySet[WorkOrder, Any]:
    """Of that part: how many the customer agreed to, and how many are fitted."""
    approved = QuoteLine.objects.filter(
        quote__order_id=order,
        quote__state=QuoteState.APPROVED,
        place=F("quote__place"),
        part_id=part,
        is_declined=False,
    )
    fitted = PartUsage.objects.filter(order_id=order, request__part_id=part)
    return (
        WorkOrder.objects.filter(pk=order).order_by().values_list(_sum(approved, "quote__order"), _sum(fitted, "order"))
    )


def _sum(rows: QuerySet[Any], by: str) -> Coalesce:
    summed = rows.order_by().values(by).annotate(total=Sum("quantity")).values("total")
    return Coalesce(Subquery(summed), 0, output_field=IntegerField())


_SO_FAR: Prepared[tuple[int, int]] = Prepared(_so_far)
