"""One transaction as its deeds see it: what one of them has locked stays locked, and is the same object, until all is done.

`once` opens a turn around the request, else the outermost deed does; whoever comes inside joins it without a savepoint, because
what is refused inside is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from .refusing import taking_turns

Row = TypeVar("Row", bound=Model)


@dataclass(eq=False, slots=True)
class Turn:
    """The transaction that is open.

    held   the rows that it has locked or made, by table and key
    made   those of them that nobody has seen before it
    drawn  the numbers of documents that it has drawn, and that no book can know
    """

    held: dict[tuple[type, Any], Any] = field(default_factory=dict)
    made: set[tuple[type, Any]] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)


_open: ContextVar[Turn | None] = ContextVar("open_turn", default=None)


def current() -> Turn | None:
    """The turn that is open here, if any."""
    return _open.get()


def keep(row: Row) -> Row:
    """Remember a row that is locked here, for whoever locks it again before all is done; without a turn nobody is asked."""
    turn = _open.get()
    if turn is not None:
        turn.held[type(row), row.pk] = row
    return row


def kept(row: Row) -> Row | None:
    """The one object of a row that was locked here, as all verbs of this transaction have left it."""
    turn = _open.get()
    return turn.held.get((type(row), row.pk)) if turn is not None else None


def keep_new(row: Row) -> Row:
    """Remember a row that was made here: there is nothing about it that anybody could have written before."""
    turn = _open.get()
    if turn is not None:
        turn.made.add((type(row), row.pk))
    return keep(row)


def is_new(row: Model) -> bool:
    """Whether it was made in this transaction, so that nobody need ask what stands about it."""
    turn = _open.get()
    return turn is not None and (type(row), row.pk) in turn.made


def draw(number: str) -> str:
    """Remember a number that was drawn here: no two documents have the same."""
    turn = _open.get()
    if turn is not None:
        turn.drawn.add(number)
    return number


def is_first(document: str) -> bool:
    """Whether that is a number drawn here that nobody has asked about yet; whoever asks uses it up."""
    turn = _open.get()
    if turn is None or document not in turn.drawn:
        return False
    turn.drawn.discard(document)
    return True


@contextmanager
def taking() -> Iterator[Turn]:
    """Open a transaction, or join the one that is open.

    raises   TryAgain
    """
    standing = _open.get()
    if standing is not None:
        with transaction.atomic(savepoint=False):
            yield standing
        return
    turn = Turn()
    token = _open.set(turn)
    try:
        with taking_turns(), transaction.atomic():
            yield turn
    finally:
        _open.reset(token)
