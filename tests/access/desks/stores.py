"""The storeroom, and what is made ready for it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.access import counts, custodies, old_parts, purchases, requisitions, shelves, upkeeps
from tests.access.said import Key, Said, Typed, day, plainly, posted, steps
from tests.access.scene import Scene


def _sending(scene: Scene) -> Typed:
    line = scene.transfer("asked").lines.get().pk
    return {f"bin_{line}": scene.bin.pk, f"quantity_{line}": "1", "carrier": "Chen"}


OPENED: Mapping[str, str] = counts.OPENED
POSTED: Mapping[str, Said] = {
    "stores:available": Said(lambda scene: {"bin": scene.bin.pk}, "asked"),
    "stores:none": Said(plainly(kind="PURCHASE", expected_on=day(5), basis="The supplier"), "asked"),
    "stores:expect": Said(plainly(expected_on=day(9), basis="The supplier"), "on order"),
    "stores:arrived": Said(lambda scene: {"bin": scene.bin.pk}, "on order"),
    "stores:issue": Said(at="reserved"),
    "stores:take_back": Said(plainly(quantity="1"), "issued"),
    "stores:cancel": Said(at="asked"),
    "stores:ask_transfer": Said(
        lambda scene: {
            "source": scene.bin.store_id,
            "target": scene.van_bin.store_id,
            "part_1": "COMP-1",
            "quantity_1": "1",
            "reason": "For the van",
        }
    ),
    "stores:transfer_send": Said(_sending, "asked"),
    "stores:transfer_receive": Said(
        lambda scene: {"bin": scene.van_bin.pk, "part": "COMP-1", "quantity": "1", "condition": "GOOD"}, "sent"
    ),
    "stores:transfer_lose": Said(
        lambda scene: {"part": scene.shop.compressor.pk, "quantity": "1", "cause": "SHORT", "reason": "Not there"},
        "sent",
    ),
    "stores:transfer_refuse": Said(plainly(reason="None to spare"), "asked"),
    "stores:transfer_cancel": Said(plainly(reason="Not needed"), "asked"),
    "stores:receive": Said(lambda scene: {"document": "DN-9", "part": "COMP-1", "quantity": "1", "bin": scene.bin.pk}),
    "stores:plan": Said(),
    "stores:least": Said(plainly(part="COMP-1", least="2", reason="A school next door")),
    "stores:order_lacking": Said(lambda scene: {"part": str(scene.shop.compressor.pk)}),
    "stores:fetch_lacking": Said(lambda scene: {"part": str(scene.shop.compressor.pk)}),
    "stores:accept_level": Said(),
    "stores:change_level": Said(plainly(level="9", reason="A campaign")),
    **posted(custodies.TYPED, upkeeps.TYPED, shelves.SAID, counts.POSTED, old_parts.PAGES, requisitions.PAGES),
}
VERBS: Mapping[str, tuple[Said, ...]] = {
    "stores:old_part_act": steps(old_parts.STEPS),
    "stores:shelf_act": steps(shelves.STEPS),
}
NUMBERS: Mapping[str, Key] = {
    "stores:*": lambda scene, _route, at: scene.request(at).number,
    "stores:transfer*": lambda scene, _route, at: scene.transfer(at).number,
    "stores:count*": lambda scene, _route, at: counts.number(scene, at),
    "stores:controlled*": lambda scene, _route, at: custodies.number(scene, at),
    "stores:requisition*": lambda scene, _route, at: requisitions.number(scene, at),
    **dict.fromkeys(
        ("stores:delivery", "stores:goods"), lambda scene, route, at: purchases.number(scene, at, route=route)
    ),
}
KEYS: Mapping[str, Key] = {
    "stores:upkeep*": lambda scene, route, _at: upkeeps.page_key(scene, route),
    "stores:controlled*": custodies.page_key,
    **dict.fromkeys(shelves.CARD, lambda scene, _route, _at: scene.shop.compressor.pk),
    **dict.fromkeys(
        ("stores:plan", "stores:least", "stores:order_lacking", "stores:fetch_lacking"),
        lambda scene, _route, _at: scene.bin.store_id,
    ),
    **dict.fromkeys(
        ("stores:level", "stores:accept_level", "stores:change_level"),
        lambda scene, _route, _at: scene.suggestion.pk,
    ),
    "stores:shelf_act": lambda scene, _route, _at: shelves.heap(scene),
    **dict.fromkeys(("stores:old_part", "stores:old_part_act"), lambda scene, _route, at: old_parts.part(scene, at).pk),
    **dict.fromkeys(
        ("stores:report", "stores:confirm_report", "stores:report_paper"),
        lambda scene, _route, _at: old_parts.report(scene),
    ),
    **dict.fromkeys(("stores:batch", "stores:receive_batch"), lambda scene, _route, _at: old_parts.batch(scene).pk),
}
