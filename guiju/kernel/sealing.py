"""A seal under what the house wrote, which anybody can check, also without us and without our secret: Ed25519 (RFC 8032).

    seal = sealing.seal(content)
    sealing.holds(content, seal)     # also years later, after the installation's secret has changed

The private half is made of the installation's secret whenever it is needed, and stands nowhere. The public half is published, and
kept for ever: what was sealed with it stays checkable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.db.backends.base.base import BaseDatabaseWrapper

from . import secrets
from .models import SealKey

MARK_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Seal:
    """Which key, and its signature."""

    key: str
    signature: bytes


def publish() -> None:
    """Publish the key of today, if it is not: with each migration and each start of the server, so before anything is sealed with it."""
    public = _raw(_private().public_key())
    SealKey.objects.get_or_create(mark=mark_of(public), defaults={"public": public.hex()})


def begin(connection: BaseDatabaseWrapper) -> None:
    """The same for a database that is being made, where the table stands."""
    if SealKey._meta.db_table in connection.introspection.table_names():  # noqa: SLF001  (Django documents it)
        publish()


def seal(content: bytes) -> Seal:
    """Seal it with the key of today. Asks the database nothing."""
    private = _private()
    return Seal(mark_of(_raw(private.public_key())), private.sign(content))


@dataclass(frozen=True, slots=True)
class Key:
    """The public half of a key: its mark, and itself as PEM."""

    mark: str
    pem: str


def today() -> Key:
    """The key with which `seal` seals now."""
    public = _raw(_private().public_key())
    return Key(mark_of(public), _pem(public.hex()))


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secrets.seed("seal"))


def _raw(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def holds(content: bytes, sealed: Seal) -> bool:
    """Did the house write exactly this?"""
    key = SealKey.objects.filter(mark=sealed.key).first()
    return key is not None and is_by(bytes.fromhex(key.public), content, sealed)


def is_by(public: bytes, content: bytes, sealed: Seal) -> bool:
    """The same against a public key that somebody has at hand: nothing else is needed."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(sealed.signature, content)
    except (InvalidSignature, ValueError):
        return False
    return mark_of(public) == sealed.key


def mark_of(public: bytes) -> str:
    """By which a seal names its key."""
    return hashlib.sha256(public).hexdigest()[:MARK_LETTERS]


def published() -> str:
    """All public keys as PEM (RFC 8410), each under its mark."""
    return "".join(f"{key.mark}\n{_pem(key.public)}" for key in SealKey.objects.order_by("pk"))


def read_published(text: str) -> Mapping[str, bytes]:
    """The keys of such a text by their marks, computed anew; what is no key is passed over."""
    found = {}
    for block in text.split("-----BEGIN PUBLIC KEY-----")[1:]:
        try:
            key = load_pem_public_key(f"-----BEGIN PUBLIC KEY-----{block}".encode())
        except ValueError:
            continue
        if isinstance(key, Ed25519PublicKey):
            public = _raw(key)
            found[mark_of(public)] = public
    return found


def _pem(public: str) -> str:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
