"""What the store does not have: bought or sent for the job, and the day on which it should come."""

from __future__ import annotations

from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Invalid
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom.actions.requests import lock
from guiju.line.storeroom.events import Answered
from guiju.line.storeroom.models import PartRequest, Procurement
from guiju.line.storeroom.rules import REQUEST_ARROWS, ProcurementKind, ProcurementState, RequestState
from guiju.line.workorder import actions as workorder
from guiju.readiness.supply import actions as supply


def answer_none(
    request: PartRequest,
    *,
    kind: ProcurementKind = ProcurementKind.PURCHASE,
    expected_on: date | None = None,
    basis: str = "",
    is_emergency: bool = False,
    by: Actor,
    at: datetime,
) -> PartRequest:
    """Say that the part is not here, and have it bought or sent for the job in the same breath.

    expected_on   the supplier's date, where there is one; `basis` says where it is from
    is_emergency  buy it in one step, to be reviewed afterwards (3.8)
    raises       WrongState, Invalid, workorder.DepositMissing
    source       S6-19, WO-5: the purchase or transfer is linked to the job; C07: ordered once its deposit is left
    """
    with doing("storeroom.answer_none", on=request.order, by=by, at=at, kind=str(kind)) as deed:
        request = lock(request)
        workorder.refuse_without_deposit(request.order)
        if expected_on is not None and expected_on < request.order.unit.day(at):
            raise Invalid(Sentence(N_("The part cannot be expected in the past.")), field="expected_on")
        advance(request, to=RequestState.ON_ORDER, arrows=REQUEST_ARROWS, by=by, at=at, deed=deed, answered_at=at)
        Procurement.objects.create(
            request=request, kind=kind, need_by=request.need_by, expected_on=expected_on, basis=basis, opened_at=at
        )
        if kind == ProcurementKind.PURCHASE:
            _ask_to_buy(request, deed, is_emergency=is_emergency)
        deed.tell(Answered(request.order_id, request.order.number, request.pk, request.part.code, False, expected_on))
    return request


def expect_on(request: PartRequest, *, expected_on: date, basis: str, by: Actor, at: datetime) -> PartRequest:
    """Note the date on which the ordered part should come, and where that date is from."""
    with doing("storeroom.expect_on", on=request.order, by=by, at=at, expected_on=str(expected_on)) as deed:
        request = lock(request)
        if expected_on < request.order.unit.day(at):
            raise Invalid(Sentence(N_("The part cannot be expected in the past.")), field="expected_on")
        changed = Procurement.objects.filter(request=request, state=ProcurementState.OPEN).update(
            expected_on=expected_on, basis=basis
        )
        if not changed:
            raise Invalid(Sentence(N_("Nothing is on order for this request.")), field="expected_on")
        deed.tell(Answered(request.order_id, request.order.number, request.pk, request.part.code, False, expected_on))
    return request


def lose_date(request: PartRequest, *, basis: str, by: Actor, at: datetime) -> PartRequest:
    """What was bought for the job does not come by that paper: its day is not known any more, and the job hears so.

    basis    the purchase that came to nothing; the keeper buys anew, or answers otherwise
    """
    with doing("storeroom.lose_date", on=request.order, by=by, at=at, basis=basis) as deed:
        request = lock(request)
        changed = Procurement.objects.filter(request=request, state=ProcurementState.OPEN).update(
            expected_on=None, basis=basis
        )
        if changed:
            deed.tell(Answered(request.order_id, request.order.number, request.pk, request.part.code, False, None))
    return request


def buy_again(request: PartRequest, *, is_emergency: bool = False, by: Actor, at: datetime) -> PartRequest:
    """Ask anew to buy what the job waits for, because the purchase before came to nothing; one that stands stays the one.

    raises   Invalid
    source   S6-19
    """
    with doing("storeroom.buy_again", on=request.order, by=by, at=at, is_emergency=is_emergency) as deed:
        request = lock(request)
        waits = Procurement.objects.filter(
            request=request, state=ProcurementState.OPEN, kind=ProcurementKind.PURCHASE
        )  # fmt: skip
        if not waits.exists():
            raise Invalid(Sentence(N_("Nothing is being bought for this request.")))
        _ask_to_buy(request, deed, is_emergency=is_emergency)
    return request


def _ask_to_buy(request: PartRequest, deed: Deed, *, is_emergency: bool) -> None:
    """A call down: the purchase request of this part, by whoever needs it and not by the keeper who passes it on."""
    line = supply.ask_for_job(
        request.order.unit, part=request.part, quantity=request.quantity, origin=request.number,
        reference=request.order.number, asked_by_id=request.requested_by_id, need_by=request.need_by,
        is_emergency=is_emergency, by=deed.consequence(), at=deed.at,
    )  # fmt: skip
    deed.note(purchase=line.request.number)
