"""Parts for the house's own use, in the browser: asked for at the bench, signed, handed out, brought back."""

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.books.stock import queries as book
from guiju.books.stock.models import StockMove
from guiju.desks.stores.views.lists import _job_url
from guiju.readiness.requisitions.models import Requisition
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("F05", "G-5")
def test_from_asking_to_bringing_back(signed_in: SignedIn, shop: Shop) -> None:
    shelf, part = stages.a_bin(shop, holding=4), shop.compressor
    bench, manager, keeper = signed_in("chen"), signed_in("ma"), signed_in("shen")
    assert_strict(bench.get("/stores/requisitions/ask/").content.decode())
    typed = {"store": shelf.store_id, "purpose": "A piece for the window", "part_1": "NO-SUCH", "quantity_1": "3"}
    refused = bench.post("/stores/requisitions/ask/", typed)
    assert refused.status_code == 422
    assert "A piece for the window" in refused.content.decode(), "what was typed is kept"
    assert bench.post("/stores/requisitions/ask/", typed | {"part_1": "comp-1"}).status_code == 302
    row = Requisition.objects.get()
    at = f"/stores/requisitions/{row.number}/"
    for who, sees in ((bench, "Withdraw"), (manager, "Sign for it"), (keeper, "Waits for a signature")):
        page = who.get(at).content.decode()
        assert_strict(page)
        assert sees in page
    assert bench.post(f"{at}sign").status_code == 403
    assert keeper.post(f"{at}issue", {}).status_code == 422
    assert manager.post(f"{at}sign").status_code == 302
    line = row.lines.get().pk
    picked = {f"bin_{line}": shelf.pk, f"quantity_{line}": "3"}
    page = keeper.get(at).content.decode()
    assert_strict(page)
    assert "MAIN/A-1: 4 pieces free" in page
    assert manager.post(f"{at}issue", picked).status_code == 403
    assert keeper.post(f"{at}issue", picked | {f"quantity_{line}": "9"}).status_code == 422
    assert keeper.post(f"{at}issue", picked).status_code == 302
    assert book.available(part, shelf.store) == 1
    back = {"bin": shelf.pk, "part": "COMP-1", "quantity": "1", "serials": ""}
    assert_strict(keeper.get(at).content.decode())
    assert keeper.post(f"{at}back", back | {"quantity": "9"}).status_code == 422
    assert keeper.post(f"{at}back", back).status_code == 302
    assert book.available(part, shelf.store) == 2
    last = StockMove.objects.select_related("source", "target").order_by("-pk")[0]
    assert _job_url(last) == at, "a move leads to the paper because of which it was made"
    assert signed_in("zhou").get(at).status_code == 404


def test_what_is_refused_says_why_to_whoever_asked(signed_in: SignedIn, shop: Shop) -> None:
    shelf = stages.a_bin(shop, holding=4)
    bench, manager = signed_in("chen"), signed_in("ma")
    typed = {"store": shelf.store_id, "purpose": "The bench", "part_1": "COMP-1", "quantity_1": "1"}
    assert bench.post("/stores/requisitions/ask/", typed).status_code == 302
    at = f"/stores/requisitions/{Requisition.objects.get().number}/"
    assert manager.post(f"{at}refuse", {"reason": ""}).status_code == 422
    assert manager.post(f"{at}refuse", {"reason": "We have some"}).status_code == 302
    assert "We have some" in bench.get(at).content.decode()
    assert signed_in("lin").get("/stores/requisitions/").status_code == 200
