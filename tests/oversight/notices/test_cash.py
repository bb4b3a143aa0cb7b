"""Cash that is not where it should be reaches whom it concerns, once, in words that say what to do and with the way to the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from guiju.jobs.clock import tick
from guiju.kernel import news
from guiju.kernel.words import Sentence
from guiju.line.banking import rules as banking
from guiju.oversight.notices import rules
from guiju.oversight.notices.models import StoreAlarm
from guiju.oversight.notices.rules import Alarm
from tests.desks.common.page import assert_strict
from tests.line.banking.conftest import Money, money
from tests.line.banking.test_pouches import offers, pays_at_home

__all__ = ["money"]


def told(money: Money, kind: Alarm) -> list[str]:
    """Who was told of it, after the news has been brought."""
    while news.deliver_due(money.at + timedelta(days=3)):
        pass
    return sorted(StoreAlarm.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.shows("S6-31", "S6-35", "FIN-2")
def test_what_is_late_is_told_to_whom_it_concerns_with_the_way_to_the_page(money: Money, signed_in: Any) -> None:
    money.takes(20000)
    pays_at_home(money, 1000)
    tick(money.waits_until("15:45"))
    assert told(money, Alarm.PROMPT) == ["cai"]
    deposit = money.prepare(20000)
    money.waits_until("16:41")
    money.bank(deposit)
    assert told(money, Alarm.LATE) == ["fang", "ma", "xu"]
    tick(money.waits_until("15:00", days=1))
    assert told(money, Alarm.POUCH_LATE) == ["chen", "fang", "ma", "xu"]
    tick(money.waits_until("15:01"))
    assert told(money, Alarm.POUCH_LATE) == ["chen", "fang", "ma", "xu"], "each thing once"
    for name, ways in (
        ("chen", ["/field/"]),
        ("ma", ["/till/pouches/", f"/till/bank/deposits/{deposit.number}/"]),
        ("cai", ["/till/bank/"]),
    ):
        page = signed_in(name).get("/alarms/").content.decode()
        assert_strict(page)
        for way in ways:
            assert f'href="{way}"' in page, (name, way)
            assert signed_in(name).get(way).status_code == 200, (name, way)
    # Handed in by somebody else than who took it: whoever has it hears of it.
    assert offers(money).giver.name == "chen"


def test_every_alarm_of_banking_has_its_words_and_its_people() -> None:
    codes = {each.value for each in banking.Alarm}
    assert codes == {each.value for each in rules.OF_CASH}, "an alarm that nobody would hear"
    assert rules.ALARM_LABELS.keys() == rules.ALARM_ROLES.keys() == set(Alarm)
    for kind in rules.OF_CASH:
        assert str(Sentence(rules.ALARM_LABELS[kind]))
        assert rules.ALARM_ROLES[kind]
