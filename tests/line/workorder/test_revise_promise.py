"""workorder.revise_promise: another date, with the old one beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.intake import actions as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.rules import Agreed, PromiseCause
from tests.line.cast_line import fresh, told

WHY = "The board has to be soldered"
CAUSE = PromiseCause.DIAGNOSIS
SAID = {"agreed": Agreed.RECORDED, "agreed_note": "By telephone, at ten."}


@pytest.mark.shows("WO-10", "D03", "S6-10")
def test_the_new_date_stands_beside_the_old_one(shop, lin):
    order = shop.a_received_order()
    first = order.promised_at
    later = first + timedelta(days=3)
    revision = workorder.revise_promise(order, to=later, reason=WHY, cause=CAUSE, **SAID, by=lin, at=shop.later())
    assert (revision.old_at, revision.new_at, revision.agreed, revision.actor_name) == (first, later, "RECORDED", "lin")
    order = fresh(order)
    assert (order.promised_at, order.first_promised_at) == (later, first)
    assert told("workorder.PromiseRevised")[0]["number"] == order.number


def test_the_same_date_again_changes_nothing(shop, lin):
    order = shop.a_received_order()
    assert (
        workorder.revise_promise(order, to=order.promised_at, reason=WHY, cause=CAUSE, **SAID, by=lin, at=shop.later())
        is None
    )
    assert order.promise_revisions.count() == 1


def test_a_promise_lies_in_the_future_and_has_a_reason(shop, lin):
    order = shop.a_received_order()
    with pytest.raises(workorder.PromiseInThePast):
        workorder.revise_promise(order, to=shop.now, reason=WHY, cause=CAUSE, **SAID, by=lin, at=shop.now)
    with pytest.raises(workorder.ReasonMissing):
        workorder.revise_promise(
            order,
            to=order.promised_at + timedelta(days=1),
            reason=" ",
            cause=CAUSE,
            **SAID,
            by=lin,
            at=shop.now,
        )


@pytest.mark.shows("D01")
def test_it_refuses_when_there_is_nothing_left_to_promise(shop, lin):
    order = shop.a_registered_order()
    later = order.promised_at + timedelta(days=1)
    intake.cancel(order, reason="Bought a new one", by=lin, at=shop.later())
    with pytest.raises(WrongState):
        workorder.revise_promise(order, to=later, reason=WHY, cause=CAUSE, **SAID, by=lin, at=shop.later())


@pytest.mark.parametrize("name", ["wu", "qin", "cai", "an", "zhou"])
def test_it_refuses_the_wrong_person(shop, name, lin):
    order = shop.a_received_order()
    later = order.promised_at + timedelta(days=1)
    with pytest.raises(NotAllowed):
        workorder.revise_promise(order, to=later, reason=WHY, cause=CAUSE, **SAID, by=shop.actor(name), at=shop.now)
    assert workorder.revise_promise(order, to=later, reason=WHY, cause=CAUSE, **SAID, by=lin, at=shop.now)
