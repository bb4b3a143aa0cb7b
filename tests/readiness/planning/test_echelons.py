"""A centre and the outlets that it fills: planned together, asked for at both, each suggestion with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from guiju.books.stock import actions as stock
from guiju.books.stock.actions.picking import Pick
from guiju.books.stock.models import Bin, Store
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, broken_constraints
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning import queries
from guiju.readiness.planning.models import PlanRun, Suggestion
from guiju.readiness.planning.rules import network
from guiju.readiness.planning.rules.reckoning import Aims, Facts, Feeder, reckon
from guiju.readiness.planning.rules.words import Echelon, Engine, Reason
from guiju.readiness.transfers import actions as transfers
from guiju.standing.catalogue.models import Part
from guiju.standing.people import actions as people
from guiju.standing.people import queries as staff
from tests.cast import FOUNDED, NOON, Cast
from tests.readiness.planning.test_planning import month

pytestmark = [pytest.mark.shows("S1-13", "S6-27"), pytest.mark.books_of("guiju.readiness.planning")]


@dataclass
class Stores:
    """The region's store, the two outlets that it fills, and who keeps them."""

    centre: Store
    near: Store
    far: Store
    shelves: dict[int, Bin]
    keeper: Actor
    cheap: Part
    dear: Part

    def receive(self, store: Store, part: Part, quantity: int, at: datetime) -> None:
        said = {"document": f"DN-{store.pk}-{part.code}-{at:%Y%m%d}", "by": self.keeper, "at": at}
        stock.receive(part, self.shelves[store.pk], quantity, **said)

    def issue(self, store: Store, part: Part, quantity: int, at: datetime) -> None:
        job = f"WO-{store.pk}-{part.code}-{at:%Y%m%d}"
        for verb, word in ((stock.reserve, "R"), (stock.issue, "I")):
            verb(part, self.shelves[store.pk], quantity, reference=job, document=job + word, by=self.keeper, at=at)


@pytest.fixture
def stores(cast: Cast) -> Stores:
    units, ad, lu = cast.units, cast.actors["ad"], cast.actors["lu"]
    person = people.hire(unit=units["SD"], number="P-keeper", name="keeper", by=ad, at=FOUNDED)
    people.grant_role(person, role="SK", unit=units["SD"], starts_on=units["SD"].day(FOUNDED), by=ad, at=FOUNDED)
    keeper = staff.actor_of(person, NOON)
    assert keeper is not None
    begun = month(30)

    def opened(unit: str, code: str, kind: str) -> Store:
        return stock.open_store(units[unit], code=code, names={"en": code}, kind=kind, by=lu, at=begun)

    rooms = (opened("SD", "RDC", "REGION"), opened("FS01", "MAIN", "OUTLET"), opened("GZ02", "S1", "OUTLET"))
    shelves = {room.pk: stock.add_bin(room, code="A-1", by=lu, at=begun) for room in rooms}
    cheap = Part.objects.create(code="FUS-1", names={"en": "Fuse"}, folded="fus1", cost_minor=100)
    dear = Part.objects.create(code="BRD-1", names={"en": "Board"}, folded="brd1", cost_minor=900_000)
    made = Stores(*rooms, shelves, keeper, cheap, dear)
    for store in rooms[1:]:
        made.receive(store, cheap, 60, month(26))
        made.receive(store, dear, 3, month(26))
        for ago in range(25, 0, -1):
            made.issue(store, cheap, 2, month(ago))
    # Twice in two years, in one of the two.
    for ago in (20, 8):
        made.issue(made.near, dear, 1, month(ago, 12))
    return made


