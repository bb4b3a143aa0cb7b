"""Suppliers, their prices and the opening stock by file: each row is looked at first, and the good ones are taken together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guiju.books.stock import queries as stock
from guiju.books.stock.models import Serial, StockMove
from guiju.readiness.supply.models import Offer, Supplier
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import ImportBatch
from tests.readiness.supply.market import Market

pytestmark = pytest.mark.django_db

SUPPLIERS = "code,name,sells,phone\nnew,New house,parts;tools,0757-1\nHAI,Another name,,\n,Nobody,,\nODD,Odd,ships,\n"


@pytest.fixture
def bring(market: Market) -> Callable[..., tuple[ImportBatch, list[str], list[tuple[str, str]]]]:
    """Look at a file: its batch, the verdict of each row, and why some do nothing."""

    def look(sheet: str, text: str) -> tuple[ImportBatch, list[str], list[tuple[str, str]]]:
        batch = catalogue.stage_import(sheet=sheet, content=text.encode(), file_name="list.csv", **market.at("nie"))
        rows = queries.preview(batch)
        why = [(row.column, " ".join(map(str, row.because))) for row in rows if row.verdict == "REJECTED"]
        return batch, [row.verdict for row in rows], why

    return look


@pytest.mark.shows("M07")
def test_suppliers_come_by_file_and_wait_to_be_admitted_by_another(market: Market, bring: Any) -> None:
    market.suppliers  # noqa: B018 - three are known already
    batch, verdicts, why = bring("SUPPLIERS", SUPPLIERS)
    assert verdicts == ["NEW", "REJECTED", "REJECTED", "REJECTED"]
    assert [column for column, _ in why] == ["code", "code", "categories"]
    assert not Supplier.objects.filter(code="NEW").exists()
    catalogue.commit_import(batch, **market.at("nie"))
    row = Supplier.objects.get(code="NEW")
    assert (row.state, sorted(row.categories), row.proposed_by.name) == ("PROPOSED", ["PARTS", "TOOLS"], "nie")
    assert bring("SUPPLIERS", "code,name\nnew,New house\n")[1] == ["SAME"]


@pytest.mark.shows("M07", "S2-48")
def test_a_list_of_prices_shows_what_it_changes_and_keeps_the_history(market: Market, bring: Any) -> None:
    drum, hai = market.drum, market.suppliers["HAI"]
    head = "supplier,part,price,lead_days,starts_on\n"
    later = f"{head}hai,{drum.code.lower()},99.50,5,2027-01-01\n"
    wrong = f"NIX,{drum.code},1,1,2027-01-01\nHAI,NIX,1,1,2027-01-01\nNAN,{drum.code},80,1,2000-01-01\nBEI,{drum.code},0,1,2027-01-01\n"
    batch, verdicts, why = bring("SUPPLIER_PRICES", later + wrong)
    assert verdicts == ["CHANGED", *["REJECTED"] * 4]
    assert [column for column, _ in why] == ["supplier", "part", "starts_on", "price"]
    catalogue.commit_import(batch, **market.at("nie"))
    now, before = Offer.objects.filter(supplier=hai, part=drum).order_by("-starts_on")[:2]
    assert (now.price_minor, now.lead_days, str(now.starts_on), now.basis) == (9950, 5, "2027-01-01", "list.csv")
    assert (before.price_minor, str(before.ends_on)) == (10_000, "2027-01-01")
    assert bring("SUPPLIER_PRICES", later)[1] == ["SAME"]


@pytest.mark.shows("M07", "S6-21")
def test_opening_stock_is_received_once_with_its_lots_serials_and_cost(market: Market, bring: Any) -> None:
    drum, bin = market.drum, market.bin
    board = market.part("BRD-1", is_serialised=True, tracks_lots=True)
    where = f"FS01,{bin.store.code},{bin.code}"
    head = "unit,store,bin,part,quantity,lot,use by,serials,cost\n"
    good = f"{where},{drum.code},7,,,,12.50\n{where},{board.code},2,L1,2030-01-31,s1;s2,\n"
    wrong = (
        f"FS01,{bin.store.code},NIX,{drum.code},1,,,,\n{where},NIX,1,,,,\n{where},{drum.code},0,X,,,\n"
        f"{where},{board.code},2,L2,,s9,\n{where},{board.code},1,,,s9,\n{where},{drum.code},9,,,,\n"
    )
    batch, verdicts, why = bring("OPENING_STOCK", head + good + wrong)
    assert verdicts == ["NEW", "NEW", *["REJECTED"] * 6]
    assert [column for column, _ in why] == ["bin", "part", "quantity", "serials", "lot", "code"]
    catalogue.commit_import(batch, **market.at("nie"))
    assert (stock.on_hand(drum, bin.store), stock.on_hand(board, bin.store)) == (7, 2)
    first = StockMove.objects.get(part=drum)
    assert (first.document, first.cost_minor) == (f"OPENING/{batch.pk}/2", 8750)
    assert sorted(Serial.objects.values_list("number", flat=True)) == ["S1", "S2"]
    # What has moved is counted, never brought in again.
    again, verdicts, why = bring("OPENING_STOCK", head + good)
    assert verdicts == ["REJECTED", "REJECTED"]
    assert "count it instead" in why[0][1]
    catalogue.commit_import(again, **market.at("nie"))
    assert stock.on_hand(drum, bin.store) == 7


def test_what_has_moved_since_it_was_looked_at_refuses_the_whole_file(market: Market, bring: Any) -> None:
    drum, bin = market.drum, market.bin
    row = f"unit,store,bin,part,quantity\nFS01,{bin.store.code},{bin.code},{drum.code},7\n"
    batch, verdicts, _why = bring("OPENING_STOCK", row)
    assert verdicts == ["NEW"]
    other, _verdicts, _why = bring("OPENING_STOCK", row)
    catalogue.commit_import(other, **market.at("nie"))
    with pytest.raises(catalogue.DataMoved):
        catalogue.commit_import(batch, **market.at("nie"))
    assert stock.on_hand(drum, bin.store) == 7
