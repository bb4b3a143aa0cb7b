"""intake.knock and the two rules of the open door: who knocks too often waits, and what a solved puzzle and a due time are."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest

from guiju.kernel.models import TrailEntry
from guiju.line.intake import actions as intake
from guiju.line.intake.models import Knock
from guiju.line.intake.rules import answer_by, is_solved
from guiju.line.workorder.rules import Opening
from tests.cast import NOON

DOOR = {"address": "203.0.113.7", "is_proven": True}


@pytest.mark.shows("A04", "T33")
def test_the_twenty_first_request_of_an_hour_waits(shop):
    for number in range(20):
        intake.knock(unit=shop.unit, **DOOR, at=NOON + timedelta(minutes=number))
    with pytest.raises(intake.TooMany) as refused:
        intake.knock(unit=shop.unit, **DOOR, at=NOON + timedelta(minutes=50))
    assert refused.value.status == 429
    assert "wait 10 minutes" in str(refused.value)
    assert "0757 8888 0001" in str(refused.value), "who has no time to wait can call"
    # Another address, and the same one in the next hour, are served.
    intake.knock(unit=shop.unit, address="203.0.113.8", is_proven=True, at=NOON + timedelta(minutes=50))
    intake.knock(unit=shop.unit, **DOOR, at=NOON + timedelta(minutes=60))


@pytest.mark.shows("A04")
def test_one_telephone_is_named_three_times_a_day(shop):
    def named(number: int, phone: str) -> None:
        intake.knock(unit=shop.unit, address=f"203.0.113.{number}", phone=phone, is_proven=True, at=NOON)

    for number in range(3):
        named(number, "+8613800007788")
    with pytest.raises(intake.TooMany):
        named(9, "+8613800007788")
    named(9, "+8613800007799")


@pytest.mark.shows("A04")
def test_without_a_proof_fewer_come_in(shop):
    for _ in range(3):
        intake.knock(unit=shop.unit, address="203.0.113.7", is_proven=False, at=NOON)
    with pytest.raises(intake.TooMany):
        intake.knock(unit=shop.unit, address="203.0.113.7", is_proven=False, at=NOON)
    intake.knock(unit=shop.unit, **DOOR, at=NOON)


def test_no_address_is_kept_and_what_is_over_is_forgotten(shop):
    before = TrailEntry.objects.count()
    intake.knock(unit=shop.unit, **DOOR, phone="+8613800007788", at=NOON)
    assert not any("203.0" in row.who or "138" in row.who[:4] for row in Knock.objects.all())
    assert TrailEntry.objects.count() == before
    assert intake.forget_knocks(at=NOON + timedelta(minutes=30)) == 0
    assert intake.forget_knocks(at=NOON + timedelta(days=2)) == 2
    assert not Knock.objects.exists()


def test_a_solved_puzzle_begins_with_zeros():
    answer = next(
        str(each) for each in count() if int.from_bytes(hashlib.sha256(f"p:{each}".encode()).digest()) >> 246 == 0
    )
    assert is_solved("p", answer, bits=10)
    assert not is_solved("q", answer, bits=10)
    assert not is_solved("p", "", bits=1)
    assert not is_solved("p", "９", bits=1)
    assert not is_solved("p", f"{answer}x", bits=1)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-02 12:00", "2026-11-02 14:00"),
        ("2026-11-02 07:00", "2026-11-02 11:00"),
        ("2026-11-02 17:00", "2026-11-03 10:00"),
        ("2026-11-02 23:00", "2026-11-03 11:00"),
        ("2026-11-06 17:30", "2026-11-09 10:30"),
        ("2026-11-07 12:00", "2026-11-09 11:00"),
    ],
)
def test_only_opening_hours_count_until_the_first_answer(asked, due):
    opening = Opening("Asia/Shanghai", time(9), time(18), frozenset({6, 7}))

    def here(text: str) -> datetime:
        return datetime.strptime(f"{text} +0800", "%Y-%m-%d %H:%M %z").astimezone(UTC)

    assert answer_by(here(asked), hours=2, opening=opening) == here(due)


def test_a_shop_that_never_opens_answers_by_the_calendar():
    opening = Opening("Asia/Shanghai", time(9), time(18), frozenset(range(1, 8)))
    assert answer_by(NOON, hours=2, opening=opening) == NOON + timedelta(hours=2)
