"""At the shelves: one person, one bin, one sheet. Nobody is told here how many there should be, not even by a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.models import Bin
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.counting import queries, rules
from guiju.readiness.counting.actions.planning import TooAlike, lock
from guiju.readiness.counting.events import HandedIn
from guiju.readiness.counting.models import CountedBin, CountLine, Sheet, SheetLine, StockCount, UnknownScan
from guiju.readiness.counting.rules import COUNT_ARROWS, COUNT_LABELS, BinState, CountState, SheetState
from guiju.standing.catalogue.models import Part
from guiju.standing.catalogue.rules import BaseUnit
from guiju.standing.people.models import Person

# More than any bin holds; a bar code in the field of a quantity is above it.
QUANTITY_MAX = 1_000_000


class NotACounter(Refusal):
    """Only the two who were named count, and whoever recounts."""

    sentence = N_("You are none of the counters of this count.")
    status = 403


class NoBinOpen(Refusal):
    """The place comes first, then what lies there."""

    sentence = N_("First scan the bin before which you stand, then what lies in it.")
    field = "text"


class AnotherBin(Refusal):
    """One bin after the other."""

    sentence = N_("You are still counting %(bin)s. Finish it first, or leave it.")
    field = "text"


class CountedBefore(Refusal):
    """A bin is counted again by another pair of eyes, or is not due."""

    sentence = N_("This bin is not yours to count now: it is done, another is at it, or you have counted it yourself.")
    field = "bin"


class NotCountedYet(Refusal):
    """Every part of the bin has been looked for."""

    sentence = N_("The bin is not finished.")


class BinsLeft(Refusal):
    """All bins are covered before the sheets are handed in."""

    sentence = N_("These bins are not counted yet: %(bins)s.")


class RecountFirst(Refusal):
    """What is far off is counted again before anybody explains it."""

    sentence = N_("Some parts are so far off that another person counts them again first.")


class NothingToRecount(Refusal):
    """Nothing is far off."""

    sentence = N_("Nothing is so far off that it must be counted again.")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did: opened the bin, counted one more, chose a part to be entered by hand, or was kept as unknown.

    quantity   found so far of the part
    """

    sheet: Sheet
    opened: bool = False
    part: Part | None = None
    quantity: int | None = None
    unknown: UnknownScan | None = None


def open_bin(count: StockCount, *, bin: Bin, by: Actor, at: datetime) -> Sheet:
    """Stand before a bin: from now on nothing goes into or out of it until it is finished or left.

    raises   NotACounter, AnotherBin, CountedBefore, WrongState
    source   3.9; location first, then items
    """
    with doing("counting.open_bin", on=count, by=by, at=at, bin=str(bin)) as deed:
        count = lock(count)
        _ask_counter(count, by)
        if not count.is_at_the_shelves:
            raise WrongState(Sentence(COUNT_LABELS[CountState(count.state)]))
        if (mine := queries.open_sheet(count, by=by)) is not None:
            if mine.counted_bin.bin_id == bin.pk:
                return mine
            raise AnotherBin(bin=mine.counted_bin.bin.code)
        row = CountedBin.objects.select_for_update().filter(count=count, bin=bin, state=BinState.DUE).first()
        if row is None:
            raise CountedBefore
        if count.state == CountState.FROZEN:
            advance(count, to=CountState.COUNTING, arrows=COUNT_ARROWS, by=by, at=at, deed=deed, labels=COUNT_LABELS)
        return _stand_before(count, row, deed, at)


def _stand_before(count: StockCount, row: CountedBin, deed: Deed, at: datetime) -> Sheet:
    """Let the bin stand still, and ask also for what came into it since the freeze."""
    by, counter_id = deed.consequence(), deed.by.natural_person_id
    if Sheet.objects.filter(counted_bin=row, round=count.round, counter=counter_id, state=SheetState.FINISHED).exists():
        raise CountedBefore
    still = stock.stand_still(row.bin, document=count.number, by=by, at=at)
    with refusing(a_counter_stands_before_one_bin=AnotherBin(bin="…"), a_bin_is_counted_by_one_at_a_time=CountedBefore):
        sheet = Sheet.objects.create(
            counted_bin=row, round=count.round, counter_id=counter_id, standstill=still, opened_at=at
        )
    if count.state != CountState.RECOUNT:
        known = set(CountLine.objects.filter(counted_bin=row).values_list("part_id", flat=True))
        came = [part_id for _bin, part_id in book.lying_in([row.bin]) if part_id not in known]
        CountLine.objects.bulk_create([
            CountLine(counted_bin=row, part_id=part_id, frozen_quantity=0) for part_id in sorted(came)
        ])  # fmt: skip
    CountedBin.objects.filter(pk=row.pk).update(state=BinState.OPEN)
    return sheet


