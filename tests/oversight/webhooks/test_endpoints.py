"""Endpoints are kept by the manager of the unit; a secret is shown once and changed without losing a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from guiju.kernel.models import Delivery as Passing
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.oversight.webhooks import actions as webhooks
from guiju.oversight.webhooks.models import Delivery, Endpoint
from guiju.oversight.webhooks.rules import DeliveryState
from tests.line.cast_line import Shop
from tests.oversight.webhooks.conftest import made
from tests.oversight.webhooks.receiver import Receiver
from tests.oversight.webhooks.test_sending import sent, told, verified

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_manager_opens_endpoints_for_the_own_unit_alone(shop: Shop, receiver: Receiver, allowed: None) -> None:
    assert made(shop, receiver.url)[0].unit == shop.unit
    for who, unit in (("he", "FS01"), ("ma", "GZ02"), ("ma", "HQ"), ("lin", "FS01"), ("an", "FS01"), ("ad", "HQ")):
        with pytest.raises(NotAllowed):
            made(shop, receiver.url, by=who, unit=unit, name="Other")


def test_an_endpoint_needs_a_name_an_address_and_something_to_hear(
    shop: Shop, receiver: Receiver, allowed: None
) -> None:
    made(shop, receiver.url)
    with pytest.raises(webhooks.NameTaken):
        made(shop, receiver.url)
    with pytest.raises(webhooks.AddressRefused):
        made(shop, "https://me:word@example.com/", name="Two")
    with pytest.raises(webhooks.NothingChosen):
        made(shop, receiver.url, name="Two", types=("workorder.everything",))


def test_the_secret_is_in_no_table_and_in_no_trail(shop: Shop, receiver: Receiver, allowed: None) -> None:
    endpoint, secret = made(shop, receiver.url)
    assert secret.startswith("whsec_")
    kept = Endpoint.objects.values_list().get()
    assert all(secret.removeprefix("whsec_") not in str(each) for each in kept)
    assert not TrailEntry.objects.filter(facts__icontains=secret.removeprefix("whsec_")[:20]).exists()
    assert endpoint.salt != Endpoint.objects.get().digest


def test_while_a_secret_is_changed_both_sign_and_then_the_new_one_alone(
    shop: Shop, receiver: Receiver, allowed: None
) -> None:
    endpoint, old = made(shop, receiver.url)
    _, new = webhooks.rotate(endpoint, by=shop.actor("ma"), at=shop.later())
    assert old != new
    shop.a_registered_order()
    told(shop)
    sent(shop.now)
    both = receiver.got[-1]
    assert verified(old, both.headers, both.body)
    assert verified(new, both.headers, both.body)
    shop.later(hours=25)
    shop.a_registered_order()
    told(shop)
    sent(shop.now)
    alone = receiver.got[-1]
    assert verified(new, alone.headers, alone.body)
    assert not verified(old, alone.headers, alone.body)


# The trail is marked with the secret of the house too, and this test takes that away.
@pytest.mark.no_books
def test_a_secret_survives_a_change_of_the_installations_own_while_the_old_one_is_accepted(
    shop: Shop, receiver: Receiver, allowed: None, settings: Any
) -> None:
    endpoint, secret = made(shop, receiver.url)
    before = settings.SECRET_KEY
    webhooks.send_test(endpoint, by=shop.actor("ma"), at=shop.later())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of the house", [before]
    sent(shop.now)
    assert verified(secret, receiver.got[-1].headers, receiver.got[-1].body)
    settings.SECRET_KEY_FALLBACKS = []
    webhooks.send_test(endpoint, by=shop.actor("ma"), at=shop.later())
    sent(shop.now)
    assert len(receiver.got) == 1, "nothing is sent that the receiver could not check"
    settings.SECRET_KEY = before


def test_a_paused_endpoint_waits_and_a_revoked_one_hears_nothing_more(
    shop: Shop, endpoint: Endpoint, receiver: Receiver
) -> None:
    webhooks.pause(endpoint, by=shop.actor("ma"), at=shop.later())
    order = shop.a_registered_order()
    told(shop)
    assert sent(shop.now) == 0
    webhooks.resume(endpoint, by=shop.actor("ma"), at=shop.later())
    assert sent(shop.now) == 1
    webhooks.pause(endpoint, by=shop.actor("ma"), at=shop.later())
    late = shop.a_registered_order()
    told(shop)
    webhooks.revoke(endpoint, by=shop.actor("ma"), at=shop.later())
    assert Delivery.objects.get(subject=late.number).state == DeliveryState.FAILED
    shop.a_registered_order()
    told(shop)
    assert sent(shop.later(days=1)) == 0
    assert Delivery.objects.count() == 2
    with pytest.raises(webhooks.Revoked):
        webhooks.resend(Delivery.objects.get(subject=order.number), by=shop.actor("ma"), at=shop.now)
    with pytest.raises(WrongState):
        webhooks.resume(endpoint, by=shop.actor("ma"), at=shop.now)
    # A name that was given up is free again.
    made(shop, receiver.url)


def test_what_was_told_is_never_rewritten(
    shop: Shop, endpoint: Endpoint, refused_by_the_database: Callable[..., None]
) -> None:
    webhooks.send_test(endpoint, by=shop.actor("ma"), at=shop.later())
    refused_by_the_database(lambda: Delivery.objects.update(body="{}"), "what_a_webhook_says_is_never_changed")
    refused_by_the_database(lambda: Delivery.objects.all().delete(), "what_a_webhook_says_is_never_changed")
    webhooks.revoke(endpoint, by=shop.actor("ma"), at=shop.later())
    refused_by_the_database(lambda: Endpoint.objects.update(state="ON"), "what_was_revoked_hears_nothing_more")


@pytest.fixture
def refused_by_the_database() -> Callable[..., None]:
    """The database itself says no, and names the sentence."""
    from django.db import IntegrityError, transaction

    def check(act: Callable[[], Any], name: str) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()
        assert connection.is_usable()

    return check


def test_while_nobody_hears_no_deed_pays_for_it(shop: Shop, receiver: Receiver, allowed: None) -> None:
    passing_on = Passing.objects.filter(reaction__contains="webhooks")
    shop.a_registered_order()
    assert not passing_on.exists()
    made(shop, receiver.url)
    shop.a_registered_order()
    assert passing_on.count() == 1
    told(shop)
    assert Delivery.objects.count() == 1
