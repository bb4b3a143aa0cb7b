"""Any verbs of the till, of takings, of credit and of days in any order agree with plain numbers: every coin has one holder.

GUIJU_TILL_STEPS says how many verbs are said; `./run campaign tills` says many more. At the end of each walk what is open is closed,
and everything is counted again from the rows.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import rule

from guiju.kernel import verification
from guiju.line.banking.actions import bags as packing
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import wallets
from guiju.line.cashier.models import TillSession
from guiju.line.cashier.rules.wallets import Wallet
from tests.books.stock.walking import Dice
from tests.faults import machines
from tests.faults.findings import EVERYTHING, Findings, told
from tests.faults.story import patched
from tests.line import stages
from tests.line.banking.walking.days import Days
from tests.line.banking.walking.drawer import Drawer
from tests.line.banking.walking.holding import ON_CREDIT, rolled_back
from tests.line.banking.walking.owing import Owing
from tests.line.banking.walking.paying import Paying
from tests.line.banking.walking.pockets import Pockets
from tests.line.banking.walking.takings import Takings
from tests.line.banking.walking.wallets import Wallets
from tests.line.cast_line import Shop

# A verb costs six milliseconds with its checks; the twenty thousand are for the campaign.
USUALLY, IN_A_CAMPAIGN = 2_400 if connection.vendor == "sqlite" else 400, 20_000
STEPS = int(os.environ.get("GUIJU_TILL_STEPS", IN_A_CAMPAIGN if EVERYTHING else USUALLY))
AT_ONCE, TIMES, TWIN_STEPS = 20, 10, 2_000
PHASES = tuple(Phase) if os.environ.get("GUIJU_TILL_SHRINK") else (Phase.explicit, Phase.reuse, Phase.generate)
VERBS = (
    "open open open pay pay pay pay pay_card pay_transfer pay_on_credit pay_on_credit refund void more less make_good count count_wrong"
    " recount close close force prepare pack pack countersign countersign unpack lock_up retrieve bank_it bank_it take_back carry_bags"
    " confirm hand_on collect collect_by_card write_off pay_at_home pay_at_home offer_pouch offer_pouch withdraw take_pouch take_pouch"
    " ask_wallet ask_wallet wallet_pays cancel_wallet wallet_pays_late match_wallet return_wallet"
    " explain explain spend top_up count_box sleep tell_day close_day"
).split()
AFTER = (
    "guiju.books.money",
    "guiju.line.cashier",
    "guiju.line.banking",
    "guiju.line.receivables",
    "guiju.oversight.reports",
)
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.no_books]


class AnyTills(Drawer, Paying, Owing, Takings, Pockets, Wallets, Days):
    """One outlet, one till, a cashier, a manager and finance; against plain numbers of who holds what."""

    @rule(numbers=st.lists(st.integers(0, 2**48), min_size=AT_ONCE, max_size=AT_ONCE))
    def go_on(self, *, numbers: list[int]) -> None:
        """Say some verbs; after each every place of the book holds what the plain numbers say."""
        self.is_well = False
        for number in numbers:
            dice = Dice(number)
            verb = dice.of(VERBS)
            AnyTills.steps += 1
            self.said[verb] += 1
            self.last = verb
            getattr(self, verb)(dice)
            self.compare()
        self.is_well = True

    def teardown(self) -> None:
        """What was closed is as it was, numbers have no gap, and everything can be counted again from the rows."""
        with rolled_back(self):
            if self.is_well:
                self.come_to_an_end()

    def come_to_an_end(self) -> None:
        rows = TillSession.objects.filter(pk__in=self.closed)
        kept = {row.pk: (row.counted_minor, row.expected_minor, row.z_number) for row in rows}
        assert kept == self.closed
        numbers = sorted(int(number.rsplit("-", 1)[1]) for _counted, _expected, number in kept.values())
        assert numbers == list(range(1, len(numbers) + 1))
        self.each_receipt_is_in_one_day()
        assert [each for name in AFTER for each in verification.run(only=name)] == []
        self.said["closed"] += len(kept)


@pytest.fixture
def machine(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> type[AnyTills]:
    monkeypatch.setattr(wallets, "configured", lambda: frozenset(Wallet))
    AnyTills.shop, AnyTills.steps, AnyTills.said = shop, 0, Counter()
    AnyTills.bills = [stages.a_bill(shop, stages.a_ready_order(shop)) for _ in range(2)]
    AnyTills.till = cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=shop.now)
    asked = cashier.open_credit(
        AnyTills.bills[0].order.customer, limit_minor=ON_CREDIT, days=30, by=shop.actor("ma"), at=shop.now
    )
    AnyTills.account = cashier.approve_credit(asked, by=shop.actor("fang"), at=shop.later())
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
