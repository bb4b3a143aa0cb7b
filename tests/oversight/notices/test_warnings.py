"""Whoever a promise concerns is warned before it breaks, each step once, however often and by however many it is looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guiju.jobs import nightly, worker
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom import queries as stored
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Agreed, Clock, PromiseCause
from guiju.line.workshop import actions as workshop
from guiju.oversight.notices import actions, queries, rules
from guiju.oversight.notices.models import PromiseWarning
from guiju.oversight.notices.rules import WarningStep
from tests.kernel.racing import together
from tests.line import stages
from tests.line.cast_line import Shop, fresh
from tests.line.workshop.test_commitments import a_short_order, a_signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(order: WorkOrder, **which: Any) -> set[tuple[str, str]]:
    """Who was told which step."""
    rows = PromiseWarning.objects.filter(order=order, **which)
    return {(each.person.name, each.step) for each in rows.select_related("person")}


def before(order: WorkOrder, **span: float) -> datetime:
    """So long before what stands as its promise."""
    promised_at = fresh(order).promised_at
    assert promised_at is not None
    return promised_at - timedelta(**span)


@pytest.mark.shows("S6-10")
def test_technician_and_dispatcher_are_warned_in_time_and_again_at_last_and_the_manager_when_it_is_broken(
    shop: Shop,
) -> None:
    order = stages.an_approved_order(shop, parts=0)
    assert nightly.promises_in_danger(before(order, hours=9)) == 0
    assert nightly.promises_in_danger(before(order, hours=8)) == 1
    assert told(order) == {("chen", "EARLY"), ("bo", "EARLY")}
    assert nightly.promises_in_danger(before(order, hours=2)) == 1
    assert told(order, step="LAST") == {("chen", "LAST"), ("bo", "LAST")}
    assert nightly.promises_in_danger(before(order, hours=0)) == 1
    assert told(order, step="BROKEN") == {("chen", "BROKEN"), ("bo", "BROKEN"), ("ma", "BROKEN")}


@pytest.mark.shows("S6-10")
def test_whoever_looks_again_or_begins_anew_says_nothing_twice(shop: Shop) -> None:
    order = stages.an_approved_order(shop, parts=0)
    at = before(order, hours=1)
    for _worker in range(2):
        watchman = worker.Worker()._watchmen[-1]
        assert watchman.work is nightly.promises_in_danger
        watchman.look(at)
        watchman.look(at + nightly.TEN_MINUTES)
    assert PromiseWarning.objects.filter(order=order).count() == 2
    with pytest.raises(actions.NobodyToWarn):
        actions.warn(order, by=Actor.system("clock"), at=at)


def test_who_takes_the_job_over_is_warned_too_and_nobody_else_again(shop: Shop) -> None:
    from guiju.line.dispatch import actions as dispatch

    order = stages.an_approved_order(shop, parts=0)
    nightly.promises_in_danger(before(order, hours=5))
    shop.certify("wu")
    dispatch.hand_on(
        fresh(order), technician=shop.cast.people["wu"], reason="Chen is ill.", by=shop.dispatcher, at=shop.later()
    )
    assert nightly.promises_in_danger(before(order, hours=4)) == 1
    assert told(order) == {("chen", "EARLY"), ("bo", "EARLY"), ("wu", "EARLY")}


def test_another_date_is_another_promise(shop: Shop) -> None:
    order = stages.an_approved_order(shop, parts=0)
    nightly.promises_in_danger(before(order, hours=5))
    workorder.revise_promise(
        fresh(order), to=before(order, hours=-48), cause=PromiseCause.WORKLOAD, reason="Two are ill today.",
        agreed=Agreed.RECORDED, agreed_note="Call at noon", by=shop.reception, at=shop.later(),
    )  # fmt: skip
    assert nightly.promises_in_danger(before(order, hours=20)) == 0
    assert nightly.promises_in_danger(before(order, hours=5)) == 1
    assert PromiseWarning.objects.filter(order=order, step="EARLY").count() == 4


@pytest.mark.shows("S6-44")
def test_of_a_part_the_store_keeper_is_warned_and_of_the_job_that_waits_for_it(shop: Shop) -> None:
    order = a_short_order(shop)
    commitment = a_signed(shop, order)
    workshop.wait_for_parts(fresh(order), by=shop.actor("chen"), at=shop.later())
    end = datetime.combine(commitment.promised_part_on, datetime.min.time(), UTC) + timedelta(days=1, hours=-8)
    assert nightly.promises_in_danger(end - timedelta(hours=49)) == 0
    nightly.promises_in_danger(end - timedelta(hours=48))
    assert told(order, promise=None) == {("chen", "EARLY"), ("bo", "EARLY"), ("shen", "EARLY")}
    nightly.promises_in_danger(end)
    assert told(order, promise=None, step="BROKEN") == {(name, "BROKEN") for name in ("chen", "bo", "shen", "ma")}
    nightly.promises_in_danger(before(order, hours=47))
    assert ("shen", "EARLY") in told(order, part=None)


@pytest.mark.shows("S6-44")
def test_a_supplier_who_names_a_later_day_than_was_signed_is_a_warning_at_once(shop: Shop) -> None:
    order = a_short_order(shop)
    commitment = a_signed(shop, order)
    assert nightly.promises_in_danger(shop.later()) == 0
    (request,) = stored.requests_of(order)
    storeroom.expect_on(
        request, expected_on=commitment.promised_part_on + timedelta(days=1), basis="The supplier wrote.",
        by=shop.actor("shen"), at=shop.later(),
    )  # fmt: skip
    assert nightly.promises_in_danger(shop.later()) == 1
    assert told(order) == {("chen", "EARLY"), ("bo", "EARLY"), ("shen", "EARLY")}


def test_what_is_ready_or_young_is_no_danger(shop: Shop) -> None:
    ready = stages.a_ready_order(shop)
    assert nightly.promises_in_danger(before(ready, hours=-100)) == 0
    at = datetime(2026, 11, 2, tzinfo=UTC)
    whole = Clock(timedelta(hours=1), timedelta(hours=4), at + timedelta(hours=3))
    assert rules.step_of_job(whole, early_hours=8, last_hours=2, at=at) is None
    half = Clock(timedelta(hours=2), timedelta(hours=4), at + timedelta(hours=2, minutes=1))
    assert rules.step_of_job(half, early_hours=8, last_hours=2, at=at) is WarningStep.EARLY


def test_each_sees_the_own_the_manager_the_outlets_and_only_the_own_is_acknowledged(shop: Shop) -> None:
    order = stages.an_approved_order(shop, parts=0)
    nightly.promises_in_danger(before(order, hours=5))
    nightly.promises_in_danger(before(order, hours=1))
    chen, bo, ma = shop.actor("chen"), shop.actor("bo"), shop.actor("ma")
    assert [queries.warnings(each).count() for each in (chen, bo, ma, shop.actor("he"), shop.actor("wu"))] == [
        2,
        2,
        4,
        0,
        0,
    ]
    assert queries.jobs_in_danger(chen).count() == 1
    last = queries.warnings(chen)[0]
    with pytest.raises(NotAllowed):
        actions.acknowledge_warning(last, by=bo, at=shop.later())
    actions.acknowledge_warning(last, by=chen, at=shop.later())
    actions.acknowledge_warning(last, by=chen, at=shop.later())
    assert queries.jobs_in_danger(chen).count() == 0
    assert PromiseWarning.objects.filter(seen_at=None).count() == 2


def test_the_desk_counts_what_was_not_seen_and_the_list_lets_it_be_seen(shop: Shop, signed_in: Any) -> None:
    order = stages.an_approved_order(shop, parts=0)
    nightly.promises_in_danger(before(order, hours=5))
    browser: Client = signed_in("bo")
    page = browser.get("/warnings/").content.decode()
    assert order.number in page
    assert (
        '<span class="desk-count">1</span>' in page.partition('class="desk" href="/warnings/"')[2].partition("</a>")[0]
    )
    (row,) = queries.warnings(shop.actor("bo"))
    browser.post("/lists/warnings/acts/seen", {"chosen": [row.pk], "sure": "1"})
    row.refresh_from_db()
    assert row.seen_at is not None


@pytest.mark.parametrize("column", ["promise", "part"])
def test_the_database_lets_nobody_be_told_the_same_twice(shop: Shop, column: str) -> None:
    order = a_short_order(shop)
    a_signed(shop, order)
    nightly.promises_in_danger(before(order, hours=1))
    row = PromiseWarning.objects.filter(order=order).exclude(**{column: None}).first()
    assert row is not None
    row.pk = None
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_several_workers_at_once_warn_each_once(shop: Shop) -> None:
    order = a_short_order(shop)
    a_signed(shop, order)
    at = before(order, hours=1)
    workers = 6
    got = together(workers, lambda _number: nightly.promises_in_danger(at))
    assert sorted(got) == [0] * (workers - 1) + [1], got
    rows = list(PromiseWarning.objects.values_list("promise", "part", "step", "person"))
    assert len(rows) == len(set(rows)) == 6


def test_the_manager_finds_the_own_among_everybodys(shop: Shop, signed_in: Any) -> None:
    order = stages.an_approved_order(shop, parts=0)
    nightly.promises_in_danger(before(order, hours=0))
    ma: Client = signed_in("ma")
    assert ma.get("/warnings/").content.decode().count(order.number) > 2
    page = ma.get("/warnings/?mine=on").content.decode()
    assert 'data-label="Who was told">ma<' in page
    assert 'data-label="Who was told">chen<' not in page
