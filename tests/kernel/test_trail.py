"""The trail is a chain: whoever touches one row of it is found, wherever and however."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guiju.kernel import installing, trail
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import Delivery, News, TrailEntry, TrailSeal, Transition
from guiju.kernel.refusing import broken_constraints
from tests.kernel.conftest import HERE, NOON
from tests.kernel.racing import together

ENTRY, SEAL = "kernel_trailentry", "kernel_trailseal"


def deeds(number: int, by: Actor) -> None:
    for each in range(number):
        with doing("toy.make", unit_id=HERE, by=by, at=NOON + timedelta(seconds=each), turn=each, note="風 \x00'\""):
            pass


@contextmanager
def as_the_owner_of_the_database() -> Iterator[Any]:
    """Past every trigger, as somebody can who has the database in his hands."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            installing.drop_before_migrating()
        yield cursor
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
        # SQLite gets its triggers back when the test's transaction is undone.


def found() -> str:
    return "; ".join(trail.walk())


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("PLT-1", "I34")
def test_the_chain_holds_from_the_first_deed_to_the_last(ma):
    assert trail.head() == (0, trail.GENESIS)
    deeds(7, ma)
    assert trail.seal_pending() == 7
    assert trail.seal_pending() == 0
    deeds(3, ma)
    assert trail.seal_pending() == 3
    assert trail.head()[0] == TrailSeal.objects.count() == 10
    assert found() == ""


@pytest.mark.django_db
def test_sealing_costs_few_statements_however_many_deeds_there_were(ma):
    deeds(40, ma)
    with CaptureQueriesContext(connection) as statements:
        trail.seal_pending()
    assert len([each for each in statements if "SAVEPOINT" not in each["sql"]]) <= 8
    assert found() == ""


@pytest.mark.django_db
def test_more_than_one_batch_is_one_chain(ma, monkeypatch):
    monkeypatch.setattr(trail, "AT_ONCE", 3)
    monkeypatch.setattr(trail, "PIECE", 2)
    deeds(8, ma)
    assert trail.seal_pending() == 8
    assert found() == ""


@pytest.mark.no_books
@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("PLT-1", "I34", "T46", "G-1")
@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (f"UPDATE {ENTRY} SET actor_name = 'Somebody' WHERE id = %s", "is not what was sealed"),
        (f"UPDATE {ENTRY} SET facts = '{{}}' WHERE id = %s", "is not what was sealed"),
        (f"UPDATE {ENTRY} SET id = id + 1000 WHERE id = %s", "is gone"),
        (f"UPDATE {ENTRY} SET mark = 'x' WHERE id = %s", "is not what was sealed"),
        (f"DELETE FROM {ENTRY} WHERE id = %s", "is gone"),
        (f"DELETE FROM {SEAL} WHERE entry_id = %s", "the chain jumps"),
        (f"UPDATE {SEAL} SET digest = '{'0' * 63}1' WHERE entry_id = %s", "does not hang on the one before it"),
        (f"UPDATE {SEAL} SET entry_id = -1 WHERE entry_id = %s", "is gone"),
    ],
    ids=["changed", "facts changed", "renumbered", "marked", "removed", "unsealed", "sealed anew", "moved"],
)
def test_a_row_that_was_touched_is_found(ma, tampering, says):
    deeds(5, ma)
    trail.seal_pending()
    assert found() == ""
    with as_the_owner_of_the_database() as cursor:
        cursor.execute(tampering, [TrailEntry.objects.order_by("pk")[2].pk])
    assert says in found()


@pytest.mark.no_books
@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("PLT-1", "T46")
def test_two_rows_that_were_swapped_are_found(ma):
    deeds(4, ma)
    trail.seal_pending()
    first, second = TrailSeal.objects.order_by("seq")[1:3]
    with as_the_owner_of_the_database() as cursor:
        for seq, pk in ((1_000_000, first.pk), (first.seq, second.pk), (second.seq, first.pk)):
            cursor.execute(f"UPDATE {SEAL} SET seq = %s WHERE id = %s", [seq, pk])
    assert "does not hang on the one before it" in found()


@pytest.mark.no_books
@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("PLT-1", "T46")
def test_an_entry_that_no_deed_wrote_is_found_before_and_after_it_is_sealed(ma):
    deeds(3, ma)
    trail.seal_pending()
    forged = TrailEntry.objects.order_by("pk").last()
    forged.pk, forged.key, forged.verb = None, uuid4(), "toy.steal"
    forged.mark = trail.mark(forged)[::-1]
    forged._state.adding = True
    forged.save()
    assert "was written by no deed of this installation" in found()
    trail.seal_pending()
    assert "was written by no deed of this installation" in found()


@pytest.mark.no_books
@pytest.mark.django_db
@pytest.mark.shows("PLT-1")
def test_an_entry_changed_before_it_was_sealed_is_found(ma):
    deeds(3, ma)
    with as_the_owner_of_the_database() as cursor:
        cursor.execute(f"UPDATE {ENTRY} SET actor_name = 'Somebody'")
    trail.seal_pending()
    assert found().count("was written by no deed of this installation") == 3


