"""Counts told as stories: who counts, what is kept from them, what moves meanwhile, and what the book says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.models import Serial, StockMove
from guiju.books.stock.rules import Which
from guiju.kernel import verification
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, WrongState, broken_constraints
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries
from guiju.readiness.counting.actions import Answered, Explained
from guiju.readiness.counting.models import (
    CountApproval,
    CountedBin,
    CountLine,
    Sheet,
    SheetLine,
    StockCount,
    UnknownScan,
)
from guiju.readiness.counting.rules import BinState, Cause, CountState, UnknownOutcome, Worth
from guiju.standing.catalogue.models import Part
from guiju.standing.people import actions as people
from tests.cast import NOON
from tests.readiness.counting.conftest import Room

# The counts are tried without the jobs that would stand behind what is issued.
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.books_of("guiju.readiness.counting")]


def explained(room: Room, count: StockCount, cause: Cause = Cause.UNBOOKED_ISSUE, note: str = "") -> StockCount:
    causes = [Explained(line.pk, cause, note) for line in queries.differing(count)]
    answers = [Answered(row.pk, UnknownOutcome.CUSTOMERS) for row in queries.unknown_of(count)]
    return counting.explain(count, causes=causes, answers=answers, **room.who("shen"))


def line_of(count: StockCount, code: str) -> queries.Line:
    return next(each for each in queries.lines_of(count) if each.part.code == code)


@pytest.mark.shows("S6-25", "3.9", "F10", "INV-7", "G05")
def test_a_full_count_from_its_plan_to_the_book(room: Room) -> None:
    """Parts go in and out while two people count: nothing is lost, nothing doubled, and only the differences are booked."""
    room.put(room.board, "A-01", 10)
    room.put(room.fan, "A-02", 20)
    count = room.frozen()
    assert count.number.startswith("SC-FS01-")
    # Between the freeze and the bin: in the figure that it is compared with.
    room.issue(room.board, "A-01", 2)
    room.put(room.fan, "B-01", 4)

    opened = counting.scan(count, text="ｓ１／ａ－０１", **room.who("lin"))  # a Chinese keyboard's A-01
    assert opened.opened
    assert opened.sheet.counted_bin.bin == room.bins["A-01"]
    with pytest.raises(stock.BinStandsStill):
        room.put(room.board, "A-01", 1)
    room.put(room.fan, "A-02", 1)  # the rest of the store goes on
    for quantity in range(1, 7):
        assert counting.scan(count, text="PCB-01", **room.who("lin")).quantity == quantity
    odd = counting.scan(count, text="6901234567892", **room.who("lin"))
    assert odd.unknown is not None
    counting.finish_bin(count, **room.who("lin"))
    # After the sheet: no part of the difference.
    room.issue(room.board, "A-01", 1)

    room.sheet(count, "qin", "A-02", fan=20)
    room.sheet(count, "qin", "B-01", fan=4)
    counting.hand_in(count, **room.who("qin"))
    assert [each.part.code for each in queries.lines_of(count) if each.to_recount] == ["PCB-01"]
    count.refresh_from_db()
    assert queries.is_blind(count), "6 of 8 are too far off to be told"
    with pytest.raises(counting.RecountFirst):
        explained(room, count)

    counting.recount(count, **room.who("shen"))
    with pytest.raises(counting.CountedBefore):
        counting.open_bin(count, bin=room.bins["A-01"], **room.who("lin"))
    room.sheet(
        count, "qin", "A-01", board=6
    )  # one was issued meanwhile, and one more is here than the first counter saw
    counting.hand_in(count, **room.who("qin"))
    count.refresh_from_db()
    line = line_of(count, "PCB-01")
    assert (line.frozen, line.expected, line.counted, line.difference, line.passes) == (10, 7, 6, -1, 2)
    assert queries.worth_of(count) == Worth(5000 + 1000, 0, is_known=True)

    with pytest.raises(counting.NotExplained):
        counting.explain(count, **room.who("shen"))
    count = explained(room, count)
    assert line_of(count, "PCB-01").accountable == "shen"
    assert not StockMove.objects.filter(kind__in=["LOSS", "FOUND"]).exists()
    count = counting.approve(count, **room.who("ma"))
    assert count.state == CountState.CLOSED
    moved = StockMove.objects.filter(kind__in=["LOSS", "FOUND"]).values_list("source__part__code", "kind", "amount")
    assert sorted(moved) == [("FAN-02", "LOSS", 1), ("PCB-01", "LOSS", 1)]
    assert (book.on_hand(room.board, room.store), book.on_hand(room.fan, room.store)) == (6, 24)
    assert News.objects.get(kind="counting.Approved").payload["loss_minor"] == 6000

    with pytest.raises(WrongState):
        counting.approve(count, **room.who("ma"))
    with pytest.raises(stock.CountedSince):
        stock.receive(
            room.board,
            room.bins["A-01"],
            1,
            document="LATE",
            by=room.cast.actors["shen"],
            at=room.now - timedelta(hours=1),
        )
    found = queries.accuracy(by=room.cast.actors["fang"], since=room.now - timedelta(days=1), until=room.at())
    assert (found.counts, found.lines, found.right, str(found.percent)) == (1, 3, 1, "33.3")
    room.plan("CYCLE", "A-01")  # its bins are free again
    assert verification.run(only="guiju.books.stock") == []


@pytest.mark.shows("INV-7", "3.9")
def test_what_is_sent_back_is_counted_again_blind_and_signed_anew(room: Room) -> None:
    room.put(room.board, "A-01", 10)
    room.put(room.wire, "A-02", 5000)
    count = room.frozen("CYCLE", "A-01", "A-02", first_counter=room.cast.people["shen"])
    # The keeper may help with a cycle count; metres are entered, not scanned one by one.
    counting.open_bin(count, bin=room.bins["A-02"], **room.who("shen"))
    assert counting.scan(count, text="wire-03", **room.who("shen")).quantity == 0
    with pytest.raises(counting.NotCountedYet, match=r"Not counted yet: Wire\. Count it, or enter 0\."):
        counting.finish_bin(count, **room.who("shen"))
    counting.leave_bin(count, **room.who("shen"))
    room.put(room.wire, "A-02", 1)  # left, so moves go on
    room.sheet(count, "shen", "A-02", wire=4950)  # 51 of 5,001 are within two percent
    room.sheet(count, "qin", "A-01", board=9)
    count = counting.hand_in(count, **room.who("qin"))
    assert not queries.is_blind(count), "nothing is far off"
    with pytest.raises(counting.NothingToRecount):
        counting.recount(count, **room.who("shen"))
    count = explained(room, count)
    count = counting.reject(count, reason="Look behind the rack.", **room.who("fang"))
    assert (count.state, count.round) == (CountState.COUNTING, 2)
    assert {each.expected for each in queries.lines_of(count)} == {None}
    room.sheet(count, "qin", "A-02", wire=5001)
    room.sheet(count, "shen", "A-01", board=10)
    count = explained(room, counting.hand_in(count, **room.who("shen")))
    assert counting.approve(count, **room.who("ma")).state == CountState.CLOSED
    assert not StockMove.objects.filter(kind__in=["LOSS", "FOUND"]).exists(), "nothing differs, so nothing is booked"


@pytest.mark.shows("5.3", "INV-7", "5.4")
def test_whose_word_is_enough_follows_from_what_is_missing(room: Room) -> None:
    """200 for the outlet's manager, 2,000 for the network's, 5,000 for finance; above that finance and another; in yuan."""
    for who, missing, too_small in (
        ("ma", 4, []),
        ("nie", 5, ["ma"]),
        ("fang", 41, ["ma", "nie"]),
        ("lu", 101, ["ma"]),
    ):
        room.put(room.board, "A-01", missing)
        count = room.frozen("SPOT", "A-01", reason="Keys were lost.")
        count = room.counted(count, ("lin", "A-01", {"board": 0}))
        counting.recount(count, **room.who("shen"))
        count = explained(room, room.counted(count, ("qin", "A-01", {"board": 0})), Cause.THEFT, "Reported.")
        for name in too_small:
            with pytest.raises(counting.LimitExceeded):
                counting.approve(count, **room.who(name))
        if who == "lu":
            # 5,050 yuan: more than finance alone.
            assert counting.approve(count, **room.who("xu")).state == CountState.REVIEW
            with pytest.raises(counting.SignedAlready), transaction.atomic():
                counting.approve(count, **room.who("xu"))
        assert counting.approve(count, **room.who(who)).state == CountState.CLOSED, who


@pytest.mark.shows("5.4", "3.9", "F14")
def test_who_may_not_and_when_it_is_not_the_time(room: Room) -> None:
    """Each refusal beside the same thing done by the right person, or in its time."""
    cast = room.cast
    room.put(room.board, "A-01", 3)
    for wrong, refusal in (
        ({"first_counter": cast.people["shen"]}, counting.TooAlike),
        ({"second_counter": cast.people["lin"]}, counting.TooAlike),
        ({"keeper": cast.people["chen"]}, counting.NotTheKeeper),
        ({"successor": cast.people["tang"]}, counting.NotTheKeeper),
        ({"by": "chen"}, NotAllowed),
    ):
        with pytest.raises(refusal), transaction.atomic():
            room.plan(**wrong)
    for kind, *bins in (("SPOT", "A-01"), ("CYCLE",), ("VAN",), ("HANDOVER",)):
        with pytest.raises(Invalid), transaction.atomic():
            room.plan(kind, *bins)
    count = room.plan()
    with pytest.raises(counting.BinTaken), transaction.atomic():
        room.plan("SPOT", "A-01", reason="Again")
    with pytest.raises(WrongState):
        counting.open_bin(count, bin=room.bins["A-01"], **room.who("lin"))
    counting.freeze(count, **room.who("fang"))
    too_soon: tuple[tuple[type[Refusal], Callable[[], Any]], ...] = (
        (NotAllowed, lambda: counting.open_bin(count, bin=room.bins["A-01"], **room.who("cai"))),
        (counting.NotACounter, lambda: counting.open_bin(count, bin=room.bins["A-01"], **room.who("shen"))),
        (counting.NoBinOpen, lambda: counting.scan(count, text="PCB-01", **room.who("lin"))),
        (counting.NoBinOpen, lambda: counting.tally(count, part=room.board, quantity=1, **room.who("lin"))),
        (counting.BinsLeft, lambda: counting.hand_in(count, **room.who("lin"))),
        (NotAllowed, lambda: counting.cancel(count, reason="x", **room.who("shen"))),
    )
    for why, attempt in too_soon:
        with pytest.raises(why):
            attempt()
    counting.open_bin(count, bin=room.bins["A-01"], **room.who("lin"))
    one_after_the_other: tuple[tuple[type[Refusal], Callable[[], Any]], ...] = (
        (counting.AnotherBin, lambda: counting.scan(count, text="A-02", **room.who("lin"))),
        (counting.CountedBefore, lambda: counting.open_bin(count, bin=room.bins["A-01"], **room.who("qin"))),
        (Invalid, lambda: counting.tally(count, part=room.board, quantity=6901234567892, **room.who("lin"))),
        (Invalid, lambda: counting.scan(count, text="　", **room.who("lin"))),
        (counting.BinsLeft, lambda: counting.hand_in(count, **room.who("qin"))),
    )
    for why, attempt in one_after_the_other:
        with pytest.raises(why):
            attempt()
    # Given up while somebody stands before a bin: the bin goes on.
    assert (
        counting.cancel(count, reason="A delivery blocks the door.", **room.who("fang")).state == CountState.CANCELLED
    )
    room.put(room.board, "A-01", 1)
    assert CountedBin.objects.get(count=count, bin=room.bins["A-01"]).state == BinState.FREE


@pytest.mark.shows("3.9", "5.4")
def test_a_store_is_handed_over_with_a_count_and_what_is_promised_stays_promised(room: Room) -> None:
    """Whoever takes over may count, whoever gives may not; a loss of what is promised to a job waits until the job is told."""
    cast, (new,) = room.cast, [room.cast.people["wu"]]
    people.grant_role(
        new, role="SK", unit=cast.units["FS01"], starts_on=room.store.unit.day(room.now), **room.who("ad")
    )
    room.put(room.board, "A-01", 2)
    stock.reserve(room.board, room.bins["A-01"], 2, reference="WO-1", document="R-1", **room.who("shen"))
    count = room.frozen("HANDOVER", successor=new, second_counter=new)
    count = room.counted(count, ("lin", "A-01", {"board": 1}), ("lin", "A-02", {}), ("wu", "B-01", {"fan": 1}))
    count = explained(room, count)
    signing = {"round": 1, "person": new, "role": "OM", "value_minor": 0, "at": room.now}
    refused("nobody_approves_what_they_kept_or_counted", lambda: CountApproval.objects.create(count=count, **signing))
    with pytest.raises(counting.Reserved):
        counting.approve(count, **room.who("ma"))
    assert StockCount.objects.get(pk=count.pk).state == CountState.REVIEW
    stock.release(room.board, room.bins["A-01"], 2, reference="WO-1", document="L-1", **room.who("shen"))
    assert counting.approve(count, **room.who("ma")).state == CountState.CLOSED
    assert book.on_hand(room.fan, room.store) == 1, "what nobody knew of is found"


@pytest.mark.shows("INV-4", "3.9")
def test_a_piece_that_is_missing_is_named_by_its_serial(room: Room) -> None:
    room.fan.is_serialised = True
    room.fan.save()
    serials = ("F-1", "F-2", "F-3")
    stock.receive(room.fan, room.bins["A-01"], 3, document="GRN-S", which=Which(serials=serials), **room.who("shen"))
    count = room.counted(room.frozen("CYCLE", "A-01"), ("lin", "A-01", {"fan": 2}))
    with pytest.raises(Invalid, match="name the serial of each piece"):
        explained(room, count)
    (line,) = queries.differing(count)
    causes = [Explained(line.pk, Cause.DAMAGED, serials=("F-2",))]
    count = counting.explain(count, causes=causes, **room.who("shen"))
    counting.approve(count, **room.who("ma"))
    assert {piece.number for piece in Serial.objects.filter(account__bin=room.bins["A-01"])} == {"F-1", "F-3"}


def refused(name: str, attempt: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        attempt()
    assert name in broken_constraints(broken.value)


@pytest.mark.no_books
@pytest.mark.shows("INV-7", "3.9", "I27")
def test_the_database_itself_holds_it(room: Room) -> None:
    """Whoever goes round the verbs still meets the constraint."""
    room.put(room.board, "A-01", 3)
    room.put(room.fan, "A-02", 3)
    count = room.frozen()
    room.sheet(count, "lin", "A-01", board=2)
    sheet = Sheet.objects.get()
    line = CountLine.objects.get(part=room.board)
    counts, mine = (
        StockCount.objects.filter(pk=count.pk),
        {"count": count, "round": 1, "value_minor": 0, "at": room.now},
    )
    cast, two = room.cast.people, room.bins["A-02"]
    ways: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("a_count_is_approved_before_it_is_booked", lambda: counts.update(state="APPROVED")),
        ("a_difference_is_explained_before_it_is_approved", lambda: counts.update(state="REVIEW", handed_in_at=room.now)),
        ("a_count_is_handed_in_before_it_is_judged", lambda: counts.update(state="COUNTED")),
        ("a_count_is_in_a_known_state", lambda: counts.update(state="LOST")),
        ("a_count_is_of_a_known_kind", lambda: counts.update(kind="GUESS")),
        ("a_count_has_two_counters", lambda: counts.update(second_counter=cast["lin"])),
        ("the_keeper_counts_no_whole_store", lambda: counts.update(recounter=cast["shen"])),
        ("a_store_is_handed_over_to_another", lambda: counts.update(successor=cast["wu"])),
        ("a_spot_check_says_why", lambda: counts.update(kind="SPOT")),
        ("a_count_is_frozen_before_it_is_counted", lambda: counts.update(frozen_at=None)),
        ("a_closed_count_says_when", lambda: counts.update(closed_at=room.now)),
        ("a_count_is_of_its_stores_unit", lambda: counts.update(unit=room.cast.units["GZ02"])),
        ("a_bin_is_once_in_a_count", lambda: CountedBin.objects.create(count=count, bin=two, state="FREE")),
        ("a_counted_bin_is_in_a_known_state", lambda: CountedBin.objects.update(state="LOST")),
        ("a_sheet_once_ended_never_changes", lambda: Sheet.objects.update(counter=cast["qin"])),
        ("an_ended_sheet_keeps_its_lines", lambda: SheetLine.objects.update(quantity=3)),
        ("an_ended_sheet_keeps_its_lines", lambda: SheetLine.objects.create(sheet=sheet, part=room.fan, quantity=1)),
        ("a_counted_line_says_what_was_expected", lambda: CountLine.objects.filter(pk=line.pk).update(sheet=None)),
        ("a_difference_has_its_cause_and_who_answers_for_it", lambda: CountLine.objects.update(cause="UNKNOWN")),
        ("a_part_stands_once_in_a_counted_bin", lambda: CountLine.objects.create(
            counted_bin=line.counted_bin, part=room.board, frozen_quantity=1)),
        *(("nobody_approves_what_they_kept_or_counted", partial(
            CountApproval.objects.create, person=cast[who], role="OM", **mine)) for who in ("shen", "lin", "qin")),
    )  # fmt: skip
    for name, attempt in ways:
        refused(name, attempt)
    signed = CountApproval.objects.create(person=cast["ma"], role="OM", **mine)
    refused("an_approval_of_a_count_stays", lambda: CountApproval.objects.update(role="FI"))
    refused("a_count_is_approved_by_different_people", lambda: CountApproval.objects.create(
        person=cast["ma"], role="FI", **mine))  # fmt: skip
    assert signed.pk
    counting.open_bin(count, bin=two, **room.who("qin"))
    now = Sheet.objects.get(state="OPEN")
    given: dict[str, Any] = {"round": 1, "opened_at": room.now, "standstill": now.standstill}
    StockCount.objects.filter(pk=count.pk).update(recounter=cast["ma"])
    refused("nobody_counts_what_they_approved", lambda: Sheet.objects.create(
        counted_bin=line.counted_bin, counter=cast["ma"], **given))  # fmt: skip
    refused("a_bin_is_counted_by_a_counter_of_its_count", lambda: Sheet.objects.create(
        counted_bin=line.counted_bin, counter=cast["cai"], **given))  # fmt: skip
    counting.scan(count, text="???", **room.who("qin"))
    refused("an_unknown_scan_is_kept", lambda: UnknownScan.objects.update(text="PCB-01"))
    counting.leave_bin(count, **room.who("qin"))
    counting.cancel(count, reason="Enough.", **room.who("fang"))
    refused("a_count_once_over_never_changes", lambda: counts.update(reason="x"))
    refused("a_bin_set_free_stays_free", lambda: CountedBin.objects.update(state="DUE"))
    refused("a_line_of_a_count_that_is_over_never_changes", lambda: CountLine.objects.update(note="x"))


@pytest.mark.no_books
@pytest.mark.shows("I01", "F10")
def test_verify_finds_a_count_that_was_judged_by_another_figure(room: Room) -> None:
    room.put(room.board, "A-01", 3)
    count = room.frozen("CYCLE", "A-01")
    room.sheet(count, "lin", "A-01", board=3)
    only = "guiju.readiness.counting"
    assert verification.run(only=only) == []
    CountLine.objects.update(expected_quantity=4)
    CountedBin.objects.update(state=BinState.FREE)
    assert {each.invariant for each in verification.run(only=only)} == {"COUNT-1", "COUNT-3"}


def test_refusals_tell_no_figure(room: Room) -> None:
    """Every refusal at the shelves, in its own words, names no number of the book."""
    classes = [each for each in vars(counting).values() if isinstance(each, type) and issubclass(each, Refusal)]
    assert len(classes) > 10
    for each in classes:
        assert "expected" not in each.sentence
        assert "%(there)s" not in each.sentence


@pytest.mark.shows("INV-8", "F02", "3.9")
@pytest.mark.parametrize("by", [-3, 1])
def test_what_comes_in_lots_is_posted_to_the_lot_that_may_be_used_least_long(room: Room, by: int) -> None:
    glue = Part.objects.create(code="GLUE", names={"en": "Glue"}, folded="glue", cost_minor=10, tracks_lots=True)
    for lot, days, pieces in (("L2", 90, 5), ("L1", 9, 2)):
        which = Which(lot=lot, expires_on=NOON.date() + timedelta(days=days))
        stock.receive(glue, room.bins["A-01"], pieces, document=lot, which=which, **room.who("shen"))
    count = room.frozen("CYCLE", "A-01")
    counting.open_bin(count, bin=room.bins["A-01"], **room.who("lin"))
    counting.tally(count, part=glue, quantity=7 + by, **room.who("lin"))
    counting.finish_bin(count, **room.who("lin"))
    count = counting.hand_in(count, **room.who("lin"))
    if by < -1:
        count = counting.recount(count, **room.who("shen"))
        counting.open_bin(count, bin=room.bins["A-01"], **room.who("qin"))
        counting.tally(count, part=glue, quantity=7 + by, **room.who("qin"))
        counting.finish_bin(count, **room.who("qin"))
        count = counting.hand_in(count, **room.who("lin"))
    assert counting.approve(explained(room, count), **room.who("ma")).state == CountState.CLOSED
    lying = {each.lot: each.quantity for each in book.pieces_of(glue, by=room.cast.actors["shen"])}
    assert lying == ({"L2": 4} if by < 0 else {"L2": 5, "L1": 3})
