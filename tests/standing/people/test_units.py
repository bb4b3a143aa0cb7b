"""people.create_unit and people.change_unit."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import Unit
from tests.cast import NOON

SHOP = {"code": "SZ03", "names": {"en": "Shenzhen"}, "kind": "OUTLET"}


def test_a_unit_stands_under_its_parent_and_takes_after_it(sd_unit: Unit, nie: Actor) -> None:
    shop = people.create_unit(**SHOP, parent=sd_unit, by=nie, at=NOON)
    assert (shop.path, shop.lineage) == ("HQ/SD/SZ03/", ("SZ03", "SD", "HQ"))
    assert (shop.currency, shop.time_zone, shop.jurisdiction) == ("CNY", "Asia/Shanghai", "CN-44")
    assert News.objects.get().kind == "people.UnitCreated"
    assert TrailEntry.objects.get().subject_label == "SZ03"


def test_only_who_answers_for_the_network_sets_up_units(sd_unit: Unit, nie: Actor, ma: Actor) -> None:
    people.create_unit(**SHOP, parent=sd_unit, by=nie, at=NOON)
    with pytest.raises(NotAllowed):
        people.create_unit(**SHOP | {"code": "SZ04"}, parent=sd_unit, by=ma, at=NOON)


@pytest.mark.both_databases
def test_a_code_is_given_once(sd_unit: Unit, nie: Actor) -> None:
    people.create_unit(**SHOP, parent=sd_unit, by=nie, at=NOON)
    with pytest.raises(people.CodeTaken):
        people.create_unit(**SHOP, parent=sd_unit, by=nie, at=NOON)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "sz-03"}, "code"),
        ({"code": "TOOLONG99"}, "code"),
        ({"kind": "HQ"}, "kind"),
        ({"kind": "CASTLE"}, "kind"),
        ({"names": {"en": ""}}, "names"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
    ],
)
def test_a_unit_says_what_it_is(sd_unit: Unit, nie: Actor, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        people.create_unit(**SHOP | wrong, parent=sd_unit, by=nie, at=NOON)
    assert refused.value.field == field
    people.create_unit(**SHOP, parent=sd_unit, by=nie, at=NOON)


def test_the_sign_on_the_door_is_corrected_with_old_and_new_in_the_trail(fs01_unit: Unit, ma: Actor) -> None:
    people.change_unit(fs01_unit, hours="09:00-18:00", by=ma, at=NOON)
    assert Unit.objects.get(code="FS01").hours == "09:00-18:00"
    assert TrailEntry.objects.get().facts == {"hours": ["", "09:00-18:00"]}


def test_a_manager_does_not_correct_another_outlets_sign(gz02_unit: Unit, he: Actor, ma: Actor) -> None:
    people.change_unit(gz02_unit, phone="020 8888 0002", by=he, at=NOON)
    with pytest.raises(NotAllowed):
        people.change_unit(gz02_unit, phone="0757 0000 0000", by=ma, at=NOON)


@pytest.mark.both_databases
@pytest.mark.no_books
def test_a_unit_never_moves_in_the_tree(fs01_unit: Unit, hq_unit: Unit) -> None:
    with pytest.raises(IntegrityError, match="a_unit_keeps_its_place"), transaction.atomic():
        Unit.objects.filter(pk=fs01_unit.pk).update(parent=hq_unit)


@pytest.mark.no_books
def test_a_path_that_lies_is_found(fs01_unit: Unit) -> None:
    assert list(queries.paths_follow_the_tree()) == []
    Unit(code="XX01", names={}, kind="OUTLET", parent=fs01_unit, path="HQ/XX01/").save()
    assert list(queries.paths_follow_the_tree()) == ["unit XX01 stands at HQ/XX01/"]


def test_a_person_sees_the_units_in_reach(cast: Any, ma: Actor, zhou: Actor, an: Actor) -> None:
    assert [unit.code for unit in queries.unit_tree(ma)] == ["FS01"]
    assert [unit.code for unit in queries.unit_tree(zhou)] == ["GZ02"]
    assert [unit.code for unit in queries.unit_tree(an)] == ["HQ", "SD", "FS01", "GZ02"]
