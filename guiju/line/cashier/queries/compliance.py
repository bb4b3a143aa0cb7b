"""What was charged, held against the lists of its day: how far each outlet keeps to them, and what should go back (S1-38, S1-42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch, Q, QuerySet

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import Bill, BillLine
from guiju.line.cashier.rules import Overcharged, overcharge
from guiju.line.workorder import queries as orders
from guiju.line.workshop import queries as bench
from guiju.line.workshop.models import LineSignature
from guiju.standing.people.models import Unit
from guiju.standing.pricing import queries as pricing

# Bills of one question of the database: as many as fit the memory of a small machine many times over.
BILLS_AT_ONCE = 500


@dataclass(frozen=True)
class Overcharge:
    """A charge that the list of its day does not bear, and that the customer did not sign.

    most_minor     what one might have cost at most; None where the list named no such thing
    excess_minor   of all of them
    """

    line: BillLine
    kind: Overcharged
    most_minor: int | None
    excess_minor: int
    list_number: str
    on: date


@dataclass
class Judged:
    """A bill with what was found on it.

    to_refund_minor   what should still go back: the excess less the discount that was given and what went back already
    """

    bill: Bill
    charges: int
    found: list[Overcharge] = field(default_factory=list)

    @property
    def excess_minor(self) -> int:
        return sum(each.excess_minor for each in self.found)

    @property
    def to_refund_minor(self) -> int:
        owed = self.excess_minor - self.bill.discount_minor - self.bill.refunded_minor
        return max(0, min(owed, self.bill.paid_minor - self.bill.refunded_minor))


@dataclass
class Compliance:
    """How far an outlet keeps to the list (S1-42).

    month   its first day, where the months are told apart
    """

    unit: Unit
    currency: str
    month: date | None = None
    charges: int = 0
    fair: int = 0
    excess_minor: int = 0

    @property
    def per_mille(self) -> int:
        """Of a thousand charges so many are within the list or signed, rounded down: all is all only when it is all."""
        return self.fair * 1000 // self.charges if self.charges else 1000

    @property
    def percent(self) -> str:
        """The same in percent, with one place."""
        return f"{self.per_mille // 10}.{self.per_mille % 10}"


def bills_between(since: date, until: date, *, by: Actor) -> QuerySet[Bill]:
    """The bills that this person may see, drawn from the one day to the other, both included."""
    seen = Bill.objects.filter(by.scope("cashier.see").q(unit="order__unit"))
    return bills_drawn(since, until, among=seen)


def bills_drawn(since: date, until: date, *, among: QuerySet[Bill] | None = None) -> QuerySet[Bill]:
    """The same for whoever runs the house; days by the clock of the house."""
    zone = ZoneInfo(pricing.home_of(None).time_zone)
    first, last = datetime.combine(since, time.min, zone), datetime.combine(until, time.max, zone)
    return (Bill.objects.all() if among is None else among).filter(drawn_at__range=(first, last)).order_by("pk")


def scan(bills: QuerySet[Bill]) -> Iterator[Judged]:
    """Hold each charge of these bills against the list that was in force on the day of its quote.

    source   S1-38; peers idea 2
    """
    lines = BillLine.objects.select_related("item", "part", "quote_line__quote").order_by("pk")
    rows = bills.select_related("order__unit", "order__appliance").prefetch_related(Prefetch("lines", lines))
    for bill in rows.iterator(chunk_size=BILLS_AT_ONCE):
        yield _judged(bill, list(bill.lines.all()))


def credited_fee_minor(bill: Bill) -> int:
    """The test fee that was shown at the counter and is not charged, because the repair went ahead (C08); else nothing."""
    lines = list(bill.lines.all())
    is_repaired = any(line.quote_line_id for line in lines)
    return bill.order.test_fee_minor if is_repaired and not any(line.kind == "TEST" for line in lines) else 0


def judged(bill: Bill) -> Judged:
    """The same for one bill."""
    return next(scan(Bill.objects.filter(pk=bill.pk)))


def by_outlet(found: Iterable[Judged]) -> tuple[list[Compliance], list[Judged]]:
    """How far each outlet keeps to the list, and the bills on which something should go back."""
    outlets: dict[int, Compliance] = {}
    odd = []
    for each in found:
        unit = each.bill.order.unit
        outlet = outlets.setdefault(unit.pk, Compliance(unit, each.bill.currency))
        outlet.charges += each.charges
        outlet.fair += each.charges - len(each.found)
        outlet.excess_minor += each.excess_minor
        if each.found:
            odd.append(each)
    return sorted(outlets.values(), key=lambda each: (each.per_mille, each.unit.code)), odd


def by_month(found: Iterable[Judged]) -> list[Compliance]:
    """The same of each outlet month by month, by the outlet's own clock, the last month first: the figure that a scorecard reads."""
    months: dict[tuple[date, int], Compliance] = {}
    for each in found:
        unit = each.bill.order.unit
        month = unit.day(each.bill.drawn_at).replace(day=1)
        row = months.setdefault((month, unit.pk), Compliance(unit, each.bill.currency, month))
        row.charges += each.charges
        row.fair += each.charges - len(each.found)
        row.excess_minor += each.excess_minor
    rows = sorted(months.values(), key=lambda each: each.unit.code)
    return sorted(rows, key=lambda each: each.month or date.min, reverse=True)


