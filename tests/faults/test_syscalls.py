"""The disk itself fails under SQLite, or the process dies, at any write and any sync of a verb (F06, F07, G06)."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.faults import naive
from tests.faults.apart import begin, here
from tests.faults.copies import difference
from tests.faults.findings import EVERYTHING, Findings, chosen, told
from tests.faults.saying import Verb
from tests.faults.story import ROOT, Answer, Story
from tests.faults.tracing import SYNC, WRITE, Injected, calls, lacking, traced
from tests.faults.verbs import NAMED

pytestmark = [
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

# Each writes other books: people, things, orders, proofs, quotes, shelves, labour, tests, tills, bills, money, custody.
OPERATIONS = (
    "customers.enrol", "catalogue.register_appliance", "intake.register", "intake.receive", "dispatch.assign",
    "workshop.approve_quote", "storeroom.issue", "workshop.finish", "quality.pass_order", "cashier.draw_bill",
    "cashier.take_payment", "cashier.hand_over",
)  # fmt: skip
VERBS_A_SLICE, SLICE = 2, 14
TRIED = "cashier.take_payment"
HONEST = {409, 503}
FULL, BROKEN, KILLED = "error=ENOSPC", "error=EIO", "signal=KILL"
Twin = Callable[[], AbstractContextManager[Any]]
Point = tuple[Verb, Injected]


def serve(story: Story, verb: Verb, database: str, injected: Injected | None, twin: Twin, log: Path) -> Any:
    """Say the verb in a process whose disk fails, then again when the disk is well: the first answer, a page, the second.

    None where the process was killed
    """
    ours, theirs = socket.socketpair()

    def live() -> tuple[Answer, int, Answer]:
        ours.close()
        theirs.recv(1)  # the disk is about to fail
        with twin():
            first, page = story.ask(verb, key="k-1"), read(story, verb)
            theirs.send(b".")
            theirs.recv(1)  # and now it is well again
            return first, page, story.ask_until_answered(verb, key="k-1")

    process = begin(live, database=database)
    theirs.close()
    with ours:
        with traced(process.pid, database, injected, log):
            ours.send(b".")
            lives = ours.recv(1)
        if lives:
            ours.send(b".")
        return process.result()


def read(story: Story, verb: Verb) -> int:
    """Whether somebody can still look something up."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = story.sessions[verb.by]
    with story._then(verb):
        return client.get(f"{ROOT}/orders").status_code


def struck(story: Story, verb: Verb, injected: Injected, twin: Twin, log: Path) -> Iterator[str]:
    """What is amiss after the disk failed there."""
    reference = story.reference(verb)
    with story.copies.lent(story.copy_before(verb)) as database:
        lived = serve(story, verb, database, injected, twin, log)
        left = story.since(database, verb)
        if lived is None:
            if left not in (reference.before, reference.left):
                yield f"half done: {difference(left, reference.before)}"
            with here(database):
                again = story.ask_until_answered(verb, key="k-1")
        else:
            first, page, again = lived
            if first.status not in HONEST | {200}:
                yield f"not honest: {first}"
            if first.status == 503 and not first.retry_after:
                yield "503, and no word when to come again"
            if first.status == 200 and injected == NO_SYNC:
                yield "acknowledged what is on no disk"
            if page != 200:
                yield f"nobody can read: {page}"
        if again.status != 200:
            yield f"sent again: {again}"
        if (end := story.since(database, verb)) != reference.left:
            yield f"not once: {difference(end, reference.left)}"


# Nothing is ever on the disk.
NO_SYNC = Injected(SYNC, BROKEN, 1, on=True)


def points(story: Story, verb: Verb, log: Path) -> list[Point]:
    """Every write and every sync of the verb, and what can happen there."""
    with story.copies.lent(story.copy_before(verb)) as database:
        lived = serve(story, verb, database, None, nullcontext, log)
        assert lived[0].status == 200, lived
        made = calls(log)
    assert made.get(WRITE), made
    assert made.get(SYNC), made
    everywhere = [(call, at) for call in (WRITE, SYNC) for at in range(1, made[call] + 1)]
    kinds: dict[str, tuple[tuple[str, bool], ...]] = {
        WRITE: ((FULL, True), (BROKEN, False), (KILLED, False)),
        SYNC: ((BROKEN, False), (KILLED, False)),
    }
    found = [(verb, Injected(call, what, at, on)) for call, at in everywhere for what, on in kinds[call]]
    return [*found, (verb, NO_SYNC)]


def ask_all(story: Story, name: str, asked: list[Point], log: Path, twin: Twin = nullcontext) -> Findings:
    """Let each of them happen."""
    findings = Findings(name)
    for verb, injected in findings.in_time(asked):
        findings.ask(f"{verb.name} {injected}", struck(story, verb, injected, twin, log))
        findings.count(f"{injected.what} at a {'write' if injected.call == WRITE else 'sync'}")
    return findings


@contextmanager
def without_sync() -> Iterator[None]:
    """SQLite as one takes it for speed: what is acknowledged comes to the disk whenever the system likes."""
    options = connection.settings_dict["OPTIONS"]
    was = options["init_command"]
    options["init_command"] = was.replace("synchronous=FULL", "synchronous=OFF")
    assert options["init_command"] != was
    try:
        yield
    finally:
        options["init_command"] = was


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "calls"


@pytest.mark.shows("F06", "F07", "F01", "G06")
def test_whatever_the_disk_does_a_verb_is_whole_and_honest(story: Story, log: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL ends itself when its disk fails; tests/faults/test_kill.py kills it")
    if why := lacking():
        (pytest.fail if EVERYTHING else pytest.skip)(f"NO SYSTEM CALL CAN FAIL HERE: {why}")
    verbs = chosen([NAMED[name] for name in OPERATIONS], VERBS_A_SLICE)
    every = [point for verb in verbs for point in points(story, verb, log)]
    # That nothing reaches the disk is asked of each verb.
    asked = chosen([each for each in every if each[1] != NO_SYNC], SLICE) + [(verb, NO_SYNC) for verb in verbs]
    ours = ask_all(story, "syscalls", asked, log)
    tried = points(story, NAMED[TRIED], log)
    killed = [each for each in tried if each[1].what == KILLED and each[1].call == WRITE]
    halves = ask_all(
        story, "without a transaction", killed if EVERYTHING else killed[-4:], log, naive.without_transaction
    )
    hasty = ask_all(story, "synchronous=OFF", [(NAMED[TRIED], NO_SYNC)], log, without_sync)
    controls = {each.name: each.summary() for each in (halves, hasty)}
    with told(ours, verbs=len(verbs), controls=controls):
        assert not ours.found, "\n".join(ours.found[:20])
        assert any("half done" in each for each in halves.found), "\n".join(halves.found)
        assert any("on no disk" in each for each in hasty.found), "\n".join(hasty.found)
