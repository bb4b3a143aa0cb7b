"""Ctrl-K offers what a person may, finds what the search box finds, and asks the database little."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desks.seat import said
from tests.line import stages
from tests.line.cast_line import Shop

# Seven kinds of things, each asked by its own index: two or three statements a kind, each light among a million rows.
STATEMENTS_MAX = 21


@pytest.mark.django_db
@pytest.mark.shows("M01")
def test_the_palette_offers_the_pages_that_a_person_may_open(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    _ = shop.unit
    at_the_till, at_the_bench = said(signed_in("cai").get("/palette")), said(signed_in("chen").get("/palette"))
    assert 'data-goes="/till/close/"' in at_the_till
    assert 'data-goes="/till/close/"' not in at_the_bench
    assert 'data-goes="/bench/"' in at_the_bench


@pytest.mark.django_db
@pytest.mark.shows("M01")
@pytest.mark.parametrize("typed", ["WO-FS01", "139", "Liang Ming", "SNFS01"])
def test_the_palette_finds_a_job_in_few_statements(shop: Shop, signed_in: Callable[[str], Client], typed: str) -> None:
    order, _ = stages.a_quoted_order(shop)
    lin = signed_in("lin")
    lin.get("/palette", {"q": typed})  # what a process learns once is not the query's
    with CaptureQueriesContext(connection) as asked:
        page = said(lin.get("/palette", {"q": typed}))
    assert order.number in page
    assert f'data-goes="/find?q={typed.replace(" ", "%20")}"' in page
    tables = [re.sub(r".*? FROM ", "", query["sql"])[:60] for query in asked.captured_queries]
    assert len(asked) <= STATEMENTS_MAX, "\n".join(tables)
    # Where it is written at all, a telephone is masked.
    assert "13900000" not in page


@pytest.mark.django_db
def test_a_stranger_has_no_palette(client: Client) -> None:
    assert client.get("/palette").status_code == 302


@pytest.mark.django_db
@pytest.mark.shows("M02")
def test_the_label_of_a_bin_finds_what_lies_in_it(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    bin = stages.a_bin(shop, holding=2)
    found = signed_in("shen").get("/find", {"q": bin.code})
    assert found.status_code == 302
    assert found["Location"] == f"/stores/parts/{shop.compressor.pk}/"
    missed = signed_in("shen").get("/find", {"q": f"{bin.code}-nowhere"})
    assert f'value="{bin.code}-nowhere"' in said(missed)
