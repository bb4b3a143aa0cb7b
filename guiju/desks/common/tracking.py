"""The box where a customer asks after a repair."""

import re
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from guiju.desks.common.fields import halfwidth
from guiju.desks.common.forms import Form

_CODE = re.compile(r"^[A-Za-z0-9_-]{8,200}$")


class TrackForm(Form):
    """A repair's code, as printed on the ticket."""

    UNKNOWN = _("We do not know this code. It stands under the QR code on your ticket.")

    code = django_forms.CharField(
        label=_("Code on your ticket"),
        max_length=300,
        widget=django_forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> Any:
        """The code itself, also when the whole link was pasted."""
        code = halfwidth(self.cleaned_data["code"]).rstrip("/").rpartition("/t/")[2]
        if not _CODE.match(code):
            raise django_forms.ValidationError(self.UNKNOWN)
        return code
