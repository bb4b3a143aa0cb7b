"""The form for a new date begins with what the supplier said and what follows from it; it may be put off, never brought forward."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.queries import Expected


def begin_with_expected(form: forms.BaseForm, order: WorkOrder, *, at: datetime) -> None:
    """Write the supplier's day and the day on which the job is ready then into the form's fields, and say why."""
    expected = workshop.expected(order, at=at)
    if expected is None:
        return
    here = timezone.localtime(expected.ready.at)
    form.initial.setdefault("promised_part_on", expected.part_on)
    form.initial.setdefault("promised_ready_at", here)
    if expected.basis:
        form.initial.setdefault("basis", expected.basis)
    part, ready = form.fields["promised_part_on"], form.fields["promised_ready_at"]
    part.widget.attrs["min"] = expected.part_on.isoformat()
    ready.widget.attrs["min"] = f"{here:%Y-%m-%d}T00:00"
    part.help_text = _said_of_part(expected)
    ready.help_text = format_html_join("", "{}<br>", ((step,) for step in expected.ready.because))


def _said_of_part(expected: Expected) -> SafeString:
    said = _("The supplier's day. Promise it or a later one, never an earlier one.")
    if expected.is_whole:
        return format_html("{}", said)
    return format_html("{}<br>{}", said, _("One of the missing parts has no day yet: it may be later still."))
