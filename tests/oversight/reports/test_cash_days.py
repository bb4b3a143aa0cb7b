"""The outlet's cash of a day: told by the clock when its drawers are closed, the same again whenever it is reckoned, closed by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiju.books.money import actions as money
from guiju.jobs import nightly
from guiju.kernel.actor import Actor, Grant
from guiju.kernel.coins import fewest
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import CashMove, Method
from guiju.oversight.reports import actions
from guiju.oversight.reports.models import CashDay
from guiju.oversight.reports.queries import cash
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cashier.test_bills import TOTAL, paying
from tests.line.cashier.test_closing import takings_out
from tests.line.cast_line import Shop
from tests.oversight.papers.reading import words_on

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SignedIn = Callable[[str], Client]
CLOCK, DAY, FLOAT = Actor.system("clock"), timedelta(days=1), 50000


def a_closed_day(shop: Shop, *, is_signed: bool = True) -> date:
    """One bill by cash, one by card with a refund, coins from the bank, a coin lost; counted, closed, signed."""
    session = stages.an_open_till(shop)
    paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), TOTAL, Method.CASH)
    paying(shop, stages.a_bill(shop, stages.a_ready_order(shop)), TOTAL, Method.CARD)
    cai, at = shop.actor("cai"), shop.later()
    cashier.move_cash(session, kind=CashMove.MORE_FLOAT, amount_minor=1000, reason="Coins", paper="CM-1", by=cai, at=at)
    lies = fewest(FLOAT + 1000 + TOTAL - 100, "CNY")
    cashier.count_till(
        session, pieces=lies, card_minor=TOTAL, variance_reason="A coin rolled away", by=cai, at=shop.later()
    )
    takings_out(shop, session)
    cashier.close_till_session(session, by=cai, at=shop.later())
    if is_signed:
        cashier.countersign(session, by=shop.actor("fang"), at=shop.later())
    return session.business_on


@pytest.mark.shows("S6-30", "6.11", "FIN-2")
def test_the_day_is_told_once_its_drawers_are_closed_and_closed_by_another(shop: Shop, signed_in: SignedIn) -> None:
    session = stages.an_open_till(shop)
    # While a drawer is open the day cannot be told, however late it is.
    assert nightly.cash_days(shop.now + DAY) == 0
    with pytest.raises(actions.DrawerOpen):
        actions.make_cash_day(shop.unit, on=session.business_on, by=CLOCK, at=shop.now + DAY)
    on = a_closed_day(shop, is_signed=False)
    with pytest.raises(actions.NotOver):
        actions.make_cash_day(shop.unit, on=on, by=CLOCK, at=shop.now)
    assert nightly.cash_days(shop.now + DAY) == 1
    assert nightly.cash_days(shop.now + DAY) == 0
    day = CashDay.objects.get()
    assert (day.business_on, day.takings_minor, day.variance_minor) == (on, 2 * TOTAL, -100)
    assert {each["method"]: each["received_minor"] for each in day.figures["tenders"]} == {"CASH": TOTAL, "CARD": TOTAL}
    assert cash.cash_figures(day.unit, on, day.cuts) == day.figures
    with pytest.raises(actions.MadeAlready):
        actions.make_cash_day(shop.unit, on=on, by=CLOCK, at=shop.now + DAY)
    later = shop.now + DAY
    with pytest.raises(actions.NotSigned):
        actions.close_cash_day(day, by=shop.actor("ma"), at=later)
    cashier.countersign(session, by=shop.actor("fang"), at=later)
    helper = replace(shop.actor("cai"), grants=(Grant("OM", frozenset({shop.unit.pk})),))
    with pytest.raises(actions.OwnCash):
        actions.close_cash_day(day, by=helper, at=later)
    with pytest.raises(NotAllowed):
        actions.close_cash_day(day, by=shop.actor("cai"), at=later)
    ma = signed_in("ma")
    assert_strict(ma.get("/till/days/").content.decode())
    page = f"/till/days/{day.pk}/"
    assert_strict(ma.get(page).content.decode())
    assert ma.post(f"{page}close", {"remark": "It was found on the floor"}).status_code == 302
    assert "found on the floor" in ma.get(page).content.decode()
    told = words_on(ma.get(f"{page}paper").content)
    for word in ("¥920.00", "Acoinrolledaway", session_number(day)):
        assert word in told, word
    assert signed_in("chen").get(page).status_code == 403
    assert signed_in("he").get(page).status_code == 404
    day.refresh_from_db()
    with pytest.raises(actions.DayClosedAlready):
        actions.close_cash_day(day, by=shop.actor("fang"), at=later)
    # Nothing is booked on that day any more.
    start, _end = cash.span_of(shop.unit, on)
    with pytest.raises(money.PeriodClosed):
        money.put_float(
            unit=shop.unit, till_reference="TILL-1", amount_minor=1, currency="CNY", document="X", by=CLOCK, at=start
        )


def session_number(day: CashDay) -> str:
    return str(day.figures["sessions"][0]["z_number"])


@pytest.mark.shows("S6-30")
def test_no_day_is_told_while_a_drawer_of_an_earlier_one_is_open(shop: Shop) -> None:
    """What it takes after midnight it can still make void."""
    stages.an_open_till(shop)
    today = shop.unit.day(shop.now)
    shop.now += timedelta(days=2)
    clock = {"by": Actor.system("clock"), "at": shop.now}
    for on in (today, today + timedelta(days=1)):
        with pytest.raises(actions.DrawerOpen):
            actions.make_cash_day(shop.unit, on=on, **clock)
    assert actions.make_cash_day(shop.unit, on=today - timedelta(days=1), **clock).business_on < today


@pytest.mark.shows("S6-30")
def test_a_day_without_a_till_is_told_too(shop: Shop) -> None:
    on = a_closed_day(shop)
    assert nightly.cash_days(shop.now + 3 * DAY) == 3
    empty = CashDay.objects.get(business_on=on + DAY)
    assert (empty.takings_minor, empty.figures["sessions"], empty.figures["tenders"]) == (0, [], [])


@pytest.mark.no_books
def test_the_database_keeps_a_told_day(shop: Shop) -> None:
    on = a_closed_day(shop)
    day = actions.make_cash_day(shop.unit, on=on, by=CLOCK, at=shop.now + DAY)
    rows = CashDay.objects.filter(pk=day.pk)
    for name, changed in {
        "a_cash_day_is_never_rewritten": {"figures": {}},
        "a_cash_day_says_who_closed_it": {"closed_at": shop.now},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**changed)
    actions.close_cash_day(day, by=shop.actor("ma"), at=shop.now + DAY)
    with pytest.raises(IntegrityError, match="a_cash_day_is_closed_once"), transaction.atomic():
        rows.update(remark="Another word")


@pytest.mark.shows("G-5")
@pytest.mark.parametrize(
    ("zone", "on", "hours"),
    [
        ("Asia/Shanghai", date(1986, 5, 4), 23), ("Asia/Shanghai", date(1991, 9, 15), 25), ("Asia/Shanghai", date(2026, 5, 4), 24),
        ("Asia/Taipei", date(2026, 12, 31), 24), ("Asia/Hong_Kong", date(2026, 2, 28), 24),
        ("America/New_York", date(2026, 3, 8), 23), ("America/New_York", date(2026, 11, 1), 25),
        ("Pacific/Apia", date(2011, 12, 29), 24), ("Pacific/Apia", date(2011, 12, 31), 24),
    ],
)  # fmt: skip
def test_days_follow_one_another_on_every_clock(shop: Shop, zone: str, on: date, hours: int) -> None:
    unit = shop.unit
    unit.time_zone = zone
    begin, end = cash.span_of(unit, on)
    utc = ZoneInfo("UTC")
    assert end.astimezone(utc) - begin.astimezone(utc) == timedelta(hours=hours)
    assert cash.span_of(unit, on + DAY)[0] == end
    assert begin.astimezone(ZoneInfo(zone)).date() == on
    assert isinstance(begin, datetime)
