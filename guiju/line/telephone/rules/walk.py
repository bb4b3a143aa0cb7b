"""How a caller walks a voice menu, one press of a key at a time. Plain values in and out.

`begin` greets, `step` takes what was pressed, `answered` goes on after a ticket was looked up. Each gives back what is said, where
the caller stands now, and what the telephone has to do next. The same three serve Asterisk, a web telephone and a browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from guiju.kernel.words import N_, Sentence
from guiju.line.telephone.rules.menu import KEYS, WITH_WORDS, Do, Path, Tree, branch_at
from guiju.line.telephone.rules.opening import Section

# What a caller types ends with this key; the other one asks for a person.
FINISH_KEY = "#"
PERSON_SIGN = "*"
# The date and the count of an order's number; a telephone number of any country (E.164) after its 00.
TICKET_DIGITS_MOST = 13
PHONE_DIGITS_MOST = 17
PHONE_DIGITS_LEAST = 7


class Mode(StrEnum):
    """What the caller is asked for."""

    MENU = "MENU"
    TICKET = "TICKET"
    PHONE = "PHONE"
    NUMBER = "NUMBER"
    OVER = "OVER"


class Act(StrEnum):
    """What the telephone does after the words are said."""

    KEY = "KEY"
    DIGITS = "DIGITS"
    LOOK_UP = "LOOK_UP"
    HUMAN = "HUMAN"
    CALL_BACK = "CALL_BACK"
    HANG_UP = "HANG_UP"


@dataclass(frozen=True)
class Prompt:
    """Something that is said: the menu's own words, or a sentence of the house.

    name   what its recording is called, the same for ever
    """

    name: str
    words: Mapping[str, str] | None = None
    sentence: Sentence | None = None


@dataclass(frozen=True)
class Place:
    """Where a caller stands.

    misses    keys in a row that led nowhere
    lookups   tickets that were not found
    """

    section: str
    language: str
    path: Path = ()
    mode: Mode = Mode.MENU
    misses: int = 0
    lookups: int = 0
    ticket: str = ""

    def to_json(self) -> dict[str, Any]:
        """As the call keeps it between two presses."""
        kept = ("section", "language", "mode", "misses", "lookups", "ticket")
        return {name: getattr(self, name) for name in kept} | {"path": list(self.path)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The place that `to_json` kept."""
        return cls(**dict(kept) | {"path": tuple(kept["path"]), "mode": Mode(kept["mode"])})


@dataclass(frozen=True)
class Caller:
    """What the menu knows of the caller: whether there is a number that can be called back."""

    has_number: bool


@dataclass(frozen=True)
class Limits:
    """How often a caller may go wrong before somebody helps."""

    misses_most: int
    lookups_most: int


@dataclass(frozen=True)
class Heard:
    """What one press led to.

    typed        the number that the caller typed, where one was asked for
    digits_most  how many the caller may type now; the last one may be left out with #
    agents       the queue of the chosen key; empty for the menu's own
    """

    prompts: tuple[Prompt, ...]
    place: Place
    act: Act
    typed: str = ""
    digits_most: int = 1
    agents: str = ""


HOUSE: Mapping[str, Sentence] = {
    "connecting": Sentence(N_("One moment please, we connect you.")),
    "call-back": Sentence(N_("Thank you. We will call you back. Goodbye.")),
    "wrong-key": Sentence(N_("This key is not in use.")),
    "ask-ticket": Sentence(
        N_("Please type the digits of your ticket, then the hash key. For a person press the star key.")
    ),
    "ask-phone": Sentence(N_("Please type the telephone number that stands on the ticket, then the hash key.")),
    "ask-number": Sentence(N_("Please type the number at which we can reach you, then the hash key.")),
    "not-found": Sentence(N_("This ticket and this telephone number do not belong together.")),
    "goodbye": Sentence(N_("We could not help you this time. Please call again during our opening hours. Goodbye.")),
}


def begin(tree: Tree, *, section: Section, language: str) -> Heard:
    """The first words that a caller hears."""
    return _ask(tree, Place(section, language))


def step(tree: Tree, place: Place, pressed: str, *, caller: Caller, limits: Limits) -> Heard:
    """Take one press, or a typed number; nothing pressed in time is an empty text.

    source   S6-04, CRM-4
    """
    if place.mode is Mode.OVER:
        return Heard((_house("goodbye"),), place, Act.HANG_UP)
    if place.mode is Mode.MENU:
        return _pressed(tree, place, pressed, caller, limits)
    return _typed(tree, place, pressed.rstrip(FINISH_KEY), caller, limits)


def answered(tree: Tree, place: Place, says: Prompt | None, *, caller: Caller, limits: Limits) -> Heard:
    """Go on after a ticket was looked up: say how it stands, or count that it was not found.

    says   None when ticket and telephone number do not belong together; which of the two is wrong, nobody is told
    """
    back = replace(place, mode=Mode.MENU, ticket="")
    if says is not None:
        return _ask(tree, back, says)
    back = replace(back, lookups=place.lookups + 1)
    if back.lookups >= limits.lookups_most:
        return _person(back, caller, _house("not-found"))
    return _ask(tree, replace(back, mode=Mode.TICKET), _house("not-found"))


