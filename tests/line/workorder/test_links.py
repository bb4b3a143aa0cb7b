"""The customer's link: it opens one order, ends some weeks after it, and is given anew at the counter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guiju.kernel.refusing import NotAllowed
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries
from guiju.line.workorder.rules import State
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.shows("T31")
def test_a_new_link_opens_and_the_old_one_is_dead(shop: Shop) -> None:
    order = shop.a_received_order()
    old = queries.track_token(order)
    workorder.renew_link(order, by=shop.reception, at=shop.later())
    new = queries.track_token(order)
    assert new != old
    assert [queries.link_is_over(order, token, at=shop.now) for token in (old, new)] == [True, False]
    workorder.renew_link(order, by=shop.actor("ma"), at=shop.later())
    assert [queries.link_is_over(order, token, at=shop.now) for token in (old, new)] == [True, True]
    assert queries.by_track_token(new) == queries.by_track_token(old) == order
    assert queries.by_track_token("nobody") is None
    assert len(told("workorder.LinkRenewed")) == 2


def test_a_link_ends_some_weeks_after_the_hand_over_and_may_be_given_anew(shop: Shop) -> None:
    order = stages.a_delivered_order(shop, parts=0)
    token, gone = queries.track_token(order), order.delivered_at
    assert not queries.link_is_over(order, token, at=gone + timedelta(days=90))
    late = gone + timedelta(days=90, minutes=1)
    assert queries.link_is_over(order, token, at=late)
    shop.now = late
    workorder.renew_link(order, by=shop.reception, at=shop.later())
    assert not queries.link_is_over(order, queries.track_token(order), at=shop.now + timedelta(days=90))
    assert queries.link_is_over(order, token, at=shop.now)


def test_the_link_of_a_cancelled_order_ends_too(shop: Shop) -> None:
    from guiju.line.intake import actions as intake

    order = shop.a_registered_order()
    intake.cancel(order, reason="Bought a new one", by=shop.reception, at=shop.later())
    order = fresh(order)
    assert order.state == State.CANCELLED
    token = queries.track_token(order)
    assert not queries.link_is_over(order, token, at=shop.now + timedelta(days=90))
    assert queries.link_is_over(order, token, at=shop.now + timedelta(days=91))


def test_an_open_job_keeps_its_link_however_long_it_takes(shop: Shop) -> None:
    order = shop.a_received_order()
    assert not queries.link_is_over(order, queries.track_token(order), at=shop.now + timedelta(days=900))


@pytest.mark.parametrize("name", ["chen", "bo", "zhou", "an"])
def test_only_the_counter_gives_a_new_link(shop: Shop, name: str) -> None:
    order = shop.a_received_order()
    with pytest.raises(NotAllowed):
        workorder.renew_link(order, by=shop.actor(name), at=shop.later())
    workorder.renew_link(order, by=shop.reception, at=shop.later())


def test_behind_an_ended_link_stands_where_to_ask_and_nothing_of_the_order(shop: Shop) -> None:
    shop.now = timezone.now() - timedelta(days=2)
    order = shop.a_received_order()
    old = f"/t/{queries.track_token(order)}"
    assert Client().get(old).status_code == 200
    workorder.renew_link(order, by=shop.reception, at=shop.later())
    page = Client().get(old)
    html = page.content.decode()
    assert page.status_code == 410
    assert_strict(html)
    assert shop.unit.address in html
    assert order.number not in html
    assert order.customer.name not in html
    assert page["Cache-Control"] == "no-store"
    assert Client().post(f"{old}/cancel", {"reason": "Bought a new one"}).status_code == 410
    assert Client().get(f"/t/{queries.track_token(order)}").status_code == 200
    assert fresh(order).state == State.RECEIVED
