"""Form fields of the trade: money, telephones, moments, photos and signatures, each refusing in a clear sentence."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guiju.desks.common import words
from guiju.desks.common.place import here
from guiju.desks.common.signing import written_name
from guiju.desks.common.widgets import PhotosInput, PiecesInput, SignatureInput, SignatureSent
from guiju.kernel.amounts import EXPONENTS
from guiju.kernel.coins import PIECES_MAX

MONEY_MINOR_MAX = 10**12
"""Ten thousand million yuan: more than any bill, less than a column holds; a slip of the keys must not get in."""
PHOTO_BYTES_MAX = 10 * 2**20
"""A phone's picture is 3-8 MB; kernel.evidence refuses larger ones, here the sentence stands at the field."""
DRAWN_BYTES_MAX = 300 * 2**10
"""A drawn signature is 5-40 kB."""

_MONEY = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$|^\d+(\.\d*)?$|^\.\d+$")
_PNG = "data:image/png;base64,"


def halfwidth(text: str) -> str:
    """What a Chinese keyboard types wide, made plain: １２．５０ is 12.50 and ，is a comma."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()


class MoneyField(forms.Field):
    """An amount as people type it ("12.50", "1,200"), kept as an integer of minor units.

    currency   ISO 4217; without it, the currency of this place
    min_minor, max_minor  bounds in minor units, both allowed
    """

    default_error_messages = {
        "invalid": _("Write the amount in figures, such as 12.50."),
        "negative": _("An amount cannot be less than zero here."),
        "too_fine": _("%(currency)s has at most %(digits)s digits after the point."),
        "too_small": _("The amount must be at least %(limit)s."),
        "too_large": _("The amount must be at most %(limit)s."),
    }

    def __init__(
        self, *, currency: str = "", min_minor: int = 0, max_minor: int = MONEY_MINOR_MAX, **more: Any
    ) -> None:
        more.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "figure"})
        )
        super().__init__(**more)
        self._currency, self.min_minor, self.max_minor = currency, min_minor, max_minor

    @property
    def currency(self) -> str:
        """The currency that is typed in."""
        return self._currency or here().currency

    def prepare_value(self, value: Any) -> Any:
        """An integer is minor units and shown in whole ones; what was typed is shown as it was typed."""
        return words.plain_money(value, self.currency) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """The minor units of what was typed."""
        text = halfwidth(str(value or ""))
        for sign in (self.currency, "CN¥", "NT$", "HK$", "¥", "$", "元"):
            text = text.removeprefix(sign).removesuffix(sign).strip()
        if not text:
            return None
        if text.startswith(("-", "\u2212")):
            raise ValidationError(self.error_messages["negative"], "negative")
        if not _MONEY.match(text):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return self._minor(text)

    def _minor(self, text: str) -> int:
        digits = EXPONENTS[self.currency]
        try:
            minor = Decimal(text.replace(",", "")).scaleb(digits)
        except InvalidOperation as problem:
            raise ValidationError(self.error_messages["invalid"], "invalid") from problem
        if minor != minor.to_integral_value():
            raise ValidationError(
                self.error_messages["too_fine"], "too_fine", {"currency": self.currency, "digits": digits}
            )
        return int(minor)

    def validate(self, value: int | None) -> None:
        """Within its bounds."""
        super().validate(value)
        if value is None:
            return
        for bound, code, is_broken in (
            (self.min_minor, "too_small", value < self.min_minor),
            (self.max_minor, "too_large", value > self.max_minor),
        ):
            if is_broken:
                limit = words.money(bound, self.currency)
                raise ValidationError(self.error_messages[code], code, {"limit": limit})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another amount was typed: "12.5" and 1250 are the same."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class PiecesField(forms.Field):
    """Notes and coins as they are counted: {denomination in minor units: how many}. An empty box is none of them.

    currency   ISO 4217; without it, the currency of this place
    """

    default_error_messages = {
        "invalid": _("Write for each note and coin how many there are, in figures."),
        "required": _("Count the notes and coins; write 0 where there are none at all."),
    }

    def __init__(self, *, currency: str = "", **more: Any) -> None:
        more.setdefault("widget", PiecesInput())
        super().__init__(**more)
        self.widget.currency = currency or here().currency

    def to_python(self, value: Any) -> dict[int, int] | None:
        """The counts of what was typed; None where no box was filled."""
        typed = {each: halfwidth(text) for each, text in (value or {}).items() if text}
        if any(not text.isascii() or not text.isdigit() or int(text[:9]) > PIECES_MAX for text in typed.values()):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return {each: int(text) for each, text in typed.items()} or None


class PhoneField(forms.CharField):
    """A telephone number as people say it, kept as E.164.

    region  ISO 3166 country of numbers without a prefix; without it, the one of this place
    """

    default_error_messages = {
        "invalid": _(
            "This is not a telephone number that can be called. Write it with its area code, or with + and the country code."
        ),
    }

    def __init__(self, *, region: str = "", **more: Any) -> None:
        more.setdefault("widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}))
        super().__init__(max_length=40, **more)
        self.region = region

    def prepare_value(self, value: Any) -> Any:
        """A kept number is shown as it is dialled here."""
        return words.phone(value) if isinstance(value, str) and value.startswith("+") else value

    def to_python(self, value: Any) -> str:
        """The number with its country, in E.164."""
        text = halfwidth(super().to_python(value) or "")
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, self.region or here().region)
        except phonenumbers.NumberParseException as problem:
            raise ValidationError(self.error_messages["invalid"], "invalid") from problem
        if not phonenumbers.is_valid_number(number):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# No appliance is older, no promise longer; and at the ends of the calendar the day before or after is no day.
YEARS = range(1900, 3000)
# Of a row's key. SQLite stops at a number that it cannot hold, where a list is asked for several.
KEY_DIGITS_MAX = 18


class SomeOfField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django takes none at run time
    """Several rows of a list."""

    def clean(self, value: Any) -> Any:
        """Refuse the key that no row can have, as any other that is not in the list."""
        for each in value if isinstance(value, list | tuple) else ():
            if len(str(each)) > KEY_DIGITS_MAX:
                known = {"value": str(each)[:KEY_DIGITS_MAX]}
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=known)
        return super().clean(value)


class DayField(forms.DateField):
    """A day, from the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        more.setdefault("error_messages", {"invalid": _("Choose a day, such as 2026-11-24.")})
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        """Refuse the ends of the calendar."""
        return _in_our_years(self, super().to_python(value))


