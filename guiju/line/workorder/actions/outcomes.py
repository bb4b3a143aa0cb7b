"""What became of a promise, written down when the order is ready for the first time."""

from __future__ import annotations

from datetime import datetime

from guiju.line.workorder import queries
from guiju.line.workorder.models import PromiseOutcome, WorkOrder


def settle_promise(order: WorkOrder, *, at: datetime) -> PromiseOutcome:
    """Write down whether an order that is ready now was promised for now; inside the deed that makes it ready.

    source   4.10 "on-time completion": ready by the date over ready
    """
    return PromiseOutcome.objects.create(
        order=order,
        unit=order.unit,
        technician_id=order.technician_id,
        ready_at=at,
        ready_on=order.unit.day(at),
        **queries.kept_until(order, ready_at=at),
    )
