"""What a part is for, said on its card: a model by its maker and type, a kind of appliance, and why."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Model, Part, ProductLine


class _FitForm(forms.Form):
    """Of one part, and why."""

    reason = plain.CharField(label=_("Why"), max_length=300, help_text=_("Such as the maker's list and its day."))

    def __init__(self, *args: Any, part: Part, **more: Any) -> None:
        super().__init__(*args, **more)
        self.part = part
        self.fill()

    def fill(self) -> None:
        """Offer what there is."""


class ModelForm(_FitForm):
    """A model as the files name it."""

    model = plain.CharField(
        label=_("Model"), max_length=160, help_text=_("With its maker where several have it: Midea:KFR-35GW.")
    )
    field_order = ("model", "reason")

    def clean_model(self) -> Model:
        """The one model of that name."""
        brand, _colon, code = self.cleaned_data["model"].rpartition(":")
        rows = Model.objects.filter(code__iexact=code.strip()).select_related("brand")
        if brand.strip():
            rows = rows.filter(brand__name__iexact=brand.strip()) | rows.filter(brand__code__iexact=brand.strip())
        found = list(rows[:2])
        if not found:
            raise plain.ValidationError(_("No model has this name. Enter it in the catalogue first."))
        if len(found) > 1:
            raise plain.ValidationError(_("Several makers have this model. Write the maker before it."))
        return found[0]


class NamedModelForm(_FitForm):
    """One of the models that the part names."""

    model = plain.ModelChoiceField(label=_("Model"), queryset=Model.objects.none(), empty_label=None)
    field_order = ("model", "reason")

    def fill(self) -> None:
        """Those that it names."""
        field: Any = self.fields["model"]
        field.queryset = Model.objects.filter(pk__in=[each.pk for each in catalogue.models_of(self.part)])
        field.label_from_instance = lambda row: row.code


class LineForm(_FitForm):
    """A kind of appliance that the part is not for yet."""

    line = plain.ModelChoiceField(label=_("Kind of appliance"), queryset=ProductLine.objects.none(), empty_label=None)
    field_order = ("line", "reason")

    def fill(self) -> None:
        """The others."""
        self._offer(ProductLine.objects.exclude(pk__in=self.part.lines.values("pk")))

    def _offer(self, rows: Any) -> None:
        field: Any = self.fields["line"]
        field.queryset = rows.order_by("code")
        field.label_from_instance = lambda row: row.name


class NamedLineForm(LineForm):
    """One of the kinds that it is for."""

    def fill(self) -> None:
        """Those that it is for."""
        self._offer(ProductLine.objects.filter(pk__in=self.part.lines.values("pk")))
