"""One box that finds: whoever can find something registers a finder here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from guiju.kernel.paging import one_search

HITS_MAX = 20
"""Hits shown per finder; a person who sees more has typed too little."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    state     a state code for the chip, if the thing has one
    is_exact  the text names just this thing (a whole number, a scanned code): it is opened at once
    """

    title: str | Promise
    url: str
    detail: str | Promise = ""
    icon: str = "file-text"
    state: str = ""
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """Somebody who can find one kind of thing for those who hold one of the verbs."""

    slug: str
    title: str | Promise
    find: Callable[[Any, str], Iterable[Hit]]
    verbs: tuple[str, ...] = ()
    order: int = 100


_registry: dict[str, Finder] = {}


def register(*finders: Finder) -> None:
    """Let the search box ask these too; the same slug again replaces the earlier one."""
    for finder in finders:
        _registry[finder.slug] = finder


def search(actor: Any, text: str) -> list[tuple[Finder, list[Hit]]]:
    """What each finder that this person may ask has found, the empty-handed left out."""
    asked = [finder for finder in _registry.values() if not finder.verbs or any(map(actor.may, finder.verbs))]
    with one_search():
        found = [(finder, list(finder.find(actor, text))[:HITS_MAX]) for finder in sorted(asked, key=_place)]
    return [(finder, hits) for finder, hits in found if hits]


def _place(finder: Finder) -> tuple[int, str]:
    return finder.order, finder.slug


def only_hit(answers: list[tuple[Finder, list[Hit]]]) -> Hit | None:
    """The thing to open without asking: the one exact hit, or the only hit of all."""
    hits = [hit for _, found in answers for hit in found]
    exact = [hit for hit in hits if hit.is_exact]
    if len(exact) == 1:
        return exact[0]
    return hits[0] if len(hits) == 1 else None
