"""Who may be sent: certificate, leave, load. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from guiju.kernel.words import N_, Sentence

# The task for which a technician of the workshop holds a certificate.
REPAIR = "REPAIR"
# The second time that a job comes back is the manager's business (3.2).
REFUSALS_BEFORE_ESCALATION = 2


class Obstacle(StrEnum):
    NOT_CERTIFIED = "NOT_CERTIFIED"
    ON_LEAVE = "ON_LEAVE"
    OVERLOADED = "OVERLOADED"


class EndReason(StrEnum):
    """Why an assignment is over."""

    REFUSED = "REFUSED"
    TIMED_OUT = "TIMED_OUT"
    REASSIGNED = "REASSIGNED"
    HANDED_ON = "HANDED_ON"


END_LABELS: Mapping[EndReason, str] = {
    EndReason.REFUSED: N_("Refused"),
    EndReason.TIMED_OUT: N_("Not accepted in time"),
    EndReason.REASSIGNED: N_("Given to another technician"),
    EndReason.HANDED_ON: N_("Handed on"),
}

WHY: Mapping[Obstacle, str] = {
    Obstacle.NOT_CERTIFIED: N_("%(name)s has no valid certificate for %(line)s."),
    Obstacle.ON_LEAVE: N_("%(name)s is on leave."),
    Obstacle.OVERLOADED: N_("%(name)s has %(jobs)s open jobs; the most is %(most)s."),
}


@dataclass(frozen=True)
class FitFacts:
    """One technician beside one job.

    open_jobs       on the technician's bench, this job not counted
    open_jobs_max   as the policy says
    """

    name: str
    line: str
    is_certified: bool
    is_away: bool
    open_jobs: int
    open_jobs_max: int


@dataclass(frozen=True)
class Fitness:
    """Whether the technician may be sent, and every reason why not."""

    obstacles: tuple[Obstacle, ...]
    because: tuple[Sentence, ...]

    @property
    def refused(self) -> bool:
        return bool(self.obstacles)


def fit(facts: FitFacts) -> Fitness:
    """Judge a technician for a job.

    source   S6-14; 3.2 "dispatch"; PPL-1; E03
    """
    found = []
    if not facts.is_certified:
        found.append(Obstacle.NOT_CERTIFIED)
    if facts.is_away:
        found.append(Obstacle.ON_LEAVE)
    if facts.open_jobs >= facts.open_jobs_max:
        found.append(Obstacle.OVERLOADED)
    said = {"name": facts.name, "line": facts.line, "jobs": facts.open_jobs, "most": facts.open_jobs_max}
    return Fitness(tuple(found), tuple(Sentence(WHY[each], said) for each in found))
