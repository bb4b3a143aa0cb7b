"""The control room: who does which job, and the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema

from guiju.api.answers import ORDER, OrderOut, shown
from guiju.api.fields import Input, Line, Moment, Nothing, Short
from guiju.api.finding import PersonNumber
from guiju.api.intake import Reason
from guiju.api.lists import Filter, Listing, show
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Mirror, Verb, speak
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.dispatch import actions, queries
from guiju.line.dispatch.models import Assignment
from guiju.line.dispatch.rules import EndReason


class Assign(Input):
    """Who shall do it."""

    technician: PersonNumber
    override_reason: Line = ""


class HandOn(Assign):
    """Who goes on with it, and why."""

    reason: Line


class LoadOut(Schema):
    """What a technician has in hand."""

    technician: str
    name: str
    open_jobs: int
    waiting_for_answer: int
    is_away: bool


class BoardOut(Schema):
    """The control room at this moment; each list with the most urgent first."""

    unassigned: list[OrderOut]
    waiting_for_answer: list[OrderOut]
    at_risk: list[OrderOut]
    overdue: list[OrderOut]
    stale: list[OrderOut]
    working: list[OrderOut]
    loads: list[LoadOut]


class AssignmentOut(Mirror):
    """Somebody was given a job."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "order": "order.number", "technician": "technician.number"}

    id: int
    order: str
    technician: str
    assigned_at: datetime
    accept_by: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    end_reason: str


LISTS = ("unassigned", "waiting_for_answer", "at_risk", "overdue", "stale", "working")

router = Router(tags=["dispatch"])
speak(
    router,
    [
        Verb("/orders/{number}/assign", actions.assign, Assign, OrderOut, ORDER),
        Verb("/orders/{number}/accept", actions.accept, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/refuse", actions.refuse, Reason, OrderOut, ORDER),
        Verb("/orders/{number}/hand-on", actions.hand_on, HandOn, OrderOut, ORDER),
    ],
)


def visible_assignments(by: Actor) -> QuerySet[Assignment]:
    """Who was given which job, as far as the asker may see it."""
    return Assignment.objects.visible_to(by).select_related("order", "technician")


show(
    router,
    [
        Listing(
            "/assignments", "assignments", "dispatch.see", AssignmentOut, visible_assignments,
            filters={
                "technician": Filter(Short, "technician__number"), "order": Filter(Short, "order__number"),
                "is_open": Filter(bool, "ended_at__isnull"), "end_reason": Filter(list[EndReason], "end_reason"),
                "assigned_from": Filter(Moment, "assigned_at__gte"), "assigned_before": Filter(Moment, "assigned_at__lt"),
            },
            sorts={"id": "pk", "assigned_at": "assigned_at", "accept_by": "accept_by"},
        ),
    ],
)  # fmt: skip


@router.get("/board", response={200: BoardOut, **PROBLEMS}, operation_id="dispatch.board")
def board(request: HttpRequest) -> Any:
    """All that is not ready yet, and who has how much in hand."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("dispatch.see"):
        raise NotAllowed
    seen = queries.board(by=actor, at=now())
    lists = {name: [shown(job.order) for job in getattr(seen, name)] for name in LISTS}
    loads = [
        {
            "technician": load.technician.number,
            "name": load.technician.name,
            "open_jobs": load.open_jobs,
            "waiting_for_answer": load.waiting_for_answer,
            "is_away": load.is_away,
        }
        for load in seen.loads
    ]
    return lists | {"loads": loads}
