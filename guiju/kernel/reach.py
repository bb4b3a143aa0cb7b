"""How far whoever acts here may see in the database itself: the third layer, on PostgreSQL (docs/decisions/0013-row-level-security.md).

The first layer is the right that a deed asks for, the second the `visible_to(by)` of a query. Both are Python, and a query that
forgets them shows everything. Under them the database shows only the rows of the units that are said here, and of none where
nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

from .actor import Actor

P = ParamSpec("P")
R = TypeVar("R")

# What the policies of `kernel.isolation` compare with: a list that begins and ends with a comma can be searched for `,7,`.
EVERYWHERE = "all"
NOWHERE = ""
# Somebody of the house who holds no right in any unit: reads what everybody may, such as the names of the units. No unit has this key.
IN_NO_UNIT = ",0,"

_reach: ContextVar[str | None] = ContextVar("reach", default=None)
# Where nobody has said anything. Tests, which arrange and look as the house itself, put EVERYWHERE here.
unsaid = NOWHERE


def now() -> str:
    """The units whose rows may be seen here and now, as the database is told them."""
    said = _reach.get()
    return unsaid if said is None else said


def text_of(actor: Actor | None) -> str:
    """The widest scope that an actor's rights give; queries and verbs narrow it. Nobody sees nothing."""
    if actor is None:
        return NOWHERE
    units: set[int] = set()
    for grant in actor.grants:
        if grant.unit_ids is None:
            return EVERYWHERE
        units |= grant.unit_ids
    return f",{','.join(map(str, sorted(units)))}," if units else IN_NO_UNIT


@contextmanager
def of(actor: Actor | None) -> Iterator[None]:
    """See what this actor may see, for as long as the block lasts."""
    token = _reach.set(text_of(actor))
    try:
        yield
    finally:
        _reach.reset(token)


@contextmanager
def house() -> Iterator[None]:
    """See everything, as the house itself does: to find out who somebody is, by the clock, on news, and in commands."""
    token = _reach.set(EVERYWHERE)
    try:
        yield
    finally:
        _reach.reset(token)


def as_house(act: Callable[P, R]) -> Callable[P, R]:
    """Let a function see everything: one that finds out who somebody is."""

    @wraps(act)
    def seeing(*given: P.args, **named: P.kwargs) -> R:
        with house():
            return act(*given, **named)

    return seeing


def carried(pieces: Iterable[R]) -> Iterator[R]:
    """What is only made when it is sent is made with the reach of the request that asked for it."""
    context, left = copy_context(), iter(pieces)
    over = object()
    while (piece := context.run(next, left, over)) is not over:
        yield piece  # type: ignore[misc]
