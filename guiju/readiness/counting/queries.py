"""What is to be counted, what the sheets say, and what may be shown of it to whom.

**Blind.** What the book says of a part in the scope of a count leaves this context by `lines_of` and `worth_of` alone, and they say
nothing of it before the sheets are handed in and what is far off has been recounted. Pages, papers and the API ask here and nowhere
else; tests/readiness/counting/test_blind.py looks for a figure that stands nowhere but in the book.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from guiju.books.stock import queries as stock
from guiju.books.stock.models import Bin, StockMove, Store
from guiju.books.stock.rules import StoreKind
from guiju.kernel.actor import Actor
from guiju.kernel.verification import invariant
from guiju.readiness.counting import rules
from guiju.readiness.counting.models import (
    COUNTERS,
    CountApproval,
    CountedBin,
    CountLine,
    Sheet,
    StockCount,
    UnknownScan,
)
from guiju.readiness.counting.rules import BinState, Class, CountKind, CountState, SheetState, Tolerance, Worth
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

YEAR = timedelta(days=365)
_NAMED = ("counted_bin__count", "counted_bin__bin__store", "part")
_OF_COUNTS = StockMove.objects.filter(kind__in=["LOSS", "FOUND"], document__startswith="SC-")


# --- The one door for figures of the book


@dataclass(frozen=True, slots=True)
class Line:
    """A part in a bin of a count, as it may be shown now.

    counted, frozen, expected, difference, worth_minor   None while the count is blind
    to_recount                                           far off: another person counts it again; how far is not said
    """

    pk: int
    bin: Bin
    part: Part
    to_recount: bool
    counted: int | None
    frozen: int | None
    expected: int | None
    difference: int | None
    worth_minor: int | None
    passes: int
    cause: str
    note: str
    accountable: str


def is_blind(count: StockCount) -> bool:
    """Whether nobody may read yet what the book expects."""
    return count.state not in rules.HANDED_IN or (count.state == CountState.COUNTED and _far_off(count).exists())


def lines_of(count: StockCount) -> list[Line]:
    """Every part in the bins of the count, bin by bin; with its figures only when it is blind no longer."""
    rows = CountLine.objects.filter(counted_bin__count=count).select_related(
        "counted_bin__bin__store", "part", "accountable"
    )
    shows = not is_blind(count)
    return [_line(row, shows=shows) for row in rows.order_by("counted_bin__bin__code", "part__code")]


def _line(row: CountLine, *, shows: bool) -> Line:
    def figure(value: int | None) -> int | None:
        return value if shows else None

    return Line(
        row.pk,
        row.counted_bin.bin,
        row.part,
        to_recount=row.is_due and row.passes > 0,
        counted=figure(row.counted_quantity),
        frozen=figure(row.frozen_quantity),
        expected=figure(row.expected_quantity),
        difference=figure(row.difference),
        worth_minor=figure(_worth(row)),
        passes=row.passes,
        cause=row.cause,
        note=row.note,
        accountable=row.accountable.name if row.accountable else "",
    )


def _worth(row: CountLine) -> int | None:
    return None if row.cost_minor is None else row.difference * row.cost_minor


def worth_of(count: StockCount) -> Worth | None:
    """What the differences are worth at cost; None while the count is blind."""
    return None if is_blind(count) else worth(count)


def worth(count: StockCount) -> Worth:
    """The same for the verbs, which tell nobody."""
    off = list(differing(count))
    known = [_worth(row) for row in off]
    amounts = [each for each in known if each is not None]
    return Worth(
        -sum(each for each in amounts if each < 0),
        sum(each for each in amounts if each > 0),
        is_known=len(amounts) == len(known),
    )


def differing(count: StockCount) -> QuerySet[CountLine]:
    """The lines whose bin holds other than the book says."""
    rows = CountLine.objects.filter(counted_bin__count=count).exclude(counted_quantity=F("expected_quantity"))
    rows = rows.filter(counted_quantity__isnull=False)
    return rows.select_related(*_NAMED).order_by("counted_bin__bin", "part")


def _far_off(count: StockCount) -> QuerySet[CountLine]:
    return CountLine.objects.filter(counted_bin__count=count, is_due=True)


def hidden_from(by: Actor) -> list[int]:
    """The bins of which this person is told nowhere what lies there, because they count it: by their keys."""
    if by.person_id is None:
        return []
    counted = [*rules.AT_THE_SHELVES, CountState.COUNTED]
    # Each part by its own index, and nearly always none: asked in one, all counts and bins were walked.
    first, *others = (
        StockCount.objects.filter(**{role: by.person_id}, state__in=counted).order_by().values_list("pk", flat=True)
        for role in COUNTERS
    )
    counts = list(first.union(*others))
    return list(CountedBin.objects.filter(count__in=counts).values_list("bin", flat=True)) if counts else []


# --- At the shelves


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of which the counter says how many there are; how many there should be nobody says."""

    part: Part
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A bin of a count, for whoever counts.

    is_mine   this person stands before it
    may       this person may count it now: nobody else is at it, and it is not their own count again
    parts     how many kinds of part are asked for
    """

    counted: CountedBin
    is_mine: bool
    may: bool
    parts: int


def progress(count: StockCount, *, by: Actor) -> list[Progress]:
    """The bins of a count in the order of the shelves."""
    rows = count.bins.select_related("bin__store").annotate(asked=Count("lines", filter=Q(lines__is_due=True)))
    sheets = Sheet.objects.filter(counted_bin__count=count, counter_id=by.person_id, round=count.round)
    mine = dict(sheets.exclude(state=SheetState.LEFT).values_list("counted_bin_id", "state"))
    counts = by.person_id in count.counter_ids and count.is_at_the_shelves
    return [
        Progress(
            row,
            mine.get(row.pk) == SheetState.OPEN,
            counts and row.state == BinState.DUE and mine.get(row.pk) != SheetState.FINISHED,
            row.asked,
        )
        for row in rows.order_by("bin__code")
    ]


def open_sheet(count: StockCount, *, by: Actor) -> Sheet | None:
    """The bin before which this person stands, if any."""
    rows = Sheet.objects.filter(counted_bin__count=count, counter_id=by.person_id, state=SheetState.OPEN)
    return rows.select_related("counted_bin__bin__store", "counted_bin__count").first()


def asked(sheet: Sheet) -> list[Asked]:
    """The parts that are to be counted in the bin, and others that were found there, with what was found so far."""
    found = {row.part_id: row for row in sheet.lines.select_related("part")}
    due = CountLine.objects.filter(counted_bin=sheet.counted_bin_id, is_due=True).select_related("part")
    rows = {line.part_id: Asked(line.part, None) for line in due}
    rows |= {row.part_id: Asked(row.part, row.quantity) for row in found.values()}
    return sorted(rows.values(), key=lambda each: each.part.code)


def unknown_of(count: StockCount) -> list[UnknownScan]:
    """What was scanned and names no part of ours."""
    rows = UnknownScan.objects.filter(sheet__counted_bin__count=count)
    return list(rows.select_related("sheet__counted_bin__bin__store", "sheet__counter").order_by("pk"))


# --- What is due


@dataclass(frozen=True, slots=True)
class Proposal:
    """A count that should be planned.

    bins   those of a cycle count, the most urgent first; empty where the whole store is meant
    """

    kind: CountKind
    store: Store
    bins: tuple[tuple[Bin, rules.DueBin], ...] = ()
    last_on: date | None = None


def proposals(store: Store, *, at: datetime, limit: int = 20) -> list[Proposal]:
    """What should be counted in a store: a van in its rhythm (INV-6), the whole store so often a year, and bins by A, B, C (S6-25)."""
    on = store.unit.day(at)
    keys = ("count.cycle_A", "count.cycle_B", "count.cycle_C", "count.full_per_year", "inv.van_count_days")
    figures = {key: int(found.value) for key, found in policy.figures(keys, unit=store.unit, on=on).items()}
    found = []
    is_van = store.kind == StoreKind.VAN
    whole, days = (
        (CountKind.VAN, figures["inv.van_count_days"])
        if is_van
        else (CountKind.FULL, 365 // max(1, figures["count.full_per_year"]))
    )
    last = _last_whole(store)
    if last is None or (on - last).days >= days:
        found.append(Proposal(whole, store, last_on=last))
    if is_van:
        return found
    due = rules.due(
        _shelved(store), _classes(store.unit, at), {each: figures[f"count.cycle_{each}"] for each in Class}, on=on
    )
    bins = {
        bin.pk: bin for bin in Bin.objects.filter(pk__in=[each.bin_id for each in due[:limit]]).select_related("store")
    }
    if bins:
        found.append(Proposal(CountKind.CYCLE, store, tuple((bins[each.bin_id], each) for each in due[:limit])))
    return found


def _last_whole(store: Store) -> date | None:
    kinds = [CountKind.FULL, CountKind.VAN, CountKind.HANDOVER]
    last = StockCount.objects.filter(store=store, kind__in=kinds, state=CountState.CLOSED).aggregate(Max("closed_at"))
    return store.unit.day(last["closed_at__max"]) if last["closed_at__max"] else None


def _shelved(store: Store) -> list[rules.Shelved]:
    """What lies in the bins that no open count has, with the day of its last count there."""
    busy = CountedBin.objects.filter(bin__store=store).exclude(state=BinState.FREE).values("bin")
    bins = list(store.bins.exclude(pk__in=busy))
    counted = CountLine.objects.filter(counted_bin__bin__store=store, sheet__isnull=False)
    counted = counted.filter(counted_bin__count__state=CountState.CLOSED)
    last = {
        (bin_id, part_id): store.unit.day(at)
        for bin_id, part_id, at in counted.values_list("counted_bin__bin", "part").annotate(Max("sheet__ended_at"))
    }
    lying = stock.lying_in(bins)
    return [
        rules.Shelved(bin_id, part_id, last.get((bin_id, part_id)))
        for (bin_id, part_id), there in lying.items()
        if there
    ]


def _classes(unit: Unit, at: datetime) -> dict[int, Class]:
    """The class of each part by what the unit used of it within a year."""
    gone = StockMove.objects.filter(kind="ISSUE", source__unit=unit, at__gte=at - YEAR, at__lt=at).order_by()
    rows = gone.values_list("source__part", "source__part__cost_minor").annotate(Sum("amount"), Count("pk"))
    return rules.classes(rules.Usage(part_id, (cost or 0) * amount, moves) for part_id, cost, amount, moves in rows)


def tolerance(unit: Unit, on: date) -> Tolerance:
    """How far off a part may be without being counted again."""
    figures = policy.figures(("count.recount_tol_pieces", "count.recount_tol_percent"), unit=unit, on=on)
    return Tolerance(figures["count.recount_tol_pieces"].value, Decimal(figures["count.recount_tol_percent"].value))


# --- How well it agrees


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well the book and the shelves agreed in the counts that were closed.

    lines, right   parts in bins that were counted, and those of them without a difference
    book_minor     what the book said they were worth, and off_minor how much of it was missing or too much, at cost
    """

    counts: int
    lines: int
    right: int
    book_minor: int
    off_minor: int

    @property
    def percent(self) -> Decimal | None:
        """Lines without a difference, in percent with one place; None where nothing was counted."""
        return _percent(self.right, self.lines)

    @property
    def value_percent(self) -> Decimal | None:
        """Worth that was where the book said, in percent with one place; None where nothing has a cost."""
        return _percent(max(0, self.book_minor - self.off_minor), self.book_minor)


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1")) if whole else None