def test_a_network_is_planned_together_and_asked_for_at_both_echelons(stores: Stores, cast: Cast) -> None:
    ma, shen, he, lu = (cast.actors[name] for name in ("ma", "shen", "he", "lu"))
    fills = queries.feeders()
    assert fills == {stores.near.pk: stores.centre, stores.far.pk: stores.centre}
    # A manager plans a store of one's own; the rest of the network is looked at, and stays as it is.
    run = planning.plan(stores.near, by=ma, at=NOON)
    assert (run.echelon, run.source) == (Echelon.OUTLET, stores.centre)
    assert PlanRun.objects.count() == 1
    runs = planning.plan_stores([stores.centre, stores.near, stores.far], by=Actor.system("clock"), at=NOON)
    assert [each.echelon for each in runs] == [Echelon.CENTRE, Echelon.OUTLET, Echelon.OUTLET]

    def row(store: Store, part: Part) -> Suggestion:
        return Suggestion.objects.filter(run__store=store, part=part).latest("pk")

    cheap, dear, pooled = row(stores.near, stores.cheap), row(stores.near, stores.dear), row(stores.centre, stores.dear)
    # The cheap one lies in each outlet; the dear and seldom one lies in none: whoever wants it has it from the centre.
    assert cheap.level > 0
    assert dict(cheap.because)[Reason.FED] == {"store": "SD RDC", "days": 3}
    assert Reason.AT_ONCE in dict(cheap.because)
    assert Reason.COVERS not in dict(cheap.because)
    # However dear, the centre keeps one: no part is kept for less than the floor.
    assert pooled.level == 1
    assert dict(pooled.because)[Reason.FLOOR] == {"percent": "80"}
    assert (dear.level, dict(dear.because)[Reason.POOLED]) == (0, {"store": "SD RDC"})
    assert dict(row(stores.far, stores.dear).because)[Reason.SHARED] == {}
    # The centre never had any, and is shown what all ask for together.
    at_centre = row(stores.centre, stores.cheap)
    assert at_centre.level > cheap.level
    assert at_centre.history[-3:] == [4, 4, 4]
    assert at_centre.rate_milli == pytest.approx(4000, rel=0.05)
    assert dict(at_centre.because)[Reason.SERVES]["outlets"] == 2
    assert pooled.before is None
    assert dict(at_centre.because)[Reason.COVERS] == {"months": 3}

    # Accepted levels drive both: the outlet asks the centre, the centre asks to buy what it lacks and what is asked of it.
    planning.change(cheap, level=15, reason="To be seen", by=ma, at=NOON)
    planning.change(at_centre, level=20, reason="To be seen", by=lu, at=NOON)
    [below] = queries.reorder([stores.near], by=shen)
    assert (below.free, below.coming, below.lacking) == (10, 0, 5)
    assert queries.at_the_feeder(stores.centre, [stores.cheap.pk]) == {stores.cheap.pk: 0}
    with pytest.raises(planning.FilledByAnother, match="SD RDC"):
        planning.order(stores.near, parts=[stores.cheap], by=shen, at=NOON)
    with pytest.raises(planning.BuysForItself):
        planning.fetch(stores.centre, parts=[stores.cheap], by=lu, at=NOON)
    with pytest.raises(NotAllowed):
        planning.fetch(stores.near, parts=[stores.cheap], by=he, at=NOON)
    with pytest.raises(planning.NothingLacks):
        planning.fetch(stores.near, parts=[stores.dear], by=shen, at=NOON)
    transfer = planning.fetch(stores.near, parts=[stores.cheap], by=shen, at=NOON)
    assert (transfer.source, transfer.target, transfer.state) == (stores.centre, stores.near, "REQUESTED")
    assert [(line.part, line.wanted) for line in transfer.lines.all()] == [(stores.cheap, 5)]
    # It is coming, and nobody asks for it twice; at the centre it is owed.
    assert queries.reorder([stores.near], by=shen) == []
    [lacking] = queries.reorder([stores.centre], by=lu)
    assert (lacking.owed, lacking.lacking) == (5, 25)
    request = planning.order(stores.centre, parts=[stores.cheap], by=lu, at=NOON)
    assert [(line.part, line.quantity) for line in request.lines.all()] == [(stores.cheap, 25)]
    assert queries.reorder([stores.centre], by=lu) == []
    # What is on its way still comes, and is owed no more.
    stores.receive(stores.centre, stores.cheap, 25, NOON)
    transfers.send(transfer, picks=[Pick(stores.cheap, stores.shelves[stores.centre.pk], 5)], by=stores.keeper, at=NOON)
    assert queries.reorder([stores.near], by=shen) == []
    # A piece that was issued meanwhile is asked for, and nothing else.
    stores.issue(stores.near, stores.cheap, 1, NOON + timedelta(hours=1))
    [below] = queries.reorder([stores.near], by=shen)
    assert (below.coming, below.lacking) == (5, 1)
    assert list(queries.every_level_is_the_last_that_was_decided()) == []


