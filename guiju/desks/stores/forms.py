"""The forms of the stores."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import LOT_LONGEST, Bin
from guiju.books.stock.queries import Lying
from guiju.books.stock.rules import Which
from guiju.desks.common import forms
from guiju.desks.common.words import quantity as in_words
from guiju.desks.stores.heaps import SerialsField
from guiju.line.storeroom.rules import PROCUREMENT_LABELS, ProcurementKind
from guiju.standing.catalogue.models import Part


class BinChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """A bin, said with what is free in it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Bin.objects.none(), empty_label=None, **more)
        self.lying: Mapping[int, Lying] = {}

    def offer(self, lying: Sequence[Lying]) -> None:
        """Offer these bins."""
        self.lying = {each.bin.pk: each for each in lying}
        self.queryset = Bin.objects.filter(pk__in=self.lying).select_related("store")

    def label_from_instance(self, bin: Bin) -> str:
        """Where it is, and how many are free."""
        there = self.lying[bin.pk]
        free = in_words(there.available, there.part.base_unit)
        return say("%(bin)s: %(free)s free") % {"bin": bin, "free": free}


class ReserveForm(forms.Form):
    """From which bin the part is taken."""

    bin = BinChoice(label=_("Bin"))

    def __init__(self, *args: Any, lying: Sequence[Lying], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["bin"].offer(lying)  # type: ignore[attr-defined]
        self.offers_any = bool(lying)


class NoneForm(forms.Form):
    """How the part is got, and when it should come."""

    kind = plain.TypedChoiceField(
        label=_("How we get it"),
        choices=[(kind.value, _(PROCUREMENT_LABELS[kind])) for kind in ProcurementKind],
        coerce=ProcurementKind,
        widget=plain.RadioSelect,
        initial=ProcurementKind.PURCHASE.value,
    )
    expected_on = forms.DayField(label=_("Expected on"), required=False)
    basis = plain.CharField(
        label=_("Where this date is from"),
        max_length=200,
        required=False,
        help_text=_("For example: the supplier on the phone, the order confirmation, our own estimate."),
    )

    is_emergency = plain.BooleanField(
        label=_("Buy it at once"),
        required=False,
        help_text=_("An emergency purchase: the manager approves it in one step, and it is reviewed afterwards."),
    )

    def clean(self) -> dict[str, Any]:
        """A date says where it is from: the customer signs for it (S6-19)."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("expected_on") and not data.get("basis", "").strip():
            self.add_error("basis", _("Say where this date is from."))
        return data


class ExpectForm(forms.Form):
    """A new date for what is on order."""

    expected_on = forms.DayField(label=_("Expected on"))
    basis = plain.CharField(label=_("Where this date is from"), max_length=200)


class TakeBackForm(forms.Form):
    """How many come back unused."""

    quantity = plain.IntegerField(label=_("How many come back"), min_value=1, max_value=1_000_000)


class ReceiveForm(forms.Form):
    """What a delivery brought."""

    document = plain.CharField(
        label=_("Delivery note"), max_length=60, help_text=_("The number on the supplier's delivery note.")
    )
    part = plain.CharField(label=_("Part"), max_length=60, help_text=_("Scan or type the part number."))
    quantity = plain.IntegerField(label=_("How many came"), min_value=1, max_value=1_000_000)
    bin = plain.ModelChoiceField(label=_("Bin"), queryset=Bin.objects.none(), empty_label=None)
    lot = plain.CharField(label=_("Lot"), max_length=LOT_LONGEST, required=False)
    expires_on = forms.DayField(label=_("To be used until"), required=False)
    serials = SerialsField(required=False)

    def __init__(self, *args: Any, bins: QuerySet[Bin], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["bin"].queryset = bins  # type: ignore[attr-defined]
        self.fields["part"].widget.attrs.update({"list": "part-codes", "autocomplete": "off"})

    def clean_part(self) -> Part:
        """The part of that number, however it is written."""
        part = Part.objects.filter(code__iexact=self.cleaned_data["part"].strip()).first()
        if part is None:
            raise plain.ValidationError(_("No part has this number. Look it up in the catalogue."))
        return part

    def clean(self) -> dict[str, Any]:
        """Which pieces, in one word."""
        data: dict[str, Any] = super().clean() or {}
        told = {name: data.pop(name, None) for name in ("lot", "expires_on", "serials")}
        return data | {
            "which": Which(lot=told["lot"] or "", expires_on=told["expires_on"], serials=told["serials"] or ())
        }

    @property
    def is_tracked(self) -> bool:
        """Whether the part asks for its lot or its serials, or one of them was typed: then they are not folded away."""
        typed = str(self["part"].value() or "").strip()
        tracked = Part.objects.filter(Q(is_serialised=True) | Q(tracks_lots=True), code__iexact=typed).exists()
        return tracked or any(self[name].value() or self[name].errors for name in ("lot", "expires_on", "serials"))
