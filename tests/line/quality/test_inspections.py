"""The final test: by somebody else, with measured values inside their limits, before the appliance goes anywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.line.quality import actions as quality
from guiju.line.quality.models import Inspection, InspectionValue
from guiju.line.quality.rules import ItemKind, Limit, judge
from guiju.line.workorder.rules import State
from guiju.line.workshop import actions as workshop
from tests.line import stages
from tests.line.cast_line import Shop, fresh, names, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.shows("S6-16", "D07", "WO-7")
def test_a_good_repair_passes_and_waits_on_the_collection_shelf(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    assert (order.state, order.held, order.shelf) == (State.READY, "IN_SHOP", "R-01")
    assert sorted(InspectionValue.objects.values_list("text", flat=True)) == ["5.5", "yes"]
    assert len(told("quality.Passed")) == 1


def test_what_was_found_is_never_edited(shop: Shop) -> None:
    stages.a_ready_order(shop)
    for change in ({"result": "FAIL"}, {"note": "Better not"}):
        with pytest.raises(IntegrityError, match="an_inspection_is_never_edited"), transaction.atomic():
            Inspection.objects.update(**change)


def test_a_value_outside_its_limit_does_not_pass(shop: Shop) -> None:
    order = stages.a_finished_order(shop)
    values = stages.a_checklist(shop)
    leak = min(values)
    with pytest.raises(quality.NotWithinLimits) as refused:
        quality.pass_order(order, values=values | {leak: "1.9"}, by=shop.actor("qin"), at=shop.later())
    assert "1.9" in str(refused.value)
    with pytest.raises(quality.NotWithinLimits):
        quality.pass_order(order, values={}, by=shop.actor("qin"), at=shop.later())
    quality.pass_order(order, values=values, shelf="R-01", by=shop.actor("qin"), at=shop.later())


@pytest.mark.shows("WO-6", "D13")
def test_nobody_tests_their_own_repair(shop: Shop) -> None:
    order = stages.a_finished_order(shop)
    values = stages.a_checklist(shop)
    with pytest.raises(NotAllowed):
        quality.pass_order(order, values=values, by=shop.actor("chen"), at=shop.later())
    with pytest.raises(IntegrityError, match="nobody_inspects_their_own_repair"), transaction.atomic():
        Inspection.objects.create(order=order, inspector=shop.cast.people["chen"], result="PASS", at=shop.now)
    Inspection.objects.create(order=order, inspector=shop.cast.people["wu"], result="FAIL", at=shop.now)


def test_a_failed_test_sends_the_job_back_and_counts(shop: Shop) -> None:
    order = stages.a_finished_order(shop)
    chen = shop.actor("chen")
    with pytest.raises(quality.DefectMissing):
        quality.fail_order(order, values={}, defects=[" "], by=shop.actor("qin"), at=shop.later())
    for times in (1, 2):
        quality.fail_order(order, values={}, defects=["Still leaks"], by=shop.actor("qin"), at=shop.later())
        order = fresh(order)
        assert (order.state, order.qc_fail_count) == (State.REPAIRING, times)
        workshop.finish(order, work_done="Sealed again.", by=chen, at=shop.later())
        order = fresh(order)
    assert [each["needs_review"] for each in told("quality.Failed")] == [False, True]
    quality.pass_order(order, values=stages.a_checklist(shop), shelf="R-01", by=shop.actor("qin"), at=shop.later())


def test_only_what_waits_for_the_test_is_tested(shop: Shop) -> None:
    order, _request = stages.a_repairing_order(shop)
    with pytest.raises(WrongState) as refused:
        quality.pass_order(order, values={}, by=shop.actor("qin"), at=shop.later())
    assert State.QC_PENDING in refused.value.allowed


def test_a_big_shop_never_checks_itself(shop: Shop) -> None:
    order = stages.a_finished_order(shop)
    with pytest.raises(quality.NotASmallShop):
        quality.pass_order(
            order, values=stages.a_checklist(shop), is_self_check=True, photos=shop.photos(1), by=shop.actor("qin"),
            at=shop.later(),
        )  # fmt: skip


@given(
    value=st.decimals(min_value=-1000, max_value=1000, places=3),
    low=st.decimals(min_value=-100, max_value=0, places=2),
    high=st.decimals(min_value=0, max_value=100, places=2),
)
def test_a_measurement_passes_exactly_within_its_limits(value: Decimal, low: Decimal, high: Decimal) -> None:
    limit = Limit(1, "x", ItemKind.MEASURE, "V", low, high, is_safety=False)
    verdict = judge([limit], {1: str(value)})
    assert (not verdict.because) == (low <= value <= high)


@pytest.mark.shows("S6-16", "D07")
def test_another_limit_is_another_version_and_what_was_measured_keeps_its_own(shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    leak = min(stages.a_checklist(shop))
    nie, said = shop.actor("nie"), {"code": "LEAK", "names": names("Insulation resistance"), "unit": "MΩ"}
    said |= {"kind": ItemKind.MEASURE, "is_safety": True}
    same = quality.add_item(**said, limit_min=Decimal(2), by=nie, at=shop.later())
    newer = quality.add_item(**said, limit_min=Decimal(9), by=nie, at=shop.later())
    assert (same.pk, newer.version) == (leak, 2)
    assert [each.pk for each in quality.checklist(order) if each.code == "LEAK"] == [newer.pk]
    measured = InspectionValue.objects.get(item_id=leak)
    assert (measured.limit_min, measured.passed) == (2, True)

    ended = quality.end_item(newer, by=nie, at=shop.later())
    assert quality.end_item(ended, by=nie, at=shop.later()).until == ended.until
    assert [each.code for each in quality.checklist(order)] == ["RUNS"]
    back = quality.add_item(**said, limit_min=Decimal(9), by=nie, at=shop.later())
    assert (back.version, back.until) == (3, None)
    for verb, what in ((quality.add_item, said | {"limit_min": Decimal(1)}), (quality.end_item, {"item": back})):
        with pytest.raises(NotAllowed):
            verb(**what, by=shop.actor("ma"), at=shop.later())
