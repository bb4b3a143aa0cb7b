"""The forms of requisitions: ask, take back."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import Bin, Store
from guiju.desks.common import forms
from guiju.desks.stores.heaps import serials_in
from guiju.desks.stores.picking import WishesForm, part_of
from guiju.standing.catalogue.models import Part


class AskForm(WishesForm):
    """Out of which store, which parts, and what for."""

    store = plain.ModelChoiceField(label=_("Store"), queryset=Store.objects.none(), empty_label=None)
    purpose = plain.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("No job needs them: a tool, a consumable, a piece for the window."),
    )

    def __init__(self, *args: Any, stores: QuerySet[Store], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]


class BackForm(forms.Form):
    """The bin first, then what goes back into it."""

    bin = plain.ModelChoiceField(label=_("Bin"), queryset=Bin.objects.none(), empty_label=None)
    part = plain.CharField(label=_("Part"), max_length=60, help_text=_("Scan or type the part number."))
    quantity = plain.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)
    serials = plain.CharField(
        label=_("Serial numbers"), required=False, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Only of a part that is tracked by them: one a line."),
    )  # fmt: skip

    def __init__(self, *args: Any, bins: QuerySet[Bin], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["bin"].queryset = bins  # type: ignore[attr-defined]
        self.fields["part"].widget.attrs.update({"list": "part-codes", "autocomplete": "off"})

    def clean_part(self) -> Part:
        """The part of that number, however it is written."""
        return part_of(self.cleaned_data["part"])

    def clean_serials(self) -> tuple[str, ...]:
        """One a line."""
        return serials_in(self.cleaned_data["serials"])
