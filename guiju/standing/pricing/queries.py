"""What may be charged here, today?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import F, Q, QuerySet

from guiju.kernel.remembered import Remembered
from guiju.kernel.verification import invariant
from guiju.standing.catalogue.models import Part, ProductLine, ServiceItem
from guiju.standing.people.models import Unit
from guiju.standing.pricing import rules
from guiju.standing.pricing.models import PriceLine, PriceList


@dataclass(frozen=True)
class SheetRow:
    """One line of the price sheet that stands at the counter (S6-37 to S6-41)."""

    section: str
    line_id: int
    code: str
    name: str
    min_minor: int
    max_minor: int
    currency: str
    unit: str
    conditions: str
    service_hours: int
    list_number: str


def in_force(unit: Unit, on: date) -> QuerySet[PriceList]:
    """The lists that hold for this unit on that day: its own, those of the units above it, the brand's."""
    return in_force_for(unit.lineage, on)


def in_force_for(lineage: Any, on: Any) -> QuerySet[PriceList]:
    """The same by the codes of those units."""
    return PriceList.objects.filter(
        Q(unit__isnull=True) | Q(unit__code__in=lineage),
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        starts_on__lte=on,
    ).exclude(state=rules.State.DRAFT)


def current_list(unit: Unit, on: date) -> PriceList | None:
    """The nearest list in force: the outlet's own before its region's before the brand's."""
    return min(in_force(unit, on).select_related("unit"), key=lambda each: _distance(each, unit), default=None)


def line_for(*, item: ServiceItem | None = None, part: Part | None = None, unit: Unit, on: date) -> PriceLine | None:
    """The line that prices this service or part here on that day, from the nearest list that names it.

    source   PRC-1; C01
    """
    return lines_for([(item, part)], unit=unit, on=on)[0]


def lines_for(
    wanted: Sequence[tuple[ServiceItem | None, Part | None]], *, unit: Unit, on: date
) -> list[PriceLine | None]:
    """The same for several services and parts, in one question."""
    items = sorted({item.pk for item, _ in wanted if item is not None})
    parts = sorted({part.pk for _, part in wanted if part is not None})
    found = _PRICED(items=items, parts=parts, lineage=list(unit.lineage), on=on)

    def nearest(key: tuple[int | None, int | None]) -> PriceLine | None:
        named = (each for each in found if (each.item_id, each.part_id) == key)
        return min(named, key=lambda each: _distance(each.price_list, unit), default=None)

    return [nearest((item.pk if item else None, part.pk if part else None)) for item, part in wanted]


def _priced(*, items: Any, parts: Any, lineage: Any, on: Any) -> QuerySet[PriceLine]:
    named = Q(item__pk__in=items, part__isnull=True) | Q(part__pk__in=parts, item__isnull=True)
    lines = PriceLine.objects.filter(named, price_list__in=in_force_for(lineage, on).order_by())
    return lines.select_related("price_list__unit", "item", "part")


_PRICED: Remembered[PriceLine] = Remembered(_priced)


def services_for(line: ProductLine, *, unit: Unit, on: date) -> list[PriceLine]:
    """The services for this line of product that the lists in force name, each as its nearest list prices it."""
    nearest: dict[int | None, PriceLine] = {}
    found = _CONCERNING(line=line.pk, lineage=list(unit.lineage), on=on)
    for each in sorted(found, key=lambda each: _distance(each.price_list, unit)):
        nearest.setdefault(each.item_id, each)
    return list(nearest.values())


def _concerning(*, line: Any, lineage: Any, on: Any) -> QuerySet[PriceLine]:
    services = Q(item__line_id=line) | Q(item__line=None)
    rows = PriceLine.objects.filter(services, item__isnull=False, price_list__in=in_force_for(lineage, on).order_by())
    return rows.select_related("item", "price_list__unit")


_CONCERNING: Remembered[PriceLine] = Remembered(_concerning)


def sheet(unit: Unit, on: date, *, line: ProductLine | None = None) -> list[SheetRow]:
    """Everything that may be charged here on that day, by section; with a product line, what concerns it.

    source   S6-37, S6-38, S6-39, S6-41; PT-1
    """
    found = PriceLine.objects.filter(price_list__in=in_force(unit, on))
    if line is not None:
        concerns = Q(item__line=line) | Q(item__isnull=False, item__line__isnull=True)
        found = found.filter(
            concerns | Q(part__lines=line) | Q(part__isnull=False, part__lines__isnull=True)
        ).distinct()
    nearest: dict[tuple[int | None, int | None], PriceLine] = {}
    for each in found.select_related("price_list__unit", "item", "part"):
        thing = (each.item_id, each.part_id)
        standing = nearest.get(thing)
        if standing is None or _distance(each.price_list, unit) < _distance(standing.price_list, unit):
            nearest[thing] = each
    return sorted(map(_shown, nearest.values()), key=lambda row: (SECTIONS.index(row.section), row.code))


# The order in which the sheet is read to the customer.
SECTIONS = ("TEST", "LABOUR", "OTHER", "PART")


def home_of(unit: Unit | None) -> Unit:
    """The unit in whose name, on whose clock and in whose currency a list is written; for the brand's, the head office."""
    return unit or Unit.objects.get(parent__isnull=True)


def of_scope(unit_id: int | None) -> Q:
    """Lists of exactly this unit, or of the brand."""
    return Q(unit_id=unit_id) if unit_id is not None else Q(unit__isnull=True)


def _shown(line: PriceLine) -> SheetRow:
    thing = line.item if line.item is not None else cast("Part", line.part)
    return SheetRow(
        section=line.item.kind if line.item else "PART",
        line_id=line.pk,
        code=thing.code,
        name=thing.name,
        min_minor=line.min_minor,
        max_minor=line.max_minor,
        currency=line.price_list.currency,
        unit=line.unit,
        conditions=line.conditions,
        service_hours=line.item.service_hours if line.item else 0,
        list_number=line.price_list.number,
    )


def _distance(price_list: PriceList, unit: Unit) -> int:
    """How far up the house the list stands; the brand's is the farthest."""
    lineage = unit.lineage
    return lineage.index(price_list.unit.code) if price_list.unit else len(lineage)


@invariant("PRC-2")
def lists_are_what_was_shown() -> Iterator[str]:
    """Every published list has lines, each from its least to its most, and was published by somebody who did not write it."""
    for price_list in PriceList.objects.exclude(state=rules.State.DRAFT).filter(lines__isnull=True):
        yield f"Price list {price_list.number} is published without a line."
    for line in PriceLine.objects.filter(min_minor__gt=F("max_minor")):
        yield f"Price line {line.pk} starts above its end."
    by_one_hand = PriceLine.objects.filter(
        price_list__small_shop=False, price_list__published_by__isnull=False, added_by=F("price_list__published_by")
    )
    for line in by_one_hand:
        yield f"Price line {line.pk} was published by the person who wrote it (G-2)."
