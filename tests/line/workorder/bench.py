"""Verbs that later stations will have: enough to walk an order through its table without them.

`step(order, "workshop.finish", State.QC_PENDING)` is the one arrow that the verb stands for, taken inside a deed of that name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Held, Outcome, State
from tests.line.cast_line import fresh

HOUSE = Actor.system("test")


def what_goes_with(to: State, at: datetime) -> dict[str, Any]:
    """The columns that a station writes together with the state."""
    match to:
        case State.READY:
            return {"ready_at": at}
        case State.DELIVERED:
            return {"delivered_at": at, "outcome": Outcome.REPAIRED}
        case State.CANCELLED:
            return {"outcome": Outcome.CANCELLED}
        case State.DISPOSED:
            return {"outcome": Outcome.DISPOSED}
    return {}


def step(order: WorkOrder, verb: str, to: State, at: datetime) -> WorkOrder:
    """Take the arrow as the house itself, for which every verb is a consequence."""
    by = HOUSE.consequence_of(order_key(order))
    with doing(verb, on=order, by=by, at=at) as deed:
        order = workorder.lock(order)
        if to in {State.DELIVERED, State.DISPOSED} and order.held == Held.IN_SHOP:
            gone = Held.RETURNED if to is State.DELIVERED else Held.GIVEN_UP
            workorder.move_custody(order, to=gone, holder=order.customer.name, by=deed.consequence(), at=at)
            order = workorder.lock(order)
        workorder.advance(order, to=to, by=by, at=at, deed=deed, **what_goes_with(to, at))
    return fresh(order)


def order_key(order: WorkOrder) -> Any:
    from uuid import UUID

    return UUID(int=order.pk)


def to_ready(order: WorkOrder, shop: Any) -> WorkOrder:
    """From accepted to ready for collection, by the shortest way."""
    for verb, state in (
        ("workshop.start_diagnosis", State.DIAGNOSING), ("workshop.approve_free", State.APPROVED),
        ("workshop.start_repair", State.REPAIRING), ("workshop.finish", State.QC_PENDING), ("quality.pass_order", State.READY),
    ):  # fmt: skip
        order = step(order, verb, state, shop.later())
    return order


def to_closed(order: WorkOrder, shop: Any) -> WorkOrder:
    """And on to the end."""
    order = step(to_ready(order, shop), "cashier.hand_over", State.DELIVERED, shop.later())
    return step(order, "followup.close", State.CLOSED, shop.later())
