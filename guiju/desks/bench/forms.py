"""What a technician fills in, but for the quote, which has a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.bench.rows import JobForm, RowsForm
from guiju.desks.common import forms
from guiju.desks.common.expecting import begin_with_expected
from guiju.desks.common.measuring import field_for
from guiju.kernel import lifecycle
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import DECIDED_AT_REMOVAL, MISSING, OUTCOME_LABELS, RequestState
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import HOLD_LABELS, State
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import LabourEntry
from guiju.line.workshop.rules import DELAY_LABELS, LABOUR_MINUTES_MAX, REMEDY_LABELS, UNREPAIRABLE_LABELS
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import FaultCode, Part
from guiju.standing.catalogue.rules import CodeKind

CHOOSE = _("Choose…")
# Minutes: ten hours. What is longer holds a night or a day off, and a guess would be noted as work.
WORKED_AT_A_STRETCH_MAX = 600
_CHOOSE_ONE = {"invalid_choice": _("Choose one of the list.")}


def _lines(height: int, **more: Any) -> django_forms.Textarea:
    return django_forms.Textarea(attrs={"rows": height, **more})


def _said(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """The codes of a table with their names, to choose from."""
    return [(str(code), gettext(word)) for code, word in words.items()]


class RefuseForm(JobForm):
    """Why the technician gives the job back."""

    reason = django_forms.CharField(label=_("Why not?"), max_length=300)


class DiagnoseForm(RowsForm):
    """Fault, cause, findings, and what was measured."""

    fault = django_forms.ModelChoiceField(FaultCode.objects.none(), label=_("Fault"), empty_label=CHOOSE)
    cause = django_forms.ModelChoiceField(FaultCode.objects.none(), label=_("Cause"), empty_label=CHOOSE)
    findings = django_forms.CharField(label=_("What did you find?"), widget=_lines(3))
    photos = forms.PhotosField(label=_("Photos of the damage"), count_max=8)
    names = ("name", "value", "unit")

    def fill(self) -> None:
        """Offer the codes of the appliance's own line."""
        super().fill()
        line = self.order.appliance.line
        self.fields["fault"].queryset = catalogue.codes(CodeKind.FAULT, line=line)  # type: ignore[attr-defined]
        # That there is nothing wrong is said with a step of its own.
        causes = catalogue.codes(CodeKind.CAUSE, line=line).exclude(code="NO_FAULT")
        self.fields["cause"].queryset = causes  # type: ignore[attr-defined]

    def row(self) -> dict[str, django_forms.Field]:
        """One measurement."""
        return {
            "name": django_forms.CharField(label=_("Measured"), max_length=80, required=False),
            "value": django_forms.CharField(label=_("Value"), max_length=40, required=False),
            "unit": django_forms.CharField(label=_("Unit"), max_length=20, required=False),
        }

    def clean(self) -> dict[str, Any]:
        """A value says what it is of, and a name has a value."""
        for at in range(self.count):
            typed = self.typed(at)
            if (typed["value"] or typed["unit"]) and not typed["name"]:
                self.add_error(f"name_{at}", gettext("What was measured?"))
            if typed["name"] and not typed["value"]:
                self.add_error(f"value_{at}", gettext("Write the measured value."))
        return self.cleaned_data

    def found(self) -> dict[str, Any]:
        """As the action takes it."""
        rows = [self.typed(at) for at in range(self.count)]
        kept = {name: self.cleaned_data[name] for name in ("fault", "cause", "findings", "photos")}
        return kept | {"measurements": [row for row in rows if row["name"]]}


class NoFaultForm(JobForm):
    """The tests that showed that nothing is wrong."""

    tests = django_forms.CharField(label=_("What did you test?"), widget=_lines(3))
    demonstration_offered = django_forms.BooleanField(
        label=_("The customer is offered to see it working"), required=False
    )


class AskPartForm(JobForm):
    """Which part the job needs, how many, and by when."""

    part = django_forms.CharField(label=_("Part number"), max_length=60)
    quantity = django_forms.IntegerField(label=_("Quantity"), min_value=1, max_value=10**6, initial=1)
    need_by = forms.DayField(label=_("Needed by"), required=False)

    def clean_part(self) -> Part:
        """The part of that number, if it fits this kind of appliance."""
        fitting = catalogue.parts(line=self.order.appliance.line)
        found = fitting.filter(code__iexact=self.cleaned_data["part"].strip()).first()
        if found is None:
            raise ValidationError(_("No part with this number fits this kind of appliance. Search by its name."))
        return found


