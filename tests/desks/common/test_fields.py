"""Form fields take what people type, and refuse in a sentence."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from PIL import Image

from guiju.desks.common import forms
from guiju.desks.common.place import Place, standing_in
from guiju.standing.catalogue.models import Brand


@pytest.fixture(autouse=True)
def _in_foshan() -> Iterator[None]:
    with standing_in(Place("CNY", "CN", "Asia/Shanghai")), translation.override("en"):
        yield


def form_with(field: Any, sent: dict[str, Any], files: dict[str, Any] | None = None) -> forms.Form:
    """A form of one field called `it`, filled in."""
    kind = type("OneField", (forms.Form,), {"it": field})
    return kind(sent, MultiValueDict(files or {}))  # type: ignore[no-any-return]


def picture(size: tuple[int, int] = (4, 4)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("12.50", 1250), ("12.5", 1250), ("12", 1200), ("12.", 1200), (".5", 50), ("1,200", 120000), ("1,234,567.89", 123456789),
        ("¥ 12.50", 1250), ("12.5元", 1250), ("CN¥3", 300), ("１２．５０", 1250), ("12。5", 1250), (" 0 ", 0),
    ],
)  # fmt: skip
def test_money_is_taken_as_people_type_it(typed: str, minor: int) -> None:
    form = form_with(forms.MoneyField(), {"it": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == minor


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("twelve", "Write the amount in figures, such as 12.50."),
        ("12,5", "Write the amount in figures, such as 12.50."),
        ("1e9", "Write the amount in figures, such as 12.50."),
        ("NaN", "Write the amount in figures, such as 12.50."),
        ("-3", "An amount cannot be less than zero here."),
        ("12.505", "CNY has at most 2 digits after the point."),
        ("99", "The amount must be at least ¥100.00."),
        ("200.01", "The amount must be at most ¥200.00."),
        ("", "This is needed."),
    ],
)
def test_money_refuses_in_a_sentence_and_keeps_what_was_typed(typed: str, sentence: str) -> None:
    form = form_with(forms.MoneyField(min_minor=10000, max_minor=20000), {"it": typed})
    assert form.errors["it"] == [sentence]
    assert f'value="{typed}"' in str(form) or not typed


@pytest.mark.parametrize("currency", ["CNY", "JPY", "KWD"])
@pytest.mark.parametrize("minor", [0, 1, 99, 100, 1250, 123456])
def test_money_shown_in_a_field_is_taken_back_as_the_same(minor: int, currency: str) -> None:
    field = forms.MoneyField(currency=currency)
    shown = field.prepare_value(minor)
    assert field.clean(shown) == minor
    assert not field.has_changed(minor, shown)


@pytest.mark.parametrize("typed", ["138 1234 5678", "138-1234-5678", "+86 13812345678", "１３８１２３４５６７８"])
def test_a_phone_is_kept_the_same_however_it_was_written(typed: str) -> None:
    form = form_with(forms.PhoneField(), {"it": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == "+8613812345678"


@pytest.mark.parametrize("typed", ["12", "hello", "138123456789012"])
def test_what_cannot_be_called_is_no_phone(typed: str) -> None:
    form = form_with(forms.PhoneField(), {"it": typed})
    assert form.errors["it"][0].startswith("This is not a telephone number that can be called.")
    assert typed in str(form)


def test_a_phone_without_prefix_is_of_this_place() -> None:
    with standing_in(Place("HKD", "HK", "Asia/Hong_Kong")):
        assert forms.PhoneField().clean("9123 4567") == "+85291234567"


def test_a_moment_is_on_the_units_clock() -> None:
    assert forms.MomentField().clean("2026-11-02T12:00") == datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    shown = str(
        type("F", (forms.Form,), {"it": forms.MomentField()})(initial={"it": datetime(2026, 11, 2, 4, tzinfo=UTC)})
    )
    assert 'value="2026-11-02T12:00"' in shown


def test_photos_are_counted_and_each_must_be_a_picture() -> None:
    photos = [SimpleUploadedFile(f"{n}.png", picture(), "image/png") for n in range(4)]
    field = forms.PhotosField(count_min=4, count_max=5)
    form = form_with(field, {}, {"it": photos})
    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["it"]) == 4
    assert form_with(field, {}, {"it": photos[:3]}).errors["it"] == ["Take at least 4 photos; you sent 3."]
    assert form_with(field, {}, {"it": photos + photos}).errors["it"] == ["Send at most 5 photos at once; you sent 8."]
    text = SimpleUploadedFile("notes.txt", b"x", "text/plain")
    assert form_with(field, {}, {"it": [*photos, text]}).errors["it"] == ["The file notes.txt is not a picture."]


class TestSignature:
    def sent(self, **more: Any) -> dict[str, Any]:
        return {f"it{'_' if part else ''}{part}": value for part, value in more.items()}

    def test_drawn_on_the_pad(self) -> None:
        drawing = picture()
        url = "data:image/png;base64," + base64.b64encode(drawing).decode()
        form = form_with(forms.SignatureField(), {"it": url, "it_name": " 陈 立 "})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["it"] == forms.Signature("陈 立", "DRAWN", drawing)

    def test_typed_is_drawn_as_a_picture(self) -> None:
        form = form_with(forms.SignatureField(), {"it_name": "陈立", "it_typed": "1"})
        assert form.is_valid(), form.errors
        given = form.cleaned_data["it"]
        other = forms.SignatureField().clean(
            form.fields["it"].widget.value_from_datadict({"it_name": "王五", "it_typed": "1"}, {}, "it")
        )
        assert given.method == "TYPED"
        assert Image.open(BytesIO(given.image)).size == (640, 200)
        assert given.image != other.image

    def test_signed_on_paper(self) -> None:
        paper = SimpleUploadedFile("p.png", picture(), "image/png")
        form = form_with(forms.SignatureField(), {"it_name": "陈立"}, {"it_paper": [paper]})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["it"].method == "SCAN"
        assert form.cleaned_data["it"].image == picture()

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"it_name": "陈立"}, "Sign in the box;"),
            ({"it_typed": "1"}, "Write the name of the person who signs."),
            ({"it_name": "陈立", "it": "data:image/svg+xml;base64,AAAA"}, "The drawn signature could not be read."),
            ({"it_name": "陈立", "it": "data:image/png;base64,AAAA"}, "The drawn signature could not be read."),
            ({"it_name": "陈立", "it": "data:image/png;base64,*"}, "The drawn signature could not be read."),
        ],
    )
    def test_it_refuses_in_a_sentence_and_keeps_the_name(self, sent: dict[str, str], sentence: str) -> None:
        form = form_with(forms.SignatureField(), sent)
        assert form.errors["it"][0].startswith(sentence)
        assert sent.get("it_name", "") in str(form)

    def test_it_may_be_left_out_where_it_is_not_needed(self) -> None:
        form = form_with(forms.SignatureField(required=False), {"it_name": "陈立"})
        assert form.is_valid()
        assert form.cleaned_data["it"] is None


def test_an_error_stands_at_its_field_and_is_read_out_with_it() -> None:
    form = form_with(django_forms.CharField(label="Name", help_text="As on the invoice."), {"it": ""})
    page = str(form)
    assert 'aria-describedby="id_it_helptext id_it_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_it_error"' in page
    assert 'href="#id_it"' in page


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
@pytest.mark.shows("G17")
def test_the_ends_of_the_calendar_are_no_day(typed: str) -> None:
    assert not form_with(forms.DayField(), {"it": typed}).is_valid()
    assert not form_with(forms.MomentField(), {"it": f"{typed}T23:59"}).is_valid()
    assert form_with(forms.DayField(), {"it": "1900-01-01"}).is_valid()
    assert form_with(forms.MomentField(), {"it": "2999-12-31T23:59"}).is_valid()


@pytest.mark.django_db
@pytest.mark.shows("G17")
def test_a_key_that_no_row_can_have_is_no_choice() -> None:
    kept = Brand.objects.create(code="GUIJU", name="Guiju", folded="guiju")
    field = forms.SomeOfField(Brand.objects.all())
    assert form_with(field, MultiValueDict({"it": [str(kept.pk)]})).is_valid()
    for typed in ("9223372036854775808", "1" * 400, "0", "x"):
        assert form_with(field, MultiValueDict({"it": [typed]})).errors
