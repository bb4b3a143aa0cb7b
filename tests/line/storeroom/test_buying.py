"""What the store does not have is bought for the job: asked for in the same breath, its day told, kept for the job when it comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.jobs import nightly
from guiju.kernel import news
from guiju.kernel.refusing import Invalid
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest, Procurement
from guiju.line.storeroom.rules import ProcurementKind
from guiju.oversight.notices.models import PromiseWarning
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import PurchaseOrder, RequestLine
from tests.line import stages
from tests.line.cast_line import Shop, told
from tests.line.workshop.test_commitments import a_short_order, a_signed
from tests.readiness.supply.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def _hear(market: Market) -> None:
    while news.deliver_due(market.now):
        pass


def _none_here(shop: Shop, **said: object) -> PartRequest:
    asked = stages.a_requested_part(shop, stages.an_approved_order(shop))
    return storeroom.answer_none(asked, by=shop.actor("shen"), at=shop.later(), **said)  # type: ignore[arg-type]


def _market(shop: Shop) -> Market:
    market = Market(shop.cast, now=shop.now)
    market.__dict__["drum"] = shop.compressor
    return market


def _bought(market: Market, line: RequestLine) -> PurchaseOrder:
    supply.estimate(line, estimate_minor=10_000, **market.at("ping"))
    line.request.refresh_from_db()
    return market.ordered(market.approve(line.request))


@pytest.mark.shows("S6-19", "S6-27", "D11", "WO-5")
def test_a_missing_part_is_bought_and_its_day_comes_back_to_the_job(shop: Shop) -> None:
    asked = _none_here(shop)
    market = _market(shop)
    line = RequestLine.objects.select_related("request").get(origin=asked.number)
    # The technician needs it; the keeper only passes it on, and may receive it.
    assert (line.asked_by.name, line.request.state, line.request.purpose) == ("chen", "SUBMITTED", "JOB")
    order = _bought(market, line)
    _hear(market)
    procurement = Procurement.objects.get(request=asked)
    assert (procurement.expected_on, procurement.basis) == (order.expected_on, order.number)
    supply.postpone_order(order, expected_on=market.today + timedelta(days=12), reason="Strike", **market.at("ping"))
    _hear(market)
    procurement.refresh_from_db()
    assert procurement.expected_on == market.today + timedelta(days=12)
    assert [each["expected_on"] for each in told("storeroom.Answered")][-1] == str(market.today + timedelta(days=12))
    receipt = market.inspected(market.came(order, 1, by="shen"))
    supply.put_away(receipt, bins={receipt.lines.get().pk: stages.a_bin(shop)}, **market.at("shen"))
    _hear(market)
    asked.refresh_from_db()
    procurement.refresh_from_db()
    assert (asked.state, asked.bin, procurement.state) == ("RESERVED", stages.a_bin(shop), "ARRIVED")


@pytest.mark.shows("S6-27", "S6-44", "WO-5")
def test_a_supplier_who_postpones_endangers_the_date_that_was_signed(shop: Shop) -> None:
    """From the supplier's word to those whom the customer's date concerns, with nobody in between."""
    waits = a_short_order(shop)
    signed = a_signed(shop, waits)
    market = _market(shop)
    line = RequestLine.objects.select_related("request").get(origin=PartRequest.objects.get(order=waits).number)
    order = _bought(market, line)
    for expected_on, warned in (
        (signed.promised_part_on, set()),
        (signed.promised_part_on + timedelta(days=1), {"chen", "bo", "shen", "kuai"}),
    ):
        supply.postpone_order(order, expected_on=expected_on, reason="Strike", **market.at("ping"))
        _hear(market)
        nightly.promises_in_danger(market.now)
        told_of_part = PromiseWarning.objects.filter(order=waits, part__isnull=False)
        assert set(told_of_part.values_list("person__name", flat=True)) == warned


def test_what_does_not_come_is_told_and_bought_again(shop: Shop) -> None:
    asked = _none_here(shop, is_emergency=True)
    market = _market(shop)
    line = RequestLine.objects.select_related("request").get(origin=asked.number)
    assert line.request.is_emergency
    supply.reject_request(line.request, reason="There is one in Guangzhou", **market.at("ma"))
    _hear(market)
    assert Procurement.objects.get(request=asked).basis == line.request.number
    for _twice in range(2):
        storeroom.buy_again(asked, by=shop.actor("shen"), at=market.now)
    again = RequestLine.objects.get(origin=asked.number, withdrawn_at=None)
    assert again != line
    # The job is off: nobody buys it.
    storeroom.cancel_request(asked, by=shop.actor("shen"), at=market.now)
    again.request.refresh_from_db()
    assert again.request.state == "CANCELLED"
    sent = _none_here(shop, kind=ProcurementKind.TRANSFER)
    assert not RequestLine.objects.filter(origin=sent.number).exists()
    with pytest.raises(Invalid):
        storeroom.buy_again(sent, by=shop.actor("shen"), at=shop.later())
