"""The verbs of planning: reckon a store anew, answer what is suggested, ask for what lacks."""

from guiju.readiness.planning.actions.answers import DecidedAlready, Outdated, ReasonMissing, accept, change
from guiju.readiness.planning.actions.minimums import keep_at_least
from guiju.readiness.planning.actions.ordering import (
    BuysForItself,
    FilledByAnother,
    NothingChosen,
    NothingLacks,
    fetch,
    order,
)
from guiju.readiness.planning.actions.reckoning import NoStoreToPlan, plan, plan_stores
from guiju.readiness.planning.models import LEVEL_MAX

__all__ = [
    "LEVEL_MAX",
    "BuysForItself",
    "DecidedAlready",
    "FilledByAnother",
    "NoStoreToPlan",
    "NothingChosen",
    "NothingLacks",
    "Outdated",
    "ReasonMissing",
    "accept",
    "change",
    "fetch",
    "keep_at_least",
    "order",
    "plan",
    "plan_stores",
]
