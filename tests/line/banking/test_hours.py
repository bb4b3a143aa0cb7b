"""By when takings are at the bank, over midnight, month ends, holidays and clocks that are put forward; and what is brought there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.jobs import clock
from guiju.kernel.coins import DENOMINATIONS
from guiju.line.banking import actions as banking
from guiju.line.banking import rules
from guiju.line.banking.actions.alarms import NotDue
from guiju.line.banking.models import CashAlarm
from guiju.line.banking.rules import Alarm
from tests.line.banking.conftest import Money

CUTOFF, MORNING = time(16), time(10)


@pytest.mark.parametrize(
    ("zone", "day", "due", "late"),
    [
        ("Asia/Shanghai", date(2026, 11, 2), "2026-11-02 08:00", "2026-11-02 08:30"),
        # China put its clock forward in the summers of 1986 to 1991.
        ("Asia/Shanghai", date(1988, 7, 1), "1988-07-01 07:00", "1988-07-01 07:30"),
        ("Asia/Shanghai", date(1991, 9, 15), "1991-09-15 08:00", "1991-09-15 08:30"),
        ("Asia/Taipei", date(2026, 12, 31), "2026-12-31 08:00", "2026-12-31 08:30"),
        ("Asia/Hong_Kong", date(2026, 2, 28), "2026-02-28 08:00", "2026-02-28 08:30"),
        ("America/New_York", date(2026, 3, 6), "2026-03-06 21:00", "2026-03-06 21:30"),
        ("America/New_York", date(2026, 3, 9), "2026-03-09 20:00", "2026-03-09 20:30"),
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-30 02:00", "2011-12-30 02:30"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-31 02:00", "2011-12-31 02:30"),
    ],
)
def test_the_cut_off_is_that_of_the_wall(zone: str, day: date, due: str, late: str) -> None:
    found = rules.day_deadline(day, cutoff=CUTOFF, grace_min=30, zone=zone)
    assert f"{found.due_at:%Y-%m-%d %H:%M}" == due
    assert f"{found.late_after:%Y-%m-%d %H:%M}" == late
    at = found.due_at - rules.PROMPT_BEFORE
    said = [rules.of_the_hour(found, at + timedelta(minutes=each)) for each in (-1, 0, 60, 61)]
    assert said == [None, Alarm.PROMPT, Alarm.PROMPT, Alarm.NO_DEPOSIT]


def test_the_grace_is_time_that_passes() -> None:
    # New York puts its clock forward at two in the night: thirty minutes after half past one it is three.
    found = rules.day_deadline(date(2026, 3, 8), cutoff=time(1, 45), grace_min=30, zone="America/New_York")
    assert found.late_after - found.due_at == timedelta(minutes=30)


def test_the_next_bank_day_is_one_that_there_is() -> None:
    def weekdays(day: date) -> bool:
        return day.isoweekday() < 6

    # Of Thursday the next is Friday; in Apia there was no Friday the 30th of December 2011.
    assert rules.next_bank_day(date(2011, 12, 29), is_open=weekdays, zone="Asia/Taipei") == date(2011, 12, 30)
    assert rules.next_bank_day(date(2011, 12, 29), is_open=weekdays, zone="Pacific/Apia") == date(2012, 1, 2)
    # Over the end of a month, and over a year's.
    assert rules.next_bank_day(date(2026, 1, 30), is_open=weekdays, zone="Asia/Shanghai") == date(2026, 2, 2)
    morning = rules.morning_deadline(date(2026, 2, 2), by=MORNING, zone="Asia/Shanghai")
    assert morning.due_at == morning.late_after == datetime(2026, 2, 2, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="No bank opens"):
        rules.next_bank_day(date(2026, 1, 1), is_open=lambda _day: False, zone="Asia/Shanghai")


def test_a_night_is_of_the_day_on_which_it_began() -> None:
    midnight = datetime(2026, 11, 2, 16, tzinfo=UTC)
    told = {hours: rules.night_of(midnight + timedelta(hours=hours), "Asia/Shanghai") for hours in (-4, -1, 0, 11, 12)}
    second, third = date(2026, 11, 2), date(2026, 11, 3)
    assert told == {-4: second, -1: second, 0: second, 11: second, 12: third}


@given(
    st.sampled_from(sorted(DENOMINATIONS)).flatmap(
        lambda currency: st.dictionaries(st.sampled_from(DENOMINATIONS[currency]), st.integers(0, 60))
    ),
    st.integers(0, 10**6),
)
def test_the_large_notes_go_and_at_least_the_float_stays(lying: dict[int, int], keep: int) -> None:
    found = rules.propose(lying, keep_minor=keep)
    total = sum(each * count for each, count in lying.items())
    stays = sum(each * count for each, count in found.to_keep.items())
    assert found.bank_minor + stays == total
    assert all(found.to_bank.get(each, 0) + found.to_keep.get(each, 0) == count for each, count in lying.items())
    assert stays >= min(keep, total)
    # No piece that stays could go too: whatever stays above the float is smaller than the smallest of them.
    spare = max(0, total - keep) - found.bank_minor
    assert all(each > spare for each in found.to_keep)


@pytest.mark.django_db
@pytest.mark.shows("S6-31", "S6-35")
def test_the_clock_says_each_thing_once_and_in_its_time(money: Money) -> None:
    money.takes(20000)

    def said(clock_shows: str, *, days: int = 0) -> list[str]:
        """What is new at that hour."""
        before = CashAlarm.objects.count()
        at = money.waits_until(clock_shows, days=days)
        for _twice in range(2):
            for deed in list(clock.cash_out_of_place(at)):
                deed()
        return list(CashAlarm.objects.order_by("pk").values_list("kind", flat=True))[before:]

    assert said("15:29") == []
    assert said("15:30") == [Alarm.PROMPT]
    deposit = money.prepare(10000)
    assert said("16:30") == []
    assert said("16:31") == [Alarm.OVERDUE]
    money.bank(deposit)
    assert said("16:32") == []
    bag = money.a_sealed_bag(5000)
    # What lies in a bag and what is still in the drawer are both due at ten on the next bank day.
    assert said("10:00", days=1) == []
    assert said("10:01") == [Alarm.NOT_AT_THE_BANK, Alarm.NOT_AT_THE_BANK]
    with pytest.raises(NotDue):
        banking.raise_alarm(
            money.shop.unit, kind=Alarm.NOT_AT_THE_BANK, on=bag.business_on, subject=bag.number, by=clock.by_the_clock(), at=money.at
        )  # fmt: skip


@pytest.mark.django_db
def test_a_drawer_that_nobody_prepared_is_said_after_the_grace(money: Money) -> None:
    money.takes(20000)
    at = money.waits_until("16:31")
    assert [deed().kind for deed in clock.cash_out_of_place(at)] == [Alarm.NO_DEPOSIT]  # type: ignore[attr-defined]
