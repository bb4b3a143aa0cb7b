"""What lies on the shelf of the scene and is handled there, for the table of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from guiju.books.stock.models import StockAccount

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]


def heap(scene: Scene) -> int:
    """The compressor that is set apart as defective in the bin of FS01: all four things can be done with it."""
    return int(StockAccount.objects.get(bin=scene.bin, kind="DEFECTIVE", balance__gt=0).pk)


def _typed(**typed: Any) -> Fill:
    return lambda _scene: typed


STEPS: Mapping[str, tuple[Fill, str]] = {
    "move": (_typed(quantity="1", to_bin="A-9"), "paid"),
    "apart": (_typed(quantity="1", condition="QUARANTINED", reason="It smells"), "paid"),
    "clear": (_typed(quantity="1", reason="It runs"), "paid"),
    "scrap": (_typed(quantity="1", reason="Crushed"), "paid"),
}

# The card of a part, and what is said on it; the other two are told in a story of their own.
WHY = {"reason": "The maker's list"}
SAID: Mapping[str, tuple[Fill, str]] = {
    "stores:part_fit_model": (lambda scene: {"model": f"GUIJU:{scene.shop.model.code}", **WHY}, ""),
    "stores:part_end_line": (lambda scene: {"line": scene.shop.line.pk, **WHY}, ""),
}
CARD = ("stores:part", *(f"stores:part_{each}" for each in ("fit_model", "end_model", "fit_line", "end_line")))
