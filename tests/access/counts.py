"""Counts at each stage, each in bins of its own, for the two tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.books.stock import actions as stock
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries
from guiju.readiness.counting.actions import Explained
from guiju.readiness.counting.models import CountedBin, StockCount
from guiju.readiness.counting.rules import Cause, CountKind
from tests.cast import FOUNDED

if TYPE_CHECKING:
    from tests.access.scene import Scene

# How many of the five that the book says are there each counter finds; none where nobody has counted.
FOUND: Mapping[str, int | None] = {
    "planned": None, "frozen": None, "open": None, "done": 5, "counted": 4, "far": 2, "review": 4,
}  # fmt: skip


def made(scene: Scene) -> dict[str, StockCount]:
    """A count at each stage. Chen stands before the bin of the one that is open; wu is asked to plan another."""
    shop = scene.shop
    store = stock.open_store(
        shop.unit, code="CNT", names={"en": f"{scene.word} Counted"}, kind="OUTLET", by=shop.actor("ma"), at=FOUNDED
    )
    scene.free_bin = stock.add_bin(store, code="FREE", by=shop.actor("ma"), at=FOUNDED)
    return {stage: _at(scene, store, stage, there) for stage, there in FOUND.items()}


def _at(scene: Scene, store: Any, stage: str, found: int | None) -> StockCount:
    shop, people = scene.shop, scene.shop.cast.people
    # Before anybody asks: what is booked after a count is later than it.
    at = timezone.now() - timedelta(hours=1)
    bin = stock.add_bin(store, code=stage.upper(), by=shop.actor("ma"), at=FOUNDED)
    stock.receive(shop.compressor, bin, 5, document=f"CNT-{stage}", by=shop.actor("shen"), at=at)
    count = counting.plan(
        store, kind=CountKind.SPOT, bins=[bin], keeper=people["shen"], first_counter=people["chen"], second_counter=people["qin"],
        reason=f"{scene.word} doubts it", by=shop.actor("shen"), at=at,
    )  # fmt: skip
    if stage == "planned":
        return count
    counting.freeze(count, by=shop.actor("shen"), at=at)
    if stage == "open":
        counting.open_bin(count, bin=bin, by=shop.actor("chen"), at=at)
        counting.tally(count, part=shop.compressor, quantity=1, by=shop.actor("chen"), at=at)
    if found is None:
        return count
    counting.open_bin(count, bin=bin, by=shop.actor("qin"), at=at)
    counting.tally(count, part=shop.compressor, quantity=found, by=shop.actor("qin"), at=at)
    counting.finish_bin(count, by=shop.actor("qin"), at=at)
    if stage != "done":
        count = counting.hand_in(count, by=shop.actor("qin"), at=at)
    if stage == "review":
        causes = [Explained(line.pk, Cause.DAMAGED) for line in queries.differing(count)]
        count = counting.explain(count, causes=causes, by=shop.actor("shen"), at=at)
    return count


def number(scene: Scene, at: str) -> str:
    """The count at that stage."""
    return scene.counts.get(at, scene.counts["planned"]).number


def bin_of(scene: Scene, at: str) -> int:
    """Its bin."""
    return int(CountedBin.objects.get(count__number=number(scene, at)).bin_id)


def _planning(scene: Scene) -> Mapping[str, Any]:
    return {
        "store": scene.free_bin.store_id, "kind": "SPOT", "bins": [scene.free_bin.pk], "keeper": "P-shen", "first_counter": "P-chen",
        "second_counter": "P-qin", "reason": "Keys were lost",
    }  # fmt: skip


def _typed_plan(scene: Scene) -> Mapping[str, Any]:
    people = scene.shop.cast.people
    return {
        **_planning(scene), "keeper": people["shen"].pk, "first_counter": people["chen"].pk, "second_counter": people["qin"].pk,
    }  # fmt: skip


def _causes(scene: Scene) -> Mapping[str, Any]:
    lines = queries.differing(scene.counts["counted"])
    return {"causes": [{"line": line.pk, "cause": "DAMAGED"} for line in lines], "answers": []}


def _plainly(**said: Any) -> Callable[[Scene], Mapping[str, Any]]:
    return lambda _scene: said


SAID: Mapping[str, tuple[Callable[[Scene], Mapping[str, Any]], str]] = {
    "/counts": (_planning, ""),
    "/counts/{number}/freeze": (_plainly(), "planned"),
    "/counts/{number}/cancel": (_plainly(reason="A delivery blocks the door"), "frozen"),
    "/counts/{number}/open-bin": (lambda scene: {"bin": bin_of(scene, "frozen")}, "frozen"),
    "/counts/{number}/scan": (_plainly(text="COMP-1"), "open"),
    "/counts/{number}/tally": (_plainly(part="COMP-1", quantity=3), "open"),
    "/counts/{number}/finish-bin": (_plainly(), "open"),
    "/counts/{number}/leave-bin": (_plainly(), "open"),
    "/counts/{number}/hand-in": (_plainly(), "done"),
    "/counts/{number}/recount": (_plainly(), "far"),
    "/counts/{number}/explain": (_causes, "counted"),
    "/counts/{number}/approve": (_plainly(), "review"),
    "/counts/{number}/reject": (_plainly(reason="Look behind the rack"), "review"),
}


def _typed_causes(scene: Scene) -> Mapping[str, Any]:
    lines = queries.differing(scene.counts["counted"])
    return {f"cause-{line.pk}": "DAMAGED" for line in lines}


def _typed_tally(scene: Scene) -> Mapping[str, Any]:
    return {"part": scene.shop.compressor.pk, "quantity": "3"}


def _typed_bin(scene: Scene) -> Mapping[str, Any]:
    return {"bin": CountedBin.objects.get(count=scene.counts["frozen"]).pk}


# What stands open on the pages, and what is typed on them.
OPENED: Mapping[str, str] = {"stores:count": "review", "stores:count_shelf": "open", "stores:count_sheet": "review"}
POSTED: Mapping[str, tuple[Callable[[Scene], Mapping[str, Any]], str]] = {
    "stores:count_plan": (_typed_plan, ""),
    "stores:count_freeze": (_plainly(), "planned"),
    "stores:count_hand_in": (_plainly(), "done"),
    "stores:count_recount": (_plainly(), "far"),
    "stores:count_explain": (_typed_causes, "counted"),
    "stores:count_approve": (_plainly(), "review"),
    "stores:count_reject": (_plainly(reason="Look behind the rack"), "review"),
    "stores:count_cancel": (_plainly(reason="A delivery blocks the door"), "frozen"),
    "stores:count_shelf_open": (_typed_bin, "frozen"),
    "stores:count_shelf_scan": (_plainly(text="COMP-1"), "open"),
    "stores:count_shelf_tally": (_typed_tally, "open"),
    "stores:count_shelf_finish": (_plainly(), "open"),
    "stores:count_shelf_leave": (_plainly(), "open"),
}
