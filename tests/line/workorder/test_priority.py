"""workorder.prioritise and intake.prioritise_request: how pressing a job or a request is."""

from __future__ import annotations

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.intake.models import ServiceRequest
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from tests.line.cast_line import fresh, told

WHY = {"reason": "A baby is in the house"}


@pytest.mark.shows("S6-14")
def test_it_sets_the_place_of_the_job_tells_it_and_twice_is_once(shop, lin):
    calm, pressing = shop.a_received_order(), shop.a_received_order()
    for _ in range(2):
        workorder.prioritise(pressing, priority="URGENT", **WHY, by=lin, at=shop.later())
    assert fresh(pressing).priority == "URGENT"
    assert [(each["was"], each["priority"]) for each in told("workorder.Prioritised")] == [("NORMAL", "URGENT")]
    assert list(WorkOrder.objects.order_by("priority_rank", "pk")) == [pressing, calm]


def test_it_refuses_without_a_reason_and_when_the_job_is_over(shop, lin):
    order = shop.a_registered_order()
    with pytest.raises(workorder.ReasonMissing):
        workorder.prioritise(order, priority="HIGH", reason="", by=lin, at=shop.later())
    intake.cancel(order, reason="Bought a new one", by=lin, at=shop.later())
    with pytest.raises(WrongState):
        workorder.prioritise(fresh(order), priority="HIGH", **WHY, by=lin, at=shop.later())


@pytest.mark.parametrize("name", ["chen", "qin", "an", "zhou"])
def test_it_refuses_the_wrong_person(shop, lin, name):
    order = shop.a_received_order()
    workorder.prioritise(order, priority="HIGH", **WHY, by=lin, at=shop.later())
    with pytest.raises(NotAllowed):
        workorder.prioritise(order, priority="NORMAL", **WHY, by=shop.actor(name), at=shop.later())


def test_the_order_is_as_pressing_as_its_request(shop, lin):
    machine = shop.an_appliance()
    asked = intake.submit(
        unit=machine.unit, channel="PHONE", contact_name="Liang", phone="138 0000 7799", description="It does not spin.",
        language="en", proof="HOUSE", consent=True, appliance=machine, product_line=shop.line, by=lin, at=shop.later(),
    )  # fmt: skip
    for _ in range(2):
        intake.prioritise_request(asked, priority="HIGH", **WHY, by=lin, at=shop.later())
    with pytest.raises(NotAllowed):
        intake.prioritise_request(asked, priority="NORMAL", **WHY, by=shop.actor("chen"), at=shop.later())
    assert len(told("intake.RequestPrioritised")) == 1
    assert ServiceRequest.objects.waiting().first() == asked
    asked = intake.triage(asked, product_line=shop.line, by=lin, at=shop.later())
    order = intake.convert(
        asked, customer=machine.customer, appliance=machine, terms_accepted=True, by=lin, at=shop.later()
    )
    assert order.priority == "HIGH"
    with pytest.raises(WrongState):
        intake.prioritise_request(asked, priority="URGENT", **WHY, by=lin, at=shop.later())
