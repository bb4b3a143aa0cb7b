"""Any verbs of the till and of takings in any order agree with plain numbers: every coin has one holder, nothing is below nothing.

GUIJU_TILL_STEPS says how many verbs are said; `./run campaign tills` says many more. At the end of each walk what is open is closed,
and everything is counted again from the rows.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import CASH, MoneyKind
from guiju.kernel import verification
from guiju.kernel.coins import fewest
from guiju.kernel.refusing import Refusal
from guiju.line.banking import actions as banking
from guiju.line.banking.actions import bags as packing
from guiju.line.banking.models import BankDeposit, SafeBag
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Payment, TillSession
from guiju.line.cashier.rules import CashMove, Method
from tests.books.stock.walking import Dice
from tests.faults import machines
from tests.faults.findings import EVERYTHING, Findings, told
from tests.faults.story import patched
from tests.line import stages
from tests.line.banking.conftest import Money
from tests.line.cast_line import Shop

# A verb costs some ten milliseconds with its checks; the twenty thousand are for the campaign.
USUALLY, IN_A_CAMPAIGN = 800 if connection.vendor == "sqlite" else 400, 20_000
STEPS = int(os.environ.get("GUIJU_TILL_STEPS", IN_A_CAMPAIGN if EVERYTHING else USUALLY))
AT_ONCE, TIMES, TWIN_STEPS = 20, 10, 400
PHASES = tuple(Phase) if os.environ.get("GUIJU_TILL_SHRINK") else (Phase.explicit, Phase.reuse, Phase.generate)
VERBS = (
    "open open open pay pay pay pay pay pay_card refund more less make_good count count_wrong recount close close force"
    " prepare pack pack countersign countersign unpack bank_it bank_it take_back carry"
).split()
AFTER = ("guiju.books.money", "guiju.line.cashier", "guiju.line.banking")
AMOUNTS = (100, 350, 1000, 2500, 9990)
FLOAT, LIMIT = 50000, 2000
HOLDERS = (*sorted(CASH), MoneyKind.CARD, MoneyKind.BANK, MoneyKind.OVER_SHORT, MoneyKind.OWED_BY_CUSTOMER)
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.no_books]


class AnyTills(RuleBasedStateMachine):
    """One outlet, one till, a cashier, a manager and finance; against plain numbers of who holds what."""

    shop: Shop
    bills: list[Any]
    steps = 0
    said: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.began, self.is_well = self.shop.now, True
        self.money = Money(self.shop)
        self.at, self.last, self.float = "", "", 0
        # What each place holds, by kind; a place that is not named holds nothing.
        self.holds: Counter[str] = Counter({MoneyKind.OWED_BY_CUSTOMER: sum(each.total_minor for each in self.bills)})
        self.session: TillSession | None = None
        self.bags: dict[str, list[SafeBag]] = {"packed": [], "sealed": []}
        self.deposits: list[BankDeposit] = []
        self.closed: dict[int, tuple[int, int, str]] = {}
        self.paid: list[Payment] = []
        self.left = [each.total_minor for each in self.bills]
        self.refunded: Counter[int] = Counter()
        self.taken_by_card = 0

    @rule(numbers=st.lists(st.integers(0, 2**48), min_size=AT_ONCE, max_size=AT_ONCE))
    def go_on(self, *, numbers: list[int]) -> None:
        """Say some verbs; after each every place of the book holds what the plain numbers say."""
        self.is_well = False
        for number in numbers:
            dice = Dice(number)
            verb = dice.of(VERBS)
            AnyTills.steps += 1
            AnyTills.said[verb] += 1
            self.last = verb
            getattr(self, verb)(dice)
            self.compare()
        self.is_well = True

    def compare(self) -> None:
        """The holders, one by one; each closed session stays as it was."""
        rows = MoneyAccount.objects.filter(unit=self.shop.unit, kind__in=HOLDERS).order_by()
        found = dict(rows.values_list("kind").annotate(Sum("balance")))
        plain = {str(kind): minor for kind, minor in self.holds.items() if minor}
        assert {kind: minor for kind, minor in found.items() if minor} == plain, self.last

    def attempt(self, is_possible: bool, act: Callable[[], Any]) -> Any:
        """Do it, or be refused as the plain numbers say; a refusal leaves nothing behind."""
        if is_possible:
            return act()
        AnyTills.said["refused"] += 1
        with pytest.raises(Refusal), transaction.atomic():
            act()
        return None

    def who(self, name: str = "cai") -> dict[str, Any]:
        return {"by": self.shop.actor(name), "at": self.shop.later(seconds=2)}

    @property
    def takings(self) -> int:
        return self.holds[MoneyKind.TILL] - self.float

    # --- The drawer

    def open(self, dice: Dice) -> None:
        minor = FLOAT + dice.of(AMOUNTS) * 10
        session = self.attempt(
            not self.at, lambda: cashier.open_till_session(self.till, float_minor=minor, **self.who())
        )
        if session is not None:
            self.session, self.at, self.float, self.taken_by_card = session, "OPEN", minor, 0
            self.money.__dict__["session"] = session
            self.holds[MoneyKind.TILL] += minor

    def pay(self, dice: Dice) -> None:
        self._pay(dice, Method.CASH, self.at == "OPEN", {}, MoneyKind.TILL)

    def pay_card(self, dice: Dice) -> None:
        if self._pay(dice, Method.CARD, True, {"terminal_ref": "C-1"}, MoneyKind.CARD) and self.at == "OPEN":
            self.taken_by_card += self.paid[-1].amount_minor

    def _pay(self, dice: Dice, method: Method, is_possible: bool, more: dict[str, Any], into: MoneyKind) -> bool:
        at, minor = dice.of(range(len(self.bills))), dice.of(AMOUNTS)
        said = {"method": method, "amount_minor": minor, **more}
        payment = self.attempt(
            is_possible and minor <= self.left[at], lambda: cashier.take_payment(self.bills[at], **said, **self.who())
        )
        if payment is None:
            return False
        self.paid.append(payment)
        self.left[at] -= minor
        self.holds[MoneyKind.OWED_BY_CUSTOMER] -= minor
        self.holds[into] += minor
        return True

    def refund(self, dice: Dice) -> None:
        cash = [each for each in self.paid if each.method == Method.CASH]
        if not cash:
            return
        payment, minor = dice.of(cash), dice.of(AMOUNTS)
        left = payment.amount_minor - self.refunded[payment.pk]
        said = {"amount_minor": minor, "reason": "Scratched"}
        if self.attempt(minor <= left, lambda: cashier.ask_refund(payment, **said, **self.who("lin"))) is None:
            return
        cashier.approve_refund(payment, **self.who("fang"))
        is_possible = self.at == "OPEN" and minor <= self.holds[MoneyKind.TILL]
        if self.attempt(is_possible, lambda: cashier.pay_refund(payment, **said, **self.who())) is not None:
            self.refunded[payment.pk] += minor
            self.holds[MoneyKind.TILL] -= minor

    def more(self, dice: Dice) -> None:
        self._move(CashMove.MORE_FLOAT, dice.of(AMOUNTS), is_possible=True)

    def less(self, dice: Dice) -> None:
        minor = dice.of((*AMOUNTS, FLOAT))
        self._move(CashMove.LESS_FLOAT, minor, is_possible=minor <= self.float and minor <= self.holds[MoneyKind.TILL])

    def make_good(self, dice: Dice) -> None:
        self._move(CashMove.MAKE_GOOD, dice.of(AMOUNTS), is_possible=True)

    def _move(self, kind: CashMove, minor: int, *, is_possible: bool) -> None:
        if self.session is None:
            return
        said = {"kind": kind, "amount_minor": minor, "reason": "Coins", "paper": "CM-1"}
        is_possible = is_possible and self.at == "OPEN"
        if self.attempt(is_possible, lambda: cashier.move_cash(self.session, **said, **self.who())) is None:  # type: ignore[arg-type]
            return
        grown = {CashMove.MORE_FLOAT: minor, CashMove.LESS_FLOAT: -minor, CashMove.MAKE_GOOD: minor}[kind]
        self.holds[MoneyKind.TILL] += grown
        if kind is CashMove.MAKE_GOOD:
            self.holds[MoneyKind.OVER_SHORT] -= minor
        else:
            self.float += grown

    def count(self, dice: Dice) -> None:
        self._count(dice.of((0, 0, 10, -10, 100)), is_another=False)

    def count_wrong(self, dice: Dice) -> None:
        self._count(dice.of((LIMIT, -LIMIT, 3 * LIMIT)), is_another=False)

    def _count(self, off: int, *, is_another: bool) -> None:
        if self.session is None:
            return
        counted = max(0, self.holds[MoneyKind.TILL] + off)
        off = counted - self.holds[MoneyKind.TILL]
        said: dict[str, Any] = {
            "pieces": fewest(counted, "CNY"),
            "card_minor": self.taken_by_card,
            "variance_reason": "Not known",
        }
        session = self.attempt(self.at == "OPEN", lambda: cashier.count_till(self.session, **said, **self.who()))  # type: ignore[arg-type]
        if session is not None:
            self.session, self.at = session, "WRONG" if abs(off) >= LIMIT else "COUNTED"
            if self.at == "COUNTED":
                self._level(off)

    def recount(self, dice: Dice) -> None:
        if self.session is None:
            return
        off = dice.of((0, 0, -10, LIMIT))
        counted = max(0, self.holds[MoneyKind.TILL] + off)
        off, again = counted - self.holds[MoneyKind.TILL], fewest(counted, "CNY")
        if (
            self.attempt(
                self.at == "WRONG",
                lambda: cashier.recount_till(self.session, pieces=again, **self.who("fang")),  # type: ignore[arg-type]
            )
            is not None
        ):
            self.at = "COUNTED"
            self._level(off)

    def _level(self, off: int) -> None:
        self.holds[MoneyKind.TILL] += off
        self.holds[MoneyKind.OVER_SHORT] -= off

    def close(self, _dice: Dice) -> None:
        if self.session is None:
            return
        is_possible = self.at == "COUNTED" and self.takings <= 0
        self._closed(self.attempt(is_possible, lambda: cashier.close_till_session(self.session, **self.who())))  # type: ignore[arg-type]

    def force(self, dice: Dice) -> None:
        if self.session is None:
            return
        off = dice.of((0, 0, 0, -3 * LIMIT)) if self.at == "OPEN" else 0
        counted = max(0, self.holds[MoneyKind.TILL] + off)
        off = counted - self.holds[MoneyKind.TILL]
        said: dict[str, Any] = {
            "pieces": fewest(counted, "CNY"),
            "card_minor": self.taken_by_card,
            "reason": "She is ill",
        }
        is_possible = self.at in {"OPEN", "COUNTED"} and self.takings + off <= 0
        closed = self.attempt(is_possible, lambda: cashier.force_close(self.session, **said, **self.who("ma")))  # type: ignore[arg-type]
        if closed is not None:
            self._level(off)
        self._closed(closed)

    def _closed(self, session: TillSession | None) -> None:
        if session is None:
            return
        self.closed[session.pk] = (session.counted_minor or 0, session.expected_minor or 0, session.z_number)
        self.holds[MoneyKind.TILL], self.float, self.at = 0, 0, ""

    # --- Takings

    def prepare(self, dice: Dice) -> None:
        minor = dice.of(AMOUNTS)
        deposit = self._leave(minor, lambda: self.money.prepare(minor))
        if deposit is not None:
            self.deposits.append(deposit)
            self._carry(MoneyKind.TILL, MoneyKind.CARRIER, minor)

    def pack(self, dice: Dice) -> None:
        minor = dice.of(AMOUNTS)
        seal = f"S-{AnyTills.steps}"
        bag = self._leave(minor, lambda: self.money.pack(minor, seal), is_alone=not self.bags["packed"])
        if bag is not None:
            self.bags["packed"].append(bag)

    def _leave(self, minor: int, act: Callable[[], Any], *, is_alone: bool = True) -> Any:
        if self.session is None:
            return None
        self.shop.later(seconds=2)
        return self.attempt(bool(self.at) and minor <= self.takings and is_alone, act)

    def countersign(self, _dice: Dice) -> None:
        if not self.bags["packed"]:
            return
        bag = self.bags["packed"][0]
        is_possible = bag.session_id == self.session.pk and bool(self.at) and bag.amount_minor <= self.takings  # type: ignore[union-attr]
        sealed = self.attempt(is_possible, lambda: self.money.countersign(bag))
        if sealed is not None:
            self.bags["packed"].remove(bag)
            self.bags["sealed"].append(sealed)
            self._carry(MoneyKind.TILL, MoneyKind.BAG, bag.amount_minor)

    def unpack(self, _dice: Dice) -> None:
        if self.bags["packed"]:
            banking.unpack_bag(self.bags["packed"].pop(), **self.who())

    def carry(self, _dice: Dice) -> None:
        if not self.bags["sealed"]:
            return
        bags, self.bags["sealed"] = self.bags["sealed"], []
        self.deposits.append(banking.prepare_bags(bags, **self.who()))
        self._carry(MoneyKind.BAG, MoneyKind.CARRIER, sum(each.amount_minor for each in bags))

    def bank_it(self, dice: Dice) -> None:
        if not self.deposits:
            return
        deposit = self.deposits.pop(dice.of(range(len(self.deposits))))
        self.shop.later(seconds=2)
        self.money.bank(deposit)
        self._carry(MoneyKind.CARRIER, MoneyKind.BANK, deposit.amount_minor)

    def take_back(self, dice: Dice) -> None:
        if not self.deposits:
            return
        deposit = dice.of(self.deposits)
        is_open = deposit.session_id is None or (bool(self.at) and deposit.session_id == self.session.pk)  # type: ignore[union-attr]
        said = {"note": "The bank was full", **self.who()}
        if self.attempt(is_open, lambda: banking.take_back(deposit, **said)) is None:
            return
        self.deposits.remove(deposit)
        into = MoneyKind.TILL if deposit.session_id else MoneyKind.BAG
        self._carry(MoneyKind.CARRIER, into, deposit.amount_minor)
        if into is MoneyKind.BAG:
            self.bags["sealed"] += SafeBag.objects.filter(state="SEALED", deposit=None).exclude(
                pk__in=[each.pk for each in self.bags["sealed"]]
            )

    def _carry(self, source: MoneyKind, target: MoneyKind, minor: int) -> None:
        self.holds[source] -= minor
        self.holds[target] += minor

    # --- The end

    def teardown(self) -> None:
        """What was closed is as it was, numbers have no gap, and everything can be counted again from the rows."""
        try:
            if self.is_well:
                self.come_to_an_end()
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)
            self.shop.now = self.began

    def come_to_an_end(self) -> None:
        rows = TillSession.objects.filter(pk__in=self.closed)
        kept = {row.pk: (row.counted_minor, row.expected_minor, row.z_number) for row in rows}
        assert kept == self.closed
        numbers = sorted(int(number.rsplit("-", 1)[1]) for _counted, _expected, number in kept.values())
        assert numbers == list(range(1, len(numbers) + 1))
        assert [each for name in AFTER for each in verification.run(only=name)] == []
        AnyTills.said["closed"] += len(kept)


@pytest.fixture
def machine(shop: Shop) -> type[AnyTills]:
    AnyTills.shop, AnyTills.steps, AnyTills.said = shop, 0, Counter()
    AnyTills.bills = [stages.a_bill(shop, stages.a_ready_order(shop)) for _ in range(2)]
    AnyTills.till = cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=shop.now)  # type: ignore[attr-defined]
    return AnyTills


def walk(machine: type[AnyTills], steps: int, *, phases: tuple[Phase, ...]) -> None:
    """Say so many verbs, at least."""
    machines.walk(machine, steps, at_once=AT_ONCE, times=TIMES, phases=phases)


@pytest.mark.shows("FIN-1", "FIN-2", "FIN-4", "FIN-7", "FIN-8", "I11", "G10")
def test_any_days_at_the_till_and_on_the_way_to_the_bank_agree_with_plain_numbers(machine: type[AnyTills]) -> None:
    findings, control = Findings("tills"), Findings("a bag that holds a coin less")
    with told(findings, control):
        walk(machine, STEPS, phases=PHASES)
        findings.asked = findings.of = machine.steps
        findings.counts = dict(machine.said)
        # Neither all were refused nor none, and some sessions came to their end.
        assert set(machine.said) == {*VERBS, "refused", "closed"}
        assert machine.steps // 10 < machine.said["refused"] < machine.steps * 9 // 10
        control.ask("in a walk of the same kind", found_in(machine, a_coin_less))
        assert control.found, "Nobody noticed that a coin was missing."


def found_in(machine: type[AnyTills], twin: Any) -> Iterator[str]:
    """What a walk of the same kind says to a planted fault."""
    return machines.found_in(machine, twin, lambda: walk(machine, TWIN_STEPS, phases=(Phase.generate,)))


@contextmanager
def a_coin_less() -> Iterator[None]:
    """Of what is sealed in a bag a coin stays in the drawer."""
    move = packing.move

    def moved(bag: Any, kind: Any, source: Any, target: Any, deed: Any, *others: Any, **more: Any) -> Any:
        return move(bag, kind, source, target, deed, *others, **{"amount": bag.amount_minor - 10} | more)

    with patched(packing, move=moved):
        yield
