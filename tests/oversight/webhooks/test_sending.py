"""A message leaves the house signed, arrives once or is tried again, and never goes where nobody may look."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.jobs import nightly
from guiju.jobs import webhooks as job
from guiju.kernel import news
from guiju.kernel.models import TrailEntry
from guiju.line.telephone import actions as telephone
from guiju.oversight.webhooks import actions as webhooks
from guiju.oversight.webhooks.actions import wire
from guiju.oversight.webhooks.models import Attempt, Delivery, Endpoint
from guiju.oversight.webhooks.rules import DeliveryState, EndpointState, Pause
from guiju.standing.policy import actions as policy
from tests.line.cast_line import Shop
from tests.oversight.webhooks.conftest import made
from tests.oversight.webhooks.receiver import Receiver

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(shop: Shop) -> None:
    """The worker has been round: what was told is written down for the endpoints."""
    while news.deliver_due(shop.later()):
        pass


def sent(at: datetime) -> int:
    """Everything that is due at that time is sent; how many attempts that were."""
    count = 0
    while job.turn(lambda: at):
        count += 1
    return count


def verified(secret: str, headers: Any, body: bytes) -> bool:
    """What a receiver does by the text of the specification, without any of our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")


@pytest.mark.shows("M06")
def test_news_arrives_signed_and_once(shop: Shop, receiver: Receiver, allowed: None) -> None:
    _, secret = made(shop, receiver.url)
    order = shop.a_registered_order()
    told(shop)
    told(shop)
    assert sent(shop.now) == 1
    assert sent(shop.later(days=1)) == 0
    (got,) = receiver.got
    assert got.path == "/hook?shop=1"
    assert verified(secret, got.headers, got.body)
    assert not verified(secret, got.headers, got.body + b" ")
    content = json.loads(got.body)
    assert (content["type"], content["data"]["order_number"]) == ("workorder.registered", order.number)
    assert content["data"]["unit"] == "FS01"
    # Who the customer is, is nobody's business outside.
    assert order.customer.name not in got.body.decode()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.subject) == ("DELIVERED", order.number)
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.address, attempt.says) == (200, "127.0.0.1", "said by the receiver")


def test_an_endpoint_hears_only_what_it_asked_for(shop: Shop, receiver: Receiver, allowed: None) -> None:
    made(shop, receiver.url, types=("workorder.received",))
    shop.a_received_order()
    told(shop)
    assert [each.type for each in Delivery.objects.all()] == ["workorder.received"]


@pytest.mark.shows("G-3", "T53")
def test_an_endpoint_hears_its_own_unit_and_those_below(
    shop: Shop, other_shop: Shop, receiver: Receiver, allowed: None
) -> None:
    own, _ = made(shop, receiver.url)
    next_door, _ = made(shop, receiver.url, by="nie", unit="GZ02")
    brand, _ = made(shop, receiver.url, by="nie", unit="HQ")
    order = shop.a_registered_order()
    told(shop)
    assert {each.endpoint for each in Delivery.objects.filter(subject=order.number)} == {own, brand}
    elsewhere = other_shop.a_registered_order()
    told(shop)
    assert {each.endpoint for each in Delivery.objects.filter(subject=elsewhere.number)} == {next_door, brand}
    visible = {name: set(Endpoint.objects.visible_to(shop.actor(name))) for name in ("ma", "he", "nie", "lin")}
    assert visible == {"ma": {own}, "he": {next_door}, "nie": {own, next_door, brand}, "lin": set()}


@pytest.mark.shows("F16")
def test_what_was_refused_is_tried_again_until_it_arrives(shop: Shop, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [(500, {}), (503, {})]
    shop.a_registered_order()
    told(shop)
    assert sent(shop.now) == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == ("PENDING", 1)
    assert sent(delivery.next_at - timedelta(seconds=1)) == 0
    assert sent(delivery.next_at) == 1
    delivery.refresh_from_db()
    assert sent(delivery.next_at) == 1
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert len(set(receiver.ids)) == 1
    assert len(receiver.ids) == 3
    assert len({each.body for each in receiver.got}) == 1
    assert list(Attempt.objects.order_by("pk").values_list("status", flat=True)) == [500, 503, 200]
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.troubled_at) == (0, None)


