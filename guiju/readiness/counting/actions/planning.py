"""Which bins are counted, by whom, and from which moment on.

**The freeze.** At the freeze the book's figures of the scope are written down. The store does not stop for it: jobs are served while a
count is running, and a count that stopped them would be made at night or not at all. Instead each bin stands still only while somebody
stands before it (`stock.stand_still`): nothing is booked into or out of it from the moment at which it is opened until its sheet is
finished. What was booked between the freeze and that moment is in the figure that the count is compared with, and what is booked after
the sheet is finished changes nothing about the difference. So a move during the count is neither lost nor counted twice, and whoever
takes a part from a bin that is being counted is told to wait for those minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import StoreKind
from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.counting import rules
from guiju.readiness.counting.events import Cancelled, Planned
from guiju.readiness.counting.models import CountedBin, CountLine, Sheet, StockCount
from guiju.readiness.counting.rules import COUNT_ARROWS, COUNT_LABELS, BinState, CountKind, CountState, SheetState
from guiju.standing.people import queries as people
from guiju.standing.people.models import Person
from guiju.standing.people.rules import Status


class BinTaken(Refusal):
    """A bin is in one open count at a time."""

    sentence = N_("One of these bins is in another count that is not closed yet.")
    field = "bins"


class TooAlike(Refusal):
    """The keeper and the two who count a whole store are three people."""

    sentence = N_("A count has two counters. Where a whole store is counted, neither of them is its keeper.")
    field = "second_counter"


class NotTheKeeper(Refusal):
    """Whoever answers for a store is a store keeper there, or drives the van."""

    sentence = N_("%(name)s keeps no store here.")
    field = "keeper"


def plan(
    store: Store,
    *,
    kind: CountKind,
    bins: Sequence[Bin] = (),
    keeper: Person,
    first_counter: Person,
    second_counter: Person,
    successor: Person | None = None,
    planned_on: date | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> StockCount:
    """Say which bins of the store are counted, and by which two.

    bins        of a cycle count or a spot check; a full count, a van and a handover take every bin of the store
    successor   who takes the store over; of a handover only
    reason      why just these bins; a spot check must say it
    raises      BinTaken, TooAlike, NotTheKeeper, Invalid
    source      S6-25, 3.9, 5.4
    """
    with doing("counting.plan", on=store, by=by, at=at, kind=str(kind)) as deed:
        scope = _scope(store, kind, bins)
        is_handover, today = kind is CountKind.HANDOVER, store.unit.day(at)
        _check_people(store, keeper, (first_counter, second_counter), successor, is_handover=is_handover, on=today)
        if kind is CountKind.SPOT and not reason.strip():
            raise Invalid(Sentence(N_("Say why just these bins are checked.")), field="reason")
        with refusing(a_count_has_two_counters=TooAlike, the_keeper_counts_no_whole_store=TooAlike):
            count = StockCount.objects.create(
                number=next_number("SC", store.unit.code, today),
                unit_id=store.unit_id,
                store=store,
                kind=kind,
                reason=reason.strip(),
                planned_on=planned_on or today,
                keeper=keeper,
                successor=successor,
                first_counter=first_counter,
                second_counter=second_counter,
                planned_by_id=by.natural_person_id,
                planned_at=at,
            )
        with refusing(a_bin_is_in_one_open_count=BinTaken):
            CountedBin.objects.bulk_create([CountedBin(count=count, bin=bin) for bin in scope])
        deed.about(count)
        begin(count, by=by, at=at, deed=deed)
        deed.tell(Planned(count.pk, count.number, store.pk, str(kind), len(scope)))
    return count


def _scope(store: Store, kind: CountKind, bins: Sequence[Bin]) -> list[Bin]:
    if kind in {CountKind.VAN, CountKind.FULL} and (kind is CountKind.VAN) is not (store.kind == StoreKind.VAN):
        raise Invalid(Sentence(N_("A van has a van count, and a store a full one.")), field="kind")
    every, wanted = list(store.bins.order_by("code")), {each.pk for each in bins}
    if kind in rules.OF_ALL_BINS:
        if not every:
            raise Invalid(Sentence(N_("This store has no bin yet.")), field="bins")
        return every
    if not wanted:
        raise Invalid(Sentence(N_("Choose the bins that are counted.")), field="bins")
    chosen = [bin for bin in every if bin.pk in wanted]
    if len(chosen) != len(wanted):
        raise Invalid(Sentence(N_("All bins of a count are of one store.")), field="bins")
    return chosen


def _check_people(
    store: Store, keeper: Person, counters: Sequence[Person], successor: Person | None, *, is_handover: bool, on: date
) -> None:
    roles = ("SK", "TE", "DR") if store.kind == StoreKind.VAN else ("SK",)
    keepers = {person.pk for role in roles for person in people.people_with(role, store.unit, on=on)}
    for each, field in ((keeper, "keeper"), (successor, "successor")):
        if each is not None and each.pk not in keepers:
            raise NotTheKeeper(name=each.name, field=field)
    if is_handover is not (successor is not None) or successor == keeper:
        raise Invalid(Sentence(N_("Say who takes the store over; only at a handover.")), field="successor")
    for person, field in zip(counters, ("first_counter", "second_counter"), strict=True):
        if person.status != Status.ACTIVE:
            raise Invalid(Sentence(N_("%(name)s does not work here any more."), {"name": person.name}), field=field)


def freeze(count: StockCount, *, by: Actor, at: datetime) -> StockCount:
    """Write down what the book says of every bin in the scope; from now on the bins can be counted.

    What is being booked there at this moment is booked first.

    raises   WrongState
    source   3.9, F10
    """
    with doing("counting.freeze", on=count, by=by, at=at) as deed:
        count = lock(count)
        advance(
            count, to=CountState.FROZEN, arrows=COUNT_ARROWS, by=by, at=at, deed=deed, labels=COUNT_LABELS, frozen_at=at
        )
        rows = {row.bin_id: row for row in count.bins.select_related("bin")}
        bins = [row.bin for row in rows.values()]
        stock.settle(bins)
        lying = book.lying_in(bins)
        CountLine.objects.bulk_create([
            CountLine(counted_bin=rows[bin_id], part_id=part_id, frozen_quantity=there)
            for (bin_id, part_id), there in sorted(lying.items())
        ])  # fmt: skip
        deed.note(parts=len(lying))
    return count


def cancel(count: StockCount, *, reason: str, by: Actor, at: datetime) -> StockCount:
    """Give the count up; not once it is handed in, for then it has found something.

    raises   WrongState, Invalid
    """
    with doing("counting.cancel", on=count, by=by, at=at, reason=reason.strip()) as deed:
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why the count is given up.")), field="reason")
        count = lock(count)
        for sheet in Sheet.objects.select_for_update().filter(counted_bin__count=count, state=SheetState.OPEN):
            stock.go_on(sheet.standstill, by=deed.consequence(), at=at)
            Sheet.objects.filter(pk=sheet.pk).update(state=SheetState.LEFT, ended_at=at)
        advance(count, to=CountState.CANCELLED, arrows=COUNT_ARROWS, by=by, at=at, deed=deed, labels=COUNT_LABELS)
        set_free(count)
        deed.tell(Cancelled(count.pk, count.number, count.store_id, reason.strip()))
    return count


def set_free(count: StockCount) -> None:
    """Let the bins go into other counts."""
    CountedBin.objects.filter(count=count).update(state=BinState.FREE)


def lock(count: StockCount) -> StockCount:
    """The count, ours until the deed is done."""
    return locking.lock(StockCount.objects.select_related("store__unit", "keeper"), count.pk)
