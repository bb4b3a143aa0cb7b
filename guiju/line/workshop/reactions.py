"""What the workshop does on earlier stations' news."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.line.intake.events import Cancelled
from guiju.line.storeroom.events import Issued
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions
from guiju.line.workshop.models import PartsCommitment
from guiju.line.workshop.rules import CommitmentState


def on_issued(news: Issued, *, by: Actor, at: datetime) -> None:
    """The last missing part is here: the signed date is kept, and a waiting job goes on."""
    if not news.all_issued:
        return
    for commitment in PartsCommitment.objects.filter(order_id=news.order_id, state=CommitmentState.SIGNED):
        actions.meet_commitment(commitment, by=by, at=at)
    for commitment in PartsCommitment.objects.filter(order_id=news.order_id, state=CommitmentState.PROPOSED):
        actions.void_commitment(commitment, by=by, at=at)
    order = WorkOrder.objects.get(pk=news.order_id)
    if order.state == State.WAITING_PARTS:
        actions.resume_repair(order, by=by, at=at)


def on_cancelled(news: Cancelled, *, by: Actor, at: datetime) -> None:
    """Nobody waits for an answer or a part of a job that was cancelled."""
    order = WorkOrder.objects.get(pk=news.order_id)
    actions.void_quotes(order, by=by, at=at)
    living = [CommitmentState.PROPOSED, CommitmentState.SIGNED]
    for commitment in PartsCommitment.objects.filter(order=order, state__in=living):
        actions.void_commitment(commitment, by=by, at=at)
