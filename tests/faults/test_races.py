"""Eight people over HTTP at the same thing in the same instant: one gets it, seven are told so (F08, F09)."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.faults.copies import Shape
from tests.faults.findings import EVERYTHING, Findings, told
from tests.faults.saying import Verb
from tests.faults.serving import at_once, said, served
from tests.faults.story import Answer, Story
from tests.faults.verbs import NAMED

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

PEOPLE = 8
ROUNDS = 20 if EVERYTHING else 1
# What can be had once: the last part, the payment of a bill, a job, an answer to a quote, a sign-off, a till.
ONCE = (
    "storeroom.issue", "cashier.take_payment", "dispatch.assign", "workshop.approve_quote", "quality.pass_order",
    "cashier.open_till_session", "cashier.take_parts_deposit", "cashier.pay_refund", "banking.bank_it",
)  # fmt: skip


def race(story: Story, verb: Verb, keys: list[str]) -> tuple[list[Answer], Counter[str], Counter[str]]:
    """The answers, how many rows there are now in each table, and how many there should be."""
    with story.copies.lent(story.copy_before(verb)) as database:
        with served(database) as port:
            answers = at_once(len(keys), lambda number: said(story, verb, key=keys[number], port=port))
        left = story.shape(database, story.reference(verb).chance)
    return answers, _rows(left), _rows(story.reference(verb).left)


def _rows(shape: Shape) -> Counter[str]:
    return Counter({table: sum(lines.values()) for table, lines in shape.items()})


@pytest.mark.shows("F09", "G07", "T44")
def test_of_eight_people_one_gets_it(story: Story) -> None:
    findings = Findings("races")
    with told(findings, people=PEOPLE):
        for name in ONCE * ROUNDS:
            answers, is_now, should_be = race(story, NAMED[name], [f"k-{number}" for number in range(PEOPLE)])
            statuses = sorted(answer.status for answer in answers)
            for status in statuses:
                findings.count(f"{status}")
            amiss = [] if statuses[0] == 200 and set(statuses[1:]) <= {409, 422, 503} else [f"answered {statuses}"]
            amiss += [] if is_now == should_be else [f"{is_now - should_be} more, {should_be - is_now} less"]
            findings.ask(name, iter(amiss))
        assert not findings.found, "\n".join(findings.found)


@pytest.mark.shows("F08", "I38", "G09")
def test_the_same_request_eight_times_at_once_is_done_once(story: Story) -> None:
    answers, is_now, should_be = race(story, NAMED["cashier.take_payment"], ["k-1"] * PEOPLE)
    assert is_now == should_be
    assert {answer.status for answer in answers} <= {200, 409}, answers
    assert len({answer.body for answer in answers if answer.status == 200}) == 1
