"""The template words of the trade: `{% load trade %}`."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaultfilters import capfirst
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from guiju.desks.common import states, words
from guiju.desks.common.context import LANGUAGES
from guiju.kernel.words import pick
from guiju.standing.catalogue.rules import part_class_names
from guiju.standing.warranty.rules import LABELS, Cover

register = template.Library()

_CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.widgets.Input, "form-control"),
    (forms.Textarea, "form-control"),
)


@register.filter
def money(value: Any, currency: str = "") -> str:
    """`{{ bill.total_minor|money:bill.currency }}`, or a Money value by itself; nothing stays nothing."""
    if value is None or value == "":
        return ""
    if hasattr(value, "minor"):
        return words.money(value.minor, value.currency)
    return words.money(int(value), currency)


@register.filter
def when(value: datetime | date | None, style: str = "") -> str:
    """`{{ order.promised_at|when }}`: day and time in the unit's zone; "date", "time" and "short" are the styles."""
    return words.when(value, style) if value else ""


@register.filter
def ago(value: datetime | None) -> str:
    """`{{ entry.at|ago }}`: how far away the moment is, in words."""
    return words.ago(value) if value else ""


@register.filter
def lateness(minutes: int) -> str:
    """`{{ outcome.late_first_minutes|lateness }}`: by how much something was late, in words."""
    return words.lateness(minutes)


@register.filter
def phone(value: str | None) -> str:
    """`{{ customer.phone|phone }}`: the whole number as it is dialled; for pages that log who read it."""
    return words.phone(str(value)) if value else ""


@register.filter
def masked(value: str | None) -> str:
    """`{{ customer.phone|masked }}`: a number for lists."""
    return words.masked_phone(str(value)) if value else ""


@register.filter
def quantity(value: int | None, unit: str = "PIECE") -> str:
    """`{{ request.quantity|quantity:part.base_unit }}`."""
    return "" if value is None else words.quantity(int(value), str(unit))


@register.filter
def word(code: Any, machine: str = "") -> str:
    """`{{ order.mode|word:"mode" }}`: what a code is called, in the words of its context (states.MACHINES)."""
    return states.word_for(str(getattr(code, "value", code)), machine) if code else ""


@register.filter
def alike(covers: Iterable[Cover]) -> list[dict[str, Any]]:
    """`{% for each in covers|alike %}`: costs and main parts of which the same is said share a line: its name and its cover."""
    costs: list[tuple[Cover, list[str]]] = []
    for cover in covers:
        if costs and _says_the_same(costs[-1][0], cover) and costs[-1][0].part_class == cover.part_class:
            costs[-1][1].append(gettext(LABELS[cover.cost]))
        else:
            costs.append((cover, [gettext(LABELS[cover.cost])]))
    lines: list[tuple[Cover, list[str], list[str]]] = []
    for cover, kinds in costs:
        part = [pick(part_class_names(cover.part_class))] if cover.part_class else []
        if part and lines and _says_the_same(lines[-1][0], cover) and lines[-1][1] and lines[-1][2] == kinds:
            lines[-1][1].extend(part)
        else:
            lines.append((cover, part, kinds))
    return [
        {"name": " · ".join(words.listed(each) for each in (parts, kinds) if each), "cover": cover}
        for cover, parts, kinds in lines
    ]


def _says_the_same(one: Cover, other: Cover) -> bool:
    return (one.outcome, one.ends_on, one.proof) == (other.outcome, other.ends_on, other.proof)


@register.filter
def initials(name: Any) -> str:
    """One or two letters for a round picture: 陈 of 陈立, LC of Li Chen."""
    parts = str(name or "").split()
    if not parts:
        return "?"
    return (parts[0][0] + (parts[1][0] if len(parts) > 1 and parts[0].isascii() else "")).upper()


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """`{% icon "tool" %}`: a drawing beside a word; it says nothing to a screen reader."""
    return _drawn(str(name), classes)


# A page has fifty of them, of a hundred kinds that there are.
@lru_cache(maxsize=512)
def _drawn(name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes, static("vendor/icons.svg"), name,
    )  # fmt: skip


@register.inclusion_tag("common/badge.html")
def badge(state: Any, machine: str = "", label: str = "", tone: str = "") -> dict[str, str]:
    """`{% badge order.state %}`, `{% badge quote.state "quote" %}`, `{% badge "" label=text tone="bad" %}`."""
    code = str(getattr(state, "value", state) or "")
    return {
        "code": code,
        # A chip stands alone and no sentence before it: its first letter is a capital, whatever the text is used for elsewhere.
        "label": capfirst(str(label) or (states.word_for(code, machine) if code else "")),
        "tone": tone or str(states.tone_of(code, machine)),
    }


@register.simple_tag
def once_field(form: Any = None) -> SafeString:
    """`{% once_field form %}`: the key that makes sending a form twice the same as once; kept when the form comes back."""
    sent = form.data.get("once", "") if form is not None and getattr(form, "is_bound", False) else ""
    return format_html('<input type="hidden" name="once" value="{}">', sent or uuid.uuid4())


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's control in the frame's dress; a class that the widget brings itself is kept."""
    widget = field.field.widget
    usual = next((css for kind, css in _CONTROL_CLASSES if isinstance(widget, kind)), "")
    css = " ".join(filter(None, [widget.attrs.get("class", ""), usual, "is-invalid" if field.errors else ""]))
    return field.as_widget(attrs={"class": css} if css else None)


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: "hidden", "check" (control before label), "many" (a group of choices), or "line"."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "many"
    if getattr(widget, "is_group", False):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "line"


@register.simple_tag
def house_part(name: str) -> SafeString:
    """`{% house_part "common/keys.html" %}`: a part of the frame that is the same for everybody, drawn once in each language."""
    return _part_of_the_house(name, get_language() or "")


@lru_cache(maxsize=64)
def _part_of_the_house(name: str, _language: str) -> SafeString:
    return render_to_string(name, {"languages": LANGUAGES})


@register.simple_tag(takes_context=True)
def current_page(context: template.Context, url: str) -> SafeString | str:
    """`aria-current="page"` on the link to the page that one is on."""
    request = context.get("request")
    return format_html('aria-current="page"') if request and request.path == url else ""
