"""From a part that is missing to its purchase, receipt, issue and the old part's way back, through Chromium: each at their own desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page

from guiju.books.stock import queries as stock
from guiju.kernel import news
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.readiness.supply import actions as supply
from guiju.readiness.supply.models import GoodsReceipt, PurchaseOrder, PurchaseRequest, Sourcing
from guiju.standing.people import actions as people
from tests.cast import FOUNDED, password_of
from tests.flow.crew import Crew, crew, do, driver, shop
from tests.line import stages
from tests.line.cast_line import Shop
from tests.readiness.supply.market import Market

__all__ = ["crew", "driver", "shop"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BUYING = "/back-office/buying"


def a_buyer_and_a_supplier(shop: Shop) -> None:
    """Ping buys for the outlet at the one supplier that makes compressors, whom somebody else has admitted."""
    market = Market(shop.cast, now=shop.now)
    ping, ad = market.cast.people["ping"], shop.actor("ad")
    shop.cast.logins["ping"] = people.make_login(
        ping, username="ping", password=password_of("ping"), language="en", by=ad, at=FOUNDED
    )
    house = market.supplier("HAI")
    supply.set_offer(
        house, part=shop.compressor, price_minor=10_000, currency="CNY", lead_days=7, starts_on=market.today,
        basis="List of the year", **market.at("ping"),
    )  # fmt: skip


def step(page: Page, kind: str, number: str, slug: str, says: str, **typed: str) -> None:
    """One step of a paper of the purchase."""
    do(page, f"{BUYING}/{kind}/{number}/", f'form[action$="/{slug}"]', says, **typed)


def buy(crew: Crew, shop: Shop) -> str:
    """Approved by the manager, bought by the buyer, approved by finance, confirmed for next week; the order's number."""
    week = (shop.unit.day(shop.now) + timedelta(days=7)).isoformat()
    asked = PurchaseRequest.objects.get().number
    crew.at("ma", step, "requests", asked, "approve", "Approved.")
    crew.at("ping", step, "requests", asked, "source", "Offers can come in.")
    sought = Sourcing.objects.get().number
    crew.at(
        "ping", step, "sourcings", sought, "quote", "The offer is written down.", valid_until=week, basis="On the phone"
    )
    crew.at("ping", step, "sourcings", sought, "award", "A supplier is chosen.")
    crew.at("ping", step, "sourcings", sought, "order", "The order waits for approval.")
    order = PurchaseOrder.objects.get().number
    crew.at("xu", step, "orders", order, "approve", "Approved.")
    crew.at("ping", step, "orders", order, "send", "Sent.")
    crew.at("ping", step, "orders", order, "confirm", "Whoever waits for it is told.", expected_on=week)
    return str(order)


def receive(crew: Crew, number: str) -> None:
    """Counted at the door without a look at the order, inspected by another, put into its bin."""
    counted = {"note": "DN-1", "part_1": "comp-1", "count_1": "1"}
    crew.at(
        "shen",
        do,
        f"/stores/deliveries/{number}/",
        'form[action*="/deliveries/"]',
        "It waits to be inspected.",
        **counted,
    )
    goods = f"/stores/goods/{GoodsReceipt.objects.get().number}/"
    crew.at("qin", do, goods, 'form[action*="/goods/"]', "Done.")
    crew.at("shen", do, goods, 'form[action*="/goods/"]', "Done.")
    news.deliver_due(now())


def issue_by_scan(page: Page, number: str) -> None:
    """Scan the request at the counter, and hand the part out: the scan alone does nothing."""
    page.goto("/stores/", wait_until="domcontentloaded")
    page.locator("#scan_code").fill(number)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Issue 1 piece").click()
    page.get_by_text("Issued to the job.").first.wait_for()


def fit(page: Page, order: str, request: str) -> None:
    """Put the new part in, and the old one into its bag for head office."""
    job = f"/bench/{order}/"
    do(page, job, 'form[action$="/start-repair"]', "The repair has begun.")
    old = {"request": request, "old_condition": "Burnt through", "old_outcome": "RETURN_TO_HQ"}
    do(page, job, "[data-step=fit]", "The part is in, and the old one has its tag.", **old)


@pytest.mark.shows("S6-17", "S6-27", "S6-21", "F17")
def test_from_a_missing_part_to_its_purchase_receipt_issue_and_the_old_parts_way_back(crew: Crew, shop: Shop) -> None:
    a_buyer_and_a_supplier(shop)
    bin = stages.a_bin(shop)
    order: WorkOrder = stages.an_approved_order(shop)

    crew.at("chen", do, f"/bench/{order.number}/parts?part=comp", "#parts-found form", "The store was asked.")
    asked = PartRequest.objects.get()
    page = f"/stores/requests/{asked.number}/"
    crew.at("shen", do, page, 'form[action$="/none"]', "The technician knows that it is on order.", kind="PURCHASE")
    receive(crew, buy(crew, shop))
    assert stock.on_hand(shop.compressor, bin.store) == 1
    asked.refresh_from_db()
    assert asked.state == "RESERVED", "what came is kept for the job that waits for it"
    crew.at("shen", issue_by_scan, asked.number)
    crew.at("chen", fit, order.number, asked.number)

    old = OldPart.objects.get()
    crew.at("shen", do, "/stores/returns/", "#send form", "The parcel is on its way", parts=str(old.pk), waybill="SF-1")
    old.refresh_from_db()
    assert (old.state, old.order_id, stock.on_hand(shop.compressor, bin.store)) == ("SENT", order.pk, 0)
    assert old.batch is not None
    assert crew.heard == []
