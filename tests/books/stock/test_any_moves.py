"""Any moves in any order agree with plain numbers: nothing is lost, nothing is below nothing, a serial is in one place.

GUIJU_STOCK_STEPS says how many steps are taken, `./run campaign stock` many.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, Serial, StockAccount
from guiju.books.stock.rules import PLACE_OF, Condition, Owner, Place, Which
from guiju.kernel import verification
from guiju.kernel.refusing import Refusal
from guiju.standing.catalogue.models import Part
from tests.books.conftest import World, person
from tests.cast import NOON

STOCK = "guiju.books.stock"
USUALLY, IN_A_CAMPAIGN = 400, 20_000
STEPS = int(os.environ.get("GUIJU_STOCK_STEPS", IN_A_CAMPAIGN if os.environ.get("GUIJU_FAULTS") == "all" else USUALLY))
STEPS_EACH = 40
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.books_of(STOCK)]

APART = (Condition.DEFECTIVE, Condition.TO_RETURN, Condition.QUARANTINED)
# How often each is tried: much comes in, so that much can go on.
VERBS = (
    "receive receive receive reserve reserve release issue issue take_back move set_apart clear scrap send_back lose find"
    " send send arrive arrive lose_on_the_way undo"
).split()
Spot = tuple[str, int, str]  # the kind of place, its bin or its unit, and the reference


class AnyMoves(RuleBasedStateMachine):
    """Two stores with three bins, two parts of which one has serials, two owners; against plain numbers."""

    world: World
    far: Bin
    pump: Part
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.there: Counter[tuple[int, Spot, str]] = Counter()
        self.number, self.last_receipt = 0, None
        keeper = person(20, "Everybody", "SK QC OM FI", self.world.here, self.world.there)
        # As a consequence: the verbs of a transfer are nobody's own.
        (first,) = stock.receive(self.world.fan, self.world.shelf, 1, document="FIRST", by=keeper, at=NOON)
        self.by = keeper.consequence_of(first.entry_key)
        self.bins = (self.world.shelf, self.world.drawer, self.far)

    @rule(
        verb=st.sampled_from(VERBS), has_serials=st.booleans(), place=st.integers(0, 2), other=st.integers(0, 2),
        quantity=st.integers(1, 4), job=st.sampled_from(["WO-1", "WO-2"]),
        owner=st.sampled_from([Owner.OWN, Owner.OWN, Owner.HQ_CONSIGNED]),
        condition=st.sampled_from(APART), becomes=st.sampled_from(APART),
    )  # fmt: skip
    def step(  # noqa: C901, PLR0912 - one branch a verb
        self, *, verb: str, has_serials: bool, place: int, other: int, quantity: int, job: str, owner: Owner,
        condition: Condition, becomes: Condition,
    ) -> None:  # fmt: skip
        """Say one verb; it is done where the plain numbers let it, and refused where they do not."""
        AnyMoves.steps += 1
        bin, to_bin, part = self.bins[place], self.bins[other], self.pump if has_serials else self.world.board
        shelf, held = self.spot(Place.BIN, bin), self.spot(Place.HELD, bin, job)
        fitted, way = (Place.FITTED, bin.unit_id, job), (Place.TRANSIT, bin.unit_id, "TR-1")
        apart = self.spot(PLACE_OF[condition], bin)
        which = {"condition": condition, "owner": owner}
        why = {"reason": "Seen"}
        match verb:
            case "receive":
                self.do(stock.receive, part, quantity, None, shelf, bin=bin, owner=owner)
            case "reserve":
                self.do(stock.reserve, part, quantity, shelf, held, bin=bin, reference=job)
            case "release":
                self.do(stock.release, part, quantity, held, shelf, bin=bin, reference=job)
            case "issue":
                self.do(stock.issue, part, quantity, held, fitted, bin=bin, reference=job)
            case "take_back":
                self.do(stock.take_back, part, quantity, fitted, shelf, bin=bin, reference=job)
            case "move":
                can = bin.pk != to_bin.pk and bin.unit_id == to_bin.unit_id
                self.do(
                    stock.move,
                    part,
                    quantity,
                    shelf,
                    self.spot(Place.BIN, to_bin),
                    bin=bin,
                    owner=owner,
                    to_bin=to_bin,
                    can=can,
                )
            case "set_apart":
                to = self.spot(PLACE_OF[becomes], bin)
                self.do(stock.set_apart, part, quantity, shelf, to, bin=bin, owner=owner, condition=becomes, **why)
            case "clear":
                self.do(stock.clear, part, quantity, apart, shelf, bin=bin, which=which, **why)
            case "scrap":
                self.do(stock.scrap, part, quantity, apart, (Place.SCRAP, bin.unit_id, ""), bin=bin, which=which, **why)
            case "send_back":
                can = condition == Condition.TO_RETURN
                self.do(stock.send_back, part, quantity, apart, None, bin=bin, which=which, can=can)
            case "lose":
                to = (Place.LOSS, bin.unit_id, "")
                self.do(stock.adjust, part, quantity, shelf, to, bin=bin, owner=owner, direction="LOSS", **why)
            case "find":
                self.do(stock.adjust, part, quantity, None, shelf, bin=bin, owner=owner, direction="FOUND", **why)
            case "send":
                self.do(stock.send, part, quantity, shelf, way, bin=bin, owner=owner, reference="TR-1")
            case "arrive":
                to, sender = self.spot(Place.BIN, to_bin), {"sender": bin.store.unit}
                self.do(stock.arrive, part, quantity, way, to, bin=to_bin, reference="TR-1", **sender)
            case "lose_on_the_way":
                to, sender = (Place.LOSS, bin.unit_id, ""), {"sender": bin.store.unit}
                self.do(stock.lose_on_the_way, part, quantity, way, to, bin=None, reference="TR-1", **sender, **why)
            case _:
                self.undo()
        self.compare()

    def spot(self, kind: Place, bin: Bin, reference: str = "") -> Spot:
        return kind, bin.pk, reference

    def do(
        self, verb: Any, part: Part, quantity: int, source: Spot | None, target: Spot | None, *, bin: Bin | None,
        owner: Owner | None = None, which: dict[str, Any] | None = None, can: bool = True, **said: Any,
    ) -> None:  # fmt: skip
        """Say it, and do the same with plain numbers: own pieces first where nobody said whose."""
        self.number += 1
        owners = [Owner((which or {}).get("owner", owner))] if owner or which else [Owner.OWN, Owner.HQ_CONSIGNED]
        free = quantity if source is None else sum(self.there[part.pk, source, each] for each in owners)
        if owner or which:
            names = self.names(part, quantity, source, owners[0])
            said["which"] = Which(**{"owner": owners[0]} | (which or {}), serials=names)
        elif part.is_serialised and verb in {stock.take_back, stock.arrive, stock.lose_on_the_way} and free > quantity:
            # Nobody could tell which ones; the desk names them.
            return
        said |= {"document": f"D-{self.number}", "by": self.by, "at": NOON}
        where = () if bin is None else (bin,)
        if not can or free < quantity:
            with pytest.raises(Refusal), transaction.atomic():
                verb(part, *where, quantity, **said)
            return
        moves = verb(part, *where, quantity, **said)
        if verb is stock.receive:
            self.last_receipt = (moves, part, quantity, target, owners[0])
        for each in owners:
            taken = quantity if source is None else min(quantity, self.there[part.pk, source, each])
            quantity -= taken
            if source is not None:
                self.there[part.pk, source, each] -= taken
            if target is not None:
                self.there[part.pk, target, each] += taken

    def names(self, part: Part, quantity: int, source: Spot | None, owner: Owner) -> tuple[str, ...]:
        """The serials of the oldest pieces there, or new ones."""
        if not part.is_serialised:
            return ()
        if source is None:
            return tuple(f"S-{self.number}-{each}" for each in range(quantity))
        kind, where, reference = source
        rows = Serial.objects.filter(part=part, account__kind=kind, account__owner=owner, account__reference=reference)
        rows = (
            rows.filter(account__bin=where)
            if kind not in {Place.TRANSIT, Place.FITTED}
            else rows.filter(account__unit=where)
        )
        return tuple(rows.order_by("pk").values_list("number", flat=True)[:quantity])

    def undo(self) -> None:
        """The last receipt was a mistake; it can be taken back while its pieces are where they came."""
        if self.last_receipt is None:
            return
        self.number += 1
        moves, part, quantity, target, owner = self.last_receipt
        said = {"reason": "Typed wrong", "document": f"D-{self.number}", "by": self.by, "at": NOON}
        try:
            with transaction.atomic():
                stock.undo(moves, **said)
        except Refusal:
            # They have gone on, or this very piece has.
            assert part.is_serialised or self.there[part.pk, target, owner] < quantity
            return
        self.last_receipt = None
        self.there[part.pk, target, owner] -= quantity

    def compare(self) -> None:
        """The book says what the plain numbers say, and over all places each part sums to nothing."""
        rows = StockAccount.objects.filter(
            part__in=[self.world.board.pk, self.pump.pk], may_go_negative=False, balance__gt=0
        )
        columns = ("part_id", "kind", "bin_id", "unit_id", "reference", "owner", "balance")
        booked = {
            (part, (kind, bin or unit, reference), owner): balance
            for part, kind, bin, unit, reference, owner, balance in rows.values_list(*columns)
        }
        assert booked == {key: amount for key, amount in self.there.items() if amount}
        assert not StockAccount.objects.values("part").annotate(all=Sum("balance")).exclude(all=0).exists()
        named = dict(Serial.objects.values_list("account").annotate(Count("pk")).values_list("account", "pk__count"))
        pumps = dict(rows.filter(part=self.pump).values_list("pk", "balance"))
        assert {key: named.get(key, 0) for key in pumps} == pumps

    def teardown(self) -> None:
        """At the end everything can be counted again from the moves, and all is taken back."""
        found = verification.run(only=STOCK)
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        assert found == []


@pytest.mark.shows("INV-1", "INV-2", "INV-3", "INV-4", "INV-5", "I01", "I02", "I03")
def test_any_moves_agree_with_plain_numbers(world: World) -> None:
    ma = person(31, "He", "OM SK", world.there)
    store = stock.open_store(world.there, code="OUT", names={}, kind="OUTLET", by=ma, at=NOON)
    AnyMoves.world, AnyMoves.steps = world, 0
    AnyMoves.far = stock.add_bin(store, code="Z-1", by=ma, at=NOON)
    AnyMoves.pump = Part.objects.create(code="PUMP-1", names={"en": "Pump"}, folded="pump1", is_serialised=True)
    examples = max(1, STEPS // STEPS_EACH)
    how = settings(
        max_examples=examples, stateful_step_count=STEPS_EACH, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(AnyMoves, settings=how)
    # An example may end early; half of what was wanted is many.
    assert AnyMoves.steps >= STEPS // 2
