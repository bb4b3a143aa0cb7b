"""A store is planned from its own book, a person answers, and what lies below its level is to be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, StockAccount, Store
from guiju.books.stock.rules import Place
from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal, broken_constraints
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning import queries
from guiju.readiness.planning.models import Decision, Minimum, PlanRun, StockLevel, Suggestion
from guiju.readiness.planning.queries import Month
from guiju.readiness.planning.rules.words import Engine, Reason
from guiju.readiness.supply import actions as supply
from guiju.standing.catalogue.models import Part
from tests.cast import NOON, Cast

# Jobs are but names here: the store's book is read alone.
pytestmark = [pytest.mark.shows("S1-13", "S6-27"), pytest.mark.books_of("guiju.readiness.planning")]


@dataclass
class Storeroom:
    """The outlet's store with two years behind it."""

    store: Store
    shelf: Bin
    pump: Part
    fuse: Part
    shen: Actor
    ma: Actor

    def receive(self, part: Part, quantity: int, at: datetime) -> None:
        stock.receive(part, self.shelf, quantity, document=f"DN-{part.code}-{at:%Y%m%d}", by=self.shen, at=at)

    def issue(self, part: Part, quantity: int, at: datetime, *, back: int = 0) -> None:
        job = f"WO-{part.code}-{at:%Y%m%d}"
        for verb, word in ((stock.reserve, "R"), (stock.issue, "I")):
            verb(part, self.shelf, quantity, reference=job, document=f"{job}-{word}", by=self.shen, at=at)
        if back:
            stock.take_back(part, self.shelf, back, reference=job, document=f"{job}-B", by=self.shen, at=at)

    def row(self, part: Part) -> Suggestion:
        return Suggestion.objects.filter(part=part, run__store=self.store).latest("pk")


def month(ago: int, day: int = 10) -> datetime:
    """A day so many months before November 2026."""
    first = Month(2026, 11).less(ago).first
    return datetime(first.year, first.month, day, 4, 0, tzinfo=UTC)


@pytest.fixture
def room(cast: Cast) -> Storeroom:
    ma, shen = cast.actors["ma"], cast.actors["shen"]
    store = stock.open_store(
        cast.units["FS01"], code="MAIN", names={"en": "Main store"}, kind="OUTLET", by=ma, at=month(30)
    )
    shelf = stock.add_bin(store, code="A-1", by=ma, at=month(30))
    pump = Part.objects.create(code="PMP-1", names={"en": "Pump"}, folded="pmp1", cost_minor=9000)
    fuse = Part.objects.create(code="FUS-1", names={"en": "Fuse"}, folded="fus1", cost_minor=100)
    room = Storeroom(store, shelf, pump, fuse, shen, ma)
    room.receive(pump, 30, month(26))
    room.receive(fuse, 60, month(26))
    for ago in range(25, 0, -2):
        room.issue(pump, 2, month(ago), back=1 if ago == 5 else 0)
        room.issue(fuse, 1, month(ago, 12))
    return room


def refused(name: str, write: Any) -> None:
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write()
    assert name in broken_constraints(broken.value)


def test_what_was_asked_for_is_read_from_the_book(room: Storeroom) -> None:
    histories = queries.histories([room.store], until=Month(2026, 11), months=28)
    pump = histories[room.store.pk, room.pump.pk]
    assert pump[:2] == [None, None]
    # Two every other month, of which one came back unused five months ago.
    assert pump[2:] == [0.0 if ago % 2 == 0 else 1.0 if ago == 5 else 2.0 for ago in range(26, 0, -1)][0:]


@pytest.mark.both_databases
def test_months_without_stock_are_not_known(room: Storeroom) -> None:
    left = StockAccount.objects.get(part=room.pump, kind=Place.BIN).balance
    room.issue(room.pump, left, month(0, 2))
    room.receive(room.pump, 4, month(-3))
    room.issue(room.pump, 1, month(-4))
    [history] = [
        rows
        for key, rows in queries.histories([room.store], until=Month(2027, 4), months=6).items()
        if key[1] == room.pump.pk
    ]
    # October; November with all that was left; December and January without any; February it came; March one more.
    assert history == [2.0, float(left), None, None, 0.0, 1.0]