@pytest.mark.shows("F16")
def test_a_worker_that_is_killed_after_sending_sends_it_again_under_the_same_id(
    shop: Shop, endpoint: Endpoint, receiver: Receiver
) -> None:
    shop.a_registered_order()
    told(shop)
    errand = webhooks.claim(shop.now)
    assert errand is not None
    webhooks.carry(errand)  # and then the power fails: nothing is written down
    assert len(receiver.got) == 1
    assert sent(shop.now) == 0, "while it may still be on its way, nobody else sends it"
    assert sent(shop.later(minutes=3)) == 1
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1
    assert Delivery.objects.get().state == DeliveryState.DELIVERED
    assert Attempt.objects.filter(ended_at=None).count() == 1, "the attempt of which nobody heard stays to be seen"


@pytest.mark.shows("F16")
def test_what_was_told_first_arrives_first_for_one_order(shop: Shop, receiver: Receiver, allowed: None) -> None:
    made(shop, receiver.url, types=("workorder.registered", "workorder.received"))
    receiver.answers = [(400, {})]
    shop.a_received_order()
    other = shop.a_registered_order()
    told(shop)
    sent(shop.now)
    types = [json.loads(each.body)["type"] for each in receiver.got]
    assert types == ["workorder.registered", "workorder.registered"], (
        "the second waits for the first; another order does not"
    )
    assert json.loads(receiver.got[1].body)["data"]["order_number"] == other.number
    sent(shop.later(minutes=5))
    assert [json.loads(each.body)["type"] for each in receiver.got[2:]] == [
        "workorder.registered",
        "workorder.received",
    ]


