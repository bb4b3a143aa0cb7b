"""One transaction as its deeds see it: what one of them has locked stays locked, and is the same object, until all is done.

`once` opens a turn around the request, else the outermost deed does; whoever comes inside joins it without a savepoint, because
what is refused inside is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from .refusing import taking_turns


@dataclass(eq=False, slots=True)
class Turn:
    """The transaction that is open; `held` are the rows that it has locked, by table and key."""

    held: dict[tuple[type, Any], Any] = field(default_factory=dict)


_open: ContextVar[Turn | None] = ContextVar("open_turn", default=None)


def current() -> Turn | None:
    """The turn that is open here, if any."""
    return _open.get()


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
