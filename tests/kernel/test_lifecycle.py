"""A life is walked by its arrows, and of two people who push at once one is told no."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from enum import StrEnum

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import advance, allowed, begin, history
from guiju.kernel.models import Transition
from guiju.kernel.refusing import WrongState
from tests.kernel.conftest import HERE, NOON, person
from tests.kernel.trial import standing

trial = Apps()


class Stage(StrEnum):
    EGG = "EGG"
    LARVA = "LARVA"
    PUPA = "PUPA"
    MOTH = "MOTH"


ARROWS = {
    Stage.EGG: {Stage.LARVA: "moth.hatch"},
    Stage.LARVA: {Stage.PUPA: "moth.spin", Stage.EGG: "moth.wonder"},
    Stage.PUPA: {Stage.MOTH: "moth.rise"},
}
LABELS = {Stage.EGG: "an egg", Stage.LARVA: "a larva", Stage.PUPA: "a pupa", Stage.MOTH: "a moth"}


class Moth(models.Model):
    state = models.CharField(max_length=10, default=Stage.EGG)
    unit_id = models.BigIntegerField(default=HERE)
    weight = models.IntegerField(default=1)

    class Meta:
        apps, app_label = trial, "trial"


@pytest.fixture
def moth(transactional_db: None) -> Iterator[Moth]:
    with standing([Moth]):
        yield Moth.objects.create()


def push(moth: Moth, to: Stage, **also: object) -> Transition:
    with doing("toy.make", on=moth, by=person(1, "Ma", "OM", HERE), at=NOON) as deed:
        return advance(moth, to=to, arrows=ARROWS, labels=LABELS, by=deed.by, at=NOON, deed=deed, **also)


@pytest.mark.both_databases
@pytest.mark.shows("I27", "G-1")
def test_a_step_is_taken_and_remembered(moth):
    push(moth, Stage.LARVA, weight=3)
    assert (moth.state, moth.weight) == (Stage.LARVA, 3)
    moth.refresh_from_db()
    assert (moth.state, moth.weight) == (Stage.LARVA, 3)
    step = history(moth).get()
    assert (step.from_state, step.to_state, step.verb, step.person_id, step.at) == (
        "EGG",
        "LARVA",
        "moth.hatch",
        1,
        NOON,
    )
    assert step.subject_id == moth.pk


@pytest.mark.shows("I27")
def test_a_step_that_is_no_arrow_is_refused_and_says_what_is_possible(moth):
    push(moth, Stage.LARVA)
    with pytest.raises(WrongState) as refused:
        push(moth, Stage.MOTH)
    assert refused.value.allowed == ["PUPA", "EGG"]
    assert str(refused.value) == (
        "This is not possible at this point. It is now: a larva. It can become: a pupa. It can become: an egg."
    )
    assert list(allowed(moth, ARROWS)) == [Stage.PUPA, Stage.EGG]
    moth.refresh_from_db()
    assert moth.state == Stage.LARVA


@pytest.mark.shows("I27")
def test_the_end_is_the_end(moth):
    for stage in (Stage.LARVA, Stage.PUPA, Stage.MOTH):
        push(moth, stage)
    with pytest.raises(WrongState) as refused:
        push(moth, Stage.EGG)
    assert refused.value.allowed == []


def test_a_step_from_a_state_that_is_no_longer_so_is_refused(moth):
    seen_before = Moth.objects.get()
    push(moth, Stage.LARVA)
    with pytest.raises(WrongState) as refused:
        push(seen_before, Stage.LARVA)
    assert "a larva" in str(refused.value)
    assert history(moth).count() == 1


def test_a_life_has_a_beginning(moth):
    with doing("toy.make", on=moth, by=person(1, "Ma", "OM", HERE), at=NOON) as deed:
        begin(moth, by=deed.by, at=NOON, deed=deed)
    push(moth, Stage.LARVA)
    assert [(step.from_state, step.to_state) for step in history(moth)] == [("", "EGG"), ("EGG", "LARVA")]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(list(Stage)), max_size=8))
def test_however_one_pushes_the_steps_form_a_path_of_arrows(moth, walk):
    moth = Moth.objects.create()
    for to in walk:
        try:
            push(moth, to)
        except WrongState:
            assert to not in allowed(moth, ARROWS)
    path = [(step.from_state, step.to_state) for step in history(moth)]
    assert all(to in ARROWS[Stage(origin)] for origin, to in path)
    assert [to for _origin, to in path][:-1] == [origin for origin, _to in path][1:]
    assert moth.state == (path[-1][1] if path else "EGG")


def race(naive: bool) -> int:
    """Let eight people take the same step at once; return how many believe that they did."""
    moth = Moth.objects.create()
    wins: list[int] = []
    barrier = threading.Barrier(8)

    def one() -> None:
        seen = Moth.objects.get(pk=moth.pk)
        barrier.wait()
        try:
            if naive:
                if Moth.objects.get(pk=moth.pk).state == Stage.EGG:
                    barrier.wait(timeout=5)  # all have looked before the first one writes, as in a busy minute
                    seen.state = Stage.LARVA
                    seen.save()
                    wins.append(1)
            else:
                push(seen, Stage.LARVA)
                wins.append(1)
        except WrongState:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(wins)


@pytest.mark.postgres
@pytest.mark.shows("I27", "F09")
def test_of_eight_who_take_the_same_step_at_once_exactly_one_does(moth):
    assert [race(naive=False) for _ in range(20)] == [1] * 20
    assert Transition.objects.count() == 20
    # The same steps by look-then-save, which is what the comparison in the UPDATE is there for.
    assert race(naive=True) > 1
