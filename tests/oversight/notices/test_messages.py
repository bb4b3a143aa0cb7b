"""The customer is told: after the deed, in the customer's language, once, with the link and never with what is secret."""

from __future__ import annotations

import pytest

from guiju.kernel import news
from guiju.line.workorder import queries as orders
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.oversight.notices.models import Message
from guiju.oversight.notices.queries import messages_of
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def delivered(shop: Shop) -> None:
    """The worker has been round."""
    while news.deliver_due(shop.later()):
        pass


@pytest.mark.shows("A12")
def test_the_customer_hears_of_each_step_once(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    assert messages_of(order) == []
    delivered(shop)
    delivered(shop)
    assert [each.template for each in reversed(messages_of(order))] == ["REGISTERED", "RECEIVED", "QUOTE", "READY"]
    assert orders.track_token(order) in messages_of(order)[0].text


def test_a_code_is_sent_and_kept_nowhere(shop: Shop) -> None:
    order, quote = stages.a_quoted_order(shop)
    workshop.ask_code(quote, by=shop.reception, at=shop.later())
    delivered(shop)
    sent = Message.objects.get(template="CODE")
    assert queries.approval_code(quote) not in sent.text
    assert order.customer.phones.get().e164 not in sent.to_masked


def test_messages_are_the_outlets_own(shop: Shop) -> None:
    stages.a_ready_order(shop)
    delivered(shop)
    assert Message.objects.visible_to(shop.actor("lin")).count() == 4
    assert Message.objects.visible_to(shop.actor("zhou")).count() == 0
