"""The ways to narrow a list. Each is a field or two of a plain form, a condition, and a word on a chip that takes it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import words
from guiju.desks.common.fields import DayField, halfwidth
from guiju.desks.common.states import MACHINES
from guiju.kernel import paging
from guiju.kernel.actor import Actor

# What is found by an index is sorted as it is wanted up to so many rows, which takes some tens of milliseconds; of more, a window of the
# list's own order holds enough for a page.
FEW = 15_000
Choices = Sequence[tuple[str, str | Promise]]
Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list.

    name        its word in the address
    is_indexed  an index leads to what it leaves, in one unit and in all: then few among a million are found at once, in any order;
                without, the list is looked through in its order, so many rows for a page
    """

    name: str
    title: str | Promise
    is_indexed: bool = field(default=False, kw_only=True)

    @property
    def names(self) -> tuple[str, ...]:
        """Its words in the address."""
        return (self.name,)

    @property
    def along(self) -> str:
        """The column along which its index is read, where what it leaves lies together there."""
        return ""

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """What is typed."""
        raise NotImplementedError

    def q(self, typed: Typed, actor: Actor) -> Q:
        """The condition, for what was typed."""
        raise NotImplementedError

    def few(self, typed: Typed, actor: Actor, rows: QuerySet[Any]) -> list[int] | None:
        """The keys of what it leaves, where an index leads to them and they are few."""
        if not self.is_indexed:
            return None
        return paging.few(rows.filter(self.q(typed, actor)), most=FEW, along=self.along)

    def word(self, typed: Typed, actor: Actor) -> str:
        """What the chip says."""
        return str(typed[self.name])

    def is_asked(self, typed: Typed) -> bool:
        """Whether anything was typed."""
        return any(typed.get(name) not in (None, "", False) for name in self.names)


@dataclass(frozen=True)
class Words(Filter):
    """A number, a name or a piece of one.

    holds  the condition for a text and for who asks: what one may not see, one may not look for either; asked of row after row
    finds  the keys that fit, by the indexes that lead to them; nothing if they are too many
    hint   what may be typed
    """

    holds: Callable[[str, Actor], Q] = lambda _text, _actor: Q()
    hint: str | Promise = ""
    finds: Callable[[str, Actor], list[int] | None] | None = None

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """One line, from the wide characters of a Chinese keyboard as well."""
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off", "placeholder": self.hint})
        return {self.name: forms.CharField(label=str(self.title), required=False, max_length=80, widget=widget)}

    def q(self, typed: Typed, actor: Actor) -> Q:
        """As its list says."""
        return self.holds(halfwidth(typed[self.name]), actor)

    def few(self, typed: Typed, actor: Actor, rows: QuerySet[Any]) -> list[int] | None:
        """By the indexes that its list names."""
        if self.finds is None:
            return super().few(typed, actor, rows)
        return self.finds(halfwidth(typed[self.name]), actor)


@dataclass(frozen=True)
class Choice(Filter):
    """One of a few.

    column   what must be equal to it
    options  value and word of each, for who asks
    holds    the condition, where it is not that of one column
    """

    column: str = ""
    options: Callable[[Actor], Choices] = lambda _actor: ()
    holds: Callable[[str, Actor], Q] | None = None

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A list to choose from; without a choice, all."""
        choices: list[tuple[str, str | Promise]] = [("", _("All")), *self.options(actor)]
        return {self.name: forms.ChoiceField(label=str(self.title), required=False, choices=choices)}

    def q(self, typed: Typed, actor: Actor) -> Q:
        """Equal to what was chosen."""
        value = typed[self.name]
        return self.holds(value, actor) if self.holds else Q(**{self.column: value})

    def word(self, typed: Typed, actor: Actor) -> str:
        """The word of what was chosen."""
        return str(dict(self.options(actor)).get(typed[self.name], typed[self.name]))


@dataclass(frozen=True)
class Days(Filter):
    """From one day to another, both with it.

    column    a day, or a moment: then the day of this place's clock
    is_moment the column is a moment
    """

    column: str = ""
    is_moment: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The first day and the last."""
        return (f"{self.name}_from", f"{self.name}_to")

    @property
    def along(self) -> str:
        """From the first day on."""
        return self.column

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """Two days."""
        first, last = self.names
        return {
            first: DayField(label=_from(self.title), required=False),
            last: DayField(label=_to(self.title), required=False),
        }

    def q(self, typed: Typed, actor: Actor) -> Q:
        """Half-open, so that the last day is wholly in it."""
        first, last = (typed.get(name) for name in self.names)
        wanted = Q()
        if first:
            wanted &= Q(**{f"{self.column}__gte": self._edge(first)})
        if last:
            wanted &= Q(**{f"{self.column}__lt": self._edge(last + timedelta(days=1))})
        return wanted

    def word(self, typed: Typed, actor: Actor) -> str:
        """The two days."""
        first, last = (typed.get(name) for name in self.names)
        return f"{words.when(first) if first else ''}–{words.when(last) if last else ''}"

    def _edge(self, day: date) -> date:
        return datetime.combine(day, time.min, timezone.get_current_timezone()) if self.is_moment else day


def _from(title: str | Promise) -> str:
    return gettext("%(what)s, from") % {"what": title}


def _to(title: str | Promise) -> str:
    return gettext("%(what)s, to") % {"what": title}


@dataclass(frozen=True)
class Tick(Filter):
    """Yes, or never mind: "mine", "overdue"."""

    holds: Callable[[Actor], Q] = lambda _actor: Q()

    def fields(self, actor: Actor) -> dict[str, forms.Field]:
        """A box to tick."""
        return {self.name: forms.BooleanField(label=str(self.title), required=False)}

    def q(self, typed: Typed, actor: Actor) -> Q:
        """As its list says."""
        return self.holds(actor)

    def word(self, typed: Typed, actor: Actor) -> str:
        """Its title says it."""
        return ""


def choices_of(machine: str, codes: Sequence[Any] | None = None) -> Callable[[Actor], Choices]:
    """The codes of a machine of states.MACHINES with their words; only some of them, if they are named."""

    def options(_actor: Actor) -> Choices:
        labels = MACHINES[machine]
        return [(str(code), gettext(labels[code])) for code in (labels if codes is None else codes)]

    return options


def begins(column: str, text: str) -> Q:
    """The column begins with that text: an index knows where, which it does not for a piece from the middle."""
    return Q(**{f"{column}__begins": text})
