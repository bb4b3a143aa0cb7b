"""Sessions at the tills at each stage, for the two tables: the open one is Cai's, the others were Lin's when she helped out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from guiju.kernel.actor import Grant
from guiju.kernel.coins import fewest
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Display, TillSession
from tests.cast import FOUNDED

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]
FLOAT = 50000


def made(scene: Scene) -> dict[str, TillSession]:
    """One that is closed, and one whose count differs by more than the limit."""
    shop, found = scene.shop, dict[str, TillSession]()
    helper = replace(shop.actor("lin"), grants=(Grant("CA", frozenset({shop.unit.pk})),))
    till = cashier.add_till(unit=shop.unit, code="T3", by=shop.actor("ma"), at=FOUNDED)
    for hours, stage, short in ((8, "closed", 0), (4, "wrong", 5000)):
        said = {"by": helper, "at": shop.now - timedelta(hours=hours)}
        row = cashier.open_till_session(till, float_minor=FLOAT, **said)
        row = cashier.count_till(row, pieces=fewest(FLOAT - short, "CNY"), variance_reason=f"{scene.word} lost", **said)
        found[stage] = row if short else cashier.close_till_session(row, **said)
    return found


def number(scene: Scene, at: str) -> int:
    """The session at that stage; the open one, if none is named."""
    return scene.sessions.get(at, scene.session).pk


def display(scene: Scene) -> Display:
    """The customer's screen of Cai's till."""
    return cashier.open_display(scene.session.till, by=scene.shop.actor("cai"), at=scene.shop.now)


def shown(scene: Scene) -> Mapping[str, Any]:
    display(scene)
    return {}


def _plainly(**said: Any) -> Fill:
    return lambda _scene: said


PIECES = {"10000": 5}
MOVE = {"kind": "MORE_FLOAT", "amount_minor": 100, "reason": "Coins", "paper": "CM-1"}
SAID: Mapping[str, tuple[Fill, str]] = {
    "/till-sessions/{key}/move-cash": (_plainly(**MOVE), ""),
    "/till-sessions/{key}/count": (_plainly(pieces=PIECES, card_minor=0, variance_reason="Counted badly"), ""),
    "/till-sessions/{key}/recount": (_plainly(pieces=PIECES), "wrong"),
    "/till-sessions/{key}/close": (_plainly(), ""),
    "/till-sessions/{key}/force-close": (_plainly(pieces=PIECES, card_minor=0, reason="She is ill"), ""),
    "/till-sessions/{key}/countersign": (_plainly(), "closed"),
}
COUNTED = {"pieces_10000": "5"}
PAGES: Mapping[str, tuple[Fill, str]] = {
    "till:move_cash": (_plainly(**MOVE | {"amount_minor": "1"}), ""),
    "till:count_till": (_plainly(**COUNTED, card_minor="0", variance_reason="Counted badly"), ""),
    "till:recount_till": (_plainly(**COUNTED), "wrong"),
    "till:close_till_session": (_plainly(), ""),
    "till:force_close": (_plainly(**COUNTED, card_minor="0", reason="She is ill"), ""),
    "till:countersign": (_plainly(), "closed"),
}
