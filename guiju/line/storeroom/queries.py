"""What the store must answer, what a job got, and whether the job and the stock book say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum

from guiju.books.stock.models import StockAccount
from guiju.kernel.actor import Actor
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.line.storeroom.models import OldPart, PartRequest, Procurement
from guiju.line.storeroom.rules import MISSING, RequestState
from guiju.line.workorder.models import WorkOrder

# In what order the keeper takes them up: whoever waits for an answer first, then what can be handed out.
TURN = (RequestState.REQUESTED, RequestState.RESERVED, RequestState.ON_ORDER)


@dataclass(frozen=True)
class Waiting:
    """A request in the store's queue."""

    request: PartRequest
    is_late: bool


def queue(*, by: Actor, at: datetime) -> list[Waiting]:
    """The requests that the store has to act on, the most urgent first; those past their answering time are late."""
    requests = (
        PartRequest.objects.visible_to(by)
        .filter(state__in=MISSING)
        .select_related("order__unit", "part", "bin__store", "procurement", "requested_by")
        .order_by("answer_by", "pk")
    )
    waiting = [
        Waiting(request, is_late=request.state == RequestState.REQUESTED and request.answer_by < at)
        for request in requests
    ]
    return sorted(waiting, key=lambda each: (not each.is_late, TURN.index(RequestState(each.request.state))))


def waiting(*, by: Actor) -> QuerySet[PartRequest]:
    """The requests that wait for the keeper: to be answered, or to be handed out."""
    return PartRequest.objects.visible_to(by).filter(state__in=TURN[:2])


def old_parts(*, by: Actor) -> QuerySet[OldPart]:
    """The old parts of the jobs that this person may see, the newest first."""
    scope = by.scope("storeroom.see")
    mine = Q(order__technician_id=by.person_id)
    rows = OldPart.objects.filter(scope.q(unit="order__unit_id", own=mine))
    return rows.select_related("part", "order__unit", "request", "removed_by").order_by("-pk")


def requests_of(order: WorkOrder) -> list[PartRequest]:
    """All that a job asked for, oldest first."""
    return _ASKED(order=order.pk)


_ASKED: Prepared[PartRequest] = Prepared(
    lambda *, order: (
        PartRequest.objects.filter(order_id=order).select_related("part", "bin__store", "procurement").order_by("pk")
    )
)


def missing_parts(order: WorkOrder) -> list[PartRequest]:
    """What the job still waits for."""
    return [request for request in requests_of(order) if request.state in MISSING]


def old_parts_of(order: WorkOrder) -> list[OldPart]:
    """The parts that came out of the appliance on this job."""
    return list(OldPart.objects.filter(order=order).select_related("part").order_by("pk"))


@invariant("WO-9")
def every_fitted_part_left_an_old_part() -> Iterator[str]:
    """For each part fitted, an old part with its outcome."""
    rows = PartRequest.objects.filter(fitted_quantity__gt=0).annotate(old=Sum("old_parts__quantity"))
    wrong = rows.exclude(old=F("fitted_quantity")).values_list("number", "fitted_quantity", "old")
    for number, fitted, old in wrong:
        yield f"{number}: {fitted} fitted, {old or 0} old parts tagged"


@invariant("WO-14")
def the_job_and_the_stock_book_agree() -> Iterator[str]:
    """What the requests of a job say was issued is what the stock book says it holds, and the other way round."""
    said: dict[tuple[str, int], int] = {}
    issued = PartRequest.objects.filter(state__in=[RequestState.ISSUED, RequestState.RETURNED])
    for number, part_id, quantity in (
        issued.values("order__number", "part_id")
        .annotate(total=Sum(F("quantity") - F("returned_quantity")))
        .values_list("order__number", "part_id", "total")
    ):
        said[number, part_id] = quantity
    booked = {
        (reference, part_id): balance
        for reference, part_id, balance in StockAccount.objects.filter(kind="FITTED")
        .values("reference", "part_id")
        .annotate(total=Sum("balance"))
        .values_list("reference", "part_id", "total")
    }
    for key in sorted(said.keys() | booked.keys()):
        if said.get(key, 0) != booked.get(key, 0):
            yield f"{key[0]}, part {key[1]}: the job says {said.get(key, 0)}, the book {booked.get(key, 0)}"


@invariant("I05")
def every_reservation_has_a_request() -> Iterator[str]:
    """What is held for a job is what its reserved requests ask for."""
    said = {
        (number, part_id): quantity
        for number, part_id, quantity in PartRequest.objects.filter(state=RequestState.RESERVED)
        .values("order__number", "part_id")
        .annotate(total=Sum("quantity"))
        .values_list("order__number", "part_id", "total")
    }
    held = {
        (reference, part_id): balance
        for reference, part_id, balance in StockAccount.objects.filter(kind="HELD")
        .values("reference", "part_id")
        .annotate(total=Sum("balance"))
        .values_list("reference", "part_id", "total")
    }
    for key in sorted(said.keys() | held.keys()):
        if said.get(key, 0) != held.get(key, 0):
            yield f"{key[0]}, part {key[1]}: requests reserve {said.get(key, 0)}, the book holds {held.get(key, 0)}"


@invariant("WO-5")
def what_is_on_order_has_a_procurement() -> Iterator[str]:
    """A request that waits for a delivery has an open purchase or transfer."""
    on_order = PartRequest.objects.filter(state=RequestState.ON_ORDER)
    for request in on_order.exclude(Q(procurement__state="OPEN")):
        yield f"{request.number} is on order, and nothing was ordered"
    for row in Procurement.objects.filter(state="OPEN").exclude(request__state=RequestState.ON_ORDER):
        yield f"{row.request.number} is not on order, and its procurement is open"
