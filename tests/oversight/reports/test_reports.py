"""The store's reports: made by the clock though nothing moved, the same again whenever they are reckoned, confirmed by the keeper once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiju.books.stock import actions as stock
from guiju.jobs import nightly
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed, broken_constraints
from guiju.line.storeroom import actions as storeroom
from guiju.oversight.reports import actions, queries, rules
from guiju.oversight.reports.models import StoreReport
from guiju.oversight.reports.rules import ReportKind, begin_of, column_of, end_of, over
from guiju.readiness.supply import actions as supply
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Part
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once
from tests.line import stages
from tests.line.cast_line import Shop
from tests.readiness.supply.market import Market, market

__all__ = ["market"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SignedIn = Callable[[str], Client]
CLOCK, DAY = Actor.system("clock"), timedelta(days=1)


def report(shop: Shop, kind: str = "DAILY") -> StoreReport:
    return StoreReport.objects.filter(unit=shop.unit, kind=kind).order_by("starts_on")[0]


def a_day(shop: Shop) -> None:
    """Five come, one goes to a job, one waits for another job, one comes back, one is found and one lost."""
    Part.objects.filter(pk=shop.compressor.pk).update(cost_minor=12_000)
    bin = stages.a_bin(shop, holding=5)
    _order, request = stages.a_repairing_order(shop, parts=2)
    assert request is not None
    storeroom.take_back(request, quantity=1, by=shop.actor("shen"), at=shop.later())
    waiting = stages.a_requested_part(shop, stages.an_approved_order(shop))
    storeroom.answer_available(waiting, bin=bin, by=shop.actor("shen"), at=shop.later())


@pytest.mark.shows("S6-22", "S6-24", "6.9")
def test_the_day_adds_up_and_comes_out_again(shop: Shop) -> None:
    a_day(shop)
    today = shop.unit.day(shop.now)
    with pytest.raises(actions.NotOver):
        actions.make_report(stages.a_bin(shop).store, kind=ReportKind.DAILY, starts_on=today, by=CLOCK, at=shop.now)
    assert nightly.store_reports(shop.now + DAY) == 1
    assert nightly.store_reports(shop.now + DAY) == 0
    told = report(shop)
    (line,) = told.figures["parts"]
    # Two more came with the job's own delivery.
    assert (line["opening"], line["receipts"], line["issues"], line["returns"], line["closing"]) == (0, 7, -2, 1, 6)
    assert line["value_minor"] == told.figures["value_minor"] == 6 * 12_000
    # The next day nothing moves, and it is reported all the same; what the part costs since then changes nothing.
    Part.objects.filter(pk=shop.compressor.pk).update(cost_minor=9)
    nightly.store_reports(shop.now + 2 * DAY)
    second = StoreReport.objects.get(unit=shop.unit, kind="DAILY", starts_on=today + DAY)
    assert [(each["opening"], each["closing"]) for each in second.figures["parts"]] == [(6, 6)]
    stock.receive(shop.compressor, stages.a_bin(shop), 3, document="DN-LATE", by=shop.actor("shen"), at=shop.now)
    assert list(queries.every_store_report_comes_out_again()) == []
    with pytest.raises(actions.MadeAlready):
        actions.make_report(told.store, kind=ReportKind.DAILY, starts_on=today, by=CLOCK, at=shop.now + DAY)
    with pytest.raises(NotAllowed):
        actions.make_report(
            told.store, kind=ReportKind.DAILY, starts_on=today, by=shop.actor("shen"), at=shop.now + DAY
        )


@pytest.mark.shows("S6-23", "S6-24")
def test_the_week_and_the_month_tell_what_waits(shop: Shop) -> None:
    a_day(shop)
    short = stages.a_requested_part(shop, stages.an_approved_order(shop))
    storeroom.answer_none(short, by=shop.actor("shen"), at=shop.later())
    month = end_of(ReportKind.MONTHLY, begin_of(ReportKind.MONTHLY, shop.unit.day(shop.now)))
    nightly.store_reports(shop.now + 7 * DAY)
    week = report(shop, "WEEKLY").figures
    assert [each["quantity"] for each in week["reserved"]] == [1]
    assert sorted(each["state"] for each in week["waiting"]) == ["ON_ORDER", "RESERVED"]
    assert week["old_parts"]["late"] == 0
    nightly.store_reports(shop.now + (month - shop.unit.day(shop.now)).days * DAY)
    assert report(shop, "MONTHLY").figures["answers"] == {"asked": 3, "from_stock": 2, "ordered": 1}
    # What happens to these lines afterwards does not change what was told.
    storeroom.cancel_request(short, by=shop.actor("shen"), at=shop.later())
    assert list(queries.every_store_report_comes_out_again()) == []


def test_a_report_that_was_tampered_with_is_found_and_the_database_rewrites_none(shop: Shop) -> None:
    a_day(shop)
    nightly.store_reports(shop.now + DAY)
    told, shen = report(shop), shop.cast.people["shen"]
    copy = {
        name: getattr(told, name)
        for name in ("unit", "store", "kind", "starts_on", "ends_on", "figures", "cuts", "made_at")
    }
    wrong = copy | {"kind": "WEEKLY", "figures": told.figures | {"value_minor": 1}}
    rows = StoreReport.objects
    for name, broken in (
        ("a_store_report_is_made_once", lambda: rows.create(**copy)),
        ("a_store_report_is_of_a_known_period", lambda: rows.create(**copy | {"kind": "HOURLY"})),
        ("a_store_report_says_who_confirmed_it", lambda: rows.filter(pk=told.pk).update(confirmed_by=shen)),
        ("a_store_report_is_never_rewritten", lambda: rows.filter(pk=told.pk).update(figures={})),
    ):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            broken()
        assert name in broken_constraints(error.value), (name, str(error.value))
    actions.confirm_report(told, by=shop.actor("shen"), at=shop.later())
    with pytest.raises(IntegrityError, match="a_store_report_is_confirmed_once"), transaction.atomic():
        rows.filter(pk=told.pk).update(remark="Another word")
    with transaction.atomic():
        rows.create(**wrong)
        assert len(list(queries.every_store_report_comes_out_again())) == 1
        transaction.set_rollback(True)


def test_the_keeper_confirms_it_on_the_screen_and_nobody_else(shop: Shop, signed_in: SignedIn) -> None:
    shen = signed_in("shen")
    empty = shen.get("/stores/reports/").content.decode()
    assert_strict(empty)
    assert "No report has been made yet." in empty
    a_day(shop)
    nightly.store_reports(shop.now + 7 * DAY)
    page = shen.get("/stores/reports/").content.decode()
    assert_strict(page)
    week = report(shop, "WEEKLY")
    url = f"/stores/reports/{week.pk}/"
    assert signed_in("tang").get(url).status_code == 404
    assert signed_in("ma").post(f"{url}confirm", once()).status_code == 403
    html = shen.get(url).content.decode()
    assert_strict(html)
    assert "I stand for these figures" in html
    assert shen.post(f"{url}confirm", {"remark": "One box was open"} | once()).status_code == 302
    html = shen.get(url).content.decode()
    assert "One box was open" in html
    again = shen.post(f"{url}confirm", once())
    assert again.status_code == 422
    assert "confirmed already" in again.content.decode()


def test_periods_and_columns_are_arithmetic() -> None:
    day = date(2026, 11, 30)
    assert begin_of(ReportKind.WEEKLY, day) == date(2026, 11, 30)
    assert (begin_of(ReportKind.MONTHLY, day), end_of(ReportKind.MONTHLY, date(2026, 12, 1))) == (
        date(2026, 11, 1),
        date(2027, 1, 1),
    )
    assert list(over(ReportKind.WEEKLY, day)) == [date(2026, 11, 23), date(2026, 11, 16)]
    assert next(over(ReportKind.MONTHLY, day)) == date(2026, 10, 1)
    ends = (("FITTED", True), ("FITTED", False), ("BIN", True), ("TRANSIT", False), ("LOSS", False), ("SUPPLIER", True))
    said = [str(column_of(place, comes=comes)) for place, comes in ends]
    assert said == ["returns", "issues", "transfers", "transfers", "adjustments", "receipts"]


@pytest.mark.shows("S6-23", "S6-24", "6.9")
def test_the_week_and_the_month_tell_what_lies_too_long_what_is_short_and_what_is_late(
    shop: Shop, signed_in: SignedIn
) -> None:
    """A board that nobody asks for, a seal whose supply ends, a compressor below its level, and a supplier who is late."""
    a_day(shop)
    store, nie, shen = stages.a_bin(shop).store, shop.actor("nie"), shop.actor("shen")
    lying = {}
    for code, cost in (("IDLE-1", 5_000), ("ENDS-1", 700)):
        part = catalogue.add_part(code=code, names={"en": code}, by=nie, at=shop.now)
        Part.objects.filter(pk=part.pk).update(cost_minor=cost)
        stock.receive(part, stages.a_bin(shop), 3, document=f"DN-{code}", by=shen, at=shop.later())
        lying[code] = part
    last = shop.unit.day(shop.now) + 100 * DAY
    catalogue.end_supply(lying["ENDS-1"], ends_on=last, by=nie, at=shop.now)
    # A week on: nothing is idle yet but what ends.
    nightly.store_reports(shop.now + 7 * DAY)
    week = report(shop, "WEEKLY").figures
    assert [(each["part"], each["why"]) for each in week["idle"]] == [("ENDS-1", "ENDING")]
    assert (week["below"], week["overdue"]) == ([], [])
    assert (week["room"]["readings"], week["room"]["done"]) == (0, 0)
    # Nobody has asked for anything for seven months.
    later = shop.now + 230 * DAY
    begin = begin_of(ReportKind.MONTHLY, begin_of(ReportKind.MONTHLY, shop.unit.day(later)) - DAY)
    actions.make_report(store, kind=ReportKind.MONTHLY, starts_on=begin, by=CLOCK, at=later)
    month = StoreReport.objects.get(store=store, kind="MONTHLY", starts_on=begin)
    idle = {each["part"]: each for each in month.figures["idle"]}
    assert (idle["IDLE-1"]["why"], idle["IDLE-1"]["provision_minor"]) == ("SLOW", 3_750)
    used = {each["part"]: each["class"] for each in month.figures["classes"]}
    assert used[shop.compressor.code] == "AZ"
    assert month.figures["turnover"] == {"used_minor": 12_000, "average_minor": 47_976, "times_hundredths": 25}
    # What the catalogue says since then changes nothing that was told.
    Part.objects.filter(pk=lying["IDLE-1"].pk).update(cost_minor=1, supply_ends_on=last)
    assert list(queries.every_store_report_comes_out_again()) == []
    html = signed_in("shen").get(f"/stores/reports/{month.pk}/").content.decode()
    assert_strict(html)
    for words in (
        "Below the minimum",
        "Overdue orders",
        "Slow, dead and ending",
        "Use of the last twelve months",
        "0.25",
    ):
        assert words in html
    with transaction.atomic():
        wrong = month.figures | {"idle": []}
        StoreReport.objects.create(
            unit=month.unit, store=store, kind="WEEKLY", starts_on=begin, ends_on=month.ends_on, figures=wrong, cuts=month.cuts,
            made_at=later,
        )  # fmt: skip
        assert len(list(queries.every_store_report_comes_out_again())) == 1
        transaction.set_rollback(True)


@pytest.mark.shows("S6-23")
def test_an_order_is_overdue_from_the_day_after_its_own_until_it_has_come(market: Market) -> None:
    order, store = market.ordered(market.asked(4)), market.bin.store
    market.shelved(market.inspected(market.came(order, 1)))
    cuts, week = queries.cuts_now(), ReportKind.WEEKLY
    assert order.expected_on is not None
    begin = begin_of(week, order.expected_on)
    now = queries.figures_of(store, week, begin, cuts)
    assert [(each["order"], each["days"]) for each in now["overdue"]] == [(order.number, 6)]
    before = queries.figures_of(store, week, begin - 7 * DAY, cuts)
    assert before["overdue"] == []
    # Another day and another level do not change what was told; a level that was known then does.
    supply.postpone_order(order, expected_on=begin + 20 * DAY, reason="A strike", **market.at("ping"))
    assert queries.figures_of(store, week, begin, cuts, now) == now
    short = now | {"given": now["given"] | {"levels": {"DRUM-1": 2}}}
    assert queries.figures_of(store, week, begin, cuts, short)["below"] == [
        {"part": "DRUM-1", "level": 2, "closing": 1}
    ]
    market.shelved(market.inspected(market.came(order, 3, note="DN-2")))
    assert queries.figures_of(store, week, begin, queries.cuts_now(), now)["overdue"] == []


def test_idleness_evenness_and_turnover_are_arithmetic() -> None:
    figures = {
        "inv.slow_days": 180, "inv.dead_days": 365, "inv.slow_provision_percent": 25, "inv.dead_provision_percent": 100,
        "inv.last_buy_days": 90,
    }  # fmt: skip
    said = [
        rules.why_idle(days, ends_in=ends_in, figures=figures)
        for days, ends_in in ((179, None), (180, None), (364, 91), (200, 90), (10, -5), (365, 0))
    ]
    assert said == [None, "SLOW", "SLOW", "ENDING", "ENDING", "DEAD"]
    assert [rules.provision(why, 1_002, figures) for why in rules.Idle] == [1_002, 0, 251]
    # Twelve alike have no variation; a half and one are on the lines; one month of twelve has it by far.
    assert [rules.evenness(used) for used in ([4] * 12, [2, 6] * 6, [0, 4] * 6, [12] + [0] * 11, [0] * 12)] == [
        "X", "X", "Y", "Z", "Z",
    ]  # fmt: skip
    assert rules.turnover(300, [100, 200, 0])["times_hundredths"] == 300
    assert rules.turnover(5, [0, 0])["times_hundredths"] is None
