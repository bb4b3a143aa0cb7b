"""Measured values against limits: what the bench and the final test have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from guiju.kernel.words import N_, Sentence

# More than any instrument of the workshop shows; the column holds eight digits before the point.
VALUE_MAX = 10**8


class ItemKind(StrEnum):
    """How a checklist item is answered."""

    MEASURE = "MEASURE"
    CHECK = "CHECK"


@dataclass(frozen=True)
class Limit:
    """What a checklist item asks for: a value from `low` to `high` in `unit`, or just yes."""

    item_id: int
    name: str
    kind: ItemKind
    unit: str
    low: Decimal | None
    high: Decimal | None
    is_safety: bool


@dataclass(frozen=True)
class Reading:
    """What was measured or answered for one item, and whether it is within its limits."""

    item_id: int
    text: str
    value: Decimal | None
    passed: bool


@dataclass(frozen=True)
class Verdict:
    """The readings, and why the repair cannot pass; nothing in `because` means that it can."""

    readings: tuple[Reading, ...]
    because: tuple[Sentence, ...]


def parse(text: str) -> Decimal | None:
    """A number as somebody typed it, to four places; None for what is no number, or none that an instrument shows."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= VALUE_MAX:
        return None
    return value.quantize(Decimal("0.0001"))


def judge(limits: Iterable[Limit], answers: Mapping[int, str]) -> Verdict:
    """Judge every item of the checklist; what is missing or no number does not pass.

    answers  item id → the number as typed for a measurement, "yes" or "no" for a check
    source   S6-16, D07, WO-7
    """
    readings: list[Reading] = []
    because: list[Sentence] = []
    for limit in limits:
        text = answers.get(limit.item_id, "").strip()
        reading = _read(limit, text)
        readings.append(reading)
        if not text:
            because.append(Sentence(N_("%(name)s is not answered."), {"name": limit.name}))
        elif limit.kind == ItemKind.MEASURE and reading.value is None:
            because.append(Sentence(N_("%(name)s is not a number: %(text)s."), {"name": limit.name, "text": text}))
        elif not reading.passed:
            because.append(_outside(limit, text))
    return Verdict(tuple(readings), tuple(because))


def _read(limit: Limit, text: str) -> Reading:
    if limit.kind == ItemKind.CHECK:
        return Reading(limit.item_id, text, None, passed=text == "yes")
    value = parse(text)
    within = (
        value is not None and (limit.low is None or value >= limit.low) and (limit.high is None or value <= limit.high)
    )
    return Reading(limit.item_id, text, value, passed=within)


def _outside(limit: Limit, text: str) -> Sentence:
    if limit.kind == ItemKind.CHECK:
        return Sentence(N_("%(name)s is not in order."), {"name": limit.name})
    said = {"name": limit.name, "text": text, "unit": limit.unit, "low": _plain(limit.low), "high": _plain(limit.high)}
    if limit.low is None:
        return Sentence(N_("%(name)s is %(text)s %(unit)s; it must be at most %(high)s %(unit)s."), said)
    if limit.high is None:
        return Sentence(N_("%(name)s is %(text)s %(unit)s; it must be at least %(low)s %(unit)s."), said)
    return Sentence(N_("%(name)s is %(text)s %(unit)s; it must be between %(low)s and %(high)s %(unit)s."), said)


def _plain(value: Decimal | None) -> str:
    """A limit without trailing noughts: 10.0000 is 10, and never 1E+1."""
    return "" if value is None else f"{value.normalize():f}"
