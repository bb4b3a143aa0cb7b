"""What stands in one place of a list: as a person reads it, and as a spreadsheet takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils import timezone

from guiju.desks.common import words
from guiju.desks.common.states import tone_of, word_for
from guiju.standing.catalogue.rules.tables import guard

Plain = str | int | Decimal | datetime | date
"""What a spreadsheet is given."""


class Kind(StrEnum):
    """How the value of a column is written."""

    TEXT = "text"
    NUMBER = "number"  # of a document: not to be broken, not to be counted with
    FIGURE = "figure"  # to be counted with
    MONEY = "money"  # minor units and their currency
    QUANTITY = "quantity"  # base units of a part and which
    WHEN = "when"
    DAY = "day"
    STATE = "state"  # a code, with its colour
    WORD = "word"  # a code
    PHONE = "phone"  # masked, unless it may be read


# Digits stand below one another on the right; a number of a document, a telephone and a date are not broken.
_DRESS = {
    Kind.NUMBER: "number",
    Kind.PHONE: "number",
    Kind.WHEN: "number",
    Kind.DAY: "number",
    Kind.FIGURE: "figure",
    Kind.MONEY: "figure",
    Kind.QUANTITY: "figure",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a row on the page."""

    label: str
    text: str
    dress: str = ""
    url: str = ""
    code: str = ""
    tone: str = ""
    is_whole: bool = False


def said(kind: Kind, value: Any, machine: str = "") -> str:
    """The value as a person reads it; nothing is nothing."""
    if value is None or value == "":
        return ""
    if kind in {Kind.STATE, Kind.WORD}:
        return word_for(str(value), machine)
    return _SAID.get(kind, str)(value)


_SAID: Mapping[Kind, Callable[[Any], str]] = {
    Kind.WHEN: lambda value: words.when(value, "short"),
    Kind.DAY: lambda value: words.when(value, "date"),
    Kind.MONEY: lambda value: words.money(*value),
    Kind.QUANTITY: lambda value: words.quantity(*value),
    Kind.PHONE: words.masked_phone,
}


def dress(kind: Kind) -> str:
    """The class of its place in a table."""
    return _DRESS.get(kind, "")


def tone(kind: Kind, value: Any, machine: str) -> str:
    """The colour of a state."""
    return str(tone_of(str(value), machine)) if kind is Kind.STATE and value else ""


def plain(kind: Kind, value: Any, machine: str = "", *, is_whole: bool = False) -> list[Plain]:
    """The value as a spreadsheet takes it; money is two places, the amount and its currency.

    What a spreadsheet would run as a formula is text with an apostrophe before it.
    is_whole  a telephone number is written out
    """
    if value is None or value == "":
        return ["", ""] if kind is Kind.MONEY else [""]
    if kind is Kind.PHONE and is_whole:
        return [guard(str(value))]
    if kind in _PLAIN:
        return _PLAIN[kind](value)
    return [guard(said(kind, value, machine))]


_PLAIN: Mapping[Kind, Callable[[Any], list[Plain]]] = {
    # A spreadsheet knows no zones: the hour on this place's clock.
    Kind.WHEN: lambda value: [timezone.localtime(value).replace(tzinfo=None, microsecond=0)],
    Kind.DAY: lambda value: [timezone.localdate(value) if isinstance(value, datetime) else value],
    Kind.FIGURE: lambda value: [value if isinstance(value, int | Decimal) else guard(str(value))],
    Kind.MONEY: lambda value: [words.major(*value), value[1]],
}
