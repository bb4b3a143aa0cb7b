"""Two keepers at one delivery and two approvers at one request, at the same instant: one of each, and a naive twin lets both."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.actions import receipts
from guiju.readiness.supply.models import GoodsReceipt, OrderLine, PurchaseOrder
from tests.line.dispatch.test_races import COUNTERS, at_once
from tests.readiness.supply.market import Market

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _come(market: Market, order: PurchaseOrder, number: int, count: int = 3) -> GoodsReceipt:
    # Kuai and Qin count at two doors, each with a delivery note of their own.
    then = {"by": market.actor(("kuai", "qin")[number % 2]), "at": market.now}
    lines = [supply.Counted(count, part=market.drum)]
    return supply.receive(order, unit=market.unit, note=f"DN-{number}", lines=lines, **then)  # type: ignore[arg-type]


@pytest.mark.shows("PUR-3", "F08")
def test_of_many_receipts_at_once_no_more_is_taken_in_than_was_ordered(market: Market) -> None:
    order = market.ordered(market.asked(4))
    refused = at_once(lambda number: _come(market, order, number))
    assert [each.code for each in refused] == ["too_many"] * (COUNTERS - 1)
    assert (OrderLine.objects.get(order=order).delivered, GoodsReceipt.objects.count()) == (3, 1)


@pytest.mark.no_books  # the naive twin does
def test_a_naive_twin_loses_what_came(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(order: PurchaseOrder) -> PurchaseOrder:
        return PurchaseOrder.objects.select_related("unit", "supplier").get(pk=order.pk)

    def seen(order: PurchaseOrder, unit: Any) -> list[OrderLine]:
        return list(order.lines.filter(unit=unit).select_related("part", "line").order_by("pk"))

    order = market.ordered(market.asked(COUNTERS + 1))
    # Some of it is here already: the order's own step does not tell them apart any more.
    _come(market, order, COUNTERS, count=1)
    monkeypatch.setattr(receipts, "lock", unlocked)
    monkeypatch.setattr(receipts, "_expected", seen)
    # Each reads how many have come and writes one more: the race is real, and the books would notice.
    at_once(lambda number: _come(market, order, number, count=1))
    counted = sum(GoodsReceipt.objects.filter(order=order).values_list("lines__delivered", flat=True))
    assert counted > OrderLine.objects.get(order=order).delivered


@pytest.mark.shows("5.4", "F08")
def test_of_many_approvals_one_counts(market: Market) -> None:
    row = market.submitted(4)
    names = ("ma", "lu", "nie", "xu")

    def approve(number: int) -> Any:
        by = market.actor(names[number % 4])
        return supply.approve_request(row, total_minor=40_000, by=by, at=market.now)

    assert [each.code for each in at_once(approve)] == ["wrong_state"] * (COUNTERS - 1)
    row.refresh_from_db()
    assert (row.state, row.decided_by_id is not None) == ("APPROVED", True)
