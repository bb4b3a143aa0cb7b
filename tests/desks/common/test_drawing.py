"""The controls that we draw ourselves are those of Django's own templates, to the letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from guiju.desks.common import drawing
from guiju.desks.common.drawing import Drawing

NASTY = "<b>\"'&陈"
GROUPED = [("", "—"), (NASTY, [(1, NASTY), (2, mark_safe("<i>x</i>"))]), ("a", "A")]


class Ours(forms.Select):
    """Options in a dress of their own are left to their template."""

    option_template_name = "django/forms/widgets/radio_option.html"


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(), NASTY), (forms.TextInput(attrs={"title": NASTY, "required": True, "hidden": False}), None),
        (forms.TextInput(), ""), (forms.NumberInput(attrs={"min": 0}), 12_345), (forms.EmailInput(), mark_safe("a&amp;b")),
        (forms.HiddenInput(), "x"), (forms.PasswordInput(), "x"), (forms.URLInput(), "http://x/?a=1&b"),
        (forms.CheckboxInput(), True), (forms.CheckboxInput(), False), (forms.DateInput(), "2026-11-02"),
        (forms.DateTimeInput(), datetime(2026, 11, 2, 9)), (forms.TimeInput(), "09:00"), (forms.Textarea(), NASTY),  # noqa: DTZ001
        (forms.Textarea(attrs={"rows": 3}), None), (forms.Select(choices=GROUPED), 1), (forms.Select(choices=GROUPED), "a"),
        (forms.SelectMultiple(choices=GROUPED), ["a", "1"]), (forms.Select(), None), (Ours(choices=GROUPED), "a"),
        (forms.NullBooleanSelect(), True), (forms.RadioSelect(choices=GROUPED), "a"),
        (forms.CheckboxSelectMultiple(choices=GROUPED), ["a"]),
    ],
    ids=lambda one: type(one).__name__,
)  # fmt: skip
def test_a_control_is_what_django_draws(widget: forms.Widget, value: Any) -> None:
    given = {"attrs": {"id": "id_x", "class": NASTY}}
    ours, theirs = (
        widget.render("n<a>me", value, **given, renderer=renderer) for renderer in (Drawing(), TemplatesSetting())
    )
    # Between the options of a list we spare the spaces: there may be four hundred.
    assert lines(ours) == lines(theirs)


def lines(html: str) -> list[str]:
    return [line.strip() for line in html.splitlines() if line.strip()]


def test_no_template_is_opened_for_the_usual_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing.TemplatesSetting, "render", None)
    for widget in (forms.TextInput(), forms.Select(choices=GROUPED), forms.Textarea(), forms.CheckboxInput()):
        assert widget.render("name", "a", renderer=Drawing())


def test_an_option_whose_label_says_its_value_says_it_once() -> None:
    widget = forms.Select(choices=[("a.b", "a.b"), ("a  b", "a  b"), ("", ""), ("1", "one")])
    drawn = widget.render("name", "a.b", renderer=Drawing())
    assert "<option selected>a.b</option>" in drawn
    # What a browser would read back otherwise keeps its value.
    assert all(f'value="{value}"' in drawn for value in ("a  b", "", "1"))
