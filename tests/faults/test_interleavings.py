"""One pauses before any of his statements while another does something else: the end is that of one order or of the other (F24)."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import MoneyKind
from guiju.books.stock.models import StockAccount
from tests.faults import naive
from tests.faults.apart import Apart, begin, here
from tests.faults.breaking import Step, stepping
from tests.faults.copies import Database, Rows, difference, differing, shape
from tests.faults.findings import Findings, chosen, told
from tests.faults.saying import Verb
from tests.faults.story import Answer, Story
from tests.faults.verbs import NAMED, STORY, VERBS, before

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.no_books,
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

PAIRS_A_SLICE, SLICE = 4, 16
# Verbs that are further apart in the story than this are never both possible.
NEAR = 2
# Longer than any verb takes: whoever has neither ended nor waits for a lock by then is stuck.
PATIENCE_SECONDS = 5.0
# To the rows of these nothing points by their number.
NUMBERED = ("kernel_transition",)
TRIED = "cashier.take_payment"
PLACES = ["", *(verb.name for verb in STORY)]
Pair = tuple[Verb, Verb]


def place(verb: Verb) -> int:
    """How far the story has been told when the verb is said, however many steps aside it is."""
    name = before(verb)
    while name not in PLACES:
        name = before(NAMED[name])
    return PLACES.index(name)


def pairs() -> list[Pair]:
    """Every ordered pair of rivals that can meet; also somebody with himself at another desk."""
    rivals = [verb for verb in VERBS if verb.rivals]
    return [(one, other) for one in rivals for other in rivals if abs(place(one) - place(other)) <= NEAR]


class Crossing:
    """Two verbs at the same moment of the story, and the two orders in which they can be done."""

    def __init__(self, story: Story, one: Verb, other: Verb, *, before: Verb | None = None) -> None:
        self.story, self.one, self.other = story, one, other
        self.copy = story.copy_before(before or min(one, other, key=place))
        said = (one, "k-1"), (other, "k-2")
        # Each order twice: what the second of two leaves behind, he alone may never leave, such as the step of a quote that is replaced.
        told = [[self._in_turn(*order) for _ in range(2)] for order in (said, said[::-1])]
        columns = [story.reference(each).chance for each in (one, other)] + [differing(*twice) for twice in told]
        self.chance = {
            table: {name for each in columns for name in each.get(table, ())} for some in columns for table in some
        }
        # A number is drawn as its row is written, and not as it is committed: of two who never meet, either may have the lower.
        for table in NUMBERED:
            self.chance.setdefault(table, set()).add("id")
        self.serial = [shape(rows, self.chance) for rows, _ in told]

    def _in_turn(self, *said: tuple[Verb, str]) -> Rows:
        with self.story.copies.lent(self.copy) as database, here(database):
            for verb, key in said:
                self.story.ask_until_answered(verb, key=key)
            return self.story.copies.rows(database)

    def at(self, number: int, count: Callable[[str], None]) -> Iterator[str]:
        """What is amiss when the first pauses before his step of that number."""
        with self.story.copies.lent(self.copy) as database:
            answers = self._crossed(number, database, count)
            for (verb, key), answer in zip(((self.one, "k-1"), (self.other, "k-2")), answers, strict=True):
                if answer.status >= 500 and answer.status != 503:
                    yield f"{verb.name} was answered {answer.status} {answer.body[:200]}"
                if answer.is_later:
                    count("came again")
                    with here(database):
                        self.story.ask_until_answered(verb, key=key)
            if (end := self.story.shape(database, self.chance)) not in self.serial:
                yield "neither order: " + "; nor ".join(difference(end, each) for each in self.serial)

    def _crossed(self, number: int, database: str, count: Callable[[str], None]) -> tuple[Answer, Answer]:
        pausing, paused = os.pipe()
        waiting, going = os.pipe()

        def first() -> Answer:
            with stepping(_pausing(number, paused, waiting)):
                return self.story.ask(self.one, key="k-1")

        def second() -> Answer:
            return self.story.ask(self.other, key="k-2")

        one = begin(first, database=database)
        os.close(paused)
        os.read(pausing, 1)  # or the end of it, where it took fewer steps than that
        other = begin(second, database=database)
        count("waited" if self._waits(other) else "went by")
        os.write(going, b".")
        answers = one.result(), other.result()
        for end in (pausing, waiting, going):
            os.close(end)
        return answers

    def _waits(self, other: Apart) -> bool:
        """Whether the second has come to a lock of the first, and not to his end."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if select.select([other.answers], [], [], 0.01)[0]:
                return False
            if isinstance(self.story.copies, Database) and self.story.copies.waits():
                return True
        return True


