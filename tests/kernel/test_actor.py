"""Who may do what, and where."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db.models import Q

from guiju.kernel.actor import Actor, Grant, Kind, Scope
from tests.kernel.conftest import HERE, THERE, person
from tests.toy.models import Kite

OWN = Q(child_id=3)


def kite(unit_id: int | None = HERE, child_id: int | None = 3) -> Kite:
    return Kite(number="K-1", unit_id=unit_id, child_id=child_id)


@pytest.mark.shows("G-3", "T01")
def test_a_role_reaches_the_units_of_its_grant_and_no_other(ma):
    assert ma.may("toy.fly", kite(HERE))
    assert not ma.may("toy.fly", kite(THERE))
    assert ma.may("toy.fly", unit_id=HERE)
    assert not ma.may("toy.fly", unit_id=THERE)


def test_a_role_that_is_held_everywhere_reaches_every_unit():
    nie = person(2, "Nie", "OM")
    assert nie.may("toy.fly", kite(THERE))
    assert nie.scope("toy.fly") == Scope(None, frozenset())


@pytest.mark.shows("G-3")
def test_what_belongs_to_no_unit_is_reached_by_the_brands_people_alone(ma):
    assert not ma.may("toy.fly", kite(None))
    assert ma.role_for("toy.make") is None
    assert person(2, "Nie", "OM").may("toy.fly", kite(None))
    assert person(2, "Nie", "OM").role_for("toy.make") == "OM"


@pytest.mark.shows("G-3")
def test_ones_own_is_ones_own_and_only_where_the_grant_holds(chen):
    assert chen.may("toy.fly", kite(HERE, chen.person_id))
    assert not chen.may("toy.fly", kite(HERE, 4))
    assert not chen.may("toy.fly", kite(THERE, chen.person_id))
    assert not chen.may("toy.fly", unit_id=HERE)


def test_a_menu_asks_whether_anywhere_at_all(ma, chen):
    assert chen.may("toy.fly")
    assert not chen.may("toy.land")
    assert ma.may("toy.land")


def test_the_wider_of_two_roles_allows_it_and_is_named():
    both = Actor(Kind.PERSON, "Chen", person_id=3, grants=(Grant("TE", None), Grant("OM", frozenset({HERE}))))
    assert both.role_for("toy.fly", on=kite(HERE, 3)) == "OM"
    assert both.role_for("toy.fly", on=kite(THERE, 3)) == "TE"
    assert both.role_for("toy.fly", on=kite(THERE, 4)) is None


def test_a_verb_that_nobody_listed_is_a_mistake_of_ours(ma):
    for ask in (ma.may, ma.scope, ma.consequence_of(uuid4()).may):
        with pytest.raises(KeyError, match="rights table"):
            ask("toy.paint")


def test_a_row_that_cannot_tell_its_unit_is_a_mistake_of_ours(ma):
    with pytest.raises(TypeError, match="unit_id"):
        ma.may("toy.fly", object())


def test_a_consequence_may_everything_because_its_cause_was_allowed(chen):
    assert not chen.may("toy.land", kite())
    assert chen.consequence_of(uuid4()).role_for("toy.land", on=kite(THERE)) == ""
    assert chen.consequence_of(uuid4()).scope("toy.land") == Scope(None, None)


@pytest.mark.shows("T56")
def test_an_api_key_never_goes_beyond_its_own_verbs():
    key = person(1, "Ma's key", "OM", HERE, only=frozenset({"toy.see"}))
    assert key.may("toy.see", kite())
    assert not key.may("toy.fly", kite())
    assert key.scope("toy.fly").allows_nothing


def test_a_customer_sees_her_own_and_nothing_else():
    customer = Actor.customer(order_id=5, unit_id=HERE, name="Wang")

    class Order(Kite):
        class Meta:
            proxy = True
            app_label = "toy"

        def belongs_to(self, actor: Actor) -> bool:
            return actor.order_id == self.pk

    assert customer.may("toy.see", Order(pk=5, unit_id=HERE))
    assert not customer.may("toy.see", Order(pk=6, unit_id=HERE))
    assert not customer.may("toy.fly", Order(pk=5, unit_id=HERE))


@pytest.mark.django_db
@pytest.mark.shows("G-3", "T01")
def test_a_list_shows_what_the_verb_reaches():
    """Whatever the scope says of a list, `may` says of each row of it."""
    for number, (unit_id, child_id) in enumerate([(HERE, 3), (HERE, 4), (THERE, 5), (None, 6)]):
        Kite.objects.create(number=f"K-{number}", unit_id=unit_id, child_id=child_id, colour=str(number))
    everybody = [
        person(1, "Ma", "OM", HERE),
        person(2, "Nie", "OM"),
        person(3, "Chen", "TE", HERE),
        person(3, "Chen", "TE"),
        person(5, "Wu", "TE", HERE),
        person(9, "Clerk", "CA", HERE),
        Actor(
            Kind.PERSON, "Both", person_id=3, grants=(Grant("OM", frozenset({THERE})), Grant("TE", frozenset({HERE})))
        ),
    ]
    counts = []
    for actor in everybody:
        scope = actor.scope("toy.fly")
        shown = set(Kite.objects.filter(scope.q(own=Q(child_id=actor.person_id), unit="unit_id")))
        assert shown == {each for each in Kite.objects.all() if actor.may("toy.fly", each)}, actor
        assert scope.allows_nothing <= (not shown)
        counts.append(len(shown))
    assert counts == [2, 4, 1, 1, 0, 0, 2]