@pytest.mark.shows("F16")
def test_after_three_days_it_is_given_up_and_can_be_sent_again(
    shop: Shop, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answers = [(404, {})] * 40
    shop.a_registered_order()
    told(shop)
    began = Delivery.objects.get().since_at
    for _ in range(40):
        delivery = Delivery.objects.get()
        if delivery.state != DeliveryState.PENDING:
            break
        sent(delivery.next_at)
    assert delivery.state == DeliveryState.FAILED
    assert delivery.done_at is not None
    assert timedelta(hours=48) < delivery.done_at - began <= timedelta(hours=72)
    receiver.answers = []
    with pytest.raises(news_refused()):
        webhooks.resend(delivery, by=shop.actor("he"), at=shop.later(days=4))
    again = webhooks.resend(delivery, by=shop.actor("ma"), at=shop.now)
    assert sent(shop.now) == 1
    assert set(receiver.ids) == {again.key}
    again.refresh_from_db()
    assert again.state == DeliveryState.DELIVERED
    # What has arrived is replayed too; what is on its way is not.
    webhooks.resend(again, by=shop.actor("ma"), at=shop.later())
    with pytest.raises(webhooks.NotOver):
        webhooks.resend(again, by=shop.actor("ma"), at=shop.now)


def news_refused() -> Any:
    from guiju.kernel.refusing import NotAllowed

    return NotAllowed


def test_an_endpoint_that_fails_for_days_is_paused_and_resumed_with_what_waited(
    shop: Shop, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answers = [(502, {})] * 100
    shop.a_registered_order()
    told(shop)
    sent(shop.now)
    sent(shop.later(days=2))
    endpoint.refresh_from_db()
    assert endpoint.state == EndpointState.ON
    shop.later(days=4)
    late = shop.a_registered_order()
    told(shop)
    sent(shop.now)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.paused_because) == (EndpointState.PAUSED, Pause.FAILING)
    assert TrailEntry.objects.filter(verb="webhooks.pause", actor_kind="SYSTEM").count() == 1
    count = len(receiver.got)
    assert sent(shop.later(days=1)) == 0
    receiver.answers = []
    webhooks.resume(endpoint, by=shop.actor("ma"), at=shop.now)
    sent(shop.now)
    assert len(receiver.got) > count
    assert Delivery.objects.get(subject=late.number).state == DeliveryState.DELIVERED


def test_a_receiver_that_is_gone_is_paused_at_once(shop: Shop, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [(410, {})]
    shop.a_registered_order()
    told(shop)
    sent(shop.now)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.paused_because) == (EndpointState.PAUSED, Pause.GONE)


# --- Where nothing may go


@pytest.mark.shows("T26")
def test_without_the_operators_word_nothing_goes_to_this_machine(
    shop: Shop, endpoint: Endpoint, receiver: Receiver, settings: Any
) -> None:
    settings.GUIJU_WEBHOOKS_ALLOW = []
    with pytest.raises(webhooks.AddressRefused):
        made(shop, receiver.url, name="Plain")
    shop.a_registered_order()
    told(shop)
    for url in (f"http://127.0.0.1:{receiver.port}/", *(f"https://{host}:{receiver.port}/" for host in OURSELVES)):
        Endpoint.objects.filter(pk=endpoint.pk).update(url=url, rests_until=shop.now)
        Delivery.objects.update(next_at=shop.now)
        assert sent(shop.now) == 1, url
        assert Attempt.objects.latest("pk").status is None
    assert receiver.got == []
    # The twin: with the word it arrives.
    settings.GUIJU_WEBHOOKS_ALLOW = ["127.0.0.0/8"]
    Endpoint.objects.filter(pk=endpoint.pk).update(url=receiver.url, rests_until=shop.now)
    Delivery.objects.update(next_at=shop.now)
    sent(shop.now)
    assert len(receiver.got) == 1


# The ways in which this machine can be written; some name servers know none of them, which is as well.
OURSELVES = (
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "127.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
)


@pytest.mark.shows("T26")
def test_a_name_that_changes_its_address_between_the_look_and_the_call_gains_nothing(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: judged as 93.184.216.34, called as 127.0.0.1. We call what was judged, and ask once."""
    asked: list[str] = []
    called: list[tuple[str, int]] = []

    def answer(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(place: tuple[str, int], **_: Any) -> Any:
        called.append(place)
        raise OSError("The test calls nobody.")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr(socket, "create_connection", connect)
    said = webhooks.post(f"https://rebind.example:{receiver.port}/", headers={}, body=b"{}", allow=[])
    assert said.status is None
    assert asked == ["rebind.example"]
    assert called == [("93.184.216.34", receiver.port)]
    # One closed address among open ones condemns the name.
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (each, 443)) for each in ("1.1.1.1", "10.0.0.1")]
    )
    assert "10.0.0.1" in webhooks.post("https://two.example/", headers={}, body=b"{}", allow=[]).says
    assert len(called) == 1


@pytest.mark.shows("T26")
def test_a_redirect_is_followed_nowhere(receiver: Receiver) -> None:
    for code in (301, 302, 303, 307, 308):
        receiver.answers = [(code, {"Location": f"http://127.0.0.1:{receiver.port}/secret"})]
        said = webhooks.post(receiver.url, headers={}, body=b"{}", allow=["127.0.0.0/8"])
        assert (said.status, said.is_taken) == (code, False)
    assert {each.path for each in receiver.got} == {"/hook?shop=1"}


@pytest.mark.shows("T26")
def test_a_receiver_that_never_stops_talking_is_hung_up_on(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.2)
    receiver.drips = True
    said = webhooks.post(receiver.url, headers={}, body=b"{}", allow=["127.0.0.0/8"])
    assert said.status is None
    assert said.took_ms < 2000


@pytest.mark.shows("F16")
def test_a_receiver_in_trouble_rests_and_the_others_go_on(shop: Shop, receiver: Receiver, allowed: None) -> None:
    slow, _ = made(shop, "http://127.0.0.1:9/nobody-listens", name="Slow")
    quick, _ = made(shop, receiver.url, name="Quick")
    for _ in range(4):
        shop.a_registered_order()
    told(shop)
    at = shop.now
    first = webhooks.claim(at)
    assert first is not None
    assert first.delivery.endpoint == slow
    # While one is on its way to the slow one, the lane beside it serves the quick one and nobody calls the slow one twice.
    assert sent(at) == 4
    assert len(receiver.got) == 4
    webhooks.record(first, webhooks.carry(first), at=at)
    assert sent(at) == 0, "a receiver that does not answer rests"
    assert Attempt.objects.filter(delivery__endpoint=slow).count() == 1
    assert Delivery.objects.filter(endpoint=quick, state=DeliveryState.DELIVERED).count() == 4


@pytest.mark.shows("F16")
def test_a_receiver_that_asks_for_time_gets_it_with_all_that_is_for_it(
    shop: Shop, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answers = [(503, {"Retry-After": "600"}), (429, {"Retry-After": "999999"})]
    first, second = shop.a_registered_order(), shop.a_registered_order()
    told(shop)
    assert {first.number, second.number} == set(Delivery.objects.values_list("subject", flat=True))
    at = shop.now
    assert sent(at) == 1
    assert sent(at + timedelta(seconds=599)) == 0
    at += timedelta(seconds=600)
    assert sent(at) == 1
    # No longer than the house's own figure allows (webhooks.retry_after_minutes_max).
    assert sent(at + timedelta(minutes=59)) == 0
    assert sent(at + timedelta(minutes=60)) == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"DELIVERED"}


@pytest.mark.shows("M06")
def test_what_is_long_over_is_swept_away_and_what_waits_is_not(
    shop: Shop, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answers = [(200, {}), (500, {})]
    shop.a_registered_order()
    shop.a_registered_order()
    told(shop)
    assert sent(shop.now) == 2
    arrived, waiting = Delivery.objects.order_by("state")
    assert (arrived.state, waiting.state) == ("DELIVERED", "PENDING")
    for row in (Attempt.objects.filter(delivery=waiting), Delivery.objects.filter(pk=waiting.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row._raw_delete(row.db)
    assert webhooks.forget(at=arrived.done_at + timedelta(days=89)) == 0
    late = arrived.done_at + timedelta(days=91)
    assert nightly.night(late).webhooks == 1
    assert webhooks.forget(at=late) == 0
    assert list(Delivery.objects.all()) == [waiting]
    assert {each.delivery_id for each in Attempt.objects.all()} == {waiting.pk}


def test_the_telephone_the_calendar_and_discounts_are_told(shop: Shop, receiver: Receiver, allowed: None) -> None:
    made(shop, receiver.url, types=("call.rang", "call.ended", "calendar.closed", "calendar.reopened"))
    call = telephone.ring(
        unit=shop.unit, system="pbx", external_id="1", phone="13900000001", by=shop.reception, at=shop.later()
    )
    telephone.hang_up(call, by=shop.reception, at=shop.later())
    day = policy.close_day(
        unit=shop.unit,
        on=shop.now.date() + timedelta(days=9),
        reason="Stocktaking",
        by=shop.actor("ma"),
        at=shop.later(),
    )
    policy.reopen_day(day, by=shop.actor("ma"), at=shop.later())
    told(shop)
    assert sent(shop.now) == 4
    got = [json.loads(each.body) for each in receiver.got]
    assert {each["type"] for each in got} == {"call.rang", "call.ended", "calendar.closed", "calendar.reopened"}
    assert not any("13900000001" in each.body.decode() for each in receiver.got)
