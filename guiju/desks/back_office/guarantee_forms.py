"""The forms of the guarantee: a law that is adopted, and what the brand promises beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms as plain
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guiju.desks.back_office.check_forms import LineChoice
from guiju.desks.common import forms
from guiju.standing.catalogue.models import Model
from guiju.standing.catalogue.rules import LABELS as TRADE_LABELS
from guiju.standing.catalogue.rules import Cause
from guiju.standing.warranty.rules import EXCLUDED_UNLESS_TERMS_SAY, LABELS, Cost, StartsBy

# The longest law of the house has three thousand letters.
PROFILE_BYTES_MAX = 64 * 1024
MONTHS_MAX = 600
PART = re.compile(r"^([A-Za-z0-9-]{1,40})\s*[:=]?\s*(\d{1,3})$")


class ProfileForm(forms.Form):
    """A law, as a file tells it."""

    file = plain.FileField(
        label=_("The law as a file"),
        help_text=_("TOML, like those that come with the house. It is refused where a figure is not known."),
        widget=plain.FileInput(attrs={"accept": ".toml"}),
    )
    reason = plain.CharField(
        label=_("Who looked at it, and where it is written"), max_length=240, widget=plain.Textarea(attrs={"rows": 2})
    )

    def clean_file(self) -> str:
        """What stands in it."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > PROFILE_BYTES_MAX:
            raise plain.ValidationError(_("The file is larger than 64 kB: no law of a guarantee is so long."))
        try:
            return str(file.read(), "utf-8")
        except UnicodeDecodeError as wrong:
            raise plain.ValidationError(_("The file is no text (UTF-8).")) from wrong


class ModelChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """One model, or all of the product line."""

    def label_from_instance(self, model: Model) -> str:
        """Brand and code."""
        return f"{model.brand.name} {model.code}"


class TermsForm(forms.Form):
    """What is promised to those who buy from a day on."""

    version = plain.CharField(label=_("Version"), max_length=40, help_text=_("A name that no other terms have."))
    starts_on = forms.DayField(label=_("From"))
    line = LineChoice(label=_("Product line"))
    model = ModelChoice(
        label=_("Model"),
        queryset=Model.objects.select_related("brand").order_by("brand__code", "code"),
        required=False,
        empty_label=_("Every model"),
    )
    jurisdiction = plain.ChoiceField(label=_("Where it holds"), required=False)
    whole_unit_months = plain.IntegerField(
        label=_("Months of the whole appliance"),
        min_value=0,
        max_value=MONTHS_MAX,
        required=False,
        help_text=_("Empty: as the figure of the house says."),
    )
    labour = plain.IntegerField(label=_("Months of labour"), min_value=0, max_value=MONTHS_MAX, required=False)
    parts_months = plain.IntegerField(label=_("Months of parts"), min_value=0, max_value=MONTHS_MAX, required=False)
    travel = plain.IntegerField(label=_("Months of travel"), min_value=0, max_value=MONTHS_MAX, required=False)
    main_parts = plain.CharField(
        label=_("Main parts"),
        required=False,
        max_length=4000,
        widget=plain.Textarea(attrs={"rows": 3}),
        help_text=_("A class and its months on each line, such as: COMPRESSOR 120"),
    )
    starts_by = plain.ChoiceField(
        label=_("The guarantee runs from"), choices=[(each.value, _(LABELS[each])) for each in StartsBy]
    )
    excluded_causes = plain.MultipleChoiceField(
        label=_("Causes that are not covered"),
        choices=[(each.value, _(TRADE_LABELS[each])) for each in Cause],
        initial=sorted(EXCLUDED_UNLESS_TERMS_SAY),
        required=False,
        widget=plain.CheckboxSelectMultiple,
    )
    repair_warranty_days = plain.IntegerField(
        label=_("Days for which a repair is warranted"),
        min_value=0,
        max_value=32767,
        required=False,
        help_text=_("Empty: as the figure of the house says."),
    )

    def __init__(self, *args: Any, places: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["jurisdiction"].choices = [  # type: ignore[attr-defined]
            ("", _("Wherever the brand sells")), *((each, each) for each in places),
        ]  # fmt: skip

    def clean_main_parts(self) -> dict[str, int]:
        """The months by class."""
        lines = [line.strip() for line in self.cleaned_data["main_parts"].splitlines() if line.strip()]
        found = [PART.match(line) for line in lines]
        for line, each in zip(lines, found, strict=True):
            if each is None:
                raise plain.ValidationError(_("Write a class and its months, not: %(line)s"), params={"line": line})
        return {each[1].upper(): int(each[2]) for each in found if each is not None}

    def clean(self) -> dict[str, Any]:
        """The months of each kind of cost together, as the verb takes them."""
        data: dict[str, Any] = super().clean() or {}
        typed = {
            Cost.LABOUR: data.pop("labour", None),
            Cost.PARTS: data.pop("parts_months", None),
            Cost.TRAVEL: data.pop("travel", None),
        }
        data["months"] = {cost.value: months for cost, months in typed.items() if months is not None}
        data["parts"] = data.pop("main_parts", {})
        model, line = data.get("model"), data.get("line")
        if model is not None and line is not None and model.line_id != line.pk:
            self.add_error("model", _("This model is of another product line."))
        return data
