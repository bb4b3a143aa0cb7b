"""Parts go from one store to another, in the browser: asked for, sent, received, one declared lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.readiness.transfers.models import Transfer
from guiju.standing.people.models import Unit
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.mark.shows("F04", "EX-15", "INV-5")
def test_from_asking_to_the_declared_loss(signed_in: SignedIn, shop: Shop) -> None:
    shelf, part = stages.a_bin(shop, holding=4), shop.compressor
    he = shop.actor("he")
    store = stock.open_store(Unit.objects.get(code="GZ02"), code="OUT", names={}, kind="OUTLET", by=he, at=shop.now)
    there = stock.add_bin(store, code="Z-1", by=he, at=shop.now)
    guangzhou, foshan = signed_in("tang"), signed_in("shen")
    page = guangzhou.get("/stores/transfers/ask/?part=COMP-1").content.decode()
    assert 'value="COMP-1"' in page
    assert_strict(page)
    typed = {
        "source": shelf.store_id,
        "target": store.pk,
        "part_1": "NO-SUCH",
        "quantity_1": "3",
        "reason": "Two jobs wait",
    }
    assert guangzhou.post("/stores/transfers/ask/", typed).status_code == 422
    assert guangzhou.post("/stores/transfers/ask/", typed | {"part_1": "comp-1"}).status_code == 302
    transfer = Transfer.objects.get()
    at = f"/stores/transfers/{transfer.number}/"
    page = foshan.get(at).content.decode()
    assert "MAIN/A-1: 4 pieces free" in page
    assert_strict(page)
    # Guangzhou does not send what lies in Foshan.
    line = transfer.lines.get().pk
    picked = {f"bin_{line}": shelf.pk, f"quantity_{line}": "3", "carrier": "Our van"}
    assert guangzhou.post(f"{at}send", picked).status_code == 403
    assert foshan.post(f"{at}send", {f"quantity_{line}": "3"}).status_code == 422
    assert foshan.post(f"{at}send", picked).status_code == 302
    assert "3" in foshan.get("/stores/transfers/on-the-way/").content.decode()
    page = guangzhou.get(at).content.decode()
    assert_strict(page)
    came = {"bin": there.pk, "part": "COMP-1", "quantity": "2", "condition": "GOOD", "serials": ""}
    assert guangzhou.post(f"{at}receive", came | {"quantity": "9"}).status_code == 422
    assert guangzhou.post(f"{at}receive", came).status_code == 302
    assert book.available(part, store) == 2
    lost = {"part": part.pk, "quantity": "1", "cause": "SHORT", "reason": "The box was open"}
    assert guangzhou.post(f"{at}lose", lost).status_code == 403
    manager = signed_in("he")
    assert "Declare the loss" in manager.get(at).content.decode()
    assert manager.post(f"{at}lose", lost).status_code == 302
    page = manager.get(at).content.decode()
    assert "The box was open" in page
    assert_strict(page)
    assert Transfer.objects.get().state == "CLOSED"
    for path in ("/stores/transfers/", "/stores/transfers/on-the-way/"):
        assert_strict(guangzhou.get(path).content.decode())
    assert signed_in("lin").get(at).status_code in {403, 404}