@pytest.mark.both_databases
def test_who_fills_whom_is_said_and_the_plain_rule_knows_no_network(stores: Stores, cast: Cast) -> None:
    [run] = planning.plan_stores([stores.far], by=Actor.system("clock"), at=NOON, engine=Engine.PLAIN)
    assert (run.echelon, run.source) == (Echelon.OUTLET, stores.centre)
    assert Reason.COVERS in dict(Suggestion.objects.filter(part=stores.cheap).latest("pk").because)
    same: dict[str, Any] = {
        field.attname: getattr(run, field.attname) for field in PlanRun._meta.concrete_fields if not field.primary_key
    }
    for wrong in ({"source_id": None}, {"echelon": "CENTRE"}):
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            PlanRun.objects.create(**same | {"number": "PLAN-WRONG"} | wrong)
        assert "an_outlet_alone_is_filled_by_another_store" in broken_constraints(broken.value)
    # A store of head office fills what no region's store fills.
    lu = cast.actors["lu"]
    head = stock.open_store(cast.units["HQ"], code="CDC", names={"en": "Centre"}, kind="HQ", by=lu, at=NOON)
    assert set(queries.feeders().values()) == {stores.centre}
    assert queries.echelon_of(head, queries.feeders()) is Echelon.ALONE
    assert queries.echelon_of(stores.centre, queries.feeders()) is Echelon.CENTRE
    assert {store.pk for store in queries.network_of([stores.far], queries.feeders())} == {
        stores.centre.pk, stores.near.pk, stores.far.pk,
    }  # fmt: skip
    assert queries.network_of([head], queries.feeders()) == [head]


def test_months_of_which_a_place_knows_nothing_are_taken_to_be_as_usual() -> None:
    known = np.array([[[4.0, 4.0, 4.0, np.nan], [2.0, np.nan, 2.0, np.nan]]])
    pooled = network.together(known)
    assert pooled[0, :3] == pytest.approx([6, 6, 6])
    assert np.isnan(pooled[0, 3])
    assert network.pooled_history([[1.0, None, None], [2.0, 3.0, None]]) == [3.0, 3.0, None]


def test_what_nobody_keeps_is_said_so() -> None:
    once = [1.0] + [0.0] * 39
    feeders = {2: Feeder(1, "HQ CDC")}
    aims = Aims(lead=1, review=1, target=0.9, floor=0.5)
    facts = [
        Facts(1, 7, [None] * 40, 900_000, "boards"),
        Facts(2, 7, once, 900_000, "boards"),
        Facts(2, 8, [9.0, 11.0] * 20, 100, "fuses"),
    ]
    plan = reckon(facts, aims, feeders=feeders)
    seldom = [each for each in plan.parts if each.facts.part == 7]
    assert [each.level for each in seldom] == [0, 0]
    reasons = {each.facts.store: dict(each.because) for each in seldom}
    assert reasons[2][Reason.NOWHERE] == {"store": "HQ CDC"}
    assert Reason.POOLED not in reasons[2]
    assert Reason.FLOOR not in reasons[1]


def test_a_network_learns_its_aim_from_its_last_year_and_keeps_less_than_each_alone() -> None:
    random = np.random.default_rng(2)
    parts, outlets, months = 30, 4, 40
    often = random.uniform(0.02, 0.4, (parts, 1, 1))
    demand = (random.random((parts, outlets, months)) < often) * random.integers(1, 4, (parts, outlets, months))
    price = random.lognormal(5, 1.5, parts)
    facts = [Facts(1, part, [None] * months, round(float(price[part]) * 100)) for part in range(parts)]
    facts += [
        Facts(outlet + 2, part, demand[part, outlet].tolist(), round(float(price[part]) * 100))
        for part in range(parts)
        for outlet in range(outlets)
    ]
    # One more store stands alone, beside the network.
    facts += [Facts(9, part, demand[part, 0].tolist(), round(float(price[part]) * 100)) for part in range(parts)]
    aims = Aims(lead=2, review=1, target=0.95, floor=0.8, outlet_days=3)
    feeders = {outlet + 2: Feeder(1, "HQ CDC") for outlet in range(outlets)}
    plan, alone = reckon(facts, aims, feeders=feeders), reckon(facts, aims)
    aim, is_learnt = plan.aim_of(1)
    assert is_learnt
    assert aim == plan.aim_of(5)[0] >= 0.9
    assert len(plan.parts) == len(facts)
    value = {
        which: sum(each.level * each.facts.price for each in made.parts if each.facts.store != 9)
        for which, made in (("together", plan), ("alone", alone))
    }
    assert value["together"] < value["alone"]
    # What stands alone is planned as if there were no network.
    by_itself = {each.facts.part: each.level for each in plan.parts if each.facts.store == 9}
    only = reckon([each for each in facts if each.store == 9], aims)
    assert by_itself == {each.facts.part: each.level for each in only.parts}
    assert {each.echelon for each in plan.parts if each.facts.store == 1} == {Echelon.CENTRE}
