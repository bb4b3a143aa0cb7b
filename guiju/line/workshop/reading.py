"""What the customer reads before agreeing to a quote, and whether the rows are still what was read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from guiju.kernel import secrets
from guiju.kernel.approval import digest_of
from guiju.line.workshop.models import Acceptance, ApprovalCode, Quote, QuoteLine
from guiju.line.workshop.rules import MARK_LABELS, OPTION_LABELS, OptionKind, PartMark, deposit_left

# What the one-time code of a quote is made for.
CODE = "quote"


def approval_code(quote: Quote) -> str:
    """The one-time code that the customer gets by message; it is kept nowhere. Empty where none counts any more."""
    counts = ApprovalCode.objects.filter(quote=quote, used_at__isnull=True, void_at__isnull=True).first()
    return secrets.one_time_code(CODE, quote.pk, counts.salt) if counts is not None else ""


def reading(quote: Quote, *, place: int, declined: Collection[int], language: str) -> dict[str, Any]:
    """All that the customer reads before agreeing: this version, this option, its lines by name, the sums, in this language.

    Its canonical bytes are what the acceptance keeps, and their digest what the proof is under.
    """
    option, chosen = quote.option(place), quote.choice(declined, place)
    lines = quote.lines_of(place)
    parts, kept = (
        sum(line.amount_minor for line in lines if line.part_id is not None and line.pk not in without)
        for without in ((), declined)
    )
    with translation.override(language):
        return {
            "quote": quote.number,
            "version": quote.version,
            "sent": quote.digest,
            "language": language,
            "option": {
                "place": place,
                "kind": option.kind,
                "name": gettext(OPTION_LABELS[OptionKind(option.kind)]),
                "note": option.note,
                "service_hours": option.service_hours,
                "repair_warranty_days": option.repair_warranty_days,
            },
            "lines": [_read_line(line, is_wanted=line.pk not in declined) for line in lines],
            "currency": quote.currency,
            "discount_minor": chosen.discount_minor,
            "total_minor": chosen.total_minor,
            "deposit_minor": deposit_left(
                option.deposit_minor, parts_minor=parts, kept_minor=kept, total_minor=chosen.total_minor
            ),
            "test_fee_minor": quote.test_fee_minor,
            "valid_until": quote.valid_until,
        }


def _read_line(line: QuoteLine, *, is_wanted: bool) -> dict[str, Any]:
    return {
        "key": line.pk,
        "code": line.code,
        "name": str(line.description),
        "mark": gettext(MARK_LABELS[PartMark(line.mark)]) if line.mark else "",
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "amount_minor": line.amount_minor,
        "is_wanted": is_wanted,
    }


def is_as_accepted(quote: Quote) -> bool:
    """Whether a quote, as its rows stand, is still what was sent, and what the customer read and agreed to."""
    if digest_of(quote.content()) != quote.digest:
        return False
    lines = quote.lines_of()
    declined = sorted(line.pk for line in lines if line.is_declined)
    accepted = Acceptance.objects.filter(quote=quote).first()
    # Before there were options nothing was kept of what was read, but its digest.
    if accepted is None and quote.form == 1:
        chosen = quote.choice(declined)
        agreed = quote.content()
        if declined:
            agreed |= {"total_minor": chosen.total_minor, "discount_minor": chosen.discount_minor, "declined": declined}
        return digest_of(agreed) == quote.approved_digest
    if accepted is None or hashlib.sha256(accepted.content.encode()).hexdigest() != accepted.digest:
        return False
    # The names may have changed in the catalogue since; what was read stays as it was read.
    read = json.loads(accepted.content)
    left_out = sorted(line["key"] for line in read["lines"] if not line["is_wanted"])
    sums = ("total_minor", "discount_minor", "deposit_minor")
    return (
        accepted.digest == quote.approved_digest
        and read["sent"] == quote.digest
        and read["option"]["place"] == accepted.place == quote.place
        and left_out == declined
        and [line["key"] for line in read["lines"]] == [line.pk for line in lines]
        and all(read[name] == getattr(quote, name) for name in sums)
        and read["language"] == accepted.language
    )
