"""How a message is signed, where it may go, and how long it is tried: arithmetic."""

from __future__ import annotations

import base64
import dataclasses
import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from guiju.kernel import news
from guiju.oversight.webhooks import rules
from guiju.oversight.webhooks.rules import PUBLISHED, Refused, read_url, sign, why_not

LOOPBACK = [ip_network("127.0.0.0/8")]
# A home router, our own machine, a cloud's metadata, a carrier's inside, nobody's, everybody's; and each in an IPv6 coat.
CLOSED = (
    "127.0.0.1", "127.9.9.9", "10.0.0.5", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "0.0.0.0",
    "255.255.255.255", "224.0.0.1", "239.255.255.250", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "240.0.0.1", "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "fd00:ec2::254", "100::1",
)  # fmt: skip
OPEN = ("93.184.216.34", "1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8")


@pytest.mark.shows("M06")
def test_the_signature_is_the_one_that_standard_webhooks_publishes() -> None:
    """The example of the specification and of its libraries."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    given: dict[str, Any] = {
        "key": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "seconds": 1614265330,
        "body": b'{"test": 2432232314}',
    }
    assert sign(secret, **given) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    for changed in ({"key": "msg_other"}, {"seconds": 1614265331}, {"body": b'{"test": 2432232315}'}):
        assert sign(secret, **{**given, **changed}) != sign(secret, **given)
    assert rules.secret_text(secret) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.mark.shows("T26")
@pytest.mark.parametrize("address", CLOSED)
def test_nothing_goes_to_an_address_that_is_not_the_internets(address: str) -> None:
    assert why_not(address, allowed=[], is_plain=False) is not None


@pytest.mark.shows("T26")
@pytest.mark.parametrize("address", OPEN)
def test_the_open_internet_is_open(address: str) -> None:
    assert why_not(address, allowed=[], is_plain=False) is None
    # Without TLS anybody on the way reads along: only inside a network that the operator named.
    assert why_not(address, allowed=LOOPBACK, is_plain=True) is not None


def test_what_the_operator_allows_is_that_network_and_no_other() -> None:
    for address in ("127.0.0.1", "::ffff:127.0.0.1"):
        assert why_not(address, allowed=LOOPBACK, is_plain=True) is None
    for address in ("10.0.0.1", "169.254.169.254", "::1", "64:ff9b::7f00:1"):
        assert why_not(address, allowed=LOOPBACK, is_plain=False) is not None


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "//example.com/", "example.com", "https://", "https:///path", "javascript:alert(1)",
        "https://name:word@example.com/", "https://name@example.com/", "https://example.com:99999/", "https://exa mple.com/",
        "https://example.com/\r\nx: y", "https://example.com/" + "a" * 500, "https://[::1", "file:///etc/passwd", "https://a\u0000b/",
    ],
)  # fmt: skip
@pytest.mark.shows("T26")
def test_an_address_must_be_https_and_hold_no_secrets(url: str) -> None:
    with pytest.raises(Refused):
        read_url(url, plain=False)


def test_a_good_address_is_taken_apart() -> None:
    assert read_url("https://example.com", plain=False) == ("https", "example.com", 443, "/")
    assert read_url("https://例子.公司:8443/收?a=1#b", plain=False).host.startswith("xn--")
    assert read_url("http://127.0.0.1:8001/x?y=1", plain=True) == ("http", "127.0.0.1", 8001, "/x?y=1")


def test_a_message_is_tried_at_once_then_ever_more_patiently() -> None:
    waits = [rules.wait(tries, key="msg_a") for tries in range(1, 12)]
    assert timedelta(seconds=5) <= waits[0] <= timedelta(seconds=6)
    assert waits == sorted(waits) or max(waits) <= timedelta(hours=14.4)
    assert timedelta(hours=12) <= waits[-1] <= timedelta(hours=14.4)
    # What failed together is not tried together.
    assert len({rules.wait(3, key=f"msg_{number}") for number in range(50)}) > 40


@pytest.mark.shows("T53")
def test_what_is_published_exists_and_is_nobodys_name() -> None:
    personal = {"reason", "technician_id", "name", "phone", "note", "obstacles", "customer_id", "person_id"}
    for cls, published in PUBLISHED.items():
        fields = {each.name for each in dataclasses.fields(cls)}
        assert set(published.fields) <= fields, cls
        assert published.type.count(".") == 1
        # The one reason that is told is a code of four, not a text that somebody typed.
        assert set(published.fields) & personal <= ({"reason"} if published.type == "workorder.unrepairable" else set())
        assert news.kind_of(cls)


def test_the_body_says_what_when_and_where() -> None:
    from guiju.line.intake.events import Registered

    moment = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    content = rules.content_of(Registered(7, "WO-1", moment), unit="FS01")
    told = json.loads(rules.body_of("workorder.registered", at=moment, content=content))
    assert told["type"] == "workorder.registered"
    assert told["timestamp"] == "2026-11-02T04:00:00.000Z"
    assert told["data"] == {
        "unit": "FS01", "order_id": 7, "order_number": "WO-1", "promised_at": told["data"]["promised_at"],
    }  # fmt: skip
    assert datetime.fromisoformat(told["data"]["promised_at"]) == moment


@pytest.mark.shows("M06")
def test_every_name_stands_in_the_manual() -> None:
    manual = (Path(__file__).parents[3] / "docs/api.md").read_text(encoding="utf-8")
    section = manual.partition("## Webhooks")[2]
    lacking = {
        published.type
        for published in PUBLISHED.values()
        if not any(
            line.startswith(f"| `{published.type}` |") and all(f"`{name}`" in line for name in published.fields)
            for line in section.splitlines()
        )
    }
    assert lacking == set(), "Receivers read docs/api.md."


def test_a_receiver_that_asks_us_to_wait_is_obeyed_within_bounds() -> None:
    at, hour = datetime(2026, 11, 2, 4, 0, tzinfo=UTC), timedelta(hours=1)
    said = {
        "120": timedelta(minutes=2),
        " 30 ": timedelta(seconds=30),
        "Mon, 02 Nov 2026 04:10:00 GMT": timedelta(minutes=10),
        "Mon, 02 Nov 2026 04:10:00 -0000": timedelta(minutes=10),
        "Sun, 01 Nov 2026 04:10:00 GMT": timedelta(0),
        "9" * 900: hour,
        "Fri, 01 Jan 2027 00:00:00 GMT": hour,
        **dict.fromkeys(("", "soon", "-5", "1.5", "٣", "Mon, 99 Nov 2026 04:10:00 GMT"), timedelta(0)),
    }
    assert {text: rules.asked_for(text, at=at, most=hour) for text in said} == said
