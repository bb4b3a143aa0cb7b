"""When people of the house are warned of a promise, how urgently, and who of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from guiju.kernel.words import N_
from guiju.line.workorder.rules import Clock, State


class Stage(StrEnum):
    """For what a job waits, as far as a warning cares."""

    QUEUE = "QUEUE"
    BENCH = "BENCH"
    ANSWER = "ANSWER"
    PARTS = "PARTS"
    TEST = "TEST"


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.QUEUE: N_("Nobody has begun"),
    Stage.BENCH: N_("On the bench"),
    Stage.ANSWER: N_("Waits for the customer"),
    Stage.PARTS: N_("Waits for a part"),
    Stage.TEST: N_("Waits for the final test"),
}
_STAGES: Mapping[State, Stage] = {
    State.DIAGNOSING: Stage.BENCH,
    State.APPROVED: Stage.BENCH,
    State.REPAIRING: Stage.BENCH,
    State.NO_FAULT: Stage.BENCH,
    State.UNREPAIRABLE: Stage.BENCH,
    State.QUOTED: Stage.ANSWER,
    State.WAITING_PARTS: Stage.PARTS,
    State.EXCHANGE_PENDING: Stage.PARTS,
    State.QC_PENDING: Stage.TEST,
}


class WarningStep(StrEnum):
    """How near the date is."""

    EARLY = "EARLY"
    LAST = "LAST"
    BROKEN = "BROKEN"


STEP_LABELS: Mapping[WarningStep, str] = {
    WarningStep.EARLY: N_("In danger"),
    WarningStep.LAST: N_("Last hours"),
    WarningStep.BROKEN: N_("Broken"),
}


def stage_of(state: State) -> Stage:
    """For what a job in this state waits."""
    return _STAGES.get(state, Stage.QUEUE)


def hours_key(stage: Stage) -> str:
    """The figure that says how many hours before the date somebody is warned."""
    return f"promise.warn_hours.{stage}"


LAST_HOURS = "promise.last_warn_hours"
WARN_KEYS = (*(hours_key(stage) for stage in Stage), LAST_HOURS)


def step_of_job(clock: Clock, *, early_hours: int, last_hours: int, at: datetime) -> WarningStep | None:
    """How urgent a job's promise is; nothing while there is time enough.

    early_hours   before the date, of the stage that the job is in; but never before half of the promised time has run, or a
                  promise for tomorrow would be in danger as it is given
    last_hours    before the date
    """
    step = _step(clock.due_at, early_hours, last_hours, at)
    is_young = clock.elapsed * 2 < clock.total
    return None if step is WarningStep.EARLY and is_young else step


def step_of_part(
    due_at: datetime, *, early_hours: int, last_hours: int, is_expected_later: bool, at: datetime
) -> WarningStep | None:
    """How urgent the signed date for a part is: also early, when the supplier names a later day (3.3 "at-risk")."""
    step = _step(due_at, early_hours, last_hours, at)
    return WarningStep.EARLY if step is None and is_expected_later else step


def _step(due_at: datetime, early_hours: int, last_hours: int, at: datetime) -> WarningStep | None:
    left = due_at - at
    if left <= timedelta():
        return WarningStep.BROKEN
    if left <= timedelta(hours=last_hours):
        return WarningStep.LAST
    return WarningStep.EARLY if left <= timedelta(hours=early_hours) else None


def roles_told(step: WarningStep, *, waits_for_part: bool) -> tuple[str, ...]:
    """Whose business it is, beside the technician who has the job: dispatcher, store keeper for a part, manager once it is broken."""
    keeper = ("SK",) if waits_for_part else ()
    manager = ("OM",) if step is WarningStep.BROKEN else ()
    return ("DP", *keeper, *manager)


# Where nobody holds the role, its work is the manager's.
INSTEAD = "OM"
