"""What jobs wait for and the store does not have, on one board: since when, what comes and when, who has it meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.books.stock import actions as stock
from guiju.kernel import news, reach
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.queries.shortages import Shortage, shortages
from guiju.line.storeroom.rules import ProcurementKind
from guiju.readiness.counting import queries as counting
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import RequestLine
from guiju.readiness.transfers import actions as transfers
from guiju.standing.catalogue import actions as catalogue
from tests.line import stages
from tests.line.cast_line import FOUNDED, Shop, names
from tests.readiness.supply.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
# Whoever fills a board: it may not ask once more for each part, job or paper.
STATEMENTS_MOST = 12


def _board(shop: Shop, name: str = "shen", *, days: int = 0) -> list[Shortage]:
    actor = shop.actor(name)
    with reach.of(actor):
        return shortages(by=actor, at=shop.later() + timedelta(days=days))


def _far(shop: Shop, other: Shop, holding: int) -> Any:
    he, tang = other.actor("he"), other.actor("tang")
    store = stock.open_store(unit=other.unit, code="GZ", names=names("Guangzhou"), kind="OUTLET", by=he, at=FOUNDED)
    bin = stock.add_bin(store, code="G-1", by=he, at=FOUNDED)
    stock.receive(shop.compressor, bin, holding, document="D-1", by=tang, at=shop.later())
    return bin


@pytest.mark.shows("S6-27", "S6-19", "D11")
def test_two_jobs_wait_for_one_part_and_only_one_of_them_has_a_day(shop: Shop, other_shop: Shop) -> None:
    assert _board(shop) == []
    day = shop.unit.day(shop.now)
    first = stages.a_requested_part(shop, stages.an_approved_order(shop))
    second = storeroom.request_part(
        stages.an_approved_order(shop, parts=2), part=shop.compressor, quantity=2, need_by=day + timedelta(days=5),
        by=shop.actor("chen"), at=shop.later(),
    )  # fmt: skip
    stages.a_bin(shop, holding=1)
    _far(shop, other_shop, 7)
    (row,) = _board(shop)
    assert (row.asked, row.free, row.missing, row.need_by) == (3, 1, 2, day + timedelta(days=5))
    assert (row.expected_on, row.coming, row.since) == (None, (), first.requested_at)
    assert row.nearest is not None
    assert (row.nearest.unit_code, row.nearest.available) == (other_shop.unit.code, 7)
    storeroom.answer_none(first, expected_on=day + timedelta(days=9), basis="Told", by=shop.actor("shen"), at=shop.later())  # fmt: skip
    (row,) = _board(shop)
    assert [(each.request.number, each.expected_on) for each in row.jobs] == [
        (first.number, day + timedelta(days=9)), (second.number, None),
    ]  # fmt: skip
    assert (row.expected_on, row.is_too_late, row.is_late) == (day + timedelta(days=9), True, False)
    assert [(each.paper, each.quantity) for each in row.coming] == [("requests", 1)]
    # Bought: the paper of the order, and the supplier's day.
    market = Market(shop.cast, now=shop.now)
    market.__dict__["drum"] = shop.compressor
    line = RequestLine.objects.select_related("request").get(origin=first.number)
    supply.estimate(line, estimate_minor=10_000, **market.at("ping"))
    line.request.refresh_from_db()
    order = market.ordered(market.approve(line.request))
    while news.deliver_due(market.now):
        pass
    (row,) = _board(shop)
    assert [(each.paper, each.number, each.expected_on, each.is_late) for each in row.coming] == [
        ("orders", order.number, order.expected_on, False)
    ]
    (row,) = _board(shop, days=30)
    assert row.is_late
    assert row.coming[0].is_late
    # A keeper elsewhere reads nothing of it; head office reads it all.
    assert _board(other_shop, "tang") == []
    assert [each.part.code for each in _board(shop, "nie")] == [shop.compressor.code]
    # What comes is kept for the jobs, and missed by none of them.
    stages.a_bin(shop, holding=2)
    assert _board(shop) == []


@pytest.mark.shows("S6-27", "F04", "F10")
def test_what_has_no_day_stands_first_and_the_board_asks_no_more_for_more_of_it(
    shop: Shop, other_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked_of() -> tuple[list[Shortage], int]:
        with CaptureQueriesContext(connection) as asked:
            return _board(shop), len(asked)

    day = shop.unit.day(shop.now)
    sent = stages.a_requested_part(shop, stages.an_approved_order(shop))
    storeroom.answer_none(sent, kind=ProcurementKind.TRANSFER, by=shop.actor("shen"), at=shop.later())
    far = _far(shop, other_shop, 1)
    here = stages.a_bin(shop).store
    wish = transfers.Wish(shop.compressor, 1)
    way = transfers.request(
        source=far.store, target=here, wishes=[wish], reason="A job", by=shop.actor("shen"), at=shop.later()
    )
    (row,), few = asked_of()
    assert (row.coming[0].number, row.coming[0].state, row.expected_on) == (way.number, "REQUESTED", None)
    transfers.send(way, picks=[transfers.Pick(shop.compressor, far, 1)], by=other_shop.actor("tang"), at=shop.later())
    (row,), _ = asked_of()
    assert row.expected_on is not None
    assert row.expected_on > day
    assert row.nearest is None
    # Many more parts, jobs and days: those without a day before those with one, and of these by when each is needed.
    nie, then = shop.actor("nie"), {"by": shop.actor("chen"), "at": shop.later()}
    old, new = (
        catalogue.add_part(code=code, names=names(code), lines=[shop.line], by=nie, at=FOUNDED)
        for code in ("FAN", "FAN-2")
    )
    catalogue.supersede_part(old, successor=new, by=nie, at=shop.later())
    stock.receive(new, stages.a_bin(shop), 1, document="D-7", by=shop.actor("shen"), at=shop.later())
    for _each in range(2):
        storeroom.request_part(stages.an_approved_order(shop), part=old, quantity=1, need_by=day + timedelta(days=3), **then)  # fmt: skip
        storeroom.request_part(stages.an_approved_order(shop), part=shop.compressor, quantity=1, **then)
    rows, many = asked_of()
    assert [(each.part.code, len(each.jobs), each.replaced_here) for each in rows] == [
        ("FAN", 2, True), (shop.compressor.code, 3, False),
    ]  # fmt: skip
    assert many <= few + 3 <= STATEMENTS_MOST
    # Whoever counts where it lies is told that there are too few, and not how few.
    stages.a_bin(shop, holding=1)
    monkeypatch.setattr(counting, "hidden_from", lambda by: [stages.a_bin(shop).pk])
    hidden = {each.part.code: (each.free, each.missing) for each in _board(shop)}
    assert hidden == {"FAN": (0, 2), shop.compressor.code: (None, None)}
