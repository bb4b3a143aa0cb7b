"""What the telephone does on earlier stations' news."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.kernel.actor import Actor
from guiju.line.intake.events import Registered
from guiju.line.telephone import actions
from guiju.line.telephone.models import Call
from guiju.line.workorder.models import WorkOrder

# Who has hung up and is still being written down.
JUST_NOW = timedelta(minutes=30)


def on_registered(news: Registered, *, by: Actor, at: datetime) -> None:
    """An order for somebody who is on the telephone, or was a moment ago, came of that call."""
    order = WorkOrder.objects.select_related("customer").get(pk=news.order_id)
    registered_at = order.registered_at or at
    calls = Call.objects.with_names().filter(
        unit_id=order.unit_id, phone__in=order.customer.phones.values("e164"), order=None, answered_at__isnull=False,
        started_at__lte=registered_at,
    )  # fmt: skip
    call = calls.exclude(ended_at__lt=registered_at - JUST_NOW).order_by("-started_at").first()
    if call is not None:
        actions.lead_to(call, order=order, by=by, at=at)
