"""The worker: news within a second, the trail sealed behind it, the clock once a minute; beside it, what leaves the house and the plans."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from django.db import OperationalError, connections

from guiju.jobs import clock, messages, nightly, planning, wallets, webhooks
from guiju.kernel import beats, news, reach, trail
from guiju.kernel.repeating import breathe, unhurried

log = logging.getLogger(__name__)

# How long news may lie before it is looked for again.
IDLE_SECONDS = 0.5
CLOCK_SECONDS = 60
# Often enough that a worker that has died is missed within a minute.
BEAT_SECONDS = 15
# Longer than any attempt to send may take.
LAST_WORDS_SECONDS = 20


class Worker:
    """Does the night shift until it is told to stop; any number of them may run beside each other."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._next_tick = self._next_beat = 0.0
        self.name = f"{socket.gethostname()[:100]}:{os.getpid()}"
        self._watchmen = (
            nightly.Watchman(),
            nightly.Watchman(nightly.rights_that_arise, nightly.HOURLY),
            nightly.Watchman(nightly.walls_due, nightly.HOURLY),
            nightly.Watchman(nightly.old_parts_overdue, nightly.HOURLY),
            nightly.Watchman(nightly.store_reports, nightly.HOURLY),
            nightly.Watchman(nightly.late_debts, nightly.HOURLY),
            nightly.Watchman(nightly.cash_days, nightly.HOURLY),
            nightly.Watchman(nightly.rooms_neglected, nightly.HOURLY),
            nightly.Watchman(nightly.promises_in_danger, nightly.TEN_MINUTES),
        )

    def run(self) -> None:
        """Work until stopped, each lane by itself."""
        # A plan takes a minute of a core, and news must not wait for it.
        beside = [*self.outward(), planning.Planner(now).turn]
        lanes = [threading.Thread(target=self._lane, args=[turn], daemon=True) for turn in beside]
        for lane in lanes:
            lane.start()
        self.keep_at(self.turn)
        for lane in lanes:
            # What is on its way comes to its end, or is sent again by the next worker.
            lane.join(timeout=LAST_WORDS_SECONDS)

    def _lane(self, turn: Callable[[], bool]) -> None:
        try:
            self.keep_at(turn)
        finally:
            connections.close_all()

    def outward(self) -> list[Callable[[], bool]]:
        """The lanes in which things leave the house: the first of each kind looks, the others come when it has found something."""
        found: list[Callable[[], bool]] = []
        for kind in (messages, webhooks, wallets):
            bell = threading.Event()
            found.append(partial(kind.turn, now, bell.set))
            found += [partial(_when_rung, bell, partial(kind.turn, now, bell.set))] * (kind.LANES - 1)
        return found

    @reach.as_house
    def keep_at(self, turn: Callable[[], bool]) -> None:
        """Do it again and again until stopped; a database that is away for a while is waited for."""
        while not self.stopping.is_set():
            try:
                busy = turn()
            except OperationalError:
                log.warning("The database does not answer; waiting for it.", exc_info=True)
                connections.close_all()
                busy = False
            if not busy:
                self.stopping.wait(IDLE_SECONDS)

    def turn(self) -> bool:
        """One turn: what is due now, all of which a later turn would do again. True while there may be more."""
        with unhurried():
            return self._turn(now())

    def _turn(self, at: datetime) -> bool:
        if time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + BEAT_SECONDS
            beats.beat(self.name, at=at)
        delivered = news.deliver_due(at, breath=breathe)
        trail.seal_pending()
        if time.monotonic() >= self._next_tick:
            self._next_tick = time.monotonic() + CLOCK_SECONDS
            clock.tick(at)
            for watchman in self._watchmen:
                watchman.look(at)
        return delivered > 0


def _when_rung(bell: threading.Event, turn: Callable[[], bool]) -> bool:
    """Help as long as there is something to do, and hold no connection while there is nothing: it costs megabytes."""
    if bell.is_set():
        bell.clear()
        if turn():
            return True
    connections.close_all()
    return False


def now() -> datetime:
    """The clock of the night shift."""
    return datetime.now(UTC)


def stop_with_parent(worker: Worker) -> None:
    """End the worker when the pipe from the server ends, however the server ended."""

    def watch() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        worker.stopping.set()

    threading.Thread(target=watch, daemon=True).start()
