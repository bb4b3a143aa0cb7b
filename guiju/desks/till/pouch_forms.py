"""The forms of pouches that are handed in, and of petty cash."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.fields import PhotosField
from guiju.desks.common.second import SignForm
from guiju.desks.till.banking_forms import CountersignForm
from guiju.line.banking.rules.handing import CAUSE_LABELS, Cause
from guiju.line.banking.rules.petty import EXPENSE_LABELS, Expense
from guiju.standing.people.models import Person, Unit
from guiju.standing.people.rules import Status


def staff(unit: Unit) -> Any:
    """Who works at the outlet."""
    return Person.objects.filter(unit=unit, status=Status.ACTIVE).order_by("name")


class CountPouchForm(SignForm):
    """What the cashier counts of what was brought, blind, and signs for."""

    pieces = forms.PiecesField(label=_("What you counted"), help_text=_("All that was brought, note by note."))
    field_order = ("pieces", "password")


class ExplainForm(CountersignForm):
    """Why the count differs: whoever brought it signs, on whoever's screen it is."""

    cause = plain.TypedChoiceField(
        label=_("Why it differs"), choices=[(each.value, _(CAUSE_LABELS[each])) for each in Cause], coerce=Cause
    )
    note = plain.CharField(label=_("What happened"), max_length=300)
    field_order = ("cause", "note", "username", "password")


class BoxForm(forms.Form):
    """A box of petty cash."""

    code = plain.CharField(label=_("Code"), max_length=12)
    keeper = plain.ModelChoiceField(label=_("Who answers for it"), queryset=Person.objects.none())
    float_minor = forms.MoneyField(label=_("Float"), min_minor=1)

    def __init__(self, *args: Any, unit: Unit, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["keeper"].queryset = staff(unit)  # type: ignore[attr-defined]


class SpendForm(forms.Form):
    """What was paid out of petty cash, with its paper."""

    kind = plain.TypedChoiceField(
        label=_("What for"), choices=[(each.value, _(EXPENSE_LABELS[each])) for each in Expense], coerce=Expense
    )
    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)
    reason = plain.CharField(label=_("Why"), max_length=300)
    voucher = plain.CharField(
        label=_("Number of the paper"), max_length=60, help_text=_("Of the bill, or of the slip that was signed.")
    )
    photo = PhotosField(label=_("Picture of the paper"), count_min=0, count_max=1, required=False)


class TopUpForm(forms.Form):
    """How much finance puts in."""

    amount_minor = forms.MoneyField(label=_("Amount"), min_minor=1)


class RejectForm(forms.Form):
    """Why an expense is not approved."""

    reason = plain.CharField(label=_("Why not"), max_length=300)


class CountBoxForm(forms.Form):
    """What somebody else counts in the box."""

    pieces = forms.PiecesField(label=_("What lies in the box"))
    reason = plain.CharField(label=_("Why it differs"), max_length=300, required=False)


class KeeperForm(CountBoxForm):
    """Who answers for the box from now on; it is counted between the two."""

    keeper = plain.ModelChoiceField(label=_("Who answers for it"), queryset=Person.objects.none())
    field_order = ("keeper", "pieces", "reason")

    def __init__(self, *args: Any, unit: Unit, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["keeper"].queryset = staff(unit)  # type: ignore[attr-defined]
