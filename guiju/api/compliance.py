"""How far each outlet keeps to the published list, month by month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from guiju.api.fields import Day
from guiju.api.problems import PROBLEMS
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier import queries

# Every charge of these days is held against its list while somebody waits.
SPAN_MAX = timedelta(days=366)


class ComplianceOut(Schema):
    """Of an outlet's charges in a month so many were within the list of their day, or signed; `per_mille` is rounded down."""

    month: str
    unit: str
    charges: int
    fair: int
    per_mille: int
    excess_minor: int
    currency: str


class CompliancesOut(Schema):
    """The last month first."""

    items: list[ComplianceOut]


router = Router(tags=["pricing"])


@router.get("/price-compliance", response={200: CompliancesOut, **PROBLEMS}, operation_id="cashier.kept_to_the_list")
def price_compliance(request: HttpRequest, since: Day, until: Day) -> Any:
    """The share of charges within the published list, by month and outlet, of the bills drawn on these days (both included)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("cashier.see"):
        raise NotAllowed
    if not since <= until <= since + SPAN_MAX:
        raise Invalid(Sentence(N_("Ask for at most a year, from its first day to its last.")), field="until")
    return {
        "items": [
            {
                "month": f"{each.month:%Y-%m}",
                "unit": each.unit.code,
                "charges": each.charges,
                "fair": each.fair,
                "per_mille": each.per_mille,
                "excess_minor": each.excess_minor,
                "currency": each.currency,
            }
            for each in queries.kept_to_the_list(since, until, by=actor)
        ]
    }
