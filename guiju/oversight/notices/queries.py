"""What a customer was told about a job."""

from __future__ import annotations

from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices.models import Message


def messages_of(order: WorkOrder) -> list[Message]:
    """The messages about a job, newest first."""
    return list(Message.objects.filter(order=order).order_by("-pk"))
