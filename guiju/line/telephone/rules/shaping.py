"""How the draft of a voice menu is changed: keys added, moved, taken away, each choice told anew. Plain values in and out."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from guiju.kernel.words import LANGUAGES, N_, Sentence
from guiju.line.telephone.rules.menu import DEPTH_MOST, KEYS, PERSON_KEY, WITH_WORDS, Do, Path, Problem, Tree
from guiju.line.telephone.rules.opening import Section

# As they lie on a telephone.
KEYPAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")
# Deeper than any menu that may be published, so that what was brought in too deep can be moved up by hand.
SHOWN_DEPTH = DEPTH_MOST + 3
BELOW_FIRST = Sentence(N_("Move or delete the choices below it first."))


@dataclass(frozen=True)
class Spot:
    """A choice of a menu, and where it stands."""

    section: str
    path: Path
    choice: Tree

    @property
    def name(self) -> str:
        """The part of the day and the keys that lead there: open-1-2."""
        return "-".join((self.section, *self.path))

    @property
    def above(self) -> str:
        """The name of the branch in which it stands."""
        return "-".join((self.section, *self.path[:-1]))

    @property
    def place(self) -> str:
        """As a problem calls it."""
        return " ".join((self.section, *self.path))

    @property
    def is_branch(self) -> bool:
        """There are choices below it."""
        return self.choice.get("do") == Do.MENU


@dataclass(frozen=True)
class Told:
    """What a choice shall be: its key, under which branch, what it does, and what that needs."""

    do: str
    key: str = ""
    under: str = ""
    say: Mapping[str, str] | None = None
    agents: str = ""
    language: str = ""


@dataclass(frozen=True)
class Edit:
    """One press of a button beside a choice: add (with what the new one does), remove, earlier, later."""

    act: str
    name: str
    do: str = ""


@dataclass(frozen=True)
class Shaped:
    """The menu as it would be; what keeps it from being so; and the choice that was touched."""

    tree: dict[str, Any]
    faults: tuple[Problem, ...]
    touched: str


def spots(tree: Any) -> list[Spot]:
    """Every choice of a menu, each deeper one after its branch; what is no choice at all is left out."""
    found: list[Spot] = []
    for section in Section:
        branch = tree.get(section) if isinstance(tree, Mapping) else None
        # A part of the day that is missing is begun here.
        found.extend(_spots(section, (), branch if isinstance(branch, Mapping) else {"do": Do.MENU}))
    return found


def _spots(section: str, path: Path, choice: Tree) -> Iterator[Spot]:
    yield Spot(section, path, choice if path else {**choice, "do": Do.MENU})
    keys = choice.get("keys")
    if len(path) < SHOWN_DEPTH and isinstance(keys, Mapping) and (choice.get("do") == Do.MENU or not path):
        for key in KEYPAD:
            if isinstance(keys.get(key), Mapping):
                yield from _spots(section, (*path, key), keys[key])


def told_of(spot: Spot) -> Told:
    """A choice as it stands."""
    words, choice = spot.choice.get("say"), spot.choice
    words = words if isinstance(words, Mapping) else {}
    return Told(
        do=_text(choice.get("do")),
        key=spot.path[-1] if spot.path else "",
        under=spot.above,
        say={code: _text(words.get(code)) for code in LANGUAGES},
        agents=_text(choice.get("agents")),
        language=_text(choice.get("language")),
    )


def reshape(tree: Tree, told: Mapping[str, Told], edit: Edit | None = None) -> Shaped:
    """The menu with every choice as it was told and, after that, what the button did; a choice that was not told stays.

    source   S6-04
    """
    before = {spot.name: spot for spot in spots(tree)}
    wanted = {name: told.get(name) or told_of(spot) for name, spot in before.items()}
    nodes = {name: _node(spot, wanted[name]) for name, spot in before.items()}
    faults = [*_place_all(before, wanted, nodes)]
    touched = nodes.get(edit.name) if edit else None
    if edit and touched is not None and not faults:
        homes = {name: nodes[wanted[name].under] for name, spot in before.items() if spot.path}
        touched, because = _edited(edit, before[edit.name], nodes, homes, wanted)
        faults += [replace(because, place=before[edit.name].place)] if because else []
    shaped = dict(tree) | {section: nodes[section] for section in Section}
    after = [
        spot.name
        for spot in spots(shaped)
        if spot.choice is touched or (not spot.path and nodes[spot.section] is touched)
    ]
    return Shaped(shaped, tuple(faults), after[0] if after else "")


def _node(spot: Spot, told: Told) -> dict[str, Any]:
    """The choice that was told, with nothing below it yet."""
    do = told.do if spot.path else Do.MENU
    node: dict[str, Any] = {"do": str(do)}
    if do in WITH_WORDS:
        node["say"] = {code: (told.say or {}).get(code, "").strip() for code in LANGUAGES}
    if do == Do.HUMAN and told.agents.strip():
        node["agents"] = told.agents.strip()
    if do == Do.LANGUAGE:
        node["language"] = told.language
    if do == Do.MENU:
        too_deep = len(spot.path) >= SHOWN_DEPTH and spot.is_branch
        node["keys"] = copy.deepcopy(dict(spot.choice.get("keys") or {})) if too_deep else {}
        if not spot.is_branch:
            node["keys"] = {PERSON_KEY: _way_out(spot.section)}
    return node


def _place_all(
    before: Mapping[str, Spot], wanted: Mapping[str, Told], nodes: Mapping[str, dict[str, Any]]
) -> Iterator[Problem]:
    """Put every choice behind its key."""
    for name, spot in before.items():
        if not spot.path:
            continue
        key, home = wanted[name].key, nodes.get(wanted[name].under)
        if home is None or key not in KEYS:
            yield Problem(spot.place, Sentence(N_("A key is one of 0 to 9 and has a choice behind it.")), "key")
        elif home["do"] != Do.MENU:
            # The way out of a branch goes with it; nothing else is thrown away unasked.
            if key != PERSON_KEY:
                yield Problem(before[wanted[name].under].place, BELOW_FIRST, "do")
        elif key in home["keys"]:
            yield Problem(spot.place, Sentence(N_("This key is taken already.")), "key")
        else:
            home["keys"][key] = nodes[name]
    if any(_is_in_a_ring(name, wanted) for name in before):
        ring = next(name for name in before if _is_in_a_ring(name, wanted))
        yield Problem(before[ring].place, Sentence(N_("These two cannot stand below one another.")), "under")


def _is_in_a_ring(name: str, wanted: Mapping[str, Told]) -> bool:
    seen: set[str] = set()
    while name in wanted and wanted[name].key:
        if name in seen:
            return True
        seen.add(name)
        name = wanted[name].under
    return False


def _edited(
    edit: Edit, spot: Spot, nodes: Mapping[str, Any], homes: Mapping[str, Any], wanted: Mapping[str, Told]
) -> tuple[Any, Problem | None]:
    """Do what the button says; what was touched, or why not."""
    node = nodes[edit.name]
    if edit.act == "add":
        return _added(node, spot.section, edit.do)
    if not spot.path:
        return node, None
    home, key = homes[edit.name], wanted[edit.name].key
    if edit.act == "remove":
        if set(node.get("keys", {})) - {PERSON_KEY}:
            return node, Problem("", BELOW_FIRST, "do")
        del home["keys"][key]
        return home, None
    # One key down or up; whoever is there changes places. Key 0 is the way out and stays.
    to = str(int(key) + {"earlier": -1, "later": 1}.get(edit.act, 0))
    if key == PERSON_KEY or to not in KEYPAD[:-1]:
        return node, None
    other = home["keys"].pop(to, None)
    home["keys"][to] = home["keys"].pop(key)
    if other is not None:
        home["keys"][key] = other
    return node, None


def _added(node: dict[str, Any], section: str, do: str) -> tuple[Any, Problem | None]:
    keys = node.get("keys")
    free = [key for key in KEYPAD if keys is not None and key not in keys]
    if keys is None or not free:
        return node, Problem("", Sentence(N_("Every key of this branch is taken.")), "add")
    new: dict[str, Any] = {"do": do}
    if do in WITH_WORDS:
        new["say"] = dict.fromkeys(LANGUAGES, "")
    if do == Do.MENU:
        new["keys"] = {PERSON_KEY: _way_out(section)}
    if do == Do.LANGUAGE:
        new["language"] = ""
    keys[free[0]] = new
    return new, None


def _way_out(section: str) -> dict[str, Any]:
    """What key 0 does: a person while somebody is there, else a call back."""
    return {"do": str(Do.HUMAN if section == Section.OPEN else Do.CALL_BACK)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
