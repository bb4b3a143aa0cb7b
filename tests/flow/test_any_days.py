"""Any days at the counter, against plain numbers: what may be done is done, what may not is refused, and the books agree (G10).

The road is walked once, and at each station everything that may not be said there is said. Then Hypothesis walks at random, with
several jobs and one shelf between them; `./run campaign days` walks for as long as it is given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from guiju.books.money import queries as money
from guiju.books.money.rules import MoneyKind
from guiju.books.stock import queries as stock
from guiju.kernel import verification
from guiju.kernel.refusing import Refusal
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.rules import Method
from guiju.line.dispatch import actions as dispatch
from guiju.line.intake import actions as intake
from guiju.line.quality import actions as quality
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.rules import OldPartOutcome
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.actions import repair
from guiju.line.workshop.rules import Consent
from tests.faults.findings import EVERYTHING, MINUTES, Findings, chosen, told, turn
from tests.flow.days import ANYTHING, ROAD, Job, Shelf, done, possible
from tests.line import stages
from tests.line.cast_line import Shop, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

RUNS, STEPS = (25, 60) if EVERYTHING else (12, 30)
ASKED_AT_A_STATION = 6
LYING, FLOAT = 6, 50000
WHY = "Scratched on the shelf"


class Counter:
    """The house itself, told the same verbs as the plain numbers."""

    def __init__(self, shop: Shop) -> None:
        """Open the shop with its lists, its shelf and its till."""
        self.shop, self.shelf = shop, Shelf(free=LYING, till=FLOAT)
        self.orders: list[WorkOrder] = []
        self.rows: list[dict[str, Any]] = []
        self.said, self.refused, self.documents = 0, 0, 0
        _ = shop.price_list, shop.labour, shop.fault, shop.defect, shop.symptom, shop.model
        shop.certified("chen", "wu")
        self.values, self.bin = stages.a_checklist(shop), stages.a_bin(shop, holding=LYING)
        self.session = stages.an_open_till(shop)
        self.photos, self.signature = shop.photos(), shop.a_signature()

    def now(self) -> Any:
        """A second later: whoever was asked half an hour ago can accept no more."""
        return self.shop.later(seconds=1)

    def register(self) -> None:
        """One more customer at the counter."""
        typed = self.shop.registering()
        self.orders.append(intake.register(**typed, by=self.shop.reception, at=self.now()))
        self.shelf.jobs.append(Job())
        self.rows.append({"requests": [], "payments": []})

    def say(self, number: int, verb: str) -> None:
        """Say a verb about a job: it is done if it may be, else refused, and then nothing has changed."""
        job = self.shelf.jobs[number]
        may = verb in set(possible(job, self.shelf))
        self.said += 1
        refusal = self._refusal(number, verb)
        assert (refusal is None) is may, f"{verb} at {job}: {refusal or 'it was done'}"
        if refusal is None:
            done(job, self.shelf, verb, price=stages.MIN_LABOUR + job.approved * stages.MIN_COMPRESSOR)
        else:
            self.refused += 1
        self.agree(number)

    def agree(self, number: int) -> None:
        """The house says of this job, the shelf and the drawer what the plain numbers say."""
        job, order = self.shelf.jobs[number], fresh(self.orders[number])
        assert (order.state, order.held) == (job.stands, job.held)
        assert stock.available(self.shop.compressor, self.bin.store) == self.shelf.free
        assert stock.on_hand(self.shop.compressor, self.bin.store) == self.shelf.free + self.shelf.reserved()
        loose = sum(each.loose for each in job.asked)
        assert stock.fitted_for(order.number, self.shop.compressor) == job.fitted + loose
        assert money.owed(order.number) == job.owed
        assert money.paid(order.number) == job.paid - job.refunded
        assert money.balance(MoneyKind.TILL, self.session.till.reference) == self.shelf.till

    def _refusal(self, number: int, verb: str) -> Refusal | None:
        name, _, about = verb.partition(" ")
        try:
            with transaction.atomic():
                VERBS[name](self, fresh(self.orders[number]), self.rows[number], about)
        except Refusal as refusal:
            return refusal
        return None


Do = Callable[[Counter, WorkOrder, dict[str, Any], str], Any]


def _by(name: str, say: Callable[..., Any]) -> Do:
    """The verb as somebody of the cast says it about the order."""
    return lambda here, order, row, about: say(here, order, by=here.shop.actor(name), at=here.now())


class Nothing(Refusal):
    """There is no such request, quote, bill or payment to speak about."""


def _of(rows: list[Any], about: str) -> Any:
    if int(about) >= len(rows):
        raise Nothing
    return type(rows[int(about)]).objects.get(pk=rows[int(about)].pk)


def _quote(row: dict[str, Any]) -> Any:
    if "quote" not in row:
        raise Nothing
    return type(row["quote"]).objects.select_related("order").get(pk=row["quote"].pk)


def _bill(row: dict[str, Any]) -> Any:
    if "bill" not in row:
        raise Nothing
    return type(row["bill"]).objects.get(pk=row["bill"].pk)


def _assign(here: Counter, order: WorkOrder, _row: Any, about: str) -> None:
    dispatch.assign(order, technician=here.shop.cast.people[about], by=here.shop.actor("bo"), at=here.now())


def _draft(here: Counter, order: WorkOrder, row: dict[str, Any], about: str) -> None:
    offers = stages.offers(here.shop, parts=int(about))
    row["quote"] = workshop.draft_quote(
        order, offers=offers, service_hours=8, by=here.shop.actor("chen"), at=here.now()
    )


def _approve(here: Counter, _order: WorkOrder, row: dict[str, Any], _about: str) -> None:
    workshop.approve_quote(
        _quote(row), how=Consent.SIGNATURE, signature=here.shop.a_signature(), by=here.shop.reception, at=here.now()
    )


def _request(here: Counter, order: WorkOrder, row: dict[str, Any], about: str) -> None:
    asked = {"part": here.shop.compressor, "quantity": int(about), "by": here.shop.actor("chen"), "at": here.now()}
    row["requests"].append(storeroom.request_part(order, **asked))


def _keeper(say: Callable[..., Any], **more: Any) -> Do:
    """What the keeper of the store does about a request."""
    return lambda here, _order, row, about: say(
        _of(row["requests"], about), **more, by=here.shop.actor("shen"), at=here.now()
    )


def _pay(here: Counter, _order: WorkOrder, row: dict[str, Any], about: str) -> None:
    bill = _bill(row)
    amount = bill.owed_minor if about == "all" else bill.owed_minor // 2
    cai = here.shop.actor("cai")
    paid = cashier.take_payment(
        bill, method=Method.CASH, amount_minor=amount, tendered_minor=amount, by=cai, at=here.now()
    )
    row["payments"].append(paid)


def _refund(name: str, say: Callable[..., Any]) -> Do:
    def do(here: Counter, _order: WorkOrder, row: dict[str, Any], about: str) -> None:
        payment = _of(row["payments"], about)
        said = {"amount_minor": payment.amount_minor // 2, "reason": WHY} if say is not cashier.approve_refund else {}
        say(payment, **said, by=here.shop.actor(name), at=here.now())

    return do


def _hand_over(here: Counter, order: WorkOrder, _row: Any, _about: str) -> None:
    cashier.hand_over(
        order, **stages.handing_over(order), old_parts_settled=True, by=here.shop.actor("cai"), at=here.now()
    )


def _draw(here: Counter, order: WorkOrder, row: dict[str, Any], _about: str) -> None:
    row["bill"] = cashier.draw_bill(order, by=here.shop.actor("cai"), at=here.now())


VERBS: dict[str, Do] = {
    "receive": _by("lin", lambda here, order, **who: intake.receive(order, **here.shop.receiving(), **who)),
    "assign": _assign,
    "accept": _by("chen", lambda _here, order, **who: dispatch.accept(order, **who)),
    "refuse": _by("chen", lambda _here, order, **who: dispatch.refuse(order, reason="On leave tomorrow", **who)),
    "start_diagnosis": _by("chen", lambda _here, order, **who: workshop.start_diagnosis(order, **who)),
    "diagnose": _by(
        "chen",
        lambda here, order, **who: workshop.diagnose(
            order, fault=here.shop.fault, cause=here.shop.defect, findings="Worn.", **who
        ),
    ),
    "draft_quote": _draft,
    "issue_quote": lambda here, _o, row, _a: workshop.issue_quote(_quote(row), by=here.shop.reception, at=here.now()),
    "approve_quote": _approve,
    "decline_quote": lambda here, _o, row, _a: workshop.decline_quote(
        _quote(row), reason="Too dear", by=here.shop.reception, at=here.now()
    ),
    "request_part": _request,
    "answer": lambda here, order, row, about: _keeper(storeroom.answer_available, bin=here.bin)(
        here, order, row, about
    ),
    "issue": _keeper(storeroom.issue),
    "take_back": _keeper(storeroom.take_back, quantity=1),
    "drop": lambda here, _o, row, about: storeroom.cancel_request(
        _of(row["requests"], about), by=here.shop.actor("chen"), at=here.now()
    ),
    "fit": lambda here, _o, row, about: workshop.fit_part(
        _of(row["requests"], about),
        old_condition="Burnt",
        old_outcome=OldPartOutcome.SCRAP,
        by=here.shop.actor("chen"),
        at=here.now(),
    ),
    "start_repair": _by("chen", lambda _here, order, **who: workshop.start_repair(order, **who)),
    "log_labour": _by("chen", lambda _here, order, **who: workshop.log_labour(order, minutes=30, task="Work", **who)),
    "finish": _by("chen", lambda _here, order, **who: workshop.finish(order, work_done="Changed.", **who)),
    "pass": _by("qin", lambda here, order, **who: quality.pass_order(order, values=here.values, shelf="R-01", **who)),
    "fail": _by(
        "qin", lambda here, order, **who: quality.fail_order(order, values=here.values, defects=["It rattles"], **who)
    ),
    "cancel": _by("lin", lambda _here, order, **who: intake.cancel(order, reason="He changed his mind", **who)),
    "draw_bill": _draw,
    "pay": _pay,
    "ask_refund": _refund("lin", cashier.ask_refund),
    "approve_refund": _refund("xu", cashier.approve_refund),
    "pay_refund": _refund("cai", cashier.pay_refund),
    "hand_over": _hand_over,
}


def walk_the_road(counter: Counter, asked: Sequence[str], road: Sequence[str] = ROAD) -> None:
    """Bring one job home, and at each station say of `asked` what may not be said there."""
    counter.register()
    for verb in road:
        may = set(possible(counter.shelf.jobs[0], counter.shelf))
        for other in chosen([each for each in asked if each not in may], ASKED_AT_A_STATION):
            counter.say(0, other)
        counter.say(0, verb)


@pytest.mark.shows("G10", "I01", "I09", "I11", "I27", "I29")
def test_on_the_road_whatever_may_not_be_done_is_refused(shop: Shop) -> None:
    counter = Counter(shop)
    walk_the_road(counter, ANYTHING)
    assert counter.refused >= len(ROAD) * ASKED_AT_A_STATION
    assert verification.run() == []


TWO_FOR_ONE = tuple("request_part 2" if verb == "request_part 1" else verb for verb in ROAD)


@pytest.mark.no_books
@pytest.mark.parametrize(
    ("control", "verb", "road"),
    [
        ("_refuse_missing", "start_repair", ROAD),
        ("_refuse_unquoted", "fit 0", TWO_FOR_ONE),
        ("refuse_unaccounted", "finish", TWO_FOR_ONE),
    ],
)
def test_a_verb_that_asks_too_little_is_found_on_the_road(
    control: str, verb: str, road: Sequence[str], shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repair, control, lambda *_asked: None)
    with pytest.raises(AssertionError, match="it was done"):
        walk_the_road(Counter(shop), (verb,), road)


class Days(RuleBasedStateMachine):
    """Random days; in half of the steps somebody goes on with a job as one should."""

    counter: Counter
    steps = 0
    choice = st.integers(0, 1000)

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        here, self.was = type(self).counter, type(self).counter.shop.now
        self.here = Counter.__new__(Counter)
        vars(self.here).update(vars(here), shelf=Shelf(free=LYING, till=FLOAT), orders=[], rows=[], said=0, refused=0)

    @initialize(number=st.integers(1, 2))
    def open(self, number: int) -> None:
        for _ in range(number):
            self.here.register()

    @rule(which=choice, what=choice)
    def go_on(self, which: int, what: int) -> None:
        number = which % len(self.here.orders)
        ways = list(possible(self.here.shelf.jobs[number], self.here.shelf))
        onward = [verb for verb in ways if verb in ROAD and verb != "request_part 1"]
        if ways:
            chosen = onward if onward and what % 3 else ways
            self.here.say(number, chosen[what % len(chosen)])

    @rule(which=choice, verb=st.sampled_from(ANYTHING))
    def say_anything(self, which: int, verb: str) -> None:
        self.here.say(which % len(self.here.orders), verb)

    @invariant()
    def count(self) -> None:
        Days.steps += 1

    def teardown(self) -> None:
        found = verification.run()
        self.here.shop.now = self.was
        counter = type(self).counter
        counter.said, counter.refused = counter.said + self.here.said, counter.refused + self.here.refused
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        assert found == []


def walk_at_random(counter: Counter, begin: int, runs: int) -> None:
    """So many days, the same for the same number."""

    class Here(Days):
        pass

    Here.counter = counter
    run_state_machine_as_test(
        seed(begin)(Here),
        settings=settings(
            max_examples=runs, stateful_step_count=STEPS, deadline=None, database=None,
            phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.shows("G10", "I01", "I03", "I05", "I09", "I10", "I11", "I14", "I27")
def test_any_days_at_the_counter_agree_with_plain_numbers(shop: Shop) -> None:
    findings, counter, began = Findings("days"), Counter(shop), time.monotonic()
    with told(findings):
        while not findings.asked or (EVERYTHING and time.monotonic() - began < (MINUTES or 1) * 60):
            findings.asked, findings.of = findings.asked + 1, findings.asked + 1
            walk_at_random(counter, turn() + findings.asked, RUNS)
            findings.counts |= {"steps": Days.steps, "verbs": counter.said, "refused": counter.refused}
