"""What the storeroom does on earlier stations' news."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin
from guiju.kernel.actor import Actor
from guiju.line.intake.events import Cancelled
from guiju.line.storeroom import actions
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState
from guiju.line.workorder.models import WorkOrder
from guiju.readiness.supply.events import ExpectedOn, NotComing, PutAway


def on_cancelled(news: Cancelled, *, by: Actor, at: datetime) -> None:
    """Free what was kept for a job that will not go on (3.2: reservations released)."""
    actions.release_all(WorkOrder.objects.get(pk=news.order_id), by=by, at=at)


def on_expected(news: ExpectedOn, *, by: Actor, at: datetime) -> None:
    """The supplier said when the part comes: the job that waits for it hears so (3.8 "ETA to the promises")."""
    request = _waiting(news.origin)
    # A day that has passed while the news was on its way says nothing any more.
    if request is not None and news.expected_on >= request.order.unit.day(at):
        actions.expect_on(request, expected_on=news.expected_on, basis=news.number, by=by, at=at)


def on_put_away(news: PutAway, *, by: Actor, at: datetime) -> None:
    """What was bought for a job lies in its bin: it is kept for that job before anybody else takes it."""
    request = _waiting(news.origin)
    if request is None or request.part_id != news.part_id:
        return
    with suppress(stock.NotEnough):
        # Only some of them came: they lie free until the rest is here, and the keeper may share them out.
        actions.reserve_arrived(request, bin=Bin.objects.get(pk=news.bin_id), by=by, at=at)


def on_not_coming(news: NotComing, *, by: Actor, at: datetime) -> None:
    """What was bought for a job does not come: nobody waits for a day that is none."""
    request = _waiting(news.origin)
    if request is not None:
        actions.lose_date(request, basis=news.number, by=by, at=at)


def _waiting(number: str) -> PartRequest | None:
    """The request of that number, if it still waits for its purchase."""
    rows = PartRequest.objects.select_related("order__unit").filter(number=number, state=RequestState.ON_ORDER)
    return rows.first() if number else None
