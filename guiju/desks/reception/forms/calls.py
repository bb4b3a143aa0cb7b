"""The forms of the telephone at the reception."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms as plain
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.reception.forms.cards import LANGUAGES
from guiju.kernel.actor import Actor
from guiju.line.telephone.rules import DIRECTION_LABELS, HOUSE_SCRIPT, MARK_MOST, STEP_LABELS, Direction, Step
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import ProductLine

# Fields that a form makes for itself come after the frame has put this into the others.
NEEDED = {"required": _("This is needed.")}


def _lines(rows: int) -> plain.Textarea:
    return plain.Textarea(attrs={"rows": rows})


class LogForm(forms.Form):
    """A call that no telephone system tells of."""

    phone = forms.PhoneField(label=_("Telephone"), required=False, help_text=_("Leave it empty when it is withheld."))
    direction = plain.ChoiceField(
        label=_("Who called"), choices=[(each.value, _(DIRECTION_LABELS[each])) for each in Direction]
    )


class NoteForm(forms.Form):
    """What was said."""

    note = plain.CharField(label=_("Note"), required=False, max_length=4000, widget=_lines(4))


class CallBackForm(forms.Form):
    """When to call back, and where."""

    phone = forms.PhoneField(label=_("Number to call"), required=False)
    due_at = forms.MomentField(
        label=_("Until"), required=False, help_text=_("Leave it empty for as soon as the house promises.")
    )
    note = plain.CharField(label=_("What about"), required=False, max_length=300)

    def __init__(self, *args: Any, is_withheld: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_withheld:
            del self.fields["phone"]


class CallRequestForm(forms.Form):
    """What the caller asks for, before there is an order."""

    contact_name = plain.CharField(
        label=_("Name"), max_length=120, widget=plain.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.PhoneField(label=_("Telephone"), required=False)
    product_line = plain.ModelChoiceField(
        ProductLine.objects.none(), label=_("Kind of appliance"), required=False, empty_label=_("Not known yet")
    )
    description = plain.CharField(label=_("What is wrong"), max_length=2000, widget=_lines(3))

    def __init__(self, *args: Any, is_withheld: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        lines: Any = self.fields["product_line"]
        lines.queryset = ProductLine.objects.filter(is_active=True)
        lines.label_from_instance = lambda line: line.name
        if is_withheld:
            self.fields["phone"].required = True
        else:
            del self.fields["phone"]


class LeadForm(forms.Form):
    """Which order came of the call."""

    order = plain.CharField(
        label=_("Order number"), max_length=40, widget=plain.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor = actor

    def clean_order(self) -> WorkOrder:
        """The order, if this person may see it."""
        typed = str(self.cleaned_data["order"]).strip().upper()
        found = WorkOrder.objects.visible_to(self.actor).filter(number=typed).first()
        if found is None:
            raise ValidationError(now_("There is no such order."))
        return found


class TriedForm(forms.Form):
    """How a try to call back went."""

    note = plain.CharField(label=_("Note"), required=False, max_length=300)


class GiveUpForm(forms.Form):
    """Why nobody tries any more."""

    note = plain.CharField(label=_("Reason"), max_length=300)


class ScoreForm(forms.Form):
    """Points for each step of the script."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        points = [(str(mark), str(mark)) for mark in range(MARK_MOST, -1, -1)]
        for step in Step:
            self.fields[step.value] = plain.TypedChoiceField(
                label=_(STEP_LABELS[step]), choices=[("", "—"), *points], coerce=int, error_messages=NEEDED
            )
        self.fields["note"] = plain.CharField(label=_("What was heard"), required=False, max_length=300)

    def marks(self) -> dict[str, int]:
        """The points by step."""
        return {step.value: self.cleaned_data[step.value] for step in Step}


class MenuForm(forms.Form):
    """A voice menu as data; what is wrong with it is listed beside it."""

    content = plain.CharField(
        label=_("The menu as data"), widget=plain.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "number"}),
        help_text=_("Paste what another outlet has taken away; it becomes the draft. Callers hear only what is published."),
    )  # fmt: skip

    def clean_content(self) -> dict[str, Any]:
        """The tree, if it can be read at all."""
        try:
            tree = json.loads(self.cleaned_data["content"])
        except ValueError as problem:
            raise ValidationError(
                now_("This cannot be read: %(problem)s") % {"problem": str(problem)[:120]}
            ) from problem
        if not isinstance(tree, dict):
            raise ValidationError(now_("A voice menu has its hours and its choices."))
        return tree


def as_text(content: Mapping[str, Any]) -> str:
    """A tree as a person can read and change it."""
    return json.dumps(content, ensure_ascii=False, indent=2)


class ScriptForm(forms.Form):
    """The words of each step in three languages."""

    def __init__(self, *args: Any, content: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        words = content or HOUSE_SCRIPT
        for step in Step:
            for code, name in LANGUAGES:
                self.fields[f"{step}.{code}"] = plain.CharField(
                    label=name,
                    max_length=500,
                    widget=_lines(2),
                    error_messages=NEEDED,
                    initial=words.get(step, {}).get(code, ""),
                )

    def groups(self) -> list[tuple[str | Promise, list[Any]]]:
        """The fields of each step under its name."""
        return [(_(STEP_LABELS[step]), [self[f"{step}.{code}"] for code, _name in LANGUAGES]) for step in Step]

    def content(self) -> dict[str, dict[str, str]]:
        """The words by step and language."""
        return {step.value: {code: self.cleaned_data[f"{step}.{code}"] for code, _name in LANGUAGES} for step in Step}
