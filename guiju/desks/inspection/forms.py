"""The form of the final test: one field for each thing that is measured or checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.measuring import field_for
from guiju.line.quality.models import ChecklistItem
from guiju.line.quality.rules import Limit, Result, judge


class TestForm(forms.Form):
    """What was measured and checked, and the verdict.

    items       the checklist of this job
    self_check  whether the one who repaired it tests it, in a shop too small for two
    before      what the test before this one found, by the item's key
    """

    __test__ = False  # pytest takes it for a test otherwise
    # A browser must not hold back a failing test because a value could not be measured.
    use_required_attribute = False

    photos = forms.PhotosField(label=_("Photos"), count_max=8)
    note = plain.CharField(label=_("Note"), required=False, max_length=400, widget=plain.Textarea(attrs={"rows": 2}))
    shelf = plain.CharField(
        label=_("Shelf for collection"),
        required=False,
        max_length=40,
        help_text=_("Where the appliance stands if it passes."),
    )
    defects = plain.CharField(
        label=_("What is not in order"),
        required=False,
        max_length=2000,
        widget=plain.Textarea(attrs={"rows": 3}),
        help_text=_("Only if it fails: one defect on each line. The technician reads this."),
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[ChecklistItem],
        verdict: Result = Result.PASS,
        self_check: bool = False,
        before: Mapping[int, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.limits = [item.limit() for item in items]
        self.before = before or {}
        self.verdict = verdict
        for limit in self.limits:
            self.fields[_name(limit)] = field_for(limit)
        if self.limits and not self.is_bound:
            # One comes here to measure.
            self.fields[_name(self.limits[0])].widget.attrs["autofocus"] = True
        if self_check:
            self.fields["is_self_check"] = plain.BooleanField(
                label=_("I test my own repair, because there is nobody else in this shop"), required=False
            )

    @property
    def readings(self) -> list[dict[str, Any]]:
        """The fields of the checklist, in its order."""
        return [
            {"limit": limit, "field": self[_name(limit)], "before": self.before.get(limit.item_id, "")}
            for limit in self.limits
        ]

    @property
    def quick_defects(self) -> list[str]:
        """What is most often not in order: a line of the checklist each, to be written with one touch."""
        return [say("%(item)s: not in order.") % {"item": limit.name} for limit in self.limits]

    def clean(self) -> dict[str, Any]:
        """What does not pass is said at the value itself."""
        data: dict[str, Any] = super().clean() or {}
        data["values"] = {limit.item_id: data.pop(_name(limit), "") for limit in self.limits}
        if self.verdict == Result.PASS:
            for limit in self.limits:
                for reason in judge([limit], data["values"]).because:
                    self.add_error(_name(limit), str(reason))
            data.pop("defects", None)
        else:
            data["defects"] = data.get("defects", "").splitlines()
            data.pop("shelf", None)
        return data


def _name(limit: Limit) -> str:
    return f"item_{limit.item_id}"
