"""The upkeep of FS01's store for the two tables: an inspection that is due, a reading outside its limits, an extinguisher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.books.stock.models import Store
from guiju.kernel.actor import Actor
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices.rules import Alarm
from guiju.readiness.upkeep import actions as upkeep
from guiju.readiness.upkeep.rules import Item

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]


def stand(scene: Scene) -> dict[str, int]:
    """Each row by its kind; made once."""
    made: dict[str, int] = scene.__dict__.setdefault("upkeeps", {})
    if not made:
        at = timezone.now()
        shen: dict[str, Any] = {"by": scene.shop.actor("shen"), "at": at}
        room: Store = Store.objects.select_related("unit").get(pk=scene.bin.store_id)
        made["store-inspections"] = upkeep.make_due(room, by=Actor.system("clock"), at=at).pk
        made["climate-readings"] = upkeep.read_climate(room, celsius_tenths=400, humidity_tenths=500, **shen).pk
        made["fire-equipment"] = upkeep.add_fire_equipment(
            room, kind="EXTINGUISHER", number="X1", place=f"{scene.word} door", expires_on=_in(scene, 400),
            next_check_on=_in(scene, 30), **shen,
        ).pk  # fmt: skip
        alarms = notices.warn_of_room(
            room, kind=Alarm.FIRE, on=_in(scene, 0), detail=scene.word, by=Actor.system("clock"), at=at
        )
        made["store-alarms"] = alarms[0].pk
    return made


def _in(scene: Scene, days: int) -> Any:
    return scene.shop.unit.day(timezone.now()) + timedelta(days=days)


def key(kind: str) -> Callable[[Scene, str], int]:
    """The row of that kind."""
    return lambda scene, _at: stand(scene)[kind]


def _dates(scene: Scene) -> dict[str, str]:
    return {"expires_on": _in(scene, 400).isoformat(), "next_check_on": _in(scene, 60).isoformat()}


def _said(**typed: Any) -> Fill:
    return lambda _scene: typed


API_KEYS: Mapping[str, Callable[[Scene, str], Any]] = {
    **{kind: key(kind) for kind in ("store-inspections", "climate-readings", "fire-equipment", "store-alarms")},
    "bins": lambda scene, _at: scene.bin.pk,
}
SAID: Mapping[str, tuple[Any, ...]] = {
    "/store-alarms/{key}/acknowledge": (_said(),),
    "/store-inspections/{key}/inspect": (_said(results=dict.fromkeys(map(str, Item), True)),),
    "/stores/{key}/read-climate": (_said(celsius_tenths=200, humidity_tenths=500),),
    "/climate-readings/{key}/act": (_said(action="Windows shut"),),
    "/stores/{key}/start-airing": (_said(),),
    "/stores/{key}/end-airing": (_said(),),
    "/stores/{key}/fire-equipment": (
        lambda scene: {"kind": "BLANKET", "number": "B1", "place": "At the bench", **_dates(scene)},
    ),
    "/fire-equipment/{key}/check": (_dates,),
    "/fire-equipment/{key}/retire": (_said(reason="Used up"),),
    "/bins/{key}/use": (_said(segregation="G1", hazard="BATTERY"),),
    "/part-natures": (_said(part="COMP-1", is_small=True),),
}


def page_key(scene: Scene, route: str) -> int:
    """The row of a page's address."""
    kind = {
        "inspect": "store-inspections",
        "act_on": "climate-readings",
        "check": "fire-equipment",
        "paper": "store-inspections",
    }
    last = route.removeprefix("stores:upkeep_")
    return stand(scene)[kind[last]] if last in kind else int(scene.bin.store_id)


TYPED: Mapping[str, tuple[Any, ...]] = {
    "stores:upkeep_climate": (_said(celsius="20.5", humidity="50"),),
    "stores:upkeep_fire": (
        lambda scene: {"kind": "BLANKET", "number": "B1", "place": "At the bench", **_dates(scene)},
    ),
    "stores:upkeep_inspect": (_said(**{str(item): "on" for item in Item}),),
    "stores:upkeep_act_on": (_said(action="Windows shut"),),
    "stores:upkeep_check": (_dates,),
}
