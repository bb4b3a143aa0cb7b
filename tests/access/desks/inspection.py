"""The final test."""

from __future__ import annotations

from collections.abc import Mapping

from tests.access.said import Said, Typed
from tests.access.scene import Scene


def _tested(scene: Scene) -> Typed:
    return {"verdict": "PASS", "shelf": "R-01"} | {f"item_{pk}": text for pk, text in scene.values.items()}


OPENED: Mapping[str, str] = {"inspection:test": "tested"}
POSTED: Mapping[str, Said] = {
    "inspection:test": Said(_tested, "tested"),
    "inspection:allow": Said(at="tested"),
}
