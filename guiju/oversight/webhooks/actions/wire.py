"""One message over the wire: to the address that was judged, without following anybody elsewhere, and for a bounded time.

The standard library's client is used, because a connection to a given address under a given name is one overridden method there, while in
each library that we have it is a resolver, a pool and an adapter to replace.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.oversight.webhooks.rules import Refused, networks, read_url, why_not
from guiju.oversight.webhooks.rules.addresses import Network, Place

# To be connected; and from then until the answer is read. A receiver should put a message aside and answer at once.
CONNECT_SECONDS = 5
ANSWER_SECONDS = 10
# An answer is looked at and not used: this much shows what went wrong, and a receiver that never stops talking fills no memory.
ANSWER_BYTES_MAX = 4096
SAYS_LENGTH_MAX = 500
# Names with a dozen addresses exist; trying them all would take a lane for a minute.
ADDRESSES_MAX = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one attempt.

    status       None when there was no answer
    retry_after  the header as it came: seconds, or a date
    """

    status: int | None
    says: str
    address: str = ""
    took_ms: int = 0
    retry_after: str = ""

    @property
    def is_taken(self) -> bool:
        """The receiver has it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_trouble(self) -> bool:
        """It is the receiver that is in trouble, not this one message."""
        return self.status is None or self.status >= 500 or self.status == 429


class _Plain(http.client.HTTPConnection):
    """A connection to a given address; the name goes into the Host header alone."""

    def __init__(self, place: Place, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(place.host, place.port, timeout=CONNECT_SECONDS)
        self.address, self.context = address, context

    def connect(self) -> None:
        # Not by the name: it may stand for another address by now.
        plain = socket.create_connection((self.address, self.port), timeout=CONNECT_SECONDS)
        plain.settimeout(ANSWER_SECONDS)
        # The certificate must be the name's, whatever the address.
        self.sock = self.context.wrap_socket(plain, server_hostname=self.host) if self.context else plain


def post(url: str, *, headers: Mapping[str, str], body: bytes, allow: Sequence[str]) -> Answer:
    """Send it, and say what became of it; whatever goes wrong is an answer, never an error.

    allow    the networks that the operator opened, beside the public internet
    source   T26
    """
    began = time.monotonic()
    answer = _attempt(url, headers=headers, body=body, allowed=networks(allow))
    return replace(answer, says=_readable(answer.says), took_ms=int((time.monotonic() - began) * 1000))


def _attempt(url: str, *, headers: Mapping[str, str], body: bytes, allowed: Sequence[Network]) -> Answer:
    try:
        place = read_url(url, plain=bool(allowed))
        addresses = _judged(place, allowed)
    except Refused as refused:
        return Answer(None, str(refused.because))
    except OSError as error:
        return Answer(None, f"{type(error).__name__}: {error}")
    context = ssl.create_default_context() if place.scheme == "https" else None
    answer = Answer(None, "")
    for address in addresses[:ADDRESSES_MAX]:
        connection = _Plain(place, address, context)
        try:
            connection.connect()
        except OSError as error:  # a certificate that is not the name's is one too
            answer = Answer(None, f"{type(error).__name__}: {error}", address)
            connection.close()
            continue
        # From here on the receiver may have it: no other address is tried.
        return _exchange(connection, place, address, headers, body)
    return answer


def _judged(place: Place, allowed: Sequence[Network]) -> list[str]:
    """The addresses of the name, asked for once; one that is refused condemns them all.

    raises   Refused, OSError for a name that nobody knows
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        if because := why_not(address, allowed=allowed, is_plain=place.scheme == "http"):
            raise Refused(because)
    return addresses


def _exchange(connection: _Plain, place: Place, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    # A receiver that sends a byte now and then would never run into the socket's own time-out.
    watch = threading.Timer(ANSWER_SECONDS, _hang_up, [connection.sock])
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", place.target, body=body, headers=dict(headers))
        response = connection.getresponse()
        read = response.read(ANSWER_BYTES_MAX)
        asked = response.getheader("Retry-After") or ""
        return Answer(response.status, read.decode("utf-8", "replace"), address, retry_after=asked)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}", address)
    finally:
        watch.cancel()
        connection.close()


def _hang_up(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _readable(text: str) -> str:
    # No database keeps a NUL, and what a stranger answers is shown on our page as it is: as text.
    return "".join(each if each.isprintable() or each in "\n\t" else "�" for each in text)[:SAYS_LENGTH_MAX]