def test_where_none_is_to_be_kept_a_month_without_a_piece_is_a_month_without_demand(room: Storeroom) -> None:
    left = StockAccount.objects.get(part=room.pump, kind=Place.BIN).balance
    planning.plan(room.store, by=room.ma, at=NOON)
    planning.change(room.row(room.pump), level=0, reason="It is fetched when it is wanted", by=room.ma, at=NOON)
    room.issue(room.pump, left, month(0, 12))
    room.receive(room.pump, 1, month(-3))
    room.issue(room.pump, 1, month(-3, 12))
    # In March somebody decides otherwise, which holds from April on.
    planning.plan(room.store, by=room.ma, at=month(-4))
    planning.change(room.row(room.pump), level=2, reason="Wanted again", by=room.ma, at=month(-4))
    history = queries.histories([room.store], until=Month(2027, 6), months=7)[room.store.pk, room.pump.pk]
    assert history == [float(left), 0.0, 0.0, 1.0, 0.0, None, None]
    assert queries.histories([room.store], until=Month(2027, 2), months=1)[room.store.pk, room.pump.pk] == [0.0]


@pytest.mark.both_databases
def test_a_plan_suggests_a_person_answers_and_the_store_is_measured_by_it(
    room: Storeroom, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40):
        run = planning.plan(room.store, by=room.ma, at=NOON)
    assert (run.engine, run.is_learnt, run.until) == (Engine.WHOLE, False, date(2026, 11, 1))
    assert run.number.startswith("PLAN-FS01-20261102-")
    assert News.objects.latest("pk").kind == "planning.Planned"
    pump, fuse = room.row(room.pump), room.row(room.fuse)
    assert pump.level >= 2
    assert fuse.level >= 1
    assert (pump.before, pump.changes) == (None, True)
    reasons = {reason for reason, _ in pump.because}
    assert {Reason.RATE, Reason.COVERS, Reason.UNLEARNT} <= reasons
    # The dear one is allowed to run out more often than the cheap one.
    assert pump.service_per_10000 <= fuse.service_per_10000
    assert set(queries.suggestions(by=room.shen)) == {pump, fuse}
    assert queries.reorder([room.store], by=room.shen) == []

    planning.accept(pump, by=room.ma, at=NOON)
    planning.change(fuse, level=90, reason="A campaign begins", by=room.ma, at=NOON)
    assert TrailEntry.objects.latest("pk").verb == "planning.change"
    assert not queries.suggestions(by=room.shen).exists()
    free = StockAccount.objects.get(part=room.fuse, kind=Place.BIN).balance
    [below] = queries.reorder([room.store], by=room.shen)
    assert (below.level.part, below.free, below.promised, below.lacking) == (room.fuse, free, 0, 90 - free)
    # What is promised to a job lies there and is gone already.
    stock.reserve(room.fuse, room.shelf, 7, reference="WO-X", document="X", by=room.shen, at=NOON)
    [below] = queries.reorder([room.store], by=room.shen)
    assert (below.free, below.promised, below.lacking) == (free - 7, 7, 97 - free)
    # Nobody of another outlet sees what this one lacks.
    assert queries.reorder([room.store], by=cast.actors["tang"]) == []

    # What is asked for is on its way, and nobody asks for it again; whoever sees another store asks for nothing here.
    with pytest.raises(NotAllowed):
        planning.order(room.store, parts=[room.fuse], by=cast.actors["tang"], at=NOON)
    with pytest.raises(planning.NothingLacks):
        planning.order(room.store, parts=[room.pump], by=room.shen, at=NOON)
    with pytest.raises(planning.NothingChosen):
        planning.order(room.store, parts=[], by=room.shen, at=NOON)
    request = planning.order(room.store, parts=[room.fuse], by=room.shen, at=NOON)
    assert [(line.part, line.quantity) for line in request.lines.all()] == [(room.fuse, 97 - free)]
    assert (request.unit, request.requested_by_id, request.purpose) == (room.store.unit, room.shen.person_id, "STOCK")
    assert queries.reorder([room.store], by=room.shen) == []
    with pytest.raises(planning.NothingLacks):
        planning.order(room.store, parts=[room.fuse], by=room.ma, at=NOON)
    supply.cancel_request(request, reason="The campaign is off", by=room.shen, at=NOON)
    [below] = queries.reorder([room.store], by=room.shen)
    assert (below.coming, below.lacking) == (0, 97 - free)

    # The next plan asks nothing of what is level with it, and asks again of what somebody set otherwise.
    planning.plan(room.store, by=room.ma, at=NOON + timedelta(hours=1))
    assert [row.part for row in queries.suggestions(by=room.shen)] == [room.fuse]
    assert list(queries.every_level_is_the_last_that_was_decided()) == []


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        ("keeper", NotAllowed),
        ("neighbour", NotAllowed),
        ("twice", planning.DecidedAlready),
        ("old", planning.Outdated),
        ("silent", planning.ReasonMissing),
        ("negative", Invalid),
    ],
)
def test_who_and_what_is_refused(room: Storeroom, cast: Cast, case: str, refusal: type[Refusal]) -> None:
    planning.plan(room.store, by=room.ma, at=NOON)
    pump, fuse = room.row(room.pump), room.row(room.fuse)
    planning.accept(fuse, by=room.ma, at=NOON)
    if case == "old":
        planning.plan(room.store, by=room.ma, at=NOON)
    who = cast.actors[{"keeper": "shen", "neighbour": "he"}.get(case, "ma")]
    level, reason = (-1 if case == "negative" else 3), (" " if case == "silent" else "Why")
    with pytest.raises(refusal):  # noqa: PT012  (one of two verbs)
        if case in {"silent", "negative"}:
            planning.change(pump, level=level, reason=reason, by=who, at=NOON)
        else:
            planning.accept(fuse if case == "twice" else pump, by=who, at=NOON)
    assert StockLevel.objects.count() == 1
    # The same by the right person, of the newest plan, answered once and with a reason.
    planning.change(room.row(room.pump), level=3, reason="Why", by=room.ma, at=NOON)
    assert StockLevel.objects.get(part=room.pump).level == 3


