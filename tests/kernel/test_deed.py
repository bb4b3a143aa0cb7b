"""A deed is whole or nothing, and the trail knows who, what, when and why."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from guiju.kernel import news
from guiju.kernel.actor import Actor
from guiju.kernel.deed import current, doing
from guiju.kernel.models import Delivery, News, TrailEntry
from guiju.kernel.once import once
from guiju.kernel.refusing import NotAllowed, Refusal, TryAgain
from tests.kernel.conftest import HERE, NOON, THERE, flown, person
from tests.kernel.racing import together
from tests.toy.models import Kite

pytestmark = pytest.mark.django_db


@pytest.mark.shows("G-1", "I33")
def test_a_deed_leaves_one_line_in_the_trail(kite, ma):
    with doing("toy.fly", on=kite, by=ma, at=NOON, wind="strong") as deed:
        deed.note(string_metres=[100, 120])
    entry = TrailEntry.objects.get()
    assert (entry.verb, entry.role, entry.person_id, entry.actor_name) == ("toy.fly", "OM", 1, "Ma")
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == ("toy.kite", kite.pk, "K-1")
    assert (entry.at, entry.unit_id, entry.key) == (NOON, HERE, deed.key)
    assert entry.facts == {"wind": "strong", "string_metres": [100, 120]}


def test_the_role_in_the_trail_is_the_one_by_which_it_was_allowed(kite):
    both = person(3, "Chen", "TE", HERE, THERE)
    with doing("toy.fly", on=kite, by=both, at=NOON):
        pass
    assert TrailEntry.objects.get().role == "TE"


def test_a_deed_that_is_refused_leaves_nothing(kite, ma):
    def fail() -> None:
        with doing("toy.fly", on=kite, by=ma, at=NOON) as deed:
            kite.colour = "blue"
            kite.save()
            deed.tell(flown())
            raise Refusal

    with pytest.raises(Refusal):
        fail()
    kite.refresh_from_db()
    assert kite.colour == "red"
    assert not TrailEntry.objects.exists()
    assert not News.objects.exists()
    assert current() is None


def test_what_a_refusal_leaves_behind_is_a_deed_of_its_own(kite, ma):
    def count() -> None:
        with doing("toy.fly", on=kite, by=ma, at=NOON, wrong=True):
            kite.colour = "green"
            kite.save()

    def fail() -> None:
        with doing("toy.fly", on=kite, by=ma, at=NOON), doing("toy.fly", on=kite, by=ma, at=NOON):
            refusal = Refusal()
            refusal.afterwards = count
            raise refusal

    with pytest.raises(Refusal):
        fail()
    kite.refresh_from_db()
    assert kite.colour == "green"
    assert TrailEntry.objects.get().facts == {"wrong": True}
    assert current() is None


def test_a_stranger_may_not_and_nothing_is_even_begun(kite, ma):
    with pytest.raises(NotAllowed), doing("toy.fly", on=kite, by=person(9, "Stranger", "OM", THERE), at=NOON):
        raise AssertionError
    with doing("toy.fly", on=kite, by=ma, at=NOON):
        pass
    assert TrailEntry.objects.get().actor_name == "Ma"


@pytest.mark.shows("G-10")
def test_an_instant_without_its_zone_is_refused(kite, ma):
    with pytest.raises(ValueError, match="time zone"), doing("toy.fly", on=kite, by=ma, at=datetime(2026, 11, 2)):  # noqa: DTZ001
        raise AssertionError


def test_a_verb_that_nobody_listed_is_a_mistake_of_ours(kite, ma):
    with pytest.raises(KeyError, match=r"toy\.paint"), doing("toy.paint", on=kite, by=ma, at=NOON):
        raise AssertionError


def test_a_consequence_needs_no_right_and_names_its_cause(kite, chen):
    with pytest.raises(NotAllowed), doing("toy.land", on=kite, by=chen, at=NOON):
        raise AssertionError
    with (
        doing("toy.fly", on=kite, by=chen, at=NOON) as deed,
        doing("toy.land", on=kite, by=deed.consequence(), at=NOON),
    ):
        pass
    first, second = TrailEntry.objects.order_by("pk")
    assert (first.verb, first.because) == ("toy.fly", None)
    assert (second.verb, second.because, second.role) == ("toy.land", first.key, "")
    assert second.person_id == chen.person_id


def test_what_is_refused_inside_is_refused_as_a_whole(kite, ma):
    def fail() -> None:
        with doing("toy.fly", on=kite, by=ma, at=NOON) as deed:
            Kite.objects.filter(pk=kite.pk).update(colour="blue")
            with doing("toy.land", on=kite, by=deed.consequence(), at=NOON):
                raise Refusal

    with pytest.raises(Refusal):
        fail()
    assert Kite.objects.get().colour == "red"
    assert not TrailEntry.objects.exists()


def test_a_deed_costs_one_statement_for_the_trail_and_two_for_the_news(kite, ma):
    news.subscribe(type(flown()), lambda news, *, by, at: None)
    with (
        CaptureQueriesContext(
            connection,
        ) as statements,
        doing("toy.fly", on=kite, by=ma, at=NOON) as deed,
    ):
        deed.tell(flown())
        deed.tell(flown())
        for _ in range(3):
            with doing("toy.land", on=kite, by=deed.consequence(), at=NOON) as inner:
                inner.tell(flown())
    inserts = [each["sql"] for each in statements if each["sql"].startswith("INSERT")]
    assert len(inserts) == 3
    assert (TrailEntry.objects.count(), News.objects.count(), Delivery.objects.count()) == (4, 5, 5)
    others = [each["sql"] for each in statements if not each["sql"].startswith("INSERT")]
    assert all("SAVEPOINT" in each or each.startswith(("BEGIN", "COMMIT")) for each in others), others


def test_a_deed_names_the_row_that_it_made(ma):
    with doing("toy.make", unit_id=HERE, by=ma, at=NOON) as deed:
        made = Kite.objects.create(number="K-2", unit_id=HERE)
        deed.about(made)
    entry = TrailEntry.objects.get()
    assert (entry.subject_id, entry.subject_label, entry.unit_id) == (made.pk, "K-2", HERE)


def test_the_right_is_asked_again_on_the_row_as_it_is_now(kite, chen):
    def fly() -> None:
        with doing("toy.fly", on=kite, by=chen, at=NOON) as deed:
            deed.still(Kite.objects.select_for_update().get(pk=kite.pk))

    fly()
    Kite.objects.filter(pk=kite.pk).update(child_id=4)
    with pytest.raises(NotAllowed):
        fly()


@pytest.mark.shows("G-1")
def test_the_trail_is_never_changed_and_never_erased(kite, ma):
    from guiju.kernel.refusing import refusing

    class Kept(Refusal):
        pass

    with doing("toy.fly", on=kite, by=ma, at=NOON):
        pass
    with pytest.raises(Kept), doing("toy.fly", on=kite, by=ma, at=NOON), refusing(trail_entry_is_never_changed=Kept):
        TrailEntry.objects.update(actor_name="Somebody else")
    with pytest.raises(Kept), doing("toy.fly", on=kite, by=ma, at=NOON), refusing(trail_entry_is_never_changed=Kept):
        TrailEntry.objects.all().delete()
    assert TrailEntry.objects.get().actor_name == "Ma"


def test_the_house_acts_by_the_clock_only_where_the_table_says_so(kite):
    clock = Actor.system("clock")
    with doing("toy.make", on=kite, by=clock, at=NOON):
        pass
    with pytest.raises(NotAllowed), doing("toy.fly", on=kite, by=clock, at=NOON):
        raise AssertionError
    assert TrailEntry.objects.get().role == "SY"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F24")
def test_of_two_deeds_in_a_deadlock_one_is_done_and_one_is_asked_to_come_again(ma):
    kites = [Kite.objects.create(number=f"K-{number}", unit_id=HERE, colour=str(number)) for number in range(2)]
    both_hold_one = threading.Barrier(2)

    def let_out(number: int) -> int:
        metres = 200 + number
        with doing("toy.fly", on=kites[0], by=ma, at=NOON, metres=metres):
            for turn, kite in enumerate(kites if number == 0 else reversed(kites)):
                Kite.objects.filter(pk=kite.pk).update(string_metres=metres)
                if turn == 0:
                    both_hold_one.wait(timeout=10)
        return metres

    got = together(2, let_out)
    (done,) = (each for each in got if isinstance(each, int))
    (lost,) = (each for each in got if not isinstance(each, int))
    assert isinstance(lost, TryAgain), lost
    assert (lost.status, lost.retry_after_s) == (503, 1)
    assert set(Kite.objects.values_list("string_metres", flat=True)) == {done}
    assert TrailEntry.objects.get().facts == {"metres": done}


@pytest.mark.parametrize("says", ["database is locked", "server closed the connection unexpectedly"])
@pytest.mark.shows("F24")
def test_a_lost_race_is_said_and_a_broken_database_is_not(kite, ma, says):
    def break_down() -> None:
        with doing("toy.fly", on=kite, by=ma, at=NOON):
            raise OperationalError(says)

    expected = TryAgain if says == "database is locked" else OperationalError
    with pytest.raises(expected):
        break_down()
    with pytest.raises(expected):
        once("k-1", by=ma, what="toy.fly", body="", do=break_down)
    assert not TrailEntry.objects.exists()
