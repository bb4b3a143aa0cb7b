"""The dispatcher's board: what waits, what is late, who could do it, and why somebody could not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.line.dispatch.models import Assignment
from guiju.line.dispatch.rules import REPAIR, FitFacts, Fitness, fit
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import ON_THE_BENCH, PRIORITY_RANKS, PROMISE_RUNS, Clock, Priority, State
from guiju.readiness.academy import queries as academy
from guiju.readiness.academy.rules import Skill
from guiju.standing.catalogue.models import ProductLine
from guiju.standing.people import queries as people
from guiju.standing.people.models import Person, Unit
from guiju.standing.policy import queries as policy
from guiju.standing.policy.rules import Figure

# A job that nobody has, or whose technician went away, is waiting to be given to somebody.
WITHOUT_HANDS = frozenset({State.RECEIVED, State.DISPATCHED, State.NO_FAULT, State.DECLINED, State.UNREPAIRABLE})


@dataclass(frozen=True)
class Job:
    """One job on the board.

    clock      how far its promise has run; None when there is nothing left to keep
    is_stale   nobody has done anything to it for `wo.stale_hours`
    accept_by  until when the technician may still answer; None when nobody was asked or the answer is there
    """

    order: WorkOrder
    clock: Clock | None
    is_at_risk: bool
    is_overdue: bool
    is_stale: bool
    accept_by: datetime | None = None


@dataclass(frozen=True)
class Load:
    """What one technician has in hand, and may have: `lines` are those that the certificates are for."""

    technician: Person
    open_jobs: int
    waiting_for_answer: int
    is_away: bool
    lines: tuple[ProductLine, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be sent, or not, and why not."""

    technician: Person
    open_jobs: int
    fitness: Fitness


@dataclass(frozen=True)
class Board:
    """The control room at one moment; each list with the most urgent first.

    figures  those that hold in each unit that has a job here, by the unit's key: the board's own, and those asked for
    """

    unassigned: tuple[Job, ...]
    waiting_for_answer: tuple[Job, ...]
    at_risk: tuple[Job, ...]
    overdue: tuple[Job, ...]
    stale: tuple[Job, ...]
    working: tuple[Job, ...]
    loads: tuple[Load, ...]
    figures: Mapping[int, Mapping[str, Figure]]


def board(*, by: Actor, at: datetime, keys: Iterable[str] = ()) -> Board:
    """All that is not ready yet in the units that this person may see.

    keys     figures that are read along with the board's own, for who draws more than lists of it
    source   S6-13, S6-14, D06; the statements do not grow with the number of jobs
    """
    rows = WorkOrder.objects.visible_to(by).with_names().filter(state__in=PROMISE_RUNS | {State.DECLINED})
    orders: list[Any] = list(rows.annotate(answer_by=_ANSWER_BY, touched_at=_TOUCHED_AT))
    answers = {order.pk: order.answer_by for order in orders if order.answer_by is not None}
    figures = {
        unit.pk: policy.figures((*_BOARD_KEYS, *keys), unit=unit, on=unit.day(at))
        for unit in {order.unit for order in orders}
    }
    jobs = _jobs(orders, answers, figures, at)
    return Board(
        unassigned=tuple(job for job in jobs if job.order.technician_id is None and job.order.state in WITHOUT_HANDS),
        waiting_for_answer=tuple(job for job in jobs if job.accept_by is not None),
        at_risk=tuple(job for job in jobs if job.is_at_risk and not job.is_overdue),
        overdue=tuple(job for job in jobs if job.is_overdue),
        stale=tuple(job for job in jobs if job.is_stale),
        working=tuple(job for job in jobs if job.order.technician_id is not None and job.accept_by is None),
        loads=tuple(_loads(orders, answers, at)),
        figures=figures,
    )


# Until when the technician who was asked may still answer.
_ANSWER_BY = Subquery(
    Assignment.objects.open().filter(order=OuterRef("pk"), accepted_at=None).order_by().values("accept_by")[:1]
)
# When anybody last did anything to the order; a look at it leaves no entry in the trail.
_TOUCHED_AT = Subquery(
    TrailEntry.objects.filter(subject_type=workorder.ORDER, subject_id=OuterRef("pk"))
    .order_by()
    .values("subject_id")
    .annotate(last=Max("at"))
    .values("last")
)
# From when a job is at risk (S6-13) and stale (D06).
_BOARD_KEYS = ("wo.at_risk_pct", "wo.stale_hours")


def _jobs(
    orders: list[Any], answers: Mapping[int, datetime], figures: Mapping[int, Mapping[str, Figure]], at: datetime
) -> list[Job]:
    clocks = workorder.clocks(orders, at=at)
    limits = {pk: _limits(here) for pk, here in figures.items()}
    jobs = []
    for order in orders:
        clock, limit = clocks.get(order.pk), limits[order.unit_id]
        jobs.append(
            Job(
                order,
                clock,
                is_at_risk=clock is not None and clock.percent >= limit.at_risk_percent,
                is_overdue=clock is not None and at >= clock.due_at,
                is_stale=at - (order.touched_at or order.opened_at) >= limit.stale_after,
                accept_by=answers.get(order.pk) if order.state == State.DISPATCHED else None,
            )
        )
    return sorted(jobs, key=lambda job: (PRIORITY_RANKS[Priority(job.order.priority)], _due(job), job.order.pk))


def _due(job: Job) -> datetime:
    return job.clock.due_at if job.clock else job.order.opened_at


