"""workorder.hold, release_hold and log_contact: why the work stands still, and who tried to reach whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as workorder_queries
from tests.line.cast_line import fresh, told

WHY = "Nobody answers the phone"


@pytest.mark.shows("S6-15", "D05", "I31")
@pytest.mark.parametrize(
    ("kind", "paused"),
    [
        ("CUSTOMER_UNREACHABLE", True),
        ("CUSTOMER_REQUEST", True),
        ("ADDRESS_ACCESS", True),
        ("SAFETY", False),
        ("DISPUTE", False),
    ],
)
def test_it_holds_with_a_reason_and_only_the_customers_own_stops_the_clock(shop, lin, kind, paused):
    order = shop.a_received_order()
    workorder.hold(order, hold=kind, reason=WHY, by=lin, at=shop.later())
    assert (fresh(order).hold, fresh(order).hold_reason) == (kind, WHY)
    shop.later(hours=5)
    workorder.release_hold(order, by=lin, at=shop.now)
    clock = workorder_queries.clock_of(fresh(order), at=shop.now)
    assert clock is not None
    assert clock.due_at - order.promised_at == (timedelta(hours=5) if paused else timedelta(0))
    assert fresh(order).hold == ""
    assert fresh(order).promised_at == order.promised_at, "the date that was promised stays what it was"
    assert [told(f"workorder.{name}")[0]["hold"] for name in ("PutOnHold", "HoldReleased")] == [kind, kind]


def test_one_reason_at_a_time_and_one_release_a_hold(shop, lin):
    order = shop.a_received_order()
    with pytest.raises(workorder.NotHeld):
        workorder.release_hold(order, by=lin, at=shop.now)
    workorder.hold(order, hold="SAFETY", reason="Smells of gas", by=lin, at=shop.later())
    with pytest.raises(workorder.AlreadyHeld):
        workorder.hold(order, hold="DISPUTE", reason=WHY, by=lin, at=shop.later())
    workorder.release_hold(order, by=lin, at=shop.later())
    with pytest.raises(workorder.NotHeld):
        workorder.release_hold(order, by=lin, at=shop.later())
    workorder.hold(order, hold="DISPUTE", reason=WHY, by=lin, at=shop.later())
    assert order.hold_spans.count() == 2


def test_whoever_had_to_wait_for_the_hold_ends_it_where_it_began(shop, lin):
    """The moment of a deed is that of its asking: who asks while somebody else puts the job on hold asked before it."""
    order, asked = shop.a_received_order(), shop.later()
    workorder.hold(order, hold="SAFETY", reason="Smells of gas", by=lin, at=asked + timedelta(milliseconds=4))
    workorder.release_hold(order, by=lin, at=asked)
    span = order.hold_spans.get()
    assert span.ends_at == span.starts_at


def test_it_wants_a_reason(shop, lin):
    order = shop.a_received_order()
    with pytest.raises(workorder.ReasonMissing):
        workorder.hold(order, hold="SAFETY", reason="gas", by=lin, at=shop.now)


def test_it_refuses_the_wrong_state(shop, lin):
    order = shop.a_registered_order()
    intake.cancel(order, reason="Bought a new one", by=lin, at=shop.later())
    with pytest.raises(WrongState):
        workorder.hold(order, hold="SAFETY", reason="Smells of gas", by=lin, at=shop.later())


@pytest.mark.parametrize("name", ["wu", "qin", "cai", "an", "zhou"])
def test_it_refuses_the_wrong_person(shop, name, lin):
    order = shop.a_received_order()
    with pytest.raises(NotAllowed):
        workorder.hold(order, hold="SAFETY", reason="Smells of gas", by=shop.actor(name), at=shop.now)
    workorder.hold(order, hold="SAFETY", reason="Smells of gas", by=lin, at=shop.now)
    with pytest.raises(NotAllowed):
        workorder.release_hold(order, by=shop.actor(name), at=shop.later())
    assert workorder.release_hold(order, by=lin, at=shop.later())


@pytest.mark.shows("I31")
@pytest.mark.no_books
def test_a_hold_without_its_span_is_noticed(shop):
    order = shop.a_received_order()
    type(order).objects.filter(pk=order.pk).update(hold="SAFETY", hold_reason="Smells of gas")
    assert len(list(workorder_queries.every_hold_of_an_order_is_its_open_span())) == 1


def test_each_try_to_reach_the_customer_is_kept(shop, lin, an):
    order = shop.a_received_order()
    with pytest.raises(NotAllowed):
        workorder.log_contact(order, channel="PHONE", outcome="NO_ANSWER", by=an, at=shop.now)
    for outcome in ("NO_ANSWER", "LEFT_MESSAGE"):
        workorder.log_contact(order, channel="PHONE", outcome=outcome, by=lin, at=shop.later())
    assert [attempt.outcome for attempt in order.contact_attempts.all()] == ["NO_ANSWER", "LEFT_MESSAGE"]
