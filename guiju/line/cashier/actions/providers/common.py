"""What every provider of a wallet has to do, and how any of them is asked over the wire."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

from guiju.line.cashier.rules.wallets import Told

# A provider answers within one second or is in trouble; the counter waits for it, so it does not wait long.
ANSWER_SECONDS = 10
ANSWER_BYTES_MAX = 64 * 1024


class Forged(Exception):
    """It is not signed by the provider, or cannot be read."""


class Unreachable(Exception):
    """The provider did not answer, or not in a way that can be trusted."""


@dataclass(frozen=True, slots=True)
class Order:
    """A request for payment as plain values, for the wire.

    payer_code  what was scanned from the customer's telephone; empty where the customer scans
    at          when the provider is asked
    """

    number: str
    amount_minor: int
    currency: str
    subject: str
    shop: str
    payer_code: str
    good_until: datetime
    at: datetime


class Provider(Protocol):
    """Asks a wallet for money and gives it back. Every call may be made again: our number is the provider's too."""

    def ask(self, order: Order) -> Told:
        """Ask that the customer pays: by the code that was scanned, or for one that the customer scans."""

    def query(self, order: Order) -> Told:
        """How the order stands."""

    def close(self, order: Order) -> Told:
        """Let it be paid no more; what was paid already is told as paid."""

    def give_back(self, order: Order, *, number: str, amount_minor: int) -> Told:
        """Give so much of it back."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a notification tells, or Forged."""


def private_key(path: str) -> RSAPrivateKey:
    """Our key, out of a file that only the house can read."""
    key = load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key.")
    return key


def public_key(path: str) -> RSAPublicKey:
    """The provider's key, out of a file: a certificate, or the key alone."""
    content = Path(path).read_bytes()
    is_certificate = b"BEGIN CERTIFICATE" in content
    key = load_pem_x509_certificate(content).public_key() if is_certificate else load_pem_public_key(content)
    if not isinstance(key, RSAPublicKey):
        raise TypeError(f"{path} holds no RSA key.")
    return key


def signed(key: RSAPrivateKey, text: bytes) -> str:
    """The signature of a text, RSA with SHA-256, as base64."""
    return base64.b64encode(key.sign(text, PKCS1v15(), SHA256())).decode()


def check(key: RSAPublicKey, text: bytes, signature: str) -> None:
    """Nothing, or Forged."""
    try:
        key.verify(base64.b64decode(signature, validate=True), text, PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError) as why:
        raise Forged("The signature is not the provider's.") from why


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(method: str, url: str, *, headers: Mapping[str, str], body: bytes | None) -> Heard:
    """Ask and hear, whatever the status; no answer is Unreachable. The address is the installation's own setting."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310  (from the environment)
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
            return Heard(answer.status, _lower(answer.headers.items()), answer.read(ANSWER_BYTES_MAX))
    except urllib.error.HTTPError as error:
        with error:
            return Heard(error.code, _lower(error.headers.items()), error.read(ANSWER_BYTES_MAX))
    except (OSError, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from error


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}
