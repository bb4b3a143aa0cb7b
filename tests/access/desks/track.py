"""The customer's own pages."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.desks.track.views import ANSWERS
from guiju.line.workshop import queries as workshop
from tests.access.said import Said, Typed, named, plainly
from tests.access.scene import Scene
from tests.desks.reception.typed import signed


def _code(scene: Scene) -> Typed:
    return {"code": workshop.approval_code(scene.quote("coded"))}


POSTED: Mapping[str, Said] = {
    "track:ask_code": Said(at="quoted"),
}
TRACK_TYPED: Mapping[str, Said] = {
    "approve": Said(lambda _scene: signed(), "quoted"),
    "enter-code": Said(_code, "coded"),
    "decline": Said(plainly(reason="Too dear"), "quoted"),
    "sign-line": Said(lambda scene: {**signed(), "line": scene.quote("outside").lines.get().pk}, "outside"),
    "sign": Said(lambda _scene: signed(), "proposed"),
    "agree": Said(lambda _scene: signed(), "moved"),
    "ask-exchange": Said(plainly(ground="TWO_REPAIRS"), "received"),
    "agree-unit": Said(lambda _scene: signed(), "exchange offered"),
    "decline-unit": Said(plainly(note="The money, please"), "exchange offered"),
    "cancel-free": Said(plainly(reason="She waited long enough"), "breached"),
    "refuse": Said(plainly(note="Too late"), "proposed"),
    "cancel": Said(plainly(reason="Bought a new one"), "received"),
}
VERBS: Mapping[str, tuple[Said, ...]] = {"track:answer": named(TRACK_TYPED, ANSWERS)}
