"""What may be charged here, today?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from guiju.kernel.remembered import Remembered
from guiju.kernel.verification import invariant
from guiju.standing.catalogue.models import Model, Part, ProductLine, ServiceItem
from guiju.standing.catalogue.rules import ItemKind
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy
from guiju.standing.pricing import rules
from guiju.standing.pricing.models import PriceLeaflet, PriceLine, PriceList
from guiju.standing.pricing.rules import travel


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
    # Where it costs this; empty where it costs the same everywhere.
    place: str = ""


def in_force(unit: Unit, on: date) -> QuerySet[PriceList]:
    """The lists that hold for this unit on that day: its own, those of the units above it, the brand's."""
    return in_force_for(unit.lineage, on)


def in_force_for(lineage: Any, on: Any) -> QuerySet[PriceList]:
    """The same by the codes of those units."""
    return PriceList.objects.filter(
        Q(unit__isnull=True) | Q(unit__code__in=lineage),
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        starts_on__lte=on,
        state__in=rules.SHOWN,
    )


def current_list(unit: Unit, on: date) -> PriceList | None:
    """The nearest list in force: the outlet's own before its region's before the brand's."""
    return min(in_force(unit, on).select_related("unit"), key=lambda each: _distance(each, unit), default=None)


def line_for(
    *, item: ServiceItem | None = None, part: Part | None = None, unit: Unit, on: date, place: rules.Place
) -> PriceLine | None:
    """The line that prices this service or part here on that day, from the nearest list that names it.

    place    where the work is done: a list's price for that place before its price for everywhere
    source   PRC-1; C01
    """
    return lines_for([(item, part)], unit=unit, on=on, place=place)[0]


def lines_for(
    wanted: Sequence[tuple[ServiceItem | None, Part | None]], *, unit: Unit, on: date, place: rules.Place
) -> list[PriceLine | None]:
    """The same for several services and parts, in one question."""
    items = sorted({item.pk for item, _ in wanted if item is not None})
    parts = sorted({part.pk for _, part in wanted if part is not None})
    found = _PRICED(items=items, parts=parts, lineage=list(unit.lineage), on=on)

    def nearest(key: tuple[int | None, int | None]) -> PriceLine | None:
        named = (each for each in found if (each.item_id, each.part_id) == key and each.place in {"", place})
        return min(named, key=lambda each: _nearness(each, unit), default=None)

    return [nearest((item.pk if item else None, part.pk if part else None)) for item, part in wanted]


def last_price(*, item: ServiceItem | None = None, part: Part | None = None, unit: Unit) -> PriceLine | None:
    """The line that priced this here last, whichever list it was on; for saying since when it has no price any more."""
    scope = Q(price_list__unit__isnull=True) | Q(price_list__unit__code__in=list(unit.lineage))
    lines = PriceLine.objects.filter(scope, item=item, part=part, price_list__state__in=rules.SHOWN)
    return lines.select_related("price_list").order_by(F("price_list__ends_on").desc(nulls_first=True)).first()


def _priced(*, items: Any, parts: Any, lineage: Any, on: Any) -> QuerySet[PriceLine]:
    named = Q(item__pk__in=items, part__isnull=True) | Q(part__pk__in=parts, item__isnull=True)
    lines = PriceLine.objects.filter(named, price_list__in=in_force_for(lineage, on).order_by())
    return lines.select_related("price_list__unit", "item", "part")


_PRICED: Remembered[PriceLine] = Remembered(_priced)


def services_for(line: ProductLine, *, unit: Unit, on: date, place: rules.Place) -> list[PriceLine]:
    """The services for this line of product that the lists in force name, each as its nearest list prices it there."""
    nearest: dict[int | None, PriceLine] = {}
    found = _CONCERNING(line=line.pk, lineage=list(unit.lineage), on=on)
    for each in sorted(found, key=lambda each: _nearness(each, unit)):
        if each.place in {"", place}:
            nearest.setdefault(each.item_id, each)
    return list(nearest.values())


def _concerning(*, line: Any, lineage: Any, on: Any) -> QuerySet[PriceLine]:
    services = Q(item__line_id=line) | Q(item__line=None)
    rows = PriceLine.objects.filter(services, item__isnull=False, price_list__in=in_force_for(lineage, on).order_by())
    return rows.select_related("item", "price_list__unit")


_CONCERNING: Remembered[PriceLine] = Remembered(_concerning)


