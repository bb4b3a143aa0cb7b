"""The tax of bills, as it was split when they were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.line.cashier.models import Bill, BillLine
from guiju.line.cashier.rules import taxes
from guiju.line.cashier.rules.taxes import Taxed
from guiju.standing.people.models import Unit


@dataclass(frozen=True, slots=True)
class Charged:
    """What a bill charged at one rate, in minor units."""

    day: date
    bill: str
    order: str
    taxed: Taxed
    currency: str


def taxed(lines: Iterable[BillLine]) -> tuple[Taxed, ...]:
    """Lines by their rates; nothing for those that were drawn before the tax was split."""
    return taxes.by_rate(
        (line.rate_bp, line.amount_minor - line.off_minor, line.tax_minor)
        for line in lines
        if line.rate_bp is not None and line.tax_minor is not None
    )


def charged(unit: Unit, *, since: datetime, until: datetime, by: Actor) -> Iterator[Charged]:
    """The bills of an outlet of a half-open time, a row for each rate, in the order in which they were drawn; two statements."""
    bills = Bill.objects.filter(
        by.scope("money.see").q(unit="order__unit_id"), order__unit=unit, drawn_at__gte=since, drawn_at__lt=until
    )
    for bill in bills.select_related("order").prefetch_related("lines").order_by("drawn_at", "pk"):
        for each in taxed(bill.lines.all()):
            yield Charged(unit.day(bill.drawn_at), bill.number, bill.order.number, each, bill.currency)


@invariant("G-7")
def the_tax_of_a_bill_is_that_of_its_rates() -> Iterator[str]:
    """Of each bill the discount is shared out whole, and the tax of each rate is that of its sum."""
    bills = Bill.objects.filter(lines__rate_bp__isnull=False).distinct().prefetch_related("lines")
    for bill in bills.iterator(chunk_size=500):
        lines = list(bill.lines.all())
        off = sum(line.off_minor for line in lines)
        if off != bill.discount_minor:
            yield f"{bill.number}: a discount of {bill.discount_minor}, of which its lines bear {off}"
        for each in taxed(lines):
            if each.tax_minor != taxes.tax_within(each.gross_minor, each.rate_bp):
                yield f"{bill.number}: {each.gross_minor} at {each.rate} bears a tax of {each.tax_minor}"
