"""The forms of the webhooks."""

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.back_office.staff_forms import InUnitForm
from guiju.desks.common import forms
from guiju.oversight.webhooks.rules import DELIVERY_LABELS, TYPES, DeliveryState


class WebhookForm(forms.Form):
    """Where news goes, and which."""

    name = plain.CharField(label=_("Name by which you know it"), max_length=80)
    url = plain.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("It begins with https://. Messages are posted there."),
        widget=plain.URLInput(attrs={"placeholder": "https://"}),
    )
    types = plain.MultipleChoiceField(
        label=_("What it hears"),
        choices=[(name, name) for name in TYPES],
        error_messages={"required": _("Choose what the endpoint shall hear.")},
        widget=plain.CheckboxSelectMultiple,
    )


class NewWebhookForm(InUnitForm, WebhookForm):
    """The same, and of which unit."""

    field_order = ("unit", "name", "url", "types")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].help_text = _("It hears the news of this unit and of all below it.")


class WebhookFilterForm(forms.Form):
    """Which messages to show."""

    state = plain.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *[(state.value, _(DELIVERY_LABELS[state])) for state in DeliveryState]],
    )
    type = plain.ChoiceField(
        label=_("What was told"), required=False, choices=[("", _("All")), *[(name, name) for name in TYPES]]
    )
    order = plain.CharField(label=_("Order number"), required=False, max_length=40)
