"""The same request, sent again, happens once and gets the same answer."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import transaction

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import OnceKey, TrailEntry
from guiju.kernel.once import once
from guiju.kernel.refusing import Invalid, KeyReused, Refusal, WrongState
from tests.kernel.conftest import HERE, NOON
from tests.kernel.racing import together
from tests.toy.models import Kite, Landing


def land(by: Actor, key: str | None = "k-1", body: str = "K-1", what: str = "toy.land") -> Any:
    """Let the kite land, for that key."""

    def do() -> dict[str, Any]:
        with doing("toy.land", unit_id=HERE, by=by, at=NOON):
            landing = Landing.objects.create(kite_number=body, at=NOON)
        return {"landing": landing.pk, "a": [1, None, "風"]}

    return once(key, by=by, what=what, body=body, do=do)


@pytest.mark.django_db
@pytest.mark.shows("F08", "I38")
def test_the_second_sending_gets_the_first_ones_answer_and_does_nothing(ma):
    first = land(ma)
    assert land(ma) == first
    assert list(land(ma)) == list(first) == ["landing", "a"]  # equal to the byte: also in the order of its keys
    assert (Landing.objects.count(), TrailEntry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_without_a_key_it_is_done_each_time(ma):
    land(ma, key=None)
    land(ma, key="")
    assert Landing.objects.count() == 2
    assert not OnceKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.shows("F08")
def test_the_same_key_for_another_request_is_refused(ma):
    land(ma)
    with pytest.raises(KeyReused):
        land(ma, body="K-2")
    with pytest.raises(KeyReused):
        land(ma, what="toy.fly")
    assert Landing.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.shows("F08")
def test_two_people_may_choose_the_same_key(ma):
    other = Actor(ma.kind, "Other", person_id=77, grants=ma.grants)
    customers = [Actor.customer(order, HERE, "Customer").consequence_of(TrailEntry().key) for order in (5, 6)]
    for by in (ma, other, *customers):
        land(by)
    assert Landing.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.shows("F08")
def test_what_is_refused_leaves_no_key_so_it_can_be_mended_and_sent_again(ma):
    def refuse() -> None:
        Landing.objects.create(kite_number="K-1", at=NOON)
        raise Refusal

    with pytest.raises(Refusal):
        once("k-1", by=ma, what="toy.land", body="K-1", do=refuse)
    assert not OnceKey.objects.exists()
    assert not Landing.objects.exists()
    land(ma)
    assert Landing.objects.count() == 1


@pytest.mark.django_db
def test_a_key_without_end_is_refused(ma):
    with pytest.raises(Invalid):
        land(ma, key="k" * 201)
    assert land(ma, key="k" * 200)


def eight_at_once(do: Any) -> list[Any]:
    return together(8, do)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F08", "I38")
def test_eight_sendings_at_once_have_one_effect_and_one_answer(ma):
    for turn in range(10):
        answers = eight_at_once(lambda number, turn=turn: land(ma, key=f"k-{turn}"))
        assert all(each == answers[0] for each in answers), answers
        assert isinstance(answers[0], dict)
        assert Landing.objects.count() == turn + 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F08")
def test_who_is_refused_because_the_winner_was_quicker_gets_the_winners_answer(ma):
    """The loser does not break on the key: he finds that the kite is blue already."""
    kite = Kite.objects.create(number="K-1", unit_id=HERE)

    def paint() -> str:
        with doing("toy.land", on=kite, by=ma, at=NOON):
            if not Kite.objects.filter(pk=kite.pk, colour="red").update(colour="blue"):
                raise WrongState
            time.sleep(0.05)
        return "blue"

    answers = eight_at_once(lambda number: once("k-1", by=ma, what="toy.paint", body="", do=paint))
    assert answers == ["blue"] * 8
    assert TrailEntry.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_naive_way_lands_several_times(ma):
    def naive(number: int) -> None:
        with transaction.atomic():
            if Landing.objects.exists():
                return
            time.sleep(0.02)  # as long as the work takes
            Landing.objects.create(kite_number="K-1", at=NOON)

    eight_at_once(naive)
    assert Landing.objects.count() > 1