def test_a_van_is_not_planned_and_a_keeper_does_not_plan(room: Storeroom, cast: Cast) -> None:
    van = stock.open_store(cast.units["FS01"], code="VAN", names={"en": "Van"}, kind="VAN", by=room.ma, at=NOON)
    with pytest.raises(planning.NoStoreToPlan):
        planning.plan(van, by=room.ma, at=NOON)
    with pytest.raises(NotAllowed):
        planning.plan(room.store, by=room.shen, at=NOON)
    assert planning.plan(room.store, by=Actor.system("clock"), at=NOON)


def test_a_chain_is_joined_the_maker_stops_and_without_numpy_it_is_said(room: Storeroom) -> None:
    newer = Part.objects.create(
        code="PMP-2", names={"en": "Pump"}, folded="pmp2", cost_minor=9500, supply_ends_on=date(2027, 3, 1)
    )
    planning.plan(room.store, by=room.ma, at=NOON)
    planning.accept(room.row(room.pump), by=room.ma, at=NOON)
    Part.objects.filter(pk=room.pump.pk).update(superseded_by=newer)
    [run] = planning.plan_stores([room.store], by=room.ma, at=NOON, engine=Engine.PLAIN)
    old, heir = room.row(room.pump), room.row(newer)
    assert (old.level, old.because[0][0], old.kind) == (0, Reason.SUPERSEDED, "INTERMITTENT")
    assert old.history == heir.history
    said = dict(heir.because)
    assert said[Reason.JOINED] == {"parts": "PMP-1"}
    assert said[Reason.GOING] == {"day": "2027-03-01"}
    assert said[Reason.LAST_BUY]["quantity"] == heir.last_buy
    assert heir.last_buy is not None
    assert heir.last_buy > heir.level > 0
    assert (run.engine, run.is_learnt) == (Engine.PLAIN, False)
    assert Reason.PLAIN in said
    # What is left of the older part is used up first: of the new one only what lacks beside it is asked for.
    left = StockAccount.objects.get(part=room.pump, kind=Place.BIN).balance
    planning.change(heir, level=left + 5, reason="To be seen", by=room.ma, at=NOON)
    [below] = queries.reorder([room.store], by=room.ma)
    assert (below.level.part, below.free, below.older, below.lacking) == (newer, 0, left, 5)


