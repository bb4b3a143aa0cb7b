"""The database fails at any statement of any verb: an honest 409 or 503, nothing half done, and then the same request succeeds (F02)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from tests.faults import naive
from tests.faults.apart import here
from tests.faults.breaking import Step, stepping
from tests.faults.copies import difference
from tests.faults.findings import Findings, chosen, told
from tests.faults.saying import Verb
from tests.faults.story import Story
from tests.faults.verbs import NAMED, VERBS

pytestmark = [pytest.mark.both_databases, pytest.mark.no_books]

VERBS_A_SLICE, SLICE = 5, 40
TRIED = "cashier.take_payment/half"
HONEST = {409, 503}
Twin = Callable[[], AbstractContextManager[Any]]

# On PostgreSQL the server itself fails, so that the transaction is as lost as in real life: these are its codes.
CODES = {
    "deadlock": "40P01",
    "serialization": "40001",
    "lock timeout": "55P03",
    "statement timeout": "57014",
    "disk full": "53100",
    "integrity": "23505",
}
LOST = "lost connection"
# SQLite has no codes; these are its words.
WORDS: dict[str, tuple[type[Exception], str]] = {
    "locked": (OperationalError, "database is locked"),
    "disk full": (OperationalError, "database or disk is full"),
    "disk failure": (OperationalError, "disk I/O error"),
    "integrity": (IntegrityError, "CHECK constraint failed: nobody_has_heard_of_it"),
}


def kinds() -> list[str]:
    """What this database can do to us."""
    return [*CODES, LOST] if connection.vendor == "postgresql" else [*WORDS]


def failing(at: int, kind: str) -> Step:
    """Let the step of that number fail, and count on nothing afterwards."""

    def step(number: int, _sql: str, go_on: Callable[[], Any]) -> Any:
        if number == at:
            fail(kind)
        return go_on()

    return step


def fail(kind: str) -> None:
    """Let the database fail."""
    if connection.vendor == "postgresql":
        raw = connection.connection
        with connection.wrap_database_errors:
            if kind == LOST:
                raw.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            else:
                raw.execute(f"DO $$ BEGIN RAISE EXCEPTION 'a {kind}' USING ERRCODE = '{CODES[kind]}'; END $$")
    error, words = WORDS[kind]
    cause = sqlite3.IntegrityError(words) if error is IntegrityError else sqlite3.OperationalError(words)
    raise error(words) from cause


def failed(story: Story, verb: Verb, at: int, kind: str, count: Callable[[str], None], twin: Twin) -> Iterator[str]:
    """What is amiss after the database failed there."""
    reference = story.reference(verb)
    with story.copies.lent(story.copy_before(verb)) as database, here(database), twin():
        with stepping(failing(at, kind)):
            answer = story.ask(verb, key="k-1")
        count(f"{kind}: {answer.status}")
        left = story.since(database, verb)
        if answer.status != 200 and left != reference.before:
            yield f"{answer.status}, and half done: {difference(left, reference.before)}"
        if answer.status == 503 and not answer.retry_after:
            yield "503, and no word when to come again"
        # A page says it above the form, and keeps what was typed.
        if answer.status not in HONEST | {200} | ({422} if verb.is_at_a_page else set()):
            yield f"not honest: {answer.status} {answer.body[:200]}"
        again = story.ask_until_answered(verb, key="k-1")
        if not again.is_of(verb, again=True):
            yield f"sent again: {again}"
        if (end := story.since(database, verb)) != reference.left:
            yield f"not once: {difference(end, reference.left)}"


Failure = tuple[Verb, int, str]


def ask_all(story: Story, name: str, points: list[Failure], twin: Twin = nullcontext) -> Findings:
    """Let each of them fail."""
    findings = Findings(name)
    with story.copies.briefly():
        for verb, at, kind in findings.in_time(points):
            statement = re.sub(r"\s+", " ", story.reference(verb).steps[at - 1])[:60]
            where = f"{verb.name} {kind} at {at} {statement}"
            findings.ask(where, failed(story, verb, at, kind, findings.count, twin))
    return findings


def failures(story: Story, *verbs: Verb) -> list[Failure]:
    """Every statement, and every way in which it can fail."""
    return [
        (verb, at, kind) for verb in verbs for at in range(1, len(story.reference(verb).steps) + 1) for kind in kinds()
    ]


@pytest.mark.shows("F02", "F24", "G05")
def test_whatever_fails_at_any_statement_is_answered_honestly_and_leaves_nothing(story: Story) -> None:
    verbs = chosen(VERBS, VERBS_A_SLICE)
    ours = ask_all(story, "failures", chosen(failures(story, *verbs), SLICE))
    tried = [each for each in failures(story, NAMED[TRIED]) if each[2] == "disk full"]
    halves = ask_all(story, "without a transaction", tried[-8:], naive.without_transaction)
    with told(ours, halves, verbs=len(verbs)):
        assert not ours.found, "\n".join(ours.found[:20])
        assert any("half done" in each for each in halves.found), "\n".join(halves.found)
