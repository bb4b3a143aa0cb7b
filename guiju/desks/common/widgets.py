"""Controls that a browser does not have by itself: several photos, a signature."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from guiju.kernel.coins import DENOMINATIONS


class PhotosInput(forms.ClearableFileInput):
    """Several pictures, straight from the camera where there is one."""

    allow_multiple_selected = True
    template_name = "common/widgets/photos.html"
    is_group = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/*", "capture": "environment", "multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """All the pictures that were sent under this name."""
        return list(files.getlist(name)) if isinstance(files, MultiValueDict) else list(files.get(name) or [])


@dataclass(frozen=True, slots=True)
class SignatureSent:
    """What the signature control sent, as it came: nothing in it is trusted yet.

    asked   the key of a signature that somebody was asked for on their own telephone
    """

    name: str
    drawn: str
    is_typed: bool
    paper: UploadedFile | None
    asked: str = ""


class SignatureInput(forms.Widget):
    """Sign with a finger; or by typing one's name; or on paper, photographed."""

    template_name = "common/widgets/signature.html"
    needs_multipart_form = True
    is_group = True
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, takes_paper: bool = True) -> None:
        super().__init__(attrs)
        self.takes_paper = takes_paper

    def id_for_label(self, id_: str) -> str:
        """No single control is the signature: the group has a legend instead of a label."""
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> SignatureSent:
        """All ways to sign, together."""
        return SignatureSent(
            name=str(data.get(f"{name}_name", "")),
            drawn=str(data.get(name, "")),
            is_typed=bool(data.get(f"{name}_typed")),
            paper=files.get(f"{name}_paper"),
            asked=str(data.get(f"{name}_asked", "")),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Omitted when nothing of it was sent."""
        return (
            not any(part in data for part in (name, f"{name}_name", f"{name}_typed", f"{name}_asked"))
            and f"{name}_paper" not in files
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What was drawn and typed is shown again; a file must be chosen again, browsers allow no other way."""
        context = super().get_context(name, None, attrs)
        context["widget"]["takes_paper"] = self.takes_paper
        context["widget"]["sent"] = (
            value if isinstance(value, SignatureSent) else SignatureSent(str(value or ""), "", False, None)
        )
        return context


class PiecesInput(forms.Widget):
    """How many there are of each note and coin: one small box a denomination, the largest first."""

    template_name = "common/widgets/pieces.html"
    is_group = True
    use_fieldset = True
    currency = "CNY"

    def id_for_label(self, id_: str) -> str:
        """No single box is the count: the group has a legend instead of a label."""
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[int, str]:
        """What was typed, by denomination; nothing in it is trusted yet."""
        return {each: str(data.get(f"{name}_{each}", "")).strip() for each in DENOMINATIONS[self.currency]}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Omitted when no box was sent."""
        return not any(f"{name}_{each}" in data for each in DENOMINATIONS[self.currency])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """One box each; what was typed is shown again."""
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, dict) else {}
        context["widget"] |= {
            "currency": self.currency,
            "boxes": [(each, f"{name}_{each}", typed.get(each, "")) for each in DENOMINATIONS[self.currency]],
        }
        return context
