"""How a row of the table of verbs reads: who says it, at which address, with what, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guiju.line.workorder.rules import State

Known = Mapping[str, Any]


def silently(_known: Known) -> dict[str, Any]:
    return {}


def plainly(**said: Any) -> Callable[[Known], dict[str, Any]]:
    return lambda _known: said


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb, as somebody says it over the API or at a page.

    name     as the house calls it; `verb/how` where it is said in several ways
    path     its blanks are filled with what is known
    says     the body, of what is known
    leaves   the state of the order afterwards; None where there is no order yet, or it does not matter
    moves    how many moves it books, by book
    gives    what its answer lets later verbs know
    after    for a row of ASIDE: said when this one has been
    rivals   whether it touches stock, money or the order's state, so that two of them may cross
    is_at_a_page  the form of a page is sent, and the path is the whole address
    is_signed     with a password, which no key of a form keeps the digest of: sent again it is refused, once it is done
    """

    name: str
    by: str
    path: str
    says: Callable[[Known], dict[str, Any]] = silently
    leaves: State | None = None
    moves: Mapping[str, int] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    rivals: bool = True
    is_at_a_page: bool = False
    is_signed: bool = False
