"""Killed at any statement of any verb, before it, after it and after the commit: whole; and asked again, once (F01)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.db import connection

from guiju.kernel import verification
from tests.faults import naive
from tests.faults.apart import apart, here
from tests.faults.breaking import killed, stepping
from tests.faults.copies import Rows, difference
from tests.faults.findings import EVERYTHING, Findings, chosen, told
from tests.faults.saying import Verb
from tests.faults.story import Answer, Story
from tests.faults.verbs import NAMED, STORY, VERBS

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

VERBS_A_SLICE, SLICE = 4, 16
# To ask every invariant costs as much as the verb and its repetitions: in a campaign at each so manieth point.
VERIFIED_EVERY = 12
# The twins are tried on one verb that books money: that is enough to see that the harness sees.
TRIED = "cashier.take_payment/half"
OF_THE_TILL = [
    verb for verb in VERBS if verb not in STORY and verb.name.startswith(("cashier.", "banking.", "custody."))
]
Twin = Callable[[], AbstractContextManager[Any]]
Cut = tuple[Verb, int, str]


def cuts(story: Story, *verbs: Verb) -> list[Cut]:
    """Every place where a process can be killed.

    On PostgreSQL, after a statement and before the next one are the same place: the server sees a connection end between them.
    """
    places = [(verb, at) for verb in verbs for at in range(1, len(story.reference(verb).steps) + 1)]
    return [
        (verb, at, when)
        for verb, at in places
        for when in ("before", "after")
        if when == "before" or connection.vendor != "postgresql" or story.reference(verb).steps[at - 1] == "COMMIT"
    ]


def cut(
    story: Story, verb: Verb, at: int, when: str, twin: Twin = nullcontext, *, verify: bool = False
) -> Iterator[str]:
    """What is amiss after a process was killed there, and its request sent again, twice."""

    def die() -> Answer:
        with twin(), stepping(killed(at, when)):
            return story.ask(verb, key="k-1")

    reference = story.reference(verb)
    with story.copies.lent(story.copy_before(verb)) as database:
        if (lived := apart(die, database=database)) is not None:
            yield f"nobody was killed, {lived.status}"
        left = story.since(database, verb)
        if left not in (reference.before, reference.left):
            yield f"half done: {difference(left, reference.before)}"
        with twin(), here(database):
            first, second = story.ask_until_answered(verb, key="k-1"), story.ask(verb, key="k-1")
            amiss = [str(each) for each in verification.run()] if verify else []
        if not first.is_of(verb, again=True):
            yield f"sent again: {first}"
        if not verb.is_signed and (second.body != first.body or (second.status == 200 and not second.is_replay)):
            yield f"not the same answer: {second}"
        if (end := story.since(database, verb)) != reference.left:
            yield f"not once: {difference(end, reference.left)}"
        yield from amiss


def ask_all(story: Story, name: str, points: list[Cut], twin: Twin = nullcontext) -> Findings:
    """Cut at each of them."""
    findings = Findings(name)
    for verb, at, when in findings.in_time(points):
        statement = re.sub(r"\s+", " ", story.reference(verb).steps[at - 1])[:60]
        verify = EVERYTHING and findings.asked % VERIFIED_EVERY == 0
        findings.ask(f"{verb.name} {when} {at} {statement}", cut(story, verb, at, when, twin, verify=verify))
        findings.count(f"{when} a {'commit' if statement == 'COMMIT' else 'statement'}")
        if verify:
            findings.count("invariants asked")
    return findings


@pytest.mark.shows("F01", "F08", "I38", "G04")
def test_killed_at_any_statement_a_verb_is_whole_and_sent_again_it_is_done_once(story: Story) -> None:
    # PostgreSQL is slower to bring back: there a campaign asks the walk-in and the till, and on SQLite whatever the table holds.
    verbs = chosen([*STORY, *OF_THE_TILL] if connection.vendor == "postgresql" else VERBS, VERBS_A_SLICE)
    points = chosen(cuts(story, *verbs), SLICE)
    ours = ask_all(story, "cuts", points)
    tried = cuts(story, NAMED[TRIED])
    halves = ask_all(
        story, "without a transaction", tried if EVERYTHING else chosen(tried, 4), naive.without_transaction
    )
    doubles = ask_all(story, "without the key", tried if EVERYTHING else tried[-4:], naive.without_key)
    controls = {each.name: each.summary() for each in (halves, doubles)}
    with told(ours, verbs=len(verbs), controls=controls):
        assert not ours.found, "\n".join(ours.found[:20])
        assert any("half done" in each for each in halves.found), "\n".join(halves.found)
        assert any("not once" in each and "+cashier_payment" in each for each in doubles.found), "\n".join(
            doubles.found
        )


def test_every_verb_of_the_table_does_what_it_says(story: Story) -> None:
    """Else the harnesses would ask for refusals, and find them whole."""
    for verb in VERBS:
        before, left = story.copies.rows(story.copy_before(verb)), story.rows_after(verb)
        assert _state(left) in (verb.leaves, "") or verb.leaves is None, verb.name
        for book, count in verb.moves.items():
            table = f"{book}_{book}move"
            assert len(left.get(table, [])) - len(before.get(table, [])) == count, (verb.name, book)


def _state(rows: Rows) -> str:
    """Where the only order stands."""
    orders = rows.get("workorder_workorder", [])
    return str(orders[0]["state"]) if orders else ""
