"""The QR codes with which strangers find our door: of the outlet, or of one machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from guiju.desks.common.squares import squares
from guiju.desks.reception.guard import needs
from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.oversight.papers import queries as papers
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people.models import Unit


@require_safe
@needs("intake.submit")
def door(request: HttpRequest) -> HttpResponse:
    """The sheet for the outlet's door; or the one for the counter, with which owners register what they bought."""
    unit = request.unit  # type: ignore[attr-defined]
    is_registering = request.GET.get("for") == "register"
    token = f"{'r' if is_registering else 'd'}-{secrets.sticker('door', unit.pk)}"
    return _sheet(request, token, outlet=unit, is_registering=is_registering)


@require_safe
@needs("intake.submit")
def sticker(request: HttpRequest, pk: int) -> HttpResponse:
    """The sticker for one machine: whoever scans it need not type what stands on the plate."""
    machine = _machine(request, pk)
    return _sheet(request, f"a-{secrets.sticker('appliance', machine.pk)}", outlet=machine.unit, machine=machine)


@require_safe
@needs("intake.submit")
def door_paper(request: HttpRequest) -> HttpResponse:
    """The sheet for the outlet's door, to print."""
    unit = request.unit  # type: ignore[attr-defined]
    return _paper(request, f"d-{secrets.sticker('door', unit.pk)}", unit, None)


@require_safe
@needs("intake.submit")
def sticker_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for one machine, to print."""
    machine = _machine(request, pk)
    return _paper(request, f"a-{secrets.sticker('appliance', machine.pk)}", machine.unit, machine)


def _machine(request: HttpRequest, pk: int) -> Appliance:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Appliance.objects.visible_to(actor).select_related("unit__parent", "brand", "line", "model")
    return get_object_or_404(rows, pk=pk)


def _paper(request: HttpRequest, token: str, unit: Unit, machine: Appliance | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    language = request.GET.get("language") or translation.get_language() or "en"
    pdf = papers.door_sheet(
        unit, address=_address(request, token), machine=machine, language=language, size=request.GET.get("size", "a4"),
        printed_by=actor.name, at=timezone.now(),
    )  # fmt: skip
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{unit.code}-{"machine" if machine else "door"}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("sticker:scanned", args=[token]))


def _sheet(request: HttpRequest, token: str, **about: Any) -> HttpResponse:
    address = _address(request, token)
    machine = about.get("machine")
    paper = reverse("reception:sticker_paper", args=[machine.pk]) if machine else reverse("reception:door_paper")
    shown = {"address": address, "squares": squares(address), "paper": paper, "printed_in": settings.LANGUAGES}
    return render(request, "reception/door.html", {**shown, **about})
