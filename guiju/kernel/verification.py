"""Whether everything that must be true is true: each context says what, and here they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from . import evidence, installing, trail

Question = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Violation:
    """One thing that is not as it must be.

    invariant   its id in the domain, such as "WO-1"
    """

    invariant: str
    says: str

    def __str__(self) -> str:
        return f"{self.invariant} {self.says}"


_questions: dict[tuple[str, str], Question] = {}


def invariant(name: str) -> Callable[[Question], Question]:
    """Register a question that yields one sentence for each row that breaks the invariant of that name."""

    def mark(question: Question) -> Question:
        # By module and name: a module that is read twice asks once.
        _questions[f"{question.__module__}.{question.__qualname__}", name] = question
        return question

    return mark


def run(*, thorough: bool = False, only: str = "", heads: Iterable[trail.Anchor] = ()) -> list[Violation]:
    """Ask every invariant of every context.

    only       those of one context, such as "guiju.books.stock": what holds where no other context was used
    heads      links of the trail that were written down outside
    thorough   also read every kept file, and look whether the database holds every sentence that is declared
    """
    found = [Violation(name, says) for name, ask in questions(only=only) for says in ask()]
    found += [Violation(name, says) for name, says in trail.problems(heads)]
    if thorough:
        found += [Violation(name, says) for name, says in _kernel()]
    return found


def questions(*, only: str = "") -> list[tuple[str, Question]]:
    """Every invariant's id, and its question."""
    _gather()
    return [(name, ask) for (place, name), ask in sorted(_questions.items()) if place.startswith(only)]


def names() -> list[str]:
    """The ids of all invariants that are asked."""
    return sorted({name for name, _ask in questions()})


@cache
def _gather() -> None:
    # Invariants stand in each context's queries; reading the module registers them.
    for config in apps.get_app_configs():
        if config.name.startswith("guiju.") and find_spec(f"{config.name}.queries"):
            import_module(f"{config.name}.queries")


def _kernel() -> Iterator[tuple[str, str]]:
    for says in evidence.problems():
        yield "I39", says
    for name in installing.missing():
        yield "G-1", f"the database does not hold {name}"
