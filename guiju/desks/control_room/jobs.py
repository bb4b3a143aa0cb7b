"""What the control room shows: lists of jobs, one job with its candidates, and what waits for the manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import orders
from guiju.desks.common.forms import Form
from guiju.desks.control_room.forms import (
    AssignForm,
    DiscountRefusalForm,
    HandOnForm,
    HoldForm,
    PriorityForm,
    RejectForm,
    ResolveForm,
)
from guiju.kernel.actor import Actor
from guiju.kernel.models import Approval
from guiju.line.dispatch import queries as dispatch
from guiju.line.dispatch.actions import HANDED_ON_IN
from guiju.line.dispatch.models import Assignment
from guiju.line.dispatch.queries import WITHOUT_HANDS, Board, Candidate, Job
from guiju.line.dispatch.rules import END_LABELS, EndReason
from guiju.line.workorder.models import WorkOrder, WorkOrders
from guiju.line.workorder.rules import ENDED, HOLD_LABELS, Hold, State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import PartsCommitment, Quote
from guiju.line.workshop.rules import (
    DISCOUNT_REASONS,
    EXCEPTION_REASONS,
    REMEDY_LABELS,
    UNREPAIRABLE_LABELS,
    CommitmentState,
    DiscountReason,
    ExceptionReason,
    Remedy,
    UnrepairableReason,
)

ASSIGNED_IN = (State.RECEIVED, State.DISPATCHED)
# The list that is drawn as a lane for each technician.
LANES = "lanes"
# The keys with which a dispatcher picks a technician without leaving the keyboard.
KEYS = "123456789"


@dataclass(frozen=True)
class Listed:
    """One list of the board, as a tile with its number."""

    slug: str
    name: str | Promise
    jobs: tuple[Job, ...]
    empty: str | Promise
    is_bad: bool = False


@dataclass(frozen=True)
class Choice:
    """A candidate with the form that sends this person."""

    candidate: Candidate
    form: AssignForm
    has_it: bool
    key: str


@dataclass(frozen=True)
class Waiting:
    """Something of a job that waits for the manager."""

    order: WorkOrder
    about: Any
    what: str
    form: Any = None
    code: str = ""


def unassigned(actor: Actor) -> WorkOrders:
    """The jobs that wait for a technician in this person's units."""
    return WorkOrder.objects.visible_to(actor).filter(technician=None, state__in=sorted(WITHOUT_HANDS))


def lists_of(board: Board) -> list[Listed]:
    """The board's lists, the most pressing question first."""
    refused = tuple(job for job in board.unassigned if job.order.refusal_count)
    return [
        Listed("unassigned", _("Unassigned"), board.unassigned, _("Every job has its technician.")),
        Listed("refused", _("Came back"), refused, _("No job was refused or left unanswered."), is_bad=True),
        Listed("answer", _("Waiting for an answer"), board.waiting_for_answer, _("Every technician has answered.")),
        Listed("overdue", _("Overdue"), board.overdue, _("No promise is broken."), is_bad=True),
        Listed("at-risk", _("At risk"), board.at_risk, _("No promise is in danger."), is_bad=True),
        Listed("stale", _("Untouched"), board.stale, _("Somebody is at every job.")),
        Listed(LANES, _("By technician"), (*board.waiting_for_answer, *board.working), _("Nobody has a job in hand.")),
        Listed("working", _("In hand"), board.working, _("Nobody has a job in hand.")),
    ]


def choices_for(order: WorkOrder, *, at: datetime, failed: AssignForm | None = None) -> list[Choice]:
    """Everybody who could be sent, each with a form; the one that was refused just now keeps what was typed."""
    candidates = dispatch.candidates(order, at=at)
    typed = failed.data.get("technician") if failed is not None else None
    choices = []
    for place, each in enumerate(candidates):
        number = each.technician.number
        fresh = AssignForm(candidates, initial={"technician": number}, auto_id=f"assign-{number}-%s")
        choices.append(
            Choice(
                each,
                failed if failed is not None and typed == number else fresh,
                has_it=each.technician.pk == order.technician_id,
                key=KEYS[place] if place < len(KEYS) else "",
            )
        )
    return choices


def pick(order: WorkOrder, *, by: Actor, at: datetime, failed: AssignForm | None = None) -> dict[str, Any]:
    """The candidates of one job, and what this person may do with them."""
    return _pick(order, dispatch.assignment_of(order), by=by, at=at, failed=failed)


