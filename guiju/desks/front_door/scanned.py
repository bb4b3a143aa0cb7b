"""The machine whose code was scanned, and what it fills in by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from guiju.kernel import secrets
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people.models import Unit

APPLIANCE = "appliance"


def on_the_sticker(request: HttpRequest, unit: Unit) -> Appliance | None:
    """The machine whose sticker was scanned; a mark that is not ours fills in nothing."""
    pk = secrets.read_sticker(APPLIANCE, request.GET.get("appliance", ""))
    rows = Appliance.objects.select_related("brand", "line", "model")
    return rows.filter(pk=pk, unit=unit).first() if pk is not None else None


def known(machine: Appliance | None) -> dict[str, Any]:
    """What stands on the machine itself, and nothing of whose it is."""
    if machine is None:
        return {}
    model = machine.model.code if machine.model else ""
    return {"product_line": machine.line_id, "brand": machine.brand.name, "model": model, "serial": machine.serial}
