"""The care of an order on its way: who has it, until when it is promised, why it stands still, who pays."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api.answers import ORDER, OrderOut
from guiju.api.fields import Input, Line, Moment, Name, Nothing, Short
from guiju.api.finding import EvidenceKey, PersonNumber
from guiju.api.lists import Filter, Listing, show
from guiju.api.verbs import Output, Verb, speak
from guiju.kernel.actor import Actor
from guiju.line.workorder import actions
from guiju.line.workorder.models import ComeBack, ContactAttempt, PromiseOutcome
from guiju.line.workorder.rules import Agreed, Bearer, Held, Hold, Priority, PromiseCause
from guiju.standing.warranty.rules import Coverage


class MoveCustody(Input):
    """Who has the appliance from now on."""

    to: Held
    holder: Annotated[Name, Field(min_length=1)]
    place: Short = ""
    person: PersonNumber | None = None


class RevisePromise(Input):
    """Another date, why, what it rests on, and how the customer agreed to it if anybody asked."""

    to: Moment
    cause: PromiseCause
    reason: Line
    agreed: Agreed | None = None
    signature: EvidenceKey | None = None
    agreed_note: Line = ""
    basis: Line = ""
    proof: EvidenceKey | None = None


class AgreeToPromise(Input):
    """How the customer agreed to the date that stands."""

    agreed: Agreed
    signature: EvidenceKey | None = None
    agreed_note: Line = ""


class HoldIn(Input):
    """Why the work stands still."""

    hold: Hold
    reason: Line


class Prioritise(Input):
    """How pressing it is."""

    priority: Priority
    reason: Line


class Contact(Input):
    """One try to reach the customer."""

    channel: Short
    outcome: ContactAttempt.Result
    note: Line = ""
    person: PersonNumber | None = None


class Decide(Input):
    """The cause that was found."""

    cause: Short
    fault_family: Short = ""


class Override(Input):
    """What the manager decides instead."""

    coverage: Coverage
    reason: Line


class PromiseOutcomeOut(Output):
    """Whether an order was ready in time; late by none is in time."""

    order: str
    unit: str
    technician: str | None
    first_at: datetime
    agreed_at: datetime
    ready_at: datetime
    revisions: int
    late_first_minutes: int
    late_agreed_minutes: int

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> PromiseOutcomeOut:
        """One outcome."""
        kept = ("first_at", "agreed_at", "ready_at", "revisions", "late_first_minutes", "late_agreed_minutes")
        technician = result.technician.number if result.technician else None
        said = {"order": result.order.number, "unit": result.unit.code, "technician": technician}
        return cls(**said, **{name: getattr(result, name) for name in kept})


def visible_outcomes(by: Actor) -> QuerySet[PromiseOutcome]:
    """What became of the promises of the jobs that the asker may see."""
    return PromiseOutcome.objects.visible_to(by).select_related("order", "unit", "technician")


class ComeBackOut(Output):
    """A repair that did not hold: the job that it came back as, and who bears it."""

    order: str
    unit: str
    earlier_number: str
    charged_to: str
    bearer: str
    technician: str | None
    fault_family: str
    days: int | None
    at: datetime

    @classmethod
    def of(cls, result: Any, _target: Any = None) -> ComeBackOut:
        """One of them."""
        kept = ("earlier_number", "bearer", "fault_family", "days", "at")
        technician = result.technician.number if result.technician else None
        said = {"order": result.order_number, "unit": result.unit.code, "charged_to": result.charged_to.code}
        return cls(**said, technician=technician, **{name: getattr(result, name) for name in kept})


def visible_come_backs(by: Actor) -> QuerySet[ComeBack]:
    """The repairs that did not hold and are charged to the outlets of the asker."""
    return ComeBack.objects.visible_to(by, "dispatch.see").select_related("unit", "charged_to", "technician")


router = Router(tags=["order"])
speak(
    router,
    [
        Verb("/orders/{number}/move-custody", actions.move_custody, MoveCustody, OrderOut, ORDER),
        Verb("/orders/{number}/revise-promise", actions.revise_promise, RevisePromise, OrderOut, ORDER),
        Verb("/orders/{number}/agree-to-promise", actions.agree_to_promise, AgreeToPromise, OrderOut, ORDER),
        Verb("/orders/{number}/prioritise", actions.prioritise, Prioritise, OrderOut, ORDER),
        Verb("/orders/{number}/hold", actions.hold, HoldIn, OrderOut, ORDER),
        Verb("/orders/{number}/release-hold", actions.release_hold, Nothing, OrderOut, ORDER),
        # The link itself is shown at the counter: an idempotency key would keep it in its answer.
        Verb("/orders/{number}/renew-link", actions.renew_link, Nothing, OrderOut, ORDER),
        Verb("/orders/{number}/log-contact", actions.log_contact, Contact, OrderOut, ORDER),
        Verb("/orders/{number}/decide-coverage", actions.decide_coverage, Decide, OrderOut, ORDER),
        Verb("/orders/{number}/override-coverage", actions.override_coverage, Override, OrderOut, ORDER),
    ],
)
show(
    router,
    [
        Listing(
            "/promise-outcomes", "promise_outcomes", "workorder.see", PromiseOutcomeOut, visible_outcomes,
            filters={
                "unit": Filter(Short, "unit__code"), "technician": Filter(Short, "technician__number"),
                "ready_from": Filter(Moment, "ready_at__gte"), "ready_before": Filter(Moment, "ready_at__lt"),
            },
            sorts={"id": "pk", "ready_at": "ready_at"},
        ),
        Listing(
            "/come-backs", "come_backs", "dispatch.see", ComeBackOut, visible_come_backs,
            filters={
                "charged_to": Filter(Short, "charged_to__code"), "technician": Filter(Short, "technician__number"),
                "bearer": Filter(list[Bearer], "bearer"), "fault_family": Filter(Short, "fault_family"),
                "at_from": Filter(Moment, "at__gte"), "at_before": Filter(Moment, "at__lt"),
            },
            sorts={"id": "pk", "at": "at"},
        ),
    ],
)  # fmt: skip
