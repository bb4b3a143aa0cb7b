"""The work order and what hangs on it: symptoms, custody, coverage decisions, promises, holds, contacts."""

from guiju.line.workorder.models.around import (
    ComeBack,
    ContactAttempt,
    CoverageDecision,
    Custody,
    HoldSpan,
    OrderSymptom,
    TrackLink,
)
from guiju.line.workorder.models.checklist import CheckItem, in_versions
from guiju.line.workorder.models.of_order import OfOrder
from guiju.line.workorder.models.order import IS_OPEN, WorkOrder, WorkOrders, one_of, rank_of_priority
from guiju.line.workorder.models.promises import PromiseOutcome, PromiseRevision

__all__ = [
    "IS_OPEN",
    "CheckItem",
    "ComeBack",
    "ContactAttempt",
    "CoverageDecision",
    "Custody",
    "HoldSpan",
    "OfOrder",
    "OrderSymptom",
    "PromiseOutcome",
    "PromiseRevision",
    "TrackLink",
    "WorkOrder",
    "WorkOrders",
    "in_versions",
    "one_of",
    "rank_of_priority",
]
