"""What quality control tells."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.kernel.news import event


@event
@dataclass(frozen=True)
class Passed:
    """The repair passed; the appliance is ready for collection."""

    order_id: int
    order_number: str
    inspection_id: int


@event
@dataclass(frozen=True)
class Failed:
    """The repair goes back to the bench; `times` counts how often by now."""

    order_id: int
    order_number: str
    inspection_id: int
    times: int
    needs_review: bool
