"""The promises of one order on one page, the same for the counter and for the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from guiju.kernel.words import Sentence
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import AGREED_LABELS, CAUSE_LABELS, HOLD_LABELS, Agreed, Hold, PromiseCause, Step
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.rules import DELAY_LABELS, REMEDY_LABELS, DelayCause, Remedy


@dataclass(frozen=True)
class Line:
    """One line of the ledger as people read it."""

    row: PromiseRevision
    cause: str
    because: str
    steps: list[Step]
    agreed: str
    is_later: bool

    @property
    def number(self) -> int:
        """Its place: 0 is the first promise."""
        return self.row.number

    @property
    def old_at(self) -> datetime | None:
        """The date before."""
        return self.row.old_at


def line_shown(row: PromiseRevision) -> Line:
    """One line in the reader's language."""
    return Line(
        row=row,
        cause=gettext(CAUSE_LABELS[PromiseCause(row.cause)]),
        because=str(Sentence.from_json(row.reason)) if row.reason else "",
        steps=[Step.from_json(kept) for kept in row.steps],
        agreed=gettext(AGREED_LABELS[Agreed(row.agreed)]) if row.agreed else "",
        is_later=row.old_at is not None and row.new_at > row.old_at,
    )


def shown(order: WorkOrder) -> dict[str, Any]:
    """Every date, every time limit for a part, every stop of the clock, and what became of it."""
    at = timezone.now()
    return {
        "lines": [line_shown(row) for row in workorder.promises_of(order)],
        "limits": [
            {
                "row": row,
                "cause": gettext(DELAY_LABELS[DelayCause(row.cause)]),
                "remedy": gettext(REMEDY_LABELS[Remedy(row.remedy)]),
            }
            for row in workshop.commitments_of(order)
        ],
        "free": workshop.free_cancellation(order),
        "holds": [{"row": row, "name": gettext(HOLD_LABELS[Hold(row.hold)])} for row in workorder.holds_of(order)],
        "outcome": workorder.outcome_of(order),
        "clock": workorder.clock_of(order, at=at),
        "now": at,
    }
