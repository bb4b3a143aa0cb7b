"""The forms of the store itself: the weekly inspection, the thermometer, and what fights fire."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.readiness.upkeep import rules


class InspectForm(forms.Form):
    """What was seen, item by item; a tick says that it is in order (6.26)."""

    note = plain.CharField(label=_("What is not in order, and what is done about it"), max_length=300, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for item, label in rules.ITEM_LABELS.items():
            self.fields[item.value] = plain.BooleanField(label=_(label), required=False)
        self.order_fields([*(item.value for item in rules.Item), "note"])

    def clean(self) -> dict[str, Any]:
        """The items in one piece, as the verb takes them."""
        data: dict[str, Any] = super().clean() or {}
        return {"results": {item: data.get(item.value, False) for item in rules.Item}, "note": data.get("note", "")}


class ClimateForm(forms.Form):
    """What the thermometer and the hygrometer show."""

    celsius = plain.DecimalField(
        label=_("Temperature in °C"), min_value=-60, max_value=80, max_digits=4, decimal_places=1
    )
    humidity = plain.DecimalField(label=_("Humidity in %"), min_value=0, max_value=100, max_digits=4, decimal_places=1)

    def clean(self) -> dict[str, Any]:
        """In tenths, as they are kept."""
        data: dict[str, Any] = super().clean() or {}
        return {f"{name}_tenths": int(data[name] * 10) for name in ("celsius", "humidity") if name in data}


class ActForm(forms.Form):
    """What was done about it."""

    action = plain.CharField(label=_("What was done about it"), max_length=300)


class FireForm(forms.Form):
    """Something that fights fire."""

    kind = plain.ChoiceField(
        label=_("What"), choices=[(each.value, _(label)) for each, label in rules.FIRE_LABELS.items()]
    )
    number = plain.CharField(label=_("Number"), max_length=40)
    place = plain.CharField(label=_("Where it is"), max_length=80)
    expires_on = forms.DayField(label=_("Serves until"))
    next_check_on = forms.DayField(label=_("Looked at again on"))


class FireCheckForm(forms.Form):
    """It was looked at."""

    next_check_on = forms.DayField(label=_("Looked at again on"))
    expires_on = forms.DayField(label=_("Serves until"))
