"""The telephone's rows for the two tables: a call in each state that a page or an address asks about, and what is typed there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from guiju.line.telephone import actions as telephone
from guiju.line.telephone import rules
from tests.access.scene import Scene
from tests.line.telephone.switchboard import Switchboard, marks
from tests.line.telephone.trees import house_menu

Fill = Callable[[Scene], Mapping[str, Any]]


def _board(scene: Scene) -> Any:
    """The rows of FS01's telephone, each made when it is first asked about."""
    rows: dict[str, Any] = scene.__dict__.setdefault("telephone", {})
    if not rows:
        # Early enough for all of it to have happened when the pages read the real clock.
        scene.shop.now = timezone.now() - timedelta(minutes=50)
        line = Switchboard(scene.shop)
        rows["ringing"], rows["talking"], rows["ended"] = (
            line.rings("13912350001"),
            line.talks("13912350002"),
            line.ended("13912350003"),
        )
        for call in (rows["talking"], rows["ended"]):
            telephone.write_note(call, note=f"{scene.word} leaks", by=line.clerk, at=scene.shop.later())
        rows["owed"] = line.owes("13912350004")
        rows["tried"] = line.owes("13912350005")
        for _ in range(3):
            telephone.try_call_back(rows["tried"], note=f"{scene.word} busy", by=line.clerk, at=scene.shop.later())
        told: dict[str, Any] = {"by": line.manager, "at": scene.shop.later()}
        rows["menu"] = telephone.write_menu(unit=scene.shop.unit, content=house_menu(), **told)
        rows["script"] = telephone.write_script(unit=scene.shop.unit, content=rules.HOUSE_SCRIPT, **told)
    return rows


def key(scene: Scene, at: str) -> int:
    """The key of the row that is meant."""
    return int(_board(scene)[at].pk)


# Which row stands in the address of a page, where its verb names no other.
PAGES: Mapping[str, str] = {
    "reception:call": "talking", "reception:call_number": "talking", "reception:tick": "talking", "reception:call_act": "talking",
    "reception:score_call": "ended", "reception:call_back": "owed", "reception:publish_menu": "menu",
    "reception:publish_script": "script",
}  # fmt: skip
_WORDS = {f"{step}.{code}": said for step, words in rules.HOUSE_SCRIPT.items() for code, said in words.items()}
_POINTS = {step: str(mark) for step, mark in marks().items()}


def _plainly(**typed: Any) -> Fill:
    return lambda _scene: typed


# What is typed on a page, and about which row.
POSTED: Mapping[str, tuple[Fill, str]] = {
    "reception:log_call": (_plainly(phone="13912359999", direction="IN"), "talking"),
    "reception:tick": (_plainly(done="yes"), "talking"),
    "reception:score_call": (lambda _scene: _POINTS, "ended"),
    "reception:write_menu": (lambda _scene: {"content": json.dumps(house_menu())}, "menu"),
    "reception:write_script": (lambda _scene: _WORDS, "script"),
}
# Routes behind which there are many verbs.
VERBS: Mapping[str, Mapping[str, tuple[Fill, str]]] = {
    "reception:call_act": {
        "answer": (_plainly(), "ringing"), "hang-up": (_plainly(), "talking"), "note": (_plainly(note="Leaks"), "talking"),
        "call-back": (_plainly(note="Tomorrow"), "talking"),
        "request": (_plainly(contact_name="Liang", description="It leaks"), "talking"),
        "lead-to": (lambda scene: {"order": scene.order("paid").number}, "talking"),
    },
    "reception:call_back": {
        "number": (_plainly(), "owed"), "try": (_plainly(), "owed"), "finish": (_plainly(), "owed"),
        "give-up": (_plainly(note="Never answers"), "tried"),
    },
}  # fmt: skip
# By the first word of an API's address: which rows its braces name.
KINDS: Mapping[str, str] = {"calls": "talking", "call-backs": "owed", "voice-menus": "menu", "call-scripts": "script"}


def api_key(kind: str) -> Callable[[Scene, str], int]:
    """What fills the brace of such an address; the job's usual station stands for the usual row."""
    return lambda scene, at: key(scene, KINDS[kind] if at == "paid" else at)


_RING = {"system": "pbx", "id": "access.1", "from": "13912350009"}
SAID: Mapping[str, tuple[Fill, str]] = {
    "/calls": (_plainly(unit="FS01", phone="13912359998"), "paid"),
    "/calls/{id}/answer": (_plainly(agent="P-lin"), "ringing"),
    "/calls/{id}/tick": (_plainly(step="GREETING"), "paid"),
    "/calls/{id}/note": (_plainly(note="Leaks"), "paid"),
    "/calls/{id}/lead-to": (lambda scene: {"order": scene.order("paid").number}, "paid"),
    "/calls/{id}/call-back": (_plainly(note="Tomorrow"), "paid"),
    "/calls/{id}/score": (lambda _scene: {"marks": marks()}, "ended"),
    "/call-backs/{id}/give-up": (_plainly(note="Never answers"), "tried"),
    "/voice-menus": (lambda _scene: {"unit": "FS01", "content": house_menu()}, "paid"),
    "/call-scripts": (lambda _scene: {"unit": "FS01", "content": dict(rules.HOUSE_SCRIPT)}, "paid"),
    "/telephone/events": (lambda _scene: {"event": "ring", "unit": "FS01", **_RING}, "paid"),
    "/telephone/menu/{session}": (_plainly(system="pbx", unit="FS01"), "paid"),
}
