"""The forms of a request: what it is about, what becomes of it, and the order that is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.reception.forms.cards import ApplianceForm
from guiju.line.intake.models import ServiceRequest
from guiju.line.intake.queries import Standing
from guiju.line.intake.rules import REJECT_LABELS, RejectReason
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import FEE_COLLECTION_LABELS, MODE_LABELS, PRIORITY_LABELS, FeeCollection, Mode
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Appliance, FaultCode, Model, ProductLine
from guiju.standing.catalogue.rules import CodeKind
from guiju.standing.customers import rules as customers
from guiju.standing.customers.models import Customer

NEW_ONE = "new"


def _text(label: Any, *, most: int = 300, required: bool = True, help_text: Any = "") -> plain.CharField:
    return plain.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=plain.Textarea(attrs={"rows": 2})
    )


class AboutRequest(forms.Form):
    """A form that knows its request."""

    def about(self, request: ServiceRequest, standing: Standing) -> None:
        """Take from the request what the form offers."""


class TriageForm(AboutRequest):
    """What it is about, and how it comes."""

    product_line = plain.ModelChoiceField(
        ProductLine.objects.none(), label=_("Kind of appliance"), empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )  # fmt: skip
    mode = plain.ChoiceField(label=_("How it comes"), choices=[(each.value, _(MODE_LABELS[each])) for each in Mode])
    symptoms = forms.SomeOfField(
        FaultCode.objects.none(), label=_("Symptoms"), required=False, widget=plain.CheckboxSelectMultiple
    )

    def about(self, request: ServiceRequest, standing: Standing) -> None:
        """What was typed stands there already: mostly it only has to be confirmed."""
        lines: Any = self.fields["product_line"]
        lines.queryset = ProductLine.objects.filter(is_active=True)
        lines.label_from_instance = lambda line: line.name
        lines.initial = request.line_id
        self.fields["mode"].initial = request.mode or Mode.CARRY_IN
        symptoms: Any = self.fields["symptoms"]
        symptoms.queryset = catalogue.codes(CodeKind.SYMPTOM, line=request.line)
        symptoms.label_from_instance = lambda code: code.name
        symptoms.initial = [each.code_id for each in request.symptoms.all()]


class AdviceForm(AboutRequest):
    """What helped."""

    advice = _text(_("What you advised"), most=2000)
    confirmed = plain.BooleanField(
        label=_("The customer says that it works."),
        error_messages={"required": _("Advice has solved it only when the customer says so.")},
    )


class RefusalForm(AboutRequest):
    """Why it is not ours, and whom to ask instead."""

    reason = plain.ChoiceField(
        label=_("Reason"), choices=[(each.value, _(REJECT_LABELS[each])) for each in RejectReason]
    )
    referral = _text(
        _("Whom the customer may ask instead"), required=False, most=400,
        help_text=_("The customer reads this. Not needed for what is no real request."),
    )  # fmt: skip


class LinkForm(AboutRequest):
    """Which request or order it repeats."""

    original = plain.ChoiceField(label=_("It repeats"), widget=plain.RadioSelect)

    def about(self, request: ServiceRequest, standing: Standing) -> None:
        """Only what this person sees beside it can be meant."""
        self._rows: dict[str, ServiceRequest | WorkOrder] = {row.number: row for row in standing.requests}
        self._rows |= {row.number: row for row in standing.orders}
        original: Any = self.fields["original"]
        original.choices = [
            *((row.number, f"{row.number} · {row.contact_name} · {row.description[:60]}") for row in standing.requests),
            *((row.number, f"{row.number} · {row.customer.name} · {row.problem[:60]}") for row in standing.orders),
        ]

    def linked(self) -> dict[str, Any]:
        """What the verb is told."""
        row = self._rows[self.cleaned_data["original"]]
        return {"order": row} if isinstance(row, WorkOrder) else {"original": row}


class WhyForm(AboutRequest):
    """Why."""

    reason = _text(_("Reason"), help_text=_("At least five letters."))


class PriorityForm(AboutRequest):
    """How pressing it is, and why."""

    priority = plain.ChoiceField(
        label=_("Priority"), choices=[(each.value, _(word)) for each, word in PRIORITY_LABELS.items()]
    )
    reason = _text(_("Reason"), help_text=_("At least five letters."))

    def about(self, request: ServiceRequest, standing: Standing) -> None:
        """It stands at what it is now."""
        self.fields["priority"].initial = request.priority


class ConvertForm(ApplianceForm):
    """The order of a request: whose, which machine, and what was agreed. All that is known stands there already."""

    MACHINE_FIELDS = tuple(ApplianceForm.base_fields)

    machine = plain.ChoiceField(label=_("Which machine?"), widget=plain.RadioSelect)
    name = plain.CharField(label=_("Name"), max_length=customers.NAME_LONGEST)
    phone = forms.PhoneField(label=_("Telephone"))
    problem = plain.CharField(
        label=_("What the customer says"), max_length=2000, widget=plain.Textarea(attrs={"rows": 3})
    )
    mode = plain.ChoiceField(label=_("How it comes"), choices=[(each.value, _(MODE_LABELS[each])) for each in Mode])
    fee_collection = plain.ChoiceField(
        label=_("Pays"), choices=[(each.value, _(FEE_COLLECTION_LABELS[each])) for each in FeeCollection]
    )
    terms_accepted = plain.BooleanField(
        label=_("The customer accepts the test fee, the date and how to pay."),
        error_messages={
            "required": _("The customer has to accept the test fee, the date and how to pay before the order is made.")
        },
    )

    def __init__(
        self, *sent: Any, asked: ServiceRequest, owner: Customer | None, machines: Sequence[Appliance], **more: Any
    ) -> None:
        known = {
            "name": asked.contact_name, "phone": asked.phone, "problem": asked.description, "line": asked.line_id,
            "brand": asked.brand, "model": _listed(asked), "serial": asked.serial, "mode": asked.mode or Mode.CARRY_IN,
            "machine": str(machines[0].pk) if machines else NEW_ONE,
        }  # fmt: skip
        super().__init__(*sent, initial=known, **more)
        self._machines = {str(each.pk): each for each in machines}
        machine: Any = self.fields["machine"]
        machine.choices = [*((key, _titled(each)) for key, each in self._machines.items()), (NEW_ONE, _("Another one"))]
        if owner is not None:
            del self.fields["name"], self.fields["phone"]
        if str(self["machine"].value()) != NEW_ONE:
            for name in ("line", "brand"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """A model matters only for a new card; a stranger's word for it may be anything."""
        if self.cleaned_data.get("machine") != NEW_ONE:
            self.cleaned_data["model"] = ""
        return super().clean()

    def chosen(self) -> Appliance | None:
        """The machine that has a card; None for a new one."""
        return self._machines.get(self.cleaned_data["machine"])

    def card(self) -> dict[str, Any]:
        """What the new machine's card says."""
        return {name: self.cleaned_data[name] for name in self.MACHINE_FIELDS}

    def agreed(self) -> dict[str, Any]:
        """What was agreed about the order."""
        return {name: self.cleaned_data[name] for name in ("problem", "mode", "fee_collection", "terms_accepted")}


def _listed(asked: ServiceRequest) -> str:
    """The model as it was typed, where the lists have it: a stranger's word for it would only be refused."""
    known = Model.objects.filter(brand__name__iexact=asked.brand, line=asked.line_id, code__iexact=asked.model)
    return asked.model if asked.model and known.exists() else ""


def _titled(machine: Appliance) -> str:
    words = [machine.brand.name, machine.line.name, machine.model.code if machine.model else "", machine.serial]
    owner = f" · {machine.customer.name}" if machine.customer else ""
    return " ".join(word for word in words if word) + owner
