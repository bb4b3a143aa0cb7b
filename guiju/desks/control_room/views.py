"""The pages of the control room."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from guiju.desks.common import orders
from guiju.desks.common.perform import perform
from guiju.desks.control_room import jobs
from guiju.desks.control_room.forms import (
    AssignForm,
    DiscountRefusalForm,
    HandOnForm,
    HoldForm,
    PriorityForm,
    RejectForm,
    ResolveForm,
)
from guiju.desks.control_room.lanes import KEYS as LANE_KEYS
from guiju.desks.control_room.lanes import lanes_of
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.dispatch import actions as dispatch
from guiju.line.dispatch import queries
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import PartsCommitment, PriceException, Quote
from guiju.line.workshop.queries import count_to_decide
from guiju.line.workshop.rules import CommitmentState, QuoteState
from guiju.oversight.notices import queries as noticed


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form of a job; whoever only opens its address, as after a refusal in another language, is shown the job."""

    @wraps(view)
    def answer(request: HttpRequest, number: str, **more: Any) -> HttpResponse:
        return view(request, number, **more) if request.method == "POST" else redirect("control_room:job", number)

    return answer


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All jobs that somebody must think of, in lists; beside them the candidates of one job, and everybody's load."""
    actor, at, number = _overseer(request), now(), request.GET.get("job", "")
    if request.htmx and number:  # type: ignore[attr-defined]
        # The candidates of one job come without the rest of the page.
        picked = jobs.pick(orders.open_order(request, number), by=actor, at=at)
        return render(request, "control_room/board.html#pick", picked)
    return _board_page(request, number, request.GET.get("show", ""))


def _board_page(request: HttpRequest, number: str, show: str, *, failed: AssignForm | None = None) -> HttpResponse:
    """The board with one list open and one job picked; an assignment that was refused says there why."""
    actor, at = _overseer(request), now()
    shown = queries.board(by=actor, at=at, keys=LANE_KEYS if show == jobs.LANES else ())
    lists = jobs.lists_of(shown)
    current = next((each for each in lists if each.slug == show), lists[0])
    chosen = _chosen(number, shown, current)
    context = {"lists": lists, "current": current, "loads": shown.loads, "to_decide": _to_decide(actor)}
    context |= {"assigned_in": jobs.ASSIGNED_IN, "wall_due": noticed.wall_due(actor)}
    if chosen is not None:
        context |= jobs.pick(chosen, by=actor, at=at, failed=failed) | {"assign_form": failed}
    elif shown.unassigned:
        # The most urgent job that has nobody is picked as soon as the lists stand there.
        context["picked_next"] = shown.unassigned[0].order
    if current.slug == jobs.LANES:
        context["lanes"] = lanes_of(shown, at=at)
    return render(request, "control_room/board.html", context, status=422 if failed is not None else 200)


def _chosen(number: str, shown: queries.Board, current: jobs.Listed) -> WorkOrder | None:
    """The job that was asked for."""
    everything = (*current.jobs, *shown.unassigned, *shown.waiting_for_answer, *shown.working)
    return next((job.order for job in everything if job.order.number == number), None)


def _to_decide(actor: Actor) -> int:
    """How much waits for this person's own decision; nothing for somebody who may not decide."""
    if not actor.may("workshop.confirm_unrepairable"):
        return 0
    return count_to_decide(WorkOrder.objects.visible_to(actor))


@require_safe
def job(request: HttpRequest, number: str) -> HttpResponse:
    """One job: who could do it, who was asked, what stops it."""
    _overseer(request)
    return _job_page(request, orders.open_order(request, number))


