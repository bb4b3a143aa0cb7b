"""Clerks who work without a pause over HTTP while something is taken from under them: what each was told, and when, is written down.

An acknowledgement counts from the instant at which its client read it, by a clock that never jumps.
"""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guiju.line.cashier.models import Payment
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices.models import Message
from guiju.standing.catalogue.models import Appliance
from guiju.standing.customers.models import Customer
from tests.faults.saying import Verb
from tests.faults.serving import said
from tests.faults.story import Answer, Story
from tests.faults.verbs import NAMED

PEOPLE = 4
# Between two attempts at the same request.
PAUSE_SECONDS = 0.05
# The story has come so far: there is a bill to pay.
UNTIL = "cashier.draw_bill"
# No key is ever another's.
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Told:
    """One request that was acknowledged, at that instant of the monotonic clock."""

    key: str
    verb: str
    at: float


@dataclass(slots=True)
class Clerks:
    """They enrol customers with their appliances, register orders, and take a bill's payment in a thousand pieces.

    port       where the server is now
    persist    ask again until it is acknowledged, as a client with a key does; else each request is sent once
    """

    story: Story
    port: Callable[[], int]
    persist: bool = True
    people: int = PEOPLE
    told: list[Told] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    _stop: threading.Event = field(default_factory=threading.Event)
    # From here on nobody waits for an answer any more, lest a thread goes on asking during the tests that follow.
    _left: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let them work."""
        self._stop.clear()
        self._left.clear()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.people)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let nobody begin with anything more."""
        self._stop.set()

    def rest(self) -> None:
        """Let each come to the end of the request that he is at."""
        self.stop()
        for thread in self._threads:
            thread.join(timeout=60)
        self._left.set()
        assert not any(thread.is_alive() for thread in self._threads), f"Somebody is never answered: {self.answers}"

    def _work(self) -> None:
        while not self._stop.is_set():
            key = f"K{next(_numbers):06d}"
            known = dict(self.story.known)
            for verb in _said(key):
                answer = self._ask(verb, f"{key} {verb.name}", known)
                if answer is None:
                    break
                known |= {name: json.loads(answer.body).get(at) for name, at in verb.gives.items()}

    def _ask(self, verb: Verb, key: str, known: Mapping[str, Any]) -> Answer | None:
        self.asked[key] = verb.name
        while True:
            try:
                answer = said(replace(self.story, known=dict(known)), verb, key=key, port=self.port())
                json.loads(answer.body)  # what was cut off in the middle says nothing
            except (OSError, http.client.HTTPException, ValueError):
                self.answers["none"] += 1
            else:
                self.answers[str(answer.status)] += 1
                if answer.status == 200:
                    self.told.append(Told(key, verb.name, time.monotonic()))
                    return answer
                if answer.status < 500 and not answer.is_later:
                    return None
            if not self.persist or self._left.is_set():
                return None
            time.sleep(PAUSE_SECONDS)


def _said(key: str) -> list[Verb]:
    """What a clerk says one after the other; the key stands in each, so that its effects can be counted."""
    number = int(key[1:])
    pay = replace(NAMED["cashier.take_payment"], says=lambda _known: _paying(key))
    enrol = replace(NAMED["customers.enrol"], says=lambda _known: _enrolling(key, number))
    appliance = NAMED["catalogue.register_appliance"]
    register = NAMED["intake.register"]
    own = replace(appliance, says=lambda known: appliance.says(known) | {"serial": key})
    order = replace(register, says=lambda known: register.says(known) | {"problem": key})
    return [pay, enrol, own, order] if number % 3 == 0 else [pay, enrol]


def _paying(key: str) -> dict[str, Any]:
    return {"method": "CARD", "amount_minor": 1, "terminal_ref": key}


def _enrolling(key: str, number: int) -> dict[str, Any]:
    return {"unit": "FS01", "name": key, "phones": [f"138{number:08d}"], "consent_service": True}


# By verb: where the key stands in what it leaves.
EFFECTS: Mapping[str, Callable[[], list[str]]] = {
    "cashier.take_payment": lambda: list(Payment.objects.values_list("terminal_ref", flat=True)),
    "customers.enrol": lambda: list(Customer.objects.values_list("name", flat=True)),
    "catalogue.register_appliance": lambda: list(Appliance.objects.values_list("serial", flat=True)),
    "intake.register": lambda: list(WorkOrder.objects.values_list("problem", flat=True)),
}


def amiss(clerks: Clerks, *, told: list[Told] | None = None) -> Iterator[tuple[str, str]]:
    """What was acknowledged and is lost, and what was done more than once.

    told   what counts as acknowledged; default all that was
    """
    there = {f"{key} {verb}": count for verb, keys in EFFECTS.items() for key, count in Counter(keys()).items()}
    for each in clerks.told if told is None else told:
        if not there.get(each.key):
            yield "lost", each.key
    for key in clerks.asked:
        if there.get(key, 0) > 1:
            yield "doubled", f"{key} {there[key]} times"
    twice = Counter(Message.objects.filter(order__isnull=False).values_list("order_id", "template", "deed"))
    for message, count in twice.items():
        if count > 1:
            yield "doubled", f"a message: {message}"


def longest_silence(told: list[Told]) -> float:
    """The longest time in seconds in which nobody was told anything."""
    instants = sorted(each.at for each in told)
    return max((later - earlier for earlier, later in itertools.pairwise(instants)), default=0.0)
