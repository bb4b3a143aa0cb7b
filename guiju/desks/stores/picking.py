"""Forms in which parts are asked for line by line, and picked line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.books.stock import queries as stock
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.queries import Lying
from guiju.desks.common import forms
from guiju.desks.stores.forms import BinChoice
from guiju.kernel.actor import Actor
from guiju.standing.catalogue.models import Part

# As many lines as a sheet on the counter holds; more are asked for by a second paper.
ROWS = 5


class Wanted(Protocol):
    """A line of a paper that lets parts out."""

    pk: int
    part: Part
    part_id: int
    wanted: int


def part_of(code: str) -> Part:
    """The part of that number, however it is written.

    raises   ValidationError
    """
    found = Part.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise plain.ValidationError(_("No part has this number. Look it up in the catalogue."))
    return found


def lying_for(lines: Iterable[Any], store_id: int, *, by: Actor) -> dict[int, list[Lying]]:
    """What of each line's part is free in that store, by the part's key."""
    lying: dict[int, list[Lying]] = {}
    for each in stock.lying_of([line.part_id for line in lines], store_id, by=by):
        if each.available:
            lying.setdefault(each.part.pk, []).append(each)
    return lying


class WishesForm(forms.Form):
    """So many lines to write parts on; an empty one is none."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
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


class PicksForm(forms.Form):
    """Of each line, out of which bin and how many; a line that is not to be had is left empty."""

    def __init__(self, *args: Any, lines: Sequence[Wanted], lying: Mapping[int, Sequence[Lying]], **more: Any) -> None:
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
    def rows(self) -> list[tuple[Wanted, Any, Any]]:
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
