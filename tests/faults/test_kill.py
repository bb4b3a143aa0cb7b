"""Under load, processes die: of what was acknowledged nothing is lost, and nothing is done twice (F03, F04, F15)."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from guiju.kernel.models import Delivery
from tests.faults.clerks import UNTIL, Clerks, amiss, longest_silence
from tests.faults.cluster import cluster
from tests.faults.findings import EVERYTHING, Findings, told
from tests.faults.installed import Installed, installed, kill, until
from tests.faults.serving import served
from tests.faults.story import Story

pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

WEB_ROUNDS, SERVER_ROUNDS = (80, 30) if EVERYTHING else (2, 1)
# As many as a twin needs until it is found out.
TWIN_ROUNDS = 60
NIGHT_SHARE = 0.25
REST_SECONDS = (0.1, 1.0)
DELIVERED_SECONDS = 120.0
PROCESSES = 2 if EVERYTHING else 1
Fall = Callable[[Installed], Iterator[str]]
House = AbstractContextManager[Installed]


def one_process(server: Installed) -> Iterator[str]:
    """Kill one that answers requests, or the night shift; the house starts another in its place."""
    night = server.night() if random.random() < NIGHT_SHARE else []
    victims = night or server.workers()
    if victims and kill(random.choice(victims)):
        yield "night shift" if night else "web worker"


@contextmanager
def at(settings: dict[str, Any]) -> Generator[None]:
    """Look into that database from here."""
    connections.close_all()
    was = dict(connection.settings_dict)
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(was)


def address() -> str:
    """Of the database that is connected now, as in DATABASE_URL."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}@/{known['NAME']}?host={known['HOST']}"


def fall(story: Story, name: str, number: int, falls: Fall, house: House, *, is_twin: bool = False) -> Findings:
    """Let clerks work and so many times something die, and count what was lost and what was doubled.

    is_twin   end when the first is found
    """
    findings = Findings(name)
    connections.close_all()
    with house as server:
        clerks = Clerks(story, lambda: server.port)
        clerks.begin()
        for _ in findings.in_time(range(number)):
            before = len(clerks.told)
            until(lambda: len(clerks.told) >= before + 2, "somebody is told something")  # noqa: B023  # asked at once
            time.sleep(random.uniform(*REST_SECONDS))
            for victim in falls(server):
                findings.count(f"killed: {victim}")
            findings.ask("", iter(()))
            if is_twin and any(amiss(clerks)):
                break
        clerks.rest()
        if not is_twin and server.pid:
            until(_all_is_delivered, "all news is delivered", DELIVERED_SECONDS)
    _judge(findings, clerks, verified=not is_twin)
    return findings


@contextmanager
def alone() -> Generator[Installed]:
    """A server without the processes around it, for a slice."""
    known = connection.settings_dict
    with served(**{name: known[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}) as port:
        yield Installed(port, 0)


def _judge(findings: Findings, clerks: Clerks, *, verified: bool) -> None:
    for what, which in amiss(clerks):
        findings.count(what)
        findings.found.append(f"{what}: {which}")
    if verified:
        findings.found += _verified()
    findings.counts |= {"requests": len(clerks.asked), "acknowledged": len(clerks.told)}
    findings.counts |= {f"answered {status}": count for status, count in clerks.answers.items()}
    findings.counts["longest silence in ms"] = round(longest_silence(clerks.told) * 1000)


def _all_is_delivered() -> bool:
    return not Delivery.objects.exclude(state=Delivery.State.DONE).exists()


def _verified() -> list[str]:
    """What `guiju verify` says against it."""
    said = io.StringIO()
    try:
        call_command("verify", stdout=said, stderr=said)
    except CommandError as error:
        return [f"verify: {error}: {said.getvalue()}"]
    return []


@pytest.mark.shows("F03", "F15", "G01")
def test_a_killed_worker_loses_nothing_and_does_nothing_twice(story: Story) -> None:
    if connection.vendor == "postgresql" and not EVERYTHING:
        pytest.skip("a slice kills workers on SQLite, and PostgreSQL itself")
    with story.copies.lent(story.kept[UNTIL]) as database, at({"NAME": database}):
        ours = fall(story, "kill", WEB_ROUNDS, one_process, installed(address(), processes=PROCESSES))
    controls = {}
    for twin, betrays in {"without_key": "doubled", "answers_first": "lost"}.items() if EVERYTHING else ():
        with story.copies.lent(story.kept[UNTIL]) as database, at({"NAME": database}):
            house = installed(address(), processes=PROCESSES, twin=twin)
            findings = fall(story, twin, TWIN_ROUNDS, one_process, house, is_twin=True)
        controls[twin] = findings.summary() | {"found out": betrays in findings.counts}
    with told(ours, part=f"web workers and night shift on {connection.vendor}", controls=controls):
        assert not ours.found, "\n".join(ours.found[:20])
        assert all(each["found out"] for each in controls.values()), controls


@pytest.mark.postgres
@pytest.mark.shows("F04", "G02")
def test_a_killed_postgresql_loses_nothing_and_the_house_comes_back_by_itself(story: Story) -> None:
    story.copies.clone(story.kept[UNTIL])
    story.copies.rest()
    with cluster() as own, at(own.settings):

        def server_dies(_server: Installed) -> Iterator[str]:
            connections.close_all()
            if own.kill():
                yield "PostgreSQL"
            own.start()

        house = installed(own.address, processes=PROCESSES) if EVERYTHING else alone()
        ours = fall(story, "kill", SERVER_ROUNDS, server_dies, house)
        own.set(synchronous_commit="off", wal_writer_delay="10000")
        twin = fall(story, "synchronous_commit=off", TWIN_ROUNDS, server_dies, alone(), is_twin=True)
    with told(ours, twin, part="PostgreSQL itself"):
        assert not ours.found, "\n".join(ours.found[:20])
        assert twin.counts.get("lost"), "Nobody noticed that what was acknowledged is gone."