def sheet(unit: Unit, on: date, *, line: ProductLine | None = None, place: rules.Place | None = None) -> list[SheetRow]:
    """Everything that may be charged here on that day, by section; with a product line, what concerns it.

    place    where the work is done; None: both, a row for each where the price differs
    source   S6-37, S6-38, S6-39, S6-41; PT-1
    """
    found = PriceLine.objects.filter(price_list__in=in_force(unit, on))
    if line is not None:
        found = found.filter(_concerns(line)).distinct()
    rows = list(found.select_related("price_list__unit", "item", "part"))
    nearest: dict[int, PriceLine] = {}
    for there in (place,) if place is not None else rules.Place:
        here: dict[tuple[int | None, int | None], PriceLine] = {}
        for each in sorted(rows, key=lambda each: _nearness(each, unit)):
            if each.place in {"", there}:
                here.setdefault((each.item_id, each.part_id), each)
        nearest |= {each.pk: each for each in here.values()}
    return sorted(map(_shown, nearest.values()), key=lambda row: (SECTIONS.index(row.section), row.code, row.place))


def examined(price_list: PriceList, *, today: date) -> rules.Examined:
    """All that is looked at before a list goes on: its lines, the catalogue, the lists over, under, before and beside it.

    today   in the zone of the list's home
    """
    home = home_of(price_list.unit)
    starts, ends = price_list.starts_on, price_list.ends_on
    own = PriceLine.objects.filter(price_list=price_list)
    above = PriceLine.objects.none()
    if price_list.unit is not None:
        over = in_force_for(list(home.lineage), starts).exclude(unit=price_list.unit)
        above = PriceLine.objects.filter(price_list__in=over.order_by())
    same = PriceList.objects.filter(of_scope(price_list.unit_id), state__in=rules.SHOWN).exclude(pk=price_list.pk)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=starts)
    succeeded = (
        Q(state=rules.State.PUBLISHED, ends_on__isnull=True, starts_on__lt=starts) if ends is None else Q(pk=None)
    )
    rivals = same.filter(lasting, **({} if ends is None else {"starts_on__lt": ends})).exclude(succeeded)
    before = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts), starts_on__lt=starts)
    return rules.Examined(
        prices=_priced_things(own),
        offered=[
            rules.Offered(
                f"item:{item.pk}", item.code, item.line.code if item.line else "", item.kind == ItemKind.CALL_OUT
            )
            for item in ServiceItem.objects.filter(is_active=True).select_related("line").order_by("code")
        ],
        above=_nearest_of(above, home),
        below=_priced_things(_under(price_list, home)),
        before=_priced_things(PriceLine.objects.filter(price_list__in=before.order_by())),
        rivals=sorted(rivals.values_list("number", flat=True)),
        starts_on=starts,
        ends_on=ends,
        today=today,
        notice_days=int(policy.figure("price.notice_days", unit=home, on=today).value),
        currency=price_list.currency,
    )


def examination(price_list: PriceList, *, today: date) -> list[rules.Finding]:
    """What is the matter with a list, and what only has to be read."""
    return rules.examine(examined(price_list, today=today))


def _under(price_list: PriceList, home: Unit) -> QuerySet[PriceLine]:
    """The prices of the units under this list's own that hold on or after its first day."""
    starts = price_list.starts_on
    under = PriceList.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts), state__in=rules.SHOWN)
    if price_list.ends_on is not None:
        under = under.filter(starts_on__lt=price_list.ends_on)
    reached = Q(unit__path__startswith=home.path) & ~Q(unit=home) if price_list.unit else Q(unit__isnull=False)
    return PriceLine.objects.filter(price_list__in=under.filter(reached).order_by())


def _priced_things(lines: QuerySet[PriceLine]) -> list[rules.Priced]:
    return [
        rules.Priced(
            f"item:{each.item_id}" if each.item_id else f"part:{each.part_id}",
            thing_of(each).code,
            each.min_minor,
            each.max_minor,
            each.place,
            each.part.cost_minor if each.part else None,
            each.price_list.number,
        )
        for each in lines.select_related("item", "part", "price_list").order_by("pk")
    ]


def _nearest_of(lines: QuerySet[PriceLine], unit: Unit) -> list[rules.Priced]:
    """What is said above, each thing by the nearest list that names it."""
    nearest: dict[tuple[int | None, int | None], int] = {}
    rows = sorted(lines.select_related("price_list__unit"), key=lambda each: _distance(each.price_list, unit))
    for each in rows:
        nearest.setdefault((each.item_id, each.part_id), each.price_list_id)
    chosen = [each.pk for each in rows if nearest[each.item_id, each.part_id] == each.price_list_id]
    return _priced_things(PriceLine.objects.filter(pk__in=chosen))


def thing_of(line: PriceLine) -> ServiceItem | Part:
    """What a line prices."""
    return line.item if line.item is not None else cast("Part", line.part)


def sheet_of_list(price_list: PriceList, *, line: ProductLine | None = None) -> list[SheetRow]:
    """What one list says, by section, whatever holds today; with a product line, what concerns it (PRC-3)."""
    found = PriceLine.objects.filter(price_list=price_list)
    if line is not None:
        found = found.filter(_concerns(line)).distinct()
    rows = map(_shown, found.select_related("price_list__unit", "item", "part"))
    return sorted(rows, key=lambda row: (SECTIONS.index(row.section), row.code, row.place))


