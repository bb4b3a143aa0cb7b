"""The board by technician: what each has in hand, in hours of work against the hours of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from guiju.line.dispatch.queries import Board, Job, Load
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.rules import ON_THE_BENCH
from guiju.line.workshop import queries as workshop
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.policy.rules import Figure

# What the lanes need of each unit's figures, read together with the board's own.
KEYS = ("promise.minutes_per_job", *workorder.OPENING_KEYS)


@dataclass(frozen=True)
class Card:
    """One job in a lane, with the minutes of work that are left on it."""

    job: Job
    minutes: int


@dataclass(frozen=True)
class Lane:
    """What one technician has; the first lane is of nobody: what waits to be given to somebody.

    minutes            of work left, over all cards that are on the bench or wait to come there
    capacity_minutes   of the day at the outlet; none on a closed day, or for who is away
    """

    load: Load | None
    cards: tuple[Card, ...]
    minutes: int
    capacity_minutes: int

    @property
    def is_over(self) -> bool:
        """More than one day holds."""
        return self.load is not None and self.minutes > self.capacity_minutes

    @property
    def hours(self) -> tuple[int, int]:
        """The work that is left, in whole hours and minutes."""
        return divmod(self.minutes, 60)

    @property
    def capacity_hours(self) -> tuple[int, int]:
        """The hours of the day."""
        return divmod(self.capacity_minutes, 60)


@dataclass(frozen=True)
class _Day:
    minutes_per_job: int
    open_minutes: int


def lanes_of(board: Board, *, at: datetime) -> list[Lane]:
    """A lane for what nobody has, and one for each technician; the statements do not grow with the jobs."""
    jobs = (*board.unassigned, *board.waiting_for_answer, *board.working)
    units = {job.order.unit_id: job.order.unit for job in jobs}
    for load in board.loads:
        if load.technician.unit_id not in units:
            units[load.technician.unit_id] = load.technician.unit
    days = {pk: _day(unit, board.figures.get(pk), at) for pk, unit in units.items()}
    left = workshop.minutes_left([job.order for job in jobs])
    cards = {job.order.pk: Card(job, left.get(job.order.pk, days[job.order.unit_id].minutes_per_job)) for job in jobs}
    theirs: dict[int | None, list[Card]] = {}
    for card in cards.values():
        theirs.setdefault(card.job.order.technician_id, []).append(card)
    lanes = [_lane(None, theirs.get(None, []), 0)]
    for load in board.loads:
        open_minutes = 0 if load.is_away else days[load.technician.unit_id].open_minutes
        lanes.append(_lane(load, theirs.get(load.technician.pk, []), open_minutes))
    return lanes


def _lane(load: Load | None, cards: list[Card], open_minutes: int) -> Lane:
    counted = sum(card.minutes for card in cards if load is None or card.job.order.state in ON_THE_BENCH)
    return Lane(load, tuple(cards), counted, open_minutes)


def _day(unit: Unit, known: Mapping[str, Figure] | None, at: datetime) -> _Day:
    # Who helps out from another outlet may be of a unit that has no job here.
    figures = known if known is not None else policy.figures(KEYS, unit=unit, on=unit.day(at))
    opening = workorder.opening_of(unit, figures, at=at)
    today = unit.day(at)
    hours = datetime.combine(today, opening.closes) - datetime.combine(today, opening.opens)
    is_closed = opening.is_closed(today)
    return _Day(
        minutes_per_job=int(figures["promise.minutes_per_job"].value),
        open_minutes=0 if is_closed else hours // timedelta(minutes=1),
    )
