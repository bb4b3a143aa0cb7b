"""What was put on credit is paid or given up."""

from __future__ import annotations

from guiju.books.money.rules import MoneyKind
from guiju.line.cashier.models import Debt
from guiju.line.cashier.rules import Method
from guiju.line.receivables import actions as receivables
from tests.books.stock.walking import Dice
from tests.line.banking.walking.holding import AMOUNTS, Holding


class Owing(Holding):
    """One account."""

    def collect(self, dice: Dice) -> None:
        minor = dice.of(AMOUNTS)
        is_possible = self.at == "OPEN" and minor <= self.owed
        said = {"method": Method.CASH, "amount_minor": minor, "tendered_minor": minor}
        if self.attempt(is_possible, lambda: receivables.collect(self.account, **said, **self.who())) is not None:
            self.collected.append(self.shop.now)
            self._lowered(MoneyKind.TILL, minor)

    def collect_by_card(self, dice: Dice) -> None:
        minor = dice.of(AMOUNTS)
        said = {"method": Method.CARD, "amount_minor": minor, "terminal_ref": "C-2"}
        if self.attempt(minor <= self.owed, lambda: receivables.collect(self.account, **said, **self.who())) is None:
            return
        self.collected.append(self.shop.now)
        self._lowered(MoneyKind.CARD, minor)
        if self.at == "OPEN":
            self.taken_by_card += minor

    def write_off(self, dice: Dice) -> None:
        debts = list(Debt.objects.filter(account=self.account).open().order_by("pk"))
        if not debts:
            return
        debt, minor = dice.of(debts), dice.of(AMOUNTS)
        said = {"amount_minor": minor, "reason": "Bankrupt"}
        asked = self.attempt(
            minor <= debt.left_minor, lambda: receivables.ask_write_off(debt, **said, **self.who("fang"))
        )
        if asked is not None:
            receivables.approve_write_off(debt, **self.who("ma"))
            self._lowered(MoneyKind.WRITTEN_OFF, minor)

    def _lowered(self, target: MoneyKind, minor: int) -> None:
        self.owed -= minor
        self.carry(MoneyKind.CREDIT, target, minor)
