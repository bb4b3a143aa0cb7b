"""A whole outlet on the SQLite that comes with us: twelve people, twenty-five requests a second, and nobody hears that it is locked (G31).

Requests come when they are due, whether or not those before are answered; a wait in the queue counts as a wait of the person.
"""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests.faults.clerks import UNTIL, _enrolling, _paying
from tests.faults.findings import EVERYTHING, MINUTES, Findings, told
from tests.faults.installed import installed
from tests.faults.serving import said, served
from tests.faults.story import Story
from tests.faults.test_kill import address, at
from tests.faults.verbs import NAMED

pytestmark = [
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

PEOPLE, A_SECOND = 12, 25
SECONDS = (MINUTES or 2) * 60 if EVERYTHING else 3
P99_MAX_MS, LONGEST_MAX_MS = 300, 1500
# Of five requests one writes, as at a counter.
WRITES_EVERY = 5
# Django's own, with what one finds first when one looks for speed.
NAIVE: dict[str, Any] = {"timeout": 0.05, "transaction_mode": "DEFERRED"}
DESKS = {
    "lin": "reception:home", "bo": "control_room:board", "chen": "bench:home", "shen": "stores:home", "qin": "inspection:home",
    "cai": "till:home", "ma": "orders",
}  # fmt: skip


@dataclass(slots=True)
class Crowd:
    """People who come when they are due.

    port      where the house is
    a_second  how many requests
    writes    every how manieth writes
    """

    story: Story
    port: int
    a_second: float = A_SECOND
    writes: int = WRITES_EVERY
    waits: list[float] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    _counting: Any = field(default_factory=threading.Lock)

    def come(self, seconds: float, *, enough: Callable[[], bool] = lambda: False) -> None:
        """For so long, or until it is enough."""
        numbers, began = itertools.count(), time.monotonic()

        def person() -> None:
            while not enough() and (due := began + (number := next(numbers)) / self.a_second) < began + seconds:
                time.sleep(max(0.0, due - time.monotonic()))
                status = self._ask(number)
                with self._counting:
                    self.waits.append((time.monotonic() - due) * 1000)
                    self.answers[status] = self.answers.get(status, 0) + 1

        people = [threading.Thread(target=person) for _ in range(PEOPLE)]
        for each in people:
            each.start()
        for each in people:
            each.join()

    def _ask(self, number: int) -> str:
        try:
            return self._write(number) if number % self.writes == 0 else self._look(number)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__

    def _write(self, number: int) -> str:
        key, verb = f"S{number:06d}", NAMED["customers.enrol" if number % 2 else "cashier.take_payment"]
        says = _enrolling(key, number) if number % 2 else _paying(key)
        answer = said(self.story, replace(verb, says=lambda _known: says), key=key, port=self.port)
        return "locked" if answer.is_later else str(answer.status)

    def _look(self, number: int) -> str:
        name, page = list(DESKS.items())[number % len(DESKS)]
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            wire.request(
                "GET", reverse(page), headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.story.sessions[name]}"}
            )
            answer = wire.getresponse()
            answer.read()
        finally:
            wire.close()
        return "locked" if answer.status == 503 else str(answer.status)

    def findings(self, name: str) -> Findings:
        """How it went."""
        found = Findings(name, asked=len(self.waits), of=len(self.waits))
        waits = sorted(self.waits)
        found.counts |= {f"answered {status}": count for status, count in self.answers.items()}
        for what, share in (("median", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0)):
            found.counts[f"{what} in ms"] = round(waits[min(len(waits) - 1, int(len(waits) * share))])
        found.found += [f"{count} × {status}" for status, count in self.answers.items() if status != "200"]
        return found


@pytest.mark.slow
@pytest.mark.shows("G31")
def test_twelve_people_at_one_outlet_never_hear_that_it_is_locked(story: Story) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("is about SQLite")
    ours = _installed(story) if EVERYTHING else _served(story)
    with story.copies.lent(story.kept[UNTIL]) as database, served(database, OPTIONS=NAIVE) as port:
        naive = Crowd(story, port, a_second=400, writes=1)
        naive.come(20, enough=lambda: naive.answers.get("locked", 0) > 0)
    twin = naive.findings("as Django has it")
    with told(ours, twin, people=PEOPLE, a_second=A_SECOND):
        assert not ours.found, ours.found
        assert twin.counts.get("answered locked"), "Nobody heard that it was locked."
        # How fast a test is on a busy machine says nothing; a campaign has it for itself.
        if EVERYTHING:
            assert ours.counts["p99 in ms"] <= P99_MAX_MS, ours.counts
            assert ours.counts["longest in ms"] <= LONGEST_MAX_MS, ours.counts


def _served(story: Story) -> Findings:
    with story.copies.lent(story.kept[UNTIL]) as database, served(database) as port:
        crowd = Crowd(story, port)
        crowd.come(SECONDS)
    return crowd.findings("small_house")


def _installed(story: Story) -> Findings:
    """As an owner runs it, with the night shift beside it."""
    with story.copies.lent(story.kept[UNTIL]) as database, at({"NAME": database}):
        with installed(address(), processes=1) as house:
            Crowd(story, house.port).come(5)  # whoever comes first in the morning waits for what is loaded then
            crowd = Crowd(story, house.port)
            crowd.come(SECONDS)
        return crowd.findings("small_house")
