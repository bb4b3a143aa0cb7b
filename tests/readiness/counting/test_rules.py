"""The arithmetic of counts: what is far off, what is due, what a scan means, whose word is enough."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from guiju.readiness.counting.rules import (
    Class,
    DueBin,
    Shelved,
    Tolerance,
    Usage,
    Worth,
    adds,
    classes,
    due,
    read,
    wanted,
)

TODAY = date(2026, 11, 2)


@pytest.mark.shows("4.12")
@pytest.mark.parametrize(
    ("expected", "counted", "is_far"),
    [
        (5, 4, False),
        (5, 3, True),
        (0, 1, False),
        (0, 2, True),
        (1000, 980, False),
        (1000, 979, True),
        (100, 102, False),
    ],
)
def test_one_piece_or_two_percent_are_within(expected: int, counted: int, is_far: bool) -> None:
    assert Tolerance(1, Decimal(2)).is_exceeded(expected=expected, counted=counted) is is_far


@pytest.mark.shows("S6-25")
def test_a_part_is_watched_by_what_it_is_worth_and_by_how_often_it_moves() -> None:
    used = [Usage(1, 8000, 1), Usage(2, 1500, 1), Usage(3, 500, 98), Usage(4, 0, 0)]
    assert classes(used) == {1: Class.A, 2: Class.B, 3: Class.A, 4: Class.C}
    assert classes([]) == {}


@pytest.mark.shows("S6-25")
def test_the_most_urgent_bin_comes_first() -> None:
    def ago(days: int) -> date:
        return TODAY - timedelta(days=days)

    days = {Class.A: 30, Class.B: 90, Class.C: 180}
    watched = {1: Class.A, 2: Class.B}
    lying = [
        Shelved(10, 1, ago(29)), Shelved(10, 9, ago(10)), Shelved(11, 1, ago(30)), Shelved(12, 2, None), Shelved(12, 9, ago(400)),
        Shelved(13, 1, ago(50)), Shelved(14, 9, ago(179)),
    ]  # fmt: skip
    assert due(lying, watched, days, on=TODAY) == [
        DueBin(13, Class.A, 20, 1), DueBin(11, Class.A, 0, 1), DueBin(12, Class.B, None, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" a-01 ", "A-01"), ("Ａ－０１", "A-01"), ("s1/a–01", "S1/A-01"), ("\tPCB-01\r\n", "PCB-01"),
        ("https://guiju.example/stores/bins/A-01/?x=1", "A-01"), ("　", ""), ("\x1dPCB-01", "PCB-01"),
    ],
)  # fmt: skip
def test_a_scan_is_read_however_it_was_typed(text: str, code: str) -> None:
    assert read(text) == code


@pytest.mark.shows("5.3")
def test_whose_signatures_are_missing() -> None:
    limits: dict[str, int | None] = {"OM": 200, "LM": 2000, "NM": 2000, "FI": 5000}

    def missing(value: int, *signed: str, is_known: bool = True) -> list[str]:
        return wanted(Worth(value, 0, is_known), signed, limits=limits, collective_minor=20_000)

    assert (
        missing(200, "OM")
        == missing(5000, "FI")
        == missing(5001, "FI", "LM")
        == missing(20_000, "FI", "NM", "LM")
        == []
    )
    assert missing(0, "OM", is_known=False) == ["FI"], "what has no cost may be worth anything"
    assert missing(5001, "FI") == ["NM"]
    assert missing(5001, "NM") == ["FI"]
    assert missing(20_000, "FI", "NM") == ["LM"]
    assert not adds("OM", Worth(5001, 0, True), limits)
    assert adds("NM", Worth(5001, 0, True), limits)
    assert not adds("NM", Worth(4000, 0, True), limits), "finance is enough, so nobody adds to the network's half"
