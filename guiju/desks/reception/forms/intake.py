"""The form of a new job: what is wrong, what was agreed, and how the appliance came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as spoken
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.reception.forms.cards import LANGUAGES
from guiju.line.workorder.rules import CHANNEL_LABELS, FEE_COLLECTION_LABELS, Channel, FeeCollection
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance, FaultCode
from guiju.standing.catalogue.rules import CodeKind
from guiju.standing.policy import queries as policy

ACCESSORIES_MAX = 30
# What the nine digits choose; where an outlet has received fewer kinds itself, these are offered as well.
CHIPS_MAX = 9
USUAL = (_("Power cable"), _("Remote control"), _("Hose"), _("Shelf or tray"), _("Manual"), _("Packaging"))
CONDITIONS = (
    _("No visible damage."), _("Scratches."), _("Dents."), _("Cracked or broken cover."), _("Dirty."), _("Rust."),
    _("Traces of water."), _("Was opened before."), _("Parts are missing."),
)  # fmt: skip
# What the customer is not shown before signing, because it is ours alone or is asked of them by signing.
NOT_READ = ("photos", "shelf", "signature", "terms_accepted", "channel", "contact")
CAME_BY = (Channel.COUNTER, Channel.PHONE, Channel.WEB, Channel.CHAT)
ROWS_SHOWN = 3
"""Empty rows under those that are filled; who needs more gets them with the button, or on the next try."""


class AccessoriesInput(plain.Widget):
    """Rows of a name and how many."""

    template_name = "reception/widgets/accessories.html"
    is_group = True
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        """The group has a legend instead of a label."""
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        """The rows as they were typed, the empty ones left out."""
        names, counts = data.getlist(f"{name}_name"), data.getlist(f"{name}_quantity")
        rows = zip(names, [*counts, *[""] * len(names)], strict=False)
        return [(what.strip(), number.strip()) for what, number in rows if what.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Omitted when no row was sent."""
        return f"{name}_name" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What was typed is shown again, with room for more."""
        context = super().get_context(name, None, attrs)
        context["widget"]["rows"] = [*(value or []), *[("", "")] * ROWS_SHOWN]
        return context


class AccessoriesField(plain.Field):
    """What came with the appliance: names and pieces."""

    widget = AccessoriesInput
    default_error_messages = {
        "quantity": _("Write how many pieces of “%(name)s” there are, as a number from 1 to 99."),
        "too_many": _("Write at most %(most)s accessories."),
    }

    def prepare_value(self, value: Any) -> Any:
        """Rows are shown as they are."""
        return value

    def clean(self, value: Sequence[tuple[str, str]] | None) -> list[tuple[str, int]]:
        """Each with a number; one piece where none is written."""
        rows = list(value or [])
        if len(rows) > ACCESSORIES_MAX:
            raise ValidationError(self.error_messages["too_many"], "too_many", {"most": ACCESSORIES_MAX})
        counted = []
        for name, typed in rows:
            number = typed or "1"
            # isdecimal is also true of ４, which int reads as well.
            if not number.isdecimal() or not 1 <= int(number) <= 99:
                raise ValidationError(self.error_messages["quantity"], "quantity", {"name": name[:40]})
            counted.append((name[:120], int(number)))
        return counted


class UnforcedTick(plain.CheckboxInput):
    """A tick that the browser does not insist on: a signature on the telephone may stand for it."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave it to the form."""
        return False


class OrderForm(forms.Form):
    """What is wrong, and what was agreed."""

    problem = plain.CharField(
        label=_("What the customer says"), max_length=2000, widget=plain.Textarea(attrs={"rows": 3})
    )
    symptoms = forms.SomeOfField(
        FaultCode.objects.none(), label=_("Symptoms"), required=False, widget=plain.CheckboxSelectMultiple
    )
    channel = plain.ChoiceField(
        label=_("Came by"), choices=[(each.value, _(CHANNEL_LABELS[each])) for each in CAME_BY],
    )  # fmt: skip
    fee_collection = plain.ChoiceField(
        label=_("Pays"), choices=[(each.value, _(FEE_COLLECTION_LABELS[each])) for each in FeeCollection]
    )
    language = plain.ChoiceField(label=_("Papers in"), choices=LANGUAGES)
    contact = plain.CharField(
        label=_("Somebody else to answer"), max_length=120, required=False, help_text=_("A neighbour or a caretaker, with a number.")
    )  # fmt: skip
    terms_accepted = plain.BooleanField(
        label=_("The customer accepts the test fee, the date and how to pay."), widget=UnforcedTick,
        error_messages={"required": _("The customer has to accept the test fee, the date and how to pay before the order is made.")},
    )  # fmt: skip

    def __init__(self, *args: Any, appliance: Appliance, **more: Any) -> None:
        super().__init__(*args, **more)
        symptoms: Any = self.fields["symptoms"]
        symptoms.queryset = catalogue.codes(CodeKind.SYMPTOM, line=appliance.line)
        symptoms.label_from_instance = lambda code: code.name
        if not symptoms.queryset.exists():
            del self.fields["symptoms"]
        if appliance.customer is not None:
            self.fields["language"].initial = appliance.customer.language


