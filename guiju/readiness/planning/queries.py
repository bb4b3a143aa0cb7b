"""What was asked for, month by month; and what a store lacks of what it should keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Min, Sum
from django.db.models.functions import TruncMonth

from guiju.books.stock.models import StockAccount, StockMove, Store
from guiju.books.stock.rules import Movement, Owner, Place
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.readiness.planning.models import Decision, PlanRun, StockLevel, Suggestion, Suggestions
from guiju.readiness.planning.rules.words import Echelon
from guiju.readiness.supply.models import OrderLine, RequestLine
from guiju.readiness.supply.rules import RequestState
from guiju.readiness.transfers.models import TransferLine
from guiju.readiness.transfers.rules import OPEN
from guiju.readiness.transfers.rules import State as TransferState
from guiju.standing.catalogue.models import Part

# Good pieces of one's own: free, or promised to a job.
GOOD = (Place.BIN.value, Place.HELD.value)
# Of which stores one plans: a van is filled from its outlet, quarantine and old parts are no supply.
PLANNED = ("HQ", "REGION", "OUTLET")
# Which of them buy, and fill those under them.
CENTRES = ("HQ", "REGION")
# A purchase request in one of these may still bring something.
ALIVE = frozenset(
    {RequestState.DRAFT, RequestState.SUBMITTED, RequestState.APPROVED, RequestState.SOURCING, RequestState.AWARDED}
)
Key = tuple[int, int]


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    def less(self, months: int) -> Month:
        """So many months before."""
        index = self.year * 12 + self.number - 1 - months
        return Month(index // 12, index % 12 + 1)

    def since(self, other: Month) -> int:
        """How many months after another one."""
        return (self.year - other.year) * 12 + self.number - other.number

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)


@dataclass
class _Moved:
    """Of one part in one store: what was asked for, what came in and went, and what lay there before."""

    asked: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    came: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    net: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    opening: int = 0
    begun: int | None = None
    # From which month on so many were to be kept, as somebody decided.
    kept: dict[int, int] = field(default_factory=dict)


@reach.as_house
def histories(stores: Sequence[Store], *, until: Month, months: int) -> dict[Key, list[float | None]]:
    """What was asked for of each part in each store, in each of the months before `until`, by the clock of the store's unit.

    Taken from the book: what was issued to jobs, less what came back unused. Nothing is known of the months before a part first
    came, and of those in which it was not there and none came: nobody could be given any. But where somebody has decided to keep
    none, what is wanted is fetched, and a month in which none was fetched is one in which none was wanted.
    """
    by_zone: dict[str, list[int]] = defaultdict(list)
    for store in stores:
        by_zone[store.unit.time_zone].append(store.pk)
    found: dict[Key, list[float | None]] = {}
    for zone, keys in by_zone.items():
        moved = _moved(keys, ZoneInfo(zone), until, months)
        _say_what_was_kept(moved, keys, ZoneInfo(zone), until.less(months))
        found |= {key: _history(each, months) for key, each in moved.items()}
    return found


def _say_what_was_kept(moved: Mapping[Key, _Moved], stores: Sequence[int], zone: ZoneInfo, first: Month) -> None:
    decided = Decision.objects.filter(suggestion__run__store__in=stores).order_by("pk")
    for store, part, at, level in decided.values_list(
        "suggestion__run__store", "suggestion__part", "decided_at", "level"
    ):
        if (store, part) in moved:
            moved[store, part].kept[Month.of(at.astimezone(zone).date()).since(first)] = level


def _moved(stores: Sequence[int], zone: ZoneInfo, until: Month, months: int) -> dict[Key, _Moved]:
    first = until.less(months)
    starts = datetime.combine(first.first, datetime.min.time(), zone).astimezone(UTC)
    ends = datetime.combine(until.first, datetime.min.time(), zone).astimezone(UTC)
    found: dict[Key, _Moved] = defaultdict(_Moved)
    out = StockMove.objects.filter(source__bin__store__in=stores, source__kind__in=GOOD, source__owner=Owner.OWN.value)
    into = StockMove.objects.filter(target__bin__store__in=stores, target__kind__in=GOOD, target__owner=Owner.OWN.value)
    # What only changes from free to promised, or from bin to bin, neither comes nor goes.
    out = out.exclude(target__kind__in=GOOD).filter(at__lt=ends).order_by()
    into = into.exclude(source__kind__in=GOOD).filter(at__lt=ends).order_by()
    for rows, side, sign in ((out, "source", -1), (into, "target", 1)):
        keys = (f"{side}__bin__store", f"{side}__part")
        for store, part, total, begun in (
            rows.filter(at__lt=starts)
            .values(*keys)
            .annotate(all=Sum("amount"), begun=Min("at"))
            .values_list(*keys, "all", "begun")
        ):
            moved = found[store, part]
            moved.opening += sign * total
            moved.begun = 0 if begun else moved.begun
        months_of = rows.filter(at__gte=starts).annotate(month=TruncMonth("at", tzinfo=zone))
        for store, part, month, kind, total in (
            months_of.values(*keys, "month", "kind")
            .annotate(all=Sum("amount"))
            .values_list(*keys, "month", "kind", "all")
        ):
            place, moved = Month.of(month).since(first), found[store, part]
            moved.begun = place if moved.begun is None else min(moved.begun, place)
            moved.net[place] += sign * total
            if kind == Movement.ISSUE.value:
                moved.asked[place] += total
            elif kind == Movement.TAKE_BACK.value:
                moved.asked[place] -= total
            if sign > 0:
                moved.came[place] += total
    return found


def _history(moved: _Moved, months: int) -> list[float | None]:
    history: list[float | None] = []
    there = moved.opening
    is_kept = next((level for place, level in sorted(moved.kept.items(), reverse=True) if place < 0), 1)
    for place in range(months):
        asked = max(moved.asked.get(place, 0), 0)
        is_known = moved.begun is not None and place >= moved.begun
        was_short = is_kept and there <= 0 and not moved.came.get(place) and not asked
        history.append(asked if is_known and not was_short else None)
        there += moved.net.get(place, 0)
        # What is decided in a month holds from the next one on.
        is_kept = moved.kept.get(place, is_kept)
    return history


@reach.as_house
def feeders() -> dict[int, Store]:
    """Of each outlet's store the one that fills it: that of the nearest unit at or above its own. Regions and head office buy."""
    stores = Store.objects.filter(kind__in=PLANNED).select_related("unit").order_by("pk")
    centres: dict[str, Store] = {}
    for store in stores:
        if store.kind in CENTRES:
            centres.setdefault(store.unit.path, store)
    found = {}
    for store in stores:
        path = "" if store.kind in CENTRES else store.unit.path
        while path and path not in centres:
            path = path[: path.rstrip("/").rfind("/") + 1]
        if path:
            found[store.pk] = centres[path]
    return found


