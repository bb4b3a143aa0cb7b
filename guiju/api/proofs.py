"""Photographs and signatures: sent first, and named by their key in the verb that they prove."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import File, Form, Router, Schema, UploadedFile
from pydantic import ConfigDict

from guiju.api.fields import Short
from guiju.api.finding import OrderNumber, UnitCode, order, unit
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import KEY_PARAMETER, kept_once
from guiju.kernel import evidence
from guiju.kernel.refusing import Invalid
from guiju.kernel.words import N_, Sentence


class ProofIn(Schema):
    """Where the picture belongs: to an order, or to the unit whose order is yet to be."""

    model_config = ConfigDict(extra="forbid")

    unit: UnitCode | None = None
    order: OrderNumber | None = None
    kind: Short = "INTAKE"


class ProofOut(Schema):
    """A picture that was kept."""

    id: int
    kind: str
    sha256: str


router = Router(tags=["evidence"])
DOCUMENTED = {"parameters": [KEY_PARAMETER]}


@router.post("/photos", response={200: ProofOut, **PROBLEMS}, operation_id="evidence.photo", openapi_extra=DOCUMENTED)
def keep_photo(request: HttpRequest, about: Form[ProofIn], file: File[UploadedFile]) -> Any:
    """Keep a photograph."""
    return _kept(request, about, file, evidence.keep_photo, kind=about.kind)


@router.post(
    "/signatures", response={200: ProofOut, **PROBLEMS}, operation_id="evidence.signature", openapi_extra=DOCUMENTED
)
def keep_signature(request: HttpRequest, about: Form[ProofIn], file: File[UploadedFile]) -> Any:
    """Keep a signature as it was drawn, a PNG."""
    return _kept(request, about, file, evidence.keep_signature)


def _kept(request: Any, about: ProofIn, file: UploadedFile, keep: Any, **more: Any) -> Any:
    limit = max(evidence.PHOTO_BYTES_MAX, evidence.SIGNATURE_BYTES_MAX)
    # One byte more than is allowed is enough for the refusal.
    sent = file.read(limit + 1)

    def act() -> Any:
        on = order(about.order, request.actor) if about.order else None
        if on is None and about.unit is None:
            raise Invalid(Sentence(N_("Name the order or the unit that this belongs to.")), field="unit")
        home = on.unit if on is not None else unit(str(about.unit), request.actor)
        row = keep(sent, unit_id=home.pk, on=on, by=request.actor, at=now(), **more)
        return {"id": row.pk, "kind": row.kind, "sha256": row.sha256}

    digest = hashlib.sha256(sent).hexdigest()
    return kept_once(request, act, body=f"{about.model_dump_json()} {digest}".encode())
