"""That it cannot be repaired: the technician says it, the outlet manager confirms it or sends the job back."""

from __future__ import annotations

import pytest

from guiju.kernel import approval
from guiju.kernel.models import Approval, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed, NotApproved
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.rules import UnrepairableReason
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WHY = "Try the drum of the spare machine first."


def a_declared_order(shop: Shop) -> WorkOrder:
    """Chen says that it cannot be repaired."""
    order = stages.a_diagnosed_order(shop)
    declare(shop, order)
    return fresh(order)


def declare(shop: Shop, order: WorkOrder) -> Approval:
    return workshop.declare_unrepairable(
        order, reason=UnrepairableReason.UNECONOMIC, note="The drum is cracked.", by=shop.actor("chen"), at=shop.later()
    )


def test_the_manager_sends_the_job_back_and_says_why(shop: Shop) -> None:
    order = a_declared_order(shop)
    asked = workshop.reject_unrepairable(order, reason=f" {WHY} ", by=shop.actor("ma"), at=shop.later())
    asked.refresh_from_db()
    assert (asked.state, asked.reason, asked.decided_by_name) == ("REJECTED", WHY, "ma")
    assert fresh(order).state == State.DIAGNOSING
    assert [(each["reason"], each["asked_by_id"]) for each in told("workshop.UnrepairableRejected")] == [
        (WHY, shop.cast.people["chen"].pk)
    ]
    assert TrailEntry.objects.get(verb="workshop.reject_unrepairable").facts["reason"] == WHY
    assert not told("workshop.DeclaredUnrepairable")


def test_after_a_refusal_the_technician_may_say_it_again_and_be_believed(shop: Shop) -> None:
    order = a_declared_order(shop)
    workshop.reject_unrepairable(order, reason=WHY, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(NotApproved):
        workshop.confirm_unrepairable(order, by=shop.actor("ma"), at=shop.later())
    declare(shop, fresh(order))
    workshop.confirm_unrepairable(fresh(order), by=shop.actor("ma"), at=shop.later())
    assert fresh(order).state == State.UNREPAIRABLE


def test_what_nobody_declared_or_was_decided_is_not_sent_back(shop: Shop) -> None:
    untouched = stages.a_diagnosed_order(shop)
    with pytest.raises(approval.NothingAsked):
        workshop.reject_unrepairable(untouched, reason=WHY, by=shop.actor("ma"), at=shop.later())
    order = a_declared_order(shop)
    workshop.confirm_unrepairable(order, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(approval.NothingAsked):
        workshop.reject_unrepairable(fresh(order), reason=WHY, by=shop.actor("ma"), at=shop.later())
    assert fresh(order).state == State.UNREPAIRABLE


def test_it_is_sent_back_once(shop: Shop) -> None:
    order = a_declared_order(shop)
    workshop.reject_unrepairable(order, reason=WHY, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(approval.NothingAsked):
        workshop.reject_unrepairable(order, reason=WHY, by=shop.actor("ma"), at=shop.later())
    assert len(told("workshop.UnrepairableRejected")) == 1


def test_a_reason_that_tells_nothing_is_refused(shop: Shop) -> None:
    order = a_declared_order(shop)
    with pytest.raises(Invalid) as refused:
        workshop.reject_unrepairable(order, reason=" no  ", by=shop.actor("ma"), at=shop.later())
    assert refused.value.field == "reason"
    assert Approval.objects.get(subject_id=order.pk).state == Approval.State.ASKED


@pytest.mark.parametrize("name", ["chen", "bo", "he", "an", "nie"])
def test_only_the_manager_of_the_outlet_sends_it_back(shop: Shop, name: str) -> None:
    order = a_declared_order(shop)
    with pytest.raises(NotAllowed):
        workshop.reject_unrepairable(order, reason=WHY, by=shop.actor(name), at=shop.later())
    assert workshop.reject_unrepairable(order, reason=WHY, by=shop.actor("ma"), at=shop.later()).state == "REJECTED"
