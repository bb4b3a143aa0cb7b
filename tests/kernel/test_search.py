"""People find what they typed, however they typed it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.search import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＦＳ－０１ 維修", "fs01维修"),  # width, hyphen, space, script
        ("SN 12-34/ab", "sn1234AB"),
        ("138 0000 0000", "13800000000"),
        ("應收賬款", "应收帐款"),
        ("應收帳款", "应收账款"),
        ("收銀臺", "收银台"),
        ("Straße", "STRASSE"),
        ("電冰箱（雙門）", "电冰箱双门"),
        ("①", "1"),
    ],
)
def test_two_ways_to_write_the_same_are_the_same(one: str, other: str):
    assert fold(one) == fold(other)


def test_different_words_stay_different():
    assert len({fold(each) for each in ("维修", "修维", "冰箱", "冰柜", "FS01", "FS10", "")}) == 7


@given(some.text())
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


@given(
    some.text(alphabet=some.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    some.text(alphabet="乾隆薴臺後面發"),
)
def test_a_part_of_a_word_is_found_in_the_word(one: str, other: str):
    assert fold(one + other) == fold(one) + fold(other)