class MomentField(forms.DateTimeField):
    """A day and time on this place's clock, kept with its zone."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        more.setdefault("error_messages", {"invalid": _("Choose a day and a time, such as 2026-11-24 14:30.")})
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        """Refuse the ends of the calendar, where no zone can be reckoned with."""
        return _in_our_years(self, super().to_python(value))


def _in_our_years(field: forms.Field, day: Any) -> Any:
    if day is not None and day.year not in YEARS:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
    return day


class PhotosField(forms.Field):
    """Several photos; their content is checked where they are kept as evidence.

    count_min, count_max  how many there must and may be
    """

    widget = PhotosInput
    default_error_messages = {
        "too_few": ngettext_lazy(
            "Take at least %(count)s photo; you sent %(sent)s.",
            "Take at least %(count)s photos; you sent %(sent)s.",
            "count",
        ),
        "too_many": ngettext_lazy(
            "Send at most %(count)s photo at once; you sent %(sent)s.",
            "Send at most %(count)s photos at once; you sent %(sent)s.",
            "count",
        ),
        "too_large": _("The picture %(name)s is larger than %(megabytes)s MB."),
        "not_picture": _("The file %(name)s is not a picture."),
    }

    def __init__(self, *, count_min: int = 0, count_max: int = 12, **more: Any) -> None:
        more.setdefault("required", count_min > 0)
        super().__init__(**more)
        self.count_min, self.count_max = count_min, count_max

    def clean(self, value: Sequence[UploadedFile] | None) -> list[UploadedFile]:
        """The pictures as they were sent, none too many and none too large."""
        photos = [photo for photo in value or [] if photo]
        if self.required and len(photos) < max(self.count_min, 1):
            self._refuse("too_few", count=max(self.count_min, 1), sent=len(photos))
        if len(photos) > self.count_max:
            self._refuse("too_many", count=self.count_max, sent=len(photos))
        for photo in photos:
            if not (photo.content_type or "").startswith("image/"):
                self._refuse("not_picture", name=photo.name)
            if (photo.size or 0) > PHOTO_BYTES_MAX:
                self._refuse("too_large", name=photo.name, megabytes=PHOTO_BYTES_MAX // 2**20)
        return photos

    def _refuse(self, code: str, **params: Any) -> None:
        raise ValidationError(self.error_messages[code], code, params)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was given: who signed, how, and the picture of it.

    method  DRAWN on the screen, TYPED name, SCAN of paper, or PHONE: given on the signer's own telephone
    image   PNG, or the photo of the paper as it was sent; evidence decodes and re-encodes it; empty for PHONE
    asked   the key of what was signed on the telephone
    """

    name: str
    method: str
    image: bytes
    asked: int = 0


