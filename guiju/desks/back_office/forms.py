"""The forms of the figures, the trail and the files."""

from collections.abc import Iterable
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.back_office.figures import measure_of
from guiju.desks.common import forms
from guiju.standing.catalogue.rules import CHOICES_OF_SHEET, Sheet
from guiju.standing.people.models import Unit
from guiju.standing.policy.rules import FAMILY_LABELS, Kind, Parameter

# What a person brings in here; the repairs of others come by `guiju import open-repair`.
SHEETS = [(code, _(label)) for code, label in CHOICES_OF_SHEET if code != Sheet.OPEN_REPAIR]
FILE_BYTES_MAX = 10 * 1024 * 1024


class FindFigureForm(forms.Form):
    """Which figures to show."""

    q = plain.CharField(label=_("Name or key"), required=False, widget=plain.SearchInput)
    family = plain.ChoiceField(
        label=_("Who answers for it"),
        required=False,
        choices=[("", _("Everything")), *((family.value, _(label)) for family, label in FAMILY_LABELS.items())],
    )


class FigureForm(forms.Form):
    """Another value for a figure, from a day on."""

    scope = plain.ChoiceField(label=_("Where it holds"), required=False)
    value = plain.CharField(label=_("Value"), max_length=200, required=False)
    starts_on = forms.DayField(label=_("From"))
    reason = plain.CharField(
        label=_("Reason"),
        max_length=240,
        error_messages={"required": _("Say why the figure changes.")},
        widget=plain.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, parameter: Parameter, units: Iterable[Unit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.units = {str(unit.pk): unit for unit in units if unit.parent_id is not None}
        named = [(key, f"{unit.code} {unit.name}") for key, unit in self.units.items()]
        self.fields["scope"].choices = [("", _("The whole brand")), *named]  # type: ignore[attr-defined]
        if parameter.kind == Kind.MONEY:
            self.fields["value"] = forms.MoneyField(label=_("Amount"), required=False)
        elif parameter.kind == Kind.TIME:
            self.fields["value"].widget = plain.TimeInput(attrs={"type": "time"})
        # Only a figure that has no value of its own may be set to none.
        self.fields["value"].required = parameter.default is not None
        self.fields["value"].help_text = measure_of(parameter) or ("%" if parameter.kind == Kind.PERCENT else "")

    def clean(self) -> dict[str, Any]:
        """The unit instead of its key; nothing typed is no value."""
        data: dict[str, Any] = super().clean() or {}
        data["unit"] = self.units.get(data.pop("scope", ""))
        if data.get("value") == "":
            data["value"] = None
        return data


class FileForm(forms.Form):
    """A list that is brought in by file."""

    sheet = plain.ChoiceField(label=_("What the file holds"), choices=SHEETS)
    file = plain.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10 MB and 20,000 rows. Nothing changes before you have seen it row by row."),
        widget=plain.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Larger than we read at once."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_MAX:
            raise plain.ValidationError(_("The file is larger than 10 MB."))
        return file