def _pausing(at: int, paused: int, waiting: int) -> Step:
    def step(number: int, _sql: str, go_on: Callable[[], Any]) -> Any:
        if number == at:
            os.write(paused, b".")
            os.read(waiting, 1)
        return go_on()

    return step


def ask_all(story: Story, name: str, points: list[tuple[Verb, Verb, int]]) -> Findings:
    """Let each pair cross there."""
    findings, crossings = Findings(name), dict[tuple[str, str], Crossing]()
    for verb in {verb.name: verb for one, other, _ in points for verb in (one, other)}.values():
        story.reference(verb)  # what each of them touches is known before
    with story.copies.briefly():
        for one, other, number in findings.in_time(points):
            names = one.name, other.name
            if names not in crossings:
                crossings[names] = Crossing(story, one, other)
            where = f"{one.name} paused before {number}, {other.name} done"
            findings.ask(where, crossings[names].at(number, findings.count))
    return findings


@pytest.mark.shows("F24", "F09", "F11", "G08")
def test_whoever_crosses_whom_the_end_is_that_of_one_order(story: Story) -> None:
    steps = [
        (one, other, number)
        for one, other in chosen(pairs(), PAIRS_A_SLICE)
        for number in range(1, len(story.reference(one).steps) + 1)
    ]
    ours = ask_all(story, "interleavings", chosen(steps, SLICE))
    pay = NAMED[TRIED]
    story.reference(pay)
    with naive.counting_up():
        crossing = Crossing(story, pay, pay)
        control = Findings("a number that is read and then written")
        for number in (1, 2, 3):
            control.ask(f"paused before {number}", crossing.at(number, control.count))
    with told(ours, control, pairs=len(pairs())):
        assert not ours.found, "\n".join(ours.found[:20])
        assert control.found, "Nobody noticed that one of two was lost."


# --- Pairs that are asked by name, and the verb before which they cross

