"""Fields for what is measured or checked, as the bench and the final test ask it."""

from typing import Any

from django import forms as plain
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from guiju.line.workorder.rules import ItemKind, Limit

YES_OR_NO = (("yes", _("Yes, in order")), ("no", _("No")))


class MeasuredField(plain.CharField):
    """A value that is needed to pass, and may be missing where the test fails: the form says so, not the field."""

    def validate(self, value: Any) -> None:
        """Leave the judging to the form."""


class CheckedField(plain.ChoiceField):
    """Yes or no; needed to pass alone, as above."""

    def validate(self, value: Any) -> None:
        """Refuse what is neither yes nor no."""
        if value:
            super().validate(value)


def field_for(limit: Limit) -> plain.Field:
    """The field of one item: a figure with its limits, or yes and no."""
    if limit.kind == ItemKind.CHECK:
        return CheckedField(label=limit.name, choices=YES_OR_NO, widget=plain.RadioSelect)
    return MeasuredField(
        label=f"{limit.name} ({limit.unit})" if limit.unit else limit.name,
        max_length=40,
        help_text=asked(limit),
        widget=plain.TextInput(attrs=_dress(limit)),
    )


def _dress(limit: Limit) -> dict[str, str]:
    """A figure, with its limits for the script that says beside it while one types whether it is within them."""
    limits = {"data-low": limit.low, "data-high": limit.high}
    told = {name: f"{each.normalize():f}" for name, each in limits.items() if each is not None}
    return {"inputmode": "decimal", "autocomplete": "off", "class": "figure", "data-limits": ""} | told


def asked(limit: Limit) -> str:
    """The limits as a sentence, as it stands under the field."""
    low, high = (f"{each.normalize():f}" if each is not None else "" for each in (limit.low, limit.high))
    said = {"low": low, "high": high, "unit": limit.unit}
    if not low:
        return say("At most %(high)s %(unit)s.") % said
    if not high:
        return say("At least %(low)s %(unit)s.") % said
    return say("From %(low)s to %(high)s %(unit)s.") % said
