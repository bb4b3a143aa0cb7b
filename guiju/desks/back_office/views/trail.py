"""The audit trail: who did what to what, when, and because of which other deed."""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.kernel.actor import Actor
from guiju.kernel.models import News, TrailEntry, TrailSeal, Transition
from guiju.line.workorder.models import WorkOrder
from guiju.standing.people.models import Unit

# No deed of the house has so many causes above it.
CAUSES_MAX = 20


def visible_to(actor: Actor) -> QuerySet[TrailEntry]:
    """The deeds in the units whose trail this person reads; the brand's own only for who reads everywhere."""
    return TrailEntry.objects.filter(actor.scope("trail.see").q(unit="unit_id"))


@require_safe
def deed(request: Request, key: UUID) -> HttpResponse:
    """One deed with its causes, its consequences, its facts, and what it moved and told."""
    actor: Actor = request.actor
    context = enter(actor, "trail")
    entry = get_object_or_404(visible_to(actor), key=key)
    order = WorkOrder.objects.visible_to(actor).filter(number=entry.subject_label).first()
    more = {
        "entry": entry,
        "place": Unit.objects.filter(pk=entry.unit_id or 0).first(),
        "order": order,
        "facts": [(name, _as_text(value)) for name, value in sorted(entry.facts.items())],
        "causes": _causes(entry, actor),
        "consequences": visible_to(actor).filter(because=entry.key).order_by("pk"),
        "steps": Transition.objects.filter(entry_key=entry.key).order_by("pk"),
        "told": News.objects.filter(entry_key=entry.key).order_by("pk"),
        "seal": TrailSeal.objects.filter(entry=entry).first(),
    }
    return render(request, "back_office/deed.html", {**context, **more})


def _causes(entry: TrailEntry, actor: Actor) -> list[TrailEntry]:
    """The deeds that this one is a consequence of, the first cause first."""
    found: list[TrailEntry] = []
    cause = entry.because
    while cause is not None and len(found) < CAUSES_MAX:
        above = visible_to(actor).filter(key=cause).first()
        if above is None:
            break
        found.append(above)
        cause = above.because
    return found[::-1]


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
