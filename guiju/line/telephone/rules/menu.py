"""What a voice menu is made of, and what keeps one from being published. Plain values in and out.

A menu is plain data: its hours, and a tree for each part of the day.

    {"agents": "reception",
     "hours": {"days": {"1": ["08:30", "18:00"], …}},
     "open": branch, "closed": branch, "holiday": branch}

A branch says something in three languages and has a choice behind each key; a choice is another branch or a leaf:
`{"do": "menu", "say": words, "keys": {"0": {"do": "human"}, …}}`. A person may have a queue of their own:
`{"do": "human", "agents": "fridges"}`. Which days are holidays, the calendar of closed days says. A tree has no way
back but the one that the rules give (`up`, and the return after something was said), so a caller can be led in no circle that has no exit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from guiju.kernel.words import LANGUAGES, N_, Sentence
from guiju.line.telephone.rules.opening import Section

# Branches one below another (S6-04): the third press of a key always reaches somebody (CRM-4).
DEPTH_MOST = 3
WORDS_LONGEST = 500
# The key behind which a person is, wherever the caller stands.
PERSON_KEY = "0"
KEYS = frozenset("0123456789")
# A queue of a telephone system, or a number: what is dialled for a person. No spaces or commas, which would be more arguments.
AGENTS = re.compile(r"[A-Za-z0-9+@:._/-]{1,60}")

Tree = Mapping[str, Any]
Path = tuple[str, ...]


class Do(StrEnum):
    """What a choice does."""

    MENU = "menu"
    SAY = "say"
    HUMAN = "human"
    CALL_BACK = "call_back"
    STATUS = "status"
    LANGUAGE = "language"
    UP = "up"
    AGAIN = "again"


DO_LABELS: Mapping[Do, str] = {
    Do.MENU: N_("More choices"),
    Do.SAY: N_("Say something"),
    Do.HUMAN: N_("Connect with a person"),
    Do.CALL_BACK: N_("Promise a call back"),
    Do.STATUS: N_("Say how a repair stands"),
    Do.LANGUAGE: N_("Speak another language"),
    Do.UP: N_("Back to the choices before"),
    Do.AGAIN: N_("Say the choices again"),
}
NO_AGENTS = Sentence(N_("Name the queue or the number at which a person answers."))
# Where a caller is in good hands.
REACHED = frozenset({Do.HUMAN, Do.CALL_BACK})
WITH_WORDS = frozenset({Do.MENU, Do.SAY})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where: the part of the day and the keys that lead there.

    part   what of that choice is wrong: do, say.en, keys, language, agents; empty for all of it
    """

    place: str
    because: Sentence
    part: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a menu as an outline shows it."""

    depth: int
    key: str
    do: Do
    label: str
    words: Mapping[str, str]


def problems_of(tree: Any) -> tuple[Problem, ...]:
    """Everything that keeps this menu from being published; nothing when it is fit.

    source   S6-04, CRM-4
    """
    if not isinstance(tree, Mapping):
        return (Problem("", Sentence(N_("A voice menu has its hours and its choices."))),)
    return tuple(_problems(tree))


def _problems(tree: Tree) -> Iterator[Problem]:
    if not _is_agents(tree.get("agents")):
        yield Problem("agents", NO_AGENTS, "agents")
    yield from _problems_of_hours(tree.get("hours"))
    for section in Section:
        branch = tree.get(section)
        if not isinstance(branch, Mapping) or branch.get("do") != Do.MENU:
            yield Problem(section, Sentence(N_("This part of the day needs its choices.")))
        else:
            yield from _problems_of_branch(branch, section, ())


def _is_agents(text: Any) -> bool:
    return isinstance(text, str) and AGENTS.fullmatch(text) is not None


def _problems_of_hours(hours: Any) -> Iterator[Problem]:
    days = hours.get("days") if isinstance(hours, Mapping) else None
    if not isinstance(days, Mapping) or not days or not all(_is_span(*each) for each in days.items()):
        yield Problem("hours", Sentence(N_("Write the hours of each weekday, 1 is Monday: from, until.")), "days")
    # Two lists of holidays would one day say two things.
    if isinstance(hours, Mapping) and hours.get("holidays"):
        yield Problem("hours", Sentence(N_("Holidays stand in the calendar of closed days, not in the menu.")), "days")


def _is_span(weekday: Any, span: Any) -> bool:
    if weekday not in {"1", "2", "3", "4", "5", "6", "7"} or not isinstance(span, list) or len(span) != 2:
        return False
    try:
        opens, closes = time.fromisoformat(span[0]), time.fromisoformat(span[1])
    except (TypeError, ValueError):
        return False
    return opens < closes


def _problems_of_branch(branch: Tree, section: Section, path: Path) -> Iterator[Problem]:
    place = " ".join((section, *path))
    if len(path) >= DEPTH_MOST:
        yield Problem(place, Sentence(N_("At most three choices one below another.")), "do")
        return
    yield from _problems_of_words(branch, place)
    keys = branch.get("keys")
    if not isinstance(keys, Mapping) or not keys:
        yield Problem(place, Sentence(N_("A caller who gets here can press nothing.")), "keys")
        return
    person = keys.get(PERSON_KEY)
    if not isinstance(person, Mapping) or person.get("do") not in REACHED:
        yield Problem(place, Sentence(N_("Key 0 must lead to a person or to a call back.")), "keys")
    for key, choice in keys.items():
        if key not in KEYS or not isinstance(choice, Mapping):
            yield Problem(place, Sentence(N_("A key is one of 0 to 9 and has a choice behind it.")), "keys")
        else:
            yield from _problems_of_choice(choice, section, (*path, key))


def _problems_of_choice(choice: Tree, section: Section, path: Path) -> Iterator[Problem]:
    place = " ".join((section, *path))
    do = choice.get("do")
    if do == Do.MENU:
        yield from _problems_of_branch(choice, section, path)
    elif do == Do.SAY:
        yield from _problems_of_words(choice, place)
    elif do == Do.HUMAN and section is not Section.OPEN:
        yield Problem(place, Sentence(N_("Nobody answers at this time: promise a call back instead.")), "do")
    elif do == Do.HUMAN and "agents" in choice and not _is_agents(choice["agents"]):
        yield Problem(place, NO_AGENTS, "agents")
    elif do == Do.LANGUAGE and choice.get("language") not in LANGUAGES:
        yield Problem(place, Sentence(N_("Name one of the three languages.")), "language")
    elif do == Do.UP and len(path) == 1:
        yield Problem(place, Sentence(N_("There is nothing above these choices.")), "do")
    elif not isinstance(do, str) or do not in set(Do):
        yield Problem(place, Sentence(N_("Say what this key does.")), "do")


def _problems_of_words(choice: Tree, place: str) -> Iterator[Problem]:
    words = choice.get("say")
    words = words if isinstance(words, Mapping) else {}
    for language in LANGUAGES:
        said = words.get(language)
        if not isinstance(said, str) or not said.strip() or len(said) > WORDS_LONGEST:
            because = Sentence(N_("Write what is said in %(language)s."), {"language": language})
            yield Problem(place, because, f"say.{language}")


def branch_at(tree: Tree, section: str, path: Path) -> Tree:
    """The branch, or the leaf, to which these keys lead."""
    branch: Tree = tree[section]
    for key in path:
        branch = branch["keys"][key]
    return branch


def slowest_way_out(tree: Tree) -> int:
    """How many presses of a key the unluckiest caller needs from the first word until somebody cares; fit menus only."""
    return max(_presses(tree[section], 0) for section in Section)


def _presses(branch: Tree, pressed: int) -> int:
    below = [_presses(choice, pressed + 1) for choice in branch["keys"].values() if choice["do"] == Do.MENU]
    return max([pressed + 1, *below])


def outline(tree: Tree, section: str) -> list[Line]:
    """A part of the menu as lines, each deeper one under its key; whatever cannot be read is left out."""
    branch = tree.get(section) if isinstance(tree, Mapping) else None
    return list(_lines(branch, "", 0)) if isinstance(branch, Mapping) else []


def _lines(choice: Tree, key: str, depth: int) -> Iterator[Line]:
    do = choice.get("do")
    if not isinstance(do, str) or do not in set(Do):
        return
    words = choice.get("say")
    yield Line(depth, key, Do(do), DO_LABELS[Do(do)], words if isinstance(words, Mapping) else {})
    keys = choice.get("keys")
    if do == Do.MENU and isinstance(keys, Mapping) and depth <= DEPTH_MOST:
        for below, deeper in sorted(keys.items()):
            if isinstance(deeper, Mapping):
                yield from _lines(deeper, str(below), depth + 1)
