"""What a deed tells is stored with it, and each reaction to it happens exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from guiju.kernel import news
from guiju.kernel.deed import doing
from guiju.kernel.models import Delivery, News, TrailEntry
from guiju.kernel.refusing import NotAllowed, Refusal, broken_constraints
from tests.kernel.conftest import HERE, NOON, flown, person
from tests.kernel.racing import together
from tests.toy import events, reactions
from tests.toy.models import Kite, Landing

LATER = NOON + timedelta(seconds=5)


def tell(kite: Kite, by: Any, *told: Any) -> None:
    with doing("toy.fly", on=kite, by=by, at=NOON) as deed:
        for each in told or (flown(),):
            deed.tell(each)


@pytest.mark.django_db
@pytest.mark.shows("F24")
def test_a_reaction_that_loses_a_race_is_done_again_at_once(kite, ma, monkeypatch):
    tried = []

    def lose(times: int) -> None:
        def land(told: events.Flown, *, by: Any, at: Any) -> None:
            tried.append(told)
            Landing.objects.create(kite_number=told.kite_number, at=at)
            if len(tried) <= times:
                raise OperationalError("database is locked")

        news.subscribe(events.Flown, land)
        tell(kite, ma)

    monkeypatch.setattr(news, "TURN_SECONDS", 0)
    lose(2)
    assert news.deliver_due(NOON) == 1
    assert (len(tried), Landing.objects.count()) == (3, 1)
    assert Delivery.objects.get().state == Delivery.State.DONE


@pytest.mark.django_db
def test_a_reaction_that_keeps_losing_is_tried_later(kite, ma, monkeypatch):
    def lose(told: events.Flown, *, by: Any, at: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(news, "TURN_SECONDS", 0)
    news.subscribe(events.Flown, lose)
    tell(kite, ma)
    assert news.deliver_due(NOON) == 1
    later = Delivery.objects.get()
    assert (later.state, later.attempts) == (Delivery.State.PENDING, 1)
    assert "TryAgain" in later.last_error


@pytest.mark.django_db
@pytest.mark.shows("I37")
def test_news_is_stored_with_its_deed_and_delivered_after_it(kite, ma):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    told = News.objects.get()
    assert (told.kind, told.unit_id, told.listeners) == ("toy.Flown", HERE, 1)
    assert told.entry_key == TrailEntry.objects.get().key
    assert not Landing.objects.exists()
    assert news.deliver_due(NOON) == 1
    assert Landing.objects.get().kite_number == "K-1"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.done_at, delivery.attempts) == ("DONE", NOON, 1)
    assert news.deliver_due(NOON) == 0


@pytest.mark.django_db
def test_a_reaction_acts_for_the_house_because_of_the_deed_that_told(kite, ma):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    news.deliver_due(NOON)
    cause, consequence = TrailEntry.objects.order_by("pk")
    assert (consequence.verb, consequence.because, consequence.actor_kind) == ("toy.land", cause.key, "SYSTEM")


@pytest.mark.django_db
def test_an_event_is_heard_as_it_was_told(kite, ma):
    heard: list[Any] = []

    def listen(told: events.Flown, *, by: Any, at: datetime) -> None:
        heard.append(told)

    event = flown(wind=events.Wind.STRONG, heights=(10, 20), child_id=7)
    news.subscribe(events.Flown, listen)
    tell(kite, ma, event)
    news.deliver_due(NOON)
    assert heard == [event]
    assert heard[0].wind is events.Wind.STRONG


@pytest.mark.django_db
def test_news_that_nobody_hears_is_kept_all_the_same(kite, ma):
    tell(kite, ma, events.Unheard("K-1"))
    assert News.objects.get().listeners == 0
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_each_reaction_hears_it_and_one_that_fails_does_not_keep_the_others_from_it(kite, ma):
    news.subscribe(events.Flown, reactions.stumble)
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    assert news.deliver_due(NOON) == 2
    assert Landing.objects.count() == 1  # what stumbled left nothing behind
    failed = Delivery.objects.get(reaction__endswith="stumble")
    assert (failed.state, failed.attempts, failed.next_at) == ("PENDING", 1, LATER)
    assert failed.last_error == "RuntimeError: The string broke."


@pytest.mark.django_db
@pytest.mark.shows("F15")
def test_what_keeps_failing_waits_longer_each_time_and_is_parked_in_the_end(kite, ma):
    news.subscribe(events.Flown, reactions.stumble)
    tell(kite, ma)
    now, waits = NOON, []
    for _ in range(news.ATTEMPTS_MAX):
        assert news.deliver_due(now) == 1
        assert news.deliver_due(now) == 0
        delivery = Delivery.objects.get()
        waits.append(int((delivery.next_at - now).total_seconds()))
        now = delivery.next_at
    assert waits == [5, 20, 80, 320, 1280, 5120, 20480, 81920]
    assert (delivery.state, delivery.attempts) == ("PARKED", 8)
    assert news.deliver_due(now + timedelta(days=9)) == 0


@pytest.mark.django_db
@pytest.mark.shows("F15")
def test_a_reaction_that_killed_its_worker_every_time_is_parked_too(kite, ma):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    Delivery.objects.update(attempts=news.ATTEMPTS_MAX)  # eight workers died before they could write anything
    news.deliver_due(NOON)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == ("PARKED", "The worker died in every attempt.")
    assert not Landing.objects.exists()


@pytest.mark.django_db
def test_the_administrator_sends_parked_news_again(kite, ma, chen):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    Delivery.objects.update(state=Delivery.State.PARKED, attempts=8)
    parked = Delivery.objects.get()
    with pytest.raises(NotAllowed):
        news.resend(parked, by=chen, at=LATER)
    sent = news.resend(parked, by=person(8, "Ad", "AD"), at=LATER)
    assert (sent.state, sent.attempts) == ("PENDING", 0)
    assert news.deliver_due(LATER) == 1
    assert Landing.objects.count() == 1
    # What is done is never done again.
    news.resend(sent, by=person(8, "Ad", "AD"), at=LATER)
    assert news.deliver_due(LATER) == 0
    assert Landing.objects.count() == 1


@pytest.mark.django_db
def test_a_reaction_that_was_renamed_is_not_lost_silently(kite, ma):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    news._reactions.clear()
    news.deliver_due(NOON)
    assert "tests.toy.reactions.land" in Delivery.objects.get().last_error


@pytest.mark.django_db
def test_what_a_refused_deed_told_is_never_heard(kite, ma):
    news.subscribe(events.Flown, reactions.land)

    def fail() -> None:
        with doing("toy.fly", on=kite, by=ma, at=NOON) as deed:
            deed.tell(flown())
            raise Refusal

    with pytest.raises(Refusal):
        fail()
    assert news.deliver_due(NOON) == 0
    tell(kite, ma)
    assert news.deliver_due(NOON) == 1


@pytest.mark.django_db
def test_news_is_not_delivered_inside_a_deed(kite, ma):
    with pytest.raises(transaction.TransactionManagementError), doing("toy.fly", on=kite, by=ma, at=NOON):
        news.deliver_due(NOON)


@pytest.mark.django_db
def test_one_reaction_hears_one_piece_of_news_once_says_the_database(kite, ma):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    again = Delivery(news=News.objects.get(), reaction="tests.toy.reactions.land", next_at=NOON)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        again.save()
    assert "delivery_once_a_reaction" in broken_constraints(broken.value)


def test_only_frozen_events_are_news():
    from dataclasses import dataclass

    @dataclass
    class Loose:
        number: str

    with pytest.raises(TypeError, match="news cannot"):
        news.event(Loose)
    with pytest.raises(TypeError, match="not marked"):
        news.subscribe(Loose, reactions.land)


# --- Workers that are killed


def database_url() -> str:
    """The address of the test database, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:////{str(known['NAME']).lstrip('/')}"
    return f"postgres://{known['USER']}@/{known['NAME']}?host={known['HOST']}"


