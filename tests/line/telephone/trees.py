"""Voice menus for the tests: the house's own, small ones, and whatever Hypothesis can think of."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from guiju.line import telephone

HOUSE_MENU: dict[str, Any] = json.loads(
    (Path(telephone.__file__).parent / "data" / "menu.json").read_text(encoding="utf-8")
)
WORDS = {"en": "Say this.", "zh-hans": "请说。", "zh-hant": "請說。"}
LANGUAGES = ("en", "zh-hans", "zh-hant")


def house_menu(**changed: Any) -> dict[str, Any]:
    """The house's own menu, changed where the test says so."""
    return copy.deepcopy(HOUSE_MENU) | changed


def branch(**keys: Any) -> dict[str, Any]:
    """A branch: `branch(k1=leaf("status"))`; key 0 is a person unless told otherwise."""
    named = {name.removeprefix("k"): choice for name, choice in keys.items()}
    return {"do": "menu", "say": WORDS, "keys": {"0": {"do": "human"}} | named}


def leaf(do: str, **more: Any) -> dict[str, Any]:
    """A choice that leads no deeper."""
    return {"do": do, **more}


def menus(exit_do: str = "human") -> st.SearchStrategy[dict[str, Any]]:
    """Any fit branch of the opening hours, with any number of choices at any depth that is allowed."""

    def leaves(depth: int) -> st.SearchStrategy[dict[str, Any]]:
        plain = ["status", "call_back", "again", exit_do, *(["up"] if depth else [])]
        return st.one_of(
            st.sampled_from(plain).map(leaf),
            st.just(leaf("say", say=WORDS)),
            st.sampled_from(LANGUAGES).map(lambda language: leaf("language", language=language)),
        )

    def grown(depth: int) -> st.SearchStrategy[dict[str, Any]]:
        below = leaves(depth) if depth == 2 else st.one_of(leaves(depth), grown(depth + 1))
        keys = st.dictionaries(st.sampled_from("123456789"), below, max_size=4)
        out = st.sampled_from([exit_do, "call_back"]).map(leaf)
        return st.builds(lambda choices, zero: {"do": "menu", "say": WORDS, "keys": choices | {"0": zero}}, keys, out)

    return grown(0)
