"""The stores themselves: weekly inspections, climate, fresh air, fire equipment, and what must lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar

from django.db.models import QuerySet
from ninja import Router
from pydantic import Field

from guiju.api import finding
from guiju.api.fields import Because, Day, Input, Key, Line, Nothing, Short
from guiju.api.finding import PartCode
from guiju.api.lists import Filter, Listing, show
from guiju.api.stock import STORE
from guiju.api.verbs import Mirror, Target, Verb, speak
from guiju.kernel.actor import Actor
from guiju.readiness.upkeep import actions
from guiju.readiness.upkeep.models import ClimateReading, FireEquipment, Inspection
from guiju.readiness.upkeep.rules import Fire, Hazard, Item, State


def visible_inspections(by: Actor) -> QuerySet[Inspection]:
    """The inspections that the asker may see."""
    return Inspection.objects.visible_to(by).select_related("store__unit", "done_by")


def visible_readings(by: Actor) -> QuerySet[ClimateReading]:
    """The readings that the asker may see."""
    return ClimateReading.objects.visible_to(by).select_related("store__unit")


def visible_equipment(by: Actor) -> QuerySet[FireEquipment]:
    """The fire equipment that the asker may see."""
    return FireEquipment.objects.visible_to(by).select_related("store__unit")


def _inspection(key: int, by: Actor) -> Inspection:
    return finding.one(visible_inspections(by), pk=key)


def _reading(key: int, by: Actor) -> ClimateReading:
    return finding.one(visible_readings(by), pk=key)


def _equipment(key: int, by: Actor) -> FireEquipment:
    return finding.one(visible_equipment(by), pk=key)


INSPECTION, READING = Target("key", Key, _inspection), Target("key", Key, _reading)
EQUIPMENT, BIN = Target("key", Key, _equipment), Target("key", Key, finding.bin_)


class LookedOver(Input):
    """What was seen, item by item."""

    results: dict[Item, bool]
    note: Annotated[Line, Field(max_length=300)] = ""


class ClimateIn(Input):
    """Tenths of a degree and of a percent."""

    celsius_tenths: Annotated[int, Field(ge=-1000, le=2000)]
    humidity_tenths: Annotated[int, Field(ge=-1, le=2000)]


class Acted(Input):
    """What was done about it."""

    action: Line


class FireIn(Input):
    """What fights fire, and where it is."""

    kind: Fire
    number: Short
    place: Annotated[Line, Field(max_length=80)]
    expires_on: Day
    next_check_on: Day


class FireChecked(Input):
    """When it is looked at again, and until when it serves."""

    next_check_on: Day
    expires_on: Day


class BinUseIn(Input):
    """What a bin is for."""

    segregation: Annotated[Short, Field(max_length=20)]
    hazard: Hazard | None = None
    is_container: bool = False

    def resolved(self, by: Actor) -> dict[str, object]:
        """No hazard is an empty one."""
        return super().resolved(by) | {"hazard": self.hazard.value if self.hazard else ""}


class NatureIn(Input):
    """Whether a part is small, and which hazard it is."""

    part: PartCode
    is_small: bool = False
    hazard: Hazard | None = None

    def resolved(self, by: Actor) -> dict[str, object]:
        """No hazard is an empty one."""
        return super().resolved(by) | {"hazard": self.hazard.value if self.hazard else ""}


class InspectionSeen(Mirror):
    """The inspection of one week."""

    paths: ClassVar[Mapping[str, str]] = {
        "id": "pk", "store": "store.code", "unit": "store.unit.code", "done_by": "done_by.number",
    }  # fmt: skip

    id: int
    store: str
    unit: str
    week_on: date
    due_at: datetime
    state: str
    score: int | None
    note: str
    done_by: str | None
    done_at: datetime | None


class ClimateOut(Mirror):
    """A reading, and what was done about it."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "store": "store.code", "unit": "store.unit.code"}

    id: int
    store: str
    unit: str
    read_at: datetime
    celsius_tenths: int
    humidity_tenths: int
    is_outside: bool
    action: str


class AiringOut(Mirror):
    """The store was aired."""

    paths: ClassVar[Mapping[str, str]] = {"store": "store.code"}

    store: str
    started_at: datetime
    ended_at: datetime | None


class FireOut(Mirror):
    """Fire equipment."""

    paths: ClassVar[Mapping[str, str]] = {"id": "pk", "store": "store.code", "unit": "store.unit.code"}

    id: int
    store: str
    unit: str
    kind: str
    number: str
    place: str
    expires_on: date
    checked_on: date
    next_check_on: date
    retired_on: date | None


class BinUseOut(Mirror):
    """What a bin is for."""

    paths: ClassVar[Mapping[str, str]] = {"bin": "bin.code"}

    bin: str
    segregation: str
    hazard: str
    is_container: bool


class NatureOut(Mirror):
    """What a part is like."""

    paths: ClassVar[Mapping[str, str]] = {"part": "part.code"}

    part: str
    is_small: bool
    hazard: str


router = Router(tags=["upkeep"])
speak(
    router,
    [
        Verb("/store-inspections/{key}/inspect", actions.inspect, LookedOver, InspectionSeen, INSPECTION),
        Verb("/stores/{key}/read-climate", actions.read_climate, ClimateIn, ClimateOut, STORE),
        Verb("/climate-readings/{key}/act", actions.act_on_climate, Acted, ClimateOut, READING),
        Verb("/stores/{key}/start-airing", actions.start_airing, Nothing, AiringOut, STORE),
        Verb("/stores/{key}/end-airing", actions.end_airing, Nothing, AiringOut, STORE),
        Verb("/stores/{key}/fire-equipment", actions.add_fire_equipment, FireIn, FireOut, STORE),
        Verb("/fire-equipment/{key}/check", actions.check_fire_equipment, FireChecked, FireOut, EQUIPMENT),
        Verb("/fire-equipment/{key}/retire", actions.retire_fire_equipment, Because, FireOut, EQUIPMENT),
        Verb("/bins/{key}/use", actions.use_bin, BinUseIn, BinUseOut, BIN),
        Verb("/part-natures", actions.mark_part, NatureIn, NatureOut),
    ],
)
show(
    router,
    [
        Listing(
            "/store-inspections", "inspections", "upkeep.see", InspectionSeen, visible_inspections,
            filters={"store": Filter(Short, "store__code"), "state": Filter(list[State], "state")},
        ),
        Listing(
            "/climate-readings", "climate", "upkeep.see", ClimateOut, visible_readings,
            filters={"store": Filter(Short, "store__code"), "is_outside": Filter(bool, "is_outside")},
        ),
        Listing(
            "/fire-equipment", "fire_equipment", "upkeep.see", FireOut, visible_equipment,
            filters={"store": Filter(Short, "store__code")},
        ),
    ],
)  # fmt: skip
