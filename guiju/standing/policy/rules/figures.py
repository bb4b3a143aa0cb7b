"""The catalogue of figures, and what may be a value of each. Plain values in and out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any

from guiju.kernel.words import N_, Sentence


class Kind(StrEnum):
    """What a value is: it decides how it is written down and read back."""

    INT = "int"
    MONEY = "money"
    PERCENT = "percent"
    TIME = "time"
    TEXT = "text"


class Family(StrEnum):
    """Whose figure it is."""

    MONEY = "money"
    SERVICE = "service"
    BACK_OFFICE = "back_office"


FAMILY_LABELS: Mapping[Family, str] = {
    Family.MONEY: N_("Money"),
    Family.SERVICE: N_("Service"),
    Family.BACK_OFFICE: N_("Back office"),
}

# Finance decides on money, the network manager on service, the logistics manager on the back office (5.2 "Parameters").
VERBS: Mapping[Family, str] = {
    Family.MONEY: "policy.set_money",
    Family.SERVICE: "policy.set_service",
    Family.BACK_OFFICE: "policy.set_back_office",
}


class State(StrEnum):
    """What a written value is worth: only what is set counts."""

    DRAFT = "DRAFT"
    SET = "SET"
    REPLACED = "REPLACED"
    DROPPED = "DROPPED"


STATE_LABELS: Mapping[State, str] = {
    State.DRAFT: N_("Draft"),
    State.SET: N_("Set"),
    State.REPLACED: N_("Replaced before it began"),
    State.DROPPED: N_("Dropped"),
}

ARROWS: Mapping[State, Mapping[State, str]] = {
    State.DRAFT: {State.SET: "policy.adopt", State.DROPPED: "policy.drop_draft"},
    State.SET: {State.REPLACED: "policy.set_value"},
    State.REPLACED: {},
    State.DROPPED: {},
}

# As it is written down: an integer, or words that say a time, a percentage or a list.
Written = int | str | None
# As it is used.
Value = int | str | Decimal | time | None

# A billion yuan in fen; a longer number is a slip of the finger.
INTEGER_MAX = 10**11
TEXT_LENGTH_MAX = 200


@dataclass(frozen=True)
class Parameter:
    """One figure of the catalogue.

    default  None where the house has none until somebody sets it
    waits    nothing goes by it yet, and nobody may set it
    pattern  what a text looks like
    """

    key: str
    family: Family
    kind: Kind
    unit: str
    source: str
    names: Mapping[str, str]
    default: Written = None
    least: int | None = None
    most: int | None = None
    pattern: str = ".+"
    waits: bool = False

    def read(self, written: Written) -> Value:
        """The value as it is used."""
        if written is None:
            return None
        if self.kind == Kind.PERCENT:
            return Decimal(str(written))
        return time.fromisoformat(str(written)) if self.kind == Kind.TIME else written


@dataclass(frozen=True)
class Figure:
    """A value in force in one place on one day.

    value             int, money as int of minor units, percent as Decimal, time, text; None where there is none
    unit_of_measure   such as "days"
    version           names the decision behind it, the same for ever: what was judged by it keeps this
    source            the requirement, the evidence mark, or the reason that was given
    """

    key: str
    value: Any
    unit_of_measure: str
    version: str
    source: str


def _load() -> Mapping[str, Parameter]:
    told = tomllib.loads((Path(__file__).parent.parent / "parameters.toml").read_text(encoding="utf-8"))
    return {
        entry["key"]: Parameter(**entry | {"family": Family(entry["family"]), "kind": Kind(entry["kind"])})
        for entry in told["parameter"]
    }


CATALOGUE: Mapping[str, Parameter] = _load()


@dataclass(frozen=True)
class Reading:
    """A value as it is written down, or why it can't be one."""

    written: Written
    because: tuple[Sentence, ...] = ()

    @property
    def refused(self) -> bool:
        """True when the value is not one for this figure."""
        return bool(self.because)


def write(parameter: Parameter, value: Any) -> Reading:
    """Judge a value, and write it in the one form in which it is kept."""
    try:
        written = _WRITERS[parameter.kind](value)
    except (ValueError, TypeError, InvalidOperation):
        return Reading(None, (Sentence(_SHAPES[parameter.kind]),))
    number = Decimal(str(written)) if parameter.kind in {Kind.INT, Kind.MONEY, Kind.PERCENT} else None
    least = 0 if parameter.least is None else parameter.least
    if number is not None and number < least:
        return Reading(None, (Sentence(N_("It may not be less than %(least)s."), {"least": least}),))
    if number is not None and parameter.most is not None and number > parameter.most:
        return Reading(None, (Sentence(N_("It may not be more than %(most)s."), {"most": parameter.most}),))
    if parameter.kind == Kind.TEXT and not re.fullmatch(parameter.pattern, str(written)):
        return Reading(None, (Sentence(N_("It is not written like this.")),))
    return Reading(written)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or int(value) != Decimal(str(value)) or abs(int(value)) > INTEGER_MAX:
        raise ValueError(value)
    return int(value)


def _percentage(value: Any) -> str:
    if isinstance(value, bool):
        raise TypeError(value)
    number = Decimal(str(value))
    if not number.is_finite() or not 0 <= number <= 100:
        raise ValueError(value)
    # 5, 5.0 and 5.00 are one value, so they are written alike.
    return format(number.normalize(), "f")


def _clock(value: Any) -> str:
    read = value if isinstance(value, time) else time.fromisoformat(str(value))
    if read.tzinfo is not None:
        raise ValueError(value)
    return read.strftime("%H:%M")


def _text(value: Any) -> str:
    text = str(value).strip()
    if len(text) > TEXT_LENGTH_MAX:
        raise ValueError(value)
    return text


_WRITERS: Mapping[Kind, Callable[[Any], int | str]] = {
    Kind.INT: _whole,
    Kind.MONEY: _whole,
    Kind.PERCENT: _percentage,
    Kind.TIME: _clock,
    Kind.TEXT: _text,
}
_SHAPES: Mapping[Kind, str] = {
    Kind.INT: N_("Give a whole number."),
    Kind.MONEY: N_("Give an amount."),
    Kind.PERCENT: N_("Give a percentage from 0 to 100."),
    Kind.TIME: N_("Give a time of day, such as 16:00."),
    Kind.TEXT: N_("Give a text of at most 200 characters."),
}


def version_of(
    key: str, *, scope: str, starts_on: date | None = None, row: int | None = None, default: Written = None
) -> str:
    """The name of the decision behind a figure: `quote.valid_days@FS01/2026-11-02#12`, `quote.valid_days@default=7`."""
    return f"{key}@{scope}={default}" if row is None else f"{key}@{scope}/{starts_on}#{row}"