def accuracy(*, by: Actor, since: datetime, until: datetime, store: Store | None = None) -> Accuracy:
    """Of the counts that were closed in [since, until), as far as this person may see them (S6-25)."""
    counts = StockCount.objects.visible_to(by).filter(
        state=CountState.CLOSED, closed_at__gte=since, closed_at__lt=until
    )
    if store is not None:
        counts = counts.filter(store=store)
    lines = right = book = off = 0
    rows = CountLine.objects.filter(counted_bin__count__in=counts, sheet__isnull=False)
    for counted, expected, cost in rows.values_list("counted_quantity", "expected_quantity", "cost_minor"):
        lines, right = lines + 1, right + (counted == expected)
        book, off = book + (expected or 0) * (cost or 0), off + abs((counted or 0) - (expected or 0)) * (cost or 0)
    return Accuracy(counts.count(), lines, right, book, off)


# --- What must be true


@invariant("COUNT-1")
def what_was_expected_is_what_the_moves_say() -> Iterator[str]:
    """What a count was judged by is the sum of the moves up to the moment at which the bin had been counted (F10)."""
    lines: Mapping[int, list[CountLine]] = _by_sheet()
    sheets = Sheet.objects.filter(pk__in=list(lines)).select_related("standstill__bin")
    for sheet in sheets:
        still = sheet.standstill
        lay = stock.lay_in(still.bin, still.last_move_id or 0)
        for line in lines[sheet.pk]:
            if line.expected_quantity != lay.get(line.part_id, 0):
                yield f"{line}: expected {line.expected_quantity}, the moves say {lay.get(line.part_id, 0)}"


