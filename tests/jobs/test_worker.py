"""The worker does not stand in the way of the counter (docs/decisions/0004-news-delivery.md)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from guiju.jobs import worker
from guiju.kernel import news, repeating

FULL, NORMAL = 2, 1
sqlite_alone = pytest.mark.skipif("config.getoption('--postgres')", reason="a setting of SQLite")


def synchronous() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


@pytest.fixture
def outside(transactional_db: None) -> None:
    """A connection with the settings of the house, and no transaction around the test."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")


@sqlite_alone
@pytest.mark.usefixtures("outside")
def test_a_turn_of_the_worker_does_not_wait_for_the_disk_and_everything_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = list[int]()

    def deliver_due(*_args: object, **_how: object) -> int:
        seen.append(synchronous())
        return 0

    monkeypatch.setattr(news, "deliver_due", deliver_due)
    worker.Worker().turn()
    assert seen == [NORMAL]
    assert synchronous() == FULL


@sqlite_alone
@pytest.mark.usefixtures("outside")
def test_the_disk_is_waited_for_again_after_a_turn_that_failed() -> None:
    def fail() -> None:
        with repeating.unhurried():
            assert synchronous() == NORMAL
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert synchronous() == FULL
    with repeating.unhurried():
        connection.close()
    assert connection.connection is None


@sqlite_alone
@pytest.mark.django_db
def test_a_deed_that_happens_to_do_it_still_waits_for_the_disk() -> None:
    """SQLite would refuse the change inside a transaction, and the deed promises more than the night shift."""
    before = synchronous()
    with repeating.unhurried():
        assert synchronous() == before


@pytest.mark.django_db(transaction=True)
def test_those_who_wait_may_write_after_each_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    breaths = list[None]()
    claims = iter([1, 2, None])
    monkeypatch.setattr(news, "_claim", lambda _now: next(claims))
    monkeypatch.setattr(news, "_bring_about", lambda *_: None)
    assert news.deliver_due(worker.now(), breath=lambda: breaths.append(None)) == 2
    assert len(breaths) == 2


def test_the_lanes_beside_the_first_come_when_it_has_found_something_and_ask_nothing_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    due, looked = [1, 2], list[int]()

    def turn(_now: object, found: Callable[[], object]) -> bool:
        looked.append(len(due))
        if not due:
            return False
        due.pop()
        found()
        return True

    monkeypatch.setattr(worker.messages, "turn", turn)
    first, beside = worker.Worker().outward()[: worker.messages.LANES]
    assert beside() is False
    assert looked == []
    assert first() is True
    # As a slow gateway would let it: the other lane sends the second while the first is still at its own.
    assert beside() is True
    assert (beside(), looked) == (False, [2, 1, 0])
    assert (beside(), looked) == (False, [2, 1, 0])
