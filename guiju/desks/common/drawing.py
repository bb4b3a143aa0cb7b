"""Draws the usual controls of a form in plain Python, letter by letter as Django's own templates do; but no value that its label says.

A page with a few forms has a hundred attributes and options, and Django renders a template for each of them: a third of the time
of a list. What is not drawn here is drawn by the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
FOLDER = "django/forms/widgets/"


class Drawing(TemplatesSetting):
    """Django's renderer of forms, with a short way for what every form has."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The control as HTML."""
        draws = _DRAWN.get(template_name)
        if draws is None or (template_name == SELECT and not _is_plain(context["widget"])):
            return super().render(template_name, context, request)
        return mark_safe(draws(context["widget"]).strip())  # noqa: S308  (each value is escaped where it is written)


def _said(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {_said(name)}" if value is True else f' {_said(name)}="{_said(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    return f'<input type="{_said(widget["type"])}" name="{_said(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = _said(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_said(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _option(widget: Widget) -> str:
    value, label = str(widget["value"]), str(widget["label"])
    # HTML takes the label, its spaces drawn together, as the value of an option that has none: a list of verbs is a fifth shorter.
    is_said = value == label == " ".join(label.split()) != ""
    said = "" if is_said else f' value="{_said(widget["value"])}"'
    return f"<option{said}{_attributes(widget)}>{_said(widget['label'])}</option>\n"


def _select(widget: Widget) -> str:
    drawn = [f'<select name="{_said(widget["name"])}"{_attributes(widget)}>']
    for name, options, _place in widget["optgroups"]:
        if name:
            drawn.append(f'\n  <optgroup label="{_said(name)}">')
        drawn += ["\n", *map(_option, options)]
        if name:
            drawn.append("\n  </optgroup>")
    return "".join([*drawn, "\n</select>"])


def _is_plain(widget: Widget) -> bool:
    """Whether each option is drawn in the usual way."""
    return all(
        option["template_name"] == OPTION for _name, options, _place in widget["optgroups"] for option in options
    )


SELECT, OPTION = f"{FOLDER}select.html", f"{FOLDER}select_option.html"
# These templates of Django include that of an input.
_AROUND_INPUT = ("checkbox", "date", "datetime", "email", "hidden", "number", "password", "text", "time", "url")
_DRAWN: Mapping[str, Callable[[Widget], str]] = {
    f"{FOLDER}input.html": _input,
    f"{FOLDER}textarea.html": _textarea,
    OPTION: _option,
    SELECT: _select,
    **{f"{FOLDER}{kind}.html": _input for kind in _AROUND_INPUT},
}