class RequestForm(JobForm):
    """One of the job's own requests."""

    request = django_forms.ChoiceField(label=_("Part"), error_messages=_CHOOSE_ONE)

    def eligible(self, request: PartRequest) -> bool:
        """Whether the step is for this request."""
        raise NotImplementedError

    def fill(self) -> None:
        """Offer the requests that the step is for."""
        self._requests = {each.number: each for each in storeroom.requests_of(self.order) if self.eligible(each)}
        self.fields["request"].choices = [  # type: ignore[attr-defined]
            (number, f"{each.part.name} · {each.part.code} · {number}") for number, each in self._requests.items()
        ]

    def clean_request(self) -> PartRequest:
        """The request of that number."""
        return self._requests[self.cleaned_data["request"]]


class CancelPartForm(RequestForm):
    """A part that the job no longer needs."""

    request = django_forms.ChoiceField(
        label=_("Part"), widget=django_forms.HiddenInput, error_messages={"invalid_choice": _("This part is not waited for any more.")}
    )  # fmt: skip

    def eligible(self, request: PartRequest) -> bool:
        """Only what is not issued yet."""
        return request.state in MISSING


class FitForm(RequestForm):
    """A part goes in, and the old one comes out with its tag."""

    quantity = django_forms.IntegerField(label=_("Quantity"), min_value=1, max_value=10**6, initial=1)
    new_serial = django_forms.CharField(label=_("Serial number of the new part"), max_length=60, required=False)
    old_condition = django_forms.CharField(label=_("In what condition is the old part?"), max_length=300)
    old_outcome = django_forms.ChoiceField(label=_("What becomes of the old part?"))
    old_serial = django_forms.CharField(label=_("Serial number of the old part"), max_length=60, required=False)

    def fill(self) -> None:
        """Offer what may become of an old part."""
        super().fill()
        self.fields["old_outcome"].choices = _said({each: OUTCOME_LABELS[each] for each in DECIDED_AT_REMOVAL})  # type: ignore[attr-defined]

    def eligible(self, request: PartRequest) -> bool:
        """Only what is in the technician's hands."""
        return request.state == RequestState.ISSUED and request.unused_quantity > 0


class CommitmentForm(JobForm):
    """A new date for a missing part, which the customer signs at the counter or by the link."""

    cause = django_forms.ChoiceField(label=_("Why is the part missing?"))
    basis = django_forms.CharField(
        label=_("What does the date rest on?"), help_text=_("The supplier's word, or an estimate and why."), max_length=300
    )  # fmt: skip
    promised_part_on = forms.DayField(label=_("The part is here by"))
    promised_ready_at = forms.MomentField(label=_("Ready for collection by"))
    remedy = django_forms.ChoiceField(label=_("If the date is missed, the customer gets"))

    def fill(self) -> None:
        """Offer the trade's causes and remedies, and the date that the store was told with what follows from it."""
        self.fields["cause"].choices = _said(DELAY_LABELS)  # type: ignore[attr-defined]
        self.fields["remedy"].choices = _said(REMEDY_LABELS)  # type: ignore[attr-defined]
        begin_with_expected(self, self.order, at=now())


class WaitForm(JobForm):
    """The job waits for its part."""

    customer_is_remote = django_forms.BooleanField(
        label=_("The customer is not here and signs by the link"), required=False
    )


def since_the_last(order: WorkOrder) -> dict[str, int]:
    """The minutes since the work began, or since the last entry; after a night nobody knows, and the field stays empty."""
    began = lifecycle.history(order).filter(to_state__in=[State.DIAGNOSING, State.REPAIRING]).last()
    # `orders.open_order` has counted already whether there is any.
    entries = workshop.labour_of(order) if getattr(order, "has_labour", True) else []
    noted = entries[-1] if entries else None
    starts = [each.at for each in (began, noted) if each is not None]
    minutes = int((now() - max(starts)).total_seconds()) // 60 if starts else 0
    return {"minutes": minutes} if 0 < minutes <= WORKED_AT_A_STRETCH_MAX else {}


