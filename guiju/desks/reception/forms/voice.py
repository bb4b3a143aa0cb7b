"""The form in which a voice menu is changed without knowing how it is kept: who answers, when, and every key with its words."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as plain
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms
from guiju.desks.reception.forms.cards import LANGUAGES
from guiju.line.telephone.rules import (
    DO_LABELS,
    KEYPAD,
    Do,
    Edit,
    Problem,
    Section,
    Spot,
    Told,
    reshape,
    spots,
    told_of,
)

SECTIONS: Mapping[str, str | Promise] = {
    Section.OPEN: _("While somebody answers"),
    Section.CLOSED: _("When we are closed"),
    Section.HOLIDAY: _("On holidays"),
}
WEEKDAYS: tuple[Any, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
SPAN = re.compile(r"^\s*(\d{1,2}:\d{2})\s*[-–~至]\s*(\d{1,2}:\d{2})\s*$")
ACTS = frozenset({"add", "remove", "earlier", "later"})
WORDS_LONGEST = 500


@dataclass(frozen=True)
class Row:
    """One choice on the page: its fields, and which buttons it has."""

    spot: Spot
    title: str
    words: str
    fields: list[BoundField]
    said: list[BoundField]
    add: BoundField | None
    has_fault: bool

    @property
    def depth(self) -> int:
        """How many keys lead there."""
        return len(self.spot.path)

    @property
    def key(self) -> str:
        """The key behind which it stands."""
        return self.spot.path[-1] if self.spot.path else ""


class VoiceForm(forms.Form):
    """A voice menu: who answers, the hours, and each choice with its key, what it does and what it says."""

    agents = plain.CharField(
        label=_("Who answers"), max_length=60,
        help_text=_("The queue of your telephone system, or the number that rings."),
    )  # fmt: skip
    basis = plain.CharField(required=False, widget=plain.HiddenInput)

    def __init__(self, *args: Any, tree: Mapping[str, Any], edit: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.tree, self.edit, self.touched = tree, edit, ""
        self.spots = spots(tree)
        self._changed: dict[str, Any] = {}
        self.fields["agents"].initial = tree.get("agents", "")
        self.fields["basis"].initial = basis_of(tree)
        self._put_hours(_mapping(tree.get("hours")))
        for spot in self.spots:
            self._put_choice(spot)

    def _put_hours(self, hours: Mapping[str, Any]) -> None:
        for number, name in enumerate(WEEKDAYS, start=1):
            span = _mapping(hours.get("days")).get(str(number))
            self.fields[f"day_{number}"] = plain.CharField(
                label=name, required=False, max_length=20, initial="–".join(span) if isinstance(span, list) else "",
                widget=plain.TextInput(attrs={"placeholder": "08:30–18:30", "autocomplete": "off"}),
            )  # fmt: skip

    def _put_choice(self, spot: Spot) -> None:
        """The fields of one choice; only those that what it does has use for."""
        now, name = told_of(spot), spot.name
        if spot.path:
            self._put_select(f"{name}.key", _("Key"), [(key, key) for key in KEYPAD], now.key)
            self._put_select(f"{name}.under", _("Below"), self._homes(spot), now.under)
            self._put_select(f"{name}.do", _("What it does"), list(DO_LABELS.items()), now.do)
        if now.do == Do.HUMAN and spot.section == Section.OPEN:
            self.fields[f"{name}.agents"] = plain.CharField(
                label=_("A queue or number of its own"), max_length=60, required=False, initial=now.agents,
            )  # fmt: skip
        if now.do == Do.LANGUAGE:
            self._put_select(f"{name}.language", _("Language"), list(LANGUAGES), now.language)
        if now.do in {Do.MENU, Do.SAY}:
            for code, label in LANGUAGES:
                self.fields[f"{name}.say.{code}"] = plain.CharField(
                    label=label, max_length=WORDS_LONGEST, required=False, initial=(now.say or {})[code],
                    widget=plain.Textarea(attrs={"rows": 3, "lang": code}),
                )  # fmt: skip
        if spot.is_branch:
            self._put_select(f"{name}.add", _("A new key"), list(DO_LABELS.items()), Do.SAY)

    def _put_select(self, name: str, label: Any, choices: list[tuple[Any, Any]], initial: str) -> None:
        # What was brought in may say what no choice says: it is shown as it is, and the rules name it.
        if initial not in dict(choices):
            choices = [("", "—"), *choices]
        choices = [
            (value, now_(text) if isinstance(text, str) and value in set(Do) else text) for value, text in choices
        ]
        self.fields[name] = plain.ChoiceField(label=label, choices=choices, initial=initial, required=False)

    def _homes(self, spot: Spot) -> list[tuple[str, str]]:
        """The branches to which this choice may move: not itself, nor what stands below it."""
        own = (spot.section, *spot.path)
        return [
            (each.name, self.title(each))
            for each in self.spots
            if each.is_branch and (each.section, *each.path)[: len(own)] != own
        ]

    @staticmethod
    def title(spot: Spot) -> str:
        """The part of the day, and the keys that lead there."""
        return " · ".join((str(SECTIONS[spot.section]), *spot.path))

    def days(self) -> list[BoundField]:
        """The fields of the weekdays."""
        return [self[f"day_{number}"] for number in range(1, 8)]

    def rows(self) -> list[Row]:
        """Each choice with its fields, each deeper one after its branch."""
        return [self._row(spot) for spot in self.spots]

    def _row(self, spot: Spot) -> Row:
        named = [self[name] for name in self.fields if name.startswith(f"{spot.name}.")]
        said = [field for field in named if ".say." in field.name]
        add = next((field for field in named if field.name.endswith(".add")), None)
        words = next((field.value() for field in said if field.value()), "")
        do = told_of(spot).do
        label = DO_LABELS[Do(do)] if spot.path and do in set(Do) else ""
        return Row(
            spot, now_(label) if label else str(SECTIONS[spot.section]), words,
            [field for field in named if field not in said and field is not add], said, add,
            any(field.errors for field in named),
        )  # fmt: skip

    def name_faults(self, problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
        """Put what keeps the draft from being published to its field; each with its place, its reason and its field."""
        self.cleaned_data = getattr(self, "cleaned_data", {})
        places, found = {spot.place: spot for spot in self.spots}, []
        for problem in problems:
            spot, name = places.get(problem.place), self._field_of(problem, places)
            found.append((self.title(spot) if spot else now_("Hours and who answers"), str(problem.because), name))
            self.add_error(name or None, str(problem.because))
        return found

    def _field_of(self, problem: Problem, places: Mapping[str, Spot]) -> str:
        spot = places.get(problem.place)
        if spot is None:
            return {"days": "day_1"}.get(problem.part, "agents")
        for part in (problem.part, {"keys": "add"}.get(problem.part, "do"), "do", "add"):
            if f"{spot.name}.{part}" in self.fields:
                return f"{spot.name}.{part}"
        return "agents"

    def clean(self) -> dict[str, Any]:
        """Hours as they are kept, and the tree as it was told."""
        data = super().clean() or self.cleaned_data
        for number in range(1, 8):
            typed = data.get(f"day_{number}", "")
            if typed and not SPAN.match(typed):
                self.add_error(f"day_{number}", ValidationError(now_("Write from and until, such as 08:30–18:30.")))
        if data.get("basis") and data["basis"] != basis_of(self.tree):
            self.add_error(None, ValidationError(now_("The draft has changed meanwhile. Open this page again.")))
        elif not self.errors:
            shaped = reshape(self.tree, {spot.name: self._told(spot) for spot in self.spots}, self._edit())
            self.name_faults(shaped.faults)
            self._changed, self.touched = shaped.tree, shaped.touched
        return data

    def _told(self, spot: Spot) -> Told:
        """What was typed for a choice; what was not sent stays as it is."""
        now = told_of(spot)

        def sent(part: str, otherwise: str) -> str:
            name = f"{spot.name}.{part}"
            return str(self.cleaned_data[name]) if name in self.data and name in self.fields else otherwise

        return Told(
            do=sent("do", now.do) or now.do, key=sent("key", now.key), under=sent("under", now.under),
            say={code: sent(f"say.{code}", said) for code, said in (now.say or {}).items()},
            agents=sent("agents", now.agents), language=sent("language", now.language),
        )  # fmt: skip

    def _edit(self) -> Edit | None:
        act, _space, name = self.edit.partition(" ")
        return Edit(act, name, self.cleaned_data.get(f"{name}.add") or Do.SAY) if act in ACTS else None

    def content(self) -> dict[str, Any]:
        """The menu with what was typed."""
        data = self.cleaned_data
        days = {str(number): SPAN.match(data[f"day_{number}"]) for number in range(1, 8)}
        kept = {number: [_clock(span[1]), _clock(span[2])] for number, span in days.items() if span}
        return self._changed | {"agents": data["agents"].strip(), "hours": {"days": kept}}


def basis_of(tree: Mapping[str, Any]) -> str:
    """What a form was drawn from: a draft that somebody else has changed since is not written over."""
    return hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()[:16]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _clock(text: str) -> str:
    return text.zfill(5)
