"""What happens to a card after it is made."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit
from tests.cast import NOON

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def huang(fs01_unit: Unit, lin: Actor) -> Customer:
    return customers.enrol(unit=fs01_unit, name="黃信義", phones=["13812345678"], by=lin, at=NOON)


def test_a_name_is_corrected_and_the_trail_does_not_repeat_it(huang: Customer, lin: Actor) -> None:
    changed = customers.change(huang, name="黄心怡", language="zh-hant", by=lin, at=LATER)
    assert (changed.name, changed.language) == ("黄心怡", "zh-hant")
    entry = TrailEntry.objects.latest("pk")
    assert entry.facts["before"]["renamed"] is True
    assert "黄心怡" not in str(entry.facts)


def test_what_is_not_given_stays(huang: Customer, lin: Actor) -> None:
    customers.change(huang, kind="COMPANY", by=lin, at=LATER)
    huang.refresh_from_db()
    assert (huang.name, huang.kind, huang.language) == ("黃信義", "COMPANY", "zh-hans")


@pytest.mark.shows("G-6")
def test_consent_changes_with_its_time_and_the_trail_keeps_what_was_agreed(huang: Customer, lin: Actor) -> None:
    agreed = customers.set_consent(huang, service=True, marketing=True, by=lin, at=NOON)
    assert (agreed.consent_marketing, agreed.consent_marketing_at) == (True, NOON)
    withdrawn = customers.set_consent(huang, marketing=False, by=lin, at=LATER)
    assert (withdrawn.consent_marketing, withdrawn.consent_marketing_at) == (False, LATER)
    assert (withdrawn.consent_service, withdrawn.consent_service_at) == (True, NOON)
    entry = TrailEntry.objects.latest("pk")
    assert entry.facts["before"]["marketing"] is True
    assert entry.facts["after"]["marketing"] is False


def test_a_second_number_joins_the_card_once(huang: Customer, lin: Actor) -> None:
    for typed in ("0757 8212 3456", "+86 757 8212 3456"):
        customers.add_phone(huang, phone=typed, by=lin, at=LATER)
    assert [phone.e164 for phone in huang.phones.all()] == ["+8613812345678", "+8675782123456"]


@pytest.mark.shows("A06")
def test_a_number_of_somebody_else_does_not_join(huang: Customer, fs01_unit: Unit, lin: Actor) -> None:
    other = customers.enrol(unit=fs01_unit, name="Tan", phones=["0757 8212 3456"], by=lin, at=NOON)
    with pytest.raises(customers.KnownAlready, match="黃信義"):
        customers.add_phone(other, phone="13812345678", by=lin, at=LATER)


def test_a_card_keeps_one_number(huang: Customer, lin: Actor) -> None:
    first = huang.phones.get()
    with pytest.raises(customers.NothingToCall):
        customers.remove_phone(first, by=lin, at=LATER)
    customers.add_phone(huang, phone="0757 8212 3456", by=lin, at=LATER)
    customers.remove_phone(first, by=lin, at=LATER)
    assert huang.phones.get().e164 == "+8675782123456"


def test_an_address_is_kept_once(huang: Customer, lin: Actor) -> None:
    for _again in range(2):
        customers.add_address(huang, region="佛山市禅城区", line=" 1 Zumiao Road ", by=lin, at=LATER)
    assert huang.addresses.get().line == "1 Zumiao Road"


@pytest.mark.shows("G-6")
def test_whoever_looks_at_a_number_is_written_down(huang: Customer, bo: Actor) -> None:
    assert customers.read_phone(huang, by=bo, at=LATER) == ["+86 138 1234 5678"]
    entry = TrailEntry.objects.latest("pk")
    assert (entry.verb, entry.person_id, entry.subject_id) == ("customers.read_phone", bo.person_id, huang.pk)
    assert entry.facts["phones"] == ["138****5678"]


@pytest.mark.shows("G-6", "G-3")
def test_a_number_is_not_shown_to_those_whom_it_does_not_concern(
    huang: Customer, lin: Actor, zhou: Actor, shen: Actor
) -> None:
    assert customers.read_phone(huang, by=lin, at=LATER)
    for stranger in (zhou, shen):
        with pytest.raises(NotAllowed):
            customers.read_phone(huang, by=stranger, at=LATER)
    assert TrailEntry.objects.filter(verb="customers.read_phone").count() == 1


def test_a_card_is_changed_at_its_own_counter_only(huang: Customer, zhou: Actor, an: Actor) -> None:
    for stranger in (zhou, an):
        for change in (
            lambda by: customers.change(huang, name="x", by=by, at=LATER),
            lambda by: customers.set_consent(huang, marketing=True, by=by, at=LATER),
            lambda by: customers.add_phone(huang, phone="13900000000", by=by, at=LATER),
            lambda by: customers.remove_phone(huang.phones.get(), by=by, at=LATER),
            lambda by: customers.add_address(huang, line="x", by=by, at=LATER),
        ):
            with pytest.raises(NotAllowed):
                change(stranger)
