"""set_check and check: what is ticked off and measured at the bench, and what holds the work."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.line.quality import actions as quality
from guiju.line.workorder.rules import ItemKind, State
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import WorkCheck
from guiju.line.workshop.queries import checks_of, work_checklist
from guiju.line.workshop.rules import WorkKind
from tests.cast import FOUNDED
from tests.line.cast_line import fresh, names
from tests.line.stages import a_repairing_order

pytestmark = [pytest.mark.django_db]
REPAIR = {"work": WorkKind.REPAIR, "at": FOUNDED}


def a_work_checklist(shop):
    """A torque to measure, a hose to look at, and something that may be left."""
    nie = shop.actor("nie")
    torque = workshop.set_check(
        code="TORQUE", names=names("Torque"), kind=ItemKind.MEASURE, unit="N·m", limit_min=Decimal(4),
        limit_max=Decimal(6), line=shop.line, by=nie, **REPAIR,
    )  # fmt: skip
    hose = workshop.set_check(code="HOSE", names=names("Hose is tight"), kind=ItemKind.CHECK, by=nie, **REPAIR)
    workshop.set_check(code="DUST", names=names("Dust"), kind=ItemKind.CHECK, is_required=False, by=nie, **REPAIR)
    return torque, hose


def worked(shop, chen):
    order, _ = a_repairing_order(shop, parts=0)
    workshop.log_labour(order, minutes=30, task="Belt", by=chen, at=shop.later(minutes=30))
    return order


@pytest.mark.both_databases
@pytest.mark.shows("D07", "S6-16")
def test_what_is_required_holds_the_work_by_name_until_it_is_in_order(shop, chen):
    torque, hose = a_work_checklist(shop)
    order = worked(shop, chen)
    with pytest.raises(workshop.ChecksOpen) as refused:
        workshop.finish(order, work_done="Belt changed.", by=chen, at=shop.later())
    assert [str(each) for each in refused.value.because] == [
        "Torque is not answered.",
        "Hose is tight is not answered.",
    ]
    workshop.check(order, values={torque.pk: "7", hose.pk: "yes"}, by=chen, at=shop.later())
    with pytest.raises(workshop.ChecksOpen) as refused:
        workshop.finish(order, work_done="Belt changed.", by=chen, at=shop.later())
    assert [str(each) for each in refused.value.because] == ["Torque is 7 N·m; it must be between 4 and 6 N·m."]
    for _ in range(2):
        workshop.check(order, values={torque.pk: "5,5"}, by=chen, at=shop.later())
    assert WorkCheck.objects.filter(order=order).count() == 3, "the same again is written once"
    workshop.finish(order, work_done="Belt changed.", by=chen, at=shop.later())
    assert fresh(order).state == State.QC_PENDING
    assert [(each.item.code, each.text) for each in checks_of(order)] == [("TORQUE", "5,5"), ("HOSE", "yes")]


@pytest.mark.shows("D07")
def test_a_repair_that_comes_back_is_checked_anew(shop, chen):
    _torque, hose = a_work_checklist(shop)
    workshop.end_check(_torque, by=shop.actor("nie"), at=shop.later())
    order = worked(shop, chen)
    workshop.check(order, values={hose.pk: "yes"}, by=chen, at=shop.later())
    workshop.finish(order, work_done="Belt changed.", by=chen, at=shop.later())
    quality.fail_order(fresh(order), values={}, defects=["Still noisy"], by=shop.actor("qin"), at=shop.later())
    with pytest.raises(workshop.ChecksOpen):
        workshop.finish(fresh(order), work_done="Belt changed again.", by=chen, at=shop.later())


def test_it_refuses_what_is_no_number_the_wrong_state_and_the_wrong_person(shop, chen):
    torque, _hose = a_work_checklist(shop)
    order = worked(shop, chen)
    with pytest.raises(Invalid) as refused:
        workshop.check(order, values={torque.pk: "tight"}, by=chen, at=shop.later())
    assert refused.value.field == f"item_{torque.pk}"
    with pytest.raises(NotAllowed):
        workshop.check(order, values={torque.pk: "5"}, by=shop.actor("wu"), at=shop.later())
    workshop.check(order, values={torque.pk: "5"}, by=chen, at=shop.later())
    order = shop.a_received_order()
    with pytest.raises((NotAllowed, WrongState)):
        workshop.check(order, values={torque.pk: "5"}, by=chen, at=shop.later())


@pytest.mark.both_databases
def test_another_limit_is_another_version_and_what_was_found_keeps_its_own(shop, chen):
    torque, _hose = a_work_checklist(shop)
    order = worked(shop, chen)
    workshop.check(order, values={torque.pk: "5"}, by=chen, at=shop.later())
    nie, said = shop.actor("nie"), {"code": "TORQUE", "names": names("Torque"), "kind": ItemKind.MEASURE, "unit": "N·m"}
    newer = workshop.set_check(
        **said,
        limit_min=Decimal(5),
        limit_max=Decimal(6),
        line=shop.line,
        work=WorkKind.REPAIR,
        by=nie,
        at=shop.later(),
    )
    assert newer.version == 2
    again = workshop.set_check(
        **said,
        limit_min=Decimal(5),
        limit_max=Decimal(6),
        line=shop.line,
        work=WorkKind.REPAIR,
        by=nie,
        at=shop.later(),
    )
    assert again == newer
    assert checks_of(order)[0].item == torque
    assert {each.item.pk: each.text for each in work_checklist(order)}[newer.pk] == "", "the new version is asked anew"
    with pytest.raises(NotAllowed):
        workshop.set_check(**said, work=WorkKind.REPAIR, limit_min=Decimal(1), by=shop.actor("ma"), at=shop.later())
