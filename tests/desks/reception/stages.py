"""Orders at the stages that wait for the customer, made by verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.rules import DelayCause, Remedy
from tests.line.cast_line import fresh
from tests.line.stages import a_diagnosed_order, a_quoted_order, an_approved_order, offers


def a_drafted_quote(shop: Any) -> WorkOrder:
    """Diagnosed, and priced: ready to be sent."""
    _ = shop.price_list
    order = a_diagnosed_order(shop)
    workshop.draft_quote(order, offers=offers(shop), service_hours=24, by=shop.actor("chen"), at=shop.later())
    return fresh(order)


def an_issued_quote(shop: Any) -> WorkOrder:
    """The customer has the quote."""
    return a_quoted_order(shop)[0]


def an_order_waiting_for_a_signature(shop: Any) -> WorkOrder:
    """A part is missing, and its date lies before the customer."""
    order = an_approved_order(shop)
    ready = shop.now + timedelta(days=20)
    workshop.propose_commitment(
        order, cause=DelayCause.NO_STOCK, basis="The supplier's word", promised_part_on=ready.date(),
        promised_ready_at=ready + timedelta(days=1), remedy=Remedy.LOANER, by=shop.reception, at=shop.later(),
    )  # fmt: skip
    return fresh(order)
