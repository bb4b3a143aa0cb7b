"""What the walk of any days at a till shares: who holds what by plain numbers, and how a verb is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis.stateful import RuleBasedStateMachine

from guiju.books.money.models import MoneyAccount
from guiju.books.money.rules import CASH, MoneyKind
from guiju.kernel.refusing import Refusal
from guiju.line.banking import queries
from guiju.line.banking.models import BankDeposit, SafeBag
from guiju.line.cashier.models import CreditAccount, Payment, Till, TillSession, WalletRequest
from tests.line.banking.conftest import Money
from tests.line.cast_line import Shop

AMOUNTS = (100, 350, 1000, 2500, 9990)
FLOAT, LIMIT, ON_CREDIT = 50000, 2000, 20000
HOLDERS = (
    *sorted(CASH), MoneyKind.CARD, MoneyKind.TRANSFER, MoneyKind.BANK, MoneyKind.OVER_SHORT, MoneyKind.OWED_BY_CUSTOMER,
    MoneyKind.CREDIT, MoneyKind.WRITTEN_OFF, MoneyKind.SPENT, MoneyKind.WALLET, MoneyKind.DEPOSIT_HELD,
)  # fmt: skip


@dataclass
class Taken:
    """A payment, the bill that it is of, and what went back of it."""

    payment: Payment
    bill: int
    refunded: int = 0
    is_void: bool = False

    @property
    def minor(self) -> int:
        """What came in."""
        return int(self.payment.amount_minor)


class Holding(RuleBasedStateMachine):
    """One outlet, one till, a cashier, a manager and finance; against plain numbers of who holds what."""

    shop: Shop
    bills: list[Any]
    till: Till
    account: CreditAccount
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
        self.bags: dict[str, list[SafeBag]] = {"packed": [], "sealed": [], "safe": [], "hand": []}
        self.deposits: list[BankDeposit] = []
        self.banked: list[BankDeposit] = []
        self.carriers: dict[int, str] = {}
        self.closed: dict[int, tuple[int, int, str]] = {}
        self.paid: list[Taken] = []
        self.left = [each.total_minor for each in self.bills]
        self.owed = self.taken_by_card = self.taken_by_wallet = 0
        # The wallet that a bill waits for, by the bill; nothing else pays it meanwhile.
        self.waiting: dict[int, WalletRequest] = {}
        self.collected: list[datetime] = []
        self.nights: set[date] = set()
        # The days of which there is a report, and whether each is closed.
        self.told: dict[date, bool] = {}

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
        self.said["refused"] += 1
        with pytest.raises(Refusal), transaction.atomic():
            act()
        return None

    def who(self, name: str = "cai") -> dict[str, Any]:
        """That person, a moment later."""
        return {"by": self.shop.actor(name), "at": self.shop.later(seconds=2)}

    def carry(self, source: MoneyKind, target: MoneyKind, minor: int) -> None:
        """So much goes from one to the other."""
        self.holds[source] -= minor
        self.holds[target] += minor

    @property
    def takings(self) -> int:
        """What lies in the drawer above its float."""
        return self.holds[MoneyKind.TILL] - self.float

    @property
    def is_bank_day(self) -> bool:
        """Whether the bank is open."""
        return queries.is_bank_day(self.shop.unit, self.shop.unit.day(self.shop.now))


@contextmanager
def rolled_back(machine: Holding) -> Iterator[None]:
    """Whatever was said is undone afterwards."""
    try:
        yield
    finally:
        transaction.set_rollback(True)
        machine.whole.__exit__(None, None, None)
        machine.shop.now = machine.began
