"""Price lists in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.pricing.models import PriceLine, PriceList
from tests.cast import NOON
from tests.desks.common.page import assert_strict

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


@pytest.fixture
def starter(nie: Actor) -> None:
    """The services and parts that the house brings with it."""
    catalogue.load_starter(by=nie, at=NOON)


@pytest.mark.shows("G-2", "I12")
def test_one_person_drafts_a_list_and_another_publishes_it(signed_in: SignedIn, starter: None) -> None:
    from guiju.standing.catalogue.models import ServiceItem

    item = ServiceItem.objects.order_by("code").first()
    assert item is not None
    drafter, finance = signed_in("nie"), signed_in("xu")
    begun = {"scope": "", "starts_on": "2099-01-01"}
    assert finance.post("/back-office/prices/", begun).status_code == 403
    assert drafter.post("/back-office/prices/", begun).status_code == 302
    row = PriceList.objects.get()
    address = f"/back-office/prices/{row.number}/"
    line = {"item": item.code, "min_minor": "50", "max_minor": "80.00", "unit": "per visit", "conditions": ""}
    wrong = drafter.post(address, line | {"item": "NO-SUCH"})
    assert wrong.context["form"].errors["item"] == ["Neither a service nor a part has this code."]
    assert 'value="per visit"' in wrong.content.decode()
    assert_strict(wrong.content.decode())
    assert finance.post(address, line).status_code == 403
    assert drafter.post(address, line).status_code == 302
    assert list(PriceLine.objects.values_list("min_minor", "max_minor")) == [(5000, 8000)]
    for price, sentence in (("0", "at least"), ("1.005", "at most 2 digits after the point")):
        odd = drafter.post(address, line | {"min_minor": price})
        assert sentence in odd.context["form"].errors["min_minor"][0]
    again = drafter.post(address, line)
    assert "has a price for this already" in again.context["form"].errors["item"][0]
    unpriced = drafter.post(f"{address}check", follow=True).content.decode()
    assert "has no price: it could not be charged." in unpriced
    for other in ServiceItem.objects.filter(line=None).exclude(pk=item.pk):
        assert drafter.post(address, line | {"item": other.code}).status_code == 302
    for same in ServiceItem.objects.filter(line=item.line).exclude(line=None).exclude(pk=item.pk):
        assert drafter.post(address, line | {"item": same.code}).status_code == 302
    assert finance.post(f"{address}check").status_code == 403
    assert drafter.post(f"{address}check").status_code == 302
    assert_strict(finance.get(address).content.decode())
    refused = drafter.post(f"{address}approve", follow=True).content.decode()
    assert "another person must approve it" in refused
    silent = finance.post(f"{address}reopen", {"reason": "no"}, follow=True).content.decode()
    assert "Give a reason of at least five letters." in silent
    assert finance.post(f"{address}approve").status_code == 302
    assert finance.post(f"{address}publish").status_code == 302
    row.refresh_from_db()
    assert row.state == "PUBLISHED"
    page = drafter.get(address).content.decode()
    assert "Put it on the list" not in page
    assert_strict(page)
    assert signed_in("ma").get("/back-office/prices/").status_code == 403
