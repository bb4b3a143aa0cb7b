"""Many ways to write an address that is ours."""

from __future__ import annotations

import itertools
import socket
from typing import Any

import pytest

from guiju.oversight.webhooks import actions as webhooks
from tests.oversight.webhooks.receiver import Receiver

# This machine and its neighbours, in the ways in which they can be written.
NUMBERS = ("127.0.0.1", "10.0.0.5", "169.254.169.254", "192.168.1.1", "0.0.0.0", "100.64.0.1")
NAMES = (
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ip6-localhost",
    "metadata.google.internal",
    "127.0.0.1.nip.io",
    "①②⑦.⓪.⓪.①",
)
SIXES = (
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[fe80::1]", "[fe80::1%25lo]", "[fd00:ec2::254]", "[::127.0.0.1]", "[::ffff:a9fe:a9fe]",
)  # fmt: skip


def forms() -> list[str]:
    """Each address in decimal, octal, hexadecimal, shortened and mixed; with and without a name, a port and a path."""
    hosts = [*NAMES, *SIXES]
    for number in NUMBERS:
        a, b, c, d = map(int, number.split("."))
        whole = a << 24 | b << 16 | c << 8 | d
        hosts += [
            number, str(whole), hex(whole), f"0{whole:o}", f"{a}.{b << 16 | c << 8 | d}", f"{a}.{b}.{c << 8 | d}",
            f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
            f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"0x{a:x}.{b}.0{c:o}.{d}", f"{number}.", f"00{a:o}.{b}.{c}.{d}", f"{a}.{b}.{c}.{d}%00.example",
            f"example@{number}", f"{number}#@example.com", f"{number}\\.example.com", f"%31%32%37.{b}.{c}.{d}",
        ]  # fmt: skip
    ways = itertools.cycle(
        ("https://{}:{port}/", "https://{}:{port}/x?y=1", "HTTPS://{}:{port}", "https://u:p@{}:{port}/")
    )
    return [
        *(f"https://{each}:{{port}}/" for each in hosts),
        *(next(ways).replace("{}", each) for each in hosts),
        *(f"http://{each}:{{port}}/" for each in hosts),
    ]


@pytest.mark.shows("T26", "G20")
def test_no_way_to_write_it_leads_to_this_machine(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []
    known = socket.getaddrinfo

    def ask(host: str, *more: Any, **how: Any) -> Any:
        # No name server is asked by a test: what the system reads as a number is read, and every other name is this machine.
        try:
            return known(host, *more, **how | {"flags": socket.AI_NUMERICHOST})
        except (OSError, UnicodeError):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", more[0]))]

    def connect(place: Any, **_: Any) -> Any:
        called.append(place)
        raise OSError("The test calls nobody.")

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    monkeypatch.setattr(socket, "create_connection", connect)
    asked = [each.replace("{port}", str(receiver.port)) for each in forms()]
    assert len(set(asked)) >= 250
    for url in asked:
        said = webhooks.post(url, headers={}, body=b"{}", allow=[])
        assert said.status is None, url
    assert called == []
    # The twin: with the operator's word the plain one is called.
    webhooks.post(f"http://127.0.0.1:{receiver.port}/", headers={}, body=b"{}", allow=["127.0.0.0/8"])
    assert called == [("127.0.0.1", receiver.port)]
