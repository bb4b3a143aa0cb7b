"""The keeper scans: the bin and the part lead to the one request, and the wrong thing in the hand is said aloud."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.books.stock import actions as stock
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.standing.catalogue import actions as catalogue
from tests.cast import FOUNDED
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(signed_in: Callable[[str], Client]) -> Client:
    """Shen, at the counter of the store."""
    return signed_in("shen")


@pytest.fixture
def reserved(shop: Shop) -> PartRequest:
    """A compressor that lies ready in A-1 for a job of chen's."""
    asked = stages.a_requested_part(shop, stages.an_approved_order(shop))
    return storeroom.answer_available(asked, bin=stages.a_bin(shop, holding=3), by=shop.actor("shen"), at=shop.later())


def scanned(keeper: Client, **sent: str) -> str:
    page: str = keeper.get("/stores/", sent).content.decode()
    assert_strict(page)
    return page


@pytest.mark.shows("D10", "S6-21")
@pytest.mark.parametrize("code", ["COMP-1", "comp-1"])
def test_bin_and_part_lead_to_the_request_and_one_key_issues_it(
    keeper: Client, reserved: PartRequest, code: str
) -> None:
    page = scanned(keeper, scan="A-1")
    assert 'name="bin" value="A-1"' in page
    page = scanned(keeper, scan=code, bin="A-1")
    button = page.split(f'action="/stores/requests/{reserved.number}/issue"')[1].split("</form>")[0]
    assert 'data-hotkey="i"' in button
    assert "autofocus" in button
    # The code of the request itself, and the link in its QR code, do as well.
    for own in (reserved.number, f"https://shop.test/stores/requests/{reserved.number}/"):
        assert f"/{reserved.number}/issue" in scanned(keeper, scan=own)


def test_the_wrong_part_is_put_back(keeper: Client, reserved: PartRequest, shop: Shop) -> None:
    catalogue.add_part(
        code="BELT-9", names=names("Belt"), lines=[shop.line], returns_old=False, by=shop.actor("nie"), at=FOUNDED
    )
    page = scanned(keeper, scan="BELT-9", number=reserved.number)
    assert f"{reserved.number} is for COMP-1; this is BELT-9. Put it back." in page
    assert "/issue" not in page
    assert f"/{reserved.number}/issue" in scanned(keeper, scan="COMP-1", number=reserved.number)


def test_the_wrong_bin_is_said_and_the_scans_stay(keeper: Client, reserved: PartRequest, shop: Shop) -> None:
    stock.add_bin(store=reserved.bin.store, code="B-7", by=shop.actor("ma"), at=shop.later())  # type: ignore[union-attr]
    page = scanned(keeper, scan="COMP-1", bin="B-7")
    assert "COMP-1 is not reserved in B-7, but in MAIN/A-1." in page
    assert "/issue" not in page
    page = scanned(keeper, scan="B-7", number=reserved.number)
    assert f"{reserved.number} lies in MAIN/A-1; this is B-7." in page
    assert f'name="number" value="{reserved.number}"' in page
    assert "/issue" not in page


def test_an_unknown_scan_is_kept(keeper: Client, reserved: PartRequest) -> None:
    page = scanned(keeper, scan="6901234567890", bin="A-1")
    assert "Nothing here is called 6901234567890" in page
    assert 'value="6901234567890" aria-invalid="true"' in page
    assert 'name="bin" value="A-1"' in page


def test_a_scan_of_what_nobody_waits_for_says_so(keeper: Client, reserved: PartRequest, shop: Shop) -> None:
    storeroom.cancel_request(reserved, by=shop.actor("chen"), at=shop.later())
    assert "No job waits for COMP-1." in scanned(keeper, scan="COMP-1")


@pytest.mark.shows("S6-17")
def test_a_request_is_answered_with_one_key(keeper: Client, shop: Shop) -> None:
    asked = stages.a_requested_part(shop, stages.an_approved_order(shop))
    bin = stages.a_bin(shop, holding=2)
    form = scanned(keeper, scan="COMP-1").split(f'action="/stores/requests/{asked.number}/available"')[1]
    assert f'name="bin" value="{bin.pk}"' in form
    assert 'data-hotkey="r"' in form.split("</form>")[0]
    assert keeper.post(f"/stores/requests/{asked.number}/available", {"bin": bin.pk, "once": "k"}).status_code == 302
    assert PartRequest.objects.get(pk=asked.pk).state == "RESERVED"


def test_too_few_on_the_shelf_are_counted(keeper: Client, shop: Shop) -> None:
    asked = stages.a_requested_part(shop, stages.an_approved_order(shop, parts=3), 3)
    stages.a_bin(shop, holding=2)
    page = scanned(keeper, scan=asked.number)
    assert "Only 2 pieces of 3 pieces are free in your stores." in page
    assert "/available" not in page