class ReceiveForm(forms.Form):
    """How the appliance came over the counter."""

    condition = plain.CharField(
        label=_("Condition"), max_length=2000, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Scratches, dents, what is missing."),
    )  # fmt: skip
    reproduced = plain.TypedChoiceField(
        label=_("Did the problem show at the counter?"), choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda word: word == "yes",
        widget=plain.RadioSelect, empty_value=None,
    )  # fmt: skip
    serial_differs = plain.BooleanField(
        label=_("The serial number on the plate differs from the card."), required=False
    )
    discrepancy_note = plain.CharField(
        label=_("Serial number found"), max_length=300, required=False, help_text=_("Only when it differs; the customer signs for it.")
    )  # fmt: skip
    accessories = AccessoriesField(label=_("Accessories"), required=False)
    photos = forms.PhotosField(label=_("Photos"), count_min=4, help_text=_("From all sides, and the plate."))
    declared_value_minor = forms.MoneyField(label=_("Value that the customer declares"), required=False)
    data_statement = plain.CharField(
        label=_("Data on the appliance"), max_length=300, required=False, help_text=_("None, saved elsewhere, or may be erased.")
    )  # fmt: skip
    shelf = plain.CharField(label=_("Shelf"), max_length=40, widget=plain.TextInput(attrs={"autocomplete": "off"}))
    signature = forms.SignatureField(label=_("Customer's signature"))

    def __init__(
        self, *args: Any, unit: Any, at: Any, customer: str = "", usual: Sequence[str] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        offered = [*usual, *(str(name) for name in USUAL)]
        self.usual_accessories = list(dict.fromkeys(offered))[:CHIPS_MAX]
        self.usual_conditions = [str(each) for each in CONDITIONS]
        photos: Any = self.fields["photos"]
        photos.count_min = int(policy.figure("intake.photos_min", unit=unit, on=unit.day(at)).value)
        photos.label = spoken("Photos, at least %(count)s") % {"count": photos.count_min}
        self.fields["signature"].initial = customer

    def read_by_customer(self) -> None:
        """Keep only what the customer reads before signing on the telephone; the rest is asked for when all is sent."""
        for name in NOT_READ:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Another serial needs to be written down."""
        data = super().clean() or self.cleaned_data
        if data.get("serial_differs") and len(data.get("discrepancy_note", "").strip()) < 5:
            self.add_error("discrepancy_note", _("Write down which serial number was found."))
        return data


class TakeInForm(OrderForm, ReceiveForm):
    """The job and the appliance in one go; or the job alone, when the appliance comes another day."""

    field_order = tuple(OrderForm.base_fields)
    ORDER_FIELDS = tuple(OrderForm.base_fields)

    def __init__(self, *args: Any, appliance: Appliance, at: Any, **more: Any) -> None:
        name = appliance.customer.name if appliance.customer else ""
        super().__init__(*args, appliance=appliance, unit=appliance.unit, at=at, customer=name, **more)
        if self.is_later:
            for field in set(self.fields) - set(self.ORDER_FIELDS):
                self.fields[field].required = False
        if not self.is_bound:
            self.fields["problem"].widget.attrs["autofocus"] = True
        if not self.is_later and self.data.get("signature_asked"):
            # The words that are signed on the telephone say so; `clean` asks whether they were.
            self.fields["terms_accepted"].required = False

    def clean(self) -> dict[str, Any]:
        """Who signed the words on the telephone has accepted the terms with them."""
        data = super().clean()
        if "terms_accepted" in self.fields and "terms_accepted" not in self.errors and not data.get("terms_accepted"):
            signature = data.get("signature")
            if self.is_later or signature is None or signature.method != "PHONE":
                self.add_error("terms_accepted", self.fields["terms_accepted"].error_messages["required"])
            else:
                data["terms_accepted"] = True
        return data

    @property
    def is_later(self) -> bool:
        """Booked now, brought another day."""
        return bool(self.data.get("later"))

    def parts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was agreed, and how the appliance came."""
        agreed = {name: value for name, value in self.cleaned_data.items() if name in self.ORDER_FIELDS}
        return agreed, {name: value for name, value in self.cleaned_data.items() if name not in agreed}
