"""The forms of requisitions: ask, hand out, take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import Bin, Store
from guiju.books.stock.queries import Lying
from guiju.desks.common import forms
from guiju.desks.stores.forms import BinChoice
from guiju.desks.stores.heaps import serials_in
from guiju.desks.stores.transfer_forms import ROWS, part_of
from guiju.readiness.requisitions.actions import Pick, Wish
from guiju.readiness.requisitions.models import RequisitionLine
from guiju.standing.catalogue.models import Part


class AskForm(forms.Form):
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
        for row in range(1, ROWS + 1):
            is_first = row == 1
            self.fields[f"part_{row}"] = plain.CharField(label=_("Part"), max_length=60, required=is_first)
            self.fields[f"part_{row}"].widget.attrs.update({"list": "part-codes", "autocomplete": "off"})
            self.fields[f"quantity_{row}"] = plain.IntegerField(
                label=_("How many"), required=is_first, min_value=1, max_value=1_000_000
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The lines as the page draws them."""
        return [(self[f"part_{row}"], self[f"quantity_{row}"]) for row in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        """The lines as wishes."""
        data: dict[str, Any] = super().clean() or {}
        wishes = []
        for row in range(1, ROWS + 1):
            code, quantity = data.pop(f"part_{row}", ""), data.pop(f"quantity_{row}", None)
            if not code:
                continue
            try:
                part = part_of(code)
            except plain.ValidationError as unknown:
                self.add_error(f"part_{row}", unknown)
                continue
            if quantity is None:
                self.add_error(f"quantity_{row}", _("This is needed."))
                continue
            wishes.append(Wish(part, quantity))
        return data | {"wishes": wishes}


class HandOutForm(forms.Form):
    """Of each line, out of which bin and how many; what is not to be had is left empty."""

    def __init__(
        self, *args: Any, lines: Sequence[RequisitionLine], lying: Mapping[int, Sequence[Lying]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lines = list(lines)
        for line in self.lines:
            there = lying.get(line.part_id, ())
            bins = BinChoice(label=_("Bin"), required=False)
            bins.offer(there)
            self.fields[f"bin_{line.pk}"] = bins
            first = min(line.wanted, max((each.available for each in there), default=0)) or None
            self.fields[f"quantity_{line.pk}"] = plain.IntegerField(
                label=_("How many"), required=False, initial=first, min_value=0, max_value=1_000_000
            )

    @property
    def rows(self) -> list[tuple[RequisitionLine, Any, Any]]:
        """The lines as the page draws them."""
        return [(line, self[f"bin_{line.pk}"], self[f"quantity_{line.pk}"]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        """What is picked."""
        data: dict[str, Any] = super().clean() or {}
        picks = []
        for line in self.lines:
            bin, quantity = data.pop(f"bin_{line.pk}", None), data.pop(f"quantity_{line.pk}", None)
            if not quantity:
                continue
            if bin is None:
                self.add_error(f"bin_{line.pk}", _("Out of which bin?"))
                continue
            picks.append(Pick(line.part, bin, quantity))
        return data | {"picks": picks}


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
