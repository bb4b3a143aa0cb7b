"""Which news a customer hears of."""

from __future__ import annotations

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.line.quality.events import Passed
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.events import CodeAsked, CommitmentProposed, QuoteIssued, ReturnPrepared
from guiju.line.workshop.models import Quote
from guiju.oversight.notices import actions
from guiju.oversight.notices.rules import Template


def on_quote_issued(news: QuoteIssued, *, by: Actor, at: datetime) -> None:
    """The customer is asked to answer the quote."""
    order = _order(news.order_id)
    actions.send(order, Template.QUOTE, about={"amount": orders.money(order, news.total_minor)}, by=by, at=at)


def on_code_asked(news: CodeAsked, *, by: Actor, at: datetime) -> None:
    """The customer gets the code with which to approve; it is made here and kept nowhere."""
    code = workshop.approval_code(Quote.objects.get(pk=news.quote_id))
    actions.send(_order(news.order_id), Template.CODE, about={"code": code}, by=by, at=at)


def on_commitment_proposed(news: CommitmentProposed, *, by: Actor, at: datetime) -> None:
    """The customer is asked to sign the new date."""
    actions.send(_order(news.order_id), Template.NEW_DATE, by=by, at=at)


def on_ready(news: Passed | ReturnPrepared, *, by: Actor, at: datetime) -> None:
    """The customer may come."""
    actions.send(_order(news.order_id), Template.READY, by=by, at=at)


def _order(pk: int) -> WorkOrder:
    return WorkOrder.objects.with_names().get(pk=pk)
