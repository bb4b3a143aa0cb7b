"""Requests that wait for an answer: the list, one of them, and the order that is made of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.desks.common.forms import Form
from guiju.desks.common.perform import perform
from guiju.desks.common.steps import step_at
from guiju.desks.reception.asked import BY_SLUG, STEPS, RequestStep
from guiju.desks.reception.forms.requests import ConvertForm
from guiju.desks.reception.guard import needs
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.words import Sentence
from guiju.line.intake import actions as intake
from guiju.line.intake import queries
from guiju.line.intake.models import RequestPhoto, ServiceRequest
from guiju.line.intake.queries import Standing
from guiju.line.intake.rules import OPEN
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue import actions as catalogue_book
from guiju.standing.customers import actions as customers_book
from guiju.standing.customers import queries as customers

SHOWN_MOST = 60
ENDED_SHOWN = 20


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _asked(request: HttpRequest, number: str) -> ServiceRequest:
    rows = ServiceRequest.objects.visible_to(_actor(request)).with_names().select_related("appliance__brand")
    return get_object_or_404(rows.exclude(due_at=None), number=number)


@require_safe
@needs("requests.see")
@needs("intake.register", "followup.see")
def waiting(request: HttpRequest) -> HttpResponse:
    """What nobody has answered first, the most urgent on top; then what goes on, and what ended lately."""
    seen = ServiceRequest.objects.visible_to(_actor(request)).with_names().exclude(due_at=None)
    rows = list(seen.waiting()[:SHOWN_MOST])
    context = {
        "unanswered": [row for row in rows if row.answered_at is None],
        "going_on": [row for row in rows if row.answered_at is not None],
        "ended": list(seen.exclude(state__in=OPEN).order_by("-pk")[:ENDED_SHOWN]),
        "now": timezone.now(),
    }
    return render(request, "reception/requests.html", context)


@require_safe
@needs("requests.see")
@needs("intake.register", "followup.see")
def show(request: HttpRequest, number: str) -> HttpResponse:
    """A request with its photos, whose telephone it is, and what can be done."""
    return _page(request, _asked(request, number))


@require_POST
@needs("requests.see")
@needs("intake.register", "followup.see")
def act(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Do one step of a request; what was typed stands there again when it is refused."""
    asked, actor = _asked(request, number), _actor(request)
    step = step_at(BY_SLUG, slug, by=actor, on=asked)
    form: Any = _form(step, asked, queries.standing(asked, by=actor), request.POST)
    who = {"by": actor, "at": timezone.now()}
    if perform(request, form, lambda _data: step.act(asked, form, **who)):
        messages.success(request, str(step.said))
        return redirect("reception:request", number)
    return _page(request, _asked(request, number), refused=(slug, form))