@posted
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Send a technician, in one click."""
    actor, order = _acting(request, number, "dispatch.assign")
    form = _assign_form(order, request)
    done = perform(
        request, form, lambda data: dispatch.assign(order, **data, by=actor, at=now()), what="dispatch.assign"
    )
    if not done and "board" in request.POST:
        return _board_page(request, number, request.POST["board"], failed=form)
    if not done:
        return _job_page(request, order, assign_form=form)
    name = form.cleaned_data["technician"].name
    messages.success(request, gettext("%(number)s waits for %(name)s's answer.") % {"number": number, "name": name})
    lanes = f"?show={jobs.LANES}" if request.POST.get("board") == jobs.LANES else ""
    return redirect(reverse("control_room:board") + lanes)


def _assign_form(order: WorkOrder, request: HttpRequest) -> AssignForm:
    number = request.POST.get("technician", "")
    return AssignForm(queries.candidates(order, at=now()), request.POST, auto_id=f"assign-{number}-%s")


@posted
def hand_on(request: HttpRequest, number: str) -> HttpResponse:
    """Let another technician go on with the job."""
    actor, order = _acting(request, number, "dispatch.hand_on")
    candidates = queries.candidates(order, at=now())
    may_override = actor.may("dispatch.override", on=order)
    form = HandOnForm(candidates, request.POST, may_override=may_override, auto_id="hand-on-%s")
    done = perform(
        request, form, lambda data: dispatch.hand_on(order, **data, by=actor, at=now()), what="dispatch.hand_on"
    )
    if not done:
        return _job_page(request, order, hand_on_form=form)
    name = form.cleaned_data["technician"].name
    messages.success(request, gettext("%(name)s goes on with %(number)s.") % {"number": number, "name": name})
    return redirect("control_room:job", number)


@posted
def hold(request: HttpRequest, number: str) -> HttpResponse:
    """Let the work stand still, with a reason."""
    actor, order = _acting(request, number, "workorder.hold")
    form = HoldForm(request.POST, auto_id="hold-%s")
    done = perform(request, form, lambda data: workorder.hold(order, **data, by=actor, at=now()), what="workorder.hold")
    if not done:
        return _job_page(request, order, hold_form=form)
    messages.success(request, gettext("The work on %(number)s stands still.") % {"number": number})
    return redirect("control_room:job", number)


@posted
def prioritise(request: HttpRequest, number: str) -> HttpResponse:
    """Say how pressing the job is."""
    actor, order = _acting(request, number, "workorder.prioritise")
    form = PriorityForm(request.POST, auto_id="priority-%s")
    done = perform(
        request, form, lambda data: workorder.prioritise(order, **data, by=actor, at=now()), what="workorder.prioritise"
    )
    if not done:
        return _job_page(request, order, priority_form=form)
    messages.success(request, gettext("The priority of %(number)s is set.") % {"number": number})
    return redirect("control_room:job", number)


@posted
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Let the work go on."""
    actor, order = _acting(request, number, "workorder.release_hold")
    if perform(request, None, lambda _data: workorder.release_hold(order, by=actor, at=now())):
        messages.success(request, gettext("The work on %(number)s goes on.") % {"number": number})
    return redirect("control_room:job", number)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What only the outlet manager may settle."""
    return render(request, "control_room/decisions.html", jobs.decisions_for(_overseer(request)))


@posted
def confirm_unrepairable(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm, as somebody else than the technician, that an appliance cannot be repaired."""
    actor, order = _acting(request, number, "workshop.confirm_unrepairable")
    if perform(request, None, lambda _data: workshop.confirm_unrepairable(order, by=actor, at=now())):
        messages.success(request, gettext("%(number)s goes back unrepaired.") % {"number": number})
    return redirect("control_room:decisions")


@posted
def reject_unrepairable(request: HttpRequest, number: str) -> HttpResponse:
    """Send the job back to its technician, with the reason."""
    actor, order = _acting(request, number, "workshop.reject_unrepairable")
    form = RejectForm(request.POST, auto_id=f"reject-{order.pk}-%s")
    done = perform(request, form, lambda data: workshop.reject_unrepairable(order, **data, by=actor, at=now()).pk)
    if not done:
        context = jobs.decisions_for(actor, form)
        return render(request, "control_room/decisions.html", context, status=422)
    messages.success(request, gettext("%(number)s goes back to its technician.") % {"number": number})
    return redirect("control_room:decisions")


