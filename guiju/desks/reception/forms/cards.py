"""The forms of customers' and appliances' cards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as plain
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.kernel.words import language_of
from guiju.standing.catalogue.models import Brand, Model, ProductLine
from guiju.standing.customers import rules as customers

# Each language is named in itself, as in the frame.
LANGUAGES = (("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English"))


def _one_line(**attributes: str) -> plain.TextInput:
    return plain.TextInput(attrs={"autocomplete": "off", **attributes})


class CustomerForm(forms.Form):
    """A new customer's card."""

    phone = forms.PhoneField(label=_("Telephone"))
    name = plain.CharField(label=_("Name"), max_length=customers.NAME_LONGEST, widget=_one_line())
    kind = plain.ChoiceField(
        label=_("Private or company"),
        choices=[(customers.Kind.PERSON.value, _("Private person")), (customers.Kind.COMPANY.value, _("Company"))],
        initial=customers.Kind.PERSON.value,
    )
    language = plain.ChoiceField(
        label=_("Speaks"),
        choices=LANGUAGES,
        help_text=_("Papers and messages are written in it."),
    )
    consent_service = plain.BooleanField(
        label=_("We may call and write about the repair."),
        error_messages={"required": _("Without this consent we could not say when the appliance is ready.")},
    )
    consent_marketing = plain.BooleanField(label=_("We may also send offers."), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Most customers speak as the clerk does who serves them.
        self.fields["language"].initial = language_of(get_language())


class PhoneForm(forms.Form):
    """One more number for the card."""

    phone = forms.PhoneField(label=_("Another telephone"))


class ApplianceForm(forms.Form):
    """A machine that is new to us."""

    line = plain.ModelChoiceField(
        ProductLine.objects.none(), label=_("Kind of appliance"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )  # fmt: skip
    brand = plain.CharField(label=_("Brand"), max_length=120, widget=_one_line(list="brands"))
    model = plain.CharField(
        label=_("Model"), max_length=40, required=False, widget=_one_line(list="models"),
        help_text=_("As the plate says; leave it empty when the list does not have it."),
    )  # fmt: skip
    serial = plain.CharField(
        label=_("Serial number"), max_length=60, required=False, widget=_one_line(autocapitalize="characters"),
        help_text=_("Scan or type it; leave it empty when the plate is gone."),
    )  # fmt: skip
    purchased_on = forms.DayField(
        label=_("Bought on"), required=False, help_text=_("The warranty counts from this day.")
    )
    invoice_no = plain.CharField(label=_("Invoice number"), max_length=60, required=False, widget=_one_line())
    invoice_minor = forms.MoneyField(label=_("Price paid"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        lines: Any = self.fields["line"]
        lines.queryset = ProductLine.objects.filter(is_active=True)
        lines.label_from_instance = lambda line: line.name

    def clean_purchased_on(self) -> date | None:
        """The catalogue refuses a day that has not come; its sentence stands at this field."""
        day: date | None = self.cleaned_data["purchased_on"]
        return day

    def clean(self) -> dict[str, Any]:
        """The model's row, where the brand and the kind of appliance have one of that name."""
        data = super().clean() or self.cleaned_data
        typed = (data.get("model") or "").strip()
        data["model"] = None
        if typed and data.get("line") and data.get("brand"):
            data["model"] = Model.objects.filter(
                brand__name__iexact=data["brand"].strip(), line=data["line"], code__iexact=typed
            ).first()
            if data["model"] is None:
                self.add_error(
                    "model", _("The list of this brand has no such model. Choose one of it, or leave this empty.")
                )
        return data

    def known_brands(self) -> list[str]:
        """The brands that the field offers while one types."""
        return list(Brand.objects.values_list("name", flat=True)[:200])

    def known_models(self) -> list[str]:
        """The models that the field offers while one types."""
        return list(Model.objects.filter(is_active=True).values_list("code", flat=True)[:500])


class NewcomerForm(CustomerForm, ApplianceForm):
    """A new customer who brings an appliance; or the card alone."""

    field_order = ("phone", "name")
    APPLIANCE_FIELDS = tuple(ApplianceForm.base_fields)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.is_card_only:
            for name in ("line", "brand"):
                self.fields[name].required = False

    @property
    def is_card_only(self) -> bool:
        """The customer has nothing to repair today."""
        return bool(self.data.get("card_only"))

    def cards(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was typed about the customer, and about the appliance."""
        about = {name: self.cleaned_data[name] for name in self.APPLIANCE_FIELDS}
        return {name: value for name, value in self.cleaned_data.items() if name not in about}, about
