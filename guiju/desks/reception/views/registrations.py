"""The appliances that their owners registered, and the proof of each: taken over, or not (B11)."""

from __future__ import annotations

from django import forms as plain
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.common import forms, orders
from guiju.desks.common.perform import perform
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.line.registration import actions as registration
from guiju.line.registration import queries
from guiju.line.registration.models import Registration, RegistrationProof

SHOWN_MOST = 50


class RefuseForm(forms.Form):
    """Why it is not taken over."""

    reason = plain.CharField(label=_("Reason"), max_length=400, help_text=_("At least five letters."))


class ConfirmForm(forms.Form):
    """Nothing to type: the owner typed it."""


@require_safe
@needs("registration.see")
def waiting(request: HttpRequest) -> HttpResponse:
    """Those at which nobody has looked yet, each with its pictures."""
    return _page(request)


@require_POST
@needs("registration.confirm")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Take one over: its card, its owner's card, the proof beside them."""
    actor, told = _of(request, number)
    form = ConfirmForm(request.POST)
    done = perform(request, form, lambda _data: registration.confirm(told, by=actor, at=timezone.now()).pk)
    if done:
        messages.success(request, spoken("The appliance is on the books, with the proof of its purchase."))
        return redirect("reception:appliance", done.answer)
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return _page(request, status=422)


@require_POST
@needs("registration.refuse")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Do not take one over, and say why."""
    actor, told = _of(request, number)
    form = RefuseForm(request.POST, auto_id=f"refuse_{told.pk}_%s")
    if perform(request, form, lambda data: registration.refuse(told, **data, by=actor, at=timezone.now()).number):
        messages.success(request, spoken("It is written down why it was not taken over."))
        return redirect("reception:registrations")
    return _page(request, told, form, status=422)


@require_safe
@needs("registration.see")
def proof(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A picture that came with this registration, and with no other (T05)."""
    _actor, told = _of(request, number)
    return orders.sent(get_object_or_404(told.proofs.select_related("evidence"), evidence=pk).evidence)


def _of(request: HttpRequest, number: str) -> tuple[Actor, Registration]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Registration.objects.visible_to(actor).select_related("unit", "line")
    return actor, get_object_or_404(rows, number=number)


def _page(
    request: HttpRequest, refused: Registration | None = None, form: RefuseForm | None = None, *, status: int = 200
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = list(queries.waiting(by=actor)[:SHOWN_MOST])
    pictures: dict[int, list[int]] = {}
    for row, evidence in RegistrationProof.objects.filter(registration__in=told).values_list(
        "registration", "evidence"
    ):
        pictures.setdefault(row, []).append(evidence)
    rows = [
        {
            "told": each, "proofs": pictures.get(each.pk, []),
            "asks": form if refused is not None and refused.pk == each.pk else RefuseForm(auto_id=f"refuse_{each.pk}_%s"),
            "may": actor.may("registration.confirm", on=each),
        }
        for each in told
    ]  # fmt: skip
    return render(request, "reception/registrations.html", {"rows": rows}, status=status)
