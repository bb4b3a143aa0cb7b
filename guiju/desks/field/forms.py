"""The forms of cash in hand: taken at the customer's home, offered, and signed for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.second import SignForm
from guiju.line.banking.rules.handing import CAUSE_LABELS, Cause
from guiju.line.cashier.rules import LEFT_BY, METHOD_LABELS, Method
from guiju.standing.people.models import Person


class PayForm(forms.Form):
    """How the customer pays at home, and how much."""

    method = plain.TypedChoiceField(
        label=_("How"), choices=[(each.value, _(METHOD_LABELS[each])) for each in LEFT_BY], coerce=Method,
        widget=plain.RadioSelect, initial=Method.CASH.value,
    )  # fmt: skip
    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)
    tendered_minor = forms.MoneyField(
        label=_("Cash that the customer gives"), required=False, help_text=_("The change is shown next.")
    )
    terminal_ref = plain.CharField(label=_("Number on the card slip or of the transfer"), required=False, max_length=60)


class OfferForm(forms.Form):
    """To whom: a colleague, or the till."""

    to = plain.ModelChoiceField(label=_("To whom"), queryset=Person.objects.none(), required=False)

    def __init__(self, *args: Any, receivers: Sequence[Person], to_the_till: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["to"]
        field.queryset = Person.objects.filter(pk__in=[each.pk for each in receivers]).order_by("name")
        field.required = not to_the_till
        field.empty_label = _("The till") if to_the_till else None


class ExplainForm(SignForm):
    """Why what was counted differs from the receipts."""

    cause = plain.TypedChoiceField(
        label=_("Why it differs"), choices=[(each.value, _(CAUSE_LABELS[each])) for each in Cause], coerce=Cause
    )
    note = plain.CharField(label=_("What happened"), max_length=300)
    field_order = ("cause", "note", "password")


class NoteForm(forms.Form):
    """Why it is not taken."""

    note = plain.CharField(label=_("Why you do not take it"), max_length=300)