# The storeroom's (issue 6): nobody is before the bin yet, or it is counted already.
ISSUE, SEND, MORE = "storeroom.issue", "transfers.send", "storeroom.receive_stock/more"
OPEN, FINISH = "counting.open_bin", "counting.finish_bin"
IN_STORE = [
    (ISSUE, ISSUE, ISSUE), (MORE, ISSUE, ISSUE), (ISSUE, MORE, ISSUE),
    (OPEN, ISSUE, OPEN), (ISSUE, OPEN, OPEN), (FINISH, ISSUE, FINISH), (ISSUE, FINISH, FINISH),
    (OPEN, SEND, OPEN), (SEND, OPEN, OPEN), (FINISH, SEND, FINISH), (SEND, FINISH, FINISH),
]  # fmt: skip
# The same by a book without locks: by how many each changes what lies there. All that a schedule can tell apart.
IN_STORE_CHANGES = {ISSUE: -1, SEND: -2, MORE: 3, OPEN: 0, FINISH: 0}
# The till's (issue 7): the drawer is counted while money goes in and out, or it is counted and to be closed; and what is carried.
PAY, REFUND, COUNT, FORCE = (
    "cashier.take_payment/cash",
    "cashier.pay_refund",
    "cashier.count_till",
    "cashier.force_close",
)
CLOSE, LATE = "cashier.close_till_session", "cashier.close_till_session/late"
PREPARE, SIGN = "banking.prepare", "banking.countersign_bag"
BANK, BACK, LOCK, CARRY = "banking.bank_it", "banking.take_back", "banking.lock_up", "banking.prepare_bags"
TAKE, KEEP, IN = "banking.accept_cash/deposit", "banking.withdraw_cash", "banking.count_pouch"
IN_TILL = [
    (COUNT, PAY, PAY), (PAY, COUNT, PAY), (COUNT, REFUND, REFUND), (REFUND, COUNT, REFUND),
    (LATE, REFUND, LATE), (REFUND, LATE, LATE), (LATE, LATE, LATE), (CLOSE, CLOSE, CLOSE), (FORCE, CLOSE, CLOSE), (CLOSE, FORCE, CLOSE),
    (PREPARE, REFUND, REFUND), (REFUND, PREPARE, REFUND), (PREPARE, PREPARE, PREPARE), (SIGN, PREPARE, SIGN), (PREPARE, SIGN, SIGN),
    (SIGN, COUNT, SIGN), (COUNT, SIGN, SIGN), (BANK, BACK, BANK), (BACK, BANK, BANK), (BANK, BANK, BANK), (LOCK, CARRY, LOCK),
    (CARRY, LOCK, LOCK), (TAKE, BANK, TAKE), (BANK, TAKE, TAKE), (BACK, TAKE, TAKE), (TAKE, BACK, TAKE), (IN, IN, IN), (IN, KEEP, IN),
    (KEEP, IN, IN), (IN, COUNT, IN), (COUNT, IN, IN),
]  # fmt: skip
# By a till without locks, in a coin each: whoever closes writes down what there was.
IN_TILL_CHANGES = {
    PAY: 2, REFUND: -1, COUNT: 0, FORCE: -3, CLOSE: -3, LATE: -3, PREPARE: -2, SIGN: -4, BANK: 5, BACK: -5, LOCK: 6, CARRY: -6, TAKE: 7,
    KEEP: -7, IN: 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs that are asked by name, and the twin that must be found out with each of them.

    changes   by how much each verb changes what the twin reads first and writes then
    slice     how many points are asked with each push
    """

    name: str
    pairs: Sequence[tuple[str, str, str]]
    place: Callable[[], Any]
    changes: Mapping[str, int]
    slice: int = 16


PARTS = (
    Part("the storeroom", IN_STORE, lambda: StockAccount.objects.filter(bin__isnull=False), IN_STORE_CHANGES),
    Part("the till", IN_TILL, lambda: MoneyAccount.objects.filter(kind=MoneyKind.TILL), IN_TILL_CHANGES),
)


@pytest.mark.shows("F24", "F10", "EX-14", "G08", "FIN-2", "FIN-8")
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_of_pairs_that_are_named_the_end_is_that_of_one_order(story: Story, part: Part) -> None:
    """Each paused before each of its statements."""
    points = [
        (pair, number) for pair in part.pairs for number in range(1, len(story.reference(NAMED[pair[0]]).steps) + 1)
    ]
    asked = chosen(points, part.slice)
    findings, control = Findings("interleavings"), Findings("a balance that is read and then written")
    with told(findings, control, part=part.name, pairs=len(part.pairs)):
        with story.copies.briefly():
            crossings: dict[tuple[str, ...], Crossing] = {}
            for pair, number in findings.in_time(sorted(asked)):
                one, other, before = (NAMED[name] for name in pair)
                if pair not in crossings:
                    crossings[pair] = Crossing(story, one, other, before=before)
                crossing = crossings[pair]
                findings.ask(
                    f"{one.name} paused before {number}, {other.name} done", crossing.at(number, findings.count)
                )
        assert not findings.found, "\n".join(findings.found[:20])
        for pair in chosen(part.pairs, part.slice // 4):
            assert crossed_naively(story, part, pair, control), f"{pair}: nobody noticed the twin"


def crossed_naively(story: Story, part: Part, pair: tuple[str, str, str], control: Findings) -> bool:
    """Whether the twin of a pair is found out."""
    one, other, before = (NAMED[name] for name in pair)
    already = len(control.found)
    with naive.looking_first(part.place, part.changes):
        crossing = Crossing(story, one, other, before=before)
        for number in (1, 2, 3):
            control.ask(f"{one.name} and {other.name} paused before {number}", crossing.at(number, control.count))
    return len(control.found) > already
