"""Figures with what may be their values, and the calendars of the states. Plain values in and out."""

from guiju.standing.policy.rules.calendars import CALENDARS, Holiday, StateCalendar, calendar_of
from guiju.standing.policy.rules.figures import (
    ARROWS,
    CATALOGUE,
    FAMILY_LABELS,
    STATE_LABELS,
    VERBS,
    Family,
    Figure,
    Kind,
    Parameter,
    Reading,
    State,
    Value,
    Written,
    version_of,
    write,
)

__all__ = [
    "ARROWS",
    "CALENDARS",
    "CATALOGUE",
    "FAMILY_LABELS",
    "STATE_LABELS",
    "VERBS",
    "Family",
    "Figure",
    "Holiday",
    "Kind",
    "Parameter",
    "Reading",
    "State",
    "StateCalendar",
    "Value",
    "Written",
    "calendar_of",
    "version_of",
    "write",
]
