"""Cards of appliances from a file: looked at first, refused row by row, taken whole (B01)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Appliance, ImportBatch
from guiju.standing.catalogue.rules import RowVerdict, tables
from tests.cast import NOON

HEAD = ["网点", "品牌", "产品线", "序列号", "型号", "购买日期", "发票号", "价格"]
GOOD = ["FS01", "Guiju", "WASHER", "GJ-2026-000001", "GJ-100", "2026/9/1", "F-1", "2999.00"]


@pytest.fixture
def listed(nie: Any) -> Any:
    line = catalogue.add_line(code="WASHER", names={"en": "Washing machine"}, by=nie, at=NOON)
    brand = catalogue.add_brand(name="Guiju", by=nie, at=NOON)
    return catalogue.add_model(brand=brand, line=line, code="GJ-100", by=nie, at=NOON)


def staged(nie: Any, *rows: list[str], form: str = "csv") -> ImportBatch:
    content = (tables.to_csv if form == "csv" else tables.to_xlsx)(HEAD, rows)
    return catalogue.stage_import(sheet="APPLIANCES", content=content, file_name=f"sold.{form}", by=nie, at=NOON)


@pytest.mark.shows("B01", "M07")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_sold_appliances_is_looked_at_and_then_taken(nie: Any, listed: Any, form: str) -> None:
    batch = staged(nie, GOOD, [*GOOD[:3], "GJ-2026-000002", "", "", "", ""], form=form)
    assert (batch.counts["NEW"], Appliance.objects.count()) == (2, 0)
    catalogue.commit_import(batch, by=nie, at=NOON)
    card = Appliance.objects.get(serial="GJ-2026-000001")
    assert (card.unit.code, card.model, card.purchased_on, card.invoice_no, card.invoice_minor, card.invoice_currency) == (
        "FS01", listed, date(2026, 9, 1), "F-1", 299_900, "CNY",
    )  # fmt: skip
    again = staged(nie, GOOD, [*GOOD[:5], "2026-09-02", "F-1", "2999.00"][:8], form=form)
    assert again.counts["REJECTED"] == 1, "the second row of the same appliance"
    changed = staged(nie, [*GOOD[:5], "2026-09-02", "F-1", "2999.00"], form=form)
    assert changed.counts["CHANGED"] == 1
    catalogue.commit_import(changed, by=nie, at=NOON)
    card.refresh_from_db()
    assert card.purchased_on == date(2026, 9, 2)


@pytest.mark.shows("B01")
def test_each_row_that_cannot_be_taken_says_why_in_its_column(nie: Any, listed: Any) -> None:
    catalogue.commit_import(staged(nie, GOOD), by=nie, at=NOON)
    wrong = {
        "unit": ["XX99", *GOOD[1:]], "line": [*GOOD[:2], "TOASTER", *GOOD[3:]], "serial": [*GOOD[:3], "--", *GOOD[4:]],
        "purchased_on": [*GOOD[:3], "GJ-2026-000009", "", "2031-01-01", "", ""], "model": [*GOOD[:3], "GJ-2026-000010", "XX-1", *GOOD[5:]],
        "cost": [*GOOD[:3], "GJ-2026-000011", "", "", "", "cheap"],
    }  # fmt: skip
    batch = staged(
        nie,
        *wrong.values(),
        ["FS01", "Haier", *GOOD[2:4], "", "", "", ""],
        [*GOOD[:3], "GJ-2026-000012", "", "soon", "", ""],
    )
    rows = list(batch.rows.order_by("row_number"))
    assert [row.column for row in rows] == [*wrong, "serial", "purchased_on"]
    assert {row.verdict for row in rows} == {RowVerdict.REJECTED}
    assert "Guiju" in str(rows[6].because), "the serial number of another maker's appliance"
    catalogue.commit_import(batch, by=nie, at=NOON)
    assert Appliance.objects.count() == 1


def test_what_moved_since_the_preview_is_not_written(nie: Any, listed: Any, lin: Any) -> None:
    batch = staged(nie, GOOD)
    catalogue.register_appliance(
        unit=lin_unit(lin), brand="Guiju", line=listed.line, serial="GJ2026000001", by=lin, at=NOON
    )
    with pytest.raises(catalogue.DataMoved):
        catalogue.commit_import(batch, by=nie, at=NOON)


def lin_unit(lin: Any) -> Any:
    from guiju.standing.people.models import Unit

    return Unit.objects.get(pk=lin.unit_id)


def test_a_whole_file_is_judged_in_a_few_statements(nie: Any, listed: Any, django_assert_max_num_queries: Any) -> None:
    rows = [[*GOOD[:3], f"GJ-2027-{n:06d}", "", "2026-09-01", "", ""] for n in range(400)]
    with django_assert_max_num_queries(20):
        batch = staged(nie, *rows)
    assert batch.counts["NEW"] == 400
    assert queries.appliances_alike(["nothing"]) == []
