"""Slow clients hold no thread, and whoever does not fit in is told so at once: real sockets, on this machine."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server

from guiju.conf.running.bounds import Bounds
from guiju.conf.running.gateway import Gateway, WholeFile

BOUNDS = Bounds(threads=2, queue=2, reading=8, body_bytes=200_000, idle_seconds=0.3, body_seconds=1.0)
CHINESE = {"Accept-Language": "zh-TW"}


class House:
    """A WSGI application that says what it heard, and can be held up."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.heard: list[dict[str, Any]] = []
        self.lines: list[socket.socket] = []
        self.port = 0
        self.gateway = Gateway(self, BOUNDS)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.heard.append(environ)
        path = environ["PATH_INFO"]
        if path == "/held":
            self.go_on.wait(10)
        start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        if path == "/file":
            return WholeFile(Path(__file__).open("rb"))
        if path == "/long":
            return [b"x" * 65_536] * 64
        return [str(len(environ["wsgi.input"].read())).encode()]

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """One request on a connection of its own."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            wire.request("POST" if body is not None else "GET", path, body, headers)
            answer = wire.getresponse()
            return answer, answer.read()
        finally:
            wire.close()

    def begin(self, path: str, said: bytes, length: int = 1000) -> socket.socket:
        """A client that has said only so much of its body."""
        head = b"POST %s HTTP/1.1\r\nHost: h\r\n" % path.encode()
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        self.lines.append(line)
        line.sendall(head + (f"Content-Length: {length}" if length else "Transfer-Encoding: chunked").encode())
        line.sendall(b"\r\n\r\n" + said)
        return line

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for it."""
        end = time.monotonic() + 10
        while not is_so():
            assert time.monotonic() < end, "it did not happen within ten seconds"
            time.sleep(0.01)


@pytest.fixture
def house() -> Generator[House]:
    """Serves for one test, in this process."""
    house = House()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        house.port = free.getsockname()[1]
    server = Server(house.gateway, address="127.0.0.1", port=house.port, interface=Interfaces.RSGI, log_enabled=False)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=[server.serve()], daemon=True)
    thread.start()

    def answers() -> bool:
        try:
            return house.ask("/health")[0].status == 200
        except OSError:
            return False

    house.until(answers)
    yield house
    house.go_on.set()
    loop.call_soon_threadsafe(server.stop)
    thread.join(10)
    loop.close()
    for line in house.lines:
        line.close()


def status(line: socket.socket) -> int:
    return int(line.recv(4096).split(b" ", 2)[1])


@pytest.mark.shows("T22", "F22")
def test_bodies_that_do_not_come_hold_no_thread_and_are_given_up(house: House) -> None:
    slow = [house.begin("/echo", b"a=") for _ in range(3)]
    house.until(lambda: house.gateway.reading.total() == 3)
    assert house.ask("/echo", b"12345")[1] == b"5"
    assert [status(line) for line in slow] == [408] * 3
    # Whoever sends a byte now and then is given up, too, when the time for the whole is over.
    dripping, began = house.begin("/echo", b"a="), time.monotonic()
    dripping.setblocking(False)
    said = b""
    while time.monotonic() - began < 5:
        try:
            said = dripping.recv(4096)
            break
        except BlockingIOError:
            dripping.send(b"x")
            time.sleep(0.1)
    assert b" 408 " in said
    assert not [each for each in house.heard if each["PATH_INFO"] == "/echo"][1:]


@pytest.mark.shows("F22")
def test_one_address_and_strangers_leave_room_for_bodies_of_others(house: House) -> None:
    held = [house.begin("/echo", b"a=") for _ in range(4)]
    house.until(lambda: house.gateway.reading.total() == 4)
    assert house.ask("/echo", b"1")[0].status == 503
    for line in held:
        line.close()
    house.until(lambda: house.gateway.reading.total() == 0)
    assert house.ask("/echo", b"1")[1] == b"1"
    # Half a form is heard by nobody.
    assert [each["CONTENT_LENGTH"] for each in house.heard if each["PATH_INFO"] == "/echo"] == ["1"]


@pytest.mark.shows("T22")
def test_more_than_is_read_is_refused_before_it_is_sent(house: House) -> None:
    assert house.ask("/echo", b"x" * 200_000)[1] == b"200000"
    line = house.begin("/echo", b"", 200_001)
    assert status(line) == 413
    assert house.ask("/echo", b"x" * 200_000)[0].status == 200


def test_a_body_whose_end_cannot_be_told_from_a_break_is_refused(house: House) -> None:
    assert status(house.begin("/echo", b"3\r\nabc\r\n", length=0)) == 411


@pytest.mark.shows("F22")
def test_who_does_not_fit_in_is_told_when_to_come_again_and_watchers_always_fit(house: House) -> None:
    held = [threading.Thread(target=house.ask, args=["/held"], kwargs={"Cookie": "sessionid=x"}) for _ in range(3)]
    for thread in held:
        thread.start()
    house.until(lambda: house.gateway.inside == 3)
    # Strangers may fill half of the queue; who has signed in, or has a key, finds a place.
    stranger, page = house.ask("/echo", **CHINESE)
    assert (stranger.status, stranger.headers["Retry-After"]) == (503, "3")
    assert 'lang="zh-hant"' in page.decode()
    held.append(threading.Thread(target=house.ask, args=["/held"], kwargs={"Authorization": "Bearer x"}))
    held[-1].start()
    house.until(lambda: house.gateway.inside == 4)
    program, said = house.ask("/api/v1/orders", Authorization="Bearer x")
    assert (program.status, json.loads(said)["code"]) == (503, "full")
    assert program.headers["Content-Type"] == "application/problem+json"
    before = len(house.heard)
    assert house.ask("/health")[0].status == 200
    assert len(house.heard) == before + 1
    house.go_on.set()
    for thread in held:
        thread.join(10)
    assert house.ask("/echo")[0].status == 200


def test_an_application_hears_and_answers_as_behind_any_wsgi_server(house: House) -> None:
    answer, body = house.ask(
        "/a%20b/%E4%BF%A1?x=%20y", b"hello", X_Forwarded_For="9.9.9.9", **{"X-Forwarded-For": "1.1.1.1"}
    )
    heard = house.heard[-1]
    assert body == b"5"
    assert heard["PATH_INFO"].encode("latin-1").decode() == "/a b/信"
    assert (heard["QUERY_STRING"], heard["REMOTE_ADDR"], heard["CONTENT_LENGTH"]) == ("x=%20y", "127.0.0.1", "5")
    assert heard["HTTP_X_FORWARDED_FOR"] == "1.1.1.1"
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    assert house.ask("/file")[1] == Path(__file__).read_bytes()
    assert house.ask("/long")[1] == b"x" * 65_536 * 64
