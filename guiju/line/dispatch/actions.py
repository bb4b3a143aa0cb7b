"""The verbs of the control room: assign, accept, refuse, time out, hand on."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import NotAllowed, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.dispatch import queries
from guiju.line.dispatch.events import Accepted, Assigned, Escalated, HandedOn, Overridden, Refused, TimedOut
from guiju.line.dispatch.models import Assignment
from guiju.line.dispatch.rules import REFUSALS_BEFORE_ESCALATION, EndReason, Fitness, Obstacle
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.actions import ReasonMissing
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.standing.people.models import Person
from guiju.standing.policy import queries as policy

# A job that somebody has begun, or that only has to be given back: it changes hands without going back to the start.
HANDED_ON_IN = (
    State.ACCEPTED, State.DIAGNOSING, State.NO_FAULT, State.QUOTED, State.APPROVED, State.DECLINED, State.WAITING_PARTS,
    State.REPAIRING, State.UNREPAIRABLE,
)  # fmt: skip


class NotATechnician(Refusal):
    """Nobody else repairs here."""

    sentence = N_("%(name)s does not work as a technician in this outlet.")
    field = "technician"


class NotCertified(Refusal):
    """PPL-1, E03: no certificate for the line, or one that has run out."""

    sentence = N_("A valid certificate is needed for this job.")
    field = "technician"


class OnLeave(Refusal):
    """Nobody is sent who is not there."""

    sentence = N_("This technician is away.")
    field = "technician"


class Overloaded(Refusal):
    """More jobs than one person can promise anything for."""

    sentence = N_("This technician has enough to do.")
    field = "technician"


class HasItAlready(Refusal):
    """The job is this technician's already."""

    sentence = N_("%(name)s has this job already.")
    field = "technician"


class TooLate(Refusal):
    """The time to answer is over; the job may be somebody else's in a moment."""

    sentence = N_("The time to accept this job is over. The dispatcher gives it out anew.")


class NotDue(Refusal):
    """The clock does not take a job away before its time."""

    sentence = N_("The technician still has time to answer.")


REFUSALS = {Obstacle.NOT_CERTIFIED: NotCertified, Obstacle.ON_LEAVE: OnLeave, Obstacle.OVERLOADED: Overloaded}


def assign(order: WorkOrder, *, technician: Person, override_reason: str = "", by: Actor, at: datetime) -> Assignment:
    """Give the job to a technician, who has to accept it within `wo.accept_minutes`.

    override_reason   a manager sends somebody whom certificate, leave or load speak against, and says why
    raises            WrongState, NotATechnician, NotCertified, OnLeave, Overloaded, HasItAlready, NotAllowed
    source            S6-14, S1-15; 3.2 "dispatch"; PPL-1, E03
    """
    with doing("dispatch.assign", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.RECEIVED, State.DISPATCHED)
        # Who has no technician has no assignment that stands (S6-14), and the database lets nobody have two.
        standing = queries.assignment_of(order) if order.technician_id is not None else None
        if standing is not None and standing.technician_id == technician.pk:
            raise HasItAlready(name=technician.name)
        fitness = _judge(order, technician, at)
        override_reason = _overriding(order, technician, fitness, override_reason, deed)
        if standing is not None:
            _end(standing, EndReason.REASSIGNED, at)
        minutes = policy.figure("wo.accept_minutes", unit=order.unit, on=order.unit.day(at)).value
        assignment = _write(
            order,
            technician,
            accept_by=at + timedelta(minutes=minutes),
            fitness=fitness,
            override_reason=override_reason,
            deed=deed,
        )
        workorder.advance(order, to=State.DISPATCHED, by=by, at=at, deed=deed, technician=technician)
        deed.note(technician=technician.number, accept_by=assignment.accept_by)
        deed.tell(Assigned(order.pk, order.number, technician.pk, assignment.accept_by))
    return assignment


