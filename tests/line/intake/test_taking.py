"""intake.take_in: both cards and the order in one act, or nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.kernel.models import News, TrailEntry
from guiju.kernel.once import once
from guiju.kernel.refusing import NotAllowed
from guiju.line.intake import actions as intake
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers import actions as customers
from guiju.standing.customers.models import Customer
from tests.line.cast_line import Shop


def said(shop: Shop, **changed: Any) -> dict[str, Any]:
    """What the counter types for somebody who is new, with a machine that is new."""
    _ = shop.price_list, shop.labour
    new: dict[str, Any] = {
        "customer": {"name": "Mei Lan", "phones": ["13900000002"], "consent_service": True},
        "appliance": {"brand": "Guiju", "line": shop.registering()["appliance"].line, "serial": "T-1"},
    }
    return {**shop.registering(), **new, **changed}


@pytest.mark.shows("S6-01", "S6-09", "A06", "B01")
def test_it_makes_the_cards_and_the_order_and_the_trail_shows_the_chain(shop: Shop) -> None:
    order = intake.take_in(**said(shop), by=shop.reception, at=shop.later())
    assert (order.state, order.customer.name, order.appliance.serial) == ("REGISTERED", "Mei Lan", "T-1")
    assert order.appliance.customer == order.customer
    chain = list(TrailEntry.objects.order_by("-pk")[:4][::-1])
    assert [each.verb for each in chain] == [
        "intake.take_in", "customers.enrol", "catalogue.register_appliance", "intake.register",
    ]  # fmt: skip
    assert {each.because for each in chain[1:]} == {chain[0].key}
    assert News.objects.filter(kind="intake.Registered", entry_key=chain[3].key).count() == 1


def test_it_takes_cards_that_stand(shop: Shop) -> None:
    typed = shop.registering()
    order = intake.take_in(**typed, by=shop.reception, at=shop.later())
    assert (order.customer, order.appliance) == (typed["customer"], typed["appliance"])


@pytest.mark.shows("I38")
def test_where_the_order_is_refused_no_card_stays(shop: Shop) -> None:
    typed = said(shop, terms_accepted=False)
    before = (Customer.objects.count(), Appliance.objects.count())
    with pytest.raises(intake.TermsNotAccepted):
        intake.take_in(**typed, by=shop.reception, at=shop.later())
    assert (Customer.objects.count(), Appliance.objects.count()) == before


def test_a_number_that_is_known_is_refused_by_name(shop: Shop) -> None:
    typed = said(shop)
    customers.enrol(unit=shop.unit, name="Old Wang", phones=["13900000002"], by=shop.reception, at=shop.later())
    with pytest.raises(customers.KnownAlready):
        intake.take_in(**typed, by=shop.reception, at=shop.later())


def test_who_makes_no_cards_takes_nothing_in(shop: Shop) -> None:
    intake.take_in(**said(shop), by=shop.reception, at=shop.later())
    another = said(
        shop, customer={"name": "Bai", "phones": ["13900000003"]}, appliance=said(shop)["appliance"] | {"serial": "T-2"}
    )
    with pytest.raises(NotAllowed):
        intake.take_in(**another, by=shop.actor("bo"), at=shop.later())


def test_twice_is_once(shop: Shop) -> None:
    typed = said(shop)

    def take() -> str:
        return intake.take_in(**typed, by=shop.reception, at=shop.now).number

    first = once("k-1", by=shop.reception, what="take-in", body="same", do=take)
    assert once("k-1", by=shop.reception, what="take-in", body="same", do=take) == first
    assert WorkOrder.objects.count() == 1
