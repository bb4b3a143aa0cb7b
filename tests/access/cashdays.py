"""The cash of a day that was told, for the two tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from guiju.kernel.actor import Actor
from guiju.oversight.reports import actions as reports
from guiju.oversight.reports.models import CashDay
from guiju.oversight.reports.queries import cash

if TYPE_CHECKING:
    from tests.access.scene import Scene

Fill = Callable[["Scene"], Mapping[str, Any]]


def day(scene: Scene) -> int:
    """A day on which the outlet had no till yet."""
    unit, clock = scene.shop.unit, Actor.system("clock")
    found = CashDay.objects.filter(unit=unit).first()
    on = min(unit.day(scene.shop.now), cash.open_since(unit) or date.max) - timedelta(days=60)
    return (found or reports.make_cash_day(unit, on=on, by=clock, at=scene.shop.now)).pk


def _remark(_scene: Scene) -> Mapping[str, Any]:
    return {"remark": "Quiet"}


SAID: Mapping[str, tuple[Fill, str]] = {"/cash-days/{key}/close": (_remark, "")}
PAGES: Mapping[str, tuple[Fill, str]] = {"till:close_cash_day": (_remark, "")}
