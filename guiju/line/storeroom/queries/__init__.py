"""What the store must answer, what a job got, and whether the job and the stock book say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum

from guiju.books.stock import queries as stock
from guiju.books.stock.models import StockAccount
from guiju.books.stock.rules import PROMISED, Place
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.line.storeroom.models import OldPart, PartRequest, Procurement, ReturnBatch
from guiju.line.storeroom.rules import MISSING, TO_RETURN, OldPartState, RequestState, bucket_of
from guiju.line.workorder.models import WorkOrder
from guiju.readiness.requisitions import queries as requisitions
from guiju.standing.people.models import Unit

# Stores that are looked at for a part: all that a customer would wait for, and not the whole brand.
NEAR = 50
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


@dataclass(frozen=True)
class Aged:
    """An old part that head office waits for.

    days      since it came out
    is_late   it should have been sent by now
    """

    old: OldPart
    days: int
    bucket: str
    is_late: bool


def to_return(*, by: Actor, at: datetime) -> list[Aged]:
    """The old parts that lie here and are to go to head office, those that are due first."""
    rows = old_parts(by=by).filter(state=OldPartState.KEPT, outcome__in=sorted(TO_RETURN)).order_by("due_on", "pk")
    found = []
    for old in rows.select_related("order__unit", "part"):
        today = old.order.unit.day(at)
        days = (today - old.order.unit.day(old.removed_at)).days
        found.append(Aged(old, days, bucket_of(days), old.due_on is not None and old.due_on < today))
    return found


def batches(*, by: Actor) -> QuerySet[ReturnBatch]:
    """The parcels of old parts of the outlets that this person sees, the newest first."""
    rows = ReturnBatch.objects.visible_to(by).select_related("unit", "to_unit", "sent_by", "received_by")
    return rows.annotate(count=Count("parts"), missing=Count("parts", filter=Q(parts__state=OldPartState.MISSING)))


def overdue(at: datetime) -> list[OldPart]:
    """The old parts that were not sent in time and are not charged yet, for the clock."""
    # A day more than anywhere: each outlet's own day decides in the verb.
    rows = OldPart.objects.filter(
        state=OldPartState.KEPT, due_on__lte=at.date() + timedelta(days=1), is_chargeable=False
    )
    found = rows.select_related("order__unit").order_by("pk")
    return [old for old in found if old.due_on is not None and old.due_on < old.order.unit.day(at)]


@dataclass(frozen=True)
class Elsewhere:
    """Another unit that has enough of a part; how much it cost there is nobody's business."""

    unit: Unit
    free: int


@reach.as_house
@dataclass(frozen=True)
class Availability:
    """Whether a part that a job waits for is to be had: in its own outlet, else where next. How many there are is told to nobody."""

    is_here: bool
    nearest: str = ""


def availability(request: PartRequest) -> Availability:
    """The same for whoever speaks with the customer, who sees no store's figures."""
    home = request.order.unit
    near = stock.nearest(request.part, home, limit=NEAR)
    if sum(each.available for each in near if each.unit_code == home.code) >= request.quantity:
        return Availability(is_here=True)
    enough = (each for each in near if each.unit_code != home.code and each.available >= request.quantity)
    return Availability(is_here=False, nearest=next((each.unit_name for each in enough), ""))


@reach.as_house
def elsewhere(request: PartRequest) -> list[Elsewhere]:
    """The other outlets and the stores above that have what a job asks for, the nearest first: of the same unit above, then farther."""
    home = request.order.unit
    rows = (
        StockAccount.objects.filter(part=request.part, kind=Place.BIN, balance__gt=0, owner__in=PROMISED)
        .exclude(unit=home)
        .values("unit")
        .annotate(free=Sum("balance"))
        .filter(free__gte=request.quantity)
        .values_list("unit", "free")
    )
    free = dict(rows)
    units = Unit.objects.filter(pk__in=free, is_active=True)
    above = home.lineage

    def distance(unit: Unit) -> tuple[int, int, str]:
        shared = next((far for far, code in enumerate(above) if code in unit.lineage), len(above))
        return shared, unit.lineage.index(above[shared]) if shared < len(above) else 0, unit.code

    return [Elsewhere(unit, free[unit.pk]) for unit in sorted(units, key=distance)]


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
    # What no job asked for was signed for (F05), and is told by its requisition.
    said |= requisitions.in_use()
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


@invariant("2.9")
def every_parcel_of_old_parts_adds_up() -> Iterator[str]:
    """What an opened parcel had in it came or is missing, and a sample was drawn; what is on its way was not opened."""
    for old in OldPart.objects.filter(batch__isnull=False).select_related("batch"):
        batch = old.batch
        if batch is not None and (old.state == OldPartState.SENT) != (batch.received_at is None):
            yield f"{old.tag} is {old.state}, and its parcel {batch.number} is {batch.state}"
    for batch in ReturnBatch.objects.filter(state="CLOSED", parts__is_sampled=True, parts__result="").distinct():
        yield f"{batch.number} is closed, and of its sample not all was examined"
