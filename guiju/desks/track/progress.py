"""Where a repair stands, in the customer's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.desks.common import words
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import CUSTOMER_SEES, State
from guiju.line.workshop.models import PartsCommitment
from guiju.line.workshop.rules import CommitmentState

S = State
# From here the appliance goes home as it is.
UNREPAIRED = frozenset({S.DECLINED, S.NO_FAULT, S.UNREPAIRABLE})
OVER_EARLY = frozenset({S.CANCELLED, S.DISPOSED})
_HOME = (
    (gettext_lazy("Ready for collection"), {S.READY, S.RETURNING, S.UNCOLLECTED}),
    (gettext_lazy("Handed over"), {S.DELIVERED, S.CLOSED}),
)
_BEGINNING = (
    (gettext_lazy("Order registered"), {S.REGISTERED}),
    (gettext_lazy("Device received"), {S.RECEIVED, S.DISPATCHED, S.ACCEPTED}),
    (gettext_lazy("Being tested"), {S.DIAGNOSING, S.QUOTED}),
)
REPAIR = (
    *_BEGINNING,
    (gettext_lazy("Being repaired"), {S.APPROVED, S.WAITING_PARTS, S.REPAIRING}),
    (gettext_lazy("Final test"), {S.QC_PENDING}),
    *_HOME,
)
EXCHANGE = (*_BEGINNING, (gettext_lazy("Exchange or refund"), {S.EXCHANGE_PENDING}), *_HOME)
RETURN = (*_BEGINNING, (gettext_lazy("Made ready to go home"), set(UNREPAIRED)), *_HOME)


@dataclass(frozen=True)
class Stage:
    """One stage of the way; `is_here` is where the appliance is now."""

    name: str
    is_done: bool
    is_here: bool


def stages(order: WorkOrder, visited: Sequence[str]) -> list[Stage]:
    """The way of this repair, what is behind it and what is ahead; empty when it ended before its end.

    visited   every state that the order has been in, the first one first
    """
    state = State(order.state)
    if state in OVER_EARLY:
        return []
    way = _way([State(each) for each in visited])
    here = next((place for place, (_name, states) in enumerate(way) if state in states), 0)
    is_over = state in {S.DELIVERED, S.CLOSED}
    return list(_marked([str(name) for name, _states in way], here, is_over=is_over))


def _way(visited: list[State]) -> tuple[tuple[Any, set[State]], ...]:
    """An exchange may be withdrawn, and the repair goes on: what came last before the way home counts."""
    home = {state for _name, states in _HOME for state in states}
    if next((state for state in reversed(visited) if state not in home), None) == S.EXCHANGE_PENDING:
        return EXCHANGE
    return RETURN if UNREPAIRED & set(visited) else REPAIR


def _marked(names: list[str], here: int, *, is_over: bool) -> Iterator[Stage]:
    for place, name in enumerate(names):
        yield Stage(name, is_done=place < here or (is_over and place == here), is_here=place == here and not is_over)


def status(order: WorkOrder, commitment: PartsCommitment | None) -> str:
    """The state in plain words (3.2); a wait says until when, where a date was given."""
    if order.state == State.WAITING_PARTS:
        # A date that was broken is no date to wait for.
        if commitment is None or commitment.state == CommitmentState.BREACHED:
            return _("Waiting for a part")
        return _("Waiting for a part until %(date)s") % {"date": words.when(commitment.promised_part_on)}
    return _(CUSTOMER_SEES[State(order.state)])
