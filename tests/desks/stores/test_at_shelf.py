"""At the shelf, in the browser: the bin first, then the part; and what is done there with what lies there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from guiju.books.stock import actions as stock_book
from guiju.books.stock import queries as stock
from guiju.books.stock.models import Bin, Serial, StockAccount, StockMove
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


class Shelf:
    """The page of the shelf, before somebody who handles what lies there."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def scan(self, code: str, **before: Any) -> HttpResponse:
        """What the page says of a scan, after what was read before."""
        answer = self.client.get("/stores/shelf/", {"scan": code, **before})
        assert_strict(answer.content.decode())
        return answer

    def do(self, slug: str, heap: StockAccount, **typed: Any) -> HttpResponse:
        """Send the form of these pieces."""
        return self.client.post(f"/stores/shelf/{heap.pk}/{slug}", typed)


@pytest.fixture
def shelf(signed_in: SignedIn) -> Callable[[str], Shelf]:
    return lambda name: Shelf(signed_in(name))


def _heap(bin: Bin, kind: str = "BIN") -> StockAccount:
    return StockAccount.objects.get(bin=bin, kind=kind, balance__gt=0)


def _amounts(part: Any) -> dict[tuple[str, str], int]:
    rows = StockAccount.objects.filter(part=part, bin__isnull=False, balance__gt=0)
    return {(str(row.bin), row.kind): row.balance for row in rows}


@pytest.mark.shows("S6-21")
def test_the_bin_first_then_the_part_then_where_it_goes(shelf: Callable[[str], Shelf], shop: Shop) -> None:
    bin, part = stages.a_bin(shop, holding=3), shop.compressor
    stock_book.add_bin(bin.store, code="B-2", by=shop.actor("shen"), at=shop.later())
    shen = shelf("shen")
    assert "Scan the bin first, then the part." in shen.scan("comp-1").content.decode()
    assert "No bin is called NO-SUCH." in shen.scan("NO-SUCH").content.decode()
    assert shen.scan("main/a-1").context["read"].bin == bin
    here = {"bin": bin.pk}
    assert "Nothing here is called NO-SUCH" in shen.scan("NO-SUCH", **here).content.decode()
    assert shen.scan("comp-1", **here).context["read"].part == part
    read = shen.scan("B-2", **here, part=part.pk)
    (told,) = read.context["heaps"]
    (move,) = [each for each in told["steps"] if each["step"].slug == "move"]
    assert move["is_open"]
    assert move["form"]["to_bin"].value() == "MAIN/B-2"
    assert _amounts(part) == {("MAIN/A-1", "BIN"): 3}, "a scan has moved nothing"
    # What cannot be done is said at its field, and all that was typed stands there still.
    page = shen.do("move", told["heap"], quantity="9", to_bin="b-2")
    assert page.status_code == 422
    assert_strict(page.content.decode())
    assert "9 of COMP-1 are wanted, and 3 are free." in page.content.decode()
    assert 'value="b-2"' in page.content.decode()
    page = shen.do("move", told["heap"], quantity="2", to_bin="Z-9")
    assert "This outlet has no bin of this code." in page.content.decode()
    done = shen.do("move", told["heap"], quantity="2", to_bin="b-2")
    assert done.headers["Location"] == f"/stores/shelf/?bin={bin.pk}"
    assert _amounts(part) == {("MAIN/A-1", "BIN"): 1, ("MAIN/B-2", "BIN"): 2}
    assert StockMove.objects.get(kind="MOVE").document.startswith("SM-FS01-")
    # Another outlet finds no bin of ours.
    assert "No bin is called A-1." in shelf("tang").scan("A-1").content.decode()
    assert shelf("tang").do("move", told["heap"], quantity="1", to_bin="A-1").status_code == 404