def _pressed(tree: Tree, place: Place, key: str, caller: Caller, limits: Limits) -> Heard:
    """One key in a menu."""
    choice = branch_at(tree, place.section, place.path)["keys"].get(key) if key in KEYS else None
    if choice is None:
        return _missed(tree, place, key, caller, limits)
    here, do = replace(place, misses=0), Do(choice["do"])
    if do is Do.HUMAN:
        return replace(_person(here, caller), agents=choice.get("agents", ""))
    if do is Do.CALL_BACK:
        return _call_back(here, caller)
    first = (_own(here, choice, key),) if do is Do.SAY else ()
    return _ask(tree, replace(here, **_moved(here, do, choice, key)), *first)


def _moved(here: Place, do: Do, choice: Tree, key: str) -> dict[str, Any]:
    """How a choice changes where the caller stands; what only says something changes nothing."""
    moves: Mapping[Do, dict[str, Any]] = {
        Do.MENU: {"path": (*here.path, key)},
        Do.UP: {"path": here.path[:-1]},
        Do.STATUS: {"mode": Mode.TICKET},
        Do.LANGUAGE: {"language": choice.get("language")},
    }
    return moves.get(do, {})


def _typed(tree: Tree, place: Place, digits: str, caller: Caller, limits: Limits) -> Heard:
    """A ticket or a number, typed to its end."""
    if PERSON_SIGN in digits:
        return _person(place, caller)
    if not (digits.isascii() and digits.isdigit()):
        return _missed(tree, place, digits, caller, limits)
    here = replace(place, misses=0)
    if place.mode is Mode.TICKET:
        return _ask(tree, replace(here, mode=Mode.PHONE, ticket=digits[:TICKET_DIGITS_MOST]))
    if len(digits) < PHONE_DIGITS_LEAST or len(digits) > PHONE_DIGITS_MOST:
        return _missed(tree, place, digits, caller, limits)
    if place.mode is Mode.PHONE:
        return Heard((), here, Act.LOOK_UP, typed=digits)
    return Heard((_house("call-back"),), replace(here, mode=Mode.OVER), Act.CALL_BACK, typed=digits)


def _missed(tree: Tree, place: Place, key: str, caller: Caller, limits: Limits) -> Heard:
    """A key that leads nowhere, or none in time: ask again, and after so many times let somebody help."""
    lost = replace(place, misses=place.misses + 1)
    if lost.misses >= limits.misses_most:
        return _person(lost, caller)
    return _ask(tree, lost, *((_house("wrong-key"),) if key else ()))


def _person(place: Place, caller: Caller, *first: Prompt) -> Heard:
    """A person while somebody is there, else a call back."""
    if place.section == Section.OPEN:
        return Heard((*first, _house("connecting")), replace(place, mode=Mode.OVER), Act.HUMAN)
    return _call_back(place, caller, *first)


def _call_back(place: Place, caller: Caller, *first: Prompt) -> Heard:
    """Promise a call back, once there is a number for it."""
    if caller.has_number:
        return Heard((*first, _house("call-back")), replace(place, mode=Mode.OVER), Act.CALL_BACK)
    if place.mode is Mode.NUMBER:
        # A withheld number, and none that was typed: when nobody is there, there is nothing left to promise.
        act, said = (Act.HUMAN, "connecting") if place.section == Section.OPEN else (Act.HANG_UP, "goodbye")
        return Heard((*first, _house(said)), replace(place, mode=Mode.OVER), act)
    return Heard(
        (*first, _house("ask-number")),
        replace(place, mode=Mode.NUMBER, misses=0),
        Act.DIGITS,
        digits_most=PHONE_DIGITS_MOST,
    )


def _ask(tree: Tree, place: Place, *first: Prompt) -> Heard:
    """Say what is said here, and wait for what is pressed."""
    if place.mode is Mode.MENU:
        return Heard((*first, _own(place, branch_at(tree, place.section, place.path))), place, Act.KEY)
    asked = {Mode.TICKET: "ask-ticket", Mode.PHONE: "ask-phone", Mode.NUMBER: "ask-number"}[place.mode]
    most = TICKET_DIGITS_MOST if place.mode is Mode.TICKET else PHONE_DIGITS_MOST
    return Heard((*first, _house(asked)), place, Act.DIGITS, digits_most=most)


def _own(place: Place, choice: Tree, *keys: str) -> Prompt:
    name = "-".join((place.section, *place.path, *keys))
    return Prompt(name, words=choice["say"] if choice["do"] in WITH_WORDS else {})


def _house(name: str) -> Prompt:
    return Prompt(name, sentence=HOUSE[name])


def prompts_of(tree: Tree) -> list[Prompt]:
    """Everything that a fit menu says in its own words, each once."""
    return [prompt for section in Section for prompt in _prompts(Place(section, ""), tree[section])]


def _prompts(place: Place, choice: Tree) -> list[Prompt]:
    if choice["do"] not in WITH_WORDS:
        return []
    below = [
        prompt
        for key, deeper in choice.get("keys", {}).items()
        for prompt in _prompts(replace(place, path=(*place.path, key)), deeper)
    ]
    return [_own(place, choice), *below]
