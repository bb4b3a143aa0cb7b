"""What figures look like on a page, in each language."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from guiju.desks.common import states, words
from guiju.desks.common.place import Place, standing_in
from guiju.kernel.amounts import Money

FOSHAN = Place("CNY", "CN", "Asia/Shanghai")


@pytest.fixture(autouse=True)
def _in_foshan() -> Iterator[None]:
    with standing_in(FOSHAN), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("language", "currency", "shown"),
    [
        ("en", "CNY", "¥12,345.60"),
        ("zh-hans", "CNY", "¥12,345.60"),
        ("zh-hant", "CNY", "¥12,345.60"),
        ("zh-hant", "TWD", "NT$12,345.60"),
        ("zh-hans", "HKD", "HK$12,345.60"),
        ("en", "JPY", "JP¥1,234,560"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(language: str, currency: str, shown: str) -> None:
    with translation.override(language):
        assert words.money(1234560, currency) == shown


def test_money_takes_the_currency_of_the_place() -> None:
    assert words.money(5) == "¥0.05"
    with standing_in(Place("HKD", "HK", "Asia/Hong_Kong")):
        assert words.money(5) == "HK$0.05"


def test_the_filter_takes_money_values_and_leaves_nothing_empty() -> None:
    from guiju.desks.common.templatetags import trade

    assert trade.money(Money(1250, "TWD")) == "NT$12.50"
    assert trade.money(0) == "¥0.00"
    assert trade.money(None) == ""


@pytest.mark.parametrize(
    ("number", "whole", "masked"),
    [
        ("+8613812345678", "138 1234 5678", "138 **** 5678"),
        ("+85291234567", "+852 9123 4567", None),
        ("+862081234567", "020 8123 4567", "020 **** 4567"),
        ("110", "110", "***"),
    ],
)
def test_a_phone_in_a_list_can_be_recognised_but_not_dialled(number: str, whole: str, masked: str | None) -> None:
    assert words.phone(number) == whole
    shown = words.masked_phone(number)
    assert masked is None or shown == masked
    hidden = sum(sign.isdigit() for sign in whole) - sum(sign.isdigit() for sign in shown)
    assert hidden >= min(4, sum(sign.isdigit() for sign in whole))


def test_a_moment_is_told_on_the_units_clock() -> None:
    noon_in_foshan = datetime(2026, 11, 2, 4, 5, tzinfo=UTC)
    assert words.when(noon_in_foshan) == "2 Nov 2026 12:05"
    assert words.when(noon_in_foshan, "time") == "12:05"
    with standing_in(Place("TWD", "TW", "America/Vancouver")):
        assert words.when(noon_in_foshan, "date") == "1 Nov 2026"
    with translation.override("zh-hans"):
        assert words.when(noon_in_foshan) == "2026年11月2日 12:05"
        assert words.when(date(2026, 11, 2)) == "2026年11月2日"


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (1, "PIECE", "1 piece"),
        (3, "PIECE", "3 pieces"),
        (1500, "GRAM", "1.5 kg"),
        (250, "ML", "250 ml"),
        (2400, "MM", "2.4 m"),
    ],
)
def test_a_quantity_is_said_in_the_unit_that_people_say(amount: int, unit: str, shown: str) -> None:
    assert words.quantity(amount, unit) == shown


def test_every_state_of_a_work_order_has_a_word_and_a_tone() -> None:
    from guiju.line.workorder.rules import State

    assert [state for state in State if states.word_for(state) != states.MACHINES["order"][state]] == []
    assert [state for state in State if state.value not in states.TONES] == []


def test_the_same_code_says_another_thing_in_another_machine() -> None:
    assert states.word_for("ISSUED", "quote") != states.word_for("ISSUED", "request")
    assert states.tone_of("ISSUED", "quote") is states.Tone.WAITING
    assert states.word_for("UNHEARD_OF") == "Unheard of"


def test_no_code_of_a_machine_lacks_a_word() -> None:
    from guiju.desks.common.templatetags import trade

    assert trade.word("CARRY_IN", "mode") == "Carry-in repair"
    empty = [
        (name, code) for name, labels in states.MACHINES.items() for code in labels if not states.word_for(code, name)
    ]
    assert empty == []
