"""The prices on the outlet's wall: the board to print, and the photograph that proves that it hangs there (PRC-5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guiju.desks.common import forms
from guiju.desks.common.perform import perform
from guiju.desks.reception.guard import needs
from guiju.kernel import evidence
from guiju.kernel.actor import Actor
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import UnitKind
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import DisplayProof
from guiju.standing.pricing.queries import displays
from guiju.standing.pricing.rules.display import KIND

PROOFS_SHOWN = 12


class ProofForm(forms.Form):
    """The photograph of the wall."""

    photo = forms.PhotosField(
        label=gettext_lazy("Photo of the wall"),
        count_min=1,
        count_max=1,
        help_text=gettext_lazy("So near that the number of the list can be read."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pricing.prove_display")
def wall(request: HttpRequest) -> HttpResponse:
    """What should hang there, what was last proved, and the form for the next proof."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    outlet = _outlet(request, actor)
    here = f"{reverse('reception:wall')}?outlet={outlet.code}"
    form, status = ProofForm(), 200
    if request.method == "POST":
        form, status = ProofForm(request.POST, request.FILES), 422
        if perform(request, form, lambda data: _prove(outlet, data, actor).pk):
            messages.success(request, _("Thank you. The proof is kept."))
            return redirect(here)
    proofs = displays.display_proofs(actor).filter(unit=outlet)[:PROOFS_SHOWN]
    context = {
        "outlet": outlet, "here": here, "standing": displays.wall_of(outlet, at=now()), "proofs": proofs, "form": form,
        "printed_in": settings.LANGUAGES,
    }  # fmt: skip
    return render(request, "reception/wall.html", context, status=status)


def _outlet(request: HttpRequest, actor: Actor) -> Unit:
    """The one that is asked for, one's own, or the first of those that one answers for."""
    outlets = Unit.objects.filter(
        actor.scope("pricing.prove_display").q(unit="pk"), kind=UnitKind.OUTLET, is_active=True
    )
    if code := request.GET.get("outlet", ""):
        return get_object_or_404(outlets, code=code)
    return outlets.filter(pk=actor.unit_id or 0).first() or get_object_or_404(outlets.order_by("path")[:1])


def _prove(outlet: Unit, data: Mapping[str, Any], actor: Actor) -> DisplayProof:
    at = now()
    kept = evidence.keep_photo(data["photo"][0], unit_id=outlet.pk, kind=KIND, by=actor, at=at)
    return pricing.prove_display(unit=outlet, photo=kept, by=actor, at=at)