class LabourForm(JobForm):
    """Time that was worked."""

    minutes = django_forms.IntegerField(
        label=_("Minutes"),
        widget=django_forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Counted from when the work began, or from the last entry. Change them if you did something else."),
    )
    task = django_forms.CharField(label=_("What did you work on?"), max_length=200)


class StopTimerForm(JobForm):
    """What the time was for."""

    task = django_forms.CharField(label=_("What did you work on?"), max_length=200, required=False)


class CorrectLabourForm(JobForm):
    """Which of one's own entries was wrong, what it should have been, and why."""

    entry = django_forms.ModelChoiceField(
        LabourEntry.objects.none(), label=_("Which entry?"), empty_label=None, error_messages=_CHOOSE_ONE
    )
    minutes = django_forms.IntegerField(
        label=_("Right minutes"),
        min_value=0,
        max_value=LABOUR_MINUTES_MAX,
        widget=django_forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("0 where nothing was worked."),
    )
    reason = django_forms.CharField(label=_("Reason"), max_length=300)

    def fill(self) -> None:
        """Offer what the technician noted and nobody took back."""
        own = LabourEntry.objects.filter(order=self.order, technician=self.order.technician_id).standing()
        entry: Any = self.fields["entry"]
        entry.queryset = own.order_by("-pk")
        entry.label_from_instance = lambda row: (
            gettext("%(minutes)s min: %(task)s")
            % {
                "minutes": row.minutes,
                "task": row.said,
            }
        )


class ChecksForm(JobForm):
    """What is ticked off and measured; what is not done yet stays open."""

    use_required_attribute = False

    def fill(self) -> None:
        """A field for each item, with what was found last."""
        self._items = {}
        for each in workshop.work_checklist(self.order):
            field = field_for(each.item.limit())
            if not each.item.is_required:
                field.label = gettext("%(item)s (if it applies)") % {"item": field.label}
            field.initial = each.text
            field.required = False
            self.fields[f"item_{each.item.pk}"] = field
            self._items[each.item.pk] = each.item

    def values(self) -> dict[int, str]:
        """What was typed, by item."""
        return {pk: self.cleaned_data.get(f"item_{pk}") or "" for pk in self._items}


class FinishForm(JobForm):
    """What was done, in words for the customer."""

    work_done = django_forms.CharField(label=_("What was done?"), widget=_lines(3))
    advice = django_forms.CharField(label=_("Advice for the customer"), widget=_lines(2), required=False)


class UnrepairableForm(JobForm):
    """Why it cannot be repaired."""

    reason = django_forms.ChoiceField(label=_("Why not?"))
    note = django_forms.CharField(label=_("Explain it"), widget=_lines(3))
    second_opinion = django_forms.CharField(
        label=_("Second technician who agrees"), help_text=_("Needed while the repair is covered."), max_length=120, required=False
    )  # fmt: skip

    def fill(self) -> None:
        """Offer the trade's reasons."""
        self.fields["reason"].choices = _said(UNREPAIRABLE_LABELS)  # type: ignore[attr-defined]


class ReturnForm(JobForm):
    """The check before an appliance goes back as it came."""

    reassembled = django_forms.BooleanField(label=_("It is put together again"), required=False)
    accessories_complete = django_forms.BooleanField(label=_("All accessories are with it"), required=False)
    safety_checked = django_forms.BooleanField(label=_("The electrical safety check is done"), required=False)
    accepted_as_is = django_forms.CharField(
        label=_("Accepted as it is"),
        help_text=_("Where the customer's written consent is kept, if it is not safe to use."),
        max_length=400,
        required=False,
    )
    shelf = django_forms.CharField(label=_("Shelf"), max_length=40, required=False)

    def fill(self) -> None:
        """It goes back to its shelf."""
        self.initial.setdefault("shelf", self.order.shelf)


class HoldForm(JobForm):
    """Why the work stands still."""

    hold = django_forms.ChoiceField(label=_("What stops the work?"))
    reason = django_forms.CharField(label=_("Reason"), max_length=300)

    def fill(self) -> None:
        """Offer the trade's reasons."""
        self.fields["hold"].choices = _said(HOLD_LABELS)  # type: ignore[attr-defined]