class SignatureField(forms.Field):
    """A signature with the signer's name; drawn, typed, or on paper."""

    widget = SignatureInput
    default_error_messages = {
        "name": _("Write the name of the person who signs."),
        "missing": _(
            "Sign in the box; or tick that the typed name is the signature; or add a photo of the signed paper."
        ),
        "unreadable": _("The drawn signature could not be read. Clear the box and sign again."),
        "paper": _("Send the signed paper as a picture of at most %(megabytes)s MB."),
    }

    def prepare_value(self, value: Any) -> Any:
        """What was sent is shown again; a plain text is the name to offer."""
        return value

    def clean(self, value: SignatureSent | None) -> Signature | None:
        """The signature in the first way that was used: drawn, on paper, typed, on the signer's telephone."""
        sent = value or SignatureSent("", "", False, None)
        name = " ".join(sent.name.split())[:80]
        # What is given here and now goes before what somebody was asked for: the telephone may have failed.
        on_phone = sent.asked.isascii() and sent.asked.isdecimal() and not (sent.drawn or sent.paper or sent.is_typed)
        if on_phone:
            return Signature(name, "PHONE", b"", int(sent.asked[:18]))
        is_given = bool(sent.drawn or sent.paper or sent.is_typed)
        if not self.required and not is_given:
            return None
        if not is_given:
            raise ValidationError(self.error_messages["missing"], "missing")
        if not name:
            raise ValidationError(self.error_messages["name"], "name")
        if sent.drawn:
            return Signature(name, "DRAWN", self._drawn(sent.drawn))
        if sent.paper:
            return Signature(name, "SCAN", self._paper(sent.paper))
        return Signature(name, "TYPED", written_name(name))

    def _drawn(self, data_url: str) -> bytes:
        if not data_url.startswith(_PNG) or len(data_url) > DRAWN_BYTES_MAX * 4 // 3 + len(_PNG):
            raise ValidationError(self.error_messages["unreadable"], "unreadable")
        try:
            image = base64.b64decode(data_url.removeprefix(_PNG), validate=True)
        except binascii.Error as problem:
            raise ValidationError(self.error_messages["unreadable"], "unreadable") from problem
        if not image.startswith(b"\x89PNG\r\n\x1a\n"):
            raise ValidationError(self.error_messages["unreadable"], "unreadable")
        return image

    def _paper(self, paper: UploadedFile) -> bytes:
        if not (paper.content_type or "").startswith("image/") or (paper.size or 0) > PHOTO_BYTES_MAX:
            raise ValidationError(self.error_messages["paper"], "paper", {"megabytes": PHOTO_BYTES_MAX // 2**20})
        kept = BytesIO()
        for chunk in paper.chunks():
            kept.write(chunk)
        return kept.getvalue()


class PaperField(forms.FileField):
    """One file, such as a proof of purchase: a picture or a PDF."""

    default_error_messages = {"too_large": _("The file is larger than %(megabytes)s MB.")}

    def __init__(
        self, *, accept: str = "image/*,application/pdf", bytes_max: int = PHOTO_BYTES_MAX, **more: Any
    ) -> None:
        more.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**more)
        self.bytes_max = bytes_max

    def to_python(self, data: Any) -> Any:
        """The file, if it is not too large."""
        file = super().to_python(data)
        if file and file.size > self.bytes_max:
            raise ValidationError(self.error_messages["too_large"], "too_large", {"megabytes": self.bytes_max // 2**20})
        return file