def scan(count: StockCount, *, text: str, by: Actor, at: datetime) -> Scanned:
    """Read one code at the shelf: first the bin, then what lies in it.

    A part that is counted in pieces is one more with each scan; of another unit it is chosen, and its quantity entered. What
    names no part is kept as it was read, and answered in the review.

    raises   NoBinOpen, AnotherBin, NotACounter, CountedBefore
    source   F11, F14
    """
    with doing("counting.scan", on=count, by=by, at=at) as deed:
        code = rules.read(text)[:120]
        if not code:
            raise Invalid(Sentence(N_("Nothing was read.")), field="text")
        _ask_counter(count, by)
        sheet, row = _mine(count, by), _bin_named(count, code)
        if sheet is None:
            if row is None:
                raise NoBinOpen
            return Scanned(open_bin(count, bin=row.bin, by=deed.consequence(), at=at), opened=True)
        if row is not None:
            if row.pk != sheet.counted_bin_id:
                raise AnotherBin(bin=sheet.counted_bin.bin.code)
            return Scanned(sheet)
        part = Part.objects.filter(code__iexact=code).first()
        if part is None:
            return Scanned(sheet, unknown=_keep_unknown(sheet, code))
        so_far = sum(SheetLine.objects.filter(sheet=sheet, part=part).values_list("quantity", flat=True))
        if part.base_unit != BaseUnit.PIECE:
            return Scanned(sheet, part=part, quantity=so_far)
        return Scanned(sheet, part=part, quantity=_write(sheet, part, so_far + 1))


def tally(count: StockCount, *, part: Part, quantity: int, by: Actor, at: datetime) -> SheetLine:
    """Enter how many of a part lie in the open bin; the last figure counts.

    quantity   in the part's base unit; 0 says that it was looked for
    raises     NoBinOpen, Invalid
    """
    with doing("counting.tally", on=count, by=by, at=at, part=part.code, quantity=quantity):
        if type(quantity) is not int or not 0 <= quantity <= QUANTITY_MAX:
            raise Invalid(Sentence(N_("Give a whole number, 0 or above.")), field="quantity")
        _ask_counter(count, by)
        sheet = _mine(count, by)
        if sheet is None:
            raise NoBinOpen
        _write(sheet, part, quantity)
        return SheetLine.objects.get(sheet=sheet, part=part)


def finish_bin(count: StockCount, *, by: Actor, at: datetime) -> Sheet:
    """The bin is counted: what the book says at this moment is kept beside it, seen by nobody, and moves go on.

    raises   NoBinOpen, NotCountedYet, which names the parts that nobody has looked for
    source   3.9, F10
    """
    with doing("counting.finish_bin", on=count, by=by, at=at) as deed:
        sheet = _mine(count, by)
        if sheet is None:
            raise NoBinOpen
        missing = [each.part.name for each in queries.asked(sheet) if each.quantity is None]
        if missing:
            raise NotCountedYet(rules.uncounted(missing))
        _compare(count, sheet)
        # After the look into the book, and before anybody can move anything again: the two are one moment.
        stock.go_on(sheet.standstill, by=deed.consequence(), at=at)
        _end(sheet, SheetState.FINISHED, at)
        CountedBin.objects.filter(pk=sheet.counted_bin_id).update(state=BinState.DONE)
        deed.note(bin=str(sheet.counted_bin.bin))
    return sheet


def _compare(count: StockCount, sheet: Sheet) -> None:
    """Write what was found beside what the book says now; what is far off is due again."""
    bin, unit = sheet.counted_bin.bin, count.unit
    lying = book.lying_in([bin])
    tolerance = queries.tolerance(unit, unit.day(sheet.opened_at))
    found = {row.part_id: row for row in sheet.lines.select_related("part")}
    lines = {
        row.part_id: row for row in CountLine.objects.filter(counted_bin=sheet.counted_bin_id, part__in=list(found))
    }
    new = [
        CountLine(counted_bin=sheet.counted_bin, part_id=part_id, frozen_quantity=0)
        for part_id in found
        if part_id not in lines
    ]
    lines |= {row.part_id: row for row in CountLine.objects.bulk_create(new)}
    for part_id, line in lines.items():
        line.counted_quantity, line.expected_quantity = found[part_id].quantity, lying.get((bin.pk, part_id), 0)
        line.sheet, line.cost_minor, line.passes = sheet, found[part_id].part.cost_minor, line.passes + 1
        is_far = tolerance.is_exceeded(expected=line.expected_quantity, counted=line.counted_quantity)
        line.is_due, line.cause, line.accountable = is_far and line.passes == 1, "", None
    CountLine.objects.bulk_update(
        lines.values(),
        ["counted_quantity", "expected_quantity", "sheet", "cost_minor", "passes", "is_due", "cause", "accountable"],
    )


