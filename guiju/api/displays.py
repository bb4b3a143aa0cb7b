"""The customer's screen of a till."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from ninja import Router

from guiju.api.cashier import BILL, TILL
from guiju.api.fields import Input, Minor, Nothing
from guiju.api.verbs import Mirror, Verb, speak
from guiju.line.cashier import actions


class ShowIn(Input):
    """What the customer has laid on the counter so far."""

    tendered_minor: Minor | None = None


class DisplayOut(Mirror):
    """A till with a screen for the customer, and what stands on it."""

    paths: ClassVar[Mapping[str, str]] = {"till": "till_id", "bill": "bill.number"}

    till: int
    bill: str | None
    tendered_minor: int | None
    shown_at: datetime | None


router = Router(tags=["cashier"])
speak(
    router,
    [
        Verb("/tills/{key}/open-display", actions.open_display, Nothing, DisplayOut, TILL),
        Verb("/bills/{number}/show", actions.show_bill, ShowIn, DisplayOut, BILL),
    ],
)
