"""How each store stands: what is due, what was missed, what is outside its limits, and what must not lie where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import StoreKind
from guiju.kernel.actor import Actor
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.kernel.words import N_, Sentence
from guiju.readiness.upkeep import rules
from guiju.readiness.upkeep.models import BinUse, ClimateReading, FireEquipment, Inspection, PartNature, Ventilation
from guiju.readiness.upkeep.rules import State
from guiju.standing.catalogue.models import Part
from guiju.standing.policy import queries as policy

# Rooms with walls: a van and a shelf within a store are looked at with what they are in.
ROOMS = (StoreKind.HQ.value, StoreKind.REGION.value, StoreKind.OUTLET.value)
# So many days back a missing reading is shown.
DAYS_SHOWN = 7
_FIGURES = ("store.temp_min", "store.temp_max", "store.rh_min", "store.rh_max")


@dataclass(frozen=True, slots=True)
class Standing:
    """A store as whoever keeps it sees it.

    missed      inspections that nobody made in their week, the newest first
    days_unread days of the last week without a reading
    outside     readings outside the limits about which nobody has done anything
    due_fire    fire equipment that is past its date, or was not looked at in time
    """

    store: Store
    inspection: Inspection | None
    missed: Sequence[Inspection]
    last: Inspection | None
    reading: ClimateReading | None
    days_unread: Sequence[date]
    outside: Sequence[ClimateReading]
    airing: Ventilation | None
    fire: Sequence[FireEquipment]
    due_fire: Sequence[FireEquipment]
    limits: rules.Limits

    @property
    def is_wanting(self) -> bool:
        """Whether something was missed."""
        return bool(self.missed or self.days_unread or self.outside or self.due_fire)


def limits(store: Store, *, on: date) -> rules.Limits:
    """Between which figures the air of a store must be that day."""
    figures = policy.figures(_FIGURES, unit=store.unit, on=on)
    return rules.Limits(*(int(figures[name].value) for name in _FIGURES))


def rooms(*, by: Actor) -> list[Store]:
    """The stores with walls of their own that this person may see."""
    rows = Store.objects.filter(by.scope("upkeep.see").q(), kind__in=ROOMS)
    return list(rows.select_related("unit").order_by("unit__path", "code"))


def standing(store: Store, *, at: datetime) -> Standing:
    """How a store stands now."""
    today = store.unit.day(at)
    inspections = list(Inspection.objects.filter(store=store).select_related("done_by", "store")[:8])
    readings = ClimateReading.objects.filter(store=store)
    fire = list(FireEquipment.objects.filter(store=store, retired_on=None).select_related("store__unit"))
    return Standing(
        store=store,
        inspection=next((each for each in inspections if each.state == State.DUE), None),
        missed=[each for each in inspections if each.state == State.OVERDUE],
        last=next((each for each in inspections if each.state == State.DONE), None),
        reading=readings.select_related("read_by").first(),
        days_unread=_unread(store, today),
        outside=list(readings.filter(is_outside=True, action="").select_related("store")),
        airing=Ventilation.objects.filter(store=store, ended_at=None).first(),
        fire=fire,
        due_fire=[each for each in fire if each.expires_on <= today or each.next_check_on <= today],
        limits=limits(store, on=today),
    )


def _unread(store: Store, today: date) -> list[date]:
    """The days before today without a reading, since the store is looked after."""
    first = Inspection.objects.filter(store=store).order_by("week_on").values_list("week_on", flat=True).first()
    if first is None:
        return []
    days = [today - timedelta(days=back) for back in range(1, DAYS_SHOWN + 1)]
    known = set(ClimateReading.objects.filter(store=store, read_on__in=days).values_list("read_on", flat=True))
    return [day for day in days if day >= first and day not in known]


@dataclass(frozen=True, slots=True)
class Neglected:
    """What the upkeep of a store lacks, of which no news is told because nothing happened.

    fire   what is due; None for a day without a reading
    on     the day on which it fell due, or the Monday of the week in which a day has no reading
    """

    store: Store
    fire: FireEquipment | None
    on: date


def neglected(*, at: datetime) -> Iterator[Neglected]:
    """Fire equipment past its date, and rooms that nobody read yesterday; three statements for all stores."""
    latest = (at + timedelta(hours=14)).date()
    due = FireEquipment.objects.filter(Q(expires_on__lte=latest) | Q(next_check_on__lte=latest), retired_on=None)
    for each in due.select_related("store__unit").order_by("pk"):
        falls_due = min(each.expires_on, each.next_check_on)
        if falls_due <= each.store.unit.day(at):
            yield Neglected(each.store, each, falls_due)
    read = set(
        ClimateReading.objects.filter(read_on__gte=latest - timedelta(days=3)).values_list("store", "read_on")
    )  # fmt: skip
    looked_after = Exists(Inspection.objects.filter(store=OuterRef("pk"), week_on__lt=latest))
    for store in Store.objects.filter(looked_after, kind__in=ROOMS).select_related("unit").order_by("pk"):
        yesterday = store.unit.day(at) - timedelta(days=1)
        if (store.pk, yesterday) not in read:
            yield Neglected(store, None, rules.monday(yesterday))


# Asked at each move of each part.
_NATURE: Prepared[PartNature] = Prepared(lambda *, part: PartNature.objects.filter(part=part).order_by())
_USE: Prepared[BinUse] = Prepared(lambda *, bin: BinUse.objects.filter(bin=bin).order_by())


def why_not_there(part: Part, bin: Bin) -> list[Sentence]:
    """Why a part must not lie in a bin: it is small and the bin no container, or it is hazardous and the group another's."""
    nature, use = _NATURE.first(part=part.pk), _USE.first(bin=bin.pk)
    because = []
    if nature is not None and nature.is_small and not (use is not None and use.is_container):
        because.append(Sentence(N_("Small items lie in a box or a drawer.")))
    hazard, of_bin = (nature.hazard if nature else ""), (use.hazard if use else "")
    if hazard != of_bin and (hazard or of_bin):
        because.append(Sentence(N_("Hazardous goods lie in the group that is for them, and nothing else lies there.")))
    return because


@invariant("INV-10")
def incompatible_goods_lie_apart() -> Iterator[str]:
    """In one segregation group of one store lies one kind of hazardous goods at most."""
    seen: dict[tuple[int, str], str] = {}
    for store_id, group, hazard in BinUse.objects.exclude(hazard="").values_list("store_id", "segregation", "hazard"):
        if seen.setdefault((store_id, group), hazard) != hazard:
            yield f"store {store_id}, group {group}: {hazard} beside {seen[store_id, group]}"


@invariant("GRC-5")
def an_inspections_score_is_what_was_seen() -> Iterator[str]:
    """The score of an inspection is that of its items."""
    for row in Inspection.objects.filter(state=State.DONE).only("pk", "results", "score"):
        if rules.score(row.results) != row.score:
            yield f"inspection {row.pk}: {row.score} points written, {rules.score(row.results)} seen"
