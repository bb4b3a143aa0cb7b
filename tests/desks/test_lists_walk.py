"""Every list with every filter and in every order: it opens, it is light, and the database walks an index for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guiju.desks.common import listing as lists
from guiju.desks.common.listing.asked import Asked
from guiju.desks.common.listing.filters import Choice, Days, Tick
from guiju.kernel import paging
from guiju.kernel.actor import Actor
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

STATEMENTS_MAX = 12
# Besides what it shows, the list of moves asks which bins its reader counts (F10), and looks from both ends.
ONE_MORE = {"stock-moves"}
HTML_MAX = 60 * 1024
# Whoever sees the list in one unit, and whoever sees it in all of them.
READERS = {
    "webhook-messages": ("ma", "nie"), "price-lines": ("nie",), "price-lists": ("nie",), "credit": ("cai", "nie"),
    "people": ("ma", "nie"), "trail": ("ma", "nie"),
    "news": ("ad",), "calls": ("lin", "nie"), "part-requests": ("shen", "nie"), "stock": ("shen", "nie"), "stock-moves": ("shen", "an"),
    "old-parts": ("shen", "nie"), "self-checks": ("qin", "nie"), "promises": ("bo", "nie"), "come-backs": ("bo", "nie"),
    "suppliers": ("fang", "nie"), "supplier-prices": ("fang", "nie"), "alarms": ("ma", "nie"),
    "warnings": ("bo", "ma", "nie"), "access-log": ("shen", "nie"), "transfers": ("shen", "nie"), "requisitions": ("chen", "shen", "nie"),
    "quotes": ("lin", "nie"), "bills": ("cai", "nie"), "receipts": ("cai", "nie"), "printings": ("cai", "nie"), "debts": ("cai", "nie"),
    "safe-log": ("cai", "nie"), "bank-deposits": ("cai", "nie"),
}  # fmt: skip
USUAL = ("lin", "nie")


def typed(each: Any, actor: Actor) -> str:
    """Something that may be asked for by this filter."""
    if isinstance(each, Choice):
        options = list(each.options(actor))
        return f"{each.name}={options[-1][0]}" if options else ""
    if isinstance(each, Days):
        return f"{each.name}_from=2026-11-01&{each.name}_to=2026-11-30"
    return f"{each.name}=on" if isinstance(each, Tick) else f"{each.name}=FS01"


def ways(each: lists.Listing, actor: Actor) -> Iterator[str]:
    """The list as it opens, by each filter, and in each order both ways."""
    yield ""
    yield from filter(None, (typed(one, actor) for one in each.filters))
    for slug in each.orders():
        yield f"sort={slug}"
        yield f"sort=-{slug}"


def plan(each: lists.Listing, actor: Actor, query: str) -> str:
    """How the database goes about the first page."""
    asked = Asked(each, actor, QueryDict(query))
    with CaptureQueriesContext(connection) as seen:
        paging.page(asked.rows(), each.order(asked.sort), limit=50)
    with connection.cursor() as cursor:
        told = []
        for question in seen.captured_queries:
            if question["sql"].startswith("SELECT") and "LIMIT 51" in question["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + question["sql"].replace("%", "%%"))
                told += [row[3] for row in cursor.fetchall()]
    return "\n".join(told)


def table_of(each: lists.Listing, actor: Actor) -> str:
    return str(each.rows(actor).model._meta.db_table)


@pytest.mark.shows("M03")
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL plans by what it has counted: small tables are read whole"
)
def test_no_list_is_read_whole_or_sorted_whole(shop: Shop) -> None:
    stages.a_delivered_order(shop)
    slow = []
    for each in lists.declared():
        for name in READERS.get(each.slug, USUAL):
            actor = shop.actor(name)
            for query in ways(each, actor):
                told = plan(each, actor, query)
                assert told, (each.slug, query)
                table = table_of(each, actor)
                sorts = re.search(r"USE TEMP B-TREE FOR ORDER BY", told)
                # Without an index named, the rows of the table are read from its first to its last, and then sorted.
                reads = re.search(rf'SCAN "?{table}"?(?! USING)', told)
                if sorts and (reads or query in ("", *(f"sort={s}{o}" for s in ("", "-") for o in each.orders()))):
                    slow.append(f"{each.slug} for {name}, {query or 'as it opens'}:\n{told}")
    assert not slow, "\n\n".join(slow)


@pytest.mark.shows("M03", "M04")
def test_every_list_opens_and_is_light(shop: Shop, signed_in: Any) -> None:
    stages.a_paid_order(shop)
    shop.a_received_order()
    heavy = []
    for each in lists.declared():
        for name in READERS.get(each.slug, USUAL):
            browser, path = signed_in(name), reverse(each.url)
            browser.get(path)
            with CaptureQueriesContext(connection) as asked:
                response = browser.get(path)
            assert response.status_code == 200, (each.slug, name, response.status_code)
            assert_strict(response.content.decode())
            if len(asked) > STATEMENTS_MAX + (each.slug in ONE_MORE) or len(response.content) > HTML_MAX:
                heavy.append(f"{each.slug} for {name}: {len(asked)} statements, {len(response.content)} bytes")
            for query in ways(each, shop.actor(name)):
                answer = browser.get(f"{path}?{query}&all=1")
                assert answer.status_code == 200, (each.slug, name, query, answer.status_code)
    assert not heavy, "\n".join(heavy)


@pytest.mark.shows("M03")
def test_every_column_of_every_list_leaves_in_both_forms(shop: Shop, signed_in: Any) -> None:
    stages.a_paid_order(shop)
    for each in lists.declared():
        browser = signed_in(READERS.get(each.slug, USUAL)[-1])
        actor = shop.actor(READERS.get(each.slug, USUAL)[-1])
        browser.post(f"/lists/{each.slug}/columns", {"column": [column.slug for column in each.columns_for(actor)]})
        for form in ("csv", "xlsx"):
            answer = browser.post(f"/lists/{each.slug}/export", {"form": form})
            if each.is_personal and not actor.may("people.export_list"):
                assert answer.status_code == 403
                continue
            assert answer.status_code == 200, (each.slug, form)
            assert b"".join(answer.streaming_content)
