"""Terms, pauses and promises of real machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance, ProductLine
from guiju.standing.people.models import Unit
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import queries
from guiju.standing.warranty.models import Pause, RepairWarranty, Terms
from tests.cast import NOON

Machines = Callable[..., Appliance]
TODAY = date(2026, 11, 2)


def pause(machine: Appliance, cause: str, starts_on: date, ends_on: date, by: Actor) -> None:
    warranty.open_pause(machine, order_number="WO-1", cause=cause, starts_on=starts_on, by=by, at=NOON)
    warranty.close_pause(machine, order_number="WO-1", cause=cause, ends_on=ends_on, by=by, at=NOON)


@pytest.mark.shows("EX-1", "WTY-1")
def test_the_warranty_of_a_television_with_two_pauses(television: Machines, clock: Actor) -> None:
    machine = television(date(2024, 3, 1))
    assert queries.judge(machine, on=date(2024, 9, 1)).ends_on == date(2025, 3, 1)
    pause(machine, "IN_REPAIR", date(2024, 6, 10), date(2024, 6, 20), clock)
    pause(machine, "WAITING_PARTS", date(2024, 11, 1), date(2024, 11, 25), clock)
    assert queries.judge(machine, on=date(2025, 4, 3)).outcome == "IN_WARRANTY"
    assert queries.judge(machine, on=date(2025, 4, 4)).outcome == "OUT_OF_WARRANTY"
    assert queries.judge(machine, on=date(2025, 4, 4)).ends_on == date(2025, 4, 4)


@pytest.mark.shows("WTY-6", "B06")
def test_the_months_are_the_policys_of_the_day_of_the_sale_unless_the_terms_name_them(
    television: Machines, tv_line: ProductLine, nie: Actor, lin: Actor
) -> None:
    machine = television(date(2024, 3, 1))
    by_law = queries.judge(machine, on=date(2024, 9, 1))
    assert (by_law.ends_on, by_law.version) == (date(2025, 3, 1), "CN-1995")
    toaster = catalogue.register_appliance(
        unit=machine.unit, brand="Konka", purchased_on=date(2024, 3, 1), by=lin, at=NOON,
        line=catalogue.add_line(code="TOASTER", names={"en": "Toaster"}, by=nie, at=NOON),
    )  # fmt: skip
    promise = queries.judge(toaster, on=date(2024, 9, 1)).facts["promises"][0]
    assert "warranty.whole_unit_months" in promise[-1], "no law names a toaster: the house's own promise counts"
    warranty.set_terms(line=None, version="ALL-1", starts_on=date(2024, 1, 1), whole_unit_months=18, by=nie, at=NOON)
    assert queries.judge(machine, on=date(2024, 9, 1)).ends_on == date(2025, 9, 1)
    warranty.set_terms(line=tv_line, version="TV-1", starts_on=date(2024, 1, 1), whole_unit_months=24, by=nie, at=NOON)
    warranty.set_terms(line=tv_line, version="TV-2", starts_on=date(2024, 6, 1), whole_unit_months=15, by=nie, at=NOON)
    judged = queries.judge(machine, on=date(2024, 9, 1))
    assert (judged.ends_on, judged.version) == (date(2026, 3, 1), "TV-1+CN-1995"), "what was promised at the sale holds"
    assert queries.judge(television(date(2024, 6, 1)), on=date(2024, 9, 1)).version == "TV-2+CN-1995"
    assert Terms.objects.get(version="TV-1").ends_on == date(2024, 6, 1)


@pytest.mark.shows("TG-14")
def test_misuse_is_not_covered_and_terms_may_be_kinder(television: Machines, tv_line: ProductLine, nie: Actor) -> None:
    machine = television(date(2024, 3, 1))
    day = date(2024, 9, 1)
    assert queries.judge(machine, cause="PRODUCT_DEFECT", on=day).outcome == "IN_WARRANTY"
    assert queries.judge(machine, cause="MISUSE", on=day).outcome == "OUT_OF_WARRANTY"
    warranty.set_terms(line=tv_line, version="KIND", starts_on=date(2024, 1, 1), excluded_causes=(), by=nie, at=NOON)
    assert queries.judge(machine, cause="MISUSE", on=day).outcome == "IN_WARRANTY"


@pytest.mark.shows("EX-7", "S6-42")
def test_a_repair_is_promised_from_the_hand_over(television: Machines, clock: Actor) -> None:
    machine = television(None)
    said: dict[str, Any] = {"order_number": "WO-1", "fault_family": "PICTURE", "handed_over_on": date(2025, 2, 10)}
    promise = warranty.start_repair_warranty(machine, **said, days=90, by=clock, at=NOON)
    assert (promise.starts_on, promise.ends_on) == (date(2025, 2, 10), date(2025, 5, 11))
    assert warranty.start_repair_warranty(machine, **said, days=90, by=clock, at=NOON) == promise
    assert queries.judge(machine, fault_family="PICTURE", on=date(2025, 5, 10)).outcome == "REPAIR_WARRANTY"
    assert queries.judge(machine, fault_family="PICTURE", on=date(2025, 5, 11)).outcome == "UNDETERMINED"
    assert queries.judge(machine, fault_family="SOUND", on=date(2025, 5, 10)).outcome == "UNDETERMINED"
    assert queries.repair_warranties("WO-1") == [promise]


@pytest.mark.shows("EX-7", "TG-11")
def test_less_than_thirty_days_is_refused(television: Machines, tv_line: ProductLine, clock: Actor, nie: Actor) -> None:
    machine = television()
    warranty.start_repair_warranty(machine, order_number="WO-1", days=30, by=clock, at=NOON)
    with pytest.raises(warranty.RepairWarrantyTooShort) as refused:
        warranty.start_repair_warranty(machine, order_number="WO-2", days=29, by=clock, at=NOON)
    assert "30" in str(refused.value)
    with pytest.raises(warranty.RepairWarrantyTooShort):
        warranty.set_terms(line=tv_line, version="X", starts_on=TODAY, repair_warranty_days=29, by=nie, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        RepairWarranty.objects.create(
            appliance=machine,
            order_number="WO-3",
            scope="LABOUR",
            days=29,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=29),
        )


def test_a_promise_lasts_as_the_policy_or_the_terms_say(
    television: Machines, tv_line: ProductLine, clock: Actor, nie: Actor
) -> None:
    machine = television()
    by_policy = warranty.start_repair_warranty(machine, order_number="WO-1", by=clock, at=NOON)
    assert (by_policy.starts_on, by_policy.days) == (TODAY, queries.repair_warranty_days(machine, on=TODAY))
    assert by_policy.days >= 30
    warranty.set_terms(line=tv_line, version="TV-1", starts_on=TODAY, repair_warranty_days=365, by=nie, at=NOON)
    assert warranty.start_repair_warranty(machine, order_number="WO-2", by=clock, at=NOON).days == 365


def test_labour_and_each_part_have_their_own_promise(television: Machines, nie: Actor, clock: Actor) -> None:
    machine = television()
    panel = catalogue.add_part(code="LCD-55", names={"en": "Panel"}, by=nie, at=NOON)
    for part in (panel, None, panel):
        warranty.start_repair_warranty(machine, order_number="WO-1", part=part, by=clock, at=NOON)
    assert [(each.scope, each.part) for each in queries.repair_warranties("WO-1")] == [
        ("LABOUR", None),
        ("PART", panel),
    ]


@pytest.mark.shows("WTY-1")
def test_the_clock_is_stopped_once_and_started_once(television: Machines, clock: Actor) -> None:
    machine = television()
    said: dict[str, Any] = {"order_number": "WO-1", "cause": "IN_REPAIR", "by": clock}
    first = warranty.open_pause(machine, **said, at=NOON)
    assert warranty.open_pause(machine, **said, at=NOON + timedelta(days=1)) == first
    closed = warranty.close_pause(machine, **said, at=NOON + timedelta(days=3))
    assert closed is not None
    assert (closed.starts_on, closed.ends_on) == (TODAY, TODAY + timedelta(days=3))
    assert warranty.close_pause(machine, **said, at=NOON + timedelta(days=9)) is None
    warranty.open_pause(machine, **said, at=NOON + timedelta(days=10))
    assert Pause.objects.count() == 2


@pytest.mark.shows("WTY-1", "G-4")
@pytest.mark.parametrize(
    "damage",
    [
        lambda: Pause.objects.update(starts_on=date(2020, 1, 1)),
        lambda: Pause.objects.update(ends_on=date(2030, 1, 1)),
        lambda: Pause.objects.all()._raw_delete("default"),
        lambda: RepairWarranty.objects.update(ends_on=date(2030, 1, 1)),
        lambda: RepairWarranty.objects.all()._raw_delete("default"),
        lambda: Terms.objects.update(whole_unit_months=1),
    ],
)
def test_what_was_promised_is_never_edited(
    television: Machines, clock: Actor, nie: Actor, damage: Callable[[], object]
) -> None:
    machine = television()
    pause(machine, "IN_REPAIR", date(2024, 6, 10), date(2024, 6, 20), clock)
    warranty.start_repair_warranty(machine, order_number="WO-1", by=clock, at=NOON)
    warranty.set_terms(line=None, version="ALL-1", starts_on=TODAY, by=nie, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        damage()


def test_terms_of_a_line_never_overlap(tv_line: ProductLine, nie: Actor) -> None:
    warranty.set_terms(line=tv_line, version="TV-1", starts_on=TODAY, by=nie, at=NOON)
    for version, day in (("TV-2", TODAY - timedelta(days=9)), ("TV-1", TODAY + timedelta(days=9))):
        with pytest.raises(warranty.TermsTaken), transaction.atomic():
            warranty.set_terms(line=tv_line, version=version, starts_on=day, by=nie, at=NOON)
    with pytest.raises(Invalid):
        warranty.set_terms(line=tv_line, version="X", starts_on=TODAY, excluded_causes=["WITCHCRAFT"], by=nie, at=NOON)


def test_terms_are_the_network_managers_and_promises_follow_from_hand_overs(
    television: Machines, fs01_unit: Unit, ma: Actor, lin: Actor, an: Actor, clock: Actor
) -> None:
    machine = television()
    for stranger in (ma, lin, an):
        for verb in (
            lambda by: warranty.set_terms(line=None, version="X", starts_on=TODAY, by=by, at=NOON),
            lambda by: warranty.start_repair_warranty(machine, order_number="WO-1", by=by, at=NOON),
            lambda by: warranty.open_pause(machine, order_number="WO-1", cause="IN_REPAIR", by=by, at=NOON),
            lambda by: warranty.close_pause(machine, order_number="WO-1", cause="IN_REPAIR", by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                verb(stranger)
    warranty.start_repair_warranty(machine, order_number="WO-1", by=clock, at=NOON)
