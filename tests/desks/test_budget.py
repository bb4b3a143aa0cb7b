"""A page of the walk-in is light: few statements, little HTML, however far the job has come."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.queries import track_token
from tests.line import stages
from tests.line.cast_line import Shop

STATEMENTS_MAX = 12
HTML_MAX = 60 * 1024
ZIPPED_MAX = 12 * 1024
HOMES = {
    "lin": "/reception/", "bo": "/control-room/", "chen": "/bench/", "shen": "/stores/", "qin": "/inspection/", "cai": "/till/",
}  # fmt: skip
Stage = Callable[[Shop], WorkOrder]
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
}


def pages_of(order: WorkOrder) -> Iterator[tuple[str, str]]:
    """Who looks at this order where."""
    number = order.number
    yield from HOMES.items()
    yield "lin", f"/reception/orders/{number}/"
    yield "bo", f"/control-room/{number}/"
    yield "", f"/t/{track_token(order)}"
    if order.received_at:
        yield "lin", f"/orders/{number}/arrival/"
        yield "lin", f"/orders/{number}/story/"
    if order.technician_id:
        yield "chen", f"/bench/{number}/"
    if order.state == "QC_PENDING":
        yield "qin", f"/inspection/{number}/"
    if order.state in {"READY", "DELIVERED"}:
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
    browsers = {name: signed_in(name) for name in HOMES} | {"": Client()}
    heavy = [said for name, path in pages_of(order) for said in too_heavy(browsers[name], path)]
    assert not heavy, "\n".join(heavy)
