"""Prints of receipts: the original, and the duplicates with their reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet
from ninja import Router

from guiju.api.cashier import PAYMENT
from guiju.api.fields import Input, Line, Moment, Quantity, Short
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Mirror, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions, queries
from guiju.line.cashier.models import Printing


class PrintIn(Input):
    """Why it is printed again; nothing for the original."""

    reason: Line = ""


class PrintingOut(Mirror):
    """A print of a receipt: 1 is the original, what comes later is a duplicate."""

    paths: ClassVar[Mapping[str, str]] = {"receipt_number": "number"}

    receipt_number: str
    ordinal: int
    reason: str
    at: datetime


def visible_printings(by: Actor) -> QuerySet[Printing]:
    """Every print of a receipt of the outlets whose money the asker may see."""
    return queries.printings(by=by)


router = Router(tags=["cashier"])
speak(router, [Verb("/payments/{receipt}/print", actions.print_receipt, PrintIn, PrintingOut, PAYMENT)])
show(
    router,
    [
        Listing(
            "/printings", "printings", "cashier.see", PrintingOut, visible_printings,
            filters={
                "receipt": Filter(Short, "payment__receipt_number"), "ordinal_from": Filter(Quantity, "ordinal__gte"),
                "unit": Filter(Short, "bill__order__unit__code"), "at_from": Filter(Moment, "at__gte"),
                "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
    ],
)  # fmt: skip