def _by_sheet() -> dict[int, list[CountLine]]:
    found: dict[int, list[CountLine]] = defaultdict(list)
    for line in CountLine.objects.filter(sheet__isnull=False).select_related(*_NAMED):
        found[line.sheet_id or 0].append(line)
    return found


@invariant("COUNT-2")
def a_count_books_its_differences_and_nothing_else() -> Iterator[str]:
    """What a closed count moved is what it found, each difference once; an open one has moved nothing."""
    rows = CountLine.objects.select_related(*_NAMED)
    booked: dict[str, int] = {}
    for document, kind, amount in _OF_COUNTS.values_list("document", "kind", "amount"):
        booked[document] = booked.get(document, 0) + (amount if kind == "FOUND" else -amount)
    for line in rows:
        is_booked = line.counted_bin.count.state in {CountState.APPROVED, CountState.CLOSED}
        should = line.difference if is_booked else 0
        if booked.pop(line.document, 0) != should:
            yield f"{line}: differs by {should}, and that is not what was booked"
    for document in booked:
        yield f"{document}: was booked by no count"


@invariant("COUNT-3")
def a_bin_is_held_by_its_open_count_alone() -> Iterator[str]:
    """Bins are free exactly when their count is over, and stand still only while somebody counts them."""
    over = Q(count__state__in=[CountState.CLOSED, CountState.CANCELLED])
    for row in CountedBin.objects.filter(over ^ Q(state=BinState.FREE)).select_related("count", "bin__store"):
        yield f"{row}: the count is {row.count.state}, the bin {row.state}"
    for sheet in Sheet.objects.exclude(Q(state=SheetState.OPEN) ^ Q(standstill__ends_at__isnull=False)):
        yield f"{sheet}: {sheet.state}, and the bin does not agree"


@invariant("INV-7")
def nobody_approved_their_own_count() -> Iterator[str]:
    """Approver, keeper and counters are different people."""
    for signed in CountApproval.objects.select_related("count", "person"):
        count = signed.count
        own = count.counter_ids | {count.keeper_id, count.successor_id}
        sheets = Sheet.objects.filter(counted_bin__count=count, counter=signed.person_id)
        if signed.person_id in own or sheets.exists():
            yield f"{count}: {signed.person} approved it"
