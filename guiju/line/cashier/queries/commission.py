"""Who did the work that was charged, and on which day: the base of commissions (G14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import allocate
from guiju.line.cashier.models import Bill, BillLine
from guiju.line.workshop.models import LabourEntry
from guiju.line.workshop.rules import LineKind
from guiju.standing.people.models import Unit


@dataclass(frozen=True, slots=True)
class Worked:
    """What one person's work on one job brought, in minor units: the labour that was charged, after discount."""

    day: date
    order: str
    bill: str
    number: str
    name: str
    minutes: int
    base_minor: int
    currency: str


def commission(unit: Unit, *, since: datetime, until: datetime, by: Actor) -> Iterator[Worked]:
    """Each job that became ready in a half-open time, by who worked on it; what was charged for labour is shared out by minutes.

    The day is that on which the work was done, whenever it is paid. Two statements, whatever the number of jobs.
    """
    scope = by.scope("cashier.see")
    bills = Bill.objects.filter(
        scope.q(unit="order__unit_id"), order__unit=unit, order__ready_at__gte=since, order__ready_at__lt=until
    )
    labour = dict(
        BillLine.objects.filter(bill__in=bills, kind=LineKind.LABOUR)
        .order_by()
        .values_list("bill")
        .annotate(total=Sum("amount_minor"))
    )
    worked: dict[int, list[tuple[str, str, int]]] = {}
    entries = LabourEntry.objects.standing().filter(order__in=bills.values("order")).order_by()
    summed = entries.values_list("order", "technician__number", "technician__name").annotate(total=Sum("minutes"))
    for order, number, name, minutes in summed:
        worked.setdefault(order, []).append((number, name, minutes))
    for bill in bills.select_related("order").order_by("order__ready_at", "pk"):
        charged, people = labour.get(bill.pk, 0), sorted(worked.get(bill.order_id, []))
        if not charged or not people or bill.order.ready_at is None:
            continue
        rest = bill.total_minor + bill.discount_minor - charged
        # A discount is taken off every line alike.
        ours = allocate(bill.total_minor, [charged, rest])[0]
        shares = allocate(ours, [minutes for _number, _name, minutes in people])
        for (number, name, minutes), share in zip(people, shares, strict=True):
            yield Worked(
                unit.day(bill.order.ready_at),
                bill.order.number,
                bill.number,
                number,
                name,
                minutes,
                share,
                bill.currency,
            )