def feeder_of(store: Store) -> Store | None:
    """The store that fills this one; nothing where it buys for itself."""
    return feeders().get(store.pk)


def filled_by(store: Store) -> int:
    """How many stores this one fills."""
    return sum(1 for feeder in feeders().values() if feeder.pk == store.pk)


def echelon_of(store: Store, feeders: Mapping[int, Store]) -> Echelon:
    """Where a store stands among those that fill one another."""
    if store.pk in feeders:
        return Echelon.OUTLET
    return Echelon.CENTRE if store.pk in {feeder.pk for feeder in feeders.values()} else Echelon.ALONE


@reach.as_house
def network_of(stores: Sequence[Store], feeders: Mapping[int, Store]) -> list[Store]:
    """These stores, and all that fill one of them or are filled by the same."""
    centres = {feeders[store.pk].pk if store.pk in feeders else store.pk for store in stores}
    filled = {store for store, feeder in feeders.items() if feeder.pk in centres}
    wanted = {store.pk for store in stores} | centres | filled
    return list(Store.objects.filter(pk__in=wanted).select_related("unit").order_by("pk"))


def called(store: Store) -> str:
    """A store as another store's people call it."""
    return f"{store.unit.code} {store.code}"


@dataclass(frozen=True)
class Progress:
    """How far the plan of this month is: stores planned since its first day, of all."""

    planned: int
    of: int


