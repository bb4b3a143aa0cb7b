"""What each person types about an exchange."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms, words
from guiju.line.exchange import queries
from guiju.line.exchange.models import ExchangeCase, ExchangeUnit
from guiju.line.exchange.rules import CHOICE_LABELS, DISPOSITION_LABELS, Disposition
from guiju.standing.catalogue.models import Brand, Model, ProductLine


def _text(label: Any, *, most: int = 400, required: bool = True, help_text: Any = "") -> plain.CharField:
    return plain.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=plain.Textarea(attrs={"rows": 2})
    )


class OfCase(forms.Form):
    """A form that knows its case."""

    def of_case(self, case: ExchangeCase) -> None:
        """Take from the case what the form offers."""


class NothingForm(OfCase):
    """A step that needs no words."""


class AppraisalForm(OfCase):
    """What the technician found."""

    fault_confirmed = plain.BooleanField(label=_("The fault that is complained of is there."), required=False)
    serial_verified = plain.BooleanField(label=_("The serial number on the plate is that of the card."), required=False)
    proof_verified = plain.BooleanField(label=_("I have seen the invoice or the guarantee card."), required=False)
    findings = plain.CharField(label=_("Findings"), max_length=4000, widget=plain.Textarea(attrs={"rows": 4}))

    def of_case(self, case: ExchangeCase) -> None:
        """What was written before stands there, to be mended."""
        if case.appraised_at is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(case, name))


class ApproveForm(OfCase):
    """What the customer chose."""

    choice = plain.ChoiceField(label=_("What the customer chose"), widget=plain.RadioSelect)
    note = _text(_("Note"), required=False)

    def of_case(self, case: ExchangeCase) -> None:
        """Only what the ground gives."""
        field: Any = self.fields["choice"]
        field.choices = [(each.value, _(CHOICE_LABELS[each])) for each in queries.choices(case)]
        if len(field.choices) == 1:
            self.initial.setdefault("choice", field.choices[0][0])


class ReasonForm(OfCase):
    """Why."""

    reason = _text(_("Reason"), help_text=_("At least five letters."))


class AllocateForm(OfCase):
    """Which unit is kept: a new one of the same model, or the one for which the customer has signed."""

    other = plain.ModelChoiceField(
        ExchangeUnit.objects.none(), label=_("Other unit"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("This unit is not here to be given. Choose another one.")},
    )  # fmt: skip

    def of_case(self, case: ExchangeCase) -> None:
        """What stands here for nobody, new ones of the same model first; what was agreed to is chosen."""
        _fitting(self.fields["other"], case)
        offer = queries.offer_of(case)
        if offer is not None and offer.agreed_at is not None:
            self.initial.setdefault("other", offer.other_id)


class OfferForm(OfCase):
    """Which unit is offered, and what it costs where the list of units does not say it."""

    other = plain.ModelChoiceField(
        ExchangeUnit.objects.none(), label=_("Other unit"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("This unit is not here to be given. Choose another one.")},
    )  # fmt: skip
    price_minor = forms.MoneyField(
        label=_("What it costs today"), required=False, min_minor=1,
        help_text=_("Only where no price stands beside the unit. The difference is reckoned from it."),
    )  # fmt: skip

    def of_case(self, case: ExchangeCase) -> None:
        """What stands here for nobody."""
        _fitting(self.fields["other"], case)


class AgreeForm(OfCase):
    """The customer's name under the unit and its difference in price."""

    consent = forms.SignatureField(label=_("Customer's signature"))

    def of_case(self, case: ExchangeCase) -> None:
        """The customer's own name is offered."""
        self.fields["consent"].initial = case.order.customer.name


class DeclineForm(OfCase):
    """The customer does not want it, and perhaps says what instead."""

    note = _text(_("What the customer would like instead"), required=False)


def _fitting(field: Any, case: ExchangeCase) -> None:
    currency = case.currency

    def label(unit: ExchangeUnit) -> str:
        said = [str(unit), gettext("new") if unit.is_new else gettext("used")]
        return " · ".join([*said, words.money(unit.price_minor, currency)] if unit.price_minor else said)

    field.queryset = queries.fitting_units(case.order).order_by("-is_new", "model", "pk")
    field.label_from_instance = label


class PayForm(OfCase):
    """Under which number the money leaves."""

    bank_ref = plain.CharField(label=_("Number of the transfer"), max_length=60)


class DisposeForm(OfCase):
    """What becomes of the old unit."""

    disposition = plain.ChoiceField(
        label=_("What becomes of it"), choices=[(each.value, _(DISPOSITION_LABELS[each])) for each in Disposition]
    )
    note = _text(_("Note"), required=False)


class UnitForm(forms.Form):
    """A unit for the list."""

    brand = plain.ModelChoiceField(Brand.objects.all(), label=_("Brand"), empty_label=_("Choose …"))
    line = plain.ModelChoiceField(
        ProductLine.objects.filter(is_active=True), label=_("Product line"), empty_label=_("Choose …")
    )
    model = plain.ModelChoiceField(
        Model.objects.filter(is_active=True).select_related("brand"), label=_("Model"), required=False, empty_label="—"
    )
    serial = plain.CharField(
        label=_("Serial number"), max_length=60, widget=plain.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )  # fmt: skip
    price_minor = forms.MoneyField(
        label=_("What it costs today"), required=False, min_minor=1,
        help_text=_("Needed when it is given in the place of another model: the difference is reckoned from it."),
    )  # fmt: skip
    is_new = plain.BooleanField(label=_("New: never sold, never repaired"), required=False, initial=True)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        line: Any = self.fields["line"]
        line.label_from_instance = lambda each: each.name
        model: Any = self.fields["model"]
        model.label_from_instance = lambda each: f"{each.brand.name} {each.code}"


class RetireForm(forms.Form):
    """Why it is not given any more."""

    reason = plain.CharField(label=_("Reason"), max_length=300, help_text=_("At least five letters."))
