"""A program keeps its own webhook, and reads and sends again what it missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from guiju.jobs import messages as job
from guiju.kernel import news
from guiju.kernel.models import OnceKey
from guiju.oversight.webhooks.models import Endpoint
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db
HOOK = {"unit": "FS01", "name": "Robot", "url": "https://robot.example/hook", "types": ["workorder.ready"]}


@pytest.mark.shows("M06", "F08")
def test_a_secret_is_answered_once_and_kept_nowhere(program: Callable[..., Any], shop: Shop) -> None:
    robot = program("ma")
    first = robot.post("/webhook-endpoints", **HOOK, key="hook-1")
    assert first.status_code == 200, first.content
    secret = first.json()["secret"]
    assert secret.startswith("whsec_")
    again = robot.post("/webhook-endpoints", **HOOK, key="hook-1")
    assert (again.json()["id"], again.json()["secret"]) == (first.json()["id"], None)
    assert Endpoint.objects.count() == 1
    assert "whsec_" not in OnceKey.objects.get().answer
    address = f"/webhook-endpoints/{first.json()['id']}"
    assert robot.post(f"{address}/rotate").json()["secret"] not in {secret, None}
    assert robot.post("/webhook-endpoints", **{**HOOK, "url": "http://10.0.0.1/"}).status_code == 422
    assert robot.post(f"{address}/pause").json()["state"] == "PAUSED"
    assert robot.post(f"{address}/resume").json()["state"] == "ON"
    sent = robot.post(f"{address}/send-test").json()
    assert robot.get("/webhook-messages").json()["items"][0]["key"] == sent["key"]
    assert robot.post(f"/webhook-messages/{sent['id']}/resend").status_code == 409
    for name, status in (("he", 404), ("lin", 403)):
        assert program(name).post(f"{address}/rotate").status_code == status


@pytest.mark.shows("A12")
def test_a_program_sets_words_and_sends_a_message_again(program: Callable[..., Any], shop: Shop) -> None:
    order = shop.a_registered_order()
    while news.deliver_due(shop.later()):
        pass
    # Whatever the hour of this test, a day later it is no longer quiet.
    tomorrow = shop.now + timedelta(days=1)
    while job.turn(lambda: tomorrow):
        pass
    desk = program("lin")
    (message,) = desk.get("/messages", order=order.number).json()["items"]
    assert (message["state"], message["order"]) == ("SENT", order.number)
    assert desk.get("/message-attempts", message=message["id"]).json()["items"][0]["is_taken"] is True
    assert desk.do(f"/messages/{message['id']}/resend")["state"] in {"QUEUED", "HELD"}
    chosen = desk.do(f"/customers/{order.customer_id}/prefer", channel="EMAIL", address="a@b.example")
    assert chosen["channel"] == "EMAIL"
    assert desk.post(f"/orders/{order.number}/invite").json()["code"] == "no_consent"
    words = {"unit": "FS01", "template": "READY", "channel": "SMS", "language": "en", "starts_on": "2200-01-01"}
    assert program("ma").do("/wordings", text="{number} is ready", **words)["version"] == 1
    assert program("ma").post("/wordings", text="{code}", **words).status_code == 422
    assert program("he").post("/wordings", text="x", **words).status_code == 404
    assert len(program("ma").get("/wordings", template="READY").json()["items"]) == 1
    assert program("he").get("/wordings").json()["items"] == []