def leave_bin(count: StockCount, *, by: Actor, at: datetime) -> Sheet:
    """Called away: the bin is free again and waits to be counted from the beginning.

    raises   NoBinOpen
    """
    with doing("counting.leave_bin", on=count, by=by, at=at) as deed:
        sheet = _mine(count, by)
        if sheet is None:
            raise NoBinOpen
        stock.go_on(sheet.standstill, by=deed.consequence(), at=at)
        _end(sheet, SheetState.LEFT, at)
        CountedBin.objects.filter(pk=sheet.counted_bin_id).update(state=BinState.DUE)
    return sheet


def hand_in(count: StockCount, *, by: Actor, at: datetime) -> StockCount:
    """All bins are counted: hand the sheets in. Nobody changes them any more.

    raises   BinsLeft, NotACounter, WrongState
    source   3.9
    """
    with doing("counting.hand_in", on=count, by=by, at=at) as deed:
        count = lock(count)
        _ask_counter(count, by)
        left = count.bins.exclude(state=BinState.DONE).select_related("bin__store").order_by("bin__code")
        if count.is_at_the_shelves and left:
            raise BinsLeft(bins=", ".join(row.bin.code for row in left))
        advance(
            count,
            to=CountState.COUNTED,
            arrows=COUNT_ARROWS,
            by=by,
            at=at,
            deed=deed,
            labels=COUNT_LABELS,
            handed_in_at=at,
        )
        far = CountLine.objects.filter(counted_bin__count=count, is_due=True).count()
        deed.tell(HandedIn(count.pk, count.number, count.store_id, far))
    return count


def recount(count: StockCount, *, counter: Person | None = None, by: Actor, at: datetime) -> StockCount:
    """Have what is far off counted again, each bin by another than before.

    counter   a third person; without one the two exchange their bins
    raises    NothingToRecount, TooAlike, WrongState
    source    3.9, `count.recount_tol`
    """
    with doing("counting.recount", on=count, by=by, at=at) as deed:
        count = lock(count)
        due = CountedBin.objects.filter(count=count, lines__is_due=True).distinct()
        if count.state == CountState.COUNTED and not due:
            raise NothingToRecount
        with refusing(the_keeper_counts_no_whole_store=TooAlike(field="counter")):
            advance(
                count, to=CountState.RECOUNT, arrows=COUNT_ARROWS, by=by, at=at, deed=deed, labels=COUNT_LABELS, recounter=counter
            )  # fmt: skip
        CountedBin.objects.filter(pk__in=[row.pk for row in due]).update(state=BinState.DUE)
    return count


def _ask_counter(count: StockCount, by: Actor) -> None:
    if by.person_id not in count.counter_ids:
        raise NotACounter


def _mine(count: StockCount, by: Actor) -> Sheet | None:
    """The sheet of the bin before which this person stands, ours until the deed is done."""
    rows = Sheet.objects.select_for_update(of=("self",)).filter(
        counted_bin__count=count, counter_id=by.person_id, state=SheetState.OPEN
    )
    return rows.select_related("counted_bin__bin__store", "counted_bin__count__unit", "standstill").order_by().first()


def _bin_named(count: StockCount, code: str) -> CountedBin | None:
    """The bin of this count whose label says so, with or without its store."""
    for row in count.bins.select_related("bin__store"):
        if code in {rules.read(row.bin.code), rules.read(str(row.bin))}:
            return row
    return None


def _keep_unknown(sheet: Sheet, code: str) -> UnknownScan:
    row, is_new = UnknownScan.objects.get_or_create(sheet=sheet, text=code)
    if not is_new:
        row.times += 1
        row.save(update_fields=["times"])
    return row


def _write(sheet: Sheet, part: Part, quantity: int) -> int:
    SheetLine.objects.update_or_create(sheet=sheet, part=part, defaults={"quantity": quantity})
    return quantity


def _end(sheet: Sheet, state: SheetState, at: datetime) -> None:
    sheet.state, sheet.ended_at = state, max(at, sheet.opened_at)
    sheet.save(update_fields=["state", "ended_at"])
