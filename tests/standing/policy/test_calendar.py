"""The calendar: on which days nobody is there, and that no promise falls on one of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.refusing import NotAllowed
from guiju.line.intake import queries as front_desk
from guiju.line.workorder import actions as workorder
from guiju.standing.policy import actions as policy
from guiju.standing.policy import queries
from guiju.standing.policy.models import ClosedDay
from guiju.standing.policy.rules import HOLIDAYS
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


def test_the_holidays_of_the_state_are_loaded_once(cast: Cast) -> None:
    morning = datetime(2026, 4, 30, 2, tzinfo=ZoneInfo("UTC"))
    loaded = policy.load_holidays("CN-2026", language="zh-hans", by=cast.actors["nie"], at=morning)
    assert [each.on for each in loaded][:5] == [date(2026, 5, number) for number in range(1, 6)]
    assert {each.reason for each in loaded} == {"劳动节", "端午节", "中秋节", "国庆节"}
    assert policy.load_holidays("CN-2026", language="en", by=cast.actors["nie"], at=morning) == []
    with pytest.raises(policy.HolidaysUnknown):
        policy.load_holidays("CN-1926", language="en", by=cast.actors["nie"], at=morning)
    assert sum(len(each.days) for each in HOLIDAYS["CN-2026"]) == 33


@pytest.mark.shows("S6-10", "S6-41")
def test_no_promise_falls_on_a_closed_day(shop: Shop) -> None:
    order = shop.a_registered_order()
    zone = ZoneInfo("Asia/Shanghai")
    before = order.promised_at.astimezone(zone).date()
    policy.close_day(shop.unit, on=before, reason="Stocktaking", by=shop.actor("ma"), at=shop.now)
    policy.close_day(None, on=before + timedelta(days=1), reason="New Year", by=shop.actor("nie"), at=shop.now)
    later: Any = front_desk.promise_for(unit=shop.unit, appliance=order.appliance, at=order.registered_at)
    assert later.at.astimezone(zone).date() == before + timedelta(days=2)
    assert later.at.astimezone(zone).hour == 9
    quoted = workorder.after_working_hours(order, hours=48, start=order.registered_at)
    assert quoted.astimezone(zone).date() == before + timedelta(days=2)
