"""The control room: who does which job, and the board."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema

from guiju.api.answers import ORDER, OrderOut, shown
from guiju.api.fields import Input, Line, Nothing
from guiju.api.finding import PersonNumber
from guiju.api.intake import Reason
from guiju.api.problems import PROBLEMS
from guiju.api.verbs import Verb, speak
from guiju.kernel.refusing import NotAllowed
from guiju.line.dispatch import actions, queries


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


@router.get("/board", response={200: BoardOut, **PROBLEMS}, operation_id="board")
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
