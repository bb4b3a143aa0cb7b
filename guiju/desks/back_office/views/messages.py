"""Messages to customers: what was written to whom, what became of it, and sending it again."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages as told
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office.message_forms import PreferenceForm
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices import actions, queries
from guiju.oversight.notices.rules import HIDDEN, SENDABLE_AGAIN, MessageState, Template


@require_safe
def message(request: Request, pk: int) -> HttpResponse:
    """One message: its text as it was sent, and every attempt."""
    context = enter(request.actor, "messages")
    row = get_object_or_404(queries.messages(request.actor), pk=pk)
    more = {
        "message": row,
        "attempts": queries.attempts_of(row),
        "may_resend": MessageState(row.state) in SENDABLE_AGAIN
        and row.template not in HIDDEN
        and request.actor.may("notices.resend", on=row),
    }
    return render(request, "back_office/message.html", {**context, **more})


@require_POST
def message_resend(request: Request, pk: int) -> HttpResponse:
    """Send one message again."""
    row = get_object_or_404(queries.messages(request.actor), pk=pk)
    if not request.actor.may("notices.resend", on=row):
        raise NotAllowed
    if perform(request, None, lambda _data: actions.resend(row, by=request.actor, at=now()).pk):
        told.success(request, gettext("The message is sent again."))
    return redirect("back_office:message", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def messages_of_order(request: Request, number: str) -> HttpResponse:
    """What one customer was told about one job, and how they want to be told."""
    actor: Actor = request.actor
    context = enter(actor, "messages")
    reached = actor.scope("notices.see").q()
    order = get_object_or_404(WorkOrder.objects.visible_to(actor).filter(reached).with_names(), number=number)
    chosen = queries.preference_of(order.customer)
    form = PreferenceForm(initial={"channel": chosen.channel, "address": chosen.address} if chosen else {})
    status = 200
    if request.method == "POST":
        deed = request.POST.get("do", "")
        if deed not in {"prefer", "invite"}:
            raise Http404
        if not actor.may(f"notices.{deed}", on=order):
            raise NotAllowed
        asks = PreferenceForm(request.POST) if deed == "prefer" else None
        if perform(request, asks, _act(deed, order, actor)) or asks is None:
            return redirect("back_office:messages_of_order", number)
        form, status = asks, 422
    more = {
        "order": order, "messages_sent": queries.messages_of(order), "form": form,
        "may_prefer": actor.may("notices.prefer", on=order.customer),
        "may_invite": actor.may("notices.invite", on=order) and queries.recipient(order, None).wants(Template.CARE),
    }  # fmt: skip
    return render(request, "back_office/messages_of_order.html", {**context, **more}, status=status)


def _act(deed: str, order: WorkOrder, actor: Actor) -> Callable[[Mapping[str, Any]], Any]:
    if deed == "invite":
        return lambda _data: actions.invite(order, by=actor, at=now()).pk
    return lambda data: actions.prefer(order.customer, **data, by=actor, at=now()).pk
