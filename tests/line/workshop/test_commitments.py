"""The signed deadline: no job waits for a part without an order and a date that the customer signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guiju.kernel import news
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions as storeroom
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from guiju.line.workshop.actions import commitments, repair
from guiju.line.workshop.models import CommitmentRevision, PartsCommitment
from guiju.line.workshop.rules import CommitmentState, Consent, DelayCause, Remedy
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def proposing(shop: Shop, **changed: Any) -> dict[str, Any]:
    """A date in six days, because the store has none."""
    return {
        "cause": DelayCause.NO_STOCK, "basis": "The supplier ships on Friday.", "remedy": Remedy.LOANER,
        "promised_part_on": shop.now.date() + timedelta(days=6), "promised_ready_at": shop.now + timedelta(days=8),
    } | changed  # fmt: skip


def a_short_order(shop: Shop) -> WorkOrder:
    """Approved, and its part is on order."""
    order = stages.an_approved_order(shop)
    request = stages.a_requested_part(shop, order)
    storeroom.answer_none(request, expected_on=None, by=shop.actor("shen"), at=shop.later())
    return fresh(order)


def a_signed(shop: Shop, order: WorkOrder) -> PartsCommitment:
    """The new date, signed."""
    proposed = workshop.propose_commitment(order, **proposing(shop), by=shop.actor("chen"), at=shop.later())
    return workshop.sign_commitment(proposed, signature=shop.a_signature(), by=shop.reception, at=shop.later())


@pytest.mark.shows("EX-30", "WO-5", "D04")
def test_a_job_waits_only_with_an_order_and_a_signature(shop: Shop) -> None:
    order = stages.an_approved_order(shop)
    chen = shop.actor("chen")
    with pytest.raises(repair.NotReadyToWait) as refused:
        workshop.wait_for_parts(order, by=chen, at=shop.later())
    assert len(refused.value.because) == 2
    request = stages.a_requested_part(shop, order)
    storeroom.answer_none(request, by=shop.actor("shen"), at=shop.later())
    proposed = workshop.propose_commitment(order, **proposing(shop), by=chen, at=shop.later())
    with pytest.raises(repair.NotReadyToWait) as refused:
        workshop.wait_for_parts(order, by=chen, at=shop.later())
    assert len(refused.value.because) == 1
    workshop.sign_commitment(proposed, signature=shop.a_signature(), by=shop.reception, at=shop.later())
    workshop.wait_for_parts(order, by=chen, at=shop.later())
    assert fresh(order).state == State.WAITING_PARTS


@pytest.mark.shows("S6-44", "WO-10")
def test_the_signed_date_becomes_the_promise(shop: Shop) -> None:
    order = a_short_order(shop)
    signed = a_signed(shop, order)
    assert fresh(order).promised_at == signed.promised_ready_at
    assert PromiseRevision.objects.filter(order=order, cause="PART", agreed="SIGNATURE").count() == 1
    assert CommitmentRevision.objects.filter(commitment=signed).count() == 1


def test_the_customer_signs_over_the_link_and_a_technician_may_not(shop: Shop) -> None:
    order = a_short_order(shop)
    proposed = workshop.propose_commitment(order, **proposing(shop), by=shop.actor("chen"), at=shop.later())
    with pytest.raises(NotAllowed):
        workshop.sign_commitment(proposed, signature=shop.a_signature(), by=shop.actor("chen"), at=shop.later())
    customer = Actor.customer(order.pk, order.unit_id, order.customer.name)
    workshop.sign_commitment(proposed, signature=shop.a_signature(), by=customer, at=shop.later())
    assert [each["revision"] for each in told("workshop.CommitmentSigned")] == [1]


@pytest.mark.shows("S6-19")
def test_the_part_arrives_is_issued_and_the_job_goes_on_by_itself(shop: Shop) -> None:
    order = a_short_order(shop)
    signed = a_signed(shop, order)
    workshop.wait_for_parts(order, by=shop.actor("chen"), at=shop.later())
    shen = shop.actor("shen")
    storeroom.reserve_arrived(_request(order), bin=stages.a_bin(shop, holding=1), by=shen, at=shop.later(days=2))
    storeroom.issue(_request(order), by=shen, at=shop.later())
    assert fresh(order).state == State.WAITING_PARTS
    while news.deliver_due(shop.later()):
        pass
    assert fresh(order).state == State.REPAIRING
    assert PartsCommitment.objects.get(pk=signed.pk).state == CommitmentState.MET


def test_a_date_that_passes_is_broken_by_the_clock_and_made_good_by_the_manager(shop: Shop) -> None:
    order = a_short_order(shop)
    signed = a_signed(shop, order)
    clock = Actor.system("clock")
    with pytest.raises(commitments.NotBroken):
        workshop.breach_commitment(signed, by=clock, at=shop.later())
    workshop.breach_commitment(signed, by=clock, at=shop.later(days=8))
    assert [each["remedy"] for each in told("workshop.CommitmentBreached")] == [Remedy.LOANER]
    workshop.resolve_commitment(signed, note="A loaner was lent.", by=shop.actor("ma"), at=shop.later())
    assert PartsCommitment.objects.get(pk=signed.pk).state == CommitmentState.RESOLVED


def test_a_refusal_puts_the_job_on_hold(shop: Shop) -> None:
    order = a_short_order(shop)
    proposed = workshop.propose_commitment(order, **proposing(shop), by=shop.actor("chen"), at=shop.later())
    workshop.refuse_commitment(proposed, note="Too long", by=shop.reception, at=shop.later())
    assert fresh(order).hold == "DISPUTE"


def test_the_third_revision_needs_the_manager(shop: Shop) -> None:
    order = a_short_order(shop)
    signed = a_signed(shop, order)
    moved = {
        "promised_part_on": shop.now.date() + timedelta(days=9), "promised_ready_at": shop.now + timedelta(days=11),
        "basis": "The supplier is late.",
    }  # fmt: skip
    for _time in range(2):
        moved["promised_ready_at"] += timedelta(days=1)
        workshop.renegotiate_commitment(
            signed, **moved, signature=shop.a_signature(), by=shop.reception, at=shop.later()
        )
    moved["promised_ready_at"] += timedelta(days=1)
    with pytest.raises(commitments.TooManyRevisions):
        workshop.renegotiate_commitment(
            signed, **moved, signature=shop.a_signature(), by=shop.reception, at=shop.later()
        )
    workshop.renegotiate_commitment(signed, **moved, signature=shop.a_signature(), by=shop.actor("ma"), at=shop.later())
    assert PartsCommitment.objects.get(pk=signed.pk).revision == 4


def test_under_guarantee_the_law_caps_the_wait(shop: Shop) -> None:
    order = stages.a_diagnosed_order(shop, bought={"purchased_on": shop.now.date()})
    workshop.approve_free(order, by=shop.actor("chen"), at=shop.later())
    far = {"promised_part_on": shop.now.date() + timedelta(days=91), "promised_ready_at": shop.now + timedelta(days=95)}
    with pytest.raises(commitments.OverTheCap):
        workshop.propose_commitment(fresh(order), **proposing(shop, **far), by=shop.actor("chen"), at=shop.later())
    workshop.propose_commitment(fresh(order), **proposing(shop), by=shop.actor("chen"), at=shop.later())


def _request(order: WorkOrder) -> Any:
    from guiju.line.storeroom import queries

    return queries.requests_of(order)[-1]


@pytest.mark.shows("S6-19", "S6-44")
def test_nobody_promises_a_part_before_the_supplier_does_nor_the_job_before_it_can_be_ready(shop: Shop) -> None:
    _ = shop.price_list
    order = stages.a_diagnosed_order(shop)
    chen = shop.actor("chen")
    quote = workshop.draft_quote(order, offers=stages.offers(shop), service_hours=48, by=chen, at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    workshop.approve_quote(
        quote, how=Consent.SIGNATURE, signature=shop.a_signature(), by=shop.reception, at=shop.later()
    )
    request = stages.a_requested_part(shop, order)
    day = shop.unit.day(shop.now)
    storeroom.answer_none(
        request, expected_on=day + timedelta(days=6), basis="Shipped", by=shop.actor("shen"), at=shop.later()
    )
    reckoned = queries.expected(fresh(order), at=shop.now)
    assert reckoned is not None
    assert (reckoned.part_on, reckoned.basis, reckoned.is_whole) == (day + timedelta(days=6), "Shipped", True)
    assert shop.unit.day(reckoned.ready.at) == day + timedelta(days=8)
    with pytest.raises(commitments.SoonerThanExpected):
        workshop.propose_commitment(
            order, **proposing(shop, promised_part_on=day + timedelta(days=5)), by=chen, at=shop.later()
        )
    with pytest.raises(commitments.SoonerThanReckoned):
        workshop.propose_commitment(
            order, **proposing(shop, promised_ready_at=reckoned.ready.at - timedelta(days=1)), by=chen, at=shop.later()
        )
    later = proposing(shop, promised_part_on=day + timedelta(days=7), promised_ready_at=reckoned.ready.at)
    assert (
        workshop.propose_commitment(order, **later, by=chen, at=shop.later()).promised_part_on
        == later["promised_part_on"]
    )


def test_where_one_part_has_no_day_the_others_say_so(shop: Shop) -> None:
    order = stages.an_approved_order(shop, parts=2)
    day = shop.unit.day(shop.now)
    assert queries.expected(order, at=shop.now) is None
    for number in range(2):
        request = stages.a_requested_part(shop, order)
        known = {"expected_on": day + timedelta(days=2), "basis": "Shipped"} if number else {}
        storeroom.answer_none(request, **known, by=shop.actor("shen"), at=shop.later())
    reckoned = queries.expected(fresh(order), at=shop.now)
    assert reckoned is not None
    assert (reckoned.part_on, reckoned.is_whole) == (day + timedelta(days=2), False)
