"""The forms of the desks: Django's, in the frame's dress, with the trade's own fields beside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.desks.common.drawing import Drawing
from guiju.desks.common.fields import (
    DayField,
    MomentField,
    MoneyField,
    PaperField,
    PhoneField,
    PhotosField,
    PiecesField,
    Signature,
    SignatureField,
    SomeOfField,
)

__all__ = [
    "DayField",
    "Form",
    "MomentField",
    "MoneyField",
    "PaperField",
    "PhoneField",
    "PhotosField",
    "PiecesField",
    "Signature",
    "SignatureField",
    "SomeOfField",
]


class FrameRenderer(Drawing):
    """Draws forms with the templates of the frame."""

    form_template_name = "common/form.html"
    field_template_name = "common/field.html"


class Form(forms.Form):
    """A form whose fields stand with their label, help and error, and that keeps its idempotency key.

    `{{ form }}` draws all of it; `{{ form.phone.as_field_group }}` draws one field.
    """

    default_renderer = FrameRenderer
    required_css_class = "required"
    error_css_class = "has-error"

    def __init__(self, *args: Any, **more: Any) -> None:
        # A colon after a label is an English habit; the labels of the frame stand above their fields.
        more.setdefault("label_suffix", "")
        super().__init__(*args, **more)
        for field in self.fields.values():
            if (
                field.required
                and field.error_messages.get("required") == forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = _("This is needed.")
