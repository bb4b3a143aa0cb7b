"""After the repair: the call, the rework, and appliances that nobody collects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Router

from guiju.api import finding
from guiju.api.answers import ORDER, OrderOut
from guiju.api.cashier import ApprovalOut
from guiju.api.fields import Input, Line, Minor, Moment, Nothing, Quantity, Short, Text
from guiju.api.finding import EvidenceKey, PersonNumber, Symptoms
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Output, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.followup import actions
from guiju.line.followup.models import UnclaimedCase
from guiju.line.followup.rules import CaseState, Disposal

CASE = Target("number", Short, finding.case)


class Call(Input):
    """What the customer said, from 1 to 5 and in words."""

    satisfaction: Quantity
    works: bool
    note: Line = ""


class Rework(Input):
    """What is wrong again."""

    problem: Text
    symptoms: Symptoms = []


class Demand(Input):
    """By which law."""

    legal_basis: Line


class Review(Input):
    """What the appliance is worth, to two people."""

    valuation_minor: Minor
    valued_by: PersonNumber
    valued_also_by: PersonNumber
    photo: EvidenceKey


class Dispose(Input):
    """What became of it, and for how much."""

    disposal: Disposal
    proceeds_minor: Minor


class CaseOut(Output):
    """What is done about an appliance that nobody collects."""

    order: str
    state: str
    demand_at: datetime | None
    perform_until: datetime | None
    demanded_minor: int
    surplus_minor: int | None

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> CaseOut:
        """The case as it is now."""
        return cls(**case_shown(UnclaimedCase.objects.select_related("order").get(pk=result.pk)))


def case_shown(row: UnclaimedCase) -> dict[str, Any]:
    """A case as a list shows it."""
    kept = ("state", "demand_at", "perform_until", "demanded_minor", "surplus_minor")
    return {name: getattr(row, name) for name in kept} | {"order": row.order.number}


def visible_cases(by: Actor) -> QuerySet[UnclaimedCase]:
    """The appliances that nobody collects, in the units whose follow-up the asker may see."""
    return UnclaimedCase.objects.filter(by.scope("followup.see").q(unit="order__unit")).select_related("order")


router = Router(tags=["followup"])
speak(
    router,
    [
        Verb("/orders/{number}/record-call", actions.record_call, Call, OrderOut, ORDER),
        Verb("/orders/{number}/close", actions.close, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/claim-rework", actions.claim_rework, Rework, OrderOut, ORDER),
        Verb("/orders/{number}/remind", actions.remind, Nothing, CaseOut, ORDER),
        Verb("/unclaimed/{number}/send-demand", actions.send_demand, Demand, CaseOut, CASE),
        Verb("/unclaimed/{number}/review-disposal", actions.review_disposal, Review, ApprovalOut, CASE),
        Verb("/unclaimed/{number}/approve-disposal", actions.approve_disposal, Nothing, ApprovalOut, CASE),
        Verb("/unclaimed/{number}/dispose", actions.dispose, Dispose, CaseOut, CASE),
        Verb("/unclaimed/{number}/welcome-back", actions.welcome_back, Nothing, CaseOut, CASE),
    ],
)
show(
    router,
    [
        Listing(
            "/unclaimed", "unclaimed", "followup.see", CaseOut, visible_cases, lambda rows: [case_shown(row) for row in rows],
            filters={
                "state": Filter(list[CaseState], "state"), "order": Filter(Short, "order__number"),
                "unit": Filter(Short, "order__unit__code"), "ready_before": Filter(Moment, "ready_at__lt"),
            },
            sorts={"id": "pk", "ready_at": "ready_at"},
        ),
    ],
)  # fmt: skip
