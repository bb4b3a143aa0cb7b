"""Keys by which a program acts as one person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry
from guiju.kernel.refusing import NotAllowed
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import ApiKey, Person, Unit
from tests.cast import NOON


def test_a_key_opens_what_it_was_made_for_and_nothing_else(shen: Actor, shen_person: Person, fs01_unit: Unit) -> None:
    key, text = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    assert text.startswith(f"gj_{key.prefix}_")
    assert text not in str(TrailEntry.objects.latest("pk").facts)
    assert key.digest not in text
    actor = people.use_api_key(text, at=NOON)
    assert actor is not None
    assert (actor.person_id, actor.channel) == (shen_person.pk, "api")
    assert shen.may("stock.issue", unit_id=fs01_unit.pk)
    assert actor.may("stock.receive", unit_id=fs01_unit.pk)
    assert not actor.may("stock.issue", unit_id=fs01_unit.pk)
    assert actor.scope("stock.see").allows_nothing


def test_a_key_loses_what_its_person_loses(shen: Actor, shen_person: Person, ad: Actor, fs01_unit: Unit) -> None:
    _, text = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    assert queries.actor_for_key(text, NOON).may("stock.receive", unit_id=fs01_unit.pk)
    people.end_role(queries.grants_of(shen_person, on=fs01_unit.day(NOON))[0], by=ad, at=NOON)
    assert not queries.actor_for_key(text, NOON).may("stock.receive", unit_id=fs01_unit.pk)


def test_nobody_makes_a_key_that_acts_as_another(shen: Actor, shen_person: Person, ad: Actor, ma: Actor) -> None:
    people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    for other in (ad, ma):
        with pytest.raises(NotAllowed):
            people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=other, at=NOON)


@pytest.mark.parametrize("verbs", [["cashier.pay_refund"], ["no.such_verb"], ["people.make_api_key"]])
def test_a_key_never_opens_more_than_its_person_may(shen: Actor, shen_person: Person, verbs: list[str]) -> None:
    with pytest.raises(people.KeyOpensTooMuch) as refused:
        people.make_api_key(shen_person, label="scanner", verbs=["stock.receive", *verbs], by=shen, at=NOON)
    assert refused.value.params == {"verbs": verbs[0]}


def test_a_key_says_what_it_is_for(shen: Actor, shen_person: Person) -> None:
    with pytest.raises(people.KeyForNothing):
        people.make_api_key(shen_person, label="scanner", verbs=[], by=shen, at=NOON)
    with pytest.raises(people.KeyForNothing):
        people.make_api_key(shen_person, label=" ", verbs=["stock.receive"], by=shen, at=NOON)


def test_a_key_makes_no_keys(shen: Actor, shen_person: Person) -> None:
    _, text = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    program = queries.actor_for_key(text, NOON)
    with pytest.raises(NotAllowed):
        people.make_api_key(shen_person, label="another", verbs=["stock.receive"], by=program, at=NOON)


def test_a_key_remembers_the_day_of_its_last_use_in_one_entry_a_day(
    shen: Actor, shen_person: Person, fs01_unit: Unit
) -> None:
    _, text = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    entries = TrailEntry.objects.filter(verb="people.use_api_key")
    for hours in (0, 1, 2, 24):
        people.use_api_key(text, at=NOON + timedelta(hours=hours))
    assert ApiKey.objects.get().last_used_on == fs01_unit.day(NOON + timedelta(hours=24))
    assert entries.count() == 2


def test_a_revoked_key_opens_nothing_and_revoking_twice_is_once(
    shen: Actor, shen_person: Person, lin: Actor, ad: Actor
) -> None:
    key, text = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    with pytest.raises(NotAllowed):
        people.revoke_api_key(key, by=lin, at=NOON)
    people.revoke_api_key(key, by=shen, at=NOON)
    people.revoke_api_key(key, by=ad, at=NOON + timedelta(hours=1))
    assert ApiKey.objects.get().revoked_at == NOON
    assert [told.kind for told in News.objects.all()] == ["people.KeyRevoked"]
    assert people.use_api_key(text, at=NOON) is None


@pytest.mark.parametrize(
    "text", ["", "gj", "gj_", "gj__", "gj_0000_x", "xx_{prefix}_{secret}", "gj_{prefix}_x", "gj_\x00_x"]
)
def test_a_text_that_is_no_key_opens_nothing(shen: Actor, shen_person: Person, text: str) -> None:
    key, whole = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    secret = whole.split("_", 2)[2]
    assert queries.actor_for_key(f"gj_{key.prefix}_{secret}", NOON) is not None
    assert queries.actor_for_key(text.format(prefix=key.prefix, secret=secret), NOON) is None


@pytest.mark.both_databases
@pytest.mark.no_books
def test_a_revoked_key_stays_revoked(shen: Actor, shen_person: Person) -> None:
    key, _ = people.make_api_key(shen_person, label="scanner", verbs=["stock.receive"], by=shen, at=NOON)
    people.revoke_api_key(key, by=shen, at=NOON)
    with pytest.raises(IntegrityError, match="a_revoked_key_stays_revoked"), transaction.atomic():
        ApiKey.objects.update(revoked_at=None)
