"""workorder.decide_coverage and workorder.override_coverage: who pays, and why."""

from __future__ import annotations

from datetime import date

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.workorder import actions as workorder
from guiju.line.workorder import queries as workorder_queries
from guiju.line.workorder.rules import State
from tests.line.cast_line import fresh, told
from tests.line.workorder.bench import step

LATELY = {"purchased_on": date(2026, 6, 1)}
LONG_AGO = {"purchased_on": date(2020, 5, 1)}


def diagnosing(shop, bought=None):
    order = shop.an_accepted_order("chen", bought=bought or LATELY)
    return step(order, "workshop.start_diagnosis", State.DIAGNOSING, shop.later())


@pytest.mark.shows("WTY-6", "B06", "D01")
@pytest.mark.parametrize(
    ("bought", "cause", "coverage"),
    [
        (LATELY, "PRODUCT_DEFECT", "IN_WARRANTY"),
        (LATELY, "MISUSE", "OUT_OF_WARRANTY"),
        (LONG_AGO, "PRODUCT_DEFECT", "OUT_OF_WARRANTY"),
    ],
    ids=["defect in time", "misuse", "too late"],
)
def test_it_decides_by_cause_and_date_and_keeps_why(shop, chen, bought, cause, coverage):
    order = diagnosing(shop, bought)
    decision = workorder.decide_coverage(order, cause=cause, fault_family="DRIVE", by=chen, at=shop.later())
    assert fresh(order).coverage == decision.coverage == coverage
    assert decision.version
    assert decision.facts["cause"] == cause
    shown = workorder_queries.coverage_of(order)
    assert shown is not None
    assert [str(why) for why in shown.because]
    assert not shown.is_precheck
    assert told("workorder.CoverageDecided")[-1]["coverage"] == coverage


@pytest.mark.shows("WTY-6")
def test_the_day_of_the_complaint_counts_and_not_that_of_the_diagnosis(shop, chen):
    order = diagnosing(shop, {"purchased_on": date(2025, 11, 3)})
    shop.later(days=20)
    decision = workorder.decide_coverage(order, cause="PRODUCT_DEFECT", fault_family="", by=chen, at=shop.now)
    assert decision.coverage == "IN_WARRANTY"
    assert decision.facts["on"] == "2026-11-02"


@pytest.mark.shows("D01")
def test_it_refuses_before_the_diagnosis(shop, chen, lin):
    order = shop.an_accepted_order("chen")
    with pytest.raises(WrongState) as refused:
        workorder.decide_coverage(order, cause="MISUSE", fault_family="", by=lin, at=shop.later())
    assert set(refused.value.allowed) == {"DIAGNOSING", "DECLINED", "EXCHANGE_PENDING"}


@pytest.mark.parametrize("name", ["wu", "qin", "shen", "an", "zhou"])
def test_it_refuses_the_wrong_person(shop, name, chen):
    order = diagnosing(shop)
    with pytest.raises(NotAllowed):
        workorder.decide_coverage(order, cause="MISUSE", fault_family="", by=shop.actor(name), at=shop.later())
    assert workorder.decide_coverage(order, cause="MISUSE", fault_family="", by=chen, at=shop.later())


@pytest.mark.shows("WTY-7")
def test_a_manager_decides_for_the_customer_and_only_the_network_against(shop, chen, ma, nie, bo):
    order = diagnosing(shop, LONG_AGO)
    workorder.decide_coverage(order, cause="PRODUCT_DEFECT", fault_family="", by=chen, at=shop.later())
    with pytest.raises(NotAllowed):
        workorder.override_coverage(order, coverage="GOODWILL", reason="A loyal customer", by=bo, at=shop.later())
    with pytest.raises(workorder.ReasonMissing):
        workorder.override_coverage(order, coverage="GOODWILL", reason="", by=ma, at=shop.later())
    workorder.override_coverage(order, coverage="GOODWILL", reason="A loyal customer", by=ma, at=shop.later())
    assert fresh(order).coverage == "GOODWILL"
    assert [str(why) for why in workorder_queries.coverage_of(order).because] == ["A loyal customer"]
    with pytest.raises(NotAllowed, match="Only the network manager"):
        workorder.override_coverage(
            order, coverage="OUT_OF_WARRANTY", reason="A mistake of mine", by=ma, at=shop.later()
        )
    workorder.override_coverage(order, coverage="OUT_OF_WARRANTY", reason="Not a loyal one", by=nie, at=shop.later())
    assert fresh(order).coverage == "OUT_OF_WARRANTY"


@pytest.mark.shows("WTY-6")
@pytest.mark.no_books
def test_coverage_without_a_decision_is_noticed(shop):
    order = diagnosing(shop)
    assert list(workorder_queries.every_coverage_has_its_decision()) == []
    type(order).objects.filter(pk=order.pk).update(coverage="IN_WARRANTY")
    assert list(workorder_queries.every_coverage_has_its_decision()) == [f"{order.number}: coverage without a decision"]


@pytest.mark.shows("EX-5", "B08")
def test_a_repair_that_takes_too_long_gives_a_right_which_is_said_once(shop, chen):
    order, clock = diagnosing(shop), Actor.system("clock")
    first = workorder.decide_coverage(order, cause="PRODUCT_DEFECT", fault_family="DRIVE", by=chen, at=shop.later())
    assert workorder.raise_rights(order, by=clock, at=shop.later()) is None, "no day has passed"
    assert told("workorder.RightRaised") == []
    shop.later(days=31)
    with pytest.raises(NotAllowed):
        workorder.raise_rights(order, by=chen, at=shop.now)
    raised = workorder.raise_rights(order, by=clock, at=shop.now)
    assert raised is not None
    assert (raised.coverage, raised.facts, raised.covers) == (first.coverage, first.facts, first.covers)
    shown = workorder_queries.coverage_of(order)
    assert shown is not None
    assert [str(each.ground) for each in shown.rights] == ["30D_REPAIRER"]
    assert told("workorder.RightRaised")[-1]["grounds"] == "30D_REPAIRER"
    entries = TrailEntry.objects.count()
    assert workorder.raise_rights(order, by=clock, at=shop.later()) is None, "nothing has changed since"
    assert TrailEntry.objects.count() == entries, "the clock asks every hour, and leaves no trace of nothing"


@pytest.mark.shows("EX-5")
def test_a_late_repair_out_of_the_guarantee_gives_no_right(shop, chen):
    order = diagnosing(shop, LONG_AGO)
    workorder.decide_coverage(order, cause="PRODUCT_DEFECT", fault_family="DRIVE", by=chen, at=shop.later())
    shop.later(days=31)
    assert workorder.raise_rights(order, by=Actor.system("clock"), at=shop.now) is None
