"""The form of the leaflet for the product box."""

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.kernel.words import LANGUAGES
from guiju.standing.catalogue.models import Model
from guiju.standing.pricing.models import PriceList
from guiju.standing.pricing.rules import State

LANGUAGE_NAMES = {"en": "English", "zh-hans": "简体中文", "zh-hant": "繁體中文"}
MODELS_MAX = 300


class LeafletForm(forms.Form):
    """For which model and which machines a published list is printed, and in which languages."""

    price_list = plain.ModelChoiceField(label=_("Price list"), queryset=PriceList.objects.none(), empty_label=None)
    model = plain.CharField(label=_("Model"), max_length=40, widget=plain.TextInput(attrs={"list": "models"}))
    languages = plain.MultipleChoiceField(
        label=_("Languages"),
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        widget=plain.CheckboxSelectMultiple,
        help_text=_("A side of A5 for each."),
    )
    serial_from = plain.CharField(label=_("From serial number"), max_length=60, required=False)
    serial_to = plain.CharField(label=_("To serial number"), max_length=60, required=False)
    batch = plain.CharField(label=_("Or batch"), max_length=60, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        published = PriceList.objects.filter(state=State.PUBLISHED.value).order_by("-starts_on", "-pk")
        self.fields["price_list"].queryset = published  # type: ignore[attr-defined]

    def clean_model(self) -> Model:
        """The model of that code."""
        code = self.cleaned_data["model"].strip()
        found = Model.objects.filter(code__iexact=code, is_active=True).select_related("brand", "line").first()
        if found is None:
            raise plain.ValidationError(_("We know no model of this code."))
        return found
