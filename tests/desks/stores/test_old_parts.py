"""Old parts on the screen: packed by the keeper, opened and examined by head office, each with its tag."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.line.storeroom.models import OldPart, ReturnBatch
from guiju.line.storeroom.rules import OldPartOutcome
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once
from tests.line.cast_line import Shop
from tests.line.storeroom.test_old_parts import HQ, old_parts

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


@pytest.mark.shows("2.9")
def test_a_parcel_from_the_keeper_to_head_office(shop: Shop, signed_in: SignedIn) -> None:
    shen, nie = signed_in("shen"), signed_in("nie")
    empty = shen.get("/stores/returns/").content.decode()
    assert_strict(empty)
    assert "No old part waits to be sent back." in empty
    first, second = old_parts(shop, HQ, HQ)
    page = shen.get("/stores/returns/").content.decode()
    assert_strict(page)
    assert first.tag in page
    refused = shen.post("/stores/returns/", {"waybill": "SF-1"} | once())
    assert refused.status_code == 422
    assert "Choose at least one old part." in refused.content.decode()
    typed = {"parts": [first.pk, second.pk], "waybill": "SF-1", "carrier": "SF"}
    assert shen.post("/stores/returns/", typed | once()).status_code == 302
    parcel = ReturnBatch.objects.get()
    url = f"/stores/returns/{parcel.pk}/"
    assert_strict(shen.get(url).content.decode())
    assert shen.post(f"{url}receive", {"found": [first.pk]} | once()).status_code == 403
    assert signed_in("tang").get(url).status_code == 404
    assert "This is what came" in nie.get(url).content.decode()
    assert nie.post(f"{url}receive", {"found": [first.pk]} | once()).status_code == 302
    page = nie.get(url).content.decode()
    assert_strict(page)
    assert "Charged" in page
    assert "To be examined" in page
    tag = f"/stores/old-parts/{first.pk}/"
    page = nie.get(tag).content.decode()
    assert_strict(page)
    assert "Tag for the bag" in page
    assert nie.post(f"{tag}examine", {"result": "NO_FAULT"} | once()).status_code == 422
    assert nie.post(f"{tag}examine", {"result": "NO_FAULT", "note": "It runs"} | once()).status_code == 302
    assert OldPart.objects.get(pk=first.pk).result == "NO_FAULT"
    assert "Nothing is wrong with it" in shen.get(tag).content.decode()


def test_what_is_destroyed_needs_two(shop: Shop, signed_in: SignedIn) -> None:
    (old,) = old_parts(shop, OldPartOutcome.SCRAP)
    shen, url = signed_in("shen"), f"/stores/old-parts/{old.pk}/"
    assert shen.post(f"{url}ask-scrap", {"reason": "Burnt through"} | once()).status_code == 302
    refused = shen.post(f"{url}scrap", once())
    assert refused.status_code == 422
    assert "A second person has to confirm" in refused.content.decode()
    assert signed_in("ma").post(f"{url}scrap", once()).status_code == 302
    assert shen.post(f"{url}nonsense", once()).status_code == 404
    assert "Destroyed" in shen.get("/stores/old-parts/").content.decode()
