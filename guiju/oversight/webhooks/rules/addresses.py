"""Where a message may go: to the open internet, and into our own networks only where the operator says so (T26).

A name is judged by the addresses that it stands for at the moment of sending, and the connection goes to the very address that was judged:
a name that means one address when it is asked and another when it is called (DNS rebinding) gains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from guiju.kernel.words import N_, Sentence

Network = IPv4Network | IPv6Network

# A receiver's address with room for the tokens that some put into it; a browser's bar shows no more.
URL_LENGTH_MAX = 500
_DEFAULT_PORTS = {"https": 443, "http": 80}
# These carry an IPv4 address inside, by which a gateway would go on to that address: 6to4, Teredo, and NAT64 of both kinds.
_CARRIERS = (
    IPv6Network("2002::/16"), IPv6Network("2001::/32"), IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"),
)  # fmt: skip
# Python's tables call parts of these global; nobody receives webhooks there. Carrier-grade NAT, benchmarks, old relays, multicast.
_NEVER = (
    IPv4Network("0.0.0.0/8"), IPv4Network("100.64.0.0/10"), IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"),
    IPv4Network("198.18.0.0/15"), IPv4Network("224.0.0.0/3"), IPv6Network("fec0::/10"), IPv6Network("ff00::/8"),
)  # fmt: skip


class Refused(ValueError):
    """The address is none that a message may be sent to."""

    def __init__(self, because: Sentence) -> None:
        super().__init__(str(because))
        self.because = because


class Place(NamedTuple):
    """Whom to call, by which name, and what to ask for there."""

    scheme: str
    host: str
    port: int
    target: str


def networks(written: Iterable[str]) -> Sequence[Network]:
    """The networks that the operator allows.

    raises   ValueError for what is no network, when the server starts and not when a message is lost
    """
    return [ip_network(each, strict=False) for each in written]


def read_url(url: str, *, plain: bool) -> Place:
    """Read a receiver's address.

    plain    http without TLS is accepted, because the operator allows some networks; it is judged again by the address
    raises   Refused
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except ValueError:  # also what IDNA refuses
        raise Refused(Sentence(N_("This is no address on the web."))) from None
    if not host or len(url) > URL_LENGTH_MAX or not url.isprintable() or " " in url:
        raise Refused(Sentence(N_("This is no address on the web.")))
    if parts.scheme != "https" and not (plain and parts.scheme == "http"):
        raise Refused(Sentence(N_("The address must begin with https://, so that nobody on the way reads along.")))
    if parts.username is not None or parts.password is not None:
        raise Refused(Sentence(N_("The address must not hold a name or a password: it is shown on pages and in logs.")))
    return Place(parts.scheme, host, port or _DEFAULT_PORTS[parts.scheme], _target(parts))


def _target(parts: SplitResult) -> str:
    # A fragment is the browser's own and is never sent.
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def why_not(address: str, *, allowed: Sequence[Network], is_plain: bool) -> Sentence | None:
    """Why nothing is sent to that address; None when it may be.

    is_plain   without TLS: then only into a network that the operator named
    """
    # A scope (fe80::1%eth0) is the local cable's, and what is inside an IPv6 form counts.
    found = _inside(ip_address(address.partition("%")[0]))
    if any(found.version == each.version and found in each for each in allowed):
        return None
    if is_plain or not _is_public(found):
        return Sentence(
            N_("%(address)s is in a network of our own or of nobody; nothing is sent there."), {"address": address}
        )
    return None


def _inside(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    closed = (*_NEVER, *_CARRIERS)
    if any(address.version == each.version and address in each for each in closed):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
