"""The customer's own link, as it is shown and scanned at the counter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from guiju.desks.common.squares import squares
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder


def of(request: HttpRequest, order: WorkOrder) -> dict[str, Any]:
    """The order's page for its customer: its path, its whole address, and the squares of its QR code."""
    path = reverse("track:show", args=[workorder.track_token(order)])
    address = request.build_absolute_uri(path)
    return {"track_path": path, "track_address": address, "squares": squares(address)}
