"""Webhooks: who hears what, what was sent, and sending it again."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.back_office.sections import enter
from guiju.desks.back_office.views.people import units_for
from guiju.desks.back_office.webhook_forms import NewWebhookForm, WebhookFilterForm, WebhookForm
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.oversight.webhooks import actions, queries
from guiju.oversight.webhooks.models import Delivery, Endpoint
from guiju.oversight.webhooks.rules import ARROWS, PAUSE_LABELS, TYPES, EndpointState, Pause

ROWS = 40

# What may be done to an endpoint, by which right, and what is said when it is done.
DEEDS: Mapping[str, tuple[str, Any]] = {
    "change": ("webhooks.change", _("The endpoint is changed.")),
    "pause": ("webhooks.pause", _("Nothing is sent there for the time being; what is told meanwhile waits.")),
    "resume": ("webhooks.resume", _("It is sent to again, beginning with what has waited.")),
    "rotate": ("webhooks.rotate", ""),
    "revoke": ("webhooks.revoke", _("The endpoint hears nothing any more.")),
    "send_test": ("webhooks.send_test", _("A test is on its way. Look at its message in a moment.")),
    "resend_failed": ("webhooks.resend", _("Everything that was given up is tried again.")),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: Request) -> HttpResponse:
    """The endpoints, and a form for another; its secret is on the page that follows, and never again."""
    actor: Actor = request.actor
    context = enter(actor, "webhooks")
    units = units_for(actor, "webhooks.add")
    form, status, secret = NewWebhookForm(units=units), 200, ""
    if request.method == "POST":
        if not actor.may("webhooks.add"):
            raise NotAllowed
        form, status = NewWebhookForm(request.POST, units=units), 422
        shown: list[str] = []
        made = perform(request, form, lambda data: _shown(shown, actions.add(**data, by=actor, at=now())))
        if made and not shown:
            return _shown_already(request, made.answer)
        if made:
            form, status, secret = NewWebhookForm(units=units), 200, shown[0]
    more = {
        "form": form, "secret": secret, "endpoints": queries.endpoints(actor), "may_add": actor.may("webhooks.add"),
        "types": [(name, gettext(says)) for name, says in TYPES.items()],
    }  # fmt: skip
    return render(request, "back_office/webhooks.html", {**context, **more}, status=status)


def _shown(shown: list[str], made: tuple[Endpoint, str]) -> int:
    """Keep the secret for the page alone: what a form is answered with is stored, the secret must not be."""
    endpoint, secret = made
    shown.append(secret)
    return endpoint.pk


def _shown_already(request: Request, pk: int) -> HttpResponse:
    messages.info(request, gettext("This secret was made already, and was shown then. Give the endpoint a new one."))
    return redirect("back_office:webhook", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: Request, pk: int) -> HttpResponse:
    """One endpoint: what it hears, what may be done to it, and what was sent there."""
    actor: Actor = request.actor
    context = enter(actor, "webhooks")
    endpoint = get_object_or_404(Endpoint.objects.visible_to(actor).select_related("unit", "made_by"), pk=pk)
    form, status, shown = _filled(endpoint), 200, list[str]()
    if request.method == "POST":
        name = request.POST.get("do", "")
        if name not in DEEDS:
            raise Http404
        if not actor.may(DEEDS[name][0], on=endpoint):
            raise NotAllowed
        if name == "change":
            form, status = WebhookForm(request.POST, auto_id="change-%s"), 422
        if perform(request, form if name == "change" else None, _act(name, endpoint, actor, shown)):
            if not shown:
                messages.success(request, DEEDS[name][1] or gettext("The new secret was shown already."))
                return redirect("back_office:webhook", pk)
            endpoint.refresh_from_db()
        elif name != "change":
            return redirect("back_office:webhook", pk)
    more = _about(request, endpoint) | {"form": form, "secret": "".join(shown)}
    return render(request, "back_office/webhook.html", {**context, **more}, status=status)


def _act(name: str, endpoint: Endpoint, actor: Actor, shown: list[str]) -> Callable[[Mapping[str, Any]], Any]:
    if name == "rotate":
        return lambda _data: _shown(shown, actions.rotate(endpoint, by=actor, at=now()))
    act: Callable[..., Any] = getattr(actions, name)
    return lambda data: act(endpoint, **(data or {}), by=actor, at=now())


def _filled(endpoint: Endpoint) -> WebhookForm:
    initial = {"name": endpoint.name, "url": endpoint.url, "types": endpoint.types}
    return WebhookForm(initial=initial, auto_id="change-%s")


def _about(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    actor = request.actor
    sent = Delivery.objects.visible_to(actor).filter(endpoint=endpoint)
    counts = {row["state"]: row["count"] for row in sent.values("state").annotate(count=Count("pk"))}
    asked = WebhookFilterForm(request.GET or None)
    page = Paginator(_wanted(sent, asked).order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    lives = endpoint.state != EndpointState.REVOKED
    moves = {verb.removeprefix("webhooks.") for verb in ARROWS.get(EndpointState(endpoint.state), {}).values()}
    possible = moves | ({"change", "rotate", "send_test", "resend_failed"} if lives else set())
    return {
        "endpoint": endpoint, "page": page, "filter": asked, "counts": counts,
        "pause": gettext(PAUSE_LABELS[Pause(endpoint.paused_because)]) if endpoint.paused_because else "",
        "deeds": {name for name in possible if actor.may(DEEDS[name][0], on=endpoint)},
    }  # fmt: skip


def _wanted(sent: QuerySet[Delivery], asked: WebhookFilterForm) -> QuerySet[Delivery]:
    if not asked.is_bound or not asked.is_valid():
        return sent
    wanted = {name: value for name, value in asked.cleaned_data.items() if value}
    named = {"state": "state", "type": "type", "order": "subject__icontains"}
    return sent.filter(**{named[name]: value for name, value in wanted.items()})


@require_safe
def webhook_message(request: Request, pk: int) -> HttpResponse:
    """One message: its body as it was told, and every attempt."""
    context = enter(request.actor, "webhooks")
    delivery = get_object_or_404(_visible(request), pk=pk)
    more = {
        "delivery": delivery,
        "attempts": queries.attempts_of(delivery),
        "body": json.dumps(json.loads(delivery.body), ensure_ascii=False, indent=2),
        "may_resend": delivery.done_at is not None
        and delivery.endpoint.state != EndpointState.REVOKED
        and request.actor.may("webhooks.resend", on=delivery),
    }
    return render(request, "back_office/webhook_message.html", {**context, **more})


@require_POST
def webhook_resend(request: Request, pk: int) -> HttpResponse:
    """Send one message again."""
    delivery = get_object_or_404(_visible(request), pk=pk)
    if not request.actor.may("webhooks.resend", on=delivery):
        raise NotAllowed
    if perform(request, None, lambda _data: actions.resend(delivery, by=request.actor, at=now())):
        messages.success(request, gettext("It is sent again, under the same id."))
    return redirect("back_office:webhook_message", pk)


def _visible(request: Request) -> QuerySet[Delivery]:
    return Delivery.objects.visible_to(request.actor).select_related("endpoint__unit")
