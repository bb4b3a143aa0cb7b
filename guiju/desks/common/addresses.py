"""From where somebody comes, as far as it can be trusted."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# A home gets a whole network of this size in IPv6; each of its addresses would be another knocker.
IPV6_HOME = 64


def address_of(request: HttpRequest) -> str:
    """What a proxy of ours says last, else the connection itself."""
    said: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        said = request.headers.get("X-Forwarded-For", said).rpartition(",")[2].strip() or said
    try:
        address = ip_address(said)
    except ValueError:
        return said[:64]
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_HOME), strict=False))
    return str(address)
