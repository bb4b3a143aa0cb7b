"""Another date at the counter: promised, or agreed to, with the signature that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from guiju.desks.common.proof import Asked, keep_signature
from guiju.desks.reception import signed_papers
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import Agreed


def revise(order: WorkOrder, data: Mapping[str, Any], who: Mapping[str, Any]) -> PromiseRevision | None:
    """Promise the date that was typed."""
    with transaction.atomic():
        typed = _kept(order, data, who, signed_papers.of_promise(order, data))
        return workorder.revise_promise(order, **typed, **who)


def agree(order: WorkOrder, line: PromiseRevision, data: Mapping[str, Any], who: Mapping[str, Any]) -> PromiseRevision:
    """Keep the customer's word on the date that stands."""
    with transaction.atomic():
        typed = _kept(order, data, who, signed_papers.of_moved_promise(order, line))
        return workorder.agree_to_promise(order, **typed, **who)


def _kept(order: WorkOrder, data: Mapping[str, Any], who: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """What was typed, with the signature kept."""
    typed = dict(data)
    drawn = typed.pop("signature")
    is_signed = typed["agreed"] is Agreed.SIGNATURE
    return typed | {"signature": keep_signature(drawn, order, asked=asked, **who) if is_signed else None}
