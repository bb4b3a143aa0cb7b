"""The clock, a wrong entry and the checklist, each by its form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guiju.line.workorder.rules import State
from guiju.line.workshop.queries import labour_of, running_timer
from tests.desks.common.page import assert_strict
from tests.desks.seat import Seat, said
from tests.line.cast_line import Shop, fresh
from tests.line.stages import a_repairing_order
from tests.line.workshop.test_checks import a_work_checklist

Seats = Callable[[str], Seat]


def at(order: object, step: str = "") -> str:
    return f"/bench/{order}/{step}"


@pytest.mark.shows("S6-15")
def test_the_clock_is_started_switched_and_stopped(shop: Shop, seat: Seats) -> None:
    (one, _), (other, _) = a_repairing_order(shop, parts=0), a_repairing_order(shop, parts=0)
    chen = seat("chen")
    assert 'data-hotkey="t"' in said(chen.get(at(one))), "it is started with one key"
    page = said(chen.get(at(one)))
    assert page.index("start-timer") < page.index('id="step-labour"'), "and stands above what is written down later"
    assert chen.post(at(one, "start-timer")).status_code == 302
    page = said(chen.get(at(other)))
    assert_strict(page)
    assert one.number in page
    assert chen.post(at(other, "switch-timer")).status_code == 302
    assert chen.post(at(other, "stop-timer"), task="Belt").status_code == 302
    assert [each.task for each in labour_of(other)] == ["Belt"]
    assert len(labour_of(one)) == 1
    assert running_timer(other.technician_id) is None
    entry = labour_of(other)[0]
    assert chen.post(at(other, "correct-labour"), entry=entry.pk, minutes=5, reason="Typed twice").status_code == 302
    assert [each.minutes for each in labour_of(other)] == [5]


@pytest.mark.shows("D07")
def test_the_checklist_holds_the_work_at_the_desk_too(shop: Shop, seat: Seats) -> None:
    torque, hose = a_work_checklist(shop)
    order, _ = a_repairing_order(shop, parts=0)
    chen = seat("chen")
    assert chen.post(at(order, "labour"), minutes=20, task="Belt").status_code == 302
    page = said(chen.get(at(order)))
    assert_strict(page)
    assert f'name="item_{torque.pk}"' in page, "the checklist is the next step, and open"
    refused = chen.post(at(order, "finish"), work_done="Belt changed.")
    assert refused.status_code in {409, 422}
    assert "Hose is tight is not answered." in said(refused)
    wrong = chen.post(at(order, "checks"), **{f"item_{torque.pk}": "tight"})
    assert (wrong.status_code, "is not a number" in said(wrong)) == (422, True)
    assert chen.post(at(order, "checks"), **{f"item_{torque.pk}": "5", f"item_{hose.pk}": "yes"}).status_code == 302
    assert chen.post(at(order, "finish"), work_done="Belt changed.").status_code == 302
    assert fresh(order).state == State.QC_PENDING