@require_POST
@needs("intake.read_contact")
def read_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show the whole number this once; who read it is written down."""
    asked = _asked(request, number)
    done = perform(request, None, lambda _data: intake.read_contact(asked, by=_actor(request), at=timezone.now()))
    return _page(request, asked, contact=done.answer or [])


@require_http_methods(["GET", "HEAD", "POST"])
@needs("intake.convert")
def convert(request: HttpRequest, number: str) -> HttpResponse:
    """Make the order: the customer's card, the machine's card, triage and order in one go."""
    asked, actor, at = _asked(request, number), _actor(request), timezone.now()
    if asked.state not in OPEN and request.method != "POST":
        return redirect("reception:request", number)
    owner = asked.customer or (asked.appliance.customer if asked.appliance else None)
    machines = [each for each in queries.appliances_for(asked, owner) if _fits(each, owner)]
    sent = (request.POST,) if request.method == "POST" else ()
    form = ConvertForm(*sent, asked=asked, owner=owner, machines=machines)

    def order(_typed: Any) -> WorkOrder:
        with transaction.atomic():
            return _made(asked, form, by=actor, at=at)

    if request.method == "POST" and (done := perform(request, form, order)):
        messages.success(request, _("The order is made; the photos of the request are on it."))
        return redirect("reception:order", done.answer)
    first = machines[0] if machines else None
    line = asked.line
    terms = queries.terms_for(unit=asked.unit, appliance=first, at=at) if first else None
    if terms is None and line is not None:
        terms = queries.terms_of_line(unit=asked.unit, line=line, at=at)
    context = {"asked": asked, "owner": owner, "form": form, "terms": terms, "machines": machines}
    return render(request, "reception/convert.html", context, status=422 if form.errors else 200)


@require_safe
@needs("requests.see")
@needs("intake.register", "followup.see")
def picture(request: HttpRequest, number: str, pk: int) -> Any:
    """A picture that came with this request, or with one that repeats it; with no other (T05)."""
    asked = _asked(request, number)
    sent = RequestPhoto.objects.filter(evidence=pk)
    if not sent.filter(request=asked).exists():
        get_object_or_404(sent, request__duplicate_of=asked)
    kept = Evidence.objects.get(pk=pk)
    response = FileResponse(evidence.open_file(kept), content_type=kept.mime)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _fits(machine: Any, owner: Any) -> bool:
    """Whose machine it is: another customer's card is never made ours by a serial that somebody typed."""
    return machine.customer_id is not None and owner is not None and machine.customer_id == owner.pk


def _made(asked: ServiceRequest, form: ConvertForm, **who: Any) -> WorkOrder:
    typed, unit = form.cleaned_data, asked.unit
    owner = asked.customer or (asked.appliance.customer if asked.appliance else None)
    if owner is None:
        owner = customers_book.enrol(
            unit=unit, name=typed["name"], phones=[typed["phone"]], language=asked.language, consent_service=True, **who
        )
    machine = form.chosen() or catalogue_book.register_appliance(unit=unit, customer=owner, **form.card(), **who)
    agreed = form.agreed()
    if asked.state == "NEW":
        intake.triage(asked, product_line=machine.line, mode=agreed["mode"], customer=owner, appliance=machine, **who)
    return intake.convert(asked, customer=owner, appliance=machine, language=asked.language, **agreed, **who)


def _form(step: RequestStep, asked: ServiceRequest, standing: Standing, *sent: Any) -> Form:
    form = step.form(*sent, auto_id=f"{step.slug}_%s")
    form.about(asked, standing)
    return form


def _page(
    request: HttpRequest,
    asked: ServiceRequest,
    *,
    refused: tuple[str, Form] | None = None,
    contact: list[str] | None = None,
) -> HttpResponse:
    actor = _actor(request)
    slug, form = refused or ("", None)
    standing = queries.standing(asked, by=actor)
    # To link it to something, there must be something; a step that was refused is shown all the same, with its sentence.
    hidden = set() if standing.requests or standing.orders else {"link"}
    offered = [step for step in STEPS if step.slug == slug or (step.slug not in hidden and step.fits(asked, actor))]
    context = {
        "asked": asked,
        "steps": [
            {"step": step, "form": form if step.slug == slug else _form(step, asked, standing), "is_open": step.slug == slug}
            for step in offered
        ],
        "standing": standing,
        "symptoms": [each.code.name for each in asked.symptoms.select_related("code")],
        "photos": list(asked.photos.select_related("evidence")),
        "repeats": queries.repeated_by(asked),
        "because": [Sentence.from_json(each) for each in asked.coverage_because],
        "card": customers.card(asked.customer) if asked.customer and actor.may("customers.see", on=asked.customer) else None,
        "contact": contact or [],
        "may_read": actor.may("intake.read_contact", on=asked),
        "may_convert": asked.state in OPEN and actor.may("intake.convert", on=asked),
        "is_late": asked.answered_at is None and asked.state in OPEN and asked.due_at is not None and asked.due_at < timezone.now(),
    }  # fmt: skip
    return render(request, "reception/request.html", context, status=422 if refused else 200)
