"""The QR codes with which strangers find our door: of the outlet, or of one machine."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.desks.common.squares import squares
from guiju.desks.reception.guard import needs
from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.standing.catalogue.models import Appliance


@require_safe
@needs("intake.submit")
def door(request: HttpRequest) -> HttpResponse:
    """The sheet for the outlet's door."""
    unit = request.unit  # type: ignore[attr-defined]
    return _sheet(request, f"d-{secrets.sticker('door', unit.pk)}", outlet=unit)


@require_safe
@needs("intake.submit")
def sticker(request: HttpRequest, pk: int) -> HttpResponse:
    """The sticker for one machine: whoever scans it need not type what stands on the plate."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Appliance.objects.visible_to(actor).select_related("unit", "brand", "line", "model")
    machine = get_object_or_404(rows, pk=pk)
    return _sheet(request, f"a-{secrets.sticker('appliance', machine.pk)}", outlet=machine.unit, machine=machine)


def _sheet(request: HttpRequest, token: str, **about: object) -> HttpResponse:
    address = request.build_absolute_uri(reverse("sticker:scanned", args=[token]))
    return render(request, "reception/door.html", {"address": address, "squares": squares(address), **about})
