"""A customer who is new at the counter gets a card, and a known one is recognised."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer, Phone
from guiju.standing.people import actions as people
from guiju.standing.people.models import Unit
from tests.cast import NOON


def enrol(unit: Unit, by: Actor, *, name: str = "黃信義", phone: str = "138 1234 5678", **others: Any) -> Customer:
    return customers.enrol(unit=unit, name=name, phones=[phone], by=by, at=NOON, **others)


def test_the_receptionist_makes_a_card(fs01_unit: Unit, lin: Actor) -> None:
    customer = enrol(fs01_unit, lin, name="  黃  信義 ", consent_service=True)
    assert customer.name == "黃 信義"
    assert [phone.e164 for phone in customer.phones.all()] == ["+8613812345678"]
    entry = TrailEntry.objects.get()
    assert (entry.verb, entry.subject_id, entry.person_id) == ("customers.enrol", customer.pk, lin.person_id)


@pytest.mark.shows("G-6")
def test_the_purpose_and_the_time_of_each_consent_are_kept(fs01_unit: Unit, lin: Actor) -> None:
    customer = enrol(fs01_unit, lin, consent_service=True)
    assert customer.purpose
    assert (customer.consent_service_at, customer.consent_marketing, customer.consent_marketing_at) == (
        NOON,
        False,
        None,
    )
    with pytest.raises(IntegrityError):
        Customer.objects.filter(pk=customer.pk).update(consent_marketing=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "+8613812345678"),
        ("１３８ １２３４ ５６７８", "+8613812345678"),
        ("+86 138-1234-5678", "+8613812345678"),
        ("0757 8212 3456", "+8675782123456"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_a_number_is_kept_in_one_way_however_it_is_typed(fs01_unit: Unit, lin: Actor, typed: str, kept: str) -> None:
    assert enrol(fs01_unit, lin, phone=typed).phones.get().e164 == kept


@pytest.mark.parametrize(
    ("jurisdiction", "typed", "kept"), [("TW", "0912-345-678", "+886912345678"), ("HK", "9123 4567", "+85291234567")]
)
def test_a_number_is_read_as_the_unit_dials_it(
    fs01_unit: Unit, lin: Actor, ad: Actor, jurisdiction: str, typed: str, kept: str
) -> None:
    with pytest.raises(customers.NotANumber):
        enrol(fs01_unit, lin, phone=typed)
    there = people.create_unit(
        code="TW01", names={"en": "There"}, kind="OUTLET", parent=fs01_unit, jurisdiction=jurisdiction, by=ad, at=NOON
    )
    system = Actor.system("test").consequence_of(TrailEntry.objects.latest("pk").key)
    assert enrol(there, system, phone=typed).phones.get().e164 == kept


@pytest.mark.parametrize("typed", ["", "12", "12345", "not a number", "1" * 60, "138123456789012", "13812345678 ext 9"])
def test_a_number_that_can_not_be_called_is_refused_at_its_field(fs01_unit: Unit, lin: Actor, typed: str) -> None:
    with pytest.raises(customers.NotANumber) as refused:
        enrol(fs01_unit, lin, phone=typed)
    assert (refused.value.field, refused.value.status) == ("phone", 422)
    assert typed[:40] in str(refused.value)
    assert not Customer.objects.exists()


@pytest.mark.shows("A06")
def test_a_known_number_opens_the_card_that_stands(fs01_unit: Unit, lin: Actor) -> None:
    standing = enrol(fs01_unit, lin)
    with pytest.raises(customers.KnownAlready) as refused:
        enrol(fs01_unit, lin, name="Somebody else", phone="+8613812345678")
    assert "黃信義" in str(refused.value)
    assert "138****5678" in str(refused.value)
    assert "13812345678" not in str(refused.value)
    assert refused.value.params["customer_id"] == standing.pk
    assert Customer.objects.count() == 1


@pytest.mark.shows("G-3")
def test_another_outlet_has_its_own_card_and_hears_nothing_of_ours(
    fs01_unit: Unit, gz02_unit: Unit, lin: Actor, zhou: Actor
) -> None:
    enrol(fs01_unit, lin)
    enrol(gz02_unit, zhou)
    assert Phone.objects.filter(e164="+8613812345678").count() == 2


def test_a_number_never_stands_in_another_unit_than_its_customer(fs01_unit: Unit, gz02_unit: Unit, lin: Actor) -> None:
    phone = enrol(fs01_unit, lin).phones.get()
    with pytest.raises(IntegrityError):
        Phone.objects.filter(pk=phone.pk).update(unit=gz02_unit)


def test_a_card_has_a_name(fs01_unit: Unit, lin: Actor) -> None:
    with pytest.raises(customers.NameMissing) as refused:
        enrol(fs01_unit, lin, name=" 　 ")
    assert refused.value.field == "name"
    with pytest.raises(customers.NameTooLong):
        enrol(fs01_unit, lin, name="名" * 121)


def test_cards_are_made_at_the_own_counter_only(fs01_unit: Unit, lin: Actor, chen: Actor, zhou: Actor) -> None:
    for stranger in (chen, zhou):
        with pytest.raises(NotAllowed):
            enrol(fs01_unit, stranger)
    enrol(fs01_unit, lin)
