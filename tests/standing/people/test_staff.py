"""People come, are suspended, come back, and leave."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.lifecycle import history
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import ApiKey, Login, Person, RoleGrant, Unit
from guiju.standing.people.rules import Role, Status
from tests.cast import NOON, Cast


def test_an_administrator_takes_somebody_on(fs01_unit: Unit, ad: Actor) -> None:
    person = people.hire(unit=fs01_unit, number=" P-77 ", name="Gao", by=ad, at=NOON)
    assert (person.number, person.status) == ("P-77", Status.ACTIVE)
    assert News.objects.get().kind == "people.Hired"


def test_whom_a_manager_hires_waits_to_be_admitted(fs01_unit: Unit, ma: Actor, ad: Actor) -> None:
    person = people.hire(unit=fs01_unit, number="P-77", name="Gao", by=ma, at=NOON)
    assert person.status == Status.PENDING
    assert queries.actor_of(person, NOON) is None
    with pytest.raises(NotAllowed):
        people.admit(person, by=ma, at=NOON)
    people.admit(person, by=ad, at=NOON)
    assert queries.actor_of(person, NOON) is not None
    with pytest.raises(WrongState):
        people.admit(person, by=ad, at=NOON)


def test_a_manager_hires_for_the_own_outlet(fs01_unit: Unit, gz02_unit: Unit, ma: Actor, lin: Actor) -> None:
    people.hire(unit=fs01_unit, number="P-77", name="Gao", by=ma, at=NOON)
    with pytest.raises(NotAllowed):
        people.hire(unit=gz02_unit, number="P-78", name="Gao", by=ma, at=NOON)
    with pytest.raises(NotAllowed):
        people.hire(unit=fs01_unit, number="P-78", name="Gao", by=lin, at=NOON)


@pytest.mark.both_databases
def test_a_badge_is_worn_once(fs01_unit: Unit, ad: Actor) -> None:
    people.hire(unit=fs01_unit, number="P-77", name="Gao", by=ad, at=NOON)
    with pytest.raises(people.NumberTaken):
        people.hire(unit=fs01_unit, number="P-77", name="Gao again", by=ad, at=NOON)


def test_a_person_has_a_name_a_number_and_an_open_unit(fs01_unit: Unit, ad: Actor) -> None:
    with pytest.raises(people.NameMissing):
        people.hire(unit=fs01_unit, number="P-77", name=" ", by=ad, at=NOON)
    with pytest.raises(Invalid):
        people.hire(unit=fs01_unit, number=" ", name="Gao", by=ad, at=NOON)
    closed = people.change_unit(fs01_unit, is_active=False, by=ad, at=NOON)
    with pytest.raises(people.UnitClosed):
        people.hire(unit=closed, number="P-77", name="Gao", by=ad, at=NOON)
    # And whoever writes past the verb is refused by the database itself.
    with pytest.raises(IntegrityError, match="a_person_has_a_name"), transaction.atomic():
        Person.objects.update(name="")


@pytest.mark.shows("T39")
def test_a_suspended_person_acts_nowhere_until_reinstated(cast: Cast, chen_person: Person, nie: Actor) -> None:
    _, text = people.make_api_key(
        chen_person, label="phone", verbs=["dispatch.accept"], by=cast.actors["chen"], at=NOON
    )
    login = cast.logins["chen"]
    assert queries.actor_for(login, NOON) is not None
    assert queries.actor_for_key(text, NOON) is not None
    people.suspend(chen_person, reason="investigation", by=nie, at=NOON)
    assert queries.actor_for(login, NOON) is None
    assert queries.actor_for_key(text, NOON) is None
    assert people.use_api_key(text, at=NOON) is None
    people.reinstate(chen_person, reason="cleared", by=nie, at=NOON)
    assert queries.actor_for(login, NOON) == cast.actors["chen"]
    assert [step.verb for step in history(chen_person)] == ["people.suspend", "people.reinstate"]
    assert [told.payload["status"] for told in News.objects.order_by("pk")] == ["SUSPENDED", "ACTIVE"]


def test_suspending_twice_is_refused(chen_person: Person, nie: Actor) -> None:
    people.suspend(chen_person, reason="x", by=nie, at=NOON)
    with pytest.raises(WrongState) as refused:
        people.suspend(chen_person, reason="x", by=nie, at=NOON)
    assert refused.value.allowed == [Status.ACTIVE, Status.LEFT]


def test_a_manager_asks_others_to_suspend(chen_person: Person, nie: Actor, ma: Actor) -> None:
    with pytest.raises(NotAllowed):
        people.suspend(chen_person, reason="x", by=ma, at=NOON)
    people.suspend(chen_person, reason="x", by=nie, at=NOON)


def test_nobody_decides_about_themself(nie_person: Person, nie: Actor, ad: Actor) -> None:
    with pytest.raises(people.Oneself):
        people.suspend(nie_person, reason="holiday", by=nie, at=NOON)
    people.suspend(nie_person, reason="investigation", by=ad, at=NOON)


def test_who_leaves_holds_nothing_any_more(cast: Cast, chen_person: Person, nie: Actor, fs01_unit: Unit) -> None:
    today = fs01_unit.day(NOON)
    people.make_api_key(chen_person, label="phone", verbs=["dispatch.accept"], by=cast.actors["chen"], at=NOON)
    later = people.grant_role(
        chen_person, role=Role.DRIVER, unit=fs01_unit, starts_on=today + timedelta(days=9), by=nie, at=NOON
    )
    people.part_with(chen_person, reason="moved to Wuhan", by=nie, at=NOON)
    assert queries.roles_from(chen_person, on=today) == frozenset()
    assert RoleGrant.objects.get(pk=later.pk).ends_on == later.starts_on
    assert not Login.objects.get(username="chen").is_active
    assert ApiKey.objects.get().revoked_at == NOON
    with pytest.raises(WrongState):
        people.reinstate(chen_person, reason="came back", by=nie, at=NOON)
    with pytest.raises(WrongState):
        people.grant_role(chen_person, role=Role.TECHNICIAN, unit=fs01_unit, starts_on=today, by=nie, at=NOON)
