"""Values as plain JSON in one canonical form, so that a digest taken today can be taken again next year."""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

from .words import Sentence

JSON = None | bool | int | str | list[Any] | dict[str, Any]


def plain(value: Any) -> JSON:
    """The value in words, integers, lists and maps only: the same on both databases, before and after storing.

    raises   TypeError for a float, because its digits depend on who prints it (amounts are integers, rates Decimal)
    """
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (str, Promise)):
        return _writable(str(value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    return _compound(value)


def _compound(value: Any) -> JSON:
    if isinstance(value, Sentence):
        return plain(value.to_json())
    if isinstance(value, Model):
        return {"id": plain(value.pk), "label": plain(label_of(value)), "type": value._meta.label_lower}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(each) for each in value), key=_text)
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)):
        return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no plain form: {value!r}")


def _writable(text: str) -> str:
    # PostgreSQL stores neither NUL nor half of a surrogate pair; hostile input must not break the deed that records it.
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _text(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """An instant in UTC with microseconds, always the same length."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> bytes:
    """The one way to write a value: keys sorted, no spaces, UTF-8."""
    return _text(plain(value)).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def label_of(row: Model) -> str:
    """What people call the row: its number or its code, before any other name."""
    for attribute in ("number", "code"):
        if name := getattr(row, attribute, None):
            return str(name)
    return str(row)
