"""The card of a machine: by its serial, with its history, and no outlet's business but its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Appliance, Brand, ProductLine
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit
from tests.cast import NOON


@pytest.fixture
def huang(fs01_unit: Unit, lin: Actor) -> Customer:
    return customers.enrol(unit=fs01_unit, name="黃信義", phones=["13812345678"], by=lin, at=NOON)


@pytest.fixture
def fridge(fs01_unit: Unit, lines: dict[str, ProductLine], huang: Customer, lin: Actor) -> Appliance:
    return register(fs01_unit, lines, lin, customer=huang)


def register(unit: Unit, lines: dict[str, ProductLine], by: Actor, **others: Any) -> Appliance:
    said: dict[str, Any] = {"brand": "Haier", "line": lines["FRIDGE"], "serial": "HR-2024 00042"} | others
    return catalogue.register_appliance(unit=unit, by=by, at=NOON, **said)


@pytest.mark.shows("B01")
def test_the_counter_registers_a_machine_and_its_brand(fridge: Appliance, huang: Customer) -> None:
    assert (fridge.brand.name, fridge.serial, fridge.customer) == ("Haier", "HR-2024 00042", huang)


@pytest.mark.shows("B01")
def test_the_same_machine_has_one_card(
    fridge: Appliance, fs01_unit: Unit, lines: dict[str, ProductLine], huang: Customer, lin: Actor
) -> None:
    again = register(fs01_unit, lines, lin, customer=huang, serial="hr202400042", brand="HAIER")
    assert again == fridge
    other = customers.enrol(unit=fs01_unit, name="Tan", phones=["13900000000"], by=lin, at=NOON)
    with pytest.raises(catalogue.SerialKnown, match="黃信義") as refused:
        register(fs01_unit, lines, lin, customer=other)
    assert (refused.value.field, refused.value.params["appliance_id"]) == ("serial", fridge.pk)
    with pytest.raises(IntegrityError):
        Appliance.objects.filter(pk=register(fs01_unit, lines, lin, serial="X").pk).update(
            folded_serial=fridge.folded_serial
        )


def test_a_card_without_an_owner_gets_one(
    fs01_unit: Unit, lines: dict[str, ProductLine], huang: Customer, lin: Actor
) -> None:
    card = register(fs01_unit, lines, lin)
    assert register(fs01_unit, lines, lin, customer=huang) == card
    card.refresh_from_db()
    assert card.customer == huang


def test_machines_without_a_plate_are_each_their_own(
    fs01_unit: Unit, lines: dict[str, ProductLine], lin: Actor
) -> None:
    cards = {register(fs01_unit, lines, lin, serial="", brand="").pk for _each in range(2)}
    assert len(cards) == 2
    assert Brand.objects.get().code == "UNKNOWN"


@pytest.mark.parametrize("serial", ["--- ---", "x" * 61])
def test_a_serial_is_one_that_can_be_searched(
    fs01_unit: Unit, lines: dict[str, ProductLine], lin: Actor, serial: str
) -> None:
    with pytest.raises(catalogue.SerialUnreadable) as refused:
        register(fs01_unit, lines, lin, serial=serial)
    assert refused.value.field == "serial"


def test_nothing_was_bought_tomorrow(fs01_unit: Unit, lines: dict[str, ProductLine], lin: Actor) -> None:
    today = fs01_unit.day(NOON)
    register(fs01_unit, lines, lin, purchased_on=today)
    for field in ("purchased_on", "installed_on"):
        with pytest.raises(catalogue.DateInFuture) as refused:
            register(fs01_unit, lines, lin, serial="", **{field: today + timedelta(days=1)})
        assert refused.value.field == field


def test_a_model_is_of_its_brand_and_line(
    fridge: Appliance, fs01_unit: Unit, lines: dict[str, ProductLine], lin: Actor, nie: Actor
) -> None:
    model = catalogue.add_model(brand=fridge.brand, line=lines["FRIDGE"], code="BCD-216", by=nie, at=NOON)
    assert catalogue.change_appliance(fridge, model=model, by=lin, at=NOON).model == model
    with pytest.raises(catalogue.ModelOfAnother):
        register(fs01_unit, lines, lin, brand="Gree", serial="", model=model)


@pytest.mark.shows("G-3")
def test_an_owner_is_a_customer_of_the_same_unit(
    fs01_unit: Unit, gz02_unit: Unit, lines: dict[str, ProductLine], huang: Customer, lin: Actor, zhou: Actor
) -> None:
    with pytest.raises(catalogue.CustomerElsewhere):
        register(gz02_unit, lines, zhou, customer=huang)
    register(fs01_unit, lines, lin, customer=huang)


def test_a_card_is_corrected_and_given_to_a_new_owner(fridge: Appliance, fs01_unit: Unit, lin: Actor) -> None:
    tan = customers.enrol(unit=fs01_unit, name="Tan", phones=["13900000000"], by=lin, at=NOON)
    changed = catalogue.change_appliance(
        fridge, customer=tan, serial="HR-1", purchased_on=date(2025, 3, 1), invoice_minor=299900, by=lin, at=NOON
    )
    changed.refresh_from_db()
    assert (changed.customer, changed.folded_serial, changed.invoice_currency) == (tan, "hr1", "CNY")


def test_a_card_does_not_take_the_serial_of_another(
    fridge: Appliance, fs01_unit: Unit, lines: dict[str, ProductLine], lin: Actor
) -> None:
    other = register(fs01_unit, lines, lin, serial="X-1")
    with pytest.raises(catalogue.SerialKnown):
        catalogue.change_appliance(other, serial=fridge.serial, by=lin, at=NOON)


def test_machines_are_registered_at_the_own_counter(
    fs01_unit: Unit, lines: dict[str, ProductLine], fridge: Appliance, zhou: Actor, chen: Actor, an: Actor
) -> None:
    for stranger in (zhou, chen, an):
        with pytest.raises(NotAllowed):
            register(fs01_unit, lines, stranger, serial="Y-1")
        with pytest.raises(NotAllowed):
            catalogue.change_appliance(fridge, serial="Y-1", by=stranger, at=NOON)


@pytest.mark.shows("A06", "A14")
@pytest.mark.parametrize("text", ["5678", "信义", "2400042", "hr 2024"])
def test_one_box_finds_customer_and_machine(fridge: Appliance, huang: Customer, lin: Actor, text: str) -> None:
    found = queries.find(text, by=lin)
    assert [each.customer_id for each in found.customers] == [huang.pk]
    assert [each.appliance_id for each in found.appliances] == [fridge.pk]
    assert found.appliances[0].customer_name == "黃信義"
    assert "13812345678" not in str(found)


def test_nothing_is_found_by_nothing(fridge: Appliance, lin: Actor) -> None:
    assert not queries.find(" - ", by=lin)
    assert not queries.find("zzz", by=lin)


@pytest.mark.shows("G-3")
def test_another_outlet_finds_and_reads_only_its_own(
    fridge: Appliance, gz02_unit: Unit, lines: dict[str, ProductLine], lin: Actor, zhou: Actor, nie: Actor, clock: Actor
) -> None:
    theirs = register(gz02_unit, lines, zhou)
    for card, number in ((fridge, "1"), (theirs, "2")):
        record(card, clock, source_id=number)
    assert [each.appliance_id for each in queries.find("00042", by=zhou).appliances] == [theirs.pk]
    assert not queries.find("信義", by=zhou)
    assert [past.source_id for past in queries.history(theirs, by=zhou)] == ["2"]
    assert [past.source_id for past in queries.history(fridge, by=lin)] == ["1"]
    assert len(queries.history(fridge, by=nie)) == 2
    assert "1" not in [past.source_id for past in queries.history(fridge, by=zhou)]


def record(card: Appliance, by: Actor, **others: Any) -> Any:
    said: dict[str, Any] = {
        "source": "guiju",
        "source_id": "WO-1",
        "event_on": date(2026, 1, 2),
        "problem": "not cold",
        "outcome": "FIXED",
    } | others
    return catalogue.record_service(card, by=by, at=NOON, **said)


@pytest.mark.shows("A14")
def test_the_history_tells_the_latest_first_and_what_stood_in_the_way(
    fridge: Appliance, lin: Actor, clock: Actor
) -> None:
    record(fridge, clock)
    later = {"source_id": "WO-2", "event_on": date(2026, 5, 2), "outcome": "DECLINED", "barrier": "PARTS_TOO_EXPENSIVE"}
    record(fridge, clock, **later)
    assert [past.source_id for past in queries.history(fridge, by=lin)] == ["WO-2", "WO-1"]
    latest = queries.history(fridge, by=lin)[0]
    assert (str(latest.outcome_label), str(latest.barrier_label)) == (
        "Customer declined the repair",
        "Spare parts too expensive",
    )


def test_a_repair_is_recorded_once(fridge: Appliance, clock: Actor) -> None:
    first = record(fridge, clock)
    assert record(fridge, clock, problem="otherwise") == first
    assert fridge.service_records.get().problem == "not cold"
