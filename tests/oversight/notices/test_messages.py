"""The customer is told: after the deed, in the customer's language, once, with the link and never with what is secret."""

from __future__ import annotations

import pytest
from django.test import Client

from guiju.kernel import news
from guiju.kernel.actor import Actor
from guiju.line.intake import actions as intake
from guiju.line.intake import queries as asked
from guiju.line.intake.models import ServiceRequest
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


def a_request(shop: Shop, phone: str = "13800007788") -> ServiceRequest:
    """A stranger has asked at the open door."""
    return intake.submit(
        unit=shop.unit, channel="WEB", contact_name="Ou Yang", phone=phone, product_line=shop.line,
        symptoms=[shop.symptom], description="It leaks.", proof="PUZZLE",
        by=Actor.stranger(shop.unit.pk), at=shop.later(),
    )  # fmt: skip


def answers(request: ServiceRequest) -> dict[str, str]:
    """What whoever asked was told, by its kind."""
    return {each.template: each.text for each in Message.objects.filter(request=request)}


@pytest.mark.shows("A12", "S6-01")
def test_whoever_asked_gets_the_link_to_their_own_page_with_every_answer(shop: Shop, client: Client) -> None:
    request, by = a_request(shop), shop.reception
    intake.triage(request, product_line=shop.line, by=by, at=shop.later())
    intake.solve_by_advice(request, advice="Clean the filter.", confirmed=True, by=by, at=shop.later())
    delivered(shop)
    told, way = answers(request), f"/request/mine/{asked.follow_token(request)}"
    assert set(told) == {"REQUEST", "ADVICE"}
    assert all(way in text for text in told.values())
    assert "Clean the filter." in told["ADVICE"]
    # The link opens that page, and one that somebody made up opens none.
    assert client.get(way).status_code == 200
    assert client.get(way + "x").status_code == 404


@pytest.mark.shows("A12", "S6-01")
def test_who_is_sent_elsewhere_or_asked_twice_is_told_so_and_a_prank_is_not(shop: Shop) -> None:
    elsewhere, prank = a_request(shop), a_request(shop, "13800007789")
    first, again = a_request(shop, "13800007790"), a_request(shop, "13800007790")
    by, ask = shop.reception, "Ask the maker at 400 123 4567."
    intake.reject(elsewhere, reason="OTHER_BRAND", referral=ask, by=by, at=shop.later())
    intake.reject(prank, reason="NOT_GENUINE", by=by, at=shop.later())
    intake.link_duplicate(again, original=first, by=by, at=shop.later())
    delivered(shop)
    assert ask in answers(elsewhere)["ADVICE"]
    assert asked.follow_token(elsewhere) in answers(elsewhere)["ADVICE"]
    assert first.number in answers(again)["ADVICE"]
    assert "ADVICE" not in answers(prank)