def unplanned(stores: Sequence[Store], *, at: datetime) -> list[Store]:
    """Those of these stores that have no plan of the months up to this one."""
    done = set(
        PlanRun.objects.filter(store__in=stores, until=Month.of(at.date()).first)
        .order_by()
        .values_list("store", flat=True)
    )
    return [store for store in stores if store.pk not in done]


def progress(stores: Sequence[Store], *, at: datetime) -> Progress:
    """How far the plan of these stores is."""
    return Progress(len(stores) - len(unplanned(stores, at=at)), len(stores))


@dataclass(frozen=True)
class Below:
    """A part of which a store has less than it should keep.

    free       on the shelf, promised to nobody
    older      pieces of the parts that it replaces: they are used up first
    promised   reserved for jobs: it lies there, and is gone already
    coming     asked for or on order for the stock of the store's unit, or on its way from another store
    owed       what other stores have asked for and was not sent yet
    """

    level: StockLevel
    free: int
    promised: int
    coming: int
    owed: int = 0
    older: int = 0

    @property
    def lacking(self) -> int:
        """How many to order."""
        return self.level.level - self.free - self.older - self.coming + self.owed


def reorder(stores: Iterable[Store], *, by: Actor) -> list[Below]:
    """What lies below its level in these stores, what lacks most of its level first; nothing for who may not see it."""
    levels = StockLevel.objects.visible_to(by).filter(store__in=list(stores), level__gt=0)
    rows = list(levels.select_related("part", "store__unit"))
    stores_of = {row.store_id for row in rows}
    there, coming, moving, owed = _there(stores_of), _coming(stores_of), _on_the_way(stores_of), _owed(stores_of)
    replaced = _replaced()
    found = [
        Below(
            row,
            there.get((row.store_id, row.part_id, Place.BIN.value), 0),
            there.get((row.store_id, row.part_id, Place.HELD.value), 0),
            coming.get((row.store_id, row.part_id), 0) + moving.get((row.store_id, row.part_id), 0),
            owed.get((row.store_id, row.part_id), 0),
            sum(there.get((row.store_id, part, Place.BIN.value), 0) for part in replaced.get(row.part_id, ())),
        )
        for row in rows
    ]
    lacking = [each for each in found if each.lacking > 0]
    return sorted(lacking, key=lambda each: (-each.lacking / each.level.level, each.level.part.code))


def _there(stores: set[int]) -> Mapping[tuple[int, int, str], int]:
    """The balances of good pieces of one's own, by store, part and place."""
    lying = StockAccount.objects.filter(owner=Owner.OWN.value, balance__gt=0, bin__store__in=stores, kind__in=GOOD)
    rows = lying.order_by().values("bin__store", "part", "kind").annotate(all=Sum("balance"))
    return {
        (store, part, kind): total for store, part, kind, total in rows.values_list("bin__store", "part", "kind", "all")
    }


def _coming(stores: set[int]) -> Mapping[Key, int]:
    """What is asked for or ordered for stock and has not come, by store and part; it counts for the first store of its unit.

    From the first draft on: whoever looks again must not ask for the same a second time. What is bought for a job is the job's.
    """
    planned = Store.objects.filter(kind__in=PLANNED).order_by("-pk").values_list("unit_id", "pk")
    first: dict[int, int] = dict(planned)
    units = [unit for unit, pk in first.items() if pk in stores]
    wanted = RequestLine.objects.filter(
        request__unit__in=units,
        request__state__in=sorted(ALIVE),
        part__isnull=False,
        origin="",
        withdrawn_at__isnull=True,
    ).order_by()
    found: dict[Key, int] = defaultdict(int)
    for unit, part, quantity in wanted.filter(bought__isnull=True).values_list("request__unit", "part", "quantity"):
        found[first[unit], part] += quantity
    under_way = OrderLine.objects.filter(
        line__in=wanted.values("pk"), ended_at__isnull=True, accepted__lt=F("quantity")
    )
    for unit, part, ordered, accepted in under_way.values_list("unit", "line__part", "quantity", "accepted"):
        if unit in first:
            found[first[unit], part] += ordered - accepted
    return found


