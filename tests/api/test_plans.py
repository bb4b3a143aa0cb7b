"""The reads that a counter lives by walk an index from their first row on: with a million orders they read as few rows as with ten.

Asked of SQLite's planner without statistics, as an installation is on its first day; what PostgreSQL does is measured (`./run bench`).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Program
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db
As = Callable[..., Program]

# The tables that grow with the years.
GROW = (
    "workorder_workorder",
    "customers_customer",
    "customers_phone",
    "catalogue_appliance",
    "stock_stockaccount",
    "stock_stockmove",
)
SORTED = "USE TEMP B-TREE FOR ORDER BY"


def plans(program: Program, path: str) -> list[str]:
    """What the planner does for each statement of this question, line by line."""
    with CaptureQueriesContext(connection) as asked:
        assert program.get(path).status_code == 200
    lines: list[str] = []
    with connection.cursor() as cursor:
        for each in asked.captured_queries:
            if each["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {each['sql'].replace('%', '%%')}", [])
                lines += [row[-1] for row in cursor.fetchall()]
    return lines


@pytest.mark.parametrize(
    ("path", "index", "is_walked"),
    [
        ("/orders?is_open=true&unit=FS01&sort=promised_at", "work_order_by_open_promise", True),
        ("/orders?is_open=true&unit=FS01&sort=-promised_at", "work_order_by_open_promise", True),
        ("/orders?sort=number", "work_order_by_number", True),
        ("/orders?sort=-opened_at", "work_order_by_opening", True),
        ("/orders?q=00123", "guiju_work_order_is_found_by_a_piece_of_its_number", False),
        ("/orders?q=陈伟", "guiju_customer_is_found_by_a_piece_of_the_name", False),
        ("/customers?q=3000000122", "guiju_phone_is_found_by_a_piece_of_its_digits", False),
        ("/customers?q=伟强", "guiju_customer_is_found_by_a_piece_of_the_name", False),
        ("/customers?sort=name", "customer_by_name_in_a_unit", True),
        ("/appliances?q=SN00", "guiju_appliance_is_found_by_a_piece_of_its_serial", False),
        ("/stock?part=BLT-020&kind=BIN", "stock_stockaccount_part_id", False),
    ],
)  # fmt: skip
def test_no_read_goes_through_a_table_that_grows(
    shop: Shop,
    program: As,
    path: str,
    index: str,
    is_walked: bool,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite's planner")
    lines = plans(program("nie" if path.startswith("/stock") else "lin"), path)
    assert any(index in line for line in lines), lines
    # A table may also stand under a short name of its own in a question within the question.
    assert not [line for line in lines if line.startswith("SCAN") and any(f" {table}" in line for table in GROW)], lines
    assert not is_walked or SORTED not in lines, lines
