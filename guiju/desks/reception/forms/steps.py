"""The small forms of an order's steps at the counter."""

from __future__ import annotations

from typing import Any

from django import forms as plain
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.common.choosing import ChoosingForm
from guiju.desks.common.options import shown_options
from guiju.line.followup.rules import DISPOSAL_LABELS, Disposal
from guiju.line.workorder.models import ContactAttempt
from guiju.line.workorder.rules import (
    BY_HAND,
    CAUSE_LABELS,
    CHANNEL_LABELS,
    HOLD_LABELS,
    PRIORITY_LABELS,
    Agreed,
    Channel,
    Hold,
    PromiseCause,
)
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import (
    DELAY_LABELS,
    DISCOUNT_REASONS,
    REMEDY_LABELS,
    Consent,
    DelayCause,
    DiscountReason,
    Remedy,
)
from guiju.standing.people.models import Person

RESULTS = {
    ContactAttempt.Result.REACHED: _("Reached"),
    ContactAttempt.Result.NO_ANSWER: _("No answer"),
    ContactAttempt.Result.LEFT_MESSAGE: _("Left a message"),
    ContactAttempt.Result.WRONG_NUMBER: _("Wrong number"),
    ContactAttempt.Result.SENT: _("Message sent"),
}


def _text(label: Any, *, most: int = 300, required: bool = True, help_text: Any = "") -> plain.CharField:
    return plain.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=plain.Textarea(attrs={"rows": 2})
    )


class NothingForm(forms.Form):
    """A step that needs no words."""


class ReasonForm(forms.Form):
    """Why."""

    reason = _text(_("Reason"))


class OptionalReasonForm(forms.Form):
    """Why, if the customer says so."""

    reason = _text(_("Reason"), required=False, most=400)


class PriorityForm(forms.Form):
    """How pressing it is, and why."""

    priority = plain.ChoiceField(
        label=_("Priority"), choices=[(each.value, _(word)) for each, word in PRIORITY_LABELS.items()]
    )
    reason = _text(_("Reason"))


class NoteForm(forms.Form):
    """What was said or given."""

    note = _text(_("Note"), most=400)


class OptionalNoteForm(forms.Form):
    """What was said, if anything."""

    note = _text(_("Note"), required=False, most=400)


class ContactForm(forms.Form):
    """One try to reach the customer."""

    channel = plain.ChoiceField(
        label=_("How"),
        choices=[(each.value, _(CHANNEL_LABELS[each])) for each in (Channel.PHONE, Channel.CHAT, Channel.EMAIL, Channel.COUNTER)],
    )  # fmt: skip
    outcome = plain.ChoiceField(
        label=_("What came of it"), choices=[(each.value, word) for each, word in RESULTS.items()]
    )
    note = _text(_("Note"), required=False)


class ApprovalForm(ChoosingForm):
    """The customer's yes, with its proof, to the option and the lines that were chosen."""

    option = plain.TypedChoiceField(
        label=_("Which option?"), coerce=int, empty_value=None, required=False, widget=plain.RadioSelect
    )
    how = plain.ChoiceField(
        label=_("The customer said yes"),
        choices=[
            (Consent.SIGNATURE.value, _("Here, and signs")),
            (Consent.RECORDED.value, _("In a call or message that we keep")),
        ],
        widget=plain.RadioSelect,
        initial=Consent.SIGNATURE.value,
    )
    note = plain.CharField(
        label=_("Where the record is kept"), max_length=400, required=False,
        help_text=_("For a call or a message: which number, when, and where it can be heard or read."),
    )  # fmt: skip
    signature = forms.SignatureField(label=_("Customer's signature"), required=False)

    def clean(self) -> dict[str, Any]:
        """Each way of saying yes with the proof that goes with it."""
        data = super().clean() or self.cleaned_data
        how = data.get("how")
        if how == Consent.SIGNATURE and not data.get("signature") and "signature" not in self.errors:
            self.add_error("signature", _("The customer has to sign."))
        if how == Consent.RECORDED and not data.get("note", "").strip():
            self.add_error("note", _("Write down where the recorded consent is kept."))
        return data


