"""Deliveries, stock on hand, a part's card and the old parts, in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.books.stock import queries as stock
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("S6-21")
def test_a_delivery_goes_onto_the_shelf_and_its_note_is_offered_again(signed_in: SignedIn, shop: Shop) -> None:
    bin, part = stages.a_bin(shop), shop.compressor
    keeper = signed_in("shen")
    assert_strict(keeper.get("/stores/receive/").content.decode())
    typed = {"document": "DN-77", "part": "comp-1", "quantity": "5", "bin": bin.pk}
    answer = keeper.post("/stores/receive/", typed, follow=True)
    assert stock.on_hand(part, bin.store) == 5
    assert "5 pieces of Compressor lie in MAIN/A-1 now." in answer.content.decode()
    assert 'value="DN-77"' in answer.content.decode()


def test_an_unknown_part_is_said_at_the_part_and_the_rest_is_kept(signed_in: SignedIn, shop: Shop) -> None:
    bin = stages.a_bin(shop)
    typed = {"document": "DN-77", "part": "NO-SUCH", "quantity": "5", "bin": bin.pk}
    answer = signed_in("shen").post("/stores/receive/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No part has this number." in str(answer.context["form"].errors["part"])
    assert 'value="NO-SUCH"' in page
    assert 'value="DN-77"' in page
    assert_strict(page)


@pytest.mark.shows("T02", "T03")
def test_only_the_keeper_receives_and_only_into_the_own_store(signed_in: SignedIn, shop: Shop) -> None:
    bin, part = stages.a_bin(shop), shop.compressor
    typed = {"document": "DN-1", "part": part.code, "quantity": "1", "bin": bin.pk}
    assert signed_in("chen").post("/stores/receive/", typed).status_code == 403
    elsewhere = signed_in("tang").post("/stores/receive/", typed)
    assert elsewhere.status_code == 422
    assert "bin" in elsewhere.context["form"].errors
    assert stock.on_hand(part, bin.store) == 0
    assert signed_in("shen").post("/stores/receive/", typed).status_code == 302
    assert stock.on_hand(part, bin.store) == 1


@pytest.mark.shows("INV-2")
def test_stock_shows_what_is_free_and_what_is_reserved(signed_in: SignedIn, shop: Shop) -> None:
    request = stages.a_requested_part(shop, stages.an_approved_order(shop))
    bin = stages.a_bin(shop, holding=3)
    keeper = signed_in("shen")
    keeper.post(f"/stores/requests/{request.number}/available", {"bin": bin.pk})
    answer = keeper.get("/stores/stock/")
    (row,) = answer.context["list"]["rows"]
    told = {cell.label: cell.text for cell in row.cells}
    assert (told["Free"], told["Reserved"], told["In the bin"]) == ("2 pieces", "1 piece", "3 pieces")
    assert_strict(answer.content.decode())
    assert "Nothing fits all of these filters." in keeper.get("/stores/stock/?q=belt").content.decode()
    assert "COMP-1" in keeper.get("/stores/stock/?q=compr").content.decode()
    assert signed_in("tang").get("/stores/stock/").context["list"]["rows"] == []
    assert signed_in("cai").get("/stores/stock/").status_code == 403


@pytest.mark.shows("INV-1")
def test_every_move_is_a_row_with_its_document_and_whose_deed_it_was(signed_in: SignedIn, shop: Shop) -> None:
    bin, part = stages.a_bin(shop), shop.compressor
    keeper = signed_in("shen")
    assert "Nothing has moved yet." in keeper.get("/stores/moves/").content.decode()
    sent = keeper.post("/stores/receive/", {"document": "dn-77", "part": part.code, "quantity": "5", "bin": bin.pk})
    assert sent.status_code == 302, sent.context["form"].errors
    request = stages.an_issued_part(shop, stages.an_approved_order(shop))

    def rows(who: str, query: str = "") -> list[dict[str, str]]:
        answer = signed_in(who).get(f"/stores/moves/?all=1&{query}")
        assert_strict(answer.content.decode())
        return [{cell.label: cell.text for cell in row.cells} for row in answer.context["list"]["rows"]]

    shown = ["at", "movement", "part", "quantity", "source", "target", "job", "document", "who"]
    for who in ("shen", "an"):
        signed_in(who).post("/lists/stock-moves/columns", {"column": shown})
    told = rows("shen")
    assert told == rows("an"), "the auditor sees what the keeper does"
    (first,) = rows("shen", "q=dn-77")
    assert (first["Movement"], first["Quantity"]) == ("Receipt of goods", "5 pieces")
    assert (first["From"], first["To"]) == ("Supplier", "On the shelf: MAIN/A-1")
    assert (first["Document"], first["Who"]) == ("MAIN/dn-77/COMP-1", "shen")
    of_request = rows("shen", f"q={request.number.lower()}")
    assert [row["Movement"] for row in of_request] == ["Issue", "Reservation"]
    assert (of_request[0]["To"], of_request[0]["Job"]) == ("Issued", request.order.number)
    assert rows("shen", "movement=ISSUE") == of_request[:1]
    assert rows("shen", "q=compr") == told
    assert rows("shen", f"store={bin.store_id}") == told
    assert rows("shen", "at_to=2020-01-01") == rows("tang") == []
    assert signed_in("cai").get("/stores/moves/").status_code == 403


@pytest.mark.shows("S6-26")
def test_a_parts_card_tells_where_it_lies_and_how_it_moved(signed_in: SignedIn, shop: Shop) -> None:
    stages.an_issued_part(shop, stages.an_approved_order(shop))
    page = signed_in("shen").get(f"/stores/parts/{shop.compressor.pk}/").content.decode()
    for word in ("Receipt", "Reservation", "Issue"):
        assert word in page
    assert_strict(page)
    # Another outlet's keeper sees the card, and none of our moves.
    assert "It has never moved." in signed_in("tang").get(f"/stores/parts/{shop.compressor.pk}/").content.decode()


@pytest.mark.shows("WO-9")
def test_old_parts_are_listed_with_what_becomes_of_them(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_finished_order(shop)
    page = signed_in("shen").get("/stores/old-parts/").content.decode()
    assert order.number in page
    assert "Given to the customer" in page
    assert_strict(page)
    assert order.number not in signed_in("tang").get("/stores/old-parts/").content.decode()


@pytest.mark.shows("M02")
def test_the_search_opens_a_part_by_its_number(signed_in: SignedIn, shop: Shop) -> None:
    part = shop.compressor
    answer = signed_in("shen").get("/find", {"q": "COMP-1"})
    assert answer.headers["Location"] == f"/stores/parts/{part.pk}/"