@dataclass(frozen=True)
class _Limits:
    at_risk_percent: int
    stale_after: timedelta


def _limits(figures: Mapping[str, Figure]) -> _Limits:
    stale_after = timedelta(hours=figures["wo.stale_hours"].value)
    return _Limits(int(figures["wo.at_risk_pct"].value), stale_after)


def _loads(orders: Iterable[WorkOrder], answers: Mapping[int, datetime], at: datetime) -> Iterator[Load]:
    orders = list(orders)
    units = {order.unit_id: order.unit for order in orders}
    technicians: dict[int, Person] = {}
    lines: dict[int, list[ProductLine]] = {}
    away: set[int] = set()
    for unit in units.values():
        team = people.team("TE", unit, at=at)
        here = {person.pk: person for person, _is_away in team}
        away |= {person.pk for person, is_away in team if is_away}
        technicians |= here
        lines |= academy.lines_of(here.values(), REPAIR, on=unit.day(at))
    jobs = Counter(order.technician_id for order in orders if order.state in ON_THE_BENCH)
    waiting = Counter(
        order.technician_id for order in orders if order.pk in answers and order.state == State.DISPATCHED
    )
    for person in sorted(technicians.values(), key=lambda each: (jobs[each.pk], each.number)):
        may = tuple(lines.get(person.pk, ()))
        yield Load(person, jobs[person.pk], waiting[person.pk], person.pk in away, may)


def candidates(order: WorkOrder, *, at: datetime) -> list[Candidate]:
    """Everybody who works as a technician in the order's unit: who fits comes first, then the least loaded.

    source   S6-14, E02
    """
    unit, on = order.unit, order.unit.day(at)
    line = order.appliance.line
    team = people.team("TE", unit, at=at)
    technicians, away = [person for person, _ in team], {person.pk for person, is_away in team if is_away}
    certified = _certified(technicians, unit, line.pk, on)
    jobs = open_jobs_of(technicians, beside=order)
    most = policy.figure("dispatch.open_jobs_max", unit=unit, on=on).value
    judged = [
        Candidate(
            person,
            jobs[person.pk],
            fit(FitFacts(person.name, line.name, person.pk in certified, person.pk in away, jobs[person.pk], most)),
        )
        for person in technicians
    ]
    return sorted(judged, key=lambda each: (each.fitness.refused, each.open_jobs, each.technician.number))


def _certified(technicians: Iterable[Person], unit: Unit, line_id: int, on: date) -> frozenset[int]:
    """Who of them may repair this line on that day; asked one by one only of those who belong elsewhere and work here too."""
    skill = Skill(line_id, REPAIR)
    here = {person.pk for person in academy.holders(line_id, REPAIR, on=on, unit=unit)}
    guests = (person for person in technicians if not person.unit.path.startswith(unit.path))
    return frozenset(here | {person.pk for person in guests if skill in academy.certificates(person, on=on)})


def open_jobs_of(technicians: Iterable[Person], *, beside: WorkOrder) -> Counter[int]:
    """How many jobs each has on the bench, the one in question not counted."""
    held = _ON_THE_BENCH(technicians=[person.pk for person in technicians], beside=beside.pk)
    return Counter(pk for (pk,) in held)


def _on_the_bench(*, technicians: Any, beside: Any) -> QuerySet[WorkOrder, Any]:
    held = WorkOrder.objects.filter(technician__pk__in=technicians, state__in=sorted(ON_THE_BENCH))
    return held.exclude(pk=beside).order_by().values_list("technician_id")


_ON_THE_BENCH: Prepared[tuple[int]] = Prepared(_on_the_bench)


def assignment_of(order: WorkOrder) -> Assignment | None:
    """The assignment that stands, if anybody has the job."""
    return _STANDING.first(order=order.pk)


_STANDING: Prepared[Assignment] = Prepared(
    lambda *, order: Assignment.objects.open().select_related("technician").filter(order_id=order).order_by("pk")[:1]
)


def assignments_of(order: WorkOrder) -> list[Assignment]:
    """Everybody who was ever asked, and how it ended."""
    return list(Assignment.objects.select_related("technician").filter(order=order))


def overdue_answers(at: datetime) -> list[WorkOrder]:
    """The orders whose technician did not answer in time: the clock's work list."""
    late = Assignment.objects.open().filter(accepted_at=None, accept_by__lte=at, order__state=State.DISPATCHED)
    return list(WorkOrder.objects.filter(pk__in=late.values("order")))


# --- What must always be true


@invariant("S6-14")
def whoever_has_the_job_was_given_it() -> Iterator[str]:
    """The technician on an order is the one of its open assignment; once the job is accepted, so is the assignment."""
    standing = defaultdict(list)
    for assignment in Assignment.objects.open():
        standing[assignment.order_id].append(assignment)
    orders = WorkOrder.objects.filter(Q(technician__isnull=False) | Q(pk__in=standing))
    for order in orders.only("number", "technician", "state"):
        given = [assignment.technician_id for assignment in standing[order.pk]]
        if given != ([order.technician_id] if order.technician_id else []):
            yield f"{order.number}: technician {order.technician_id}, assigned to {given}"
        waiting = any(assignment.accepted_at is None for assignment in standing[order.pk])
        if waiting and order.state not in {
            State.DISPATCHED,
            State.DECLINED,
            State.READY,
            State.DELIVERED,
            State.CLOSED,
            State.UNCOLLECTED,
        }:
            yield f"{order.number}: {order.state}, and nobody has accepted it"
