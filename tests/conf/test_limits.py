"""Whoever comes too often is told when to come again; nobody else is, and what was typed is kept."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guiju.conf.environment import LIMITS, limits
from guiju.conf.running.buckets import Buckets, Limit
from guiju.kernel.actor import Actor
from guiju.standing.people import actions as people
from guiju.standing.people.models import Person
from tests.cast import Cast

Browser = Callable[[str], Client]
FEW = Limit(per_minute=60, burst=3)


# --- The table that all processes share


class Clock:
    """Stands until it is moved on."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(tmp_path: Path, clock: Clock) -> Any:
    table = Buckets(tmp_path / "run" / "buckets", clock=clock)
    yield table
    table.close()


def taken(buckets: Buckets, who: str = "a", tries: int = 5) -> list[float]:
    return [round(buckets.take(who, FEW), 3) for _ in range(tries)]


@pytest.mark.shows("F22")
def test_a_bucket_holds_a_burst_and_fills_drop_by_drop(buckets: Buckets, clock: Clock) -> None:
    assert taken(buckets) == [0, 0, 0, 1, 1]
    assert taken(buckets, "b", 3) == [0, 0, 0]
    clock.now += 0.4
    assert taken(buckets, tries=1) == [0.6]
    clock.now += 0.6
    assert taken(buckets, tries=2) == [0, 1]
    clock.now += 3600
    assert taken(buckets) == [0, 0, 0, 1, 1]


def test_a_clock_that_is_set_back_shuts_nobody_out_for_long(buckets: Buckets, clock: Clock) -> None:
    assert taken(buckets, tries=4) == [0, 0, 0, 1]
    clock.now -= 86_400
    assert taken(buckets, tries=1) == [1]


def test_a_flood_of_names_makes_it_forget_and_refuses_nobody_new(buckets: Buckets, tmp_path: Path) -> None:
    size = (tmp_path / "run" / "buckets").stat().st_size
    assert not any(buckets.take(f"flood {each}", FEW) for each in range(40_000))
    assert (tmp_path / "run" / "buckets").stat().st_size == size


def _take_many(file: Path, got: Any) -> None:
    table = Buckets(file)
    got.put(sum(table.take("one", Limit(per_minute=1, burst=200)) == 0 for _ in range(200)))


def test_processes_count_together(tmp_path: Path) -> None:
    ways = multiprocessing.get_context("fork")
    got = ways.Queue()
    others = [ways.Process(target=_take_many, args=[tmp_path / "buckets", got]) for _ in range(3)]
    for each in others:
        each.start()
    assert sum(got.get(timeout=30) for _ in others) == 200
    for each in others:
        each.join()


def test_limits_are_read_from_one_line_and_a_wrong_one_is_refused() -> None:
    assert limits("") == LIMITS
    assert limits("off") == {}
    assert limits("person=60/3, address=off") == {"person": FEW, "key": LIMITS["key"], "link": LIMITS["link"]}
    for wrong in ("person", "person=60", "person=0/1", "everybody=60/3", "person=-1/3"):
        with pytest.raises(ValueError, match="GUIJU_LIMITS"):
            limits(wrong)


# --- At the door


@pytest.fixture
def few(settings: Any, tmp_path: Path) -> None:
    settings.RUN = tmp_path
    settings.GUIJU_LIMITS = dict.fromkeys(("person", "key", "link", "address"), Limit(per_minute=0.1, burst=3))


@pytest.mark.shows("F22", "T28")
def test_a_person_who_comes_too_often_is_refused_cheaply_and_others_are_not(
    cast: Cast, few: None, signed_in: Browser, django_assert_num_queries: Any
) -> None:
    lin, bo = signed_in("lin"), signed_in("bo")
    assert [lin.get("/find").status_code for _ in range(4)] == [200, 200, 200, 429]
    # The second browser of the same person is the same person.
    assert signed_in("lin").get("/find").status_code == 429
    with django_assert_num_queries(0):
        answer = lin.get("/find", headers={"Accept-Language": "zh-CN"})
    assert (answer.status_code, 500 < int(answer["Retry-After"]) <= 600) == (429, True)
    assert "短时间内操作过于频繁" in answer.content.decode()
    assert bo.get("/find").status_code == 200
    assert [lin.get("/health").status_code for _ in range(5)] == [200] * 5


@pytest.mark.shows("F22")
def test_what_was_typed_is_offered_again_with_its_key(cast: Cast, few: None, signed_in: Browser) -> None:
    lin = signed_in("lin")
    for _ in range(3):
        lin.get("/find")
    typed = {"once": "k-1", "note": 'the "drum" <b>', "password": "hidden-word", "kept": ["1", "2"]}
    page = lin.post("/reception/customers/new?x=1", typed).content.decode()
    assert 'action="/reception/customers/new?x=1"' in page
    assert 'name="note" value="the &quot;drum&quot; &lt;b&gt;"' in page
    assert 'name="once" value="k-1"' in page
    assert page.count('name="kept"') == 2
    # The token of the new page, and of no other.
    assert page.count("k-1") == 1
    assert "hidden-word" not in page


@pytest.mark.shows("F22")
def test_a_program_is_told_in_a_problem_and_each_key_counts_by_itself(
    cast: Cast, few: None, shen: Actor, shen_person: Person
) -> None:
    def key() -> dict[str, str]:
        made = people.make_api_key(shen_person, label="x", verbs=["stock.receive"], by=shen, at=timezone.now())
        return {"Authorization": f"Bearer {made[1]}"}

    first, second, client = key(), key(), Client()
    said = [client.get("/api/v1/orders", headers=first) for _ in range(4)]
    assert [each.status_code for each in said].count(429) == 1
    assert said[-1]["Content-Type"] == "application/problem+json"
    assert (said[-1].json()["code"], 500 < int(said[-1]["Retry-After"]) <= 600) == ("too_often", True)
    assert client.get("/api/v1/orders", headers=second).status_code != 429


@pytest.mark.shows("T28", "F22")
def test_a_link_and_an_address_count_by_themselves(cast: Cast, few: None) -> None:
    home, away = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    # One guesser with many links is one address; one link from many addresses is one link.
    assert [home.get(f"/t/guess-{each}").status_code for each in range(4)] == [404, 404, 404, 429]
    assert [Client(REMOTE_ADDR=f"203.0.114.{each}").get("/t/shared").status_code for each in range(4)][3] == 429
    assert away.get("/t/another").status_code == 404
    # Addresses that are none count, too.
    robot = Client(REMOTE_ADDR="203.0.113.9")
    assert [robot.get("/wp-login.php").status_code for _ in range(6)][-1] == 429
