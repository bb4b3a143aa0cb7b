"""The calendar: on which days nobody is there, and that no promise falls on one of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import NotAllowed
from guiju.line.intake import queries as front_desk
from guiju.line.workorder import actions as workorder
from guiju.standing.people.models import Unit
from guiju.standing.policy import actions as policy
from guiju.standing.policy import queries
from guiju.standing.policy.models import ClosedDay
from guiju.standing.policy.rules import CALENDARS, StateCalendar, calendar_of
from tests.cast import NOON, Cast
from tests.line.cast_line import Shop, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TODAY = date(2026, 11, 2)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def close(cast: Cast, unit: str | None, number: int, by: str = "ma", reason: str = "Stocktaking") -> ClosedDay:
    place = cast.units[unit] if unit else None
    return policy.close_day(place, on=day(number), reason=reason, by=cast.actors[by], at=NOON)


def closed(cast: Cast, unit: str) -> frozenset[date]:
    return queries.closed_days(cast.units[unit], since=TODAY)


def test_a_closed_day_holds_for_the_unit_and_the_brands_for_all(cast: Cast) -> None:
    close(cast, "FS01", 3)
    close(cast, None, 5, by="nie", reason="New Year")
    close(cast, "HQ", 6, by="nie", reason="New Year")
    assert closed(cast, "FS01") == {day(3), day(5), day(6)}
    assert closed(cast, "GZ02") == {day(5), day(6)}
    assert [each["on"] for each in told("policy.DayClosed")] == [str(day(3)), str(day(5)), str(day(6))]


def test_a_day_is_closed_once_with_a_reason_and_never_backwards(cast: Cast) -> None:
    with pytest.raises(policy.ReasonMissing):
        close(cast, "FS01", 3, reason=" ")
    with pytest.raises(policy.ClosedInThePast):
        close(cast, "FS01", -1)
    close(cast, "FS01", 0)
    with pytest.raises(policy.ClosedAlready):
        close(cast, "FS01", 0)
    close(cast, None, 0, by="lu")
    with pytest.raises(policy.ClosedAlready):
        close(cast, None, 0, by="nie")


def test_a_day_is_withdrawn_once_and_stays_to_be_read(cast: Cast) -> None:
    found = close(cast, "FS01", 3)
    policy.reopen_day(found, by=cast.actors["ma"], at=NOON)
    assert closed(cast, "FS01") == frozenset()
    with pytest.raises(policy.WithdrawnAlready):
        policy.reopen_day(found, by=cast.actors["ma"], at=NOON)
    with pytest.raises(policy.ClosedInThePast):
        policy.reopen_day(close(cast, "FS01", 3), by=cast.actors["ma"], at=NOON + timedelta(days=4))
    assert [each.withdrawn_at is None for each in queries.calendar(cast.actors["ma"], since=TODAY)] == [False, True]
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedDay.objects.filter(pk=found.pk).update(withdrawn_at=None)


@pytest.mark.parametrize("name", ["lin", "chen", "he", "an", "ad"])
def test_an_outlet_is_closed_by_its_manager(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        close(cast, "FS01", 3, by=name)
    found = close(cast, "FS01", 3)
    with pytest.raises(NotAllowed):
        policy.reopen_day(found, by=cast.actors[name], at=NOON)


def test_the_brand_is_closed_by_the_head_office(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        close(cast, None, 3, by="ma")
    assert close(cast, None, 3, by="lu").unit is None


def state_of(jurisdiction: str) -> StateCalendar:
    found = calendar_of(jurisdiction)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("jurisdiction", "code"),
    [("CN", "CN"), ("CN-44", "CN"), ("TW", "TW"), ("CN-TW", "TW"), ("HK", "HK"), ("cn-hk", "HK")],
)
def test_a_unit_follows_the_calendar_of_its_jurisdiction(jurisdiction: str, code: str) -> None:
    assert state_of(jurisdiction).code == code


def test_a_state_without_a_file_has_no_calendar() -> None:
    assert calendar_of("MO") is None
    assert calendar_of("CN-MO") is None


@pytest.mark.parametrize(
    ("jurisdiction", "year", "off", "works"),
    [
        ("CN", 2024, 30, 8),
        ("CN", 2025, 28, 5),
        ("CN", 2026, 33, 6),
        ("TW", 2025, 18, 1),
        ("TW", 2026, 22, 0),
        ("HK", 2026, 17, 0),
    ],
)
def test_the_days_are_as_many_as_were_announced(jurisdiction: str, year: int, off: int, works: int) -> None:
    state = state_of(jurisdiction)
    assert len([day for day in state.off if day.year == year]) == off
    assert len([day for day in state.works if day.year == year]) == works


@pytest.mark.parametrize(
    ("jurisdiction", "on", "works"),
    [
        ("CN", date(2026, 2, 14), True),  # a Saturday on which everybody works for the Spring Festival
        ("CN", date(2026, 2, 23), False),
        ("CN", date(2026, 2, 28), True),
        ("CN", date(2026, 10, 8), True),
        ("CN", date(2026, 10, 10), True),
        ("CN", date(2026, 10, 11), False),
        ("TW", date(2025, 2, 8), True),
        ("TW", date(2026, 2, 20), False),  # the eve fell on a weekend
        ("HK", date(2026, 4, 3), False),  # Good Friday
        ("HK", date(2026, 4, 11), True),  # a Saturday
        ("HK", date(2026, 5, 25), False),
    ],
)
def test_a_working_day_is_what_the_state_said(jurisdiction: str, on: date, works: bool) -> None:
    assert state_of(jurisdiction).is_working(on) is works


@pytest.mark.parametrize("code", sorted(CALENDARS))
def test_a_calendar_says_what_it_knows_and_where_from(code: str) -> None:
    state = CALENDARS[code]
    assert all("https://" in source for source in state.sources.values())
    assert not state.works & state.off
    assert {day.isoweekday() for day in state.works} <= state.weekend
    assert {day.year for day in state.off} == set(state.sources)
    assert all(set(each.names) == {"en", "zh-hans", "zh-hant"} for each in state.holidays)
    assert state.knows(state.last_day)
    assert state.knows(state.first_day)
    assert not state.knows(state.last_day + timedelta(days=1))
    assert not state.knows(state.first_day - timedelta(days=1))


NATIONAL_DAY = date(2026, 10, 1)


def test_a_shop_keeps_the_holidays_of_its_state_or_says_that_it_is_open(cast: Cast) -> None:
    here, hong_kong = cast.units["FS01"], Unit(jurisdiction="HK", path="HQ/HK01/", code="HK01")
    before = NATIONAL_DAY - timedelta(days=1)
    assert NATIONAL_DAY + timedelta(days=2) in queries.days_off(here, since=before)
    assert NATIONAL_DAY in queries.days_off(hong_kong, since=before)
    assert NATIONAL_DAY + timedelta(days=2) not in queries.days_off(hong_kong, since=before)
    policy.set_value(
        "promise.public_holidays", unit=here, value="open", starts_on=before, reason="The mall is open.",
        by=cast.actors["nie"], at=NOON - timedelta(days=40),
    )  # fmt: skip
    assert NATIONAL_DAY not in queries.days_off(here, since=before)
    assert queries.closed_from(here, since=before, holidays="closed") >= CALENDARS["CN"].off


@pytest.mark.shows("S6-10", "S6-41")
def test_no_promise_falls_on_a_holiday_and_a_date_beyond_the_calendar_says_so(shop: Shop) -> None:
    order = shop.a_registered_order()
    noon = datetime(2026, 9, 30, 4, tzinfo=UTC)
    later = front_desk.promise_for(unit=shop.unit, appliance=order.appliance, at=noon)
    assert shop.unit.day(later.at) > date(2026, 10, 7)
    assert "Closed from 1 Oct 2026 to 7 Oct 2026, which is not counted." in [str(each) for each in later.because]
    beyond = front_desk.promise_for(unit=shop.unit, appliance=order.appliance, at=datetime(2026, 12, 31, 4, tzinfo=UTC))
    assert str(beyond.because[-1]).startswith("The public holidays after 31 Dec 2026 are not announced yet")


@pytest.mark.shows("S6-10", "S6-41")
def test_no_promise_falls_on_a_closed_day(shop: Shop) -> None:
    order = shop.a_registered_order()
    zone = ZoneInfo("Asia/Shanghai")
    before = order.promised_at.astimezone(zone).date()
    policy.close_day(shop.unit, on=before, reason="Stocktaking", by=shop.actor("ma"), at=shop.now)
    policy.close_day(None, on=before + timedelta(days=1), reason="New Year", by=shop.actor("nie"), at=shop.now)
    later: Any = front_desk.promise_for(unit=shop.unit, appliance=order.appliance, at=order.registered_at)
    assert later.at.astimezone(zone).date() == before + timedelta(days=2)
    quoted = workorder.promise_from(order, hours=48, start=order.registered_at).at
    assert quoted.astimezone(zone).date() == before + timedelta(days=2)
