"""What a stranger types."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.line.intake.actions import PHOTOS_MAX
from guiju.line.registration.rules import PROOFS_MAX
from guiju.line.workorder.rules import MODE_LABELS, Mode
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import FaultCode, ProductLine
from guiju.standing.catalogue.rules import CodeKind

# What everybody can answer without opening the machine; more of them would hide the box below.
SYMPTOMS_SHOWN = 8


def _one_line(**attributes: str) -> plain.TextInput:
    return plain.TextInput(attrs=attributes)


class StrangersForm(forms.Form):
    """What every form at the door has: the line of the machine, and a trap for robots."""

    # Set where the door counted too many tries: the page is then answered as 429.
    is_too_often = False
    # A field that no person sees and every robot fills.
    TRAP = "website"

    website = plain.CharField(
        label=_("Leave this empty"), required=False, max_length=200, widget=_one_line(autocomplete="off", tabindex="-1")
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields[self.TRAP] = self.fields.pop(self.TRAP)  # behind all that a person fills
        lines: Any = self.fields["product_line"]
        lines.queryset = ProductLine.objects.filter(is_active=True)
        lines.label_from_instance = lambda each: each.name

    def clean_website(self) -> str:
        """A robot is told what a person would be."""
        if self.cleaned_data["website"]:
            raise plain.ValidationError(_("Leave this field empty, and send it again."))
        return ""

    def told(self) -> dict[str, Any]:
        """What a person has said."""
        return {name: value for name, value in self.cleaned_data.items() if name != self.TRAP}


class RequestForm(StrangersForm):
    """What is broken, how bad it looks, and whom to call."""

    product_line = plain.ModelChoiceField(
        ProductLine.objects.none(), label=_("What is broken?"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )  # fmt: skip
    description = plain.CharField(
        label=_("What is wrong with it?"), max_length=2000, widget=plain.Textarea(attrs={"rows": 4}),
        help_text=_("In your own words: what it does, what it does not do, since when."),
    )  # fmt: skip
    symptoms = forms.SomeOfField(
        FaultCode.objects.none(), label=_("Which of these do you see?"), required=False, widget=plain.CheckboxSelectMultiple
    )  # fmt: skip
    photos = forms.PhotosField(
        label=_("Photos"), required=False, count_max=PHOTOS_MAX,
        help_text=_("Up to six. Best of the fault, and of the plate with the numbers."),
    )  # fmt: skip
    brand = plain.CharField(label=_("Brand"), max_length=120, required=False, widget=_one_line(autocomplete="off"))
    model = plain.CharField(label=_("Model"), max_length=60, required=False, widget=_one_line(autocomplete="off"))
    serial = plain.CharField(
        label=_("Serial number"), max_length=60, required=False, widget=_one_line(autocomplete="off", autocapitalize="characters")
    )  # fmt: skip
    mode = plain.ChoiceField(
        label=_("How does it come to us?"), required=False,
        choices=[("", _("We talk about it")), *((each.value, _(MODE_LABELS[each])) for each in Mode)],
    )  # fmt: skip
    contact_name = plain.CharField(label=_("Your name"), max_length=120, widget=_one_line(autocomplete="name"))
    phone = forms.PhoneField(
        label=_("Telephone"), required=False,
        widget=plain.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = plain.EmailField(
        label=_("E-mail"), required=False, max_length=254, help_text=_("One of the two is enough."),
        widget=plain.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    consent = plain.BooleanField(
        label=_("You may keep what I wrote here, and call or write to me about this repair."),
        error_messages={"required": _("We may keep the request only if you agree that we answer it.")},
    )  # fmt: skip

    def __init__(self, *args: Any, line: ProductLine | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        symptoms: Any = self.fields["symptoms"]
        # Those of every machine, where we do not know yet which one it is.
        symptoms.queryset = catalogue.codes(CodeKind.SYMPTOM, line=line)
        symptoms.label_from_instance = lambda code: code.name
        ticked = list(symptoms.queryset.filter(line=line)[:SYMPTOMS_SHOWN]) or list(symptoms.queryset[:SYMPTOMS_SHOWN])
        symptoms.choices = [(code.pk, code.name) for code in ticked]
        if not ticked:
            del self.fields["symptoms"]


class RegisterForm(StrangersForm):
    """A new appliance, the day of its purchase, and the proof."""

    product_line = plain.ModelChoiceField(
        ProductLine.objects.none(), label=_("What is it?"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )  # fmt: skip
    brand = plain.CharField(label=_("Brand"), max_length=120, widget=_one_line(autocomplete="off"))
    model = plain.CharField(label=_("Model"), max_length=60, required=False, widget=_one_line(autocomplete="off"))
    serial = plain.CharField(
        label=_("Serial number"), max_length=60, help_text=_("It stands on the plate at the back or inside the door."),
        widget=_one_line(autocomplete="off", autocapitalize="characters"),
    )  # fmt: skip
    purchased_on = forms.DayField(label=_("Bought on"))
    invoice_no = plain.CharField(
        label=_("Number of the invoice"), max_length=60, required=False, widget=_one_line(autocomplete="off")
    )
    proofs = forms.PhotosField(
        label=_("Invoice or guarantee card"), count_min=1, count_max=PROOFS_MAX, help_text=_("A photo of it, with the date to be read.")
    )  # fmt: skip
    contact_name = plain.CharField(label=_("Your name"), max_length=120, widget=_one_line(autocomplete="name"))
    phone = forms.PhoneField(
        label=_("Telephone"), widget=plain.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    )
    consent = plain.BooleanField(
        label=_("You may keep what I wrote here with my appliance, for its guarantee and its repairs."),
        error_messages={"required": _("We may keep this only if you agree to it.")},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why the request is withdrawn."""

    reason = plain.CharField(
        label=_("Reason"), max_length=300, widget=plain.Textarea(attrs={"rows": 2}), help_text=_("At least five letters.")
    )  # fmt: skip


class ReopenForm(forms.Form):
    """What is wrong again."""

    reason = plain.CharField(
        label=_("What is wrong again?"), max_length=300, widget=plain.Textarea(attrs={"rows": 2}), help_text=_("At least five letters.")
    )  # fmt: skip
