"""Questions about promises: how they are reckoned, how far they have run, the ledger, and what must always be true of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from guiju.kernel.actor import Actor
from guiju.kernel.spans import Span
from guiju.kernel.verification import invariant
from guiju.line.workorder import rules
from guiju.line.workorder.models import HoldSpan, PromiseOutcome, PromiseRevision, WorkOrder
from guiju.line.workorder.rules import Clock, Opening, Promise
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.policy.rules import Figure, calendar_of

OPENING_KEYS = ("promise.opens", "promise.closes", "promise.closed_weekdays", policy.HOLIDAYS)


def clocks(orders: Iterable[WorkOrder], *, at: datetime, stood_still: bool = True) -> dict[int, Clock]:
    """How far each order's promise has run, by its key; at most two statements for all of them.

    An order without a promise, or whose promise is settled, has no clock.
    """
    running = [order for order in orders if order.promised_at and order.state in rules.PROMISE_RUNS]
    pauses = _pauses([order.pk for order in running]) if stood_still else defaultdict(list)
    since = _promised_since([order.pk for order in running if order.pk in pauses and _was_moved(order)])
    return {
        order.pk: rules.clock(
            started_at=order.received_at or order.registered_at or order.opened_at,
            promised_at=order.promised_at,
            pauses=pauses[order.pk],
            promised_since=since.get(order.pk),
            at=at,
        )
        for order in running
        if order.promised_at is not None
    }


def clock_of(order: WorkOrder, *, at: datetime, stood_still: bool = True) -> Clock | None:
    """How far this order's promise has run; none when there is nothing left to keep.

    stood_still   False for an order that is known to have been on hold never
    """
    return clocks([order], at=at, stood_still=stood_still).get(order.pk)


def _pauses(order_ids: Sequence[int]) -> defaultdict[int, list[Span[datetime]]]:
    """What each customer caused us to wait."""
    found: defaultdict[int, list[Span[datetime]]] = defaultdict(list)
    for span in HoldSpan.objects.filter(order__in=order_ids, is_paused=True) if order_ids else ():
        if span.ends_at is None or span.ends_at > span.starts_at:
            found[span.order_id].append(Span(span.starts_at, span.ends_at))
    return found


def _was_moved(order: WorkOrder) -> bool:
    return order.promised_at != order.first_promised_at


def _promised_since(order_ids: Sequence[int]) -> dict[int, datetime]:
    """When the date that stands was named, of orders whose date was moved."""
    if not order_ids:
        return {}
    rows = PromiseRevision.objects.filter(order__in=order_ids).order_by("order", "number")
    return dict(rows.values_list("order_id", "at"))


def promises_of(order: WorkOrder) -> list[PromiseRevision]:
    """The ledger of one order, the first promise first."""
    return list(order.promise_revisions.select_related("proof", "signature").order_by("number"))


def unagreed(order: WorkOrder) -> PromiseRevision | None:
    """The date that stands, where it is not the first and the customer has not agreed to it; asked only where it was moved."""
    if not _was_moved(order):
        return None
    last = order.promise_revisions.order_by("-number").first()
    return last if last is not None and not last.agreed else None


def holds_of(order: WorkOrder) -> list[HoldSpan]:
    """Every time that the work stood still, and for whose sake."""
    return list(order.hold_spans.order_by("starts_at", "pk"))


def outcome_of(order: WorkOrder) -> PromiseOutcome | None:
    """What became of its promises, once it was ready."""
    return PromiseOutcome.objects.filter(order=order).first()


def kept_until(order: WorkOrder, *, ready_at: datetime) -> dict[str, Any]:
    """What an order that was ready then makes of its promises, by the columns of `PromiseOutcome`.

    The first date and the last one that the customer agreed to are judged apart; each is later by what the customer caused since it
    was named.
    """
    lines = list(order.promise_revisions.order_by("number"))
    first, last = lines[0], lines[-1]
    agreed = next((line for line in reversed(lines) if line.agreed), first)
    pauses = _pauses([order.pk])[order.pk]
    waited = {
        name: rules.stood_still(pauses, since=line.at, until=ready_at)
        for name, line in (("first", first), ("agreed", agreed))
    }
    return {
        "first_at": first.new_at,
        "agreed_at": agreed.new_at,
        "last_at": last.new_at,
        "revisions": last.number,
        "paused_first_seconds": waited["first"] // timedelta(seconds=1),
        "paused_agreed_seconds": waited["agreed"] // timedelta(seconds=1),
        "late_first_minutes": rules.minutes_late(ready_at, first.new_at + waited["first"]),
        "late_agreed_minutes": rules.minutes_late(ready_at, agreed.new_at + waited["agreed"]),
    }


def opening_of(unit: Unit, figures: Mapping[str, Figure], *, at: datetime) -> Opening:
    """When the unit gives appliances out, from figures that were read together with others (`OPENING_KEYS`).

    at   from then on: the days closed that lie behind are nobody's concern
    """
    opens, closes, closed, holidays = (figures[key].value for key in OPENING_KEYS)
    days = policy.closed_from(unit, since=unit.day(at), holidays=holidays)
    state = calendar_of(unit.jurisdiction)
    works, known = (state.works, state.last_day) if state is not None else (frozenset(), None)
    return Opening(unit.time_zone, opens, closes, rules.weekdays(closed), days, works, known)


def promise_from(order: WorkOrder, *, hours: int, start: datetime, parts_on: date | None = None) -> Promise:
    """When a job that is under way will be ready: its service time from the start, or from the day on which its parts are here.

    hours      the service time that is left, as a quote or the line's standard publishes it
    parts_on   when the last missing part is expected; None where none is missing
    """
    figures = policy.figures(OPENING_KEYS, unit=order.unit, on=order.unit.day(start))
    load = rules.Load(service_hours=hours, queued=0, technicians=1, minutes_per_job=0, parts_on=parts_on)
    return rules.promise(start, load, opening_of(order.unit, figures, at=start))


@dataclass(frozen=True)
class OnTime:
    """How many jobs were ready, and of these in time by the first promise and by the agreed one; `is_sum` of the whole outlet."""

    name: str
    ready: int
    kept_first: int
    kept_agreed: int
    moved: int
    is_sum: bool = False

    @property
    def first_percent(self) -> int:
        """Rounded down: nobody is praised for what is missing."""
        return self.kept_first * 100 // self.ready if self.ready else 100

    @property
    def agreed_percent(self) -> int:
        """The same by the agreed date."""
        return self.kept_agreed * 100 // self.ready if self.ready else 100


@dataclass(frozen=True)
class OnTimeOfUnit:
    """An outlet with its technicians, the sum last."""

    code: str
    name: str
    rows: tuple[OnTime, ...]


def on_time(by: Actor, verb: str, *, since: date, until: date) -> list[OnTimeOfUnit]:
    """How well each outlet and each of its technicians kept what was promised, of what was ready on these days (both with it).

    source   4.10 "on-time completion" = ready by the date over ready, against the first promise and against the agreed one
    """
    rows = PromiseOutcome.objects.visible_to(by, verb).filter(ready_on__gte=since, ready_on__lte=until).order_by()
    counted = rows.values("unit", "technician__name").annotate(
        ready=Count("pk"),
        kept_first=Count("pk", filter=Q(late_first_minutes=0)),
        kept_agreed=Count("pk", filter=Q(late_agreed_minutes=0)),
        moved=Count("pk", filter=Q(revisions__gt=0)),
    )
    theirs: defaultdict[int, list[OnTime]] = defaultdict(list)
    for each in counted:
        unit, name = each.pop("unit"), each.pop("technician__name")
        theirs[unit].append(OnTime(name or "", **each))
    units = Unit.objects.in_bulk(theirs)
    found = [OnTimeOfUnit(units[pk].code, units[pk].name, (*_sorted(rows), _sum(rows))) for pk, rows in theirs.items()]
    return sorted(found, key=lambda each: each.code)


def _sorted(rows: list[OnTime]) -> list[OnTime]:
    return sorted(rows, key=lambda each: each.name)


def _sum(rows: list[OnTime]) -> OnTime:
    names = ("ready", "kept_first", "kept_agreed", "moved")
    return OnTime("", **{name: sum(getattr(row, name) for row in rows) for name in names}, is_sum=True)


# --- What must always be true


@invariant("WO-10")
def every_promise_is_the_first_one_or_a_revision() -> Iterator[str]:
    """From the first promise to the present one leads a chain of revisions, each with its reason."""
    standing: dict[int, datetime] = {}
    firsts = dict(WorkOrder.objects.values_list("pk", "first_promised_at"))
    rows = PromiseRevision.objects.order_by("order", "number").select_related("order")
    for revision in rows.only("order__number", "number", "old_at", "new_at", "cause"):
        name = revision.order.number
        if standing.get(revision.order_id) != revision.old_at:
            yield f"{name}: revised a promise that was not the one standing"
        if revision.number == 0 and revision.new_at != firsts[revision.order_id]:
            yield f"{name}: the ledger begins with another promise than the order"
        standing[revision.order_id] = revision.new_at
    for order in WorkOrder.objects.exclude(promised_at=None).only("number", "promised_at"):
        if standing.get(order.pk) != order.promised_at:
            yield f"{order.number}: promised {order.promised_at}, and no revision says so"


@invariant("D03")
def every_outcome_follows_from_the_ledger() -> Iterator[str]:
    """What was written when an order was ready is what its ledger and its holds say."""
    for kept in PromiseOutcome.objects.select_related("order").iterator():
        again = kept_until(kept.order, ready_at=kept.ready_at)
        # A hold that ran when it was ready ended later; up to that moment it counts the same.
        if any(getattr(kept, name) != value for name, value in again.items()):
            yield f"{kept.order.number}: its outcome does not follow from its promises"
    ready = WorkOrder.objects.exclude(ready_at=None).exclude(pk__in=PromiseOutcome.objects.values("order"))
    for number in ready.values_list("number", flat=True):
        yield f"{number}: was ready, and nobody wrote down whether in time"
