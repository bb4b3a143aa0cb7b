"""After the hand-over: call, close, take back a repair that failed; and the long way of an uncollected appliance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from guiju.books.money import actions as money
from guiju.kernel import approval
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.models import Approval, Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import Bill
from guiju.line.followup.events import Closed, Disposed, Reminded, ReworkOpened, UnclaimedDemandSent
from guiju.line.followup.models import FollowUpCall, UnclaimedCase
from guiju.line.followup.rules import (
    CASE_ARROWS,
    DEMAND_AFTER_DAYS,
    DEMAND_DAYS,
    FIRST_REMINDER_DAYS,
    SECOND_REMINDER_DAYS,
    CaseState,
    Disposal,
    is_due,
    split,
)
from guiju.line.intake import actions as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import ContactAttempt, WorkOrder
from guiju.line.workorder.rules import Held, Outcome, State
from guiju.line.workshop import queries as workshop
from guiju.standing.catalogue.models import FaultCode
from guiju.standing.people.models import Person
from guiju.standing.policy import queries as policy
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.rules import Coverage

DISPOSAL_APPROVAL = "followup.approve_disposal"


class TooEarly(Refusal):
    """The time has not come."""

    sentence = N_("It is too early for this: wait until %(until)s.")


class NoContact(Refusal):
    """First somebody tries to reach the customer."""

    sentence = N_("Note first how you tried to reach the customer.")


class NoDebt(Refusal):
    """Without a debt there is no lien: the appliance is simply kept safe (3.6)."""

    sentence = N_("The customer owes nothing, so there is nothing to demand: keep the appliance safe.")


class NotCovered(Refusal):
    """The repair warranty does not reach this."""

    sentence = N_("This is not covered by the repair warranty of this job.")


class DepositHeld(Refusal):
    """What the customer left before parts were ordered is no debt: it goes back, by the bank if nobody comes (C07)."""

    sentence = N_("Give the customer the deposit of %(amount)s back first, at the till.")


class OneValuer(Refusal):
    """Two people value what is disposed of."""

    sentence = N_("Two different people have to value the appliance.")
    field = "valued_also_by"
    status = 422


def record_call(
    order: WorkOrder, *, satisfaction: int, works: bool, note: str = "", by: Actor, at: datetime
) -> FollowUpCall:
    """Note the call after the repair.

    satisfaction  1 to 5
    raises        WrongState, Invalid
    """
    with doing("followup.record_call", on=order, by=by, at=at, satisfaction=satisfaction, works=works):
        order = workorder.lock(order)
        workorder.require(order, State.DELIVERED, State.CLOSED)
        if not 1 <= satisfaction <= 5:
            raise Invalid(Sentence(N_("Satisfaction is a number from 1 to 5.")), field="satisfaction")
        return FollowUpCall.objects.create(
            order=order,
            satisfaction=satisfaction,
            works=works,
            note=note.strip(),
            called_by_id=by.natural_person_id,
            at=at,
        )


def close(order: WorkOrder, *, by: Actor, at: datetime) -> WorkOrder:
    """Close the job: the customer was called or the time for it has passed, and the bill is final.

    raises  WrongState, TooEarly
    source  3.2 "close", `wo.close_after_days`
    """
    with doing("followup.close", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.DELIVERED)
        days = int(policy.figure("wo.close_after_days", unit=order.unit, on=order.unit.day(at)).value)
        passes = (order.delivered_at or at) + timedelta(days=days)
        if at < passes and not FollowUpCall.objects.filter(order=order).exists():
            raise TooEarly(until=passes)
        workorder.advance(order, to=State.CLOSED, by=by, at=at, deed=deed)
        intake.close_request(order, by=deed.consequence(), at=at)
        deed.tell(Closed(order.pk, order.number))
    return order


def claim_rework(
    order: WorkOrder, *, problem: str, symptoms: Iterable[FaultCode] = (), by: Actor, at: datetime
) -> WorkOrder:
    """Take a failed repair back: a new job, free, urgent, linked to the first.

    raises  WrongState, NotCovered, and intake's refusals
    source  WO-11, D15, A16
    """
    with doing("followup.claim_rework", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.DELIVERED, State.CLOSED)
        family = workshop.fault_family(order)
        verdict = warranty.judge(order.appliance, cause="", fault_family=family, on=order.unit.day(at))
        if verdict.outcome != Coverage.REPAIR_WARRANTY:
            raise NotCovered(*verdict.because)
        child = intake.register(
            unit=order.unit,
            customer=order.customer,
            appliance=order.appliance,
            problem=problem,
            symptoms=symptoms,
            terms_accepted=True,
            language=order.language,
            parent=order,
            fault_family=family,
            by=deed.consequence(),
            at=at,
        )
        deed.note(rework=child.number)
        deed.tell(ReworkOpened(child.pk, child.number, order.pk, order.number))
    return child


def remind(order: WorkOrder, *, by: Actor, at: datetime) -> UnclaimedCase:
    """Remind the customer to collect: first after a week, again after a month, when the job becomes uncollected.

    raises  WrongState, TooEarly, NoContact
    source  3.6
    """
    with doing("followup.remind", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.READY)
        case = UnclaimedCase.objects.select_for_update().filter(order=order).exclude(state=CaseState.COLLECTED).first()
        _due(order, FIRST_REMINDER_DAYS if case is None else SECOND_REMINDER_DAYS, at)
        since = case.opened_at if case else order.ready_at
        if not ContactAttempt.objects.filter(order=order, at__gt=since).exists():
            raise NoContact
        if case is None:
            case = _open_case(order, deed, at)
            times = 1
        else:
            advance(case, to=CaseState.REMINDED_2, arrows=CASE_ARROWS, by=by, at=at, deed=deed)
            workorder.advance(order, to=State.UNCOLLECTED, by=by, at=at, deed=deed)
            times = 2
        deed.tell(Reminded(order.pk, order.number, times))
    return case


def send_demand(case: UnclaimedCase, *, legal_basis: str, by: Actor, at: datetime) -> UnclaimedCase:
    """Send the formal demand: what is owed, and at least 60 days to pay and collect.

    raises  WrongState, TooEarly, NoDebt, Invalid
    source  3.6, `unclaimed.demand_days`
    """
    with doing("followup.send_demand", on=case.order, by=by, at=at) as deed:
        case = _lock(case)
        if not legal_basis.strip():
            raise Invalid(Sentence(N_("Name the legal basis.")), field="legal_basis")
        _due(case.order, DEMAND_AFTER_DAYS, at)
        owed = _owed(case.order, deed, at)
        if not owed:
            raise NoDebt
        days = int(policy.figure(DEMAND_DAYS, unit=case.order.unit, on=case.order.unit.day(at)).value)
        until = at + timedelta(days=days)
        advance(
            case,
            to=CaseState.DEMAND_SENT,
            arrows=CASE_ARROWS,
            by=by,
            at=at,
            deed=deed,
            demand_at=at,
            demanded_minor=owed,
            perform_until=until,
            legal_basis=legal_basis.strip(),
        )
        deed.tell(UnclaimedDemandSent(case.order_id, case.order.number, owed, case.order.currency, until))
    return case


def review_disposal(
    case: UnclaimedCase,
    *,
    valuation_minor: int,
    valued_by: Person,
    valued_also_by: Person,
    photo: Evidence,
    by: Actor,
    at: datetime,
) -> Approval:
    """Value the appliance by two people and ask for leave to dispose of it.

    raises  WrongState, TooEarly, OneValuer, Invalid
    source  3.6: the period is over and nothing was paid
    """
    with doing("followup.review_disposal", on=case.order, by=by, at=at, valuation_minor=valuation_minor) as deed:
        case = _lock(case)
        if valuation_minor < 0:
            raise Invalid(Sentence(N_("A value is not negative.")), field="valuation_minor")
        if case.perform_until is not None and at < case.perform_until:
            raise TooEarly(until=case.perform_until)
        with refusing(a_disposal_is_valued_by_two_people=OneValuer):
            advance(
                case,
                to=CaseState.DISPOSAL_REVIEW,
                arrows=CASE_ARROWS,
                by=by,
                at=at,
                deed=deed,
                valuation_minor=valuation_minor,
                valued_by=valued_by,
                valued_also_by=valued_also_by,
                photo=photo,
            )
        return approval.ask(DISPOSAL_APPROVAL, case, _to_approve(case), by=by, at=at, deed=deed)


def approve_disposal(case: UnclaimedCase, *, by: Actor, at: datetime) -> Approval:
    """Allow the disposal, as another person than the one who asked.

    raises  NotApproved, approval's refusal of the same person
    """
    with doing("followup.approve_disposal", on=case.order, by=by, at=at):
        case = _lock(case)
        return approval.grant(approval.waiting(DISPOSAL_APPROVAL, case), content=_to_approve(case), by=by, at=at)


def dispose(case: UnclaimedCase, *, disposal: Disposal, proceeds_minor: int, by: Actor, at: datetime) -> UnclaimedCase:
    """Dispose of the appliance: the proceeds pay the debt, a surplus is held for the customer.

    raises  WrongState, NotApproved, Invalid, DepositHeld
    source  3.6
    """
    with doing("followup.dispose", on=case.order, by=by, at=at, disposal=str(disposal)) as deed:
        case = _lock(case)
        if proceeds_minor < 0:
            raise Invalid(Sentence(N_("Proceeds are not negative.")), field="proceeds_minor")
        if case.state == CaseState.DISPOSAL_REVIEW:
            approval.require(DISPOSAL_APPROVAL, case, _to_approve(case))
        parts = split(proceeds_minor=proceeds_minor, owed_minor=_owed(case.order, deed, at))
        order = case.order
        if order.deposit_held_minor:
            raise DepositHeld(amount=workorder.money(order, order.deposit_held_minor))
        advance(
            case,
            to=CaseState.DISPOSED,
            arrows=CASE_ARROWS,
            by=by,
            at=at,
            deed=deed,
            disposal=disposal,
            proceeds_minor=proceeds_minor,
            surplus_minor=parts.surplus_minor,
            ended_at=at,
        )
        if parts.surplus_minor:
            money.hold_surplus(
                unit=order.unit,
                reference=order.number,
                amount_minor=parts.surplus_minor,
                currency=order.currency,
                document=f"{order.number}/SURPLUS",
                by=deed.consequence(),
                at=at,
            )
        workorder.move_custody(order, to=Held.GIVEN_UP, holder=str(disposal), by=deed.consequence(), at=at)
        workorder.advance(order, to=State.DISPOSED, by=by, at=at, deed=deed, outcome=Outcome.DISPOSED)
        deed.tell(Disposed(order.pk, order.number, proceeds_minor, parts.surplus_minor, order.currency))
    return case


def welcome_back(case: UnclaimedCase, *, by: Actor, at: datetime) -> UnclaimedCase:
    """The customer has come after all: the job is ready for collection again.

    raises  WrongState
    """
    with doing("followup.welcome_back", on=case.order, by=by, at=at) as deed:
        case = _lock(case)
        advance(case, to=CaseState.COLLECTED, arrows=CASE_ARROWS, by=by, at=at, deed=deed, ended_at=at)
        if case.order.state == State.UNCOLLECTED:
            workorder.advance(case.order, to=State.READY, by=by, at=at, deed=deed)
    return case


def _lock(case: UnclaimedCase) -> UnclaimedCase:
    """Lock the job, then its case."""
    order = workorder.lock(case.order)
    locked = UnclaimedCase.objects.select_for_update().get(pk=case.pk)
    locked.order = order
    return locked


def _open_case(order: WorkOrder, deed: Deed, at: datetime) -> UnclaimedCase:
    ready_at = _ready_at(order)
    case = UnclaimedCase.objects.create(order=order, state=CaseState.REMINDED_1, ready_at=ready_at, opened_at=at)
    begin(case, by=deed.by, at=at, deed=deed)
    return case


def _due(order: WorkOrder, key: str, at: datetime) -> None:
    ready_at = _ready_at(order)
    days = int(policy.figure(key, unit=order.unit, on=order.unit.day(at)).value)
    if not is_due(ready_at=ready_at, days=days, at=at):
        raise TooEarly(until=ready_at + timedelta(days=days))


def _owed(order: WorkOrder, deed: Deed, at: datetime) -> int:
    """What the customer still owes; the bill is drawn if nobody has yet."""
    bill: Bill | None = till.bill_of(order)
    if bill is None:
        bill = cashier.draw_bill(order, by=deed.consequence(), at=at)
    return bill.owed_minor


def _to_approve(case: UnclaimedCase) -> dict[str, object]:
    return {
        "order": case.order.number,
        "valuation_minor": case.valuation_minor,
        "valued_by": case.valued_by_id,
        "valued_also_by": case.valued_also_by_id,
        "demanded_minor": case.demanded_minor,
    }


def _ready_at(order: WorkOrder) -> datetime:
    """When the job was ready; the constraint work_order_ready_has_its_time promises that it says so."""
    if order.ready_at is None:
        raise LookupError(f"{order.number} is ready and does not say since when")
    return order.ready_at