def killed_in_the_middle(how: str, tmp_path: Path) -> None:
    """Start a worker, wait until its reaction has done everything but finish, and kill it with SIGKILL."""
    reached = tmp_path / "reached"
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "guiju.conf.settings",
        "GUIJU_DATA": str(tmp_path),
        # One installation: the other process signs what it writes as we do.
        "GUIJU_SECRET_KEY": settings.SECRET_KEY,
        reactions.HANG: str(reached),
    }
    command = [sys.executable, "-m", "tests.kernel.killable", how, NOON.isoformat()]
    root = Path(settings.LOCALE_PATHS[0]).parent.parent
    with subprocess.Popen(command, env=environment, cwd=root, stderr=subprocess.PIPE, text=True) as worker:
        until = time.monotonic() + 60
        while not reached.exists() and worker.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        if not reached.exists():
            worker.kill()
            pytest.fail(f"The worker never got there: {worker.communicate()[1]}")
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(timeout=10) == -signal.SIGKILL
        worker.communicate()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F15", "F01", "I38")
def test_a_worker_killed_in_the_middle_leaves_the_effect_to_happen_exactly_once(kite, ma, tmp_path):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    killed_in_the_middle("worker", tmp_path)
    assert not Landing.objects.exists()
    # The attempt was counted before it was made; nobody tries again before the backoff is over.
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts, waiting.next_at) == ("PENDING", 1, LATER)
    assert news.deliver_due(NOON) == 0
    assert news.deliver_due(LATER) == 1
    assert news.deliver_due(LATER + timedelta(days=1)) == 0
    assert Landing.objects.count() == 1
    assert TrailEntry.objects.filter(verb="toy.land").count() == 1


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_the_naive_way_does_it_twice(kite, ma, tmp_path):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma)
    killed_in_the_middle("naive", tmp_path)
    assert news.deliver_due(LATER) == 1
    assert Landing.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("F15")
def test_eight_workers_share_the_news_and_do_nothing_twice(kite, ma):
    news.subscribe(events.Flown, reactions.land)
    tell(kite, ma, *(flown() for _ in range(60)))
    shared = together(8, lambda number: news.deliver_due(NOON))
    assert sum(shared) == 60, shared
    assert sum(each > 0 for each in shared) > 1
    assert Landing.objects.count() == 60
