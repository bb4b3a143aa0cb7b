"""The guarantee: the laws that count, what the brand promises beyond them, and how either is added to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from guiju.desks.back_office.guarantee import law
from guiju.desks.back_office.guarantee_forms import ProfileForm, TermsForm
from guiju.desks.back_office.sections import enter
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.refusing import NotAllowed
from guiju.standing.warranty import actions as warranty
from guiju.standing.warranty import queries
from guiju.standing.warranty.models import GuaranteeProfile, Terms


@require_safe
def guarantee(request: Request) -> HttpResponse:
    """Every law with its figures, and every promise with its days."""
    context = enter(request.actor, "guarantee")
    adopted = {each.version: each for each in GuaranteeProfile.objects.select_related("adopted_by")}
    found = sorted(queries.profiles(), key=lambda each: (each.jurisdiction, each.starts_on))
    on = request.unit.day(now()) if request.unit else now().date()
    more = {
        "laws": [
            {**law(each, adopted.get(each.version)), "is_over": each.ends_on is not None and each.ends_on <= on}
            for each in found
        ],
        "terms": Terms.objects.select_related("line", "model__brand").order_by(
            "line__code", "model__code", "-starts_on"
        ),
        "on": on,
        "may_adopt": request.actor.may("warranty.adopt_profile"),
        "may_set": request.actor.may("warranty.set_terms"),
    }
    return render(request, "back_office/guarantee.html", {**context, **more})


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_profile(request: Request) -> HttpResponse:
    """Let a law count from the day that its file says."""
    context = enter(request.actor, "guarantee")
    if not request.actor.may("warranty.adopt_profile"):
        raise NotAllowed
    form, status = ProfileForm(), 200
    if request.method == "POST":
        form, status = ProfileForm(request.POST, request.FILES), 422
        if perform(request, form, lambda data: _adopt(request, **data)):
            messages.success(request, gettext("The law counts from its first day on."))
            return redirect("back_office:guarantee")
    return render(request, "back_office/adopt_profile.html", {**context, "form": form}, status=status)


def _adopt(request: Request, *, file: str, reason: str) -> Any:
    return warranty.adopt_profile(file, reason=reason, by=request.actor, at=now()).pk


@require_http_methods(["GET", "HEAD", "POST"])
def set_terms(request: Request) -> HttpResponse:
    """Promise something from a day on; what was promised before ends on that day."""
    context = enter(request.actor, "guarantee")
    if not request.actor.may("warranty.set_terms"):
        raise NotAllowed
    places = sorted({each.jurisdiction for each in queries.profiles()})
    form, status = TermsForm(places=places), 200
    if request.method == "POST":
        form, status = TermsForm(request.POST, places=places), 422
        if perform(request, form, lambda data: warranty.set_terms(**data, by=request.actor, at=now()).pk):
            messages.success(request, gettext("It is promised to those who buy from that day on."))
            return redirect("back_office:guarantee")
    return render(request, "back_office/set_terms.html", {**context, "form": form}, status=status)