@posted
def approve_discount(request: HttpRequest, number: str) -> HttpResponse:
    """Allow a discount above what the counter may give on its own."""
    actor, order = _acting(request, number, "workshop.approve_discount")
    quote = get_object_or_404(Quote, order=order, state=QuoteState.DRAFT)
    if perform(request, None, lambda _data: workshop.approve_discount(quote, by=actor, at=now()).pk):
        messages.success(request, gettext("The discount on %(number)s is approved.") % {"number": number})
    return redirect("control_room:decisions")


@posted
def reject_discount(request: HttpRequest, number: str) -> HttpResponse:
    """Refuse a discount, with the reason."""
    actor, order = _acting(request, number, "workshop.reject_discount")
    quote = get_object_or_404(Quote, order=order, state=QuoteState.DRAFT)
    form = DiscountRefusalForm(request.POST, auto_id=f"discount-{quote.pk}-%s")
    done = perform(request, form, lambda data: workshop.reject_discount(quote, **data, by=actor, at=now()).pk)
    if not done:
        return render(request, "control_room/decisions.html", jobs.decisions_for(actor, form), status=422)
    messages.success(request, gettext("The discount on %(number)s is refused.") % {"number": number})
    return redirect("control_room:decisions")


@posted
def approve_exception(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Let a price outside the list be offered on one job; the customer still signs it."""
    actor, order = _acting(request, number, "workshop.approve_exception")
    asked = _exception(order, pk)
    if perform(request, None, lambda _data: workshop.approve_exception(asked, by=actor, at=now()).pk):
        messages.success(request, gettext("The price on %(number)s is granted.") % {"number": order.number})
    return redirect("control_room:decisions")


@posted
def reject_exception(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Hold a job to the published list, with the reason."""
    actor, order = _acting(request, number, "workshop.reject_exception")
    asked = _exception(order, pk)
    form = DiscountRefusalForm(request.POST, auto_id=f"exception-{asked.pk}-%s")
    done = perform(request, form, lambda data: workshop.reject_exception(asked, **data, by=actor, at=now()).pk)
    if not done:
        return render(request, "control_room/decisions.html", jobs.decisions_for(actor, form), status=422)
    messages.success(request, gettext("The price on %(number)s is refused.") % {"number": order.number})
    return redirect("control_room:decisions")


@posted
def resolve_commitment(request: HttpRequest, number: str) -> HttpResponse:
    """Write down which remedy the customer got for a date that was not kept."""
    actor, order = _acting(request, number, "workshop.resolve_commitment")
    broken = get_object_or_404(PartsCommitment, order=order, state=CommitmentState.BREACHED)
    form = ResolveForm(request.POST, auto_id=f"resolve-{broken.pk}-%s")
    done = perform(request, form, lambda data: workshop.resolve_commitment(broken, **data, by=actor, at=now()))
    if not done:
        context = jobs.decisions_for(actor, form)
        return render(request, "control_room/decisions.html", context, status=422)
    messages.success(request, gettext("The broken date of %(number)s is made good.") % {"number": number})
    return redirect("control_room:decisions")


def _exception(order: WorkOrder, pk: int) -> PriceException:
    return get_object_or_404(PriceException.objects.select_related("order", "item", "part"), pk=pk, order=order)


def _overseer(request: Any) -> Actor:
    """Whoever asks, if they may see a whole unit's board and not only their own jobs."""
    actor: Actor = request.actor
    if actor.scope("dispatch.see").unit_ids == frozenset():
        raise NotAllowed
    return actor


def _acting(request: HttpRequest, number: str, verb: str) -> tuple[Actor, WorkOrder]:
    """Whoever acts and the job, if this person may do this to it."""
    actor, order = _overseer(request), orders.open_order(request, number)
    if not actor.may(verb, on=order):
        raise NotAllowed
    return actor, order


def _job_page(request: Any, order: WorkOrder, **forms: Any) -> HttpResponse:
    context = jobs.job_context(order, by=request.actor, at=now(), **forms)
    return render(request, "control_room/job.html", context, status=422 if forms else 200)
