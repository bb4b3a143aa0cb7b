"""A repair that did not hold: the same serial and kind of fault within its promise is linked, free, and charged to where it came from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import broken_constraints
from guiju.line.intake import queries as intake
from guiju.line.workorder.models import ComeBack
from guiju.line.workorder.queries import coverage_of
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import FaultCode, Part
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty.models import RepairWarranty
from guiju.standing.warranty.rules import Payer
from tests.line import stages
from tests.line.cast_line import Shop, fresh, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def promised(machine: Any, number: str, shop: Shop, clock: Actor, *, days_ago: int = 20, family: str = "DRIVE") -> None:
    warranty.start_repair_warranty(
        machine, order_number=number, fault_family=family, handed_over_on=shop.now.date() - timedelta(days=days_ago), days=90,
        by=clock, at=shop.now,
    )  # fmt: skip


@pytest.mark.shows("WO-11", "D15", "TG-11")
def test_the_same_fault_on_the_same_machine_is_linked_and_free(shop: Shop, clock: Actor) -> None:
    first = stages.a_delivered_order(shop)
    shop.later(days=5)
    machine = first.appliance
    terms = intake.terms_for(unit=shop.unit, appliance=machine, at=shop.now, fault_families=["DRIVE"])
    assert terms.comes_back == first.number, "the counter sees it before anybody has looked inside"
    assert intake.terms_for(unit=shop.unit, appliance=machine, at=shop.now, fault_families=["DOOR"]).comes_back == ""
    again = stages.a_diagnosed_order(shop, appliance=machine)
    back = ComeBack.objects.get(order=again)
    assert (back.earlier_number, back.charged_to, back.fault_family) == (first.number, shop.unit, "DRIVE")
    assert (back.unit, back.order_number, back.bearer, back.technician, back.days) == (
        shop.unit, again.number, "OUTLET", first.technician, 5,
    )  # fmt: skip
    assert (again.coverage, again.parent) == ("REPAIR_WARRANTY", first)
    assert [each["earlier_number"] for each in told("workorder.CameBack")] == [first.number]


@pytest.mark.shows("WO-11")
def test_another_outlets_repair_is_found_by_the_serial_and_charged_to_it(
    shop: Shop, other_shop: Shop, clock: Actor
) -> None:
    there = other_shop.a_registered_order()
    serial = "GJ-2026-000555"
    theirs = catalogue.register_appliance(
        unit=other_shop.unit,
        brand=shop.model.brand,
        line=shop.line,
        serial=serial,
        by=other_shop.reception,
        at=shop.now,
    )
    promised(theirs, there.number, shop, clock)
    ours = catalogue.register_appliance(
        unit=shop.unit, brand=shop.model.brand, line=shop.line, serial="gj2026 000555", customer=shop.a_customer(),
        by=shop.reception, at=shop.now,
    )  # fmt: skip
    order = stages.a_diagnosed_order(shop, appliance=ours)
    back = ComeBack.objects.get(order=order)
    assert (back.charged_to, back.earlier_number, order.parent) == (other_shop.unit, there.number, None)
    shown = coverage_of(order)
    assert shown is not None
    assert shown.coverage == "REPAIR_WARRANTY"
    assert Payer.OUTLET


@pytest.mark.parametrize("changed", [{"days_ago": 120}, {"family": "DOOR"}])
def test_another_fault_or_a_promise_that_is_over_links_nothing(shop: Shop, clock: Actor, changed: Any) -> None:
    earlier = shop.a_registered_order()
    machine = shop.an_appliance()
    promised(machine, earlier.number, shop, clock, **changed)
    order = stages.a_diagnosed_order(shop, appliance=machine)
    assert (fresh(order).coverage, ComeBack.objects.exists()) == ("OUT_OF_WARRANTY", False)


def test_misuse_is_no_repair_that_did_not_hold(shop: Shop, clock: Actor) -> None:
    earlier = shop.a_registered_order()
    machine = shop.an_appliance()
    promised(machine, earlier.number, shop, clock)
    order = stages.a_diagnosed_order(shop, appliance=machine, cause=shop.misuse)
    assert (order.coverage, ComeBack.objects.exists()) == ("OUT_OF_WARRANTY", False)


@pytest.mark.shows("WO-11")
def test_the_part_that_was_fitted_and_failed_again_is_its_suppliers(shop: Shop, clock: Actor) -> None:
    first = stages.a_delivered_order(shop)
    fitted = RepairWarranty.objects.exclude(part=None).get(order_number=first.number)
    Part.objects.filter(pk=fitted.part_id).update(part_class="BELT")
    shop.later(days=5)
    FaultCode.objects.filter(family="DRIVE").update(part_class="BELT")
    shop.fault.refresh_from_db()
    again = stages.a_diagnosed_order(shop, appliance=first.appliance)
    assert ComeBack.objects.get(order=again).bearer == "SUPPLIER"
    with pytest.raises(IntegrityError), transaction.atomic():
        ComeBack.objects.filter(order=again).update(bearer="OUTLET")


def test_the_database_holds_a_come_back_as_it_was_linked(shop: Shop, clock: Actor) -> None:
    earlier = shop.a_registered_order()
    machine = shop.an_appliance()
    promised(machine, earlier.number, shop, clock)
    back = ComeBack.objects.get(order=stages.a_diagnosed_order(shop, appliance=machine))
    kept = {"unit": shop.unit, "charged_to": shop.unit, "at": shop.now}
    told_of = {
        "order": earlier,
        "order_number": earlier.number,
        "earlier_number": earlier.number,
        "fault_family": "DRIVE",
    }
    for name, columns in (
        ("come_back_names_repair_and_fault", {"fault_family": ""}),
        ("come_back_is_paid_by_a_known_bearer", {"bearer": "NOBODY"}),
    ):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            ComeBack.objects.create(**kept, **(told_of | columns))
        assert name in broken_constraints(error.value), name
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ComeBack.objects.filter(pk=back.pk).update(days=1)
    assert "come_back_is_never_rewritten" in broken_constraints(error.value)
