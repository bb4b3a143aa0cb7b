"""The demo's store as it is kept: inspected last week, due again, a reading today, an extinguisher at the door."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from guiju.books.stock.models import Store
from guiju.conf.demo.company import Company
from guiju.kernel.actor import Actor
from guiju.readiness.upkeep import actions as upkeep
from guiju.readiness.upkeep.rules import Fire, Item


def tell(company: Company, now: datetime) -> None:
    """Shen has looked after it, but for yesterday's reading."""
    store = Store.objects.select_related("unit").get(unit=company.units["FS01"], code="S1")
    clock, last = Actor.system("clock"), now - timedelta(days=7)
    shen: dict[str, Any] = {"by": company.actors["shen"]}
    inspected = upkeep.make_due(store, by=clock, at=last)
    upkeep.inspect(
        inspected,
        results={item: item is not Item.LABELS for item in Item},
        note="两处标签模糊，已重新打印。",
        at=last,
        **shen,
    )
    upkeep.make_due(store, by=clock, at=now)
    for days, celsius, humidity in ((4, 221, 530), (3, 228, 555), (2, 316, 580), (0, 224, 540)):
        at = now - timedelta(days=days, minutes=30)
        reading = upkeep.read_climate(store, celsius_tenths=celsius, humidity_tenths=humidity, at=at, **shen)
        if reading.is_outside:
            upkeep.act_on_climate(reading, action="空调已开启。", at=at + timedelta(minutes=10), **shen)
    today = store.unit.day(now)
    upkeep.add_fire_equipment(
        store, kind=Fire.EXTINGUISHER, number="MFZ-01", place="门口左侧", expires_on=today + timedelta(days=800),
        next_check_on=today + timedelta(days=20), at=now - timedelta(days=10), **shen,
    )  # fmt: skip
