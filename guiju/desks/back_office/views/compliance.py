"""How far each outlet keeps to the published list, and what should go back to customers."""

from datetime import date, timedelta
from itertools import islice

from django import forms as plain
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.desks.back_office.sections import enter
from guiju.desks.common import forms
from guiju.desks.common.asked import Request
from guiju.desks.common.perform import perform
from guiju.kernel.refusing import NotAllowed
from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Bill
from guiju.line.cashier.rules import OVERCHARGED_LABELS

DAYS = 90
# A page reads so many bills; `guiju scan_prices` reads all.
BILLS_MAX = 2_000


class SpanForm(forms.Form):
    """Which bills are looked at."""

    since = forms.DayField(label=_("From the day"))
    until = forms.DayField(label=_("To the day"))

    def clean(self) -> dict[str, date]:
        """The one day is not after the other."""
        data: dict[str, date] = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            raise plain.ValidationError(_("The first day is after the last."))
        return data


@require_safe
def compliance(request: Request) -> HttpResponse:
    """By outlet how many charges are within the list, and each that is not, with what should go back."""
    context = enter(request.actor, "prices")
    if not request.actor.may("cashier.see"):
        raise NotAllowed
    until = now().date()
    form = SpanForm(request.GET or {"since": until - timedelta(days=DAYS), "until": until})
    outlets: list[queries.Compliance] = []
    odd: list[queries.Judged] = []
    months: list[queries.Compliance] = []
    is_cut = False
    if form.is_valid():
        bills = queries.bills_between(form.cleaned_data["since"], form.cleaned_data["until"], by=request.actor)
        is_cut = bills.count() > BILLS_MAX
        found = list(islice(queries.scan(bills), BILLS_MAX))
        outlets, odd = queries.by_outlet(found)
        months = queries.by_month(found)
    more = {
        "form": form,
        "outlets": outlets,
        "odd": odd,
        "months": months,
        "is_cut": is_cut,
        "most": BILLS_MAX,
        "words": {kind.value: gettext(word) for kind, word in OVERCHARGED_LABELS.items()},
        "may_propose": request.actor.may("cashier.propose_refund"),
    }
    return render(request, "back_office/compliance.html", {**context, **more}, status=422 if form.errors else 200)


@require_POST
def propose(request: Request, number: str) -> HttpResponse:
    """Propose that what was too much on a bill goes back."""
    enter(request.actor, "prices")
    seen = Bill.objects.filter(request.actor.scope("cashier.see").q(unit="order__unit"))
    bill = get_object_or_404(seen.select_related("order"), number=number)
    if not request.actor.may("cashier.propose_refund", on=bill):
        raise NotAllowed
    if perform(request, None, lambda _data: cashier.propose_refund(bill, by=request.actor, at=now()).pk):
        messages.success(request, gettext("The refund is proposed; the outlet manager or finance approves it."))
    return redirect("back_office:compliance")
