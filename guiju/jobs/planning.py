"""How much to keep, reckoned by night: each store once a month, a network at a time, in a lane of its own.

History is counted by whole months, so a store's plan holds until the next one begins. What is due is read from the plans that there are:
whoever was cut off, or comes a day late, goes on where the last one ended.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connections

from guiju.books.stock.models import Store
from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Refusal
from guiju.readiness.planning import actions as planning
from guiju.readiness.planning import queries
from guiju.readiness.planning.queries import PLANNED

log = logging.getLogger(__name__)

# By the clock of the place: when nobody waits for the machine.
NIGHT_UNTIL = 6
LOOKS_EVERY = timedelta(minutes=10)
# Stores that stand alone are planned so many at a time; a network is planned whole.
ALONE_AT_ONCE = 20


def due(at: datetime) -> Iterator[list[Store]]:
    """The stores that have no plan of this month and where it is night, those first that belong together."""
    stores = list(Store.objects.filter(kind__in=PLANNED).select_related("unit").order_by("unit__path", "code"))
    waiting = [store for store in queries.unplanned(stores, at=at) if _is_night(store, at)]
    feeders = queries.feeders()
    centres = {feeder.pk for feeder in feeders.values()}
    networks: dict[int, list[Store]] = {}
    alone: list[Store] = []
    for store in waiting:
        centre = feeders[store.pk].pk if store.pk in feeders else store.pk
        if centre in centres:
            networks.setdefault(centre, []).append(store)
        else:
            alone.append(store)
    yield from networks.values()
    for begin in range(0, len(alone), ALONE_AT_ONCE):
        yield alone[begin : begin + ALONE_AT_ONCE]


def _is_night(store: Store, at: datetime) -> bool:
    return at.astimezone(ZoneInfo(store.unit.time_zone)).hour < NIGHT_UNTIL


class Planner:
    """Plans what is due, one group after the other, and looks again after a while."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._next: datetime | None = None
        # What could not be planned is not tried again before the worker begins anew.
        self._failed: set[int] = set()

    @reach.as_house
    def turn(self) -> bool:
        """Plan one group; True while there may be more."""
        at = self.now()
        if self._next is not None and at < self._next:
            return False
        group = next((stores for stores in due(at) if not self._failed & {store.pk for store in stores}), None)
        if group is None:
            self._next = at + LOOKS_EVERY
            # A connection that is held for nothing costs megabytes.
            connections.close_all()
            return False
        started = time.perf_counter()
        try:
            runs = planning.plan_stores(group, by=Actor.system("clock"), at=at)
        except (Refusal, ArithmeticError, ValueError):
            self._failed |= {store.pk for store in group}
            log.exception("These stores could not be planned: %s", ", ".join(map(queries.called, group)))
            return True
        log.info("Planned %s stores in %.1f s by %s.", len(runs), time.perf_counter() - started, runs[0].engine)
        return True