def test_a_planner_keeps_a_part_at_least_in_one_store_and_the_suggestion_says_so(room: Storeroom, cast: Cast) -> None:
    rare = Part.objects.create(code="RARE-1", names={"en": "Rare"}, folded="rare1", cost_minor=9000)
    van = stock.open_store(room.store.unit, code="VAN", names={}, kind="VAN", by=room.ma, at=NOON)
    said: dict[str, Any] = {"part": rare, "least": 3, "reason": "The hospital next door", "by": room.ma, "at": NOON}
    planning.plan(room.store, by=room.ma, at=NOON)
    alone = room.row(room.fuse).level
    for store, change, refusal in (
        (room.store, {"reason": " "}, Invalid), (room.store, {"least": -1}, Invalid), (room.store, {"least": 0}, Invalid),
        (van, {}, planning.NoStoreToPlan), (room.store, {"by": cast.actors["shen"]}, NotAllowed),
        (room.store, {"by": cast.actors["he"]}, NotAllowed),
    ):  # fmt: skip
        with pytest.raises(refusal):
            planning.keep_at_least(store, **{**said, **change})
    assert not Minimum.objects.exists()
    # One that was never asked for here, one that the plan would keep fewer of, and one that it keeps more of anyway.
    planning.keep_at_least(room.store, **said)
    planning.keep_at_least(room.store, **{**said, "part": room.fuse, "least": alone + 5})
    planning.keep_at_least(room.store, **{**said, "part": room.pump, "least": 1})
    planning.plan(room.store, by=room.ma, at=NOON)
    assert [room.row(each).level for each in (rare, room.fuse)] == [3, alone + 5]
    assert room.row(room.fuse).because[0] == [
        "LEAST", {"least": alone + 5, "why": "The hospital next door", "reckoned": alone},
    ]  # fmt: skip
    assert "LEAST" not in [word for word, _said in room.row(room.pump).because]
    # Said again it is another one; with nothing it ends, and the plan alone says how many.
    planning.keep_at_least(room.store, **{**said, "part": room.fuse, "least": alone + 1})
    planning.keep_at_least(room.store, **{**said, "least": 0, "reason": "It moved away"})
    planning.plan(room.store, by=room.ma, at=NOON)
    assert room.row(room.fuse).level == alone + 1
    assert not Suggestion.objects.filter(run=PlanRun.objects.latest("pk"), part=rare).exists()
    told = TrailEntry.objects.filter(verb="planning.keep_at_least").order_by("pk").values_list("facts", flat=True)
    assert [each["was"] for each in told] == [None, None, None, alone + 5, 3]
    # What was set for a part counts for the one that replaces it.
    newer = Part.objects.create(code="FUS-2", names={"en": "Fuse 2"}, folded="fus2", cost_minor=100)
    Part.objects.filter(pk=room.fuse.pk).update(superseded_by=newer)
    planning.plan(room.store, by=room.ma, at=NOON)
    assert room.row(newer).level == alone + 1
    again = {"store": room.store, "part": room.fuse, "set_by_id": room.ma.person_id, "set_at": NOON}
    refused("a_part_has_one_minimum_in_a_store", lambda: Minimum.objects.create(**again, least=1, reason="x"))
    for bad in ({"least": 0}, {"reason": ""}):
        refused("a_minimum_keeps_something_and_says_why", lambda bad=bad: Minimum.objects.update(**bad))


@pytest.mark.both_databases
def test_what_the_database_holds(room: Storeroom) -> None:
    planning.plan(room.store, by=room.ma, at=NOON)
    pump, fuse = room.row(room.pump), room.row(room.fuse)
    kept = planning.accept(pump, by=room.ma, at=NOON)
    given = Decision.objects.get(suggestion=pump)
    run = PlanRun.objects.get()
    blank = {"suggested": fuse.level, "decided_by_id": room.ma.person_id, "decided_at": NOON}
    refused("a_plan_stays_as_it_was_reckoned", lambda: PlanRun.objects.update(target_per_10000=1))
    refused("a_suggestion_stays_as_it_was_reckoned", lambda: Suggestion.objects.update(level=1))
    refused("a_suggestion_is_answered_for_good", lambda: Decision.objects.update(level=1))
    refused(
        "another_level_than_suggested_has_a_reason",
        lambda: Decision.objects.create(suggestion=fuse, level=fuse.level + 1, **blank),
    )
    refused(
        "a_decision_is_about_what_was_suggested",
        lambda: Decision.objects.create(suggestion=fuse, level=1, reason="x", **blank | {"suggested": fuse.level + 1}),
    )
    refused("a_level_is_what_somebody_decided", lambda: StockLevel.objects.update(level=kept.level + 1))
    refused(
        "a_level_is_what_somebody_decided",
        lambda: StockLevel.objects.create(store=room.store, part=room.fuse, level=given.level, decision=given),
    )
    refused(
        "a_part_has_one_level_in_a_store",
        lambda: StockLevel.objects.create(store=room.store, part=room.pump, level=given.level, decision=given),
    )
    refused("a_plan_is_reckoned_by_a_known_rule", lambda: PlanRun.objects.create(**_again(run, engine="GUESS")))
    refused(
        "a_suggestion_is_of_a_known_kind",
        lambda: Suggestion.objects.create(**_again(pump, kind="ODD", run_id=_other(run).pk)),
    )
    refused("a_part_is_suggested_once_in_a_plan", lambda: Suggestion.objects.create(**_again(pump)))


def _again(row: Any, **other: Any) -> dict[str, Any]:
    """The columns of a row, to be written once more."""
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return same | ({"number": "PLAN-AGAIN"} if "number" in same else {}) | other


def _other(run: PlanRun) -> PlanRun:
    return PlanRun.objects.create(**_again(run, number="PLAN-OTHER"))