def _replaced() -> Mapping[int, list[int]]:
    """Of each part that ends a chain, those that came before it."""
    rows = Part.objects.filter(superseded_by__isnull=False).order_by("pk").values_list("pk", "superseded_by")
    heirs = {part: after for part, after in rows if after is not None}
    found: dict[int, list[int]] = defaultdict(list)
    for part in heirs:
        last = heir(part, heirs)
        if last != part:
            found[last].append(part)
    return found


def heir(part: int, heirs: Mapping[int, int]) -> int:
    """The part that ends a chain; a chain that bites its tail is followed once around."""
    seen = {part}
    while (after := heirs.get(part)) is not None and after not in seen:
        part = after
        seen.add(part)
    return part


@reach.as_house
def _on_the_way(stores: set[int]) -> Mapping[Key, int]:
    """What was asked of another store, or is on its way from there."""
    lines = TransferLine.objects.filter(transfer__target__in=stores, transfer__state__in=sorted(OPEN)).order_by()
    found: dict[Key, int] = defaultdict(int)
    for store, part, state, wanted, sent, received, lost in lines.values_list(
        "transfer__target", "part", "transfer__state", "wanted", "sent", "received", "lost"
    ):
        found[store, part] += wanted if state == TransferState.REQUESTED.value else sent - received - lost
    return found


def _owed(stores: set[int]) -> Mapping[Key, int]:
    """What others have asked of these stores and was not sent yet."""
    lines = TransferLine.objects.filter(transfer__source__in=stores, transfer__state=TransferState.REQUESTED.value)
    rows = lines.order_by().values("transfer__source", "part").annotate(all=Sum("wanted"))
    return {(store, part): total for store, part, total in rows.values_list("transfer__source", "part", "all")}


@reach.as_house
def at_the_feeder(feeder: Store, parts: Iterable[int]) -> Mapping[int, int]:
    """How many of these parts lie free in the store that fills one's own."""
    there = _there({feeder.pk})
    return {part: there.get((feeder.pk, part, Place.BIN.value), 0) for part in parts}


def suggestions(*, by: Actor) -> Suggestions:
    """What waits for somebody's answer, with all that a list shows of it."""
    return Suggestion.objects.visible_to(by).open().select_related("run__store__unit", "part")


def newest(part: Part, *, by: Actor) -> list[Suggestion]:
    """The newest suggestion for a part in each store that this person may see."""
    rows = (
        Suggestion.objects.visible_to(by).filter(part=part).select_related("run__store__unit", "decision__decided_by")
    )
    found: dict[int, Suggestion] = {}
    for row in rows.order_by("-pk")[:200]:
        found.setdefault(row.run.store_id, row)
    return list(found.values())


@invariant("S1-13")
def every_level_is_the_last_that_was_decided() -> Iterator[str]:
    """The level in force is that of a decision about this part in this store, and there was none later."""
    rows = StockLevel.objects.select_related("store", "part", "decision__suggestion__run")
    for row in rows.exclude(
        level=F("decision__level"), part=F("decision__suggestion__part"), store=F("decision__suggestion__run__store")
    ):
        yield f"{row.store} {row.part}: {row.level} are kept, and {row.decision.level} were decided for {row.decision.suggestion}"
    kept = {(row.store_id, row.part_id): row.decision_id for row in rows}
    last = Decision.objects.values("suggestion__run__store", "suggestion__part").annotate(last=Max("pk"))
    for store, part, decision in last.values_list("suggestion__run__store", "suggestion__part", "last"):
        if kept.get((store, part)) != decision:
            yield f"store {store}, part {part}: the last decision {decision} is not the level in force"
