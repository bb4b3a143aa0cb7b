"""people.found: the house begins, once."""

import pytest

from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import Login, Unit
from tests.cast import FOUNDED, NAMES

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")


def found(by: Actor = HOUSE, **others: str) -> Login:
    given = {"administrator": "Ada", "username": "ada", "password": "a square is not round"} | others
    return people.found(names=NAMES["HQ"], by=by, at=FOUNDED, **given)


def test_the_first_administrator_lets_everybody_else_in() -> None:
    login = found()
    ada = queries.actor_for(login, FOUNDED)
    assert ada is not None
    assert ada.may("people.hire", on=login.person.unit)
    assert ada.may("people.grant_role", unit_id=None)
    assert not ada.may("policy.set_money")


def test_it_is_one_deed_with_its_consequences() -> None:
    found()
    entries = list(TrailEntry.objects.order_by("pk"))
    assert [entry.verb for entry in entries] == [
        "people.found",
        "people.hire",
        "people.grant_role",
        "people.make_login",
    ]
    assert {entry.because for entry in entries[1:]} == {entries[0].key}
    assert set(News.objects.values_list("kind", flat=True)) == {
        "people.UnitCreated", "people.Hired", "people.RoleGranted", "people.LoginMade",
    }  # fmt: skip


@pytest.mark.both_databases
def test_a_house_is_founded_once() -> None:
    found()
    with pytest.raises(people.FoundedAlready):
        found(username="eve", code="HQ2")
    assert Unit.objects.count() == Login.objects.count() == 1


def test_nobody_founds_the_house_but_the_house(ad: Actor) -> None:
    assert Unit.objects.count()
    with pytest.raises(NotAllowed):
        found(by=ad)


def test_a_weak_password_founds_nothing() -> None:
    with pytest.raises(people.WeakPassword):
        found(password="12345678")
    assert not Unit.objects.exists()
    assert not TrailEntry.objects.exists()
