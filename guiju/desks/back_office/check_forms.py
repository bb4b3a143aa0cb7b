"""The forms of the checklists: what is ticked off or measured at the bench and at the final test."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.back_office.staff_forms import TONGUES
from guiju.desks.common import forms
from guiju.desks.common.fields import halfwidth
from guiju.line.workorder.rules import ItemKind
from guiju.line.workshop.rules import WORK_LABELS, WorkKind
from guiju.standing.catalogue.models import ProductLine

KINDS = {ItemKind.CHECK: _("Ticked off: in order or not"), ItemKind.MEASURE: _("Measured: a figure within limits")}


class LimitField(plain.DecimalField):
    """A limit as people type it, also with a Chinese keyboard."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_digits=12,
            decimal_places=4,
            required=False,
            widget=plain.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "figure"}),
            **more,
        )

    def to_python(self, value: Any) -> Any:
        """The figure; a comma is a decimal point to half the world."""
        return super().to_python(halfwidth(str(value or "")).replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Without the noughts that the column adds."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class LineChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """A product line, or all of them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            queryset=ProductLine.objects.order_by("code"), required=False, empty_label=_("Every product line"), **more
        )

    def label_from_instance(self, line: ProductLine) -> str:
        """Its name and its code."""
        return f"{line.name} ({line.code})"


class ItemForm(forms.Form):
    """One thing that is ticked off or measured; another version of it says all of it again."""

    code = plain.RegexField(
        r"^[A-Z0-9][A-Z0-9-]*$",
        label=_("Code"),
        max_length=40,
        error_messages={"invalid": _("Capital letters, digits and hyphens.")},
    )
    line = LineChoice(label=_("Product line"))
    kind = plain.ChoiceField(label=_("How it is answered"), choices=list(KINDS.items()), widget=plain.RadioSelect)
    unit = plain.CharField(label=_("Unit of measure"), max_length=12, required=False, help_text=_("Such as MΩ or bar."))
    limit_min = LimitField(label=_("At least"))
    limit_max = LimitField(label=_("At most"))

    def __init__(self, *args: Any, code: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        for key, tongue in TONGUES.items():
            self.fields[f"name_{key}"] = plain.CharField(label=tongue, max_length=120, required=False)
        if code:
            del self.fields["code"]
        self._code = code
        self.order_fields(["code", *self.names, "line", "work", "kind", "unit", "limit_min", "limit_max"])

    @property
    def names(self) -> list[str]:
        """The fields of its name, a language each."""
        return [f"name_{key}" for key in TONGUES]

    def clean(self) -> dict[str, Any]:
        """One name at least; a thing that is ticked off has neither unit nor limits."""
        data: dict[str, Any] = super().clean() or {}
        spoken = {key: " ".join(data.pop(f"name_{key}", "").split()) for key in TONGUES}
        data["names"] = {key: name for key, name in spoken.items() if name}
        if not data["names"]:
            self.add_error(self.names[0], _("Name it in one language at least."))
        if data.get("kind") == ItemKind.CHECK:
            data |= {"unit": "", "limit_min": None, "limit_max": None}
        return data | {"code": self._code or data.get("code", "")}


class WorkItemForm(ItemForm):
    """At the bench: at which work it is due, and whether the work waits for it."""

    work = plain.ChoiceField(
        label=_("At which work"), choices=[(each.value, _(WORK_LABELS[each])) for each in WorkKind]
    )
    is_required = plain.BooleanField(label=_("The work is not finished without it"), required=False, initial=True)


class TestItemForm(ItemForm):
    """At the final test: whether somebody's safety hangs on it."""

    __test__ = False  # pytest takes it for a test otherwise

    is_safety = plain.BooleanField(label=_("It is about safety: it stands first"), required=False)
