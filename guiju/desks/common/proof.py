"""Photographs and signatures of a form, kept as evidence of an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from guiju.desks.common.fields import Signature
from guiju.kernel import evidence, signing
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid
from guiju.line.workorder.models import WorkOrder


def keep_photos(
    photos: Iterable[Any],
    order: WorkOrder,
    *,
    kind: str,
    by: Actor,
    at: datetime,
    field: str = "photos",
) -> list[Evidence]:
    """Keep each photograph, sent or in bytes; one that cannot be read is refused at the form's own field.

    raises   Invalid, NotAllowed
    """
    try:
        return [
            evidence.keep_photo(photo, unit_id=order.unit_id, kind=kind, by=by, at=at, on=order) for photo in photos
        ]
    except Invalid as refusal:
        raise Invalid(*refusal.because, field=field) from refusal


@dataclass(frozen=True)
class Asked:
    """What a signature on the signer's own telephone must be under; worked out anew, never read from the form."""

    purpose: str
    subject: Model
    content: Mapping[str, Any]


def keep_signature(
    signature: Signature, order: WorkOrder, *, by: Actor, at: datetime, asked: Asked | None = None
) -> Evidence:
    """Keep a signature: drawn or typed as the drawing that it is, on paper as the photograph of it.

    asked    where it may have been given on the signer's telephone: it is kept already, and taken over from there
    raises   Invalid, NotAllowed, NotSigned, SignedForSomethingElse, TakenAlready
    """
    if signature.method == "PHONE":
        if asked is None:
            raise signing.NotSigned
        return signing.take(signature.asked, asked.purpose, asked.subject, asked.content, by=by, at=at)
    if signature.method == "SCAN":
        (kept,) = keep_photos([signature.image], order, kind="SIGNATURE", by=by, at=at, field="signature")
        return kept
    return evidence.keep_signature(signature.image, unit_id=order.unit_id, by=by, at=at, on=order)
