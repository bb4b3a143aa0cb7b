"""After the hand-over: closing, rework, and the long way of an appliance that nobody collects."""

from __future__ import annotations

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, NotApproved, WrongState
from guiju.line.followup import actions as followup
from guiju.line.followup.models import UnclaimedCase
from guiju.line.followup.rules import CaseState, Disposal, split
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def tried(shop: Shop, order: WorkOrder) -> None:
    """Somebody tried to reach the customer."""
    workorder.log_contact(order, channel="PHONE", outcome="NO_ANSWER", by=shop.reception, at=shop.later())


def an_uncollected_order(shop: Shop) -> tuple[WorkOrder, UnclaimedCase]:
    """Reminded twice, and still on its shelf."""
    order = stages.a_ready_order(shop)
    for days in (8, 23):
        shop.later(days=days)
        tried(shop, order)
        followup.remind(fresh(order), by=shop.reception, at=shop.later())
    return fresh(order), UnclaimedCase.objects.get(order=order)


def test_a_job_closes_after_a_call_or_after_a_week(shop: Shop) -> None:
    called, waited = stages.a_delivered_order(shop), stages.a_delivered_order(shop)
    clock = Actor.system("clock")
    with pytest.raises(followup.TooEarly):
        followup.close(called, by=clock, at=shop.later())
    followup.record_call(called, satisfaction=4, works=True, by=shop.reception, at=shop.later())
    followup.close(called, by=clock, at=shop.later())
    followup.close(waited, by=clock, at=shop.later(days=8))
    assert {fresh(called).state, fresh(waited).state} == {State.CLOSED}
    with pytest.raises(WrongState):
        followup.close(called, by=clock, at=shop.later())


@pytest.mark.shows("WO-11", "A16", "D15")
def test_a_failed_repair_comes_back_free_urgent_and_linked(shop: Shop) -> None:
    order = stages.a_delivered_order(shop)
    child = followup.claim_rework(order, problem="It failed again.", by=shop.reception, at=shop.later(days=10))
    child = fresh(child)
    assert (child.parent_id, child.coverage, child.priority) == (order.pk, "REPAIR_WARRANTY", "HIGH")
    shown = orders.coverage_of(child)
    assert shown is not None
    assert shown.coverage == "REPAIR_WARRANTY"
    assert [each["parent_number"] for each in told("followup.ReworkOpened")] == [order.number]


def test_after_the_repair_warranty_a_failure_is_a_new_repair(shop: Shop) -> None:
    order = stages.a_delivered_order(shop)
    with pytest.raises(followup.NotCovered):
        followup.claim_rework(order, problem="It failed again.", by=shop.reception, at=shop.later(days=91))


def test_an_appliance_that_nobody_collects_is_reminded_twice(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    with pytest.raises(followup.TooEarly):
        followup.remind(order, by=shop.reception, at=shop.later())
    shop.later(days=8)
    with pytest.raises(followup.NoContact):
        followup.remind(order, by=shop.reception, at=shop.now)
    tried(shop, order)
    followup.remind(order, by=shop.reception, at=shop.later())
    assert fresh(order).state == State.READY
    shop.later(days=23)
    tried(shop, order)
    followup.remind(fresh(order), by=shop.reception, at=shop.later())
    assert fresh(order).state == State.UNCOLLECTED
    assert [each["times"] for each in told("followup.Reminded")] == [1, 2]


def test_the_customer_comes_after_all(shop: Shop) -> None:
    order, case = an_uncollected_order(shop)
    followup.welcome_back(case, by=shop.reception, at=shop.later())
    assert fresh(order).state == State.READY
    assert UnclaimedCase.objects.get(pk=case.pk).state == CaseState.COLLECTED


@pytest.mark.shows("G-2")
def test_disposal_needs_a_demand_sixty_days_two_valuers_and_two_managers(shop: Shop) -> None:
    order, case = an_uncollected_order(shop)
    ma, fang = shop.actor("ma"), shop.actor("fang")
    with pytest.raises(followup.TooEarly):
        followup.send_demand(case, legal_basis="Civil Code 453", by=ma, at=shop.later())
    followup.send_demand(case, legal_basis="Civil Code 453", by=ma, at=shop.later(days=31))
    chen, wu = shop.cast.people["chen"], shop.cast.people["wu"]
    valuing = {"valuation_minor": 30000, "valued_by": chen, "valued_also_by": wu, "photo": shop.a_photo(), "by": ma}
    with pytest.raises(followup.TooEarly):
        followup.review_disposal(case, **valuing, at=shop.later(days=59))
    shop.later(days=2)
    with pytest.raises(followup.OneValuer):
        followup.review_disposal(case, **valuing | {"valued_also_by": chen}, at=shop.later())
    followup.review_disposal(case, **valuing, at=shop.later())
    case = UnclaimedCase.objects.select_related("order").get(pk=case.pk)
    with pytest.raises(NotApproved):
        followup.dispose(case, disposal=Disposal.SALE, proceeds_minor=60000, by=ma, at=shop.later())
    with pytest.raises((NotAllowed, followup.Refusal)):
        followup.approve_disposal(case, by=ma, at=shop.later())
    followup.approve_disposal(case, by=fang, at=shop.later())
    followup.dispose(case, disposal=Disposal.SALE, proceeds_minor=60000, by=ma, at=shop.later())
    case.refresh_from_db()
    assert case.surplus_minor == 60000 - stages.MIN_LABOUR - stages.MIN_COMPRESSOR
    assert fresh(order).state == State.DISPOSED


def test_proceeds_pay_the_debt_and_the_rest_is_the_customers() -> None:
    assert split(proceeds_minor=100, owed_minor=70).surplus_minor == 30
    assert split(proceeds_minor=50, owed_minor=70).shortfall_minor == 20