def accept(order: WorkOrder, *, by: Actor, at: datetime) -> Assignment:
    """Take the job on; accepting again changes nothing.

    raises   WrongState, TooLate, NotAllowed for anybody but the technician who was asked
    source   3.2 "accept"
    """
    with doing("dispatch.accept", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        deed.still(order)
        assignment = queries.assignment_of(order)
        if order.state == State.ACCEPTED and assignment is not None and assignment.accepted_at is not None:
            return assignment
        workorder.require(order, State.DISPATCHED)
        if assignment is None or assignment.technician_id != order.technician_id:
            raise NotAllowed
        if at >= assignment.accept_by:
            raise TooLate
        assignment.accepted_at = at
        assignment.save(update_fields=["accepted_at"])
        workorder.advance(order, to=State.ACCEPTED, by=by, at=at, deed=deed)
        deed.tell(Accepted(order.pk, order.number, assignment.technician_id))
    return assignment


def refuse(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> Assignment:
    """Give the job back to the dispatcher, with a reason; the second time the manager hears of it.

    raises   WrongState, ReasonMissing
    source   3.2 "timeout / refuse"
    """
    with doing("dispatch.refuse", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, State.DISPATCHED)
        deed.still(order)
        reason = workorder.reasoned(reason)
        assignment = _take_away(order, EndReason.REFUSED, deed, note=reason)
        deed.tell(Refused(order.pk, order.number, assignment.technician_id, reason))
    return assignment


def time_out(order: WorkOrder, *, by: Actor, at: datetime) -> Assignment | None:
    """Take the job from a technician who did not answer in time; what was answered meanwhile stays.

    returns  None when there is nothing to take away any more
    raises   NotDue
    source   S6-14; 3.2 "timeout / refuse"
    """
    with doing("dispatch.time_out", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        standing = queries.assignment_of(order)
        if order.state != State.DISPATCHED or standing is None:
            return None
        if at < standing.accept_by:
            raise NotDue
        assignment = _take_away(order, EndReason.TIMED_OUT, deed)
        deed.tell(TimedOut(order.pk, order.number, assignment.technician_id))
    return assignment


def hand_on(
    order: WorkOrder, *, technician: Person, reason: str, override_reason: str = "", by: Actor, at: datetime
) -> Assignment:
    """Let another technician go on with a job that is under way, or give back one that nobody has: illness, leave, a harder fault.

    The dispatcher has asked; there is nothing left to accept.
    raises   WrongState, ReasonMissing, HasItAlready, NotATechnician, NotCertified, OnLeave, Overloaded
    """
    with doing("dispatch.hand_on", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        workorder.require(order, *HANDED_ON_IN)
        reason = workorder.reasoned(reason)
        standing = queries.assignment_of(order)
        if standing is not None and standing.technician_id == technician.pk:
            raise HasItAlready(name=technician.name)
        fitness = _judge(order, technician, at)
        override_reason = _overriding(order, technician, fitness, override_reason, deed)
        if standing is not None:
            _end(standing, EndReason.HANDED_ON, at, note=reason)
        assignment = _write(
            order,
            technician,
            accept_by=at,
            fitness=fitness,
            override_reason=override_reason,
            deed=deed,
            accepted_at=at,
        )
        workorder.give_to(order, technician, deed=deed)
        deed.note(technician=technician.number, reason=reason)
        deed.tell(HandedOn(order.pk, order.number, technician.pk))
    return assignment


def _judge(order: WorkOrder, technician: Person, at: datetime) -> Fitness:
    """Find the technician among those of the outlet; the same judgement that the board shows."""
    for candidate in queries.candidates(order, at=at):
        if candidate.technician.pk == technician.pk:
            return candidate.fitness
    raise NotATechnician(name=technician.name)


def _overriding(order: WorkOrder, technician: Person, fitness: Fitness, reason: str, deed: Deed) -> str:
    """The manager's reason, where one is needed; otherwise nothing stands against the technician."""
    if not fitness.refused:
        return ""
    if not reason.strip():
        raise REFUSALS[fitness.obstacles[0]](fitness.because)
    if not deed.by.may("dispatch.override", on=order):
        raise NotAllowed(Sentence(N_("Only a manager may send somebody against the rules.")))
    reason = workorder.reasoned(reason, field="override_reason")
    deed.note(override=reason, obstacles=fitness.obstacles)
    deed.tell(Overridden(order.pk, order.number, technician.pk, tuple(fitness.obstacles), reason))
    return reason


def _write(
    order: WorkOrder,
    technician: Person,
    *,
    accept_by: datetime,
    fitness: Fitness,
    override_reason: str,
    deed: Deed,
    accepted_at: datetime | None = None,
) -> Assignment:
    with refusing(assignment_is_the_only_open_one_of_its_order=WrongState):
        return Assignment.objects.create(
            order=order,
            technician=technician,
            assigned_at=deed.at,
            assigned_by_name=deed.by.name,
            accept_by=accept_by,
            accepted_at=accepted_at,
            obstacles=[str(each) for each in fitness.obstacles],
            override_reason=override_reason,
        )


def _take_away(order: WorkOrder, why: EndReason, deed: Deed, *, note: str = "") -> Assignment:
    """End what stands, let the order wait for another, and count that it came back."""
    assignment = queries.assignment_of(order)
    if assignment is None:
        raise WrongState
    _end(assignment, why, deed.at, note=note)
    refusals = order.refusal_count + 1
    workorder.advance(
        order, to=State.DISPATCHED, by=deed.by, at=deed.at, deed=deed, technician=None, refusal_count=refusals
    )
    deed.note(technician=assignment.technician.number, refusals=refusals, note=note)
    if refusals >= REFUSALS_BEFORE_ESCALATION:
        deed.tell(Escalated(order.pk, order.number, refusals))
    return assignment


def _end(assignment: Assignment, why: EndReason, at: datetime, *, note: str = "") -> None:
    assignment.ended_at, assignment.end_reason, assignment.end_note = at, why, note
    assignment.save(update_fields=["ended_at", "end_reason", "end_note"])


__all__ = [
    "HasItAlready",
    "NotATechnician",
    "NotCertified",
    "NotDue",
    "OnLeave",
    "Overloaded",
    "ReasonMissing",
    "Refusal",
    "TooLate",
    "WrongState",
    "accept",
    "assign",
    "hand_on",
    "refuse",
    "time_out",
]