def _concerns(line: ProductLine) -> Q:
    """The services and parts for this line of product, and those for all."""
    of_service = Q(item__line=line) | Q(item__isnull=False, item__line__isnull=True)
    return of_service | Q(part__lines=line) | Q(part__isnull=False, part__lines__isnull=True)


def leaflet_by_token(token: str) -> PriceLeaflet | None:
    """The leaflet to which the code in the box leads."""
    found = PriceLeaflet.objects.select_related("model__brand", "model__line", "price_list__unit")
    return found.filter(token=token).first()


def leaflets_between(model: Model, first: str, last: str) -> QuerySet[PriceLeaflet]:
    """The leaflets in the boxes of some of these machines of a model.

    first, last   serial numbers of one length, both included
    """
    counted = PriceLeaflet.objects.filter(model=model, serial_from__lte=last, serial_to__gte=first).exclude(
        serial_from=""
    )
    return counted.annotate(length=Length("serial_from")).filter(length=len(first))


def leaflet_in_box(model: Model, serial: str) -> PriceLeaflet | None:
    """What lay in the box of this very machine."""
    said = serial.strip().upper()
    return leaflets_between(model, said, said).order_by("-pk").first() if said else None


# The order in which the sheet is read to the customer.
SECTIONS = ("TEST", "LABOUR", "CALL_OUT", "OTHER", "PART")


@dataclass(frozen=True)
class Visit:
    """What a visit at a customer's home costs beside the work; computed, so that nobody types it.

    charges      each once, however many appliances are seen
    rule         the figures that it follows
    """

    charges: list[travel.VisitCharge]
    rule: travel.RemoteRule
    currency: str

    @property
    def total_minor(self) -> int:
        return sum(each.amount_minor for each in self.charges)


def remote_rule(unit: Unit, on: date, zone: travel.Zone) -> travel.RemoteRule:
    """From which kilometre on a visit costs more there, by the figures in force that day."""
    keys = (f"remote.free_km.{zone}", "remote.rate", "remote.cap")
    free, rate, cap = (policy.figures(keys, unit=unit, on=on)[key] for key in keys)
    version = " ".join(dict.fromkeys(each.version for each in (free, rate, cap)))
    return travel.RemoteRule(zone, free.value, rate.value, cap.value, version)


def visit(unit: Unit, on: date, *, zone: travel.Zone, metres: int, appliances: int = 1) -> Visit:
    """What a visit costs at that distance, with how it came about.

    metres   one way, from the outlet
    source   EX-8, EX-9
    """
    rule = remote_rule(unit, on, zone)
    call_outs = ServiceItem.objects.filter(kind=ItemKind.CALL_OUT, is_active=True, line=None).order_by("code")
    listed = lines_for([(item, None) for item in call_outs], unit=unit, on=on, place=rules.Place.HOME)
    call_out = next((line.min_minor for line in listed if line is not None), None)
    charges = travel.visit_charges(
        rule, metres=metres, appliances=appliances, call_out_minor=call_out, currency=unit.currency
    )
    return Visit(charges, rule, unit.currency)


def home_of(unit: Unit | None) -> Unit:
    """The unit in whose name, on whose clock and in whose currency a list is written; for the brand's, the head office."""
    return unit or Unit.objects.get(parent__isnull=True)


def of_scope(unit_id: int | None) -> Q:
    """Lists of exactly this unit, or of the brand."""
    return Q(unit_id=unit_id) if unit_id is not None else Q(unit__isnull=True)


def _shown(line: PriceLine) -> SheetRow:
    thing = thing_of(line)
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
        place=line.place,
    )


def _nearness(line: PriceLine, unit: Unit) -> tuple[int, bool, int]:
    """The nearest list first, and in it what is said of one place before what is said of everywhere."""
    return _distance(line.price_list, unit), not line.place, line.pk


def _distance(price_list: PriceList, unit: Unit) -> int:
    """How far up the house the list stands; the brand's is the farthest."""
    lineage = unit.lineage
    return lineage.index(price_list.unit.code) if price_list.unit else len(lineage)


@invariant("PRC-2")
def lists_are_what_was_shown() -> Iterator[str]:
    """Every published list has lines, each from its least to its most, and was approved by somebody who did not write it."""
    for price_list in PriceList.objects.filter(state__in=rules.SHOWN, lines__isnull=True):
        yield f"Price list {price_list.number} is published without a line."
    for line in PriceLine.objects.filter(min_minor__gt=F("max_minor")):
        yield f"Price line {line.pk} starts above its end."
    by_one_hand = PriceLine.objects.filter(
        price_list__small_shop=False, price_list__approved_by__isnull=False, added_by=F("price_list__approved_by")
    )
    for line in by_one_hand:
        yield f"Price line {line.pk} was approved by the person who wrote it (G-2)."
