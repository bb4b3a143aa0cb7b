"""Links and codes that cannot be guessed, made again whenever they are needed and kept only as digests.

They hang on the installation's secret: who has a copy of the database and not the secret can make none of them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

# 128 bits: a billion guesses a second for the age of the universe find nothing (T28).
TOKEN_BYTES = 16
SALT_BYTES = 12
CODE_DIGITS = 6
# 96 bits in hexadecimal: short enough for a small QR code; a guess costs a request, and finds no more than a form.
STICKER_LETTERS = 24


def new_salt() -> str:
    """Fresh randomness for one row; a new salt makes every link and code that was made with the old one worthless."""
    return secrets.token_urlsafe(SALT_BYTES)


def track_token(order_pk: int, salt: str) -> str:
    """The secret part of the customer's link to one order; only its digest is stored."""
    return base64.urlsafe_b64encode(_keyed("track", order_pk, salt)[:TOKEN_BYTES]).rstrip(b"=").decode()


def link_token(purpose: str, key: str, salt: str) -> str:
    """The secret part of a link of another kind, to the row of that key; only its digest is stored."""
    return base64.urlsafe_b64encode(_keyed(purpose, key, salt)[:TOKEN_BYTES]).rstrip(b"=").decode()


def sticker(purpose: str, pk: int) -> str:
    """What is printed in a QR code that must lead to its row for years: nobody else can make one, and no row remembers it."""
    return f"{pk}-{_marked(settings.SECRET_KEY, _stuck(purpose, pk))[:STICKER_LETTERS]}"


def read_sticker(purpose: str, token: str) -> int | None:
    """The row that a sticker of ours leads to, also one that was printed under an earlier secret; else None."""
    pk, _, mark = token.partition("-")
    # isdecimal is also true of ４; and no row has a key of twenty digits.
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    wanted = (_marked(key, _stuck(purpose, int(pk)))[:STICKER_LETTERS] for key in keys)
    return int(pk) if any(matches(mark, each) for each in wanted) else None


def _stuck(purpose: str, pk: int) -> bytes:
    return f"sticker\x00{purpose}\x00{pk}".encode()


def hash_token(token: str) -> str:
    """What is stored of a link, and looked up when somebody comes with one."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def one_time_code(purpose: str, pk: int, salt: str) -> str:
    """Six digits for one purpose and one row. Few enough to guess, so whoever asks for it counts the tries."""
    number = int.from_bytes(_keyed(purpose, pk, salt)) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def matches(given: str, wanted: str) -> bool:
    """Are the two the same? Takes as long for a near miss as for a far one."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def mark_of(content: bytes) -> str:
    """The installation's mark under something that it wrote: nobody who has only the database can make one."""
    return _marked(settings.SECRET_KEY, content)


def is_marked(content: bytes, mark: str) -> bool:
    """Did this installation write that, with its secret of today or with an earlier one that is still accepted?"""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(mark, _marked(key, content)) for key in keys)


def derived(purpose: str, pk: int, salt: str) -> list[bytes]:
    """Thirty-two bytes for one purpose and one row: by the secret of today first, then by earlier ones still accepted.

    Whoever keeps only the salt and a digest can make them again and needs to keep no secret.
    """
    return [_keyed(purpose, pk, salt, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def seed(purpose: str) -> bytes:
    """Thirty-two bytes for one purpose of the whole installation, by the secret of today."""
    return _keyed(purpose, 0, "")


def _marked(key: str, content: bytes) -> str:
    return hmac.digest(key.encode(), b"guiju\x00mark\x00" + content, "sha256").hex()


def _keyed(purpose: str, pk: int | str, salt: str, key: str = "") -> bytes:
    # The purpose and the row are inside, so a code of one kind opens nothing else (T29). NUL divides what cannot hold it.
    message = "\x00".join(("guiju", "code", purpose, str(pk), salt)).encode()
    return hmac.digest((key or settings.SECRET_KEY).encode(), message, "sha256")
