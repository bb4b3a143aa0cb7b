"""The way out that costs nothing: a signed date was missed, or the customer did not wait for a part (3.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel import news
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, WrongState, broken_constraints
from guiju.line.cashier import actions as cashier
from guiju.line.storeroom import queries as storeroom
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import diagnosis
from guiju.line.workshop.models import FreeCancellation, PartsCommitment
from guiju.line.workshop.rules import CommitmentState
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told
from tests.line.workshop.test_commitments import a_short_order, a_signed, proposing

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WHY = "I have waited long enough"


def a_broken_order(shop: Shop) -> WorkOrder:
    """Its signed date has passed without the part."""
    order = a_short_order(shop)
    signed = a_signed(shop, order)
    workshop.wait_for_parts(order, by=shop.actor("chen"), at=shop.later())
    workshop.breach_commitment(signed, by=Actor.system("clock"), at=shop.later(days=8))
    return fresh(order)


def freely(shop: Shop, order: WorkOrder, by: Actor | None = None, reason: str = WHY) -> FreeCancellation:
    customer = Actor.customer(order.pk, order.unit_id, order.customer.name)
    return workshop.cancel_free(order, reason=reason, by=by or customer, at=shop.later())


def to_the_bill(shop: Shop, order: WorkOrder) -> Any:
    while news.deliver_due(shop.later()):
        pass
    workshop.prepare_return(
        fresh(order),
        reassembled=True,
        accessories_complete=True,
        safety_checked=True,
        by=shop.actor("chen"),
        at=shop.later(),
    )
    return cashier.draw_bill(fresh(order), by=shop.actor("cai"), at=shop.later())


@pytest.mark.shows("S6-44", "D04")
def test_a_broken_date_lets_the_customer_go_free_and_the_parts_are_free_too(shop: Shop) -> None:
    order = a_broken_order(shop)
    assert order.test_fee_minor > 0
    free = freely(shop, order)
    assert fresh(order).state == State.DECLINED
    assert PartsCommitment.objects.get(pk=free.commitment_id).state == CommitmentState.RESOLVED
    assert storeroom.missing_parts(order) == []
    assert [each["commitment_id"] for each in told("workshop.CancelledFree")] == [free.commitment_id]
    assert to_the_bill(shop, order).total_minor == 0


@pytest.mark.shows("S6-44")
def test_who_refuses_to_wait_goes_free(shop: Shop) -> None:
    order = a_short_order(shop)
    proposed = workshop.propose_commitment(order, **proposing(shop), by=shop.actor("chen"), at=shop.later())
    workshop.refuse_commitment(proposed, note="Too long", by=shop.reception, at=shop.later())
    freely(shop, fresh(order), shop.reception)
    assert (fresh(order).state, fresh(order).hold) == (State.DECLINED, "")
    assert to_the_bill(shop, order).total_minor == 0


def test_it_is_not_free_while_the_date_stands_or_where_none_was_signed(shop: Shop) -> None:
    order = a_short_order(shop)
    with pytest.raises(workshop.NothingBroken):
        freely(shop, order)
    a_signed(shop, order)
    with pytest.raises(workshop.NothingBroken):
        freely(shop, order)
    assert fresh(order).state == State.APPROVED


def test_a_plain_cancellation_costs_the_test(shop: Shop) -> None:
    from guiju.line.intake import actions as intake

    order = a_short_order(shop)
    intake.cancel(order, reason=WHY, by=shop.reception, at=shop.later())
    assert to_the_bill(shop, order).total_minor > 0


@pytest.mark.shows("I09")
def test_a_part_that_was_issued_must_be_back_before_the_appliance_goes(shop: Shop) -> None:
    order, _request = stages.a_repairing_order(shop, parts=1)
    proposed = workshop.propose_commitment(fresh(order), **proposing(shop), by=shop.actor("chen"), at=shop.later())
    workshop.refuse_commitment(proposed, by=shop.reception, at=shop.later())
    freely(shop, fresh(order))
    with pytest.raises(diagnosis.PartsUnaccounted):
        to_the_bill(shop, order)


def test_twice_is_once_and_a_reason_is_given(shop: Shop) -> None:
    order = a_broken_order(shop)
    with pytest.raises(Exception, match="reason"):
        freely(shop, order, reason="no")
    freely(shop, order)
    with pytest.raises((workshop.NothingBroken, WrongState)):
        freely(shop, fresh(order))
    assert FreeCancellation.objects.filter(order=order).count() == 1
    assert queries.free_cancellation(order) is not None


@pytest.mark.parametrize("name", ["chen", "bo", "cai", "an", "zhou"])
def test_nobody_else_lets_the_customer_go(shop: Shop, name: str) -> None:
    order = a_broken_order(shop)
    with pytest.raises(NotAllowed):
        freely(shop, order, shop.actor(name))
    freely(shop, order, shop.actor("ma"))


def test_the_database_lets_nobody_go_free_without_a_broken_date(shop: Shop) -> None:
    order = a_short_order(shop)
    signed = a_signed(shop, order)
    plain: dict[str, Any] = {"order": order, "commitment": signed, "reason": WHY, "at": shop.now, "actor_name": "lin"}
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        FreeCancellation.objects.create(**plain)
    assert "a_free_cancellation_follows_a_broken_or_refused_date" in broken_constraints(error.value)
    workshop.breach_commitment(signed, by=Actor.system("clock"), at=shop.later(days=8))
    other = a_short_order(shop)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        FreeCancellation.objects.create(**plain | {"order": other})
    assert "a_free_cancellation_follows_a_broken_or_refused_date" in broken_constraints(error.value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        FreeCancellation.objects.create(**plain | {"reason": ""})
    assert "a_free_cancellation_has_its_reason" in broken_constraints(error.value)
    free = FreeCancellation.objects.create(**plain)
    for columns in ({"reason": "Another"}, {"at": shop.now + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FreeCancellation.objects.filter(pk=free.pk).update(**columns)
