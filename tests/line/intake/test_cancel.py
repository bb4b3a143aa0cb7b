"""intake.cancel: the customer may stop at any time before the repair is done."""

from __future__ import annotations

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed, NotOffered, WrongState
from guiju.line.intake import actions as intake
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder import actions as workorder
from tests.line.cast_line import fresh, told

WHY = "Bought a new one"


@pytest.mark.shows("D01")
def test_before_we_hold_the_appliance_the_order_is_over(shop):
    order = shop.a_registered_order()
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    order = fresh(order)
    assert (order.state, order.outcome, order.held) == ("CANCELLED", "CANCELLED", "NONE")
    assert ServiceRequest.objects.get(order=order).state == "CANCELLED"


@pytest.mark.shows("D01", "WO-1")
@pytest.mark.parametrize("stage", ["a_received_order", "a_dispatched_order", "an_accepted_order"])
def test_an_appliance_that_we_hold_goes_home_through_declined(shop, stage):
    order = getattr(shop, stage)()
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    order = fresh(order)
    assert (order.state, order.outcome, order.held) == ("DECLINED", "", "IN_SHOP")


def test_it_tells_it(shop):
    order = shop.a_received_order()
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    assert told("intake.Cancelled") == [
        {"order_id": order.pk, "number": order.number, "was": "RECEIVED", "is_held": True, "reason": WHY}
    ]


def test_a_hold_ends_with_it(shop):
    order = shop.a_received_order()
    workorder.hold(order, hold="CUSTOMER_REQUEST", reason="Thinking it over", by=shop.reception, at=shop.later())
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    assert (fresh(order).hold, order.hold_spans.get().ends_at) == ("", shop.now)


@pytest.mark.shows("D01")
def test_what_is_over_is_not_cancelled_again(shop):
    order = shop.a_registered_order()
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    with pytest.raises(WrongState) as refused:
        intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    assert not isinstance(refused.value, NotOffered)
    assert refused.value.allowed == []
    assert len(told("intake.Cancelled")) == 1


@pytest.mark.shows("D01")
def test_a_declined_appliance_is_on_its_way_home_already(shop):
    order = shop.a_received_order()
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    with pytest.raises(WrongState) as refused:
        intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    assert refused.value.allowed == ["READY"]


def test_it_wants_a_reason(shop):
    order = shop.a_registered_order()
    with pytest.raises(Invalid) as refused:
        intake.cancel(order, reason=" no ", by=shop.reception, at=shop.later())
    assert refused.value.field == "reason"


def test_a_customer_cancels_her_own_order_and_nobody_elses(shop):
    mine, other = shop.a_registered_order(), shop.a_registered_order()
    me = Actor.customer(mine.pk, shop.unit.pk, mine.customer.name)
    with pytest.raises(NotAllowed):
        intake.cancel(other, reason=WHY, by=me, at=shop.later())
    intake.cancel(mine, reason=WHY, by=me, at=shop.later())
    assert (fresh(mine).state, fresh(other).state) == ("CANCELLED", "REGISTERED")


@pytest.mark.parametrize("name", ["chen", "bo", "qin", "cai", "an", "zhou", "he"])
def test_it_refuses_the_wrong_person(shop, name):
    order = shop.a_registered_order()
    with pytest.raises(NotAllowed):
        intake.cancel(order, reason=WHY, by=shop.actor(name), at=shop.now)
    assert intake.cancel(order, reason=WHY, by=shop.actor("ma"), at=shop.later()).state == "CANCELLED"
