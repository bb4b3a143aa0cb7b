"""Requisitions at each stage, for the two tables: asked for by chen, signed by ma, handed out by shen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from guiju.books.stock.actions.picking import Pick, Wish
from guiju.readiness.requisitions import actions as requisitions
from guiju.readiness.requisitions.models import Requisition

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]


def made(scene: Scene) -> dict[str, Requisition]:
    """One at each stage."""
    shop, found = scene.shop, dict[str, Requisition]()
    for stage in ("asked", "signed", "issued"):
        row = requisitions.ask(
            store=scene.bin.store, wishes=[Wish(shop.compressor, 1)], purpose=f"{scene.word} For the bench",
            by=shop.actor("chen"), at=shop.now,
        )  # fmt: skip
        if stage != "asked":
            row = requisitions.sign(row, by=shop.actor("ma"), at=shop.now)
        if stage == "issued":
            pick = Pick(shop.compressor, scene.bin, 1)
            row = requisitions.issue(row, picks=[pick], by=shop.actor("shen"), at=shop.now)
        found[stage] = row
    return found


def number(scene: Scene, at: str) -> str:
    """The one at that stage."""
    return scene.requisitions.get(at, scene.requisitions["asked"]).number


def _plainly(**said: Any) -> Fill:
    return lambda _scene: said


def _asking(scene: Scene) -> Mapping[str, Any]:
    return {"store": scene.bin.store_id, "lines": [{"part": "COMP-1", "quantity": 1}], "purpose": "For the window"}


def _picking(scene: Scene) -> Mapping[str, Any]:
    return {"picks": [{"part": "COMP-1", "bin": scene.bin.pk, "quantity": 1}]}


def _back(scene: Scene) -> Mapping[str, Any]:
    return {"part": "COMP-1", "bin": scene.bin.pk, "quantity": 1}


def _typed_ask(scene: Scene) -> Mapping[str, Any]:
    return {"store": scene.bin.store_id, "purpose": "For the window", "part_1": "COMP-1", "quantity_1": "1"}


def _typed_pick(scene: Scene) -> Mapping[str, Any]:
    line = scene.requisitions["signed"].lines.get().pk
    return {f"bin_{line}": scene.bin.pk, f"quantity_{line}": "1"}


SAID: Mapping[str, tuple[Fill, str]] = {
    "/requisitions": (_asking, ""),
    "/requisitions/{number}/sign": (_plainly(), "asked"),
    "/requisitions/{number}/refuse": (_plainly(reason="We have some"), "asked"),
    "/requisitions/{number}/withdraw": (_plainly(reason="Not needed"), "asked"),
    "/requisitions/{number}/issue": (_picking, "signed"),
    "/requisitions/{number}/take-back": (_back, "issued"),
}
PAGES: Mapping[str, tuple[Fill, str]] = {
    "stores:ask_requisition": (_typed_ask, ""),
    "stores:requisition_sign": (_plainly(), "asked"),
    "stores:requisition_refuse": (_plainly(reason="We have some"), "asked"),
    "stores:requisition_withdraw": (_plainly(reason="Not needed"), "asked"),
    "stores:requisition_issue": (_typed_pick, "signed"),
    "stores:requisition_back": (_back, "issued"),
}
