"""How a message is signed: the headers of Standard Webhooks, which receivers have libraries for.

source   https://www.standardwebhooks.com, specification 1.0
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping

MARK = "whsec_"


def secret_text(secret: bytes) -> str:
    """The secret as its receiver writes it down."""
    return MARK + base64.b64encode(secret).decode()


def sign(secret: bytes, *, key: str, seconds: int, body: bytes) -> str:
    """The mark of one secret under one message at one time; the id and the time are signed too, so neither can be changed.

    seconds   since 1970, in UTC
    """
    content = b".".join((key.encode(), str(seconds).encode(), body))
    return "v1," + base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()


def headers(secrets: Iterable[bytes], *, key: str, seconds: int, body: bytes) -> Mapping[str, str]:
    """What a message says of itself; while a secret is being changed it is signed by both."""
    return {
        "content-type": "application/json",
        "user-agent": "Guiju-Webhooks/1",
        "webhook-id": key,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(sign(each, key=key, seconds=seconds, body=body) for each in secrets),
    }
