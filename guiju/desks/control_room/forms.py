"""What the dispatcher and the outlet manager fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.line.dispatch.queries import Candidate
from guiju.line.workorder.rules import HOLD_LABELS, PRIORITY_LABELS
from guiju.standing.people.models import Person

REASON_LENGTH_MAX = 300
_NOBODY = {"invalid_choice": _("Choose a technician of this outlet."), "required": _("Choose a technician.")}


class TechnicianForm(forms.Form):
    """Somebody of the outlet is chosen, by number."""

    technician = django_forms.ChoiceField(label=_("Technician"), error_messages=_NOBODY)

    def __init__(self, candidates: Sequence[Candidate], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._people = {each.technician.number: each.technician for each in candidates}
        self.fields["technician"].choices = [(each.technician.number, _told(each)) for each in candidates]  # type: ignore[attr-defined]

    def clean_technician(self) -> Person:
        """The person of that number."""
        return self._people[self.cleaned_data["technician"]]


def _told(candidate: Candidate) -> str:
    """A candidate in one line: name, load, and what speaks against the person."""
    against = " ".join(str(reason) for reason in candidate.fitness.because)
    said = gettext("%(name)s, %(jobs)s open jobs") % {"name": candidate.technician.name, "jobs": candidate.open_jobs}
    return f"{said} · {against}" if against else said


class AssignForm(TechnicianForm):
    """One click: this technician; against the rules only with a manager's reason."""

    technician = django_forms.ChoiceField(
        label=_("Technician"), widget=django_forms.HiddenInput, error_messages=_NOBODY
    )
    override_reason = django_forms.CharField(
        label=_("Why this technician all the same?"), max_length=REASON_LENGTH_MAX, required=False
    )


class HandOnForm(TechnicianForm):
    """Another technician goes on with a job that is under way."""

    technician = django_forms.ChoiceField(
        label=_("Who goes on with it?"), widget=django_forms.RadioSelect, error_messages=_NOBODY
    )
    reason = django_forms.CharField(label=_("Why does it change hands?"), max_length=REASON_LENGTH_MAX)
    override_reason = django_forms.CharField(
        label=_("Why this technician all the same?"),
        help_text=_("Only for somebody whom certificate, leave or load speak against."),
        max_length=REASON_LENGTH_MAX,
        required=False,
    )

    def __init__(self, *args: Any, may_override: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not may_override:
            del self.fields["override_reason"]


class PriorityForm(forms.Form):
    """How pressing it is, and why."""

    priority = django_forms.ChoiceField(label=_("Priority"))
    reason = django_forms.CharField(label=_("Reason"), max_length=REASON_LENGTH_MAX)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = [(str(each), gettext(word)) for each, word in PRIORITY_LABELS.items()]
        self.fields["priority"].choices = words  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Why the work stands still."""

    hold = django_forms.ChoiceField(label=_("What stops the work?"))
    reason = django_forms.CharField(label=_("Reason"), max_length=REASON_LENGTH_MAX)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hold"].choices = [(str(hold), gettext(word)) for hold, word in HOLD_LABELS.items()]  # type: ignore[attr-defined]


class ResolveForm(forms.Form):
    """Which remedy the customer got for a broken date."""

    note = django_forms.CharField(label=_("Which remedy did the customer get?"), max_length=400)


class RejectForm(forms.Form):
    """Why the manager is not convinced that it cannot be repaired."""

    reason = django_forms.CharField(label=_("What should be tried, or looked at again?"), max_length=REASON_LENGTH_MAX)


class DiscountRefusalForm(forms.Form):
    """Why so much is not taken off."""

    reason = django_forms.CharField(label=_("Why not?"), max_length=REASON_LENGTH_MAX)
