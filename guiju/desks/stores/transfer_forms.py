"""The forms of transfers: ask, send, receive, declare lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import Bin, Store
from guiju.books.stock.queries import Lying
from guiju.books.stock.rules import CONDITION_LABELS, Condition
from guiju.desks.common import forms
from guiju.desks.stores.forms import BinChoice
from guiju.desks.stores.heaps import serials_in
from guiju.readiness.transfers.actions import Pick, Wish
from guiju.readiness.transfers.models import TransferLine
from guiju.readiness.transfers.queries import Elsewhere
from guiju.readiness.transfers.rules import CAUSE_LABELS, Cause
from guiju.standing.catalogue.models import Part

# As many lines as a sheet on the counter holds; more are asked for by a second transfer.
ROWS = 5


def _how_many(label: Any, *, required: bool = True, **more: Any) -> plain.IntegerField:
    return plain.IntegerField(label=label, required=required, min_value=1, max_value=1_000_000, **more)


def part_of(code: str) -> Part:
    """The part of that number, however it is written.

    raises   ValidationError
    """
    found = Part.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise plain.ValidationError(_("No part has this number. Look it up in the catalogue."))
    return found


class AskForm(forms.Form):
    """From which store, into which of one's own, which parts, and what for."""

    source = plain.ChoiceField(label=_("From which store"))
    target = plain.ModelChoiceField(label=_("Into which store"), queryset=Store.objects.none(), empty_label=None)
    reason = plain.CharField(label=_("What for"), max_length=200)
    need_by = forms.DayField(label=_("Needed by"), required=False)

    def __init__(self, *args: Any, own: QuerySet[Store], others: Sequence[Elsewhere], **more: Any) -> None:
        super().__init__(*args, **more)
        self.others = {str(each.store.pk): each.store for each in others}
        names = [(str(each.store.pk), f"{each.unit_code} {each.store.code} {each.unit_name}") for each in others]
        self.fields["source"].choices = names  # type: ignore[attr-defined]
        self.fields["target"].queryset = own  # type: ignore[attr-defined]
        for row in range(1, ROWS + 1):
            is_first = row == 1
            self.fields[f"part_{row}"] = plain.CharField(label=_("Part"), max_length=60, required=is_first)
            self.fields[f"part_{row}"].widget.attrs.update({"list": "part-codes", "autocomplete": "off"})
            self.fields[f"quantity_{row}"] = _how_many(_("How many"), required=is_first)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The lines as the page draws them."""
        return [(self[f"part_{row}"], self[f"quantity_{row}"]) for row in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        """The stores as rows, the lines as wishes."""
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
        return data | {"source": self.others.get(data.get("source", "")), "wishes": wishes}


class SendForm(forms.Form):
    """Of each line, out of which bin and how many; a line that is not to be had is left empty."""

    carrier = plain.CharField(label=_("Who takes it"), max_length=120, required=False)

    def __init__(
        self, *args: Any, lines: Sequence[TransferLine], lying: Mapping[int, Sequence[Lying]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lines = list(lines)
        for line in self.lines:
            bins = BinChoice(label=_("Bin"), required=False)
            bins.offer(lying.get(line.part_id, ()))
            self.fields[f"bin_{line.pk}"] = bins
            free = max((each.available for each in lying.get(line.part_id, ())), default=0)
            first = min(line.wanted, free) or None
            self.fields[f"quantity_{line.pk}"] = plain.IntegerField(
                label=_("How many"), required=False, initial=first, min_value=0, max_value=1_000_000
            )

    @property
    def rows(self) -> list[tuple[TransferLine, Any, Any]]:
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


class ArriveForm(forms.Form):
    """The bin first, then what goes into it: scanned one after another."""

    bin = plain.ModelChoiceField(label=_("Bin"), queryset=Bin.objects.none(), empty_label=None)
    part = plain.CharField(label=_("Part"), max_length=60, help_text=_("Scan or type the part number."))
    quantity = _how_many(_("How many came"))
    condition = plain.TypedChoiceField(
        label=_("Condition"),
        choices=[
            (each.value, _(CONDITION_LABELS[each]))
            for each in (Condition.GOOD, Condition.DEFECTIVE, Condition.QUARANTINED)
        ],
        coerce=Condition,
        initial=Condition.GOOD.value,
    )
    serials = plain.CharField(
        label=_("Serial numbers"),
        required=False,
        widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Only of a part that is tracked by them: one a line."),
    )

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


class LossForm(forms.Form):
    """What will not come, and what was found out about it."""

    part = plain.ModelChoiceField(label=_("Part"), queryset=Part.objects.none(), empty_label=None)
    quantity = _how_many(_("How many"))
    cause = plain.TypedChoiceField(
        label=_("What happened"),
        choices=[(each.value, _(CAUSE_LABELS[each])) for each in Cause],
        coerce=Cause,
        widget=plain.RadioSelect,
        initial=Cause.SHORT.value,
    )
    reason = plain.CharField(label=_("What was found out"), max_length=200)

    def __init__(self, *args: Any, lines: Sequence[TransferLine], **more: Any) -> None:
        super().__init__(*args, **more)
        left = [line for line in lines if line.on_the_way]
        self.fields["part"].queryset = Part.objects.filter(pk__in=[line.part_id for line in left])  # type: ignore[attr-defined]
        if left:
            self.initial.setdefault("quantity", left[0].on_the_way)


class WhyForm(forms.Form):
    """Why it is not sent."""

    reason = plain.CharField(label=_("Why"), max_length=200)
