"""The form in which a voice menu is changed without knowing how it is kept: who answers, when, and every sentence."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms as plain
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.reception.forms.cards import LANGUAGES
from guiju.line.telephone.rules import Section

SECTIONS: Mapping[str, str | Promise] = {
    Section.OPEN: _("While somebody answers"),
    Section.CLOSED: _("When we are closed"),
    Section.HOLIDAY: _("On holidays"),
}
WEEKDAYS: tuple[Any, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
SPAN = re.compile(r"^\s*(\d{1,2}:\d{2})\s*[-–~至]\s*(\d{1,2}:\d{2})\s*$")
Path = tuple[str, ...]


class VoiceForm(forms.Form):
    """The hours and the words of a menu; which key leads where stays as it is."""

    agents = plain.CharField(
        label=_("Who answers"), max_length=60,
        help_text=_("The queue of your telephone system, or the number that rings."),
    )  # fmt: skip
    holidays = plain.CharField(
        label=_("Holidays"), required=False, widget=plain.Textarea(attrs={"rows": 2}),
        help_text=_("Days such as 2026-10-01, with spaces between. The closed days of the calendar count besides."),
    )  # fmt: skip

    def __init__(self, *args: Any, tree: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.tree = tree
        hours = _mapping(tree.get("hours"))
        self.fields["agents"].initial = tree.get("agents", "")
        self.fields["holidays"].initial = " ".join(str(day) for day in hours.get("holidays", []))
        for number, name in enumerate(WEEKDAYS, start=1):
            span = _mapping(hours.get("days")).get(str(number))
            self.fields[f"day_{number}"] = plain.CharField(
                label=name, required=False, max_length=20, initial="–".join(span) if isinstance(span, list) else "",
                widget=plain.TextInput(attrs={"placeholder": "08:30–18:30", "autocomplete": "off"}),
            )  # fmt: skip
        for section, path, choice in spoken(tree):
            words = _mapping(choice.get("say"))
            for code, name in LANGUAGES:
                self.fields[_name(section, path, code)] = plain.CharField(
                    label=name, max_length=500, initial=words.get(code, ""), widget=plain.Textarea(attrs={"rows": 3}),
                    error_messages={"required": _("This is needed.")},
                )  # fmt: skip

    def days(self) -> list[Any]:
        """The fields of the weekdays."""
        return [self[f"day_{number}"] for number in range(1, 8)]

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields of each sentence, under the keys that lead to it."""
        return [
            (
                " · ".join((str(SECTIONS[section]), *path)),
                [self[_name(section, path, code)] for code, _said in LANGUAGES],
            )
            for section, path, _choice in spoken(self.tree)
        ]

    def clean(self) -> dict[str, Any]:
        """Hours as they are kept."""
        data = super().clean() or self.cleaned_data
        for number in range(1, 8):
            typed = data.get(f"day_{number}", "")
            if typed and not SPAN.match(typed):
                self.add_error(f"day_{number}", ValidationError(now_("Write from and until, such as 08:30–18:30.")))
        return data

    def content(self) -> dict[str, Any]:
        """The menu with what was typed."""
        tree, data = copy.deepcopy(dict(self.tree)), self.cleaned_data
        days = {str(number): SPAN.match(data[f"day_{number}"]) for number in range(1, 8)}
        tree["agents"] = data["agents"].strip()
        tree["hours"] = {
            "days": {number: [_clock(span[1]), _clock(span[2])] for number, span in days.items() if span},
            "holidays": sorted(set(re.split(r"[\s,，、]+", data["holidays"].strip())) - {""}),
        }
        for section, path, choice in spoken(tree):
            choice["say"] = {code: data[_name(section, path, code)].strip() for code, _said in LANGUAGES}
        return tree


def spoken(tree: Mapping[str, Any]) -> Iterator[tuple[str, Path, Any]]:
    """Every choice that says something in its own words, with the keys that lead to it; what cannot be read is left out."""
    for section in Section:
        yield from _spoken(section, (), tree.get(section))


def _spoken(section: str, path: Path, choice: Any) -> Iterator[tuple[str, Path, Any]]:
    if not isinstance(choice, dict) or choice.get("do") not in {"menu", "say"} or len(path) > len(WEEKDAYS):
        return
    yield section, path, choice
    for key, deeper in sorted(_mapping(choice.get("keys")).items()):
        yield from _spoken(section, (*path, str(key)), deeper)


def _name(section: str, path: Path, code: str) -> str:
    return f"{'-'.join((section, *path))}.{code}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _clock(text: str) -> str:
    return text.zfill(5)