@pytest.mark.no_books
@pytest.mark.django_db
@pytest.mark.shows("I34", "T46")
def test_a_chain_that_was_cut_short_or_made_anew_lacks_what_was_written_down(ma):
    deeds(5, ma)
    trail.seal_pending()
    written_down = trail.head()
    assert "; ".join(trail.walk([written_down])) == ""
    with as_the_owner_of_the_database() as cursor:
        for table, column in ((SEAL, "seq"), (ENTRY, "id")):
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT max({column}) FROM {table})")
    assert found() == ""  # from inside nothing is to be seen
    assert "; ".join(trail.walk([written_down])) == "the chain ends before link 5, which was written down"
    deeds(1, ma)
    trail.seal_pending()
    assert "; ".join(trail.walk([written_down])) == "link 5 is not the one that was written down"


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("I34", "T46")
def test_a_trail_rewritten_whole_from_the_start_is_noticed_by_its_heads_outside(ma, tmp_path):
    book = tmp_path / "heads.txt"
    for turn in range(2):
        deeds(3, ma)
        trail.seal_pending()
        trail.write_head(book, at=NOON + timedelta(days=turn))
    heads = trail.read_heads(book)
    assert [seq for seq, _digest in heads] == [3, 6]
    assert "; ".join(trail.walk(heads)) == ""
    with as_the_owner_of_the_database() as cursor:
        # With the database and the secret in hand: another name in the first deed, its mark made anew, and every link after it.
        first = TrailEntry.objects.order_by("pk").first()
        first.actor_name = "Somebody else"
        cursor.execute(
            f"UPDATE {ENTRY} SET actor_name = %s, mark = %s WHERE id = %s",
            [first.actor_name, trail.mark(first), first.pk],
        )
        cursor.execute(f"DELETE FROM {SEAL}")
        trail.seal_pending(everything=True)
    assert found() == ""  # from inside nothing is to be seen
    told = "; ".join(trail.walk(heads))
    assert told == "link 3 is not the one that was written down; link 6 is not the one that was written down"
    trail.write_head(book, at=NOON + timedelta(days=2))
    assert trail.read_heads(book) == heads, "what was written first counts"


@pytest.mark.django_db
@pytest.mark.shows("T46")
def test_the_mark_of_an_earlier_secret_still_counts(ma, settings):
    deeds(2, ma)
    trail.seal_pending()
    earlier, settings.SECRET_KEY = settings.SECRET_KEY, "another one"
    assert found().count("was written by no deed of this installation") == 2
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert found() == ""


@pytest.mark.django_db
def test_what_turns_up_far_back_is_shown_to_a_person_before_it_is_sealed(ma, monkeypatch):
    monkeypatch.setattr(trail, "LOOK_BACK", 2)
    deeds(6, ma)
    late = TrailEntry.objects.order_by("pk")[1]
    others = list(TrailEntry.objects.exclude(pk=late.pk).order_by("pk"))
    trail._hang(others)
    assert trail.seal_pending() == 0
    assert "was never sealed" in found()
    assert trail.seal_pending(everything=True) == 1
    assert found() == ""


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.shows("G-1")
def test_the_chain_is_append_only_and_never_forks(ma):
    deeds(2, ma)
    trail.seal_pending()
    first = TrailSeal.objects.get(seq=1)
    fork = TrailSeal(entry_id=99, seq=3, previous=first.previous, digest="f" * 64)
    for touch, name in (
        (lambda: TrailSeal.objects.update(digest="0"), "trail_seal_is_never_changed"),
        (lambda: TrailSeal.objects.all().delete(), "trail_seal_is_never_changed"),
        (fork.save, "trail_seal_never_forks"),
    ):
        with pytest.raises(IntegrityError) as broken, transaction.atomic():
            touch()
        assert name in broken_constraints(broken.value)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("PLT-1")
def test_deeds_and_sealers_at_once_make_one_chain(ma):
    def one(number: int) -> int:
        if number % 2:
            return sum(trail.seal_pending() for _ in range(30))
        deeds(25, ma)
        return 0

    sealed = sum(together(8, one))
    assert sealed + trail.seal_pending() == 100
    assert TrailSeal.objects.count() == TrailEntry.objects.count() == 100
    assert found() == ""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_deed_does_not_wait_for_a_deed_that_is_under_way(ma):
    """The chain is why it would; so eight deeds that take 0.3 s each take much less than eight times that."""
    import time

    def slow(number: int) -> None:
        with doing("toy.make", unit_id=HERE, by=ma, at=NOON), doing("toy.make", unit_id=HERE, by=ma, at=NOON):
            time.sleep(0.3)

    started = time.monotonic()
    assert together(8, slow) == [None] * 8
    assert time.monotonic() - started < 1.5


@pytest.mark.no_books
@pytest.mark.django_db
@pytest.mark.shows("I33", "I27", "I37")
def test_steps_and_news_without_a_deed_and_steps_that_leap_are_found(kite, ma):
    deeds(1, ma)
    key = TrailEntry.objects.get().key
    step = {"subject_type": "toy.kite", "verb": "toy.fly", "at": NOON, "actor_name": "Ma", "entry_key": key}
    Transition.objects.create(subject_id=1, from_state="", to_state="FLYING", **step)
    Transition.objects.create(subject_id=2, from_state="LANDED", to_state="FLYING", **step)
    Transition.objects.create(subject_id=1, from_state="FLYING", to_state="LANDED", **step)
    told = News.objects.create(kind="toy.Flown", payload={}, told_at=NOON, entry_key=key, listeners=1)
    Delivery.objects.create(news=told, reaction="a", next_at=NOON)
    assert list(trail.problems()) == []
    Transition.objects.create(subject_id=1, from_state="FLYING", to_state="TORN", **step)
    Transition.objects.create(subject_id=2, from_state="FLYING", to_state="TORN", **step | {"entry_key": uuid4()})
    News.objects.create(kind="toy.Flown", payload={}, told_at=NOON, entry_key=uuid4())
    News.objects.create(kind="toy.Flown", payload={}, told_at=NOON, entry_key=key, listeners=2)
    Delivery.objects.create(news=told, reaction="b", next_at=NOON)
    assert sorted(name for name, _says in trail.problems()) == ["I27", "I33", "I33", "I37", "I37"]
