"""Labour: minutes typed by hand, minutes by the clock, and how a wrong entry is put right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop.models import LabourEntry, LabourTimer
from guiju.line.workshop.rules import LABOUR_MINUTES_MAX, TimerEnd, minutes_between
from guiju.standing.policy import queries as policy

WORKED_IN = (State.DIAGNOSING, State.REPAIRING)


class LabourTooLong(Refusal):
    """Nobody works longer than a day on one entry."""

    sentence = N_("Labour is between 1 minute and 24 hours.")
    field = "minutes"
    status = 422


class AtAnotherJob(Refusal):
    """One person works at one job at a time."""

    sentence = N_("Your time runs on %(number)s. Stop it there first, or let it be stopped.")


class NoTimer(Refusal):
    """There is nothing to stop."""

    sentence = N_("Your time does not run on this job.")


class CorrectedAlready(Refusal):
    """An entry is taken back once; what stands in its place can be corrected again."""

    sentence = N_("This entry was corrected already. Correct the one that stands in its place.")


class NotForgotten(Refusal):
    """Somebody is still at work."""

    sentence = N_("This timer runs for good reason.")


def log_labour(order: WorkOrder, *, minutes: int, task: str, by: Actor, at: datetime) -> LabourEntry:
    """Note the time that a technician worked.

    minutes  1 to 1,440
    raises   WrongState, LabourTooLong, Invalid
    """
    with doing("workshop.log_labour", on=order, by=by, at=at, minutes=minutes) as deed:
        order = workorder.lock(order)
        deed.still(order)
        workorder.require(order, *WORKED_IN)
        if not task.strip():
            raise Invalid(Sentence(N_("Say what you worked on.")), field="task")
        if minutes < 1:
            raise LabourTooLong
        with refusing(labour_is_within_a_day=LabourTooLong):
            return LabourEntry.objects.create(
                order=order, technician_id=by.natural_person_id, minutes=minutes, task=task.strip(), at=at
            )


def start_timer(order: WorkOrder, *, stop_other: bool = False, by: Actor, at: datetime) -> LabourTimer:
    """Let the time of a technician run on a job; where it runs already, it runs on.

    stop_other   first stop it at the job where it runs now, as labour of that job
    raises       WrongState, AtAnotherJob with the job's number
    source       S6-15, LabourEntry "start, end"
    """
    with doing("workshop.start_timer", on=order, by=by, at=at) as deed:
        running = _running(by)
        # Always in one order, or two people who swap their jobs wait for each other.
        both = {each.pk: each for each in (order, *([running.order] if running else []))}
        locked = {pk: workorder.lock(both[pk]) for pk in sorted(both)}
        order = locked[order.pk]
        deed.still(order)
        workorder.require(order, *WORKED_IN)
        running = _running(by)
        if running is not None and running.order_id == order.pk:
            return running
        if running is not None:
            if not stop_other or running.order_id not in locked:
                raise AtAnotherJob(number=running.order.number)
            _stop(running, at, TimerEnd.SWITCHED)
            deed.note(stopped=running.order.number)
        # Two clicks on two jobs: the first of them has it, and the database says so.
        with refusing(a_technician_is_at_one_job_at_a_time=AtAnotherJob(number="…")):
            return LabourTimer.objects.create(order=order, technician_id=by.natural_person_id, started_at=at)


def stop_timer(order: WorkOrder, *, task: str = "", by: Actor, at: datetime) -> LabourEntry:
    """Stop one's own time on a job: the minutes, begun ones counted whole, are labour of the job.

    raises   NoTimer
    """
    with doing("workshop.stop_timer", on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        running = LabourTimer.objects.filter(
            order=order, technician_id=by.natural_person_id, stopped_at__isnull=True
        ).first()
        if running is None:
            raise NoTimer
        ends = at if order.state in WORKED_IN else _left_at(running, at)
        entry = _stop(running, ends, TimerEnd.STOPPED, task)
        deed.note(minutes=entry.minutes)
    return entry


def end_timer(timer: LabourTimer, *, by: Actor, at: datetime) -> LabourEntry:
    """End a timer that was forgotten: at the moment at which its job left the bench, or after `wo.timer_hours_max`.

    raises   NotForgotten, NoTimer
    source   S6-15: what nobody stopped is no evidence of work
    """
    with doing("workshop.end_timer", on=timer, by=by, at=at) as deed:
        order = workorder.lock(timer.order)
        running = LabourTimer.objects.filter(pk=timer.pk, stopped_at__isnull=True).first()
        if running is None:
            raise NoTimer
        hours = int(policy.figure("wo.timer_hours_max", unit=order.unit, on=order.unit.day(at)).value)
        ends = running.started_at + timedelta(hours=hours)
        if order.state not in WORKED_IN or order.technician_id != running.technician_id:
            ends = min(ends, _left_at(running, at))
        if ends > at:
            raise NotForgotten
        entry = _stop(running, ends, TimerEnd.FORGOTTEN)
        deed.note(minutes=entry.minutes)
    return entry


def correct_labour(entry: LabourEntry, *, minutes: int, reason: str, by: Actor, at: datetime) -> LabourEntry | None:
    """Put a wrong entry right: it is taken back by an entry that names it, and the right minutes are written anew.

    minutes  what they should have been; 0 where nothing was worked
    raises   WrongState, CorrectedAlready, LabourTooLong, ReasonMissing
    source   WO-12
    """
    with doing("workshop.correct_labour", on=entry, by=by, at=at, minutes=minutes) as deed:
        order = workorder.lock(entry.order)
        workorder.require(order, *CORRECTED_IN)
        said = workorder.reasoned(reason)
        if entry.undoes_id is not None:
            raise CorrectedAlready
        if not 0 <= minutes <= LABOUR_MINUTES_MAX:
            raise LabourTooLong
        # Of the time that was worked, not of now: a test that was passed since then stays the last word (WO-7).
        kept: dict[str, Any] = {
            "order": order, "technician_id": entry.technician_id, "task": entry.task, "reason": said, "at": entry.at,
        }  # fmt: skip
        with refusing(an_entry_is_taken_back_once=CorrectedAlready):
            LabourEntry.objects.create(**kept, minutes=entry.minutes, undoes=entry)
        deed.note(was=entry.minutes, reason=said)
        return LabourEntry.objects.create(**kept, minutes=minutes) if minutes else None


def stop_all(order: WorkOrder, *, deed: Deed, at: datetime) -> None:
    """Stop whoever's time runs on a job that leaves the bench now, inside the deed that takes it away."""
    for running in LabourTimer.objects.filter(order=order, stopped_at__isnull=True):
        entry = _stop(running, at, TimerEnd.JOB)
        deed.note(timer_minutes=entry.minutes)


# Wherever the job stands until it is handed over: the bill is of the quote, and the books of the minutes are ours.
CORRECTED_IN = tuple(sorted(frozenset(State) - {State.DRAFT, State.CLOSED, State.CANCELLED, State.DISPOSED}))


def _running(by: Actor) -> LabourTimer | None:
    mine = LabourTimer.objects.filter(technician_id=by.natural_person_id, stopped_at__isnull=True)
    return mine.select_related("order").first()


def _stop(running: LabourTimer, at: datetime, ended: TimerEnd, task: str = "") -> LabourEntry:
    ends = max(at, running.started_at)
    entry = LabourEntry.objects.create(
        order_id=running.order_id,
        technician_id=running.technician_id,
        minutes=minutes_between(running.started_at, ends),
        task=task.strip(),
        at=ends,
    )
    LabourTimer.objects.filter(pk=running.pk).update(stopped_at=ends, ended=ended, entry=entry)
    return entry


def _left_at(running: LabourTimer, at: datetime) -> datetime:
    """When the job left the bench while the time ran; now, where it only changed hands."""
    left = lifecycle.history(running.order).filter(at__gte=running.started_at).exclude(to_state__in=WORKED_IN).first()
    return left.at if left is not None else at
