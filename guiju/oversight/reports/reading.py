"""What a report of a week or a month reads besides the moves of its days: a year of use, orders under way, the room itself.

What can be changed afterwards (costs, levels, last days of supply, promised days, figures) is kept with the report as `given`; all
else is reckoned again from the moves and the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import TruncMonth

from guiju.books.stock.models import StockMove, Store
from guiju.books.stock.rules import Movement, Owner
from guiju.kernel.models import Transition
from guiju.oversight.reports.rules import IDLE_FIGURES, MONTHS
from guiju.readiness.planning.models import StockLevel
from guiju.readiness.supply.models import PurchaseOrder
from guiju.readiness.supply.rules import UNDER_WAY, OrderState
from guiju.readiness.upkeep.models import ClimateReading, Inspection
from guiju.standing.catalogue.models import Part
from guiju.standing.policy import queries as policy

Given = Mapping[str, Any]


def given_now(store: Store, end_on: date, parts: Iterable[str]) -> dict[str, Any]:
    """What the catalogue, the levels, the suppliers and the figures say now of these parts."""
    levels = StockLevel.objects.filter(store=store, level__gt=0).values_list("part__code", "level")
    codes = sorted({*parts, *(part for part, _level in levels)})
    known = list(Part.objects.filter(code__in=codes).values_list("code", "cost_minor", "supply_ends_on"))
    figures = policy.figures(IDLE_FIGURES, unit=store.unit, on=end_on)
    days = PurchaseOrder.objects.filter(lines__unit=store.unit, expected_on__isnull=False, made_at__isnull=False)
    return {
        "costs": {code: cost for code, cost, _ends in known if cost is not None},
        "ends": {code: ends.isoformat() for code, _cost, ends in known if ends is not None},
        "levels": dict(sorted(levels)),
        "expected": {
            number: expected.isoformat() for number, expected in days.values_list("number", "expected_on") if expected
        },
        "figures": {name: int(figures[name].value) for name in IDLE_FIGURES},
    }  # fmt: skip


@dataclass
class Year:
    """Of one part of the house's own in one store: what lay there a year ago, and month by month what was used and what is more.

    moves   how often it was handed out
    """

    opening: int = 0
    net: list[int] = field(default_factory=lambda: [0] * MONTHS)
    used: list[int] = field(default_factory=lambda: [0] * MONTHS)
    moves: int = 0


def year_of(store: Store, end_on: date, upto: int) -> dict[str, Year]:
    """The twelve months before a day that begins a month, part by part; what came back unused was not used."""
    zone = ZoneInfo(store.unit.time_zone)
    start_on = end_on.replace(year=end_on.year - 1)
    start, end = (datetime.combine(day, time(), zone) for day in (start_on, end_on))
    found: dict[str, Year] = {}
    for sign, here, there in ((1, "target", "source"), (-1, "source", "target")):
        own = {f"{here}__bin__store": store, f"{here}__owner": Owner.OWN.value}
        rows = StockMove.objects.filter(**own, pk__lte=upto, at__lt=end).exclude(**{f"{there}__bin__store": store})
        part = f"{here}__part__code"
        for code, total in rows.filter(at__lt=start).order_by().values_list(part).annotate(Sum("amount")):
            found.setdefault(code, Year()).opening += sign * total
        months = rows.filter(at__gte=start).order_by().annotate(month=TruncMonth("at", tzinfo=zone))
        for code, month, kind, total, moves in (
            months.values(part, "month", "kind")
            .annotate(total=Sum("amount"), moves=Count("pk"))
            .values_list(part, "month", "kind", "total", "moves")
        ):
            year = found.setdefault(code, Year())
            index = (month.year - start_on.year) * 12 + month.month - start_on.month
            year.net[index] += sign * total
            if kind in {Movement.ISSUE, Movement.TAKE_BACK}:
                year.used[index] -= sign * total
                year.moves += moves if kind == Movement.ISSUE else 0
    return found


def idle_since(store: Store, end: datetime, upto: int) -> dict[str, date]:
    """Since which day nobody has been given any of a part: the last issue, or the day on which it first came."""
    moves = StockMove.objects.filter(pk__lte=upto, at__lt=end).order_by()
    came = moves.filter(target__bin__store=store, target__owner=Owner.OWN.value)
    gone = moves.filter(source__bin__store=store, source__owner=Owner.OWN.value, kind=Movement.ISSUE)
    since = dict(came.values_list("target__part__code").annotate(Min("at")))
    since |= dict(gone.values_list("source__part__code").annotate(Max("at")))
    return {code: store.unit.day(at) for code, at in since.items()}


def overdue(store: Store, end_on: date, end: datetime, cuts: Mapping[str, int], given: Given) -> list[dict[str, Any]]:
    """The orders for the store's unit that were under way at the end and whose day was over, the latest first."""
    expected: Mapping[str, str] = given["expected"]
    rows = PurchaseOrder.objects.filter(number__in=expected, lines__unit=store.unit, made_at__lt=end).distinct()
    orders = list(rows.order_by("pk").values_list("pk", "number", "supplier__code"))
    steps = Transition.objects.filter(
        subject_type="supply.purchaseorder", subject_id__in=[pk for pk, _n, _s in orders], at__lt=end, pk__lte=cuts["steps"]
    ).order_by("at", "pk")  # fmt: skip
    stood = dict(steps.values_list("subject_id", "to_state"))
    late = [
        {"order": number, "supplier": supplier, "expected_on": expected[number], "days": days}
        for pk, number, supplier in orders
        if stood.get(pk, OrderState.DRAFT.value) in UNDER_WAY
        and (days := (end_on - date.fromisoformat(expected[number])).days - 1) > 0
    ]
    return sorted(late, key=lambda each: (-int(str(each["days"])), str(each["order"])))


def room(store: Store, begin: date, end_on: date, end: datetime) -> dict[str, int | None]:
    """How the room was looked after: readings of the climate, those outside their limits, the inspections that were made."""
    readings = ClimateReading.objects.filter(store=store, read_on__gte=begin, read_on__lt=end_on)
    due = Inspection.objects.filter(store=store, week_on__gte=begin, week_on__lt=end_on)
    done = due.filter(done_at__lt=end)
    return {
        "readings": readings.count(), "outside": readings.filter(is_outside=True).count(), "due": due.count(),
        "done": done.count(), "least_score": done.aggregate(least=Min("score"))["least"],
    }  # fmt: skip