class DiscountForm(forms.Form):
    """What is taken off one option of a quote, and why."""

    option = plain.TypedChoiceField(label=_("Off which option?"), coerce=int, widget=plain.RadioSelect)
    discount_minor = forms.MoneyField(label=_("Discount"), help_text=_("0 takes a discount back."))
    code = plain.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Choose…")), *((each.value, _(word)) for each, word in DISCOUNT_REASONS.items())],
        required=False,
    )
    reason = plain.CharField(label=_("Reason"), max_length=300, required=False)

    def offer(self, quote: Quote | None) -> None:
        """Let one of the quote's options be chosen; where there is only one, nobody is asked."""
        if quote is None or not quote.has_options:
            del self.fields["option"]
            return
        field: Any = self.fields["option"]
        field.choices = [(each.place, each.label) for each in shown_options(quote)]

    def clean(self) -> dict[str, Any]:
        """Something that is taken off has one of the reasons by which discounts are counted."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("discount_minor") and not data.get("code") and "code" not in self.errors:
            self.add_error("code", gettext("Choose why something is taken off."))
        data["code"] = DiscountReason(data["code"]) if data.get("code") else None
        return data


class ProposalForm(forms.Form):
    """A new date for a part that is missing."""

    cause = plain.ChoiceField(
        label=_("Why the part is missing"), choices=[(each.value, _(DELAY_LABELS[each])) for each in DelayCause]
    )
    basis = plain.CharField(
        label=_("What the date rests on"), max_length=300, help_text=_("The supplier's word, or an estimate and why.")
    )
    promised_part_on = forms.DayField(label=_("The part is here by"))
    promised_ready_at = forms.MomentField(label=_("The appliance is ready by"))
    remedy = plain.ChoiceField(
        label=_("What the customer gets if we are late"), choices=[(each.value, _(REMEDY_LABELS[each])) for each in Remedy]
    )  # fmt: skip


class SignatureForm(forms.Form):
    """The customer signs."""

    signature = forms.SignatureField(label=_("Customer's signature"))


class LineSignatureForm(SignatureForm):
    """The customer signs one line whose price is outside the list: the one that was read stands in the form."""

    line = plain.IntegerField(widget=plain.HiddenInput)


class RenegotiationForm(forms.Form):
    """Another date, signed again."""

    promised_part_on = forms.DayField(label=_("The part is here by"))
    promised_ready_at = forms.MomentField(label=_("The appliance is ready by"))
    basis = plain.CharField(label=_("What the date rests on"), max_length=300)
    signature = forms.SignatureField(label=_("Customer's signature"))


class AgreementForm(forms.Form):
    """How the customer agreed to the date that stands."""

    agreed = plain.ChoiceField(
        label=_("The customer agreed"),
        choices=[
            (Agreed.SIGNATURE.value, _("Here, and signs")),
            (Agreed.RECORDED.value, _("In a call or message that we keep")),
        ],
        widget=plain.RadioSelect,
        initial=Agreed.SIGNATURE.value,
    )
    agreed_note = plain.CharField(
        label=_("Where the record is kept"), max_length=300, required=False,
        help_text=_("For a call or a message: which number, when, and where it can be heard or read."),
    )  # fmt: skip
    signature = forms.SignatureField(label=_("Customer's signature"), required=False)

    def clean(self) -> dict[str, Any]:
        """Each way of agreeing with the proof that goes with it."""
        data = super().clean() or self.cleaned_data
        data["agreed"] = Agreed(data["agreed"]) if data.get("agreed") else None
        if data["agreed"] is Agreed.SIGNATURE and not data.get("signature") and "signature" not in self.errors:
            self.add_error("signature", _("The customer has to sign."))
        if data["agreed"] is Agreed.RECORDED and not data.get("agreed_note", "").strip():
            self.add_error("agreed_note", _("Write down where the recorded consent is kept."))
        return data


class PromiseForm(AgreementForm):
    """Another promised date, and why."""

    to = forms.MomentField(label=_("Ready by"))
    cause = plain.TypedChoiceField(
        label=_("Cause"), coerce=PromiseCause, choices=[(each.value, _(CAUSE_LABELS[each])) for each in BY_HAND]
    )
    reason = _text(_("Reason"), help_text=_("The customer reads it."))
    basis = plain.CharField(
        label=_("What the date rests on"), max_length=300, required=False,
        help_text=_("A measurement, a plan, somebody's word."),
    )  # fmt: skip
    field_order = ("to", "cause", "reason", "basis", "agreed", "agreed_note", "signature")

    def __init__(self, *sent: Any, **others: Any) -> None:
        super().__init__(*sent, **others)
        field: Any = self.fields["agreed"]
        field.choices = [("", _("Not asked yet: the customer is told")), *field.choices]
        field.required, field.initial = False, ""


class HoldForm(forms.Form):
    """Why the work stands still."""

    hold = plain.ChoiceField(label=_("Because"), choices=[(each.value, _(HOLD_LABELS[each])) for each in Hold])
    reason = _text(_("Reason"))


class CallForm(forms.Form):
    """The call after the repair."""

    works = plain.TypedChoiceField(
        label=_("Does it still work?"), choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda word: word == "yes",
        widget=plain.RadioSelect, empty_value=None,
    )  # fmt: skip
    satisfaction = plain.TypedChoiceField(
        label=_("How content is the customer?"),
        choices=[(5, _("5 · very")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 · not at all"))], coerce=int, widget=plain.RadioSelect,
    )  # fmt: skip
    note = _text(_("Note"), required=False, most=400)


class ReworkForm(forms.Form):
    """What is wrong again."""

    problem = _text(_("What the customer says"), most=2000)


class DemandForm(forms.Form):
    """The formal demand to pay and collect."""

    legal_basis = plain.CharField(
        label=_("Legal basis"), max_length=300, initial=_("Civil Code, articles 447 to 457 and 783")
    )


class ValuationForm(forms.Form):
    """What an appliance that nobody collects is worth, by two people."""

    valuation_minor = forms.MoneyField(label=_("Value"))
    valued_by = plain.ModelChoiceField(Person.objects.none(), label=_("Valued by"))
    valued_also_by = plain.ModelChoiceField(Person.objects.none(), label=_("And by"))
    photos = forms.PhotosField(label=_("Photo as it is now"), count_min=1, count_max=1)

    def people_of(self, unit: Any) -> None:
        """Only people of the outlet value what stands there."""
        for name in ("valued_by", "valued_also_by"):
            field: Any = self.fields[name]
            field.queryset = Person.objects.filter(unit=unit)
            field.label_from_instance = lambda person: person.name


class DisposalForm(forms.Form):
    """What became of it, and what it brought."""

    disposal = plain.ChoiceField(
        label=_("What is done with it"), choices=[(each.value, _(DISPOSAL_LABELS[each])) for each in Disposal]
    )
    proceeds_minor = forms.MoneyField(label=_("Proceeds"))
