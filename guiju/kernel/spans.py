"""Stretches of time, half-open: the end is the first instant, or day, that no longer belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Self, TypeVar

Moment = TypeVar("Moment", datetime, date)


@dataclass(frozen=True, slots=True)
class Span(Generic[Moment]):
    """[start, end), two instants or two dates; without an end it is open.

    raises   ValueError if the end is not after the start, or an instant has no time zone
    """

    start: Moment
    end: Moment | None = None

    def __post_init__(self) -> None:
        for each in (self.start, self.end):
            if isinstance(each, datetime) and each.utcoffset() is None:
                raise ValueError(f"{each} has no time zone.")
        if self.end is not None and not self.start < self.end:
            raise ValueError(f"A span ends after it starts: {self}.")

    def __contains__(self, moment: Moment) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)

    def __str__(self) -> str:
        return f"{self.start.isoformat()} – {'…' if self.end is None else self.end.isoformat()}"

    def overlaps(self, other: Self) -> bool:
        """Do the two share an instant? Spans that only touch do not."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def shared(self, other: Self) -> Self | None:
        """What belongs to both, if anything does."""
        if not self.overlaps(other):
            return None
        ends = [each.end for each in (self, other) if each.end is not None]
        return type(self)(max(self.start, other.start), min(ends) if ends else None)
