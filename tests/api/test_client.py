"""The Python client: made of the description, and a write happens once however often its answer is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from guiju_client import Connection, Guiju, NoAnswer, Problem
from guiju_client import transport as carrying

from guiju.standing.customers.models import Customer
from tests.api.conftest import InHouse
from tests.line.cast_line import Shop
from tools import client as making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying.time, "sleep", lambda _seconds: None)


class Losing:
    """Loses the answers of the first so many requests, after they were done; or answers them all with one status."""

    def __init__(self, inner: InHouse, losses: int) -> None:
        self.inner, self.losses, self.keys = inner, losses, set[str]()

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Any:
        self.keys.add(headers.get("Idempotency-Key", ""))
        answer = self.inner.send(method, path, headers, body)
        self.losses -= 1
        if self.losses >= 0:
            raise ConnectionResetError
        return answer


def enrol(guiju: Guiju, **more: Any) -> int:
    made = guiju.customers_enrol(unit="FS01", name="Liang", phones=["13900000001"], consent_service=True, **more)
    return made["id"]


def test_the_client_is_that_of_the_description() -> None:
    old = [path.name for path, text in making.written().items() if path.read_text(encoding="utf-8") != text]
    assert old == [], "Run `python -m tools.client`."


@pytest.mark.shows("M04")
def test_what_was_done_and_not_heard_is_done_once(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    line = Losing(InHouse(signed_in("lin")), losses=2)
    enrol(Guiju("", "", carrier=line))
    assert Customer.objects.count() == 1
    assert len(line.keys) == 1
    # The naive twin makes a key for each try, and enters the customer a second time or is refused.
    with pytest.raises(Problem):
        enrol(Guiju("", "", carrier=InHouse(signed_in("lin"))), idempotency_key="another")


def test_nobody_there_is_told_with_the_key_to_ask_again(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    deaf = Guiju("", "", carrier=Losing(InHouse(signed_in("lin")), losses=99))
    with pytest.raises(NoAnswer) as lost:
        enrol(deaf, idempotency_key="k-1")
    assert lost.value.key == "k-1"
    assert enrol(Guiju("", "", carrier=InHouse(signed_in("lin"))), idempotency_key="k-1") == Customer.objects.get().pk


def test_a_refusal_is_an_exception_with_its_code(shop: Shop, signed_in: Callable[[str], Client]) -> None:
    with pytest.raises(Problem) as refused:
        Guiju("", "", carrier=InHouse(signed_in("shen"))).customers_enrol(
            unit="FS01", name="Liang", phones=["13900000001"], consent_service=True
        )
    assert (refused.value.status, refused.value.code) == (403, "not_allowed")
    assert not Customer.objects.exists()


class _Busy(BaseHTTPRequestHandler):
    """A server that is busy once, and hangs up after each answer."""

    protocol_version = "HTTP/1.1"
    seen: list[str] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        status, body = (503, b"{}") if len(self.seen) == 1 else (200, b'{"items": [1], "next": null}')
        self.send_response(status)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Nobody reads it."""


def test_a_busy_server_is_asked_again_over_a_new_connection() -> None:
    server = HTTPServer(("127.0.0.1", 0), _Busy)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        guiju = Guiju(f"http://127.0.0.1:{server.server_port}", "gj_x")
        assert list(guiju.every_workorder_orders(is_open=True)) == [1]
        assert _Busy.seen == ["/api/v1/orders?is_open=true"] * 2
    finally:
        server.shutdown()
        server.server_close()


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="Not the address"):
        Connection("service.example.org")
