"""What a receptionist types."""

from __future__ import annotations

import base64
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.line.cast_line import a_drawing, a_picture

_keys = count(1)


def once() -> dict[str, str]:
    """The key of one form."""
    return {"once": f"form-{next(_keys)}"}


def signed(field: str = "signature", name: str = "Liang Ming") -> dict[str, str]:
    """A signature as the pad sends it."""
    drawn = "data:image/png;base64," + base64.b64encode(a_drawing()).decode()
    return {field: drawn, f"{field}_name": name}


def photos(number: int = 4) -> list[SimpleUploadedFile]:
    """Pictures as the camera sends them."""
    return [SimpleUploadedFile(f"{each}.jpg", a_picture(each + 900), "image/jpeg") for each in range(number)]


def the_order(**changed: Any) -> dict[str, Any]:
    """What is wrong, and what was agreed."""
    return {
        "problem": "The drum does not spin.", "channel": "COUNTER", "fee_collection": "ON_COLLECTION", "language": "zh-hans",
        "terms_accepted": "on", **once(),
    } | changed  # fmt: skip


def the_appliance(**changed: Any) -> dict[str, Any]:
    """How it came over the counter."""
    return {
        "condition": "A scratch on the lid.", "reproduced": "yes", "shelf": "A-01", "photos": photos(),
        "accessories_name": ["Hose", "", "Lid"], "accessories_quantity": ["2", "", ""], **signed(), **once(),
    } | changed  # fmt: skip


def a_newcomer(kind: Any, /, **changed: Any) -> dict[str, Any]:
    """A customer whom nobody knows, with a machine."""
    return {
        "phone": "138 0000 1234", "name": "Ou Yang", "kind": "PERSON", "language": "zh-hans", "consent_service": "on",
        "line": kind.pk, "brand": "Haier", "serial": "HA-778899", "purchased_on": "2024-05-01", **once(),
    } | changed  # fmt: skip
