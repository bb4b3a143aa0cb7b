"""Roles, logins, languages and leave."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import Leave, Login, Person, RoleGrant, Unit
from guiju.standing.people.rules import Role
from tests.cast import NOON, Cast

TODAY = date(2026, 11, 2)


@pytest.fixture
def gao(fs01_unit: Unit, ad: Actor) -> Person:
    """Somebody new, who holds nothing yet."""
    return people.hire(unit=fs01_unit, number="P-77", name="Gao", by=ad, at=NOON)


def test_a_role_lets_a_person_act_in_its_unit_and_below(
    gao: Person, sd_unit: Unit, fs01_unit: Unit, gz02_unit: Unit, hq_unit: Unit, ad: Actor
) -> None:
    people.grant_role(gao, role=Role.DISPATCHER, unit=sd_unit, starts_on=TODAY, by=ad, at=NOON)
    actor = queries.actor_of(gao, NOON)
    assert actor is not None
    for unit in (sd_unit, fs01_unit, gz02_unit):
        assert actor.may("dispatch.assign", unit_id=unit.pk)
    assert not actor.may("dispatch.assign", unit_id=hq_unit.pk)
    assert News.objects.latest("pk").kind == "people.RoleGranted"


def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(gao: Person, fs01_unit: Unit, ad: Actor) -> None:
    people.grant_role(
        gao,
        role=Role.CASHIER,
        unit=fs01_unit,
        starts_on=TODAY + timedelta(days=1),
        ends_on=TODAY + timedelta(days=3),
        by=ad,
        at=NOON,
    )
    held = [len(queries.actor_of(gao, NOON + timedelta(days=day)).grants) for day in range(4)]
    assert held == [0, 1, 1, 0]


def test_the_day_is_the_units_own(gao: Person, fs01_unit: Unit, ad: Actor) -> None:
    people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY + timedelta(days=1), by=ad, at=NOON)
    evening = NOON.replace(hour=15, minute=59)
    assert not queries.actor_of(gao, evening).grants
    # Midnight in Foshan, when it is four in the afternoon by UTC.
    assert queries.actor_of(gao, evening + timedelta(minutes=1)).grants


def test_only_who_may_grants_roles(gao: Person, fs01_unit: Unit, ad: Actor, ma: Actor) -> None:
    with pytest.raises(NotAllowed):
        people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY, by=ma, at=NOON)
    people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)


@pytest.mark.both_databases
def test_a_role_is_granted_once(gao: Person, fs01_unit: Unit, ad: Actor) -> None:
    people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    with pytest.raises(people.RoleHeld):
        people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY + timedelta(days=5), by=ad, at=NOON)
    assert RoleGrant.objects.filter(person=gao).count() == 1


def test_nobody_grants_a_role_to_themself(ad_person: Person, gao: Person, fs01_unit: Unit, ad: Actor) -> None:
    people.grant_role(gao, role=Role.DRIVER, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    with pytest.raises(people.RoleOfOneself):
        people.grant_role(ad_person, role=Role.DRIVER, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    # And whoever writes past the verb is refused by the database itself.
    with pytest.raises(IntegrityError, match="nobody_grants_a_role_to_themself"), transaction.atomic():
        RoleGrant.objects.filter(person=gao).update(granted_by=gao)


def test_a_role_does_not_begin_in_the_past_and_is_a_known_one(gao: Person, fs01_unit: Unit, ad: Actor) -> None:
    with pytest.raises(people.RoleStartsInThePast):
        people.grant_role(gao, role=Role.DRIVER, unit=fs01_unit, starts_on=TODAY - timedelta(days=1), by=ad, at=NOON)
    with pytest.raises(people.RoleStartsInThePast):
        people.grant_role(gao, role=Role.DRIVER, unit=fs01_unit, starts_on=TODAY, ends_on=TODAY, by=ad, at=NOON)
    with pytest.raises(people.RoleUnknown):
        people.grant_role(gao, role="CU", unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)


@pytest.mark.parametrize(("first", "second"), [("AD", "OM"), ("OM", "AD"), ("AD", "FI"), ("NM", "AD"), ("LM", "AD")])
def test_who_makes_logins_approves_no_business(
    gao: Person, fs01_unit: Unit, ad: Actor, first: str, second: str
) -> None:
    people.grant_role(gao, role=first, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    people.grant_role(gao, role=Role.RECEPTIONIST, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    with pytest.raises(people.AdministratorApproves):
        people.grant_role(gao, role=second, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)


def test_a_shop_of_two_may_join_what_others_keep_apart(sd_unit: Unit, ad: Actor, nie: Actor) -> None:
    corner = people.create_unit(code="CORNER", names={"en": "Corner"}, kind="OUTLET", parent=sd_unit, by=nie, at=NOON)
    two = [people.hire(unit=corner, number=f"C-{n}", name=f"Twin {n}", by=ad, at=NOON) for n in (1, 2)]
    assert queries.is_small_shop(corner)
    people.grant_role(two[0], role=Role.ADMINISTRATOR, unit=corner, starts_on=TODAY, by=ad, at=NOON)
    people.grant_role(two[0], role=Role.OUTLET_MANAGER, unit=corner, starts_on=TODAY, by=ad, at=NOON)
    people.hire(unit=corner, number="C-3", name="Third", by=ad, at=NOON)
    assert not queries.is_small_shop(corner)
    with pytest.raises(people.AdministratorApproves):
        people.grant_role(two[0], role=Role.FINANCE, unit=corner, starts_on=TODAY, by=ad, at=NOON)


def test_a_role_ends_today_and_ending_it_again_changes_nothing(
    gao: Person, fs01_unit: Unit, ad: Actor, ma: Actor
) -> None:
    grant = people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    with pytest.raises(NotAllowed):
        people.end_role(grant, by=ma, at=NOON)
    people.end_role(grant, by=ad, at=NOON + timedelta(days=2))
    assert RoleGrant.objects.get(pk=grant.pk).ends_on == TODAY + timedelta(days=2)
    told = News.objects.count()
    people.end_role(grant, by=ad, at=NOON + timedelta(days=4))
    assert RoleGrant.objects.get(pk=grant.pk).ends_on == TODAY + timedelta(days=2)
    assert News.objects.count() == told


def test_a_role_never_ends_in_the_past(gao: Person, fs01_unit: Unit, ad: Actor) -> None:
    grant = people.grant_role(gao, role=Role.CASHIER, unit=fs01_unit, starts_on=TODAY, by=ad, at=NOON)
    with pytest.raises(people.RoleStartsInThePast):
        people.end_role(grant, ends_on=TODAY + timedelta(days=1), by=ad, at=NOON + timedelta(days=2))


@pytest.mark.both_databases
def test_a_login_opens_the_house_to_one_person(gao: Person, ad: Actor, nie: Actor) -> None:
    with pytest.raises(NotAllowed):
        people.make_login(gao, username="gao", password="a kettle of fish", by=nie, at=NOON)
    login = people.make_login(gao, username="gao", password="a kettle of fish", language="zh-hant", by=ad, at=NOON)
    assert login.check_password("a kettle of fish")
    assert queries.actor_for(login, NOON).person_id == gao.pk
    assert "kettle" not in str(TrailEntry.objects.latest("pk").facts)
    with pytest.raises(people.OneLoginEach):
        people.make_login(gao, username="gao2", password="a kettle of fish", by=ad, at=NOON)


def test_a_login_has_a_name_of_its_own_a_good_password_and_a_known_language(gao: Person, ad: Actor) -> None:
    with pytest.raises(people.UsernameTaken):
        people.make_login(gao, username="chen", password="a kettle of fish", by=ad, at=NOON)
    with pytest.raises(people.WeakPassword):
        people.make_login(gao, username="gao", password="password", by=ad, at=NOON)
    with pytest.raises(people.LanguageUnknown):
        people.make_login(gao, username="gao", password="a kettle of fish", language="tlh", by=ad, at=NOON)
    assert not Login.objects.filter(person=gao).exists()


def test_each_chooses_the_own_language(cast: Cast, chen: Actor, lin: Actor) -> None:
    people.choose_language(cast.logins["chen"], language="zh-hant", by=chen, at=NOON)
    assert Login.objects.get(username="chen").language == "zh-hant"
    with pytest.raises(people.LanguageUnknown):
        people.choose_language(cast.logins["chen"], language="tlh", by=chen, at=NOON)
    with pytest.raises(NotAllowed):
        people.choose_language(cast.logins["chen"], language="en", by=lin, at=NOON)


@pytest.mark.both_databases
def test_a_person_is_away_from_the_first_instant_to_before_the_last(
    chen_person: Person, wu_person: Person, ma: Actor, bo: Actor
) -> None:
    evening = NOON + timedelta(hours=6)
    with pytest.raises(NotAllowed):
        people.grant_leave(chen_person, starts_at=NOON, ends_at=evening, by=bo, at=NOON)
    people.grant_leave(chen_person, starts_at=NOON, ends_at=evening, by=ma, at=NOON)
    unit = chen_person.unit
    assert dict(queries.team("TE", unit, at=NOON)) == {chen_person: True, wu_person: False}
    assert dict(queries.team("TE", unit, at=evening)) == {chen_person: False, wu_person: False}
    with pytest.raises(people.AwayAlready):
        people.grant_leave(chen_person, starts_at=NOON + timedelta(hours=1), ends_at=evening, by=ma, at=NOON)
    with pytest.raises(people.AwayAlready):
        people.grant_leave(chen_person, starts_at=evening, ends_at=evening, by=ma, at=NOON)
    people.grant_leave(chen_person, starts_at=evening, ends_at=evening + timedelta(hours=1), by=ma, at=NOON)
    assert Leave.objects.count() == 2
