"""The page of the webhooks: a secret is seen once, what was sent is seen for ever and sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from guiju.jobs import webhooks as job
from guiju.oversight.webhooks.models import Delivery, Endpoint
from tests.desks.common.page import assert_strict
from tests.line.cast_line import Shop
from tests.oversight.webhooks.receiver import Receiver, listening

pytestmark = pytest.mark.django_db
PAGE = "/back-office/webhooks/"


@pytest.fixture
def typed(shop: Shop, settings: Any) -> dict[str, Any]:
    """What the manager types."""
    settings.GUIJU_WEBHOOKS_ALLOW = ["127.0.0.0/8"]
    return {
        "once": "a-key", "unit": shop.unit.pk, "name": "Our shop", "url": "http://127.0.0.1:9/hook",
        "types": ["workorder.ready", "quote.issued"],
    }  # fmt: skip


@pytest.mark.shows("M06")
def test_a_manager_adds_an_endpoint_and_sees_its_secret_once(
    signed_in: Callable[[str], Client], typed: dict[str, Any]
) -> None:
    manager = signed_in("ma")
    for name in ("lin", "ad", "chen"):
        assert signed_in(name).get(PAGE).status_code == 403
    assert signed_in("an").get(PAGE).status_code == 200
    assert signed_in("an").post(PAGE, typed).status_code == 403
    assert manager.post(PAGE, {**typed, "url": "http://me:word@127.0.0.1/"}).status_code == 422
    answer = manager.post(PAGE, typed).content.decode()
    assert_strict(answer)
    secret = answer.partition("whsec_")[2].partition("<")[0]
    assert len(secret) == 44
    endpoint = Endpoint.objects.get()
    # The same form sent twice makes no second endpoint, and tells the secret to nobody who looks over a shoulder later.
    again = manager.post(PAGE, typed, follow=True).content.decode()
    assert Endpoint.objects.count() == 1
    for page in (again, manager.get(PAGE).content.decode(), manager.get(f"{PAGE}{endpoint.pk}/").content.decode()):
        assert "whsec_" not in page
        assert_strict(page)
    assert "whsec_" in manager.post(f"{PAGE}{endpoint.pk}/", {"do": "rotate"}).content.decode()
    assert signed_in("he").get(f"{PAGE}{endpoint.pk}/").status_code == 404
    assert signed_in("an").post(f"{PAGE}{endpoint.pk}/", {"do": "pause"}).status_code == 403


def test_a_test_is_sent_seen_and_sent_again(signed_in: Callable[[str], Client], typed: dict[str, Any]) -> None:
    manager = signed_in("ma")
    with listening() as receiver:
        _sends(manager, typed, receiver)


def _sends(manager: Client, typed: dict[str, Any], receiver: Receiver) -> None:
    manager.post(PAGE, {**typed, "url": receiver.url})
    address = f"{PAGE}{Endpoint.objects.get().pk}/"
    assert manager.post(address, {"do": "send_test"}).status_code == 302
    delivery = Delivery.objects.get()
    message = f"{PAGE}messages/{delivery.pk}/"
    waiting = manager.get(message).content.decode()
    assert "does the worker run" in waiting
    assert "/resend" not in waiting
    receiver.answers = [(500, {})]
    job.turn(now)
    shown = manager.get(message).content.decode()
    assert_strict(shown)
    assert "said by the receiver" in shown
    Delivery.objects.update(next_at=now())
    Endpoint.objects.update(rests_until=now())
    job.turn(now)
    assert manager.post(f"{message}resend").status_code == 302
    job.turn(now)
    assert receiver.ids == [delivery.key] * 3
    assert manager.get(f"{address}?state=DELIVERED").content.decode().count("webhook.test") == 1
    assert manager.get(f"{address}?state=FAILED").content.decode().count("webhook.test") == 0
    for deed in ("pause", "resume"):
        assert manager.post(address, {"do": deed}).status_code == 302
    changed = {"do": "change", "name": "Renamed", "url": receiver.url, "types": ["workorder.ready"]}
    assert manager.post(address, {**changed, "types": []}).status_code == 422
    assert manager.post(address, changed).status_code == 302
    assert manager.post(address, {"do": "revoke"}).status_code == 302
    assert Endpoint.objects.values_list("name", "state").get() == ("Renamed", "REVOKED")
    assert manager.post(f"{message}resend", follow=True).content.decode().count("was revoked") == 1
    assert manager.post(address, {"do": "burn"}).status_code == 404
