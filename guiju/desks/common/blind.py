"""Whoever counts a bin reads nowhere what should lie there (F10): what lies and what moved, without the bins that they count."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from guiju.books.stock.queries import Lying
from guiju.kernel import paging
from guiju.kernel.actor import Actor
from guiju.readiness.counting import queries as counting


@paging.once_in_a_search
def _counted(_text: str, *, by: Actor) -> list[int]:
    return counting.hidden_from(by)


def bins_counted(by: Actor) -> list[int]:
    """The bins that this person counts, by their keys; a list that asks row by row and page by page has asked the database once."""
    return _counted("", by=by)


def shown(lying: Iterable[Lying], *, by: Actor) -> list[Lying]:
    """What lies where, without the bins that this person counts."""
    hidden = set(bins_counted(by))
    return [each for each in lying if each.bin.pk not in hidden]


def moves_shown(by: Actor) -> Q:
    """The moves of which this person may be told: none into or out of a bin that they count, from which they could reckon."""
    hidden = bins_counted(by)
    return ~Q(source__bin__in=hidden) & ~Q(target__bin__in=hidden) if hidden else Q()
