"""A sentence is kept as a fact and spoken in the reader's language."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from guiju.kernel.words import N_, NAMELESS, Sentence, pick

NAMES = {"en": "Fridge", "zh-hans": "冰箱", "zh-hant": "冰箱（繁）"}


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Translations of our own, so that these tests do not depend on what the translators wrote."""
    entries: dict[str, str] = {}
    monkeypatch.setattr(translation, "gettext", lambda msgid: entries.get(msgid, msgid))
    return entries


def test_a_marked_sentence_is_itself():
    assert N_("The kite is torn.") == "The kite is torn."


def test_a_sentence_is_spoken_in_the_language_of_the_moment(catalogue):
    torn = Sentence("The kite %(number)s is torn.", {"number": "K-1"})
    assert str(torn) == "The kite K-1 is torn."
    catalogue[torn.msgid] = "风筝 %(number)s 破了。"
    assert str(torn) == "风筝 K-1 破了。"


def test_a_sentence_inside_a_sentence_is_spoken_too(catalogue):
    catalogue["torn"] = "破了"
    assert str(Sentence("It is %(state)s.", {"state": Sentence("torn")})) == "It is 破了."


def test_a_misspelt_translation_does_not_hide_the_fact(catalogue):
    catalogue["Kite %(number)s"] = "风筝 %(nummer)s"
    assert str(Sentence("Kite %(number)s", {"number": 7})) == "Kite 7"


def test_nothing_to_say_is_nothing():
    """Gettext would answer the empty msgid with the header of its catalogue."""
    with translation.override("zh-hans"):
        assert str(Sentence("")) == ""


@pytest.mark.parametrize(
    "value",
    [
        7,
        "text",
        True,
        None,
        date(2026, 11, 2),
        datetime(2026, 11, 2, 4, tzinfo=UTC),
        Decimal("1.50"),
        Sentence("inner"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_was_kept_is_the_sentence_again(value: Any):
    kept = json.loads(json.dumps(Sentence("It is %(value)s.", {"value": value}).to_json()))
    assert Sentence.from_json(kept) == Sentence("It is %(value)s.", {"value": value})


@pytest.mark.shows("G-9")
@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Fridge"), ("zh-hans", "冰箱"), ("zh-hant", "冰箱（繁）"), ("zh-tw", "冰箱（繁）"), ("zh_CN", "冰箱"),
     ("zh-Hant-HK", "冰箱（繁）"), ("de", "Fridge"), (None, "Fridge")],
)  # fmt: skip
def test_a_name_is_picked_in_the_readers_language(language: str | None, name: str):
    with translation.override("en"):
        assert pick(NAMES, language) == name


@pytest.mark.shows("G-9")
def test_a_missing_name_falls_back_visibly_and_is_never_empty():
    assert pick({"en": "Fridge", "zh-hans": "冰箱"}, "zh-hant") == "冰箱"  # the other script before another language
    assert pick({"en": "Fridge", "zh-hans": ""}, "zh-hant") == "Fridge"
    assert pick({"zh-hant": "冰箱"}, "en") == "冰箱"
    assert pick({"fr": "Frigo"}, "en") == "Frigo"
    assert pick({}, "en") == pick(None, "zh-hans") == pick({"en": ""}, "en") == NAMELESS


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 Nov 2026, 2 Nov 2026 14:05"),
        ("zh-hans", "2026年11月2日, 2026年11月2日 14:05"),
        ("zh-hant", "2026年11月2日, 2026年11月2日 14:05"),
    ],
)
def test_a_day_in_a_sentence_is_written_as_on_the_page_around_it(language: str, said: str) -> None:
    days = Sentence("%(day)s, %(moment)s", {"day": date(2026, 11, 2), "moment": datetime(2026, 11, 2, 14, 5)})  # noqa: DTZ001
    with translation.override(language):
        assert str(days) == said
