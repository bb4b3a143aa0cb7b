"""What a weekly inspection looks at and how it is scored, which climate is right, and what must not lie together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from guiju.kernel.words import N_


class Item(StrEnum):
    """What is looked at every week (6.26)."""

    ORDER = "ORDER"
    LABELS = "LABELS"
    STACKING = "STACKING"
    BOXES = "BOXES"
    LEAKS = "LEAKS"
    PESTS = "PESTS"
    MILDEW = "MILDEW"
    RUST = "RUST"
    FIRE = "FIRE"
    LOCKS = "LOCKS"


ITEM_LABELS: Mapping[Item, str] = {
    Item.ORDER: N_("Order and cleanliness"),
    Item.LABELS: N_("Labels are right and readable"),
    Item.STACKING: N_("Stacked safely"),
    Item.BOXES: N_("Small items in boxes"),
    Item.LEAKS: N_("No leaks"),
    Item.PESTS: N_("No pests"),
    Item.MILDEW: N_("No mildew"),
    Item.RUST: N_("No rust"),
    Item.FIRE: N_("Fire equipment in its place and within its dates"),
    Item.LOCKS: N_("Locks"),
}


class State(StrEnum):
    """Where the inspection of one week stands."""

    DUE = "DUE"
    OVERDUE = "OVERDUE"
    DONE = "DONE"


STATE_LABELS: Mapping[State, str] = {
    State.DUE: N_("Due this week"),
    State.OVERDUE: N_("Missed"),
    State.DONE: N_("Inspected"),
}
ARROWS: Mapping[State, Mapping[State, str]] = {
    State.DUE: {State.DONE: "upkeep.inspect", State.OVERDUE: "upkeep.miss_inspection"},
    State.OVERDUE: {State.DONE: "upkeep.inspect"},
    State.DONE: {},
}


class Fire(StrEnum):
    """What fights fire."""

    EXTINGUISHER = "EXTINGUISHER"
    HYDRANT = "HYDRANT"
    DETECTOR = "DETECTOR"
    BLANKET = "BLANKET"
    SAND = "SAND"


FIRE_LABELS: Mapping[Fire, str] = {
    Fire.EXTINGUISHER: N_("Extinguisher"),
    Fire.HYDRANT: N_("Hydrant"),
    Fire.DETECTOR: N_("Smoke detector"),
    Fire.BLANKET: N_("Fire blanket"),
    Fire.SAND: N_("Sand box"),
}


class Hazard(StrEnum):
    """Goods that must not lie together (S6-28)."""

    BATTERY = "BATTERY"
    GAS = "GAS"
    SOLVENT = "SOLVENT"
    REFRIGERANT = "REFRIGERANT"


HAZARD_LABELS: Mapping[Hazard, str] = {
    Hazard.BATTERY: N_("Batteries"),
    Hazard.GAS: N_("Gas"),
    Hazard.SOLVENT: N_("Solvents"),
    Hazard.REFRIGERANT: N_("Refrigerant"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which figures the air of a store must be: °C and % relative humidity, both ends allowed."""

    celsius_min: int
    celsius_max: int
    humidity_min: int
    humidity_max: int


def is_outside(celsius_tenths: int, humidity_tenths: int, limits: Limits) -> bool:
    """Whether a reading is outside what the store needs."""
    return not (
        limits.celsius_min * 10 <= celsius_tenths <= limits.celsius_max * 10
        and limits.humidity_min * 10 <= humidity_tenths <= limits.humidity_max * 10
    )


def score(results: Mapping[str, bool]) -> int:
    """Points of a hundred: each item weighs the same, and the whole is rounded down, so that only a store without fault has them all."""
    return 100 * sum(results.values()) // len(Item)


def monday(on: date) -> date:
    """The first day of a day's week."""
    return on - timedelta(days=on.weekday())


def week_ends(week_on: date, time_zone: str) -> datetime:
    """The first instant after the Sunday of a week, on the store's own clock."""
    after = week_on + timedelta(days=7)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(time_zone))
