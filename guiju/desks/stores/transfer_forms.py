"""The forms of transfers: ask, send, receive, declare lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import CONDITION_LABELS, Condition
from guiju.desks.common import forms
from guiju.desks.stores.heaps import serials_in
from guiju.desks.stores.picking import PicksForm, WishesForm, part_of
from guiju.readiness.transfers.models import TransferLine
from guiju.readiness.transfers.queries import Elsewhere
from guiju.readiness.transfers.rules import CAUSE_LABELS, Cause
from guiju.standing.catalogue.models import Part


def _how_many(label: Any, *, required: bool = True, **more: Any) -> plain.IntegerField:
    return plain.IntegerField(label=label, required=required, min_value=1, max_value=1_000_000, **more)


class AskForm(WishesForm):
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

    def clean(self) -> dict[str, Any]:
        """The stores as rows."""
        data = super().clean()
        return data | {"source": self.others.get(data.get("source", ""))}


class SendForm(PicksForm):
    """What is sent, and who takes it."""

    carrier = plain.CharField(label=_("Who takes it"), max_length=120, required=False)


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
