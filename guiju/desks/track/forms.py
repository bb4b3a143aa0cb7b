"""What a customer answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.choosing import ChoosingForm
from guiju.desks.common.widgets import SignatureInput
from guiju.line.exchange.rules import BY_RULE, GROUND_LABELS, Ground
from guiju.line.workorder.models import WorkOrder


class SignForm(forms.Form):
    """A signature."""

    signature = forms.SignatureField(label=_("Your signature"))


class SignLineForm(SignForm):
    """A signature under one line, and under no other: the line that was read stands in the form."""

    line = plain.IntegerField(widget=plain.HiddenInput)


class ApproveForm(SignForm, ChoosingForm):
    """A signature under the lines that were chosen."""


class OwnHandForm(forms.Form):
    """A signature on the signer's own telephone: drawn or typed there, because paper needs no telephone."""

    signature = forms.SignatureField(label=_("Your signature"), widget=SignatureInput(takes_paper=False))

    def clean(self) -> dict[str, Any]:
        """Only what is given on this page counts here."""
        data = super().clean() or self.cleaned_data
        if (given := data.get("signature")) and given.method not in {"DRAWN", "TYPED"}:
            self.add_error("signature", _("Sign in the box, or tick that the typed name is the signature."))
        return data


class CodeForm(ChoosingForm):
    """The six digits that came by message, for the lines that were chosen."""

    WRONG = _("This is not the code that we sent. Look at the newest message, or ask for it again.")

    code = plain.CharField(
        label=_("Code from the message"), max_length=12,
        widget=plain.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "figure"}),
    )  # fmt: skip

    def try_again(self) -> None:
        """Say that the code was wrong; the next try is another request."""
        self.add_error("code", self.WRONG)
        self.data = {name: value for name, value in self.data.items() if name != "once"}


class DeclineForm(forms.Form):
    """Why not, if the customer likes to say."""

    reason = plain.CharField(
        label=_("Reason"), max_length=400, required=False, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("You need not give one."),
    )  # fmt: skip


class RefuseForm(forms.Form):
    """Why the new date or the unit that is offered does not do."""

    note = plain.CharField(
        label=_("What would you like instead?"),
        max_length=400,
        required=False,
        widget=plain.Textarea(attrs={"rows": 2}),
    )


class AskExchangeForm(forms.Form):
    """The right on which another unit or the money is asked for, and what was paid where the card does not say it."""

    ground = plain.ChoiceField(label=_("Your right"), widget=plain.RadioSelect)
    price_minor = forms.MoneyField(
        label=_("What you paid"),
        required=False,
        min_minor=1,
        help_text=_("It stands on the invoice; bring it with you."),
    )
    reason = plain.CharField(
        label=_("What would you like to tell us?"), max_length=400, required=False, widget=plain.Textarea(attrs={"rows": 2})
    )  # fmt: skip

    def ask_of(self, order: WorkOrder, rights: Sequence[Ground]) -> None:
        """The rights that have arisen; without one, whatever was sent is answered in words."""
        field: Any = self.fields["ground"]
        field.choices = [(each.value, _(GROUND_LABELS[each])) for each in rights or sorted(BY_RULE)]
        if len(rights) == 1:
            self.initial.setdefault("ground", rights[0].value)
        if order.appliance.invoice_minor is not None:
            del self.fields["price_minor"]


class CancelForm(forms.Form):
    """Why the customer stops."""

    reason = plain.CharField(
        label=_("Reason"),
        max_length=300,
        widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("At least five letters."),
    )
