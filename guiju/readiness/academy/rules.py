"""What a certificate is for, and on which days it holds. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guiju.kernel.words import N_


class Task(StrEnum):
    """Work that nobody does uncertified; the special operations also need the state's own certificate (4.5)."""

    REPAIR = "REPAIR"
    INSTALLATION = "INSTALLATION"
    REFRIGERATION = "REFRIGERATION"
    ELECTRICAL = "ELECTRICAL"
    GAS = "GAS"
    WELDING = "WELDING"
    WORK_AT_HEIGHT = "WORK_AT_HEIGHT"
    CUSTODY = "CUSTODY"


LABELS: Mapping[Task, str] = {
    Task.REPAIR: N_("Repair"),
    Task.INSTALLATION: N_("Installation"),
    Task.REFRIGERATION: N_("Refrigeration"),
    Task.ELECTRICAL: N_("Electrical work"),
    Task.GAS: N_("Gas work"),
    Task.WELDING: N_("Welding"),
    Task.WORK_AT_HEIGHT: N_("Work at height"),
    Task.CUSTODY: N_("Two-person custody"),
}

# What is the same whatever the appliance: a certificate for it names no product line.
WITHOUT_LINE = frozenset({Task.CUSTODY})


@dataclass(frozen=True, slots=True)
class Skill:
    """Certified to do this task on appliances of this line; of no line where the task has none."""

    line_id: int | None
    task: str


def holds(*, starts_on: date, ends_on: date, is_suspended: bool, on: date) -> bool:
    """Whether a certificate holds on a day; on the day of its end it no longer does (EX-25)."""
    return starts_on <= on < ends_on and not is_suspended
