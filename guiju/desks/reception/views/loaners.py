"""The units that the outlet lends: where each is, and the list itself."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms as plain
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from guiju.desks.common import forms
from guiju.desks.common.perform import perform
from guiju.desks.reception.guard import needs
from guiju.kernel.actor import Actor
from guiju.line.intake import actions as intake
from guiju.line.intake.models import Loan, LoanerUnit


class LoanerForm(forms.Form):
    """A unit for the list."""

    description = plain.CharField(label=_("What it is"), max_length=200)
    serial = plain.CharField(
        label=_("Serial number"), max_length=60, widget=plain.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )  # fmt: skip
    deposit_minor = forms.MoneyField(label=_("Deposit"), required=False)


class RetireForm(forms.Form):
    """Why it is not lent any more."""

    reason = plain.CharField(label=_("Reason"), max_length=300, help_text=_("At least five letters."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("intake.register", "followup.see")
def loaners(request: HttpRequest) -> HttpResponse:
    """Every unit of the list, with whom it is; the manager adds one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = request.unit  # type: ignore[attr-defined]
    form = LoanerForm(request.POST or None)
    if request.method == "POST":
        done = perform(
            request, form,
            lambda data: intake.add_loaner(
                unit=unit, **(dict(data) | {"deposit_minor": data["deposit_minor"] or 0}), by=actor, at=timezone.now()
            ).pk,
        )  # fmt: skip
        if done:
            messages.success(request, spoken("The loaner is on the list."))
            return redirect("reception:loaners")
    return _page(request, form)


@require_POST
@needs("intake.retire_loaner")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit off the list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    loaner = get_object_or_404(LoanerUnit.objects.visible_to(actor), pk=pk)
    form = RetireForm(request.POST, auto_id=f"retire_{loaner.pk}_%s")
    if perform(request, form, lambda data: intake.retire_loaner(loaner, **data, by=actor, at=timezone.now()).pk):
        messages.success(request, spoken("The loaner is off the list."))
        return redirect("reception:loaners")
    return _page(request, LoanerForm(), {loaner.pk: form})


def _page(request: HttpRequest, form: LoanerForm, refused: Mapping[int, RetireForm] | None = None) -> HttpResponse:
    """The list; `refused` is what was typed beside a unit that stays on it."""
    refused = refused or {}
    actor: Actor = request.actor  # type: ignore[attr-defined]
    units = list(LoanerUnit.objects.visible_to(actor).filter(retired_at=None).select_related("unit"))
    out = Loan.objects.filter(loaner__in=units, returned_at=None).select_related("order__customer")
    with_whom = {loan.loaner_id: loan for loan in out}
    context = {
        "rows": [
            {
                "loaner": loaner, "loan": with_whom.get(loaner.pk),
                "asks": refused.get(loaner.pk) or RetireForm(auto_id=f"retire_{loaner.pk}_%s")
                if actor.may("intake.retire_loaner", on=loaner)
                else None,
            }
            for loaner in units
        ],
        "form": form,
    }  # fmt: skip
    return render(request, "reception/loaners.html", context, status=422 if form.errors or refused else 200)
