"""What the storeroom does on earlier stations' news."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.line.intake.events import Cancelled
from guiju.line.storeroom import actions
from guiju.line.workorder.models import WorkOrder


def on_cancelled(news: Cancelled, *, by: Actor, at: datetime) -> None:
    """Free what was kept for a job that will not go on (3.2: reservations released)."""
    actions.release_all(WorkOrder.objects.get(pk=news.order_id), by=by, at=at)
