"""When a message may go, how long it is, and which words are refused: arithmetic."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext, override

from guiju.oversight.notices import rules
from guiju.oversight.notices.rules import Channel, Template, faults, fill, length_of, not_before

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = {"quiet_from": time(21), "quiet_until": time(8)}


@pytest.mark.parametrize(
    ("clock", "may_go"),
    [
        ((2, 20, 59), (2, 20, 59)), ((2, 21, 0), (3, 8, 0)), ((2, 23, 59), (3, 8, 0)), ((3, 0, 0), (3, 8, 0)),
        ((3, 7, 59), (3, 8, 0)), ((3, 8, 0), (3, 8, 0)), ((3, 12, 0), (3, 12, 0)),
    ],
)  # fmt: skip
@pytest.mark.shows("A12")
def test_nobody_is_written_to_at_night(clock: tuple[int, int, int], may_go: tuple[int, int, int]) -> None:
    moment = datetime(2026, 11, *clock, tzinfo=SHANGHAI)
    assert not_before(moment, **NIGHT) == datetime(2026, 11, *may_go, tzinfo=SHANGHAI)


def test_quiet_hours_may_stand_at_noon_or_nowhere() -> None:
    noon = datetime(2026, 11, 2, 12, 30, tzinfo=SHANGHAI)
    assert not_before(noon, quiet_from=time(12), quiet_until=time(14)).hour == 14
    assert not_before(noon, quiet_from=time(12), quiet_until=time(12)) == noon
    # In the night in which the clocks go back, morning is still eight o'clock.
    berlin = datetime(2026, 10, 24, 23, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert not_before(berlin, **NIGHT).isoformat() == "2026-10-25T08:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "letters", "parts", "is_wide"),
    [
        ("", 0, 1, False), ("a" * 160, 160, 1, False), ("a" * 161, 161, 2, False), ("a" * 306, 306, 2, False),
        ("a" * 307, 307, 3, False), ("€" * 80, 160, 1, False), ("修" * 70, 70, 1, True), ("修" * 71, 71, 2, True),
        ("修" * 134, 134, 2, True), ("修" * 135, 135, 3, True), ("🔧" * 35, 70, 1, True), ("🔧" * 36, 72, 2, True),
    ],
)  # fmt: skip
def test_a_text_message_is_measured_as_the_networks_do(text: str, letters: int, parts: int, is_wide: bool) -> None:
    assert length_of(text) == rules.Length(letters, parts, is_wide)


def refused(template: Template, text: str, channel: Channel = Channel.SMS, subject: str = "") -> str:
    return " ".join(str(each) for each in faults(template, channel, text, subject))


@pytest.mark.shows("A12")
def test_a_wording_names_only_what_its_message_knows() -> None:
    assert refused(Template.READY, "{outlet}: {number} is ready. {link}") == ""
    assert "{code}" in refused(Template.READY, "{outlet}: {code}")
    assert "{amount}" in refused(Template.READY, "{outlet}", subject="{amount}")
    assert refused(Template.QUOTE, "{outlet}: {amount} {link}") == ""
    assert "{link}" in refused(Template.QUOTE, "{outlet}: {amount}")
    assert "{code}" in refused(Template.CODE, "{outlet}: no number here")
    for attack in ("{outlet.__class__}", "{0}", "{outlet!r}", "{number:>999999999}", "{}", "{{outlet}"):
        assert refused(Template.READY, attack) != "", attack
    assert "longer" in refused(Template.READY, "修" * 400)
    assert refused(Template.READY, "修" * 400, Channel.EMAIL) == ""
    assert refused(Template.READY, "本店保留最终解释权") != ""
    assert refused(Template.READY, "x", subject="one\nBcc: two") != ""


def test_filling_computes_nothing_and_fills_nothing_twice() -> None:
    assert fill("{outlet}: {number} {gone}", {"outlet": "{number}", "number": "7"}) == "{number}: 7 "


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_words_that_come_with_the_house_can_be_used(language: str) -> None:
    with override(language):
        for template in Template:
            text, subject = (rules.as_braces(gettext(each[template])) for each in (rules.BUILT_IN, rules.SUBJECTS))
            assert refused(template, text, subject=subject) == "", template
            assert "{" not in fill(text, rules.sample(template))
            assert length_of(fill(text, rules.sample(template))).parts <= 3
