"""What may be typed into a request: bounded texts and numbers, and the keys of rows that the asker may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Annotated, Any, Literal, get_args

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from guiju.api.problems import Unknown
from guiju.kernel.actor import Actor


def _readable(text: str) -> str:
    if "\x00" in text:
        # No database keeps it, and no person typed it.
        raise PydanticCustomError("unreadable", "The text holds a character that cannot be kept.")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(_readable)]
# A whole file of text, such as a law.
FileText = Annotated[str, StringConstraints(max_length=60_000), AfterValidator(_readable)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_readable)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), AfterValidator(_readable)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(_readable)]
# What a thing is called in the three languages of the house.
Names = Annotated[dict[Literal["en", "zh-hans", "zh-hant"], Name], Field(min_length=1)]
Key = Annotated[int, Field(ge=1, lt=2**63)]
# Fen, cents: far above any repair, far below what a column holds; which way it goes is the verb's to say, not the sign's.
Minor = Annotated[int, Field(ge=0, le=10**15)]
Quantity = Annotated[int, Field(ge=-(10**9), le=10**9)]
Minutes = Annotated[int, Field(ge=0, le=10**6)]
# A working year; a quote promises less.
Hours = Annotated[int, Field(ge=0, le=8760)]
# Outside these, arithmetic with time zones and periods leaves the calendar.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]
Moment = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC))]
Search = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_readable)
]

Look = Callable[[Any, Actor], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Marks a field that names a row: it is looked for among those that the asker may see."""

    look: Look
    # Several at once, where many are named.
    all: Callable[[Any, Actor], list[Any]] | None = None


class Input(Schema):
    """The body of a request: a field that nobody knows is refused, because it was meant to do something."""

    model_config = ConfigDict(extra="forbid")

    def resolved(self, by: Actor) -> dict[str, Any]:
        """What the action is given, with rows in the place of their keys.

        raises   Unknown, with the field
        """
        return {name: self._row(name, by) for name in type(self).model_fields}

    def _row(self, name: str, by: Actor) -> Any:
        value = getattr(self, name)
        mark = _mark_of(type(self).model_fields[name])
        if isinstance(value, Input):
            return value.resolved(by)
        if isinstance(value, list) and value and isinstance(value[0], Input):
            return [each.resolved(by) for each in value]
        if mark is None or value in (None, []):
            return value
        if value == "" and not type(self).model_fields[name].is_required():
            # A row that is not named is none, however that was typed.
            return None
        return _looked(mark, value, name, by)


def _mark_of(field: FieldInfo) -> Found | None:
    """The mark of the field, also where it may be left out: `PersonNumber | None` carries it inside."""
    inside = chain.from_iterable(getattr(each, "__metadata__", ()) for each in get_args(field.annotation))
    return next((each for each in chain(field.metadata, inside) if isinstance(each, Found)), None)


def _looked(mark: Found, value: Any, field: str, by: Actor) -> Any:
    try:
        if not isinstance(value, list):
            return mark.look(value, by)
        return mark.all(value, by) if mark.all is not None else [mark.look(each, by) for each in value]
    except Unknown as refusal:
        raise Unknown(field=field) from refusal


class Nothing(Input):
    """Nothing needs to be said."""


class Because(Input):
    """Why."""

    reason: Line