def kept_to_the_list(since: date, until: date, *, by: Actor) -> list[Compliance]:
    """The share of charges within the published list, or signed, by month and outlet, of the bills that this person may see.

    since, until   days on which the bills were drawn, both included
    source         S1-42; for the outlet's scorecard
    """
    return by_month(scan(bills_between(since, until, by=by)))


def _judged(bill: Bill, lines: list[BillLine]) -> Judged:
    order = bill.order
    # What another unit costs more is on no list: the customer has signed for that very sum (3.5).
    lines = [line for line in lines if line.offer_id is None]
    answer = Judged(bill, len(lines))
    signed = _signed(lines)
    for on, group in _by_day(bill, lines).items():
        things = [(line.item, line.part) for line in group]
        listed = pricing.lines_for(things, unit=order.unit, on=on, place=orders.place_of(order))
        for line, price in zip(group, listed, strict=True):
            most = price.max_minor if price else None
            kind, excess = overcharge(line.unit_minor, line.quantity, most)
            if kind is None and line.item is not None and not bench.labour_fits(order, line.item):
                # What lighter work would have cost nobody can say: a person looks at it.
                kind = Overcharged.TOO_HEAVY
            if kind is not None and line.quote_line_id not in signed:
                number = price.price_list.number if price else ""
                answer.found.append(Overcharge(line, kind, most, excess, number, on))
    return answer


def _by_day(bill: Bill, lines: list[BillLine]) -> dict[date, list[BillLine]]:
    """The charges by the day whose list holds: that of the quote, which keeps its version; of a test fee, the day it was accepted."""
    days: dict[date, list[BillLine]] = {}
    for line in lines:
        at = line.quote_line.quote.drafted_at if line.quote_line else bill.order.registered_at or bill.drawn_at
        days.setdefault(bill.order.unit.day(at), []).append(line)
    return days


def _signed(lines: list[BillLine]) -> set[int]:
    asked = [line.quote_line_id for line in lines if line.quote_line and line.quote_line.exception_id]
    return set(LineSignature.objects.filter(line__in=asked).values_list("line_id", flat=True)) if asked else set()


@invariant("PRC-4")
def charges_repeat_what_was_shown() -> Iterator[str]:
    """Each charge repeats the published line by which it was quoted, and lies within it; what does not was signed by itself."""
    quoted = BillLine.objects.filter(quote_line__isnull=False)
    other = ~Q(list_min_minor=F("quote_line__list_min_minor"), list_max_minor=F("quote_line__list_max_minor"))
    for line in quoted.filter(other):
        yield f"Charge {line.pk} shows another list price than its quote"
    listed = quoted.filter(quote_line__price_line__isnull=False)
    changed = ~Q(
        list_min_minor=F("quote_line__price_line__min_minor"), list_max_minor=F("quote_line__price_line__max_minor")
    )
    for line in listed.filter(changed):
        yield f"Charge {line.pk} shows another range than the published line"
    outside = BillLine.objects.exclude(unit_minor__gte=F("list_min_minor"), unit_minor__lte=F("list_max_minor"))
    for line in outside.exclude(quote_line__in=LineSignature.objects.values("line")):
        yield f"Charge {line.pk} is outside the list and nobody signed it"