@pytest.mark.shows("F02", "S6-21")
def test_set_apart_found_good_and_scrapped_each_by_its_own_people(shelf: Callable[[str], Shelf], shop: Shop) -> None:
    bin, part = stages.a_bin(shop, holding=4), shop.compressor
    shen, qin, ma = shelf("shen"), shelf("qin"), shelf("ma")

    def offered(who: Shelf) -> dict[str, list[str]]:
        heaps = who.scan("comp-1", bin=bin.pk).context["heaps"]
        return {each["heap"].kind: [item["step"].slug for item in each["steps"]] for each in heaps}

    assert offered(shen) == {"BIN": ["move", "apart"]}
    page = shen.do("apart", _heap(bin), quantity="3", condition="QUARANTINED", reason="")
    assert page.status_code == 422
    assert 'value="QUARANTINED"' in page.content.decode()
    assert shen.do("apart", _heap(bin), quantity="3", condition="QUARANTINED", reason="Wet").status_code == 302
    assert _amounts(part) == {("MAIN/A-1", "BIN"): 1, ("MAIN/A-1", "QUARANTINED"): 3}
    assert offered(shen) == {"BIN": ["move", "apart"], "QUARANTINED": ["move", "apart"]}
    assert offered(qin) == {"BIN": ["apart"], "QUARANTINED": ["apart", "clear"]}
    assert offered(ma) == {"BIN": ["apart"], "QUARANTINED": ["apart", "clear", "scrap"]}
    wet = _heap(bin, "QUARANTINED")
    assert shen.do("clear", wet, quantity="1", reason="Dried").status_code == 403
    assert ma.do("scrap", _heap(bin), quantity="1", reason="Old").status_code == 404, "a good part is never scrapped"
    assert qin.do("clear", wet, quantity="1", reason="Dried").status_code == 302
    assert ma.do("scrap", wet, quantity="1", reason="Rusty").status_code == 302
    assert _amounts(part) == {("MAIN/A-1", "BIN"): 2, ("MAIN/A-1", "QUARANTINED"): 1}
    assert shelf("chen").client.get("/stores/shelf/").status_code == 403


@pytest.mark.shows("INV-4", "INV-8", "S6-21")
def test_what_is_tracked_is_received_by_lot_and_serial_and_moved_by_name(
    signed_in: SignedIn, shelf: Callable[[str], Shelf], shop: Shop
) -> None:
    bin, part = stages.a_bin(shop), shop.compressor
    type(part).objects.filter(pk=part.pk).update(is_serialised=True, tracks_lots=True)
    keeper = signed_in("shen")
    page = keeper.get(f"/stores/receive/?part={part.code}").content.decode()
    assert '<details class="more" open>' in page
    note = {"document": "DN-5", "part": part.code, "quantity": "2", "bin": bin.pk}
    refused = keeper.post("/stores/receive/", note)
    assert refused.status_code == 422
    assert "name the lot" in str(refused.context["form"].errors["lot"])
    typed = {**note, "lot": "L7", "expires_on": "2030-01-31", "serials": "s-1\n"}
    refused = keeper.post("/stores/receive/", typed)
    assert "2 pieces are moved, and 1 serials are named." in str(refused.context["form"].errors["serials"])
    assert 'value="L7"' in refused.content.decode()
    assert keeper.post("/stores/receive/", {**typed, "serials": "s-1\ns-2"}).status_code == 302
    assert stock.on_hand(part, bin.store) == 2
    # A piece is scanned by its own number.
    read = shelf("shen").scan("s-2", bin=bin.pk)
    (told,) = read.context["heaps"]
    assert (told["heap"].lot, told["serials"]) == ("L7", ["S-1", "S-2"])
    apart = next(each["form"] for each in told["steps"] if each["step"].slug == "apart")
    assert (apart["serials"].value(), apart["quantity"].value()) == ("S-2", "1")
    shelf("shen").do("apart", told["heap"], quantity="1", serials="S-2", condition="DEFECTIVE", reason="Dented")
    assert Serial.objects.get(number="S-2").account.kind == "DEFECTIVE"
