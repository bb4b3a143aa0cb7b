"""Where a job is opened: whoever scans its tag lands on its page at their own desk, and not on a page that shows everything."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from guiju.kernel.actor import Actor
from guiju.line.workorder.models import WorkOrder

# The address of the job at that desk; empty where this person has nothing to do with it there.
Opener = Callable[[Actor, WorkOrder], str]
_openers: dict[str, tuple[int, Opener]] = {}


def register(desk: str, opener: Opener, *, order: int) -> None:
    """Let a desk open jobs; who sits at several desks lands at the one of the lowest order."""
    _openers[desk] = (order, opener)


def address(actor: Actor, order: WorkOrder) -> str:
    """Where this person opens this job; its dossier where no desk of theirs has to do with it."""
    for _, opener in sorted(_openers.values(), key=lambda each: each[0]):
        if url := opener(actor, order):
            return url
    return reverse("order", args=[order.number])
