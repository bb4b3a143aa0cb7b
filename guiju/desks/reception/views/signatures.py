"""A signature that the customer gives on their own telephone, as the counter waits for it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.desks.reception import signed
from guiju.desks.reception.guard import needs
from guiju.desks.reception.steps import SIGNED, step_of_order
from guiju.kernel import evidence, signing
from guiju.kernel.models import AskedSignature


@require_safe
@needs("intake.receive")
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands; the counter's page asks this until it is signed, or too late."""
    context = signed.panel(request, _asked(request, pk))
    slug, number = request.GET.get("step", ""), request.GET.get("order", "")
    if slug in SIGNED and number:
        context |= step_of_order(slug, number) | {"goes_on": True}
    return render(request, "reception/signing.html", context)


@require_safe
@needs("intake.receive")
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The drawing itself, for whoever asked for it."""
    asked = _asked(request, pk)
    if asked.signature is None:
        raise Http404
    response = FileResponse(evidence.open_file(asked.signature), content_type=asked.signature.mime)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _asked(request: HttpRequest, pk: int) -> AskedSignature:
    asked = signing.asked_by(request.actor, pk)  # type: ignore[attr-defined]
    if asked is None:
        raise Http404
    return asked
