"""A page of the walk-in is light: few statements, little HTML, however far the job has come."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.line.quality import actions as quality
from guiju.line.storeroom import actions as storeroom
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.queries import track_token
from guiju.line.workshop import actions as workshop
from guiju.line.workshop import queries
from tests.desks.reception.stages import an_order_waiting_for_a_signature
from tests.line import stages
from tests.line.cast_line import Shop, fresh
from tests.line.followup.test_after import an_uncollected_order

STATEMENTS_MAX = 12
HTML_MAX = 60 * 1024
ZIPPED_MAX = 12 * 1024
HOMES = {
    "lin": "/reception/", "bo": "/control-room/", "chen": "/bench/", "shen": "/stores/", "qin": "/inspection/", "cai": "/till/",
}  # fmt: skip
Stage = Callable[[Shop], WorkOrder]


def a_choice(shop: Shop) -> WorkOrder:
    """A quote of which the customer may leave a part out."""
    _ = shop.price_list
    order, chen = stages.a_diagnosed_order(shop), shop.actor("chen")
    offers = [workshop.Offer(item=shop.labour), workshop.Offer(part=shop.compressor, is_optional=True)]
    quote = workshop.draft_quote(order, offers=offers, service_hours=8, by=chen, at=shop.later())
    workshop.issue_quote(quote, by=shop.reception, at=shop.later())
    return fresh(order)


def a_waiting_order(shop: Shop) -> WorkOrder:
    """Its part is on order, and the customer signed the new date."""
    order = an_order_waiting_for_a_signature(shop)
    storeroom.answer_none(stages.a_requested_part(shop, order), by=shop.actor("shen"), at=shop.later())
    proposed = queries.living_commitment(order)
    assert proposed is not None
    workshop.sign_commitment(proposed, signature=shop.a_signature(), by=shop.reception, at=shop.later())
    workshop.wait_for_parts(fresh(order), by=shop.actor("chen"), at=shop.later())
    return fresh(order)


def a_failed_order(shop: Shop) -> WorkOrder:
    """It did not pass its final test, and is on the bench again."""
    order, found = stages.a_finished_order(shop), dict.fromkeys(stages.a_checklist(shop), "no")
    quality.fail_order(order, values=found, defects=["It leaks."], by=shop.actor("qin"), at=shop.later())
    return fresh(order)


STAGES: dict[str, Stage] = {
    "registered": lambda shop: shop.a_registered_order(),
    "received": lambda shop: shop.a_received_order(),
    "dispatched": lambda shop: shop.a_dispatched_order(),
    "diagnosed": stages.a_diagnosed_order,
    "quoted": lambda shop: stages.a_quoted_order(shop)[0],
    "approved": stages.an_approved_order,
    "repairing": lambda shop: stages.a_repairing_order(shop)[0],
    "finished": stages.a_finished_order,
    "ready": stages.a_ready_order,
    "paid": stages.a_paid_order,
    "delivered": stages.a_delivered_order,
    "to be chosen from": a_choice,
    "waiting for a part": a_waiting_order,
    "failed its test": a_failed_order,
    "uncollected": lambda shop: an_uncollected_order(shop)[0],
}


def pages_of(order: WorkOrder) -> Iterator[tuple[str, str]]:
    """Who looks at this order where."""
    number = order.number
    yield from HOMES.items()
    yield "lin", f"/reception/orders/{number}/"
    for name in ("bo", "ma"):
        yield name, "/control-room/"
        yield name, "/control-room/?show=lanes"
    yield "bo", f"/control-room/{number}/"
    yield "", f"/t/{track_token(order)}"
    if order.received_at:
        yield "lin", f"/orders/{number}/arrival/"
        yield "lin", f"/orders/{number}/story/"
    if order.technician_id:
        yield "chen", f"/bench/{number}/"
    if order.state == "QC_PENDING":
        yield "qin", f"/inspection/{number}/"
    if order.state in {"READY", "DELIVERED", "UNCOLLECTED"}:
        yield "cai", f"/till/jobs/{number}/"


def too_heavy(browser: Client, path: str) -> Iterator[str]:
    """What is too much on this page."""
    browser.get(path)  # what a process learns once is not the page's
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(path)
    assert response.status_code == 200, (path, response.status_code)
    html = response.content
    if len(asked) > STATEMENTS_MAX:
        tables = [re.sub(r'.*? FROM "(\w+)".*', r"\1", query["sql"]) for query in asked.captured_queries]
        yield f"{path}: {len(asked)} statements: {', '.join(table[:40] for table in tables)}"
    if len(html) > HTML_MAX or len(gzip.compress(html)) > ZIPPED_MAX:
        yield f"{path}: {len(html)} bytes, {len(gzip.compress(html))} zipped"


@pytest.mark.shows("M04")
@pytest.mark.parametrize("stage", STAGES)
def test_the_pages_of_the_walk_in_are_light(shop: Shop, signed_in: Callable[[str], Client], stage: str) -> None:
    order = STAGES[stage](shop)
    order = order if isinstance(order, WorkOrder) else order[0]
    order.refresh_from_db()
    browsers = {name: signed_in(name) for name in (*HOMES, "ma")} | {"": Client()}
    heavy = [said for name, path in pages_of(order) for said in too_heavy(browsers[name], path)]
    assert not heavy, "\n".join(heavy)