def _pick(
    order: WorkOrder, assignment: Assignment | None, *, by: Actor, at: datetime, failed: AssignForm | None
) -> dict[str, Any]:
    return {
        "order": order,
        "choices": choices_for(order, at=at, failed=failed),
        "may_assign": order.state in ASSIGNED_IN and by.may("dispatch.assign", on=order),
        "may_override": by.may("dispatch.override", on=order),
        "may_hand_on": order.state in HANDED_ON_IN and by.may("dispatch.hand_on", on=order),
        "assignment": assignment,
    }


def job_context(order: WorkOrder, *, by: Actor, at: datetime, **forms: Any) -> dict[str, Any]:
    """One job as the control room sees it; a form that was refused is given by its name."""
    ever = dispatch.assignments_of(order)
    standing = next((each for each in ever if each.ended_at is None), None)
    context = _pick(order, standing, by=by, at=at, failed=forms.get("assign_form"))
    asked = [(each, gettext(END_LABELS[EndReason(each.end_reason)]) if each.end_reason else "") for each in ever]
    if context["may_hand_on"]:
        candidates = [choice.candidate for choice in context["choices"] if not choice.has_it]
        blank = HandOnForm(candidates, may_override=context["may_override"], auto_id="hand-on-%s")
        context["hand_on_form"] = forms.get("hand_on_form") or blank
    return (
        orders.summary(order)
        | context
        | {
            "asked": asked,
            "assign_form": forms.get("assign_form"),
            "hold_form": forms.get("hold_form") or HoldForm(auto_id="hold-%s"),
            "priority_form": forms.get("priority_form")
            or PriorityForm(initial={"priority": order.priority}, auto_id="priority-%s"),
            "may_prioritise": by.may("workorder.prioritise", on=order) and order.state not in ENDED,
            "may_hold": by.may("workorder.hold", on=order) and order.state not in ENDED,
            "may_release": by.may("workorder.release_hold", on=order),
        }
    )


def decisions_for(actor: Actor, refused: Form | None = None) -> dict[str, list[Waiting]]:
    """What only the outlet manager may settle: the unrepairable, broken dates, and work that stands still.

    refused  a form of this page that could not be done, to be shown again in its place
    """
    visible = WorkOrder.objects.visible_to(actor).with_names()
    rows = workshop.unrepairable_approvals(visible.open().values("pk"))
    requests = rows.filter(state=Approval.State.ASKED)
    asked = {each.subject_id: each for each in requests}
    unrepairable = [
        Waiting(
            order,
            asked[order.pk],
            gettext(UNREPAIRABLE_LABELS[UnrepairableReason(asked[order.pk].content["reason"])]),
            _form(RejectForm, f"reject-{order.pk}-%s", refused),
        )
        for order in visible.filter(pk__in=asked)
    ]
    broken = PartsCommitment.objects.filter(state=CommitmentState.BREACHED, order__in=visible.values("pk"))
    return {
        "discounts": [
            Waiting(
                quote.order,
                quote,
                asked.asked_by_name,
                _form(DiscountRefusalForm, f"discount-{quote.pk}-%s", refused),
                _discounted_for(quote),
            )
            for quote, asked in workshop.discounts_to_decide(visible)
        ],
        "exceptions": [
            Waiting(
                asked.order,
                asked,
                gettext(EXCEPTION_REASONS[ExceptionReason(asked.reason)]),
                _form(DiscountRefusalForm, f"exception-{asked.pk}-%s", refused),
            )
            for asked in workshop.exceptions_to_decide(visible)
        ],
        "unrepairable": unrepairable,
        "broken": [_broken(each, refused) for each in broken.select_related("order__customer").order_by("pk")],
        "held": [
            Waiting(order, order, gettext(HOLD_LABELS[Hold(order.hold)])) for order in visible.open().exclude(hold="")
        ],
    }


def _discounted_for(quote: Quote) -> str:
    """Why something is taken off, by its code."""
    return gettext(DISCOUNT_REASONS[DiscountReason(quote.discount_code)]) if quote.discount_code else ""


def _broken(commitment: PartsCommitment, refused: Form | None) -> Waiting:
    form = _form(ResolveForm, f"resolve-{commitment.pk}-%s", refused)
    return Waiting(commitment.order, commitment, gettext(REMEDY_LABELS[Remedy(commitment.remedy)]), form)


def _form(kind: type[Form], auto_id: str, refused: Form | None) -> Form:
    """An empty form, or the very one that was refused."""
    return refused if refused is not None and refused.auto_id == auto_id else kind(auto_id=auto_id)
