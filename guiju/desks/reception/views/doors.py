"""The QR codes with which strangers find our door, and owners register: of the outlet, or of one machine."""

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
from guiju.oversight.papers.rules import LABELS
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people.models import Unit


@require_safe
@needs("intake.submit")
def door(request: HttpRequest) -> HttpResponse:
    """The sheet for the outlet's door; or the one for the counter and the box, with which owners register what they bought."""
    return _sheet(request, request.unit, None)  # type: ignore[attr-defined]


@require_safe
@needs("intake.submit")
def sticker(request: HttpRequest, pk: int) -> HttpResponse:
    """The sticker for one machine, or the label in its box: whoever scans it need not type what stands on the plate."""
    machine = _machine(request, pk)
    return _sheet(request, machine.unit, machine)


@require_safe
@needs("intake.submit")
def door_paper(request: HttpRequest) -> HttpResponse:
    """The sheet for the outlet's door, or the label for any box, to print."""
    return _paper(request, request.unit, None)  # type: ignore[attr-defined]


@require_safe
@needs("intake.submit")
def sticker_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for one machine, or the label for its box, to print."""
    machine = _machine(request, pk)
    return _paper(request, machine.unit, machine)


def _machine(request: HttpRequest, pk: int) -> Appliance:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Appliance.objects.visible_to(actor).select_related("unit__parent", "brand", "line", "model")
    return get_object_or_404(rows, pk=pk)


def _is_registering(request: HttpRequest) -> bool:
    return request.GET.get("for") == "register"


def _address(request: HttpRequest, unit: Unit, machine: Appliance | None) -> str:
    """Where the code leads: to the request for a repair, or to the registration, of the outlet or of one machine."""
    if machine is not None:
        kind, mark = "g" if _is_registering(request) else "a", secrets.sticker("appliance", machine.pk)
    else:
        kind, mark = "r" if _is_registering(request) else "d", secrets.sticker("door", unit.pk)
    return request.build_absolute_uri(reverse("sticker:scanned", args=[f"{kind}-{mark}"]))


def _paper(request: HttpRequest, unit: Unit, machine: Appliance | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    size, is_registering = request.GET.get("size", "a4"), _is_registering(request)
    said: Any = {
        "address": _address(request, unit, machine), "machine": machine, "size": size, "printed_by": actor.name, "at": timezone.now(),
        "language": request.GET.get("language") or translation.get_language() or "en",
    }  # fmt: skip
    if is_registering and size in LABELS:
        pdf, name = papers.registration_label(unit, **said), "box"
    else:
        pdf, name = papers.door_sheet(unit, **said, is_registering=is_registering), "machine" if machine else "door"
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{unit.code}-{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sheet(request: HttpRequest, unit: Unit, machine: Appliance | None) -> HttpResponse:
    address, is_registering = _address(request, unit, machine), _is_registering(request)
    paper = reverse("reception:sticker_paper", args=[machine.pk]) if machine else reverse("reception:door_paper")
    shown = {
        "address": address, "squares": squares(address), "paper": paper, "printed_in": settings.LANGUAGES, "outlet": unit,
        "machine": machine, "is_registering": is_registering, "labels": LABELS,
        "page": reverse("reception:sticker", args=[machine.pk]) if machine else reverse("reception:door"),
    }  # fmt: skip
    return render(request, "reception/door.html", shown)
