"""What jobs wait for and the stores do not have: since when, until when, what comes and when, and who has it meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from guiju.books.stock import queries as stock
from guiju.books.stock.models import LIES, StockAccount
from guiju.books.stock.queries import Free
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState
from guiju.readiness.counting import queries as counting
from guiju.readiness.supply.models import OrderLine, RequestLine
from guiju.readiness.supply.rules import BOUGHT, STANDING
from guiju.readiness.transfers.models import TransferLine
from guiju.readiness.transfers.rules import OPEN
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

# What is reserved for a job lies there: it is short of nothing.
SHORT_IN = (RequestState.REQUESTED, RequestState.ON_ORDER)
# By unit and part.
Key = tuple[int, int]


@dataclass(frozen=True)
class Waits:
    """A job that waits for the part.

    expected_on   the day that the keeper was told for this job; `basis` says by whom
    """

    request: PartRequest
    expected_on: date | None
    basis: str


@dataclass(frozen=True)
class Coming:
    """What was asked for, ordered or sent, for whichever job, and has not come.

    paper         `orders` or `requests` of the purchase, or `transfer`: under which the number is found
    expected_on   the supplier's day; of a transfer the day on which it has been on the way for long enough
    is_late       that day is over
    """

    paper: str
    number: str
    state: str
    quantity: int
    expected_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Shortage:
    """A part of which the jobs of a unit wait for more than its stores have.

    asked         by the jobs that have none reserved
    free, missing None for whoever may not read how many lie there: that there are too few is all that is said
    need_by       the first day on which a job needs it
    expected_on   the first day on which some should come; None where nobody has said a day
    nearest       another unit that has enough, else any; `free` of it is 0 where the figure is not shown
    replaced_here the part that is used instead lies here
    """

    unit: Unit
    part: Part
    asked: int
    free: int | None
    missing: int | None
    jobs: tuple[Waits, ...]
    coming: tuple[Coming, ...]
    need_by: date | None
    since: datetime
    expected_on: date | None
    is_late: bool
    nearest: Free | None
    replaced_here: bool

    @property
    def is_too_late(self) -> bool:
        """It should come, and not before it is needed."""
        return self.need_by is not None and self.expected_on is not None and self.expected_on > self.need_by

    @property
    def urgency(self) -> tuple[bool, bool, date, datetime]:
        """What nobody has a day for comes first, then what is late or too late; each by when it is needed and since when it is missed."""
        return (
            self.expected_on is not None, not (self.is_late or self.is_too_late), self.need_by or date.max, self.since,
        )  # fmt: skip


def shortages(*, by: Actor, at: datetime) -> list[Shortage]:
    """The parts of which the jobs that this person sees wait for more than the stores of their units have, the most urgent first.

    Ten statements, however many there are. How many lie in a store is told to whoever may see its stock and counts none of it.
    """
    asked: dict[Key, list[PartRequest]] = defaultdict(list)
    rows = PartRequest.objects.visible_to(by).filter(state__in=SHORT_IN)
    rows = rows.select_related("order__unit", "part__superseded_by", "procurement", "requested_by")
    for request in rows.order_by("requested_at", "pk"):
        asked[request.order.unit_id, request.part_id].append(request)
    parts = {each.part_id for requests in asked.values() for each in requests}
    heads = [requests[0].part for requests in asked.values()]
    newer = {part.superseded_by_id for part in heads if part.superseded_by_id is not None}
    free: dict[int, list[Free]] = defaultdict(list)
    for each in stock.free_of({*parts, *newer}) if parts else ():
        free[each.part_id].append(each)
    short = {key: requests for key, requests in asked.items() if _sum(requests) > _here(free[key[1]], key[0])}
    coming = _coming({unit for unit, _ in short}, {part for _, part in short}, at) if short else {}
    counted = _counted(parts, by)
    found = [
        _shortage(requests, free, coming.get((unit, part), ()), at=at,
                  shows=part not in counted and by.may("stock.see", unit_id=unit))
        for (unit, part), requests in short.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (*each.urgency, each.part.code, each.unit.code))


def _shortage(
    requests: list[PartRequest],
    free: Mapping[int, list[Free]],
    coming: Collection[Coming],
    *,
    at: datetime,
    shows: bool,
) -> Shortage:
    unit, part = requests[0].order.unit, requests[0].part
    asked, here = _sum(requests), _here(free[part.pk], unit.pk)
    jobs = tuple(_waits(each) for each in requests)
    said = [*(each.expected_on for each in jobs), *(each.expected_on for each in coming)]
    days = [day for day in said if day is not None]
    others = [each for each in stock.nearest_first(free[part.pk], unit) if each.unit_id != unit.pk]
    enough = [each for each in others if each.available >= asked - here]
    nearest = next(iter(enough or others), None)
    newer = part.superseded_by_id
    return Shortage(
        unit=unit, part=part, asked=asked, jobs=jobs, coming=tuple(coming),
        free=here if shows else None, missing=asked - here if shows else None,
        need_by=min((each.need_by for each in requests if each.need_by is not None), default=None),
        since=requests[0].requested_at, expected_on=min(days, default=None),
        is_late=bool(days) and min(days) < unit.day(at),
        nearest=nearest if nearest is None or shows else nearest._replace(available=0),
        replaced_here=newer is not None and _here(free[newer], unit.pk) > 0,
    )  # fmt: skip


def _waits(request: PartRequest) -> Waits:
    procurement = getattr(request, "procurement", None)
    if procurement is None:
        return Waits(request, None, "")
    return Waits(request, procurement.expected_on, procurement.basis)


def _sum(requests: Iterable[PartRequest]) -> int:
    return sum(each.quantity for each in requests)


def _here(free: Iterable[Free], unit_id: int) -> int:
    return sum(each.available for each in free if each.unit_id == unit_id)


def _counted(parts: Collection[int], by: Actor) -> set[int]:
    """Those of the parts that lie where this person counts (F10)."""
    bins = counting.hidden_from(by)
    if not bins:
        return set()
    return set(StockAccount.objects.filter(LIES, bin__in=bins, part__in=parts).values_list("part_id", flat=True))


@reach.as_house
def _coming(units: Collection[int], parts: Collection[int], at: datetime) -> Mapping[Key, list[Coming]]:
    """What is on its way to these units, by unit and part: also with an order of head office and from a store elsewhere; no prices."""
    found: dict[Key, list[Coming]] = defaultdict(list)
    _bought(found, units, parts, at)
    _sent(found, units, parts, at)
    for coming in found.values():
        coming.sort(key=lambda each: (each.expected_on or date.max, each.number))
    return found


def _bought(found: dict[Key, list[Coming]], units: Collection[int], parts: Collection[int], at: datetime) -> None:
    rows = RequestLine.objects.filter(
        part__in=parts, request__unit__in=units, request__state__in=sorted(STANDING), withdrawn_at__isnull=True
    )
    ordered = OrderLine.objects.filter(order__state__in=sorted(BOUGHT)).select_related("order")
    rows = rows.select_related("request__unit").prefetch_related(Prefetch("bought", ordered, to_attr="orders"))
    for line in rows:
        orders: list[OrderLine] = line.orders
        into = found[line.request.unit_id, line.part_id or 0]
        if not orders:
            into.append(Coming("requests", line.request.number, line.request.state, line.quantity, None, is_late=False))
        for each in orders:
            left = each.quantity - (each.delivered - each.rejected)
            if each.ended_at is None and left > 0:
                due = each.order.expected_on
                late = due is not None and due < line.request.unit.day(at)
                into.append(Coming("orders", each.order.number, each.order.state, left, due, is_late=late))


def _sent(found: dict[Key, list[Coming]], units: Collection[int], parts: Collection[int], at: datetime) -> None:
    rows = TransferLine.objects.filter(part__in=parts, transfer__to_unit__in=units, transfer__state__in=sorted(OPEN))
    lines = list(rows.select_related("transfer__unit", "transfer__to_unit"))
    senders = {each.transfer.unit_id: each.transfer.unit for each in lines}
    days = policy.figure_by_unit("inv.transit_days", units=senders.values(), on=at.date()) if lines else {}
    for line in lines:
        transfer, due = line.transfer, None
        left = line.wanted
        if transfer.sent_at is not None:
            left = line.on_the_way
            due = transfer.to_unit.day(transfer.sent_at) + timedelta(days=int(days[transfer.unit_id].value))
        if left > 0:
            late = due is not None and due < transfer.to_unit.day(at)
            found[transfer.to_unit_id, line.part_id].append(
                Coming("transfer", transfer.number, transfer.state, left, due, is_late=late)
            )
